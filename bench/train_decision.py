"""Learn `bot/decision.json` from public and own questions: `python -m bench.train_decision DATA`.

DATA is the folder of `bench/news_questions.py`, with SQuAD2 beside the news. Two logistic
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
from index.reranker import load_reranker

TARGET = Path(__file__).parents[1] / "bot" / "decision.json"
# How much one example weighs. NewsQA's questions are many, vague and mostly about the first
# paragraph; the near ones outnumber the rest, the own ones are few and plain.
SENTENCE_WEIGHT = {"news": 0.1, "encyclopaedia": 0.3, "near": 0.22, "own": 1.0}
QUESTION_WEIGHT = {"news": 0.3, "encyclopaedia": 0.3, "near": 0.22, "own": 1.0}
PENALTY_SENTENCE, PENALTY_QUESTION = 1.0, 0.02  # scikit-learn's C on standardised measures
# In log-odds towards answering: a refusal of what the article plainly says is the worse error.
# Chosen cross-validated: it took wrong refusals from .13 to .08, right ones from .83 to .72 (near).
LENIENT = 0.4


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
    return sentence, Weights(question.bias + LENIENT, question.weights)


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
    read = examples(data, reranker=load_reranker())
    unread = [example.unread() for example in read]
    figures, figures_read = _figures(unread), _figures(read)
    sentence, question = learn(unread, [example.bearings() for example in unread])
    sentence_read, question_read = learn(read, [example.bearings() for example in read])
    TARGET.write_text(
        json.dumps(
            {
                "about": "Weights of bot/evidence.py and bot/decision.py.",
                "command": "python -m bench.train_decision DATA",
                "cross-validated by article": {
                    "with the reranker": figures_read,
                    "without": figures,
                },
                "sentence": _readable(sentence),
                "question": _readable(question),
                "sentence_read": _readable(sentence_read),
                "question_read": _readable(question_read),
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    print(json.dumps({"with the reranker": figures_read, "without": figures}))


def _figures(found: Sequence[Example]) -> dict[str, dict[str, float]]:
    probabilities = cross_validated(found)
    figures = {}
    for source in QUESTION_WEIGHT:
        plain = [
            (example, probability)
            for example, probability in zip(found, probabilities, strict=True)
            if example.source == source and not example.false_premise
        ]
        yes = [probability for example, probability in plain if example.answerable]
        no = [probability for example, probability in plain if not example.answerable]
        figures[source] = {"questions": len(plain), "AUC": round(area(yes, no), 3)}
    return figures


def _readable(weights: Weights) -> dict[str, Any]:
    return {
        "bias": round(weights.bias, 4),
        "weights": {name: round(weight, 4) for name, weight in sorted(weights.weights.items())},
    }


if __name__ == "__main__":
    typer.run(main)
