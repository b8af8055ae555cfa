"""What a question asks for: the kind of answer, whose words, about what."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.words import STOP_WORDS, content_words, plain, words

Kind = Literal[
    "number",
    "person",
    "date",
    "place",
    "reason",
    "manner",
    "yes_no",
    "speech",
    "who_said",
    "definition",
    "list",
    "open",
]


@dataclass(frozen=True)
class Question:
    """One question as the ranker and the decision see it."""

    text: str
    """As it was asked, or with misspelt words put right where a spelling was given."""
    words: tuple[str, ...]
    """The stems of its content words, names included, in order, each once."""
    kind: Kind
    """What is asked for; "open" is a thing of any kind."""
    names: tuple[str, ...]
    """Proper names in it: the article's fullest form where one was given, else as written."""
    speaker: str | None
    """Whose words or view are asked for ("what did X say about Y"): a name, "police" or "she"."""
    topic: tuple[str, ...]
    """The stems of what is asked about: `words` without the speaker and the verb of speech."""


def _any(listed: str) -> str:
    """A pattern for any of the listed words; "_" stands for a space in one."""
    return "(?:" + "|".join(word.replace("_", " ") for word in listed.split()) + ")"


# Verbs and nouns that ask for someone's words or view.
_SAY = _any(
    "say says said saying tell tells told think thinks thought thinking believe believes believed "
    "claim claims claimed argue argues argued stated announce announces announced add "
    "added suggest suggests suggested explain explains explained feel feels felt respond responds "
    "responded react reacts reacted reply replied comment comments commented describe describes "
    "described predict predicts predicted promise promises promised warn warns warned insist "
    "insists insisted deny denies denied criticise criticised criticize criticized criticizes "
    "recommend recommends recommended urge urges urged advise advised advises propose proposed "
    "proposes admit admitted admits acknowledge acknowledged express expressed call calls called "
    "write wrote tweet tweeted mean demand demanded demands ask asks asked vow vows vowed mention "
    "mentioned talk talked speak spoke report reported accuse accuses accused"
)
_VIEW = _any(
    "views? opinions? thoughts? position stance reaction response reply comments? words message "
    "argument advice statement take attitude feelings? quotes? statements"
)
_ADVERB = (
    "(?:"
    + _any("also just actually really even ever then later recently exactly have_to had_to")
    + " )?"
)
_AUXILIARY = _any(
    "did does do has have had is was are were would will might could should didn't doesn't"
)
_CONTRACTED = _any("can may am isn't wasn't aren't weren't hasn't haven't won't can't")
_YES_NO = re.compile(rf"(?:so |and |but )?(?:{_AUXILIARY}|{_CONTRACTED})\b")
_WHO = r"\b(?:who|whom|whose|who's|whos)\b"
_SAID_BY_WHOM = re.compile(
    rf"{_WHO} (?:else |all )?(?:has |have |had |is |was |were |are )?{_ADVERB}{_SAY}\b"
    rf"|\bby whom (?:was|were)\b.*\b{_SAY}\b|\bwhose (?:words|quote|statement|opinion|view)\b"
    rf"|{_WHO} (?:is |was |are |were )?(?:quoted|cited)\b"
)
# Whoever speaks: some words before the verb, or a name that ends before the next clause.
_BEFORE_VERB = rf"(?P<speaker>(?:(?!{_SAY}\b)[\w'.-]+ ){{1,6}}?){_ADVERB}"
_NAME = r"(?P<speaker>(?:the )?[\w'.-]+(?: [\w'.-]+){0,3}?)"
_SPEAKERS = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"\b(?:what|how|why|where|when|which [\w-]+|who|whom) (?:else |exactly |all )?"
            rf"{_AUXILIARY} {_BEFORE_VERB}{_SAY}\b"
        ),
        (
            r"\bwhat(?: is| was| are| were|'?s)? "
            rf"(?P<speaker>(?:[\w'.-]+ ){{0,5}}?[\w.-]+?)(?:'s|s'|s) {_VIEW}\b"
        ),
        (
            rf"\b{_VIEW} (?:of|by|from) {_NAME}"
            r"(?= (?:on|about|to|towards?|regarding|concerning)\b|$)"
        ),
        rf"\baccording to {_NAME}(?=,| (?:what|who|when|where|why|how)\b|$)",
        rf"\bwhat {_BEFORE_VERB}{_SAY}\b",
        rf"^{_BEFORE_VERB}{_SAY} (?:what|that what)\b",
        rf"^{_AUXILIARY} {_BEFORE_VERB}(?:{_SAY}|support|oppose|agree|want|back|expect)\b",
    )
)
# Whatever follows: "what did Poe say about why he left" asks for Poe's words, not for a reason.
_WORDS = re.compile(
    rf"(?:and |so |but )?what (?:else )?{_AUXILIARY} {_BEFORE_VERB}{_SAY} (?:about|of|on)\b"
)
_NAMED = re.compile(r".*\b(?:called|named)$")  # "what was the school called"
_NOT_A_SPEAKER = frozenset(
    "it this that there they're people anyone someone one the article story text author we you i "
    "what which who how many much the a an is are was were be been did does do has have had can "
    "could would should will might".split()
)

