"""Questions about someone's words: which passages are theirs, and who else speaks of it."""

import re
from collections.abc import Sequence

from bot.bearing import Bearing, known_by, stems_of
from index.passages import Passage
from index.questions import Question
from index.speakers import Speaker
from index.words import content_words

# A sentence by the narrator can still tell someone's view: "Zuma denied", "the bank refused".
_TELLS_A_VIEW = re.compile(
    r"(?i)\b(?:sa(?:id|ys?)|told|tells|den(?:y|ied|ies)|refus\w+|declin\w+|accus\w+|agree[ds]?|"
    r"disagree[ds]?|believ\w+|think\w*|thought|want\w*|call\w*|urg\w+|oppos\w+|support\w*|back\w*|"
    r"critici[sz]\w+|warn\w*|claim\w*|argu\w+|insist\w*|promis\w+|comment\w*|welcom\w+|prais\w+|"
    r"condemn\w*|reject\w*|describ\w+|announc\w+|demand\w*|expect\w*|hop(?:e[ds]?|ing)|respond\w*|"
    r"express\w*|vow\w*|pledg\w+|apologi[sz]\w+|admit\w*|statement|according)\b"
)
ON_TOPIC = 0.45  # of the topic's words, by rarity, so much must be spoken of


def words_of(name: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages that `name` speaks; a part of the name or of the description is enough."""
    return [
        passage
        for passage in passages
        if passage.speaker is not None and is_speaker(name, passage.speaker)
    ]


def views_told_of(name: str, passages: Sequence[Passage]) -> list[Passage]:
    """The narrator's sentences that name someone and tell what they say or think."""
    known = known_by(name)
    return [
        passage
        for passage in passages
        if known and known <= stems_of(passage.text) and _TELLS_A_VIEW.search(passage.text)
    ]


def is_speaker(name: str, speaker: Speaker) -> bool:
    """Whether "Foster", "the mayor" or "police" means this speaker."""
    asked = frozenset(content_words(name))
    if not asked:
        return False
    return asked <= stems_of(f"{speaker.name} {speaker.description}") or (
        name[:1].isupper() and known_by(name) <= stems_of(speaker.name)
    )


def is_mentioned(name: str, passages: Sequence[Passage]) -> bool:
    """Whether any passage has the word by which `name` is known."""
    known = known_by(name)
    return any(known & stems_of(passage.text) for passage in passages)


def on_topic(
    question: Question, theirs: Sequence[tuple[Bearing, float]], most: int = 6
) -> list[Passage]:
    """Those of someone's sentences that speak of what is asked, best first."""
    if not theirs:
        return []
    reach = max(bearing.measures["covered"] for bearing, _ in theirs)
    near = max(bearing.measures["near"] for bearing, _ in theirs)
    if reach < ON_TOPIC and (near < 2 * ON_TOPIC or not question.topic):
        return []
    floor = 0.7 * reach
    return [
        bearing.passage
        for bearing, _ in theirs
        if bearing.measures["covered"] >= max(floor, ON_TOPIC / 2)
    ][:most]


def others_on(question: Question, scored: Sequence[tuple[Bearing, float]]) -> list[Passage]:
    """What everyone else says on the question's topic, best first."""
    return [
        bearing.passage
        for bearing, _ in scored
        if bearing.passage.speaker is not None
        and not is_speaker(question.speaker or "", bearing.passage.speaker)
        and bearing.measures["exact"] >= ON_TOPIC
    ]
