"""Questions about someone's words: which passages are theirs, and who else speaks of it."""

from collections.abc import Sequence

from bot.bearing import distinctive, stems_of
from index.passages import Passage
from index.questions import Question
from index.speakers import Speaker
from index.words import content_words


def words_of(name: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages that `name` speaks; a part of the name or of the description is enough."""
    return [
        passage
        for passage in passages
        if passage.speaker is not None and is_speaker(name, passage.speaker)
    ]


def is_speaker(name: str, speaker: Speaker) -> bool:
    """Whether "Foster", "the mayor" or "police" means this speaker."""
    asked = frozenset(content_words(name))
    known = stems_of(f"{speaker.name} {speaker.description}")
    return bool(asked) and (asked <= known or bool(distinctive(name) & stems_of(speaker.name)))


def others_on(question: Question, passages: Sequence[Passage]) -> list[Passage]:
    """What everyone else says on the question's topic, in article order."""
    topic = frozenset(question.topic)
    return [
        passage
        for passage in passages
        if passage.speaker is not None
        and not is_speaker(question.speaker or "", passage.speaker)
        and topic & stems_of(passage.text)
    ]
