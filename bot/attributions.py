"""Who a sentence says is speaking: "Seymour said", "according to police", "Ardern: ...".

This reads a claim, a sentence somebody made; who really speaks in an article is decided in
`index/speakers.py` and comes with each passage.
"""

import re
import unicodedata
from dataclasses import dataclass

from bot.typography import Span
from index.speakers import Speaker

# Saying, and the thinking and wanting that an article knows only from what people say.
_VERBS = frozenset(
    "say says said saying tell tells told state states stated add adds added ask asks asked "
    "answer answers answered reply replies replied respond responds responded claim claims claimed "
    "argue argues argued insist insists insisted warn warns warned deny denies denied admit admits "
    "admitted explain explains explained note notes noted suggest suggests suggested stress "
    "stresses stressed announce announces announced declare declares declared confirm confirms "
    "confirmed believe believes believed think thinks thought feel feels felt want wants wanted "
    "hope hopes hoped urge urges urged demand demands demanded call calls called describe "
    "describes described accuse accuses accused criticise criticises criticised criticize "
    "criticizes criticized promise promises promised reiterate reiterates reiterated repeat "
    "repeats repeated mention mentions mentioned comment comments commented remark remarked "
    "write writes wrote tweet tweets tweeted shout shouts shouted yell yells yelled advise advises "
    "advised acknowledge acknowledges acknowledged emphasise emphasises emphasised emphasize "
    "emphasizes emphasized recall recalls recalled express expresses expressed predict predicts "
    "predicted refuse refuses refused expect expects expected agree agrees agreed disagree "
    "disagrees disagreed concede concedes conceded maintain maintains maintained assert asserts "
    "asserted report reports reported read reads quote quoted".split()
)
_BETWEEN = frozenset(  # between a subject and its verb
    "has have had is was were also then later earlier again already still now once never not did "
    "does do would will may might could reportedly himself herself itself themselves".split()
)
_CLAUSE = frozenset(
    "and but while as that because when after before which who whom where if though although or "
    "so until since whether than".split()
)
_PREPOSITIONS = frozenset(
    "in on at by with to during from about for of into over under behalf via through".split()
)
_DETERMINERS = frozenset(
    "the a an one two three some many several other another his her their its this that these "
    "those both all no most".split()
)
_PRONOUNS = frozenset("he she they it we i you who him her them this that which what".split())
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december on in at but and however also".split()
)
_TITLES = frozenset("mr mrs ms miss mx dr sir dame lord lady prof professor".split())
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_ACCORDING = re.compile(r"\baccording to\s+([^,;:.!?\u25ae]{1,80})", re.IGNORECASE)
_LABEL = re.compile(r"^\W{0,4}([^\W\d_][^:;!?\u25ae]{0,80}?)\s*:\s*\S")
_SIGNED = re.compile(r"\u25ae\W*(?:[-–—]+\s*|\()([A-Z][^,;:!?()\u25ae]{0,60})\)?\W*$")
_ASIDE = re.compile(r"\s\([^()]{1,60}\)(?=\s\w)")  # "Seymour (Act leader) said"
# A report inside a report has a subject of its own: "Seymour said the data suggested".
_REPORTED = frozenset("said says told thought felt wrote".split())
_HIDDEN = "\u25ae"  # stands for every character of a quotation, which says nothing of its speaker


@dataclass(frozen=True)
class Attribution:
    """A sentence's claim that `subject` says something, in the sentence's own words."""

    subject: str
    pronoun: bool = False


def hide(sentence: str, quotations: tuple[Span, ...]) -> str:
    """`sentence` with each quotation blotted out, its length unchanged."""
    for start, end in quotations:
        sentence = sentence[:start] + _HIDDEN * (end - start) + sentence[end:]
    return sentence


def attributions(sentence: str, quotations: tuple[Span, ...] = ()) -> tuple[Attribution, ...]:
    """Whom `sentence` names as saying something, outside its quotations, without repeats."""
    hidden = _ASIDE.sub("", hide(sentence, quotations))
    subjects = [match.group(1).strip() for match in _ACCORDING.finditer(hidden)]
    words = [match.group() for match in _WORD.finditer(re.sub(rf"{_HIDDEN}+", _HIDDEN, hidden))]
    for at, word in enumerate(words):
        if word.lower() in _VERBS:
            subjects += _before(words, at) or _after(words, at)
    if label := _LABEL.match(hidden):
        name = label.group(1).strip()
        spoken = any(word.lower() in _VERBS for word in name.split())
        # "to tell protesters: Go" is no label but words that lead on to others.
        whole = name[0].isupper() or name.split()[0] not in _PREPOSITIONS
        if not spoken and whole and len(name.split()) <= 8:
            subjects.append(name)
    if signed := _SIGNED.search(hidden):
        subjects.append(signed.group(1).strip())
    found = dict.fromkeys(subject for subject in subjects if subject)
    return tuple(Attribution(subject, subject.lower() in _PRONOUNS) for subject in found)