_AMOUNTS = _any(
    "number percentage percent proportion amount total age cost price population value size speed "
    "length height weight distance score rate quantity sum ratio magnitude record_time"
)
_MEASURES = _any(
    "many much old tall far big large fast high heavy deep wide often long few strong likely hot "
    "cold expensive close frequently"
)
_NUMBER = re.compile(rf"\bhow {_MEASURES}\b|\b{_AMOUNTS}\b(?! of them)")
_NUMBER_LED = re.compile(
    r"\b(?:what|which|whats|what's|at what)\b|^(?:number|amount|total|age|percentage)\b"
)
_TIMES = _any("time year day date month week century decade season hour weekday era period")
_DATE = re.compile(
    rf"\bwhen\b|\b(?:what|which) {_TIMES}\b|\bhow long ago\b|\bsince when\b"
    r"|\bwhat (?:was|is) the (?:date|year|day|time)\b|^date\b"
)
_PLACES = _any(
    "city cities country countries state place town location venue street region area island "
    "province county village nation continent airport hospital district"
)
_PLACE = re.compile(
    rf"\bwhere\b|\b(?:what|which) (?:\w+ )?{_PLACES}\b"
    r"|\bwhat (?:is|was) the (?:location|venue|place)\b"
)
_CAUSED = _any("caused causes led_to prompted triggered sparked made motivated forced")
_REASON = re.compile(
    r"\bwhy\b|\bhow come\b|\bfor what reason\b|\bbecause of what\b|\bwhat\b.* \bfor\?*$"
    r"|\b(?:what|which) (?:is |was |were |are )?(?:the )?(?:main )?(?:reasons?|causes?|motives?)\b"
    rf"|\bwhat {_CAUSED}\b"
)
_DEFINITION = re.compile(
    r"\bwhat (?:does|did|do) .+ (?:mean|stand for)\b|\bdefine\b|\bdefinition of\b"
    r"|\bwhat is meant by\b"
)
_SEVERAL = _any("two three four five six several other kinds?_of types?_of all")
_THINGS = _any(
    "groups people things reasons demands measures countries names charges factors steps items"
)
_LIST = re.compile(
    r"^(?:please )?(?:list|name|enumerate)\b|\b(?:what|which) (?:are|were) (?:the |some )?\w+"
    rf"|\b(?:what|which) {_SEVERAL}\b|\bwhat all\b|\bwhat {_THINGS}\b"
)
_PERSONS = _any(
    "person man woman president minister actor actress singer player official leader politician "
    "author artist driver coach senator candidate celebrity director officer spokesman "
    "spokeswoman spokesperson scientist judge king queen people boxer star"
)
_PERSON_NOUN = re.compile(
    rf"\b(?:what|which) (?:(?!did|do|does|the|a|is|was|are|were)\w+ ){{0,2}}?{_PERSONS}\b"
)


def understand(
    text: str, names: Sequence[str] = (), spell: Callable[[str], str] | None = None
) -> Question:
    """What `text` asks for; any wording, case and punctuation, also bare keywords.

    Args:
        text: the question, already standing alone.
        names: names known from the articles ("Jacinda Ardern"), so that "ardern" is one.
        spell: puts the misspelt words of a text right (`index.spelling.Spelling.corrected`).
    """
    text = " ".join((spell(text) if spell else text).split())
    simple = plain(text).strip(" ?!.\"'")
    found = _names(text, names)
    kind = _kind(simple, found)
    speaker = _speaker(simple, found) if kind != "who_said" else None
    if speaker and (kind in {"open", "manner", "list", "definition"} or _WORDS.match(simple)):
        kind = "speech"
    stems = tuple(dict.fromkeys(content_words(text)))
    about = frozenset(content_words(speaker or ""))
    spoken = (
        frozenset(content_words(" ".join(_SPOKEN.findall(simple))))
        if _asks_words(kind, speaker)
        else ()
    )
    topic = tuple(word for word in stems if word not in about and word not in spoken)
    return Question(text, stems, kind, found, speaker, topic)


