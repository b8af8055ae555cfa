"""The small learned ranker: a weighted sum of named features, its weights in ranking.json.

`bench/train_ranker.py` learns the weights by listwise softmax regression (Cao et al. 2007,
ListNet, with the answer's sentences as the target) and writes the file, with the command, the
data and the figures that came out.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np

from index.embeddings import Vectors
from index.features import Material, features
from index.questions import Kind, Question

WEIGHTS = Path(__file__).with_name("ranking.json")


@dataclass(frozen=True)
class Ranking:
    """Scores and their grounds, in the order of the passages."""

    scores: Vectors
    """Shape (passages,): the probability that the passage holds the answer, were there one."""
    features: Mapping[str, Vectors]


@dataclass(frozen=True)
class Ranker:
    """Weights for features; those of a question's kind are added to the general ones."""

    weights: Mapping[str, float]
    kinds: Mapping[str, Mapping[str, float]]
    slope: float
    offset: float
    """A probability is the logistic of slope times the weighted sum plus offset."""

    def rank(
        self,
        question: Question,
        material: Material,
        dense: Vectors,
        asking: Vectors | None = None,
    ) -> Ranking:
        """Score every passage of `material`; the rest as in `index.features.features`."""
        values = features(question, material, dense, asking)
        return Ranking(
            _logistic(self.slope * self.sums(question.kind, values) + self.offset), values
        )

    def sums(self, kind: Kind, values: Mapping[str, Vectors]) -> Vectors:
        """The weighted sum of each passage's features, shape (passages,)."""
        total = np.zeros(len(next(iter(values.values()))), dtype=np.float32)
        for weights in (self.weights, self.kinds.get(kind, {})):
            for name, weight in weights.items():
                total += np.float32(weight) * values[name]
        return total


def _logistic(values: Vectors) -> Vectors:
    bounded: Vectors = (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)
    return bounded


@cache
def load_ranker(path: Path = WEIGHTS) -> Ranker:
    """The ranker whose weights stand in `path`.

    Raises:
        ValueError: the file names a kind of question that does not exist, or a weight is no number.
    """
    stored = json.loads(path.read_text(encoding="utf-8"))
    ranker = Ranker(
        weights=stored["weights"],
        kinds=stored["kinds"],
        slope=float(stored["slope"]),
        offset=float(stored["offset"]),
    )
    unknown = set(ranker.kinds) - set(get_args(Kind))
    if unknown:
        raise ValueError(f"{path} has weights for kinds that do not exist: {sorted(unknown)}.")
    numbers = [
        *ranker.weights.values(),
        *(w for own in ranker.kinds.values() for w in own.values()),
    ]
    if not all(isinstance(number, float) and math.isfinite(number) for number in numbers):
        raise ValueError(f"{path} holds a weight that is not a number.")
    return ranker
