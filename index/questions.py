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


# Verbs and nouns that ask for someone's words or view. "call" and "want" ask for more than words,
# so they count only with a name before them.
_SAY = (
    r"(?:say|says|said|saying|tell|tells|told|think|thinks|thought|thinking|believe|believes|"
    r"believed|claim|claims|claimed|argue|argues|argued|state|states|stated|announce|announces|"
    r"announced|add|added|suggest|suggests|suggested|explain|explains|explained|feel|feels|felt|"
    r"respond|responds|responded|react|reacts|reacted|reply|replied|comment|comments|commented|"
    r"describe|describes|described|predict|predicts|predicted|promise|promises|promised|warn|warns|"
    r"warned|insist|insists|insisted|deny|denies|denied|criticise|criticised|criticize|criticized|"
    r"criticizes|recommend|recommends|recommended|urge|urges|urged|advise|advised|advises|propose|"
    r"proposed|proposes|admit|admitted|admits|acknowledge|acknowledged|express|expressed|call|"
    r"calls|called|write|wrote|tweet|tweeted|mean|demand|demanded|demands|ask|asks|asked|vow|vows|"
    r"vowed|mention|mentioned|talk|talked|speak|spoke|report|reported|accuse|accuses|accused)"
)
_ADVERB = (
    r"(?:(?:also|just|actually|really|even|ever|then|later|recently|exactly|have to|had to) )?"
)
_VIEW = (
    r"(?:views?|opinions?|thoughts?|position|stance|reaction|response|reply|comments?|words|message|"
    r"argument|advice|statement|take|attitude|feelings?|quotes?|statements)"
)
_AUXILIARY = (
    r"(?:did|does|do|has|have|had|is|was|are|were|would|will|might|could|should|didn't|doesn't)"
)
_YES_NO = re.compile(
    rf"(?:so |and |but )?(?:{_AUXILIARY}|can|may|am|isn't|wasn't|aren't|weren't|hasn't|haven't|won't|can't)\b"
)
_WHO = r"\b(?:who|whom|whose|who's|whos)\b"
_SAID_BY_WHOM = re.compile(
    rf"{_WHO} (?:else |all )?(?:has |have |had |is |was |were |are )?{_ADVERB}{_SAY}\b"
    rf"|\bby whom (?:was|were)\b.*\b{_SAY}\b|\bwhose (?:words|quote|statement|opinion|view)\b"
    rf"|{_WHO} (?:is |was |are |were )?(?:quoted|cited)\b"
)
# The groups named "speaker" hold the words between the auxiliary and the verb.
_SPEAKERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:what|how|why|where|when|which [\w-]+|who|whom) (?:else |exactly |all )?{_AUXILIARY} "
        rf"(?P<speaker>(?:(?!{_SAY}\b)[\w'.-]+ ){{1,7}}?){_ADVERB}{_SAY}\b",
        rf"\bwhat(?: is| was| are| were|'s|s)? (?P<speaker>(?:[\w'.-]+ ){{0,5}}?[\w.-]+?)(?:'s|s'|s) {_VIEW}\b",
        rf"\b{_VIEW} (?:of|by|from) (?P<speaker>(?:the )?[\w'.-]+(?: [\w'.-]+){{0,3}}?)"
        r"(?= (?:on|about|to|towards?|regarding|concerning)\b|$)",
        r"\baccording to (?P<speaker>(?:the )?[\w'.-]+(?: [\w'.-]+){0,3}?)(?=,| (?:what|who|when|where|why|how)\b|$)",
        rf"\bwhat (?P<speaker>(?:(?!{_SAY}\b)[\w'.-]+ ){{1,5}}?){_ADVERB}{_SAY}\b",
        rf"^(?P<speaker>(?:(?!{_SAY}\b)[\w'.-]+ ){{1,6}}?){_ADVERB}{_SAY} (?:what|that what)\b",
        rf"^{_AUXILIARY} (?P<speaker>(?:(?!{_SAY}\b)[\w'.-]+ ){{1,6}}?){_ADVERB}"
        rf"(?:{_SAY}|support|oppose|agree|want|back|expect)\b",
        rf"^{_VIEW} (?:of|by|from) (?P<speaker>[\w'.-]+(?: [\w'.-]+){{0,3}}?)(?= (?:on|about)\b|$)",
    )
)
_NOT_A_SPEAKER = frozenset(
    "it this that there they're people anyone someone one the article story text author we you i what "
    "which who how many much".split()
)

