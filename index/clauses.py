"""One sentence at a time: who is the subject of each attributing verb, and which words are theirs.

A sentence is read with every quotation in it shrunk to one token, so that the words inside never
take part. From each cue ("said", "according to") the rules walk left over auxiliaries, inserted
clauses and appositions to the subject, or right where the order is turned ("..., said Smith").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.cues import CUES, PARTICLES, Cue, invertible
from index.quotations import Quotation
from index.tokens import Token

PRONOUNS = frozenset("he she they it i we you".split())
_AUXILIARIES = frozenset(
    "has have had did does do would could should may might must can will is are was were be been "
    "being 's 've 'd 'll 'm 're wo ca didn doesn don hasn haven hadn wouldn couldn".split()
)
_BE = frozenset("is are was were be been being 's 're 'm am get got".split())
_ADVERBS = frozenset(
    "also later then not n't 't never always often again even still just already now once first "
    "further too only ever soon thus instead however previously earlier recently yesterday today "
    "both all each himself herself themselves itself long since twice almost rather quite well "
    "reportedly apparently".split()
)
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight earlier later "
    "meanwhile recently previously now then still however instead moreover nevertheless nonetheless "
    "once again also too yet thus hence therefore indeed afterward afterwards".split()
)
_PREPOSITIONS = frozenset(
    "of in on at for from with by about against over under to into during through across among "
    "between within without near behind around toward towards inside outside upon via despite "
    "amid amidst like unlike per including regarding concerning alongside beside off".split()
)
_BREAKS = frozenset(
    "that which who whom whose if when while because although though whereas whether how why where "
    "what but or as after before since until unless than so nor and yet once".split()
)
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some many most several few one "
    "two three four five six another any every each both all no other".split()
)
_POSSESSIVE = frozenset("his her its their our my your 's".split())
_MARKS = frozenset(", ; : — – - -- ( )".split())
_STOPS = frozenset(". ! ? …".split())
_SCARE_WORDS = 3
_DOCUMENTS = frozenset(
    "poll polls survey surveys study studies report reports data figures statistics research "
    "analysis review document documents email emails letter letters records record transcript "
    "statement filing filings memo note sign signs banner banners results evidence average "
    "documentary book article story post tweet tweets website advertisement ad message caption "
    "headline indictment lawsuit complaint ruling judgment verdict census bill law text".split()
)
# Nouns that end a reporting verb's place: words about words, never a subject that speaks.
_NOT_SPEAKERS = frozenset(
    "there it what which that this these those nothing something everything reason reasons way "
    "thing things fact point question problem time day week month year".split()
)
_TRAILING = _PREPOSITIONS | _TIMES | frozenset("as when while after before last this".split())
_HEARERS_END = frozenset(". , that how why what whether he she they it i we you the".split())


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
    def alphabetic(self) -> bool:
        return not self.quoted and self.word[0].isalpha()


@dataclass(frozen=True)
class NounPhrase:
    """The words that name a source, and the place of their head word."""

    start: int
    end: int
    head_start: int
    head_end: int

    def pronoun(self, text: str) -> str:
        word = text[self.start : self.end].lower()
        return word if word in PRONOUNS else ""


@dataclass(frozen=True)
class Clause:
    """A source and the words it gives, in one sentence."""

    source: NounPhrase
    cue_start: int
    cue_end: int
    lemma: str
    content: tuple[tuple[int, int], ...]
    confidence: float
    introduces: bool = False
    """Whether it ends in a colon or with nothing after, so that what follows is its content."""


def sentence_items(
    tokens: Sequence[Token], quotes: Sequence[Quotation], start: int, end: int
) -> list[Item]:
    """The tokens of `text[start:end]`, each quotation in it shrunk to one item.

    A scare quote of a few words stays a word of its sentence.
    """
    items: list[Item] = []
    at = 0
    for token in tokens:
        while at < len(quotes) and quotes[at].end <= token.start:
            at += 1
        if at < len(quotes) and quotes[at].start <= token.start:
            quote = quotes[at]
            if not items or not items[-1].quoted or items[-1].start != max(quote.start, start):
                items.append(
                    Item(max(quote.start, start), min(quote.end, end), "“”", "“”", quoted=True)
                )
        else:
            items.append(Item(*token))
    return items


def clauses(text: str, items: Sequence[Item]) -> list[Clause]:
    """Every attribution that the sentence itself spells out, in order of its cues."""
    found: list[Clause] = []
    for at, item in enumerate(items):
        if item.quoted:
            continue
        if item.lower == "according" and at + 2 < len(items) and items[at + 1].lower == "to":
            found += _according_to(items, at)
        elif item.lower in CUES:
            clause = _verb_clause(text, items, at, CUES[item.lower])
            if clause is not None:
                found.append(clause)
    if not found:
        found += _label(items)
    return found


def _according_to(items: Sequence[Item], at: int) -> Iterator[Clause]:
    source = _phrase_after(items, at + 2)
    if source is None:
        return
    start, end = items[0].start, items[-1].end
    stop = next((i.start for i in items[at:] if i.start >= source.end and i.lower == ","), end)
    content = ((stop, end),) if at < 2 else ((start, items[at].start), (stop, end))
    yield Clause(source, items[at].start, items[at + 1].end, "according", content, 0.9)


def _label(items: Sequence[Item]) -> Iterator[Clause]:
    """ "Trump: ..." as transcripts and captions give it."""
    for at, item in enumerate(items[:8]):
        if item.lower == ":" and at and at + 1 < len(items) and items[at + 1].quoted:
            if all(i.alphabetic and (i.capital or i.lower in _PREPOSITIONS) for i in items[:at]):
                source = _phrase(items, 0, at - 1)
                content = ((items[at + 1].start, items[-1].end),)
                yield Clause(source, item.start, item.end, ":", content, 0.75)
            return


def _verb_clause(text: str, items: Sequence[Item], at: int, cue: Cue) -> Clause | None:
    end_quote = _follows_quotation(items, at)
    turned = _turned_subject(items, at, cue)
    if turned is not None:
        return _clause(items, at, at, cue, turned, trailing=True)
    if not _is_verb(items, at, cue):
        return None
    source, left = _subject(items, at, cue)
    if source is None or left < 0:
        return None
    if not _has_content(text, items, at, cue, source, end_quote):
        return None
    return _clause(items, at, left, cue, source, trailing=_is_trailing(items, left, at))


def _clause(
    items: Sequence[Item], at: int, left: int, cue: Cue, source: NounPhrase, *, trailing: bool
) -> Clause:
    start, end = items[0].start, items[-1].end
    first = min(items[left].start, source.start)
    if trailing:
        content: list[tuple[int, int]] = [(start, first)] if first > start else []
        rest = max(items[at].end, source.end)
        after = next((i for i in items if i.start >= rest and i.quoted), None)
        comma = next((i for i in items if i.start >= rest and i.lower in {",", ";"}), None)
        if after is not None:
            content.append((after.start, end))
        elif comma is not None and comma.end < end - 12:
            content.append((comma.end, end))
    else:
        content = [(items[at].end, end)]
        if items[0].quoted and items[0].end <= first:
            content.insert(0, (items[0].start, items[0].end))
    last = next((i for i in reversed(items) if i.alphabetic or i.quoted or i.lower == ":"), None)
    introduces = last is not None and last.lower == ":"
    return Clause(
        source,
        items[at].start,
        items[at].end,
        cue.lemma,
        tuple(content),
        _confidence(cue),
        introduces,
    )


def _confidence(cue: Cue) -> float:
    return {"speech": 0.9, "stance": 0.75, "clause": 0.7, "weak": 0.7}[cue.strength]


def _follows_quotation(items: Sequence[Item], at: int) -> bool:
    return any(item.quoted for item in items[max(0, at - 4) : at])


def _turned_subject(items: Sequence[Item], at: int, cue: Cue) -> NounPhrase | None:
    """The subject after the verb: '"...", said Smith' and '..., said police.'"""
    if not invertible(cue) or at == 0 or at + 1 >= len(items):
        return None
    before = items[at - 1]
    if not (before.quoted or before.lower == ","):
        return None
    following = items[at + 1]
    if following.lower in PRONOUNS and cue.lemma != "say":
        return None
    if not following.alphabetic or following.lower in _BREAKS | _PREPOSITIONS | {"there"}:
        return None
    if following.lower.endswith("ly") or following.lower in _ADVERBS:
        return None
    if before.lower == "," and not _closes_after(items, at + 1):
        return None
    if before.lower == "," and not (at > 1 and items[at - 2].quoted):
        # "Smith, a nurse, said people ...": a comma pair with its subject on the left.
        if any(item.lower == "," for item in items[: at - 1]) and not _closes_after(items, at + 1):
            return None
    return _phrase_after(items, at + 1)


def _closes_after(items: Sequence[Item], at: int) -> bool:
    """Whether from `at` only a noun phrase stands before the sentence or the clause ends."""
    for index in range(at, min(at + 14, len(items))):
        item = items[index]
        if item.lower in _STOPS or item.quoted or item.lower in {",", ";", ":", "—", "–"}:
            return True
        if index > at and item.lower in _TIMES | {"who", "in", "on", "at", "during", "as"}:
            return True
        if item.lower in _AUXILIARIES or item.lower in {"that", "if", "whether"}:
            return False
        if item.lower in PRONOUNS and index > at:
            return False
    return at + 14 >= len(items)


def _phrase_after(items: Sequence[Item], at: int) -> NounPhrase | None:
    """The noun phrase that begins at `at`."""
    last = at
    while last < len(items) and last - at < 14:
        item = items[last]
        if item.quoted or not (
            item.alphabetic or item.lower in {"'s", "'"} or item.word[0].isdigit()
        ):
            break
        if last > at and (item.lower in _BREAKS - {"and", "or"} or item.lower in _TIMES):
            break
        if (
            last > at
            and item.lower in {"in", "on", "at", "during", "after"}
            and (items[at].capital or item.lower in {"during", "after"})
        ):
            break
        if item.lower in _AUXILIARIES and item.lower != "'s":
            break
        last += 1
    if last == at:
        return None
    return _phrase(items, at, last - 1)


def _phrase(items: Sequence[Item], first: int, last: int) -> NounPhrase:
    """items[first..last] as a noun phrase; its head is the last word before its preposition."""
    head = first
    for index in range(first, last + 1):
        item = items[index]
        if index > first and item.lower in _PREPOSITIONS | {"who", "and", "or"}:
            break
        if item.alphabetic or item.word[0].isdigit():
            if item.lower not in _ADVERBS and not item.lower.startswith("'"):
                head = index
    return NounPhrase(items[first].start, items[last].end, items[head].start, items[head].end)


def _is_verb(items: Sequence[Item], at: int, cue: Cue) -> bool:
    """Whether the cue word is a verb of the sentence, not a noun, infinitive or passive."""
    before = items[at - 1] if at else None
    following = items[at + 1] if at + 1 < len(items) else None
    if before is None:
        return cue.form == "ing"
    if before.lower == "to" or before.lower in _POSSESSIVE or before.lower == "of":
        return False
    if before.lower in _DETERMINERS - {"that", "some", "many", "most", "few", "all", "both"}:
        return False
    back = at - 1
    while back >= 0 and (items[back].lower in _ADVERBS or items[back].lower.endswith("ly")):
        back -= 1
    helper = items[back].lower if back >= 0 else ""
    if cue.form in {"past", "participle"} and helper in _BE:
        return cue.lemma == "expect" and False
    if cue.form in {"past", "participle"} and following is not None and following.lower == "by":
        return False
    if cue.form == "participle":
        return helper in {"has", "have", "had", "'ve", "'s", "'d"}
    if cue.form == "base":
        modal = helper in _AUXILIARIES - _BE or helper in {"they", "we", "i", "you", "who"}
        plural = helper.endswith("s") or helper in {
            "people",
            "some",
            "many",
            "most",
            "others",
            "few",
        }
        if not modal and not plural:
            return False
        if not modal and following is not None and following.lower in {"of", "for", "from", "."}:
            return cue.lemma == "call"
    if cue.form == "third":
        if helper in _PREPOSITIONS or (following is not None and following.lower in {"of", "from"}):
            return False
        if helper.endswith("s") and not helper.endswith("ss") and not items[back].capital:
            return False
    return True


def _subject(items: Sequence[Item], at: int, cue: Cue) -> tuple[NounPhrase | None, int]:
    """The subject of the verb at `at`, walking left; with the index where it begins."""
    back = at - 1
    while (
        back >= 0
        and not items[back].quoted
        and (
            items[back].lower in _AUXILIARIES | _ADVERBS
            or (items[back].lower.endswith("ly") and not items[back].capital)
        )
    ):
        back -= 1
    if back < 0:
        return None, -1
    if cue.form == "ing":
        return _participle_subject(items, at, back)
    before = items[back]
    if before.lower in {"and", "but", "or", "then"} and back:
        return _main_subject(items, back)
    if before.lower == ")":
        opening = next((i for i in range(back, -1, -1) if items[i].lower == "("), -1)
        if opening > 0:
            return _phrase_before(items, opening - 1)
        return None, -1
    if before.lower in {",", "—", "–", "-", "--"}:
        return _over_insertion(items, back)
    if before.lower in {"who", "which", "that"}:
        return _antecedent(items, back)
    if before.quoted or not (before.alphabetic or before.word[0].isdigit()):
        return None, -1
    return _phrase_before(items, back)


def _participle_subject(items: Sequence[Item], at: int, back: int) -> tuple[NounPhrase | None, int]:
    before = items[back]
    helper = items[at - 1].lower
    if helper in _BE or (back + 1 < at and any(i.lower in _BE for i in items[back + 1 : at])):
        if before.lower in {"who", "which", "that"}:
            return _antecedent(items, back)
        if before.lower == ",":
            return _over_insertion(items, back)
        return _phrase_before(items, back)
    if before.lower in {",", "while", "when", "after", "before", "by", "in", "without", "and", "—"}:
        source, _ = _main_subject(items, back)
        return source, at
    if before.alphabetic and not before.lower in _PREPOSITIONS | _BREAKS:
        source, _ = _phrase_before(items, back)
        if source is not None and items[back].lower in _DOCUMENTS:
            return source, at
    return None, -1


def _over_insertion(items: Sequence[Item], comma: int) -> tuple[NounPhrase | None, int]:
    """ "Smith, a nurse in Leeds, said": from the closing comma to the subject before the first."""
    mark = items[comma].lower
    same = {","} if mark == "," else {"—", "–", "-", "--"}
    first = next((i for i in range(comma - 1, -1, -1) if items[i].lower in same), -1)
    if first <= 0:
        return _main_subject(items, comma)
    inner = items[first + 1]
    # A list of places or roles inside the insertion: "Smith, of Leeds, Yorkshire, said".
    before = items[first - 1]
    for earlier in range(first - 1, max(-1, first - 12), -1):
        if items[earlier].lower in same and earlier > 0 and not _looks_like_insertion(inner):
            first, inner, before = earlier, items[earlier + 1], items[earlier - 1]
            break
    if before.quoted:
        # '"...," Smith, the mayor, said': the phrase is what stands between quotation and comma.
        return _main_subject(items, comma)
    if not (before.alphabetic or before.lower == ")" or before.word[0].isdigit()):
        return None, -1
    if before.lower == ")":
        return _subject_at_bracket(items, first - 1)
    return _phrase_before(items, first - 1)


def _subject_at_bracket(items: Sequence[Item], bracket: int) -> tuple[NounPhrase | None, int]:
    opening = next((i for i in range(bracket, -1, -1) if items[i].lower == "("), -1)
    return _phrase_before(items, opening - 1) if opening > 0 else (None, -1)


def _looks_like_insertion(item: Item) -> bool:
    return (
        item.lower
        in _DETERMINERS | _PREPOSITIONS | {"who", "which", "speaking", "when", "while", "as"}
        or item.word[0].isdigit()
        or not item.capital
    )


def _antecedent(items: Sequence[Item], relative: int) -> tuple[NounPhrase | None, int]:
    back = relative - 1
    if back >= 0 and items[back].lower in {",", "—", "–", "-"}:
        back -= 1
    if back >= 0 and items[back].lower == ")":
        source, _ = _subject_at_bracket(items, back)
        return source, relative
    if back < 0 or not (items[back].alphabetic or items[back].word[0].isdigit()):
        return None, -1
    if items[relative].lower == "that" and items[back].lower not in _DOCUMENTS:
        return None, -1
    source, _ = _phrase_before(items, back)
    return source, relative


def _main_subject(items: Sequence[Item], before: int) -> tuple[NounPhrase | None, int]:
    """The first noun phrase that has a verb after it, of the clause that ends at `before`."""
    first = _after_opening(items, 0)
    if first >= before:
        return None, -1
    last = first
    while last < before and not items[last].quoted and last - first < 16:
        item = items[last]
        if last > first and (
            item.lower in _MARKS | _STOPS | _AUXILIARIES - {"'s"} | (_BREAKS - {"and"})
            or _verbal(items, last)
        ):
            break
        if not (item.alphabetic or item.word[0].isdigit() or item.lower in {"'s", ".", "'"}):
            break
        last += 1
    if last == first:
        return None, -1
    if items[first].lower in _PREPOSITIONS | _BREAKS:
        return None, -1
    return _phrase(items, first, last - 1), first


def _verbal(items: Sequence[Item], at: int) -> bool:
    """Whether the word reads as a finite verb: a past form, or a cue that is no noun here."""
    item = items[at]
    if item.capital:
        return False
    if item.lower in CUES:
        return _is_verb(items, at, CUES[item.lower])
    return item.lower.endswith("ed") and items[at - 1].lower not in _DETERMINERS


def _after_opening(items: Sequence[Item], at: int) -> int:
    """Past "Meanwhile,", "On Monday,", "Speaking to AM,", "In a statement,"."""
    while at < len(items) and (
        items[at].lower in _TIMES | {"but", "and", "so", "or", "—", ",", "perhaps"}
    ):
        at += 1
    if at < len(items) and (
        items[at].lower in _PREPOSITIONS | _BREAKS
        or items[at].lower.endswith("ing")
        or items[at].lower.endswith("ly")
        or (items[at].lower.endswith("ed") and not items[at].capital)
        or items[at].lower in {"asked", "last", "speaking", "earlier", "this", "according"}
    ):
        comma = next((i for i in range(at, min(at + 40, len(items))) if items[i].lower == ","), -1)
        if comma > 0 and comma + 1 < len(items):
            return _after_opening(items, comma + 1)
    return at


def _phrase_before(items: Sequence[Item], last: int) -> tuple[NounPhrase | None, int]:
    """The noun phrase that ends at `last`, with the index where it begins."""
    if last < 0 or items[last].quoted:
        return None, -1
    if items[last].lower in PRONOUNS | {"who"}:
        return _phrase(items, last, last), last
    first = last
    while first > 0 and last - first < 24:
        item = items[first - 1]
        if item.quoted or item.lower in _MARKS | _STOPS | {'"', "“", "”"}:
            break
        if item.lower in _BREAKS | _AUXILIARIES - {"'s"}:
            break
        if not (
            item.alphabetic or item.lower in {"'s", "'", "’", ".", "/"} or item.word[0].isdigit()
        ):
            break
        if _verbal(items, first - 1) and first - 1 > 0:
            break
        if item.lower in PRONOUNS:
            break
        first -= 1
    first = _trim(items, first, last)
    if first > last:
        return None, -1
    if items[first].lower in _PREPOSITIONS:
        return _inside_prepositional(items, first, last)
    phrase = _phrase(items, first, last)
    return phrase, first


def _trim(items: Sequence[Item], first: int, last: int) -> int:
    """Past adverbs and times at the front of a phrase: "Later Monday Smith"."""
    while first < last and (
        items[first].lower in _TIMES
        or items[first].lower in _ADVERBS - {"all", "both", "each", "first"}
        or (items[first].lower.endswith("ly") and not items[first].capital)
    ):
        first += 1
    return first


def _inside_prepositional(
    items: Sequence[Item], first: int, last: int
) -> tuple[NounPhrase | None, int]:
    """ "In a statement Smith" and "On Monday the council": the last phrase with no preposition."""
    start = last
    while start > first:
        here, before = items[start], items[start - 1]
        if before.lower in _PREPOSITIONS:
            return None, -1
        if here.lower in _DETERMINERS:
            return _phrase(items, start, last), start
        if here.capital and not before.capital and before.lower not in _DETERMINERS:
            return _phrase(items, start, last), start
        if before.lower in _TIMES and here.lower not in _PREPOSITIONS:
            return _phrase(items, start, last), start
        start -= 1
    return None, -1


def _has_content(
    text: str, items: Sequence[Item], at: int, cue: Cue, source: NounPhrase, after_quote: bool
) -> bool:
    head = text[source.head_start : source.head_end].lower()
    if head in _NOT_SPEAKERS - {"it"}:
        return False
    following = items[at + 1 : at + 5]
    near_quote = after_quote or any(item.quoted for item in following)
    if not following or following[0].lower in _STOPS:
        return near_quote or cue.lemma in {"say", "add", "note"} or _is_trailing(items, at, at)
    if cue.lemma in PARTICLES and not near_quote:
        return following[0].lower in PARTICLES[cue.lemma]
    if cue.strength == "weak":
        return near_quote
    if cue.strength == "clause":
        complement = {"that", "how", "why", "whether", ":", "what"}
        return near_quote or head in _DOCUMENTS or any(i.lower in complement for i in following[:3])
    return True


def _is_trailing(items: Sequence[Item], left: int, at: int) -> bool:
    """Whether the words come before "X said": what follows the verb is no clause."""
    if left < 0 or left == 0:
        return False
    before = items[left - 1]
    if not (before.quoted or before.lower in {",", "—", "–", "-", "--"}):
        return False
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None or following.lower in _STOPS | {",", ";", "—", "–"}:
        return True
    if before.quoted or (left > 1 and items[left - 2].quoted):
        return True
    if following.lower in _TRAILING and following.lower not in {"of", "that"}:
        return not any(i.lower == "that" for i in items[at + 1 : at + 8])
    return False
