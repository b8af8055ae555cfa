"""Learns how far to trust an attribution from its clues, on PolNeAR's training part.

Run as `python -m bench.train_speakers FOLDER`; it writes index/confidence.json. A logistic model:
the label of an attribution is whether the corpus agrees with it. Where the corpus's source is a
pronoun that a program resolved, a disagreement says little and is left out.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from bench.polnear import read_polnear
from bench.speakers import best_gold, is_right
from index.passages import sentence_spans
from index.sentences import read_sentences

_RARE = 12  # clues seen less often than this say nothing
_PENALTY = 3.0  # on squared weights
_STEPS = 60


def examples(data: Path) -> list[tuple[tuple[str, ...], bool]]:
    """Each attribution's clues, and whether it is right."""
    found = []
    for article in read_polnear(data, "train"):
        sentences, _ = read_sentences(article.text, list(sentence_spans(article.text)))
        for sentence in sentences:
            if sentence.speaker is None:
                continue
            gold = best_gold(article, sentence.start, sentence.end)
            if gold is not None and not gold.heads:
                continue
            right = gold is not None and is_right(sentence.speaker, gold)
            if right or gold is None or not gold.is_pronoun:
                found.append((sentence.clues, right))
    return found


def fit(data: Path) -> dict[str, float]:
    """The weights, by Newton's method."""
    rows = examples(data)
    counts = Counter(clue for clues, _ in rows for clue in clues)
    kept = sorted(clue for clue, count in counts.items() if count >= _RARE)
    place = {clue: index for index, clue in enumerate(kept)}
    features = np.zeros((len(rows), len(kept)))
    for row, (clues, _) in enumerate(rows):
        for clue in clues:
            if clue in place:
                features[row, place[clue]] = 1
    labels = np.array([right for _, right in rows], dtype=float)
    weights = np.zeros(len(kept))
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (chances - labels) + _PENALTY * weights
        curvature = (features * (chances * (1 - chances))[:, None]).T @ features
        weights -= np.linalg.solve(curvature + _PENALTY * np.eye(len(kept)), gradient)
    return {clue: round(float(weight), 2) for clue, weight in zip(kept, weights, strict=True)}


if __name__ == "__main__":
    learned = fit(Path(sys.argv[1]))
    target = Path(__file__).parent.parent / "index" / "confidence.json"
    target.write_text(json.dumps(learned, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(learned)} weights")
