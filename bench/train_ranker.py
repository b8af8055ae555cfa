"""Learn the weights of `index/ranking.json`: `python -m bench.train_ranker DATA`.

DATA is the folder of `bench/news_questions.py`, with SQuAD2 beside the news. Each set is
cross-validated by article and then all trained on, but for the half of SQuAD2 that `held_out`
keeps. What is printed goes into the file as well.
"""

import json
import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_args

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # ships no types

from bench.declining_sets import ENCYCLOPAEDIA, NEWS
from bench.news_questions import SOURCE, read_news_questions
from bench.public_sets import Case, held_out, read_cases
from bench.retrieval import ask, recall
from index.embeddings import load_embedder
from index.features import features
from index.questions import Kind
from index.ranking import WEIGHTS

FOLDS = 5
NEWS_PENALTY, KIND_PENALTY = 3e-3, 1e-1  # best of a small grid, cross-validated
# Of one question. With 1 for the own ones NewsQA's recall at 3 fell from .828 to .783, without them
# theirs at 1 from .714 to .649.
WEIGHT = {"news": 1.0, "own": 0.25, "encyclopaedia": 0.3}
PARAGRAPHS = 500  # questions taken of the encyclopaedia
# Features that may weigh more or less for one kind of question; the traits may always.
BY_KIND = (
    "dense_z", "asking_z", "keyword_z", "coverage", "meaning", "lead", "length",
    "new_names", "names", "speaker_known", "speaker_asked",
)  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One question with the features of its passages."""

    article: str
    source: str
    """A key of WEIGHT."""
    kind: Kind
    values: Numbers
    """Shape (passages, features), in the order of the names; then those of its kind."""
    gold: NDArray[np.bool_]


def main(
    data: Annotated[Path, typer.Argument(help="Folder with the public sets.")],
    write: Annotated[Path, typer.Option(help="Where the weights go.")] = WEIGHTS,
) -> None:
    """Print the cross-validated recall and write the weights."""
    cases = read_cases(data / NEWS) + read_news_questions(data)
    paragraphs = [case for case in read_cases(data / ENCYCLOPAEDIA) if not held_out(case)]
    answered = [case for case in paragraphs if case.gold]
    chance = random.Random(0)  # noqa: S311 - a repeatable sample, no secret
    cases += chance.sample(answered, min(PARAGRAPHS, len(answered)))
    names, examples = examples_of([case for case in cases if case.gold])
    columns = [*names, *(f"{kind}*{name}" for kind in KINDS for name in _by_kind(names))]
    sums: list[Numbers] = [np.zeros(0)] * len(examples)
    folds = [zlib.crc32(example.article.encode()) % FOLDS for example in examples]
    for fold in range(FOLDS):
        learned = fit(
            [e for e, own in zip(examples, folds, strict=True) if own != fold], len(names)
        )
        for index, example in enumerate(examples):
            if folds[index] == fold:
                sums[index] = example.values @ learned
    figures = {}
    for what in WEIGHT:
        chosen = [index for index, example in enumerate(examples) if example.source == what]
        if chosen:
            found = recall(
                [sums[i].astype(np.float32) for i in chosen], [examples[i].gold for i in chosen]
            )
            figures[what] = {
                "questions": len(chosen),
                "recall at 1, 3, 5": [round(r, 3) for r in found],
            }
            print(what, figures[what])
    own = [index for index, example in enumerate(examples) if example.source == "own"]
    slope, offset = calibrate([examples[i] for i in own], [sums[i] for i in own])
    learned = fit(examples, len(names))
    named = {name: _short(weight) for name, weight in zip(columns, learned, strict=True)}
    stored = {
        "about": "Weights of index/ranking.py, learned by bench/train_ranker.py.",
        "command": "python -m bench.train_ranker DATA",
        "cross-validated by article": figures,
        "slope": _short(slope),
        "offset": _short(offset),
        "weights": {name: named[name] for name in names},
        "kinds": {
            kind: {name: named[f"{kind}*{name}"] for name in _by_kind(names)} for kind in KINDS
        },
    }
    write.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def examples_of(cases: Sequence[Case]) -> tuple[list[str], list[Example]]:
    """The names of the features, and every case as an Example."""
    names: list[str] = []
    examples = []
    for asked in ask(cases, load_embedder()):
        found = features(asked.question, asked.material, asked.dense, asked.asking)
        names = list(found)
        general = np.stack(list(found.values()), axis=1).astype(np.float64)
        own = np.stack([found[name] for name in _by_kind(names)], axis=1)
        special = np.zeros((len(own), len(KINDS), own.shape[1]))
        special[:, KINDS.index(asked.question.kind)] = own
        examples.append(
            Example(
                asked.case.article.id,
                _source(asked.case),
                asked.question.kind,
                np.hstack([general, special.reshape(len(own), -1)]),
                asked.gold,
            )
        )
    return names, examples


def fit(examples: Sequence[Example], general: int) -> Numbers:
    """Weights that make the answer's sentences most likely among the article's: shape (columns,).

    `general` is how many columns hold for every kind of question: they are penalised less.
    """
    everything = np.concatenate([example.values for example in examples])
    spread = everything.std(axis=0)
    spread[spread < 1e-3] = np.inf  # what never varies gets no weight
    everything /= spread
    gold = np.concatenate([example.gold for example in examples])
    starts = np.cumsum([0, *(len(example.gold) for example in examples)])[:-1]
    owner = np.repeat(np.arange(len(examples)), [len(example.gold) for example in examples])
    weight = np.array([WEIGHT[example.source] for example in examples])
    weight /= weight.sum()
    penalty = np.full(everything.shape[1], KIND_PENALTY)
    penalty[:general] = NEWS_PENALTY

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        sums = everything @ weights
        grown = np.exp(sums - np.maximum.reduceat(sums, starts)[owner])
        share = grown / np.add.reduceat(grown, starts)[owner]
        right = np.add.reduceat(share * gold, starts)
        wrong = (share - share * gold / right[owner]) * weight[owner]
        cost = -(weight * np.log(right)).sum() + (penalty * weights**2).sum()
        return float(cost), everything.T @ wrong + 2 * penalty * weights

    found = minimize(
        loss, np.zeros(everything.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    learned: Numbers = found.x / spread
    return learned


def calibrate(examples: Sequence[Example], sums: Sequence[Numbers]) -> tuple[float, float]:
    """Slope and offset that make the sums probabilities (Platt 1999), on sums not trained on."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - takes a second

    model = LogisticRegression(C=1e6)
    model.fit(np.concatenate(sums)[:, None], np.concatenate([example.gold for example in examples]))
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _by_kind(names: Sequence[str]) -> list[str]:
    return [name for name in names if name in BY_KIND or name.startswith("has_")]


def _source(case: Case) -> str:
    if case.source == SOURCE:
        return "own"
    return "news" if case.source.startswith("newsqa") else "encyclopaedia"


def _short(weight: float) -> float:
    return float(f"{weight:.3g}")


if __name__ == "__main__":
    typer.run(main)
