"""Whether the article answers: `answered`, `partly` or `not_in_article`, and why not.

First the gates, each with its own reason, that a sentence on the topic cannot pass: other people's
words do not answer for someone, nor a sentence without a date for a "when". What passes them is
weighed by a logistic regression, whose weights `bench/train_decision.py` learns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answer_spans import wanted
from bot.answers import Status
from bot.bearing import Bearing, bearings, known_by, stems_of
from bot.casualties import telling
from bot.evidence import fitting, select, weighed, with_quotations
from bot.introduction import introducing
from bot.premise import contradicting
from bot.short_answer import short_answer
from bot.speech import (
    asked_about,
    is_mentioned,
    on_topic,
    others_on,
    views_told_of,
    with_words,
    words_of,
)
from index.name_words import ROLES
from index.passages import Passage, searchable_text
from index.questions import Kind, Question
from index.search import Found
from index.words import words

NEAREST = 3  # passages shown beside a refusal
CLEAR = 0.7  # from this probability on the reranker's word for a sentence is taken by itself
MOST_CLEAR = 3
DENIES = 0.7  # from this probability on its word for a contradiction is
# Below it a contradiction by rule is none: on the sets of `bench/declining_sets.py` ten of twelve
# false alarms are not told, and one of seven contradictions.
IMAGINED = 0.02
FEW = 3  # sentences of someone's; to fewer the words that they lead to are added
SAYS_OTHERWISE = "The article says otherwise:"

_KINDS = ("number", "person", "date", "place", "reason", "yes_no", "definition", "list")
_MOST = ("dense", "covered", "near", "exact", "weakest", "weakest_near", "whole", "kind_covered")
_NO_SUCH_THING: Mapping[Kind, str] = {
    "number": "It gives no such number.",
    "date": "It does not say when.",
    "place": "It does not say where.",
    "reason": "It gives no reason for that.",
    "person": "It does not say who.",
    "who_said": "Nobody in it says that.",
    "manner": "It does not say how.",
}
NOTHING_SUCH = "It tells of nothing like that."
NOTHING_NEAR = "Nothing in it speaks of that."
# Sentences that hold this share of what the best one holds are about the question too.
_ABOUT = 0.6


@dataclass(frozen=True)
class Decision:
    """What the answer is made of."""

    status: Status
    evidence: tuple[Passage, ...] = ()
    """The sentences that answer, in article order; empty on a refusal."""
    remark: str = ""
    """Why it is declined, or what introduces sentences that contradict the question."""
    nearest: tuple[Passage, ...] = ()
    """On a refusal: the passages that come closest."""
    probability: float = 0.0
    """That the article answers, as learned."""
    short: str = ""
    """The words themselves, from the first sentence of the evidence, or yes or no; often empty."""


Scored = Sequence[tuple[Bearing, float]]


def decide(question: Question, found: Sequence[Found], passages: Sequence[Passage]) -> Decision:
    """Choose the evidence among `found`, whose articles' passages are `passages`, and judge it."""
    # In a large library only the articles where something was found are read further.
    near = {each.passage.article_id for each in found}
    passages = [passage for passage in passages if passage.article_id in near]
    measured = bearings(question, found, passages)
    if not measured:
        return Decision("not_in_article", remark=NOTHING_NEAR)
    contradiction = _contradiction(question, measured)
    if contradiction is not None:
        return Decision("partly", (contradiction,), SAYS_OTHERWISE)
    introduction = introducing(question, [each for each in passages if not each.asks])
    if introduction is not None:
        return Decision("answered", (introduction,), probability=1.0)
    scored = weighed(measured)
    if question.speaker is not None and question.kind in {"speech", "open", "list"}:
        speech = _decide_speech(question, scored, passages)
        if speech is not None:
            return speech
    if question.kind == "who_said":
        # Who recommended it may also be told by the narrator.
        sure = {bearing.passage for bearing in _clear(scored)}
        told = [pair for pair in scored if pair[0].passage.speaker or pair[0].passage in sure]
        scored = told or scored
    tells = telling(question)
    if tells is not None:
        said = [pair for pair in scored if tells.search(pair[0].passage.text)]
        if answerable(question, said) < 0.5:
            return _declined(NOTHING_SUCH, scored, answerable(question, said))
        scored = said
    probability = answerable(question, scored)
    if _lacks_kind(question, measured) and not _clear(scored) and not _finds_words(measured):
        return _declined(_NO_SUCH_THING[question.kind], scored, probability)
    if probability < 0.5:
        # A name that it lacks may be another name for one that it has: "Congress" for the House and
        # the Senate. So it is only a reason, and no ground, to decline.
        missing = _missing_names(question, passages)
        remark = _NO_SUCH_THING.get(question.kind, "")
        if missing:
            remark = f"It does not mention {missing[0]}."
        elif scored[0][0].measures["absent"] > 0.5:
            remark = NOTHING_NEAR
        return _declined(remark, scored, probability)
    short = short_answer(question, scored[0][0])
    chosen = [scored[0][0].passage] if short else select(question, scored)
    evidence = tuple(chosen if short else with_quotations(chosen, passages))
    return Decision("answered", evidence, probability=probability, short=short)


def _contradiction(question: Question, measured: Sequence[Bearing]) -> Passage | None:
    """The sentence that denies what the question supposes, or None; by the reranker or by rule."""
    if _sure(measured) >= CLEAR:
        return None
    found = denied(measured)
    told = None if found else contradicting(question, measured)
    doubted = any(
        each.passage == told and each.measures.get("contradicts", 1.0) < IMAGINED
        for each in measured
    )
    return None if doubted else found or told


