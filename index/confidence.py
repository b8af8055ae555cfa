"""How sure an attribution is, from its clues: a logistic model whose weights were learned.

`bench/train_speakers.py` learns them from PolNeAR's training part and writes confidence.json.
"""

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_WEIGHTS = Path(__file__).with_name("confidence.json")


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return weights


def learned_confidence(clues: Iterable[str]) -> float:
    """The chance, from 0 to 1, that a reader agrees with an attribution that has these clues."""
    weights = _weights()
    return 1 / (1 + math.exp(-sum(weights.get(clue, 0.0) for clue in clues)))
