"""Whether the article answers: `answered`, `partly` or `not_in_article`, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers import Status
from bot.bearing import Bearing, bearings, distinctive, stems_of
from bot.evidence import learned, select, weighed, with_quotations
from bot.speech import others_on, words_of
from index.passages import Passage
from index.questions import Question
from index.search import Found

NEAREST = 3  # passages shown beside a refusal

_NO_SUCH_THING = {
    "number": "It gives no number for that.",
    "date": "It does not say when.",
    "place": "It does not say where.",
    "reason": "It gives no reason for that.",
    "person": "It does not say who.",
    "who_said": "It does not say who said that.",
    "manner": "It does not say how.",
}


@dataclass(frozen=True)
class Decision:
    """What the answer is made of."""

    status: Status
    evidence: tuple[Passage, ...] = ()
    """The sentences that answer, in article order; empty on a refusal."""
    remark: str = ""
    """Why it is declined, or what introduces sentences that contradict the question."""
    nearest: tuple[Passage, ...] = ()
    probability: float = 0.0
    """That the article answers, as learned."""


def decide(question: Question, found: Sequence[Found], passages: Sequence[Passage]) -> Decision:
    """Choose the evidence among `found`, whose articles' passages are `passages`, and judge it."""
    measured = bearings(question, found, passages)
    if question.speaker is not None:
        spoken = _decide_speech(question, measured, passages)
        if spoken is not None:
            return spoken
    scored = weighed(measured)
    probability = answerable(scored)
    nearest = tuple(bearing.passage for bearing, _ in scored[:NEAREST])
    if probability < 0.5:
        return Decision("not_in_article", (), _reason(question, measured), nearest, probability)
    evidence = tuple(with_quotations(select(question, scored), passages))
    return Decision("answered", evidence, "", (), probability)


def answerable(scored: Sequence[tuple[Bearing, float]]) -> float:
    """The probability that the article answers the question that `scored` was weighed for."""
    return learned()["question"].probability(question_measures(scored)) if scored else 0.0


def question_measures(scored: Sequence[tuple[Bearing, float]]) -> dict[str, float]:
    """The measures of the best sentence, and how it stands beside the others."""
    top, best = scored[0]
    values = [bearing.measures for bearing, _ in scored]
    return dict(top.measures) | {
        "best": best,
        "second": scored[1][1] if len(scored) > 1 else 0.0,
        "most_dense": max(each["dense"] for each in values),
        "most_covered": max(each["covered"] for each in values),
        "most_near": max(each["near"] for each in values),
    }


def _decide_speech(
    question: Question, measured: Sequence[Bearing], passages: Sequence[Passage]
) -> Decision | None:
    """Someone's words are asked for: only theirs answer. None where it cannot be told whose."""
    speaker = question.speaker or ""
    theirs = words_of(speaker, passages)
    if not theirs:
        return None
    keys = {(passage.article_id, passage.number) for passage in theirs}
    scored = [
        pair
        for pair in weighed(measured)
        if (pair[0].passage.article_id, pair[0].passage.number) in keys
    ]
    if not question.topic:
        return Decision("answered", tuple(theirs), "", (), 1.0)
    on_topic = [pair for pair in scored if stems_of(pair[0].passage.text) & set(question.topic)]
    if on_topic:
        chosen = [bearing.passage for bearing, _ in on_topic[:6]]
        return Decision("answered", tuple(with_quotations(chosen, passages)), "", (), 1.0)
    others = others_on(question, passages)
    if others:
        names = " and ".join(dict.fromkeys(each.speaker.name for each in others if each.speaker))
        remark = f"{speaker} does not speak of it, but {names} does:"
        return Decision("not_in_article", (), remark, tuple(others[:NEAREST]))
    nearest = tuple(bearing.passage for bearing, _ in scored[:NEAREST])
    return Decision("not_in_article", (), "Nobody in it speaks of that.", nearest)


def _reason(question: Question, measured: Sequence[Bearing]) -> str:
    if measured and measured[0].measures["names_absent"] > 0 and question.names:
        everywhere = frozenset().union(*(stems_of(each.passage.text) for each in measured))
        missing = [name for name in question.names if not distinctive(name) & everywhere]
        if missing:
            return f"It does not mention {missing[0]}."
    return _NO_SUCH_THING.get(question.kind, "")