_NUMBER = re.compile(
    r"\bhow (?:many|much|old|tall|far|big|large|fast|high|heavy|deep|wide|often|long|few|strong|"
    r"likely|hot|cold|expensive|close|frequently|big)\b"
    r"|\b(?:number|percentage|percent|proportion|amount|total|age|cost|price|population|value|size|"
    r"speed|length|height|weight|distance|score|rate|quantity|sum|ratio|magnitude|record time)\b(?! of them)"
)
_NUMBER_LED = re.compile(
    r"\b(?:what|which|whats|what's|at what)\b|^(?:number|amount|total|age|percentage)\b"
)
_DATE = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:time|year|day|date|month|week|century|decade|season|hour|weekday|era|period)\b"
    r"|\bhow long ago\b|\bsince when\b|\bwhat (?:was|is) the (?:date|year|day|time)\b|^date\b"
)
_PLACE = re.compile(
    r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:city|cities|country|countries|state|place|town|location|venue|street|"
    r"region|area|island|province|county|village|nation|continent|airport|hospital|district)\b"
    r"|\bwhat (?:is|was) the (?:location|venue|place)\b"
)
_REASON = re.compile(
    r"\bwhy\b|\bhow come\b|\b(?:what|which) (?:is |was |were |are )?(?:the )?(?:main )?(?:reasons?|causes?|motives?|motive)\b"
    r"|\bwhat (?:caused|causes|led to|prompted|triggered|sparked|made|motivated|forced)\b"
    r"|\bfor what reason\b|\bbecause of what\b|\bwhat\b.* \bfor\?*$"
)
_DEFINITION = re.compile(
    r"\bwhat (?:does|did|do) .+ (?:mean|stand for)\b|\bdefine\b|\bdefinition of\b|\bwhat is meant by\b"
)
_LIST = re.compile(
    r"^(?:please )?(?:list|name|enumerate)\b|\b(?:what|which) (?:are|were) (?:the |some )?\w+|"
    r"\b(?:what|which) (?:two|three|four|five|six|several|other|kinds? of|types? of|all)\b|\bwhat all\b|"
    r"\bwhat (?:groups|people|things|reasons|demands|measures|countries|names|charges|factors|steps|items)\b"
)
_PERSON_NOUN = re.compile(
    r"\b(?:what|which) (?:(?!did|do|does|the|a|is|was|are|were)\w+ ){0,2}?(?:person|man|woman|president|minister|actor|actress|singer|player|"
    r"official|leader|politician|author|artist|driver|coach|senator|candidate|celebrity|director|"
    r"officer|spokesman|spokeswoman|spokesperson|scientist|judge|king|queen|people|boxer|star)\b"
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
    kind = _kind(simple, text)
    found = _names(text, names)
    speaker = _speaker(simple, found) if kind != "who_said" else None
    if speaker and kind in {"open", "manner", "list", "definition"}:
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


_SPOKEN = re.compile(rf"\b(?:{_SAY}|{_VIEW})\b")


def _asks_words(kind: Kind, speaker: str | None) -> bool:
    return speaker is not None or kind in {"speech", "who_said"}


def _kind(simple: str, text: str) -> Kind:
    """The kinds are tried from the surest sign to the weakest."""
    if _SAID_BY_WHOM.search(simple):
        return "who_said"
    if _REASON.search(simple):
        return "reason"
    if _DATE.search(simple):
        return "date"
    number = _NUMBER.search(simple)
    if number and (number.group().startswith("how") or _NUMBER_LED.search(simple)):
        return "number"
    if _DEFINITION.search(simple) or _asks_who_one_is(simple, text):
        return "definition"
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


def _asks_who_one_is(simple: str, text: str) -> bool:
    """ "Who is Andrew Coster?", "what is a SAG award": asked to say what the name stands for."""
    asked = re.match(
        r"(who|what)(?: is| was| are| were|'s|s) (?:an? |the (?=\w+$))?(?!the\b)([\w'.&-]+(?: [\w'.&-]+){0,3})$",
        simple,
    )
    if asked is None:
        return False
    if asked.group(1) == "what":
        return True
    rest = text.split(None, 2)[-1].strip(" ?!.")
    named = [word for word in rest.split() if word[:1].isupper()]
    return len(named) == len(rest.split()) or (rest.islower() and len(rest.split()) <= 2)


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
    for pattern in _SPEAKERS:
        match = pattern.search(simple)
        if match is None:
            continue
        said = words(match.group("speaker"))
        if not said or all(word in _NOT_A_SPEAKER for word in said):
            continue
        for name in names:
            parts = words(name)
            if parts[-1] in said or (len(said) == 1 and said[0] in parts):
                return name
        return " ".join(word for word in said if word not in {"the", "a", "an"})
    return None