def same_speaker(claimed: str, speaker: Speaker) -> bool:
    """Whether `claimed` can be this speaker: by the name's last word, or by the description.

    "Seymour", "David Seymour" and "Act leader David Seymour" are David Seymour, leader of Act;
    "David Smith" is not, and "the party" is not the "party leader".
    """
    words = _content(claimed)
    name, description = _content(speaker.name), _content(speaker.description)
    if not words or not name:
        return False
    known = set(name) | set(description)
    if set(words) <= set(name) or set(name) <= set(words):
        # "Ardern" is not "a spokesman for Ardern".
        return set(name) <= set(words) or _head(claimed) in _content(_noun_phrase(speaker.name))
    if words[-1] == name[-1]:
        return set(words) <= known
    head = _content(_noun_phrase(speaker.description))
    return set(words) <= set(description) and _head(claimed) in head[-1:]


def _before(words: list[str], verb: int) -> list[str]:
    """The subjects that end before the verb at `verb`; none where a quotation or nothing does."""
    end = verb
    while end and (words[end - 1].lower() in _BETWEEN or words[end - 1].lower().endswith("ly")):
        end -= 1
    passive = any(word.lower() in {"was", "were", "been", "is", "are"} for word in words[end:verb])
    if passive and words[verb].lower() not in {"saying", "quoted"}:
        return []
    if end and words[end - 1] == ",":  # "Seymour, the leader of Act, said"
        opening = end - 2
        while opening >= 0 and words[opening] not in {",", _HIDDEN, ";", ":"}:
            opening -= 1
        if opening <= 0 or words[opening] != "," or words[opening - 1] == _HIDDEN:
            return []
        end = opening
    start = end
    while start and not _bounds(words, start - 1) and words[start - 1].lower() not in _REPORTED:
        start -= 1
    if start >= 2 and words[start - 1] == "who" and words[start].lower() in _BETWEEN:
        # "the protester who was woken up described": the clause is about the protester.
        return _before([*words[: start - 1], words[verb]], start - 1)
    phrase = _subject(words[start:end])
    found = [phrase] if phrase else []
    if (
        phrase
        and start >= 2
        and words[start - 1].lower() == "and"
        and words[start - 2][0].isupper()
    ):
        found = [*_before([*words[: start - 1], words[verb]], start - 1), phrase]
    return found


def _after(words: list[str], verb: int) -> list[str]:
    """The subject of an inverted "said Seymour", which follows a quotation or a comma."""
    before = [word for word in words[max(0, verb - 2) : verb] if word not in {",", "."}]
    if before and before[-1] != _HIDDEN and (verb == 0 or words[verb - 1] != ","):
        return []
    end = verb + 1
    while end < len(words) and not _bounds(words, end) and words[end].lower() not in _VERBS:
        if words[end].lower() in _PREPOSITIONS - {"of", "for"}:
            break
        end += 1
    phrase = " ".join(words[verb + 1 : end])
    named = phrase[:1].isupper() or phrase.lower() in _PRONOUNS
    return [phrase] if named or phrase.split(" ")[0].lower() in _DETERMINERS else []


def _bounds(words: list[str], at: int) -> bool:
    word = words[at]
    return not word[0].isalnum() or word.lower() in _CLAUSE


def _subject(phrase: list[str]) -> str:
    """The noun phrase at the end of a clause's opening: "On Monday Ardern" -> "Ardern"."""
    if not phrase:
        return ""
    if phrase[-1].lower() in _PRONOUNS:
        return phrase[-1].lower()
    start = len(phrase)
    while start and phrase[start - 1][0].isupper() and phrase[start - 1].lower() not in _NO_NAMES:
        start -= 1
    if start == len(phrase):
        while start and phrase[start - 1].lower() not in _PREPOSITIONS | _DETERMINERS | _NO_NAMES:
            start -= 1
    if start and phrase[start - 1].lower() in _DETERMINERS:
        start -= 1
    if start and phrase[start - 1].lower() in {"of", "for", "from"}:
        # "a spokesman for Ardern" is one subject, whose head stands first.
        first = start - 1
        while first and phrase[first - 1].lower() not in _PREPOSITIONS:
            first -= 1
        start = first
    return " ".join(phrase[start:])


def _content(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]s\b", "", name)).casefold()
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    words = re.findall(r"[^\W_]+", plain)
    idle = _DETERMINERS | _TITLES | _PREPOSITIONS | {"and"}
    return [word for word in words if word not in idle]


def _noun_phrase(name: str) -> str:
    """What stands before the first preposition: the head of "a spokesman for Ardern"."""
    return re.split(r",|\s(?:of|for|at|in|from|to|with|on|by)\s", name, maxsplit=1)[0]


def _head(name: str) -> str:
    words = _content(_noun_phrase(name))
    return words[-1] if words else ""