_INTERROGATIVE = re.compile(r"(?:what|who|whom|whose|when|where|why|which|how)\b")


def question_word(text: str) -> int:
    """Which word, white space parting them, asks: the first "who", "where", ...; else the first."""
    asking = (index for index, word in enumerate(text.split()) if _INTERROGATIVE.match(plain(word)))
    return next(asking, 0)


_SPOKEN = re.compile(rf"\b(?:{_SAY}|{_VIEW})\b")


def _asks_words(kind: Kind, speaker: str | None) -> bool:
    return speaker is not None or kind in {"speech", "who_said"}


def _kind(simple: str, names: tuple[str, ...]) -> Kind:
    """The kinds are tried from the surest sign to the weakest."""
    if _SAID_BY_WHOM.search(simple):
        return "who_said"
    if _DEFINITION.search(simple) or _asks_who_one_is(simple, names):
        return "definition"
    if _REASON.search(simple):
        return "reason"
    if _DATE.search(simple):
        return "date"
    number = _NUMBER.search(simple)
    if number and (number.group().startswith("how") or _NUMBER_LED.search(simple)):
        return "number"
    if _YES_NO.match(simple):
        return "yes_no"
    if _LIST.search(simple):
        return "list"
    if re.search(_WHO, simple) or _PERSON_NOUN.search(simple):
        return "person"
    if _PLACE.search(simple):
        return "place"
    if re.search(
        r"^(?:and |so )?how\b|\bin what (?:way|manner)\b|\bby what means\b|\bhow$", simple
    ):
        return "manner"
    return "open"


_WHO_ONE_IS = re.compile(
    r"(who|what)(?: is| was| are| were|'s|s) (?:an? |the (?=\w+$))?(?!the\b)"
    r"([\w'.&-]+(?: [\w'.&-]+){0,3})$"
)


def _asks_who_one_is(simple: str, names: tuple[str, ...]) -> bool:
    """Whether it asks what a name stands for: "Who is Andrew Coster?", "what is a SAG award"."""
    asked = _WHO_ONE_IS.match(simple)
    if asked is None:
        return False
    known = {word for name in names for word in words(name)}
    return asked.group(1) == "what" or known.issuperset(words(asked.group(2)))


_CAPITAL = re.compile(
    r"[A-ZÀ-Þ][\w’'&.-]*(?:\s+(?:(?:of|the|de|da|del|van|von|der|bin|al|el|la)\s+){0,2}[A-ZÀ-Þ0-9][\w’'&.-]*)*"
)
_NEVER_NAMES = STOP_WORDS | frozenset(
    "list name describe explain give summarise summarize why how who what when where which whose "
    "number i i'm according iran's".split()
)


def _names(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Known names that the question uses wholly or by their last word, then other capitals."""
    present = words(text)
    found: list[str] = []
    for name in known:
        parts = words(name)
        if parts and (_within(parts, present) or (len(parts[-1]) > 2 and parts[-1] in present)):
            found.append(name)
    covered = {word for name in found for word in words(name)}
    capitals = text if sum(map(str.isupper, text)) < 0.5 * sum(map(str.isalpha, text)) else ""
    for match in _CAPITAL.finditer(capitals):
        parts = match.group().split()
        while parts and plain(parts[0]).strip(".'") in _NEVER_NAMES:
            parts = parts[1:]
        name = re.sub(r"[’']s$|[.’']+$", "", " ".join(parts))
        first_word_only = match.start() == 0 and len(parts) == 1
        if name and not first_word_only and not covered.issuperset(words(name)):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _within(parts: list[str], present: list[str]) -> bool:
    return any(
        present[at : at + len(parts)] == parts for at in range(len(present) - len(parts) + 1)
    )


def _speaker(simple: str, names: tuple[str, ...]) -> str | None:
    if _NAMED.match(simple):
        return None
    for pattern in _SPEAKERS:
        match = pattern.search(simple)
        if match is None:
            continue
        said = words(match.group("speaker"))
        if not said or all(word in _NOT_A_SPEAKER for word in said):
            continue
        for name in names:
            parts = words(name)
            # "The union president" is not the union, though "Ardern's office" names Ardern.
            heads = said[-1:] if name.split()[-1].islower() else said
            if parts[-1] in heads or (len(said) == 1 and said[0] in parts):
                return name
        return " ".join(word for word in said if word not in {"the", "a", "an"})
    return None
