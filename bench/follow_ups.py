"""How well follow-ups are completed: CANARD's questions beside the rewriting people gave them.

CANARD (Elgohary, Peskov and Boyd-Graber, 2019) is conversations about encyclopaedia sections, each
question with a form that stands alone. Only the words that retrieval uses count: stems without
stop words. The history is what the program itself understood before, never the given rewritings.
Rules were tuned on the first half of the conversations; the second half is what is reported.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from bot.answers import Answer, Citation
from bot.conversation import standalone
from bot.people import people_in
from bot.turns import Turn
from index.speakers import Speaker
from index.words import content_words

FILE = "canard_dev.jsonl.gz"
Half = Literal["first", "second"]


@dataclass(frozen=True)
class FollowUp:
    """A question inside a conversation."""

    question: str
    gold: str
    """The rewriting that a person gave it."""
    turns: tuple[Turn, ...]
    title: str
    """The page that the conversation is about, as an article's speakers are known."""


@dataclass
class Count:
    """Words summed over questions."""

    added: int = 0
    missing: int = 0
    recovered: int = 0
    dropped: int = 0
    kept: int = 0
    standing: int = 0
    left_alone: int = 0
    examples: list[tuple[str, str, str]] = field(default_factory=list)

    def count(self, question: str, gold: str, ours: str) -> None:
        """Add one question as it was completed."""
        asked, wanted, got = (set(content_words(text)) for text in (question, gold, ours))
        self.missing += len(wanted - asked)
        self.added += len(got - asked)
        self.recovered += len((got - asked) & (wanted - asked))
        self.kept += len(asked & wanted & got)
        self.dropped += len((asked & wanted) - got)
        if wanted <= asked:
            self.standing += 1
            self.left_alone += got <= asked
        self.examples.append((question, gold, ours))

    @property
    def recall(self) -> float:
        """Share of the words that the person added."""
        return self.recovered / max(self.missing, 1)

    @property
    def precision(self) -> float:
        """Share of the words that were added here."""
        return self.recovered / max(self.added, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


def follow_ups(data: Path, half: Half) -> Iterator[FollowUp]:
    """The questions of one half of the conversations that have a turn before them."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    conversations: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        conversations.setdefault(str(record["id"]).rsplit("_q", 1)[0], []).append(record)
    every = list(conversations.values())
    middle = len(every) // 2
    for conversation in every[:middle] if half == "first" else every[middle:]:
        longest = max((record["turns"] for record in conversation), key=len)
        title = conversation[0]["title"].split(" (")[0]
        gold = {len(record["turns"]) // 2: record["standalone"] for record in conversation}
        turns: tuple[Turn, ...] = ()
        for number in range((len(longest) + 1) // 2):
            question = longest[2 * number][1]
            if number and number in gold:
                yield FollowUp(question, gold[number], turns, title)
            understood = completed(FollowUp(question, "", turns, title))
            told = longest[2 * number + 1][1] if 2 * number + 1 < len(longest) else ""
            turns = (*turns, Turn(understood, _answer(understood, told)))


def completed(asked: FollowUp) -> str:
    """The question as the program understands it."""
    told = "\n".join(turn.answer.text for turn in asked.turns if turn.answer)
    return standalone(
        asked.question, asked.turns, people_in(told, [Speaker(asked.title, "", 0, 0)])
    )


def measure(data: Path, half: Half) -> dict[str, Count]:
    """The figures of each way to complete a question."""
    ways: dict[str, Callable[[FollowUp], str]] = {
        "as asked": lambda asked: asked.question,
        "joined to the last question": lambda asked: _joined(asked, answers=False),
        "joined to the last question and answer": lambda asked: _joined(asked, answers=True),
        "title added": lambda asked: f"{asked.title} {asked.question}",
        "bot.conversation": completed,
    }
    counts = {way: Count() for way in ways}
    for asked in follow_ups(data, half):
        for way, complete in ways.items():
            counts[way].count(asked.question, asked.gold, complete(asked))
    return counts


def run(data: Path, half: Half = "second") -> None:
    """Print the table of `measure`; `data` is the folder that holds CANARD's file."""
    table = Table(title=f"Follow-ups: CANARD, {half} half")
    table.add_column("question")
    for heading in (
        "words recovered", "words added right", "F1", "own words dropped", "standing left alone",
    ):  # fmt: skip
        table.add_column(heading, justify="right")
    counts = measure(data, half)
    for way, count in counts.items():
        table.add_row(
            way,
            f"{count.recall:.3f}",
            f"{count.precision:.3f}" if count.added else "-",
            f"{count.f1:.3f}",
            f"{count.dropped / max(count.dropped + count.kept, 1):.3f}",
            f"{count.left_alone / max(count.standing, 1):.3f}",
        )
    some = counts["bot.conversation"]
    table.caption = (
        f"{len(some.examples):,} follow-ups, {some.standing:,} of which stand alone as asked"
    )
    Console().print(table)


def _joined(asked: FollowUp, *, answers: bool) -> str:
    last = asked.turns[-1]
    told = last.answer.text if answers and last.answer else ""
    return f"{last.question} {told} {asked.question}"


def _answer(question: str, told: str) -> Answer:
    if not told or told.lower().startswith("i don't know"):
        return Answer(question, "not_in_article", told)
    cited: Sequence[Citation] = (Citation(1, "", 0, len(told), told, None),)
    return Answer(question, "answered", told, tuple(cited))
