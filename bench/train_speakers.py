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
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # ships no types

from bench.polnear import read_polnear
from bench.speakers import best_gold, is_right
from index.passages import sentence_spans
from index.sentences import read_sentences

_RARE = 12  # clues seen less often than this say nothing
_FIT = 0.15  # how far weights may grow; the inverse of the penalty on their squares
_TINY = 0.02  # weights below this are left out


def examples(data: Path) -> list[tuple[tuple[str, ...], bool]]:
    """The clues of every attribution that a sentence may make, and whether it is right."""
    found = []
    for article in read_polnear(data, "train"):
        sentences, _ = read_sentences(article.text, list(sentence_spans(article.text)))
        for sentence in sentences:
            gold = best_gold(article, sentence.start, sentence.end)
            if gold is not None and not gold.heads:
                continue
            for candidate in sentence.candidates:
                right = gold is not None and is_right(candidate.speaker, gold)
                if right or gold is None or not gold.is_pronoun:
                    found.append((candidate.clues, right))
    return found


def fit(data: Path) -> dict[str, float]:
    """The weight of each clue that is not rare."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - takes a second

    rows = examples(data)
    counts = Counter(clue for clues, _ in rows for clue in set(clues))
    kept = sorted(clue for clue, count in counts.items() if count >= _RARE)
    place = {clue: index for index, clue in enumerate(kept)}
    columns = [sorted({place[clue] for clue in clues if clue in place}) for clues, _ in rows]
    ends = np.cumsum([0] + [len(row) for row in columns])
    flat = np.concatenate([np.array(row, dtype=np.int32) for row in columns])
    features = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(kept)))
    model = LogisticRegression(C=_FIT, max_iter=1000, fit_intercept=False)
    model.fit(features, [right for _, right in rows])
    weights = dict(zip(kept, map(float, model.coef_[0]), strict=True))
    return {clue: round(weight, 2) for clue, weight in weights.items() if abs(weight) >= _TINY}


if __name__ == "__main__":
    learned = fit(Path(sys.argv[1]))
    target = Path(__file__).parent.parent / "index" / "confidence.json"
    target.write_text(json.dumps(learned, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(learned)} weights")
