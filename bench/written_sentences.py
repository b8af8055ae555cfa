"""What the gate does with a weak model's sentences whose truth is known.

`written_sentences.tsv` keeps what a language model of 1.5 billion parameters wrote on the project's
own questions (`python -m bench writing`), each sentence with a verdict on what the article says.
A language model gave the verdicts, twice and apart, from the article, the question and the sentence
alone; the two readings agree on all of them.

- true: the article says so, and it bears on the question;
- beside: the article says so, and it does not bear on the question;
- false: the article does not say so, or says otherwise, or gives the words to somebody else;
- nothing: it says nothing that could be true or false.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from rich.console import Console
from rich.table import Table

from bench.question_sets import GoldQuestion, load_questions, question_files
from bot.answers import Answer, Check
from bot.chain import Asked, QuestionChain
from bot.checking import OWN_SENTENCE, Gate, Scorer, is_refusal
from bot.desk import Desk
from bot.quoting import answer_from_quotes
from bot.support import Support
from bot.turns import Turn
from bot.writing import bearing
from index.embeddings import load_embedder
from index.passages import Passage
from index.questions import Question
from index.search import Found
from index.speakers import Speaker

Truth = Literal["true", "beside", "false", "nothing"]

TRUTHS: tuple[Truth, ...] = get_args(Truth)
FILE = Path(__file__).with_name("written_sentences.tsv")


@dataclass(frozen=True)
class WrittenSentence:
    """One sentence as the model wrote it, with its markers."""

    article: str
    """The article's file, without its folder."""
    question: str
    """The question's id."""
    offered: tuple[int, ...]
    """Where the passages [1], [2], ... of its prompt begin in the article."""
    truth: Truth
    sentence: str


@dataclass(frozen=True)
class Told:
    """A sentence and what the gate made of it."""

    written: WrittenSentence
    check: Check

    @property
    def let_through(self) -> bool:
        """Whether its own words are shown, be it as a quotation."""
        return self.check.verdict in {"passed", "mended"} or self.check.reason == OWN_SENTENCE


def read_written_sentences(file: Path = FILE) -> list[WrittenSentence]:
    """Every sentence of the file, in its order.

    Raises:
        ValueError: a line has no verdict that is known.
    """
    rows = []
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            truth = next((each for each in TRUTHS if each == row["truth"]), None)
            if truth is None:
                raise ValueError(f"{file.name}: {row['truth']!r} is none of {TRUTHS}.")
            offered = tuple(int(start) for start in row["offered"].split(",") if start)
            rows.append(
                WrittenSentence(row["article"], row["question"], offered, truth, row["sentence"])
            )
    return rows


def judge(desk: Desk, written: Iterable[WrittenSentence]) -> Iterator[Told]:
    """Pass the sentences through the gate, as if the model had just written them."""
    answers: dict[tuple[str, str], list[WrittenSentence]] = defaultdict(list)
    for each in written:
        answers[each.article, each.question].append(each)
    score = Support(load_embedder()).score
    chain = desk.chain()
    for article, questions in question_files():
        article_id = desk.find(str(article)).id
        for gold in load_questions(questions):
            if sentences := answers.get((article.name, gold.id)):
                gate = _gate(chain, gold, article_id, sentences[0].offered, score)
                yield from _told(gate, sentences)


def _gate(
    chain: QuestionChain,
    gold: GoldQuestion,
    article_id: str,
    offered: Sequence[int],
    score: Scorer,
) -> Gate:
    """The gate that stands before an answer to this question, with the passages of its prompt."""
    gates: list[Gate] = []

    def answerer(
        question: Question, found: Sequence[Found], passages: Sequence[Passage]
    ) -> Iterator[Answer]:
        quotes = tuple(answer_from_quotes(question, found, passages))
        by_start = {passage.start: passage for passage in passages}
        seen = [by_start[start] for start in offered]
        gates.append(Gate(question, seen, score, bearing=bearing(seen, found, quotes[-1])))
        yield from quotes

    heard = copy(chain)
    heard.answerer = answerer
    turns = tuple(Turn(question) for question in gold.turns[:-1])
    for _ in heard.stream(Asked(gold.turns[-1], turns, article_id)):
        pass
    return gates[-1]


def _told(gate: Gate, sentences: Sequence[WrittenSentence]) -> Iterator[Told]:
    previous: Speaker | None = None
    for written in sentences:
        if is_refusal(written.sentence):
            continue
        judged = gate.judge(written.sentence, previous)
        if judged.shown:
            previous = judged.passages[0].speaker
        yield Told(written, judged.check)


def run(console: Console, desk: Desk) -> None:
    """Judge all sentences and print the tables: the article that the rules were made on, others."""
    told = list(judge(desk, read_written_sentences()))
    seed = question_files()[0][0].name
    for title, here in (
        ("Sentences on the seed article, before the gate", [t for t in told if _on(t, seed)]),
        ("Sentences on the five other articles", [t for t in told if not _on(t, seed)]),
    ):
        print_table(console, here, title)


def _on(told: Told, article: str) -> bool:
    return told.written.article == article


def print_table(console: Console, told: Sequence[Told], title: str) -> None:
    """How many of each truth were let through and stopped, and why true ones were stopped."""
    table = Table(
        "the article says", "sentences", "shown", "quoted instead", "dropped", title=title
    )
    for truth in TRUTHS:
        here = [each for each in told if each.written.truth == truth]
        shown = sum(each.let_through for each in here)
        dropped = sum(each.check.verdict == "dropped" for each in here)
        table.add_row(
            truth,
            str(len(here)),
            f"{shown} ({shown / len(here):.0%})" if here else "0",
            str(len(here) - shown - dropped),
            str(dropped),
        )
    console.print(table)
    reasons = Counter(
        _kind(each.check.reason)
        for each in told
        if each.written.truth == "true" and not each.let_through
    )
    for reason, count in reasons.most_common():
        console.print(f"  true, but {reason}: {count}")


def _kind(reason: str) -> str:
    """The reason without the words that it names."""
    return re.split(r"“|\(| does not have ", reason, maxsplit=1)[0].strip()
