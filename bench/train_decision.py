"""Learn `bot/decision.json` from public and own questions: `python -m bench.train_decision DATA`.

DATA is a folder with `newsqa_even.json` and `squad2_dev_subset.jsonl.gz`. Two logistic
regressions: whether a sentence answers, over the measures of `bot/bearing.py`, and whether the
article does, over those of the best sentence and of its rivals.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bench.declining_sets import Example, area, examples
from bot.bearing import Bearing
from bot.decision import question_measures
from bot.evidence import Weights, weighed

TARGET = Path(__file__).parents[1] / "bot" / "decision.json"
# How much one example weighs. NewsQA's questions are many, vague and mostly about the first
# paragraph; the own ones are few and plain.
SENTENCE_WEIGHT = {"news": 0.1, "encyclopaedia": 1.0, "own": 3.0}
QUESTION_WEIGHT = {"news": 1.0, "encyclopaedia": 0.5, "own": 6.0}
PENALTY_SENTENCE, PENALTY_QUESTION = 1.0, 0.1  # scikit-learn's C on standardised measures
REFUSED = 0.02  # of the own answerable questions, so many score below one half,
LENIENT = 1.5  # less this in log-odds: what was learned from scores too well, and a refusal of
# what the article plainly says is the worse error. On questions that nothing was learned from it
# took wrong refusals from .227 to .156, and right ones from .556 to .493.


def learn(
    found: Sequence[Example], bearings: Sequence[Sequence[Bearing]]
) -> tuple[Weights, Weights]:
    """The weights for sentences and for questions; `bearings` holds each example's measures."""
    rows: list[Mapping[str, float]] = []
    right: list[bool] = []
    weights: list[float] = []
    for example, measured in zip(found, bearings, strict=True):
        for bearing in measured if example.gold else ():
            rows.append(bearing.measures)
            right.append(bearing.passage.number in example.gold)
            weights.append(SENTENCE_WEIGHT[example.source])
    sentence = _fit(rows, right, weights, PENALTY_SENTENCE)
    asked = [
        (example, question_measures(example.question, weighed(measured, sentence)))
        for example, measured in zip(found, bearings, strict=True)
        if measured and not example.false_premise and example.question.speaker is None
    ]
    question = _fit(
        [measures for _, measures in asked],
        [example.answerable for example, _ in asked],
        [QUESTION_WEIGHT[example.source] for example, _ in asked],
        PENALTY_QUESTION,
    )
    own = [
        _log_odds(question.probability(measures))
        for example, measures in asked
        if example.source == "own" and example.answerable
    ]
    shift = float(np.quantile(own, REFUSED))
    return sentence, Weights(question.bias - shift + LENIENT, question.weights)


def _log_odds(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def _fit(
    rows: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    weights: Sequence[float],
    penalty: float,
) -> Weights:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - heavy

    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(C=penalty, max_iter=3000)
    model.fit((table - mean) / spread, right, sample_weight=weights)
    found = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (found * mean).sum())
    return Weights(bias, {name: float(w) for name, w in zip(names, found, strict=True)})


def cross_validated(found: Sequence[Example], folds: int = 5) -> list[float]:
    """For each example the probability from weights that were learned without its article."""
    measured_once = [example.bearings() for example in found]
    groups = sorted({example.group for example in found})
    fold_of = {group: place % folds for place, group in enumerate(groups)}
    probabilities = [0.0] * len(found)
    for fold in range(folds):
        kept = [place for place, e in enumerate(found) if fold_of[e.group] != fold]
        sentence, question = learn(
            [found[place] for place in kept], [measured_once[place] for place in kept]
        )
        for place, example in enumerate(found):
            if fold_of[example.group] == fold:
                probabilities[place] = _probability(
                    example, measured_once[place], sentence, question
                )
    return probabilities


def _probability(
    example: Example, measured_once: Sequence[Bearing], sentence: Weights, question: Weights
) -> float:
    scored = weighed(measured_once, sentence)
    return question.probability(question_measures(example.question, scored)) if scored else 0.0


def main(data: Annotated[Path, typer.Argument(help="Folder with the two public files.")]) -> None:
    found = examples(data)
    probabilities = cross_validated(found)
    figures = {}
    for source in ("news", "encyclopaedia", "own"):
        plain = [
            (example, probability)
            for example, probability in zip(found, probabilities, strict=True)
            if example.source == source and not example.false_premise
        ]
        yes = [probability for example, probability in plain if example.answerable]
        no = [probability for example, probability in plain if not example.answerable]
        figures[source] = {"questions": len(plain), "AUC": round(area(yes, no), 3)}
    sentence, question = learn(found, [example.bearings() for example in found])
    TARGET.write_text(
        json.dumps(
            {
                "about": "Weights of bot/evidence.py and bot/decision.py.",
                "command": "python -m bench.train_decision DATA",
                "cross-validated by article": figures,
                "sentence": _readable(sentence),
                "question": _readable(question),
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    print(json.dumps(figures))


def _readable(weights: Weights) -> dict[str, Any]:
    return {
        "bias": round(weights.bias, 4),
        "weights": {name: round(weight, 4) for name, weight in sorted(weights.weights.items())},
    }


if __name__ == "__main__":
    typer.run(main)