def denied(measured: Sequence[Bearing]) -> Passage | None:
    """The sentence that a reranker takes to contradict what the question supposes, or None.

    It has to be surer of that than of any answer.
    """
    best = max(measured, key=lambda each: each.measures.get("contradicts", 0.0))
    sure = best.measures.get("contradicts", 0.0)
    return best.passage if sure >= DENIES and sure > _sure(measured) else None


def answerable(question: Question, scored: Scored) -> float:
    """The probability that the article answers the question that `scored` was weighed for."""
    if not scored:
        return 0.0
    measures = question_measures(question, scored)
    return fitting("question", measures).probability(measures)


def question_measures(question: Question, scored: Scored) -> dict[str, float]:
    """The measures of the best sentence, what others reach, and what kind of thing is asked."""
    top, best = scored[0]
    values = [bearing.measures for bearing, _ in scored]
    most = {f"most_{name}": max(each[name] for each in values) for name in _MOST}
    if "answers" in top.measures:
        most["most_answers_odds"] = max(each["answers_odds"] for each in values)
        most["most_words_odds"] = max(each["words_odds"] for each in values)
        most["most_contradicts"] = max(each["contradicts"] for each in values)
    asks = {kind: float(question.kind == kind) for kind in _KINDS}
    return {
        **top.measures,
        **most,
        "best": best,
        "second": scored[1][1] if len(scored) > 1 else 0.0,
        **{f"asks_{kind}": value for kind, value in asks.items()},
        **{f"{kind}_whole": value * most["most_whole"] for kind, value in asks.items()},
        **{f"{kind}_near": value * most["most_weakest_near"] for kind, value in asks.items()},
    }


def _decide_speech(
    question: Question, scored: Scored, passages: Sequence[Passage]
) -> Decision | None:
    """Someone's words are asked for: nobody else's answer. None where it only looks so."""
    speaker = question.speaker or ""
    theirs = words_of(speaker, passages)
    told = [] if theirs else views_told_of(speaker, [each for each in passages if not each.asks])
    if not theirs and not told:
        if not speaker[:1].isupper() and not ROLES & set(words(speaker)):
            return None  # "what pep talk did the youngsters get"
        clear = [bearing.passage for bearing in _clear(scored) if _names(speaker, bearing.passage)]
        if clear and question.topic:
            return Decision(
                "answered", tuple(with_quotations(clear[:1], passages)), probability=1.0
            )
        known = is_mentioned(speaker, passages)
        remark = f"It quotes no words of {speaker}." if known else f"It does not mention {speaker}."
        return _declined(remark, scored, 0.0)
    keys = {(passage.article_id, passage.number) for passage in theirs or told}
    own = [pair for pair in scored if (pair[0].passage.article_id, pair[0].passage.number) in keys]
    if theirs and not question.topic:
        return Decision("answered", tuple(theirs[:8]), probability=1.0)
    chosen = (
        on_topic(own)
        or asked_about(theirs, scored, passages)
        or [bearing.passage for bearing in _clear(own)][:MOST_CLEAR]
        or _unattributed(speaker, _clear(scored))[:1]
    )
    chosen = with_words(chosen, passages) if len(chosen) < FEW else chosen
    if chosen:
        return Decision("answered", tuple(with_quotations(chosen, passages)), probability=1.0)
    others = others_on(question, scored)
    if others and others[0].speaker is not None:
        remark = f"{speaker} does not speak of that in it, but {others[0].speaker.name} does."
        return Decision("not_in_article", remark=remark, nearest=tuple(others[:NEAREST]))
    return _declined("Nobody in it speaks of that.", own or scored, 0.0)


def _sure(measured: Sequence[Bearing]) -> float:
    """The most that a reranker gives any of them for an answer; 0 where there is no reranker."""
    return max(each.measures.get("answers", 0.0) for each in measured)


def _clear(scored: Scored) -> list[Bearing]:
    """Those that a reranker takes for an answer beyond doubt; none where there is no reranker."""
    return [bearing for bearing, _ in scored if bearing.measures.get("answers", 0.0) >= CLEAR]


def _finds_words(measured: Sequence[Bearing]) -> bool:
    """Whether a reranker finds words that answer, though they look like none of the asked kind."""
    return any(each.measures.get("words", 0.0) >= 0.5 for each in measured)


def _unattributed(speaker: str, clear: Sequence[Bearing]) -> list[Passage]:
    """Those that are known to be nobody's words and name the speaker: "Poe was quoted"."""
    passages = [bearing.passage for bearing in clear]
    return [each for each in passages if each.speaker is None and _names(speaker, each)]


def _names(name: str, passage: Passage) -> bool:
    """Whether the sentence itself has the word by which somebody is known."""
    return bool(known_by(name) & stems_of(passage.text))


def _declined(remark: str, scored: Scored, probability: float) -> Decision:
    nearest = tuple(bearing.passage for bearing, _ in scored[:NEAREST])
    return Decision("not_in_article", (), remark, nearest, probability)


def _missing_names(question: Question, passages: Sequence[Passage]) -> list[str]:
    """The question's names of which no passage has any word."""
    everywhere = frozenset().union(*(stems_of(searchable_text(passage)) for passage in passages))
    return [name for name in question.names if stems_of(name) and not stems_of(name) & everywhere]


def _lacks_kind(question: Question, measured: Sequence[Bearing]) -> bool:
    """Whether no sentence about the question holds the kind of thing that it asks for."""
    if wanted(question) is None or question.kind not in _NO_SUCH_THING:
        return False
    reach = max(bearing.measures["near"] for bearing in measured)
    about = [each for each in measured if each.measures["near"] >= _ABOUT * reach]
    return all(each.measures["lacks"] > 0 for each in about)
