"""The project's own conversations and false premises, which its rules were tuned to.

`bench/tuning_conversations.tsv` names its articles by their number in the NewsQA file and their
evidence by offsets. A turn is judged after the turns before it, as the program answered them;
"understood" lists words that the completed question must have.
"""

import csv
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.declining_sets import NEWS, SEED
from bot.answers import Answer
from bot.chain import Asked
from bot.desk import Desk
from bot.settings import load_settings
from bot.turns import Turn

OWN = Path(__file__).with_name("tuning_conversations.tsv")


@dataclass(frozen=True)
class Judged:
    """One question of the file with what became of it."""

    follows: bool
    wanted: str
    """The status that is right."""
    understood: bool | None
    """None where nothing is asked of the completed question."""
    evidence: bool | None
    """Whether a sentence of the evidence is cited; None where there is none."""
    answer: Answer


def judged(data: Path, folder: Path) -> Iterator[Judged]:
    """Every question, asked of its article; `folder` is for the index and the articles' texts."""
    desk = Desk(load_settings(index_folder=folder / "index"))
    news = json.loads((data / NEWS).read_text(encoding="utf-8"))["data"]
    turns: tuple[Turn, ...] = ()
    with OWN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kind, _, number = row["article"].partition(" ")
            path = SEED if kind == "seed" else folder / f"{number}.txt"
            if kind != "seed" and not path.exists():
                text = news[int(number)]["paragraphs"][0]["context"]
                path.write_text(text, encoding="utf-8")
            turns = turns if int(row["turn"]) > 1 else ()
            answer = desk.chain().invoke(Asked(row["question"], turns, desk.find(str(path)).id))
            starts = [int(start) for start in row["evidence"].split()]
            wanted = row["understood"].lower().split()
            asked = answer.question.lower()
            yield Judged(
                bool(turns),
                row["status"],
                all(word in asked for word in wanted) if wanted else None,
                any(each.start <= at < each.end for each in answer.citations for at in starts)
                if starts
                else None,
                answer,
            )
            turns = (*turns, Turn(answer.question, answer))


def run(data: Path) -> None:
    """Print the table; `data` is the folder that holds the NewsQA file."""
    with tempfile.TemporaryDirectory() as folder:
        every = list(judged(data, Path(folder)))
    table = Table(title="Own conversations and premises")
    for heading in ("", "questions", "status right", "understood", "evidence cited", "partly"):
        table.add_column(heading, justify="right" if heading else "left")
    groups = {
        "follow-ups": [each for each in every if each.follows],
        "false premises": [each for each in every if each.wanted == "partly"],
        "other first questions": [
            each for each in every if not each.follows and each.wanted != "partly"
        ],
    }
    for name, members in groups.items():
        told = sum(each.answer.status == "partly" for each in members)
        table.add_row(
            name,
            str(len(members)),
            _share([each.answer.status == each.wanted for each in members]),
            _share([each.understood for each in members]),
            _share([each.evidence for each in members]),
            str(told),
        )
    Console().print(table)


def _share(values: list[bool | None] | list[bool]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.3f}" if known else "-"
