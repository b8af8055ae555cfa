"""The closed classes of English words, and a sentence as a row of items, for reading clauses."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.quotations import Quotation
from index.tokens import Token

PRONOUNS = frozenset("he she they it i we you".split())
OBJECT_PRONOUNS = {"him": "he", "her": "she", "them": "they"}
POSSESSIVE_PRONOUNS = {"his": "he", "her": "she", "their": "they", "its": "it"}
BE = frozenset("is are was were be been being 's 're 'm am get got isn wasn aren weren".split())
AUXILIARIES = BE | frozenset(
    "has have had did does do would could should may might must can will shall 've 'd 'll wo ca "
    "didn doesn don hasn haven hadn wouldn couldn shouldn mustn ain cannot".split()
)
ADVERBS = frozenset(
    "also later then not n't 't never always often again even still just already now once first "
    "further too only ever soon thus instead however previously earlier recently yesterday today "
    "both all each himself herself themselves itself long since twice almost rather quite well "
    "reportedly apparently simply seldom sometimes".split()
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow "
    "earlier later meanwhile recently previously now then still however instead moreover "
    "nevertheless nonetheless once again also too yet thus hence therefore indeed afterward "
    "afterwards overnight separately".split()
)
PREPOSITIONS = frozenset(
    "of in on at for from with by about against over under to into during through across among "
    "between within without near behind around toward towards inside outside upon via despite "
    "amid amidst like unlike per including regarding concerning alongside beside off out up down "
    "throughout beyond above below following".split()
)
NUMBERS = frozenset(
    "half two three four five six seven eight nine ten two-thirds three-quarters".split()
)
BREAKS = frozenset(
    "that which who whom whose if when while because although though whereas whether how why "
    "where what but or as after before since until unless than so nor and yet once".split()
)
RELATIVES = frozenset("who which".split())
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some many most several few one "
    "two three four five six another any every each both all no other such".split()
)
POSSESSIVES = frozenset("his her its their our my your 's '".split())
MARKS = frozenset(", ; : — – - -- ( )".split())
DASHES = frozenset("— – - --".split())
STOPS = frozenset(". ! ? … ... ..".split())
DOCUMENTS = frozenset(
    "poll polls survey surveys study studies report reports data figures statistics research "
    "analysis review document documents email emails letter letters records record transcript "
    "statement filing filings memo note sign signs banner banners results evidence average "
    "documentary book article story post tweet tweets website advertisement ad message caption "
    "headline indictment lawsuit complaint ruling judgment verdict census bill law text placard "
    "placards poster posters inscription motto slogan slogans petition".split()
)
# Singular nouns without an article that do speak: "police said".
BARE_SOURCES = frozenset(
    "police staff management government parliament congress everyone everybody someone somebody "
    "anyone nobody one many some most others few both half people critics another counsel hamas "
    "washington all none neither either".split()
)
IRREGULAR_PLURALS = frozenset("people men women children police media percent staff %".split())
# Forms in -ing, -ed or -s that are nouns at the end of a subject.
ING_NOUNS = frozenset(
    "meeting building king evening morning spring hearing filing ruling briefing gathering "
    "voting polling planning housing banking wing thing string ring shooting killing training "
    "warning finding feeling setting nothing something everything anything sibling beijing "
    "sterling funding spending boeing posting listing running leading following".split()
)
IRREGULAR_PASTS = frozenset(
    "was were had did went came took made gave got won lost led left met ran saw sat stood spent "
    "sent built bought brought caught chose drew drove fell felt found fought flew grew held hit "
    "kept knew laid lay let paid rose sold shook shot shut slept stole stuck struck swam taught "
    "threw thought told understood woke wore wrote became began bore bent bet bit bled blew "
    "broke burst cast clung cost crept cut dealt dug drank ate fed fled forgot froze hid hung "
    "hurt knelt leapt lent lit meant overcame proved put quit rode rang sang sank sought set "
    "sped split spread sprang stung swept swore swung tore trod upset wept withdrew beat pulled "
    "seen been done gone taken given driven known shown born says said".split()
)
_LY_NOUNS = frozenset(
    "ally family assembly rally reply supply bully anomaly monopoly butterfly fly july italy "
    "homily elderly only early weekly daily monthly".split()
)
_NEVER_NAMES = AUXILIARIES | PRONOUNS | frozenset(["who", "us"])


@dataclass(frozen=True)
class Item:
    """A token of a sentence, or a whole quotation shrunk to one."""

    start: int
    end: int
    word: str
    lower: str
    quoted: bool = False

    @property
    def capital(self) -> bool:
        return self.word[:1].isupper()

    @property
    def wordy(self) -> bool:
        return not self.quoted and self.word[0].isalnum()


def is_adverb(item: Item) -> bool:
    """Whether a word in "-ly" is an adverb: not "ally", nor a name."""
    return item.lower.endswith("ly") and not item.capital and item.lower not in _LY_NOUNS


def sentence_items(
    tokens: Sequence[Token], quotes: Sequence[Quotation], start: int, end: int
) -> list[Item]:
    """The tokens of `text[start:end]`, each quotation in it shrunk to one item."""
    items: list[Item] = []
    at = 0
    for token in tokens:
        while at < len(quotes) and quotes[at].end <= token.start:
            at += 1
        if at < len(quotes) and quotes[at].start <= token.start:
            first = max(quotes[at].start, start)
            if not items or not items[-1].quoted or items[-1].start != first:
                items.append(Item(first, min(quotes[at].end, end), "“”", "“”", quoted=True))
        else:
            named = token.capital and (items and not items[-1].quoted) and token.word != "I"
            if token.lower in _NEVER_NAMES and (named or token.word in {"WHO", "IT", "US"}):
                # "Don Guardian", "Will Smith", "the WHO": no auxiliaries or pronouns.
                token = token._replace(lower=token.word)
            items.append(Item(*token))
    return items
