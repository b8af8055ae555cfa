"""How well questions that the article does not answer are told from those that it does.

`python -m bench.declining DATA` prints both error rates and the AUC on the sets of
`bench/declining_sets.py`.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.declining_sets import Example, area, examples
from bench.train_decision import cross_validated
from bot.decision import SAYS_OTHERWISE, decide
from index.reranker import load_reranker


@dataclass(frozen=True)
class Declining:
    """Both errors, and how well probabilities tell the two apart."""

    made: str
    asked: int
    refused: float
    """Share of the answerable that were declined."""
    declined: float
    """Share of the unanswerable that were declined."""
    area: float
    """Area under the curve (AUC): of a pair of both kinds, how often the answerable scores more."""


def measured(found: Sequence[Example], probabilities: Sequence[float]) -> list[Declining]:
    """The figures by source and by how a question came to be unanswerable.

    Args:
        found: the examples; questions with a false premise are left out.
        probabilities: for each example, that the article answers.
    """
    pairs = [
        (example, decide(example.question, example.found, example.passages), probability)
        for example, probability in zip(found, probabilities, strict=True)
        if not example.false_premise
    ]
    rows = []
    for source in dict.fromkeys(example.source for example, _, _ in pairs):
        own = [pair for pair in pairs if pair[0].source == source]
        yes = [pair for pair in own if pair[0].answerable]
        refused = np.mean([decision.status == "not_in_article" for _, decision, _ in yes])
        for made in dict.fromkeys(e.made for e, _, _ in own if not e.answerable):
            no = [pair for pair in own if pair[0].made == made]
            declined = np.mean([decision.status == "not_in_article" for _, decision, _ in no])
            area_ = area([p for _, _, p in yes], [p for _, _, p in no])
            rows.append(
                Declining(f"{source}: {made}", len(no), float(refused), float(declined), area_)
            )
    return rows


def cited(found: Sequence[Example]) -> tuple[float, float]:
    """Precision and hit rate of the own set's citations, over the questions that are answered."""
    right = shown = hits = answered = 0
    for example in found:
        if example.source != "own" or not example.answerable or example.false_premise:
            continue
        decision = decide(example.question, example.found, example.passages)
        numbers = {passage.number for passage in decision.evidence}
        answered += 1
        hits += bool(numbers & example.gold)
        right += len(numbers & example.gold)
        shown += len(numbers)
    return right / max(1, shown), hits / max(1, answered)


def recalls(found: Sequence[Example]) -> dict[str, tuple[float, ...]]:
    """By source: the share of answerable questions with evidence in the first 1, 3 and 5."""
    places: dict[str, list[int]] = {}
    for example in found:
        if example.answerable and not example.false_premise:
            right = [each.passage.number in example.gold for each in example.found]
            place = right.index(True) if True in right else len(right)
            places.setdefault(example.source, []).append(place)
    return {
        source: tuple(float(np.mean([place < first for place in own])) for first in (1, 3, 5))
        for source, own in places.items()
    }


def premises(found: Sequence[Example]) -> tuple[int, int, int, int]:
    """False premises, those told by a sentence that contradicts; others wrongly told, and all."""
    told = wrongly = others = 0
    for example in found:
        decision = decide(example.question, example.found, example.passages)
        otherwise = decision.remark == SAYS_OTHERWISE
        if not example.false_premise:
            others += 1
            wrongly += otherwise
        else:
            told += otherwise and any(p.number in example.gold for p in decision.evidence)
    return len(found) - others, told, wrongly, others


def run(data: Path) -> None:
    """Print the errors, the AUC and the order on the sets in the folder `data`."""
    found = examples(data, reranker=load_reranker())
    table = Table(title="Declining (rates: rules and weights as they are; AUC: cross-validated)")
    for column in ("set", "unanswerable", "wrongly refused", "rightly declined", "AUC"):
        table.add_column(column)
    for row in measured(found, cross_validated(found)):
        table.add_row(
            row.made, str(row.asked), f"{row.refused:.3f}", f"{row.declined:.3f}", f"{row.area:.3f}"
        )
    console = Console()
    console.print(table)
    order = Table(title="The sentence that answers, in the first 1 / 3 / 5")
    for column in ("set", "ranker", "with the reranker"):
        order.add_column(column)
    alone, read = recalls([example.unread() for example in found]), recalls(found)
    for source, shares in read.items():
        both = (" / ".join(f"{share:.3f}" for share in each) for each in (alone[source], shares))
        order.add_row(source, *both)
    console.print(order)
    precision, hits = cited(found)
    console.print(f"own set: cited precision {precision:.3f}, evidence cited {hits:.3f}")
    for source in ("own", "near"):
        false, told, wrongly, others = premises([e for e in found if e.source == source])
        console.print(
            f"{source} set: false premises told {told} of {false}, "
            f"other questions told to have one {wrongly} of {others}"
        )


if __name__ == "__main__":
    run(Path(sys.argv[1]))
