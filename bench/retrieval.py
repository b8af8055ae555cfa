"""How often the sentence that holds the answer is found first, in the first three, in five."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bench.public_sets import Case, held_out, question_files, read_cases
from index.embeddings import Embedder, Vectors, load_embedder
from index.features import Material, prepare
from index.passages import searchable_text
from index.questions import Question, understand
from index.ranking import load_ranker
from index.search import embed

Mask = NDArray[np.bool_]
_FIRST = (1, 3, 5)


@dataclass(frozen=True)
class Asked:
    """A question with what the ranker is given to answer it."""

    case: Case
    question: Question
    material: Material
    dense: Vectors
    asking: Vectors | None

    @property
    def gold(self) -> Mask:
        """Shape (passages,): which hold the answer."""
        return np.array([passage.number in self.case.gold for passage in self.case.passages])


def ask(cases: Sequence[Case], embedder: Embedder) -> Iterator[Asked]:
    """Each case as the ranker meets it, its article being the whole scope."""
    texts = sorted(
        {searchable_text(passage) for case in cases for passage in case.passages}, key=len
    )
    vectors = dict(zip(texts, embedder.embed_passages(texts), strict=True)) if texts else {}
    prepared: dict[str, tuple[Material, Vectors]] = {}
    for case in cases:
        if case.article.id not in prepared:
            rows = [vectors[searchable_text(passage)] for passage in case.passages]
            prepared[case.article.id] = prepare(case.passages), np.stack(rows)
        material, matrix = prepared[case.article.id]
        names = dict.fromkeys(one.speaker.name for one in case.passages if one.speaker)
        question = understand(case.question, tuple(names))
        vector, word = embed(embedder, question.text)
        asking = None if word is None else matrix @ word
        yield Asked(case, question, material, matrix @ vector, asking)


def recall(scores: Sequence[Vectors], gold: Sequence[Mask]) -> tuple[float, ...]:
    """The share of questions with a gold sentence among the first 1, 3 and 5."""
    ranks = [
        int(own[np.argsort(-values, kind="stable")].argmax())
        for values, own in zip(scores, gold, strict=True)
    ]
    return tuple(float(np.mean([rank < first for rank in ranks])) for first in _FIRST)


def told_apart(scores: Sequence[Vectors], gold: Sequence[Mask]) -> float:
    """The chance that a gold sentence outscores another of its article (AUC), over questions."""
    chances = []
    for values, own in zip(scores, gold, strict=True):
        right, wrong = values[own], values[~own]
        if len(right) and len(wrong):
            better = (right[:, None] > wrong).mean() + 0.5 * (right[:, None] == wrong).mean()
            chances.append(float(better))
    return float(np.mean(chances)) if chances else float("nan")


def run(data: Path) -> None:
    """Print the table for every set in `data`, a folder or one SQuAD file.

    Of the encyclopaedia sets only the paragraphs that the ranker was not trained on are asked
    about. `index/ranking.json` has the cross-validated figures of the news it was trained on.
    """
    embedder = load_embedder()
    table = Table("questions", "method", *(f"@{first}" for first in _FIRST), "AUC")
    for path in question_files(data):
        cases = [case for case in read_cases(path) if case.gold]
        if path.suffix != ".json":
            cases = [case for case in cases if held_out(case)]
        methods: dict[str, list[Vectors]] = {}
        gold = []
        for asked in ask(cases, embedder):
            ranking = load_ranker().rank(asked.question, asked.material, asked.dense, asked.asking)
            found = ranking.features
            gold.append(asked.gold)
            methods.setdefault("dense", []).append(found["dense"])
            methods.setdefault("keyword", []).append(found["keyword"])
            both = found["dense_z"] + found["keyword_z"]
            methods.setdefault("dense + keyword", []).append(both)
            methods.setdefault("ranker", []).append(ranking.scores)
        for name, scores in methods.items():
            figures = [*recall(scores, gold), told_apart(scores, gold)]
            table.add_row(f"{path.name} ({len(gold):,})", name, *(f"{x:.3f}" for x in figures))
    Console().print(table)
