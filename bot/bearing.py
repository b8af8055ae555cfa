"""How a sentence bears on a question: the measures from which evidence is chosen and decided.

Every measure lies between 0 and 1 or close to it, so that the learned weights of `evidence.json`
can be read and compared.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answer_spans import bears_kind
from index.passages import Passage, searchable_text
from index.questions import Question
from index.search import Found
from index.words import STOP_WORDS, content_words, words


@dataclass(frozen=True)
class Bearing:
    """One found passage with its measures."""

    passage: Passage
    measures: Mapping[str, float]


def bearings(
    question: Question, found: Sequence[Found], passages: Sequence[Passage]
) -> list[Bearing]:
    """The measures of every found passage, in the order found; `passages` holds their articles."""
    if not found:
        return []
    articles: dict[str, list[Passage]] = {}
    wanted = {each.passage.article_id for each in found}
    for passage in passages:
        if passage.article_id in wanted:
            articles.setdefault(passage.article_id, []).append(passage)
    weigh = {article_id: _Article(question, tuple(body)) for article_id, body in articles.items()}
    dense = [each.features.get("dense", 0.0) for each in found]
    mean = sum(dense) / len(dense)
    spread = math.sqrt(sum((value - mean) ** 2 for value in dense) / len(dense)) or 1.0
    return [
        Bearing(
            each.passage,
            weigh[each.passage.article_id].measures(each.passage)
            | {"dense": value, "dense_stands_out": (value - mean) / spread / 4},
        )
        for each, value in zip(found, dense, strict=True)
    ]


class _Article:
    """One article's words, weighed for one question."""

    def __init__(self, question: Question, passages: tuple[Passage, ...]) -> None:
        self._question = question
        self._at = {passage.number: place for place, passage in enumerate(passages)}
        self._passages = passages
        self._stems = [stems_of(searchable_text(passage)) for passage in passages]
        self._names = [distinctive(name) for name in question.names]
        self._total = len(passages)
        self._weights = {word: self._weight(word) for word in question.words}
        self._sum = sum(self._weights.values()) or 1.0
        everywhere = frozenset().union(*self._stems) if self._stems else frozenset()
        self._present = everywhere & set(question.words)
        self._absent = 1 - sum(self._weights[word] for word in self._present) / self._sum
        named = [bool(parts & everywhere) for parts in self._names]
        self._names_absent = 1 - sum(named) / len(named) if named else 0.0
        self._rarest = max(self._present, key=self._weights.__getitem__, default="")

    def measures(self, passage: Passage) -> dict[str, float]:
        """The measures of one of the article's passages.

        - covered, near: the share of the question's words, by rarity, in the sentence with its
          speaker's name, and in it with its two neighbours;
        - rarest: whether it holds the rarest of the question's words that the article has;
        - absent, names_absent: the share of the question's words and names that the article lacks;
        - named: the share of the question's names in the sentence; half for one beside it;
        - pairs: the share of the question's word pairs that stand together here too;
        - kind: whether words of the asked-for kind stand in it;
        - early: 1 for the first sentence, less and less after it.
        """
        at = self._at[passage.number]
        here = self._stems[at]
        around = here.union(*self._stems[max(0, at - 1) : at + 2])
        covered = self._share(here)
        kind = bears_kind(self._question, passage.text)
        return {
            "covered": covered,
            "near": self._share(around),
            "rarest": float(self._rarest in here),
            "absent": self._absent,
            "names_absent": self._names_absent,
            "named": self._named(here, around),
            "pairs": _pairs(self._question.words, passage.text),
            "kind": kind,
            "kind_covered": kind * covered,
            "early": 1 / (1 + passage.number / 5),
            "short": 1 / (1 + len(passage.text) / 120),
        }

    def _weight(self, word: str) -> float:
        holding = sum(word in stems for stems in self._stems)
        return math.log(1 + self._total / (holding + 0.5))

    def _share(self, stems: frozenset[str]) -> float:
        return sum(weight for word, weight in self._weights.items() if word in stems) / self._sum

    def _named(self, here: frozenset[str], around: frozenset[str]) -> float:
        if not self._names:
            return 0.5
        held = [1.0 if parts & here else 0.5 if parts & around else 0.0 for parts in self._names]
        return sum(held) / len(held)


@lru_cache(maxsize=16_384)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a sentence's content words."""
    return frozenset(content_words(text))


def distinctive(name: str) -> frozenset[str]:
    """The stems by which a name is known: its last word, or every word of a description."""
    parts = [word for word in words(name) if word not in STOP_WORDS]
    return frozenset(content_words(" ".join(parts[-1:] if name[:1].isupper() else parts)))


def _pairs(asked: Sequence[str], text: str) -> float:
    if len(asked) < 2:
        return 0.0
    present = content_words(text)
    near = {
        frozenset((word, other))
        for at, word in enumerate(present)
        for other in present[at + 1 : at + 3]
    }
    pairs = [frozenset(pair) for pair in zip(asked, asked[1:], strict=False)]
    return sum(pair in near for pair in pairs) / len(pairs)
