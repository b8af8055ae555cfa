"""From the passages that bear on a question to the sentences that answer it, and no more."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from bot.bearing import Bearing
from index.passages import Passage
from index.questions import Kind, Question

# At most so many sentences, by what is asked for, before quotations are completed.
_MOST: Mapping[Kind, int] = {
    "number": 2,
    "date": 2,
    "place": 2,
    "person": 2,
    "yes_no": 2,
    "who_said": 2,
    "definition": 2,
    "speech": 6,
    "list": 4,
}
_MOST_OTHERWISE = 3


@dataclass(frozen=True)
class Weights:
    """A logistic regression: `1 / (1 + exp(-(bias + sum of weight * measure)))`."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, measures: Mapping[str, float]) -> float:
        total = self.bias + sum(
            weight * measures.get(name, 0.0) for name, weight in self.weights.items()
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def learned() -> Mapping[str, Weights]:
    """The learned weights of `decision.json`: of a sentence, and of a question.

    The "read" ones go by what a reranker that knows answers makes of the sentences, too.
    """
    stored = json.loads(files("bot").joinpath("decision.json").read_text(encoding="utf-8"))
    return {
        name: Weights(stored[name]["bias"], stored[name]["weights"])
        for name in ("sentence", "question", "sentence_read", "question_read")
    }


def fitting(name: str, measures: Mapping[str, float]) -> Weights:
    """The weights of that `name` for sentences that were read by a reranker, or were not."""
    return learned()[f"{name}_read" if "answers" in measures else name]


def weighed(
    bearings: Sequence[Bearing], weights: Weights | None = None
) -> list[tuple[Bearing, float]]:
    """Every bearing with the probability that its sentence answers, best first."""
    if not bearings:
        return []
    sentence = weights or fitting("sentence", bearings[0].measures)
    scored = [(bearing, sentence.probability(bearing.measures)) for bearing in bearings]
    return sorted(scored, key=lambda pair: -pair[1])


def select(question: Question, scored: Sequence[tuple[Bearing, float]]) -> list[Passage]:
    """The sentences that the answer needs: the best, and those that come close to it."""
    if not scored:
        return []
    best = scored[0][1]
    floor = best * (0.6 if question.kind in _MOST and question.kind != "list" else 0.5)
    most = _MOST.get(question.kind, _MOST_OTHERWISE)
    return [bearing.passage for bearing, score in scored[:most] if score >= floor]


def with_quotations(chosen: Sequence[Passage], passages: Sequence[Passage]) -> list[Passage]:
    """`chosen` with what finishes a quotation begun in one of them, in article order."""
    articles: dict[str, list[Passage]] = {}
    for passage in passages:
        articles.setdefault(passage.article_id, []).append(passage)
    places = {
        (passage.article_id, passage.number): place
        for body in articles.values()
        for place, passage in enumerate(body)
    }
    order = {article_id: place for place, article_id in enumerate(articles)}
    kept = {(passage.article_id, passage.number): passage for passage in chosen}
    for passage in chosen:
        body = articles[passage.article_id]
        place = places[passage.article_id, passage.number]
        for following in _continuation(body, place):
            kept[following.article_id, following.number] = following
    return sorted(kept.values(), key=lambda each: (order[each.article_id], each.number))


def _continuation(body: Sequence[Passage], place: int) -> list[Passage]:
    """The sentences after `place` that stand inside the quotation which it leaves open."""
    if not leaves_open(body[place].text):
        return []
    for end in range(place + 1, min(place + 4, len(body))):
        if '"' in body[end].text or "”" in body[end].text:
            closes = not body[end].text.startswith(('"', "“"))
            return list(body[place + 1 : end + 1]) if closes else []
    return []


def leaves_open(text: str) -> bool:
    """Whether a quotation begins in `text` and does not end in it."""
    return text.count('"') % 2 == 1 or text.count("“") > text.count("”")
