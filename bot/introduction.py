"""Where an article says who somebody is: "who is Morag Lennox?", "who is the mayor of Leith?"."""

import re
from collections.abc import Sequence

from bot.bearing import known_by, stems_of
from index.passages import Passage
from index.questions import Question
from index.speakers import Speaker
from index.words import content_words

_WHO_IS = re.compile(r"(?i)^\W*who(?:[’']s| is| was| are| were)\s+(?P<name>.+?)\W*$")
# What follows a name that is explained, and what stands before one: "Reid, 34, a joiner",
# "Hart, who scored", "the club's captain, Tom Hart,".
_EXPLAINED = r"(?:,| \(| is| was)\s*(?:an?|the|one|who|whose|\d+|[\w-]+[’']s|its|his|her|their)\b"
_OWNER = r"(?:\b(?:the|an?|its|his|her|their|our)\b|[’']s)"
_ROLE = _OWNER + r"(?: [\w-]+){1,6},(?: [A-Z][\w’'.-]*){0,3} "


def introducing(question: Question, passages: Sequence[Passage]) -> Passage | None:
    """The sentence that says who the person asked about is; None where no such thing is asked.

    One that explains the name comes before one that only puts a title to it.
    """
    asked = _WHO_IS.match(question.text)
    if asked is None:
        return None
    name = content_words(asked.group("name"))
    if holder := _holder(frozenset(name), passages):
        return holder
    known = known_by(asked.group("name"))
    if not name or len(name) > 4 or not any(known <= stems_of(p.text) for p in passages):
        return None
    last = re.escape(asked.group("name").split()[-1])
    explains = re.compile(rf"\b(?i:{last})\b{_EXPLAINED}|{_ROLE}(?i:{last})\b,")
    rated = [(_rating(passage, explains, known), passage) for passage in passages]
    best, passage = max(rated, key=lambda pair: pair[0])
    return passage if best else None


def _holder(role: frozenset[str], passages: Sequence[Passage]) -> Passage | None:
    """The first sentence that puts the asked role to the name of its speaker."""
    if len(role) < 2:
        return None  # "the president" may be anybody's
    return next(
        (
            passage
            for passage in passages
            if passage.speaker is not None
            and role <= stems_of(passage.speaker.description)
            and _is_titled(passage.speaker, passage.text, known_by(passage.speaker.name))
        ),
        None,
    )


def _rating(passage: Passage, explains: re.Pattern[str], known: frozenset[str]) -> int:
    if explains.search(passage.text):
        return 2
    return int(_is_titled(passage.speaker, passage.text, known))


def _is_titled(speaker: Speaker | None, text: str, known: frozenset[str]) -> bool:
    """Whether the sentence gives its speaker a description: "Sheriff Fiona Abercrombie said"."""
    if speaker is None or not speaker.description or not known <= stems_of(speaker.name):
        return False
    return speaker.description.lower() in text.lower() and known <= stems_of(text)
