"""Who speaks each sentence of the interviews in `bench/interviews/`.

They are invented, in the layouts of newspapers, magazines and broadcasters; a language model wrote
them and, in the `.speakers` files, said whose each paragraph is: a name, "?" for the interviewer's
question, "-" for narration. The rules of `index.interviews` were made on them.
"""

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.news_questions import INTERVIEWS
from bench.speakers import head_of
from index.articles import article_from_text
from index.passages import paragraph_spans, split_passages

QUESTION, NARRATION = "?", "-"
_KINDS = {QUESTION: "questions", NARRATION: "narration"}


def judge(file: Path) -> dict[str, Counter[str]]:
    """How many sentences of answers, questions and narration are right, wrong or without a speaker.

    A question is right where nobody, and narration where no interviewee, is given as its speaker:
    other people may be quoted in it. A first name alone is right.
    """
    article = article_from_text(file.read_text(encoding="utf-8").strip(), source=file.name)
    labels = file.with_suffix(".speakers").read_text(encoding="utf-8").split("\n")
    counts: dict[str, Counter[str]] = {"answers": Counter(), "questions": Counter()}
    counts["narration"] = Counter()
    places = list(paragraph_spans(article.text))
    label_of = dict(zip((start for start, _ in places), labels, strict=False))
    label = NARRATION
    for passage in split_passages(article):
        label = label_of.get(passage.start, label)
        given = passage.speaker
        if label in _KINDS:
            right = given is None or (label == NARRATION and given.asked is None)
            verdict = "right" if right else "wrong"
        elif given is None:
            verdict = "none"
        else:
            heads = {head_of(label), label.lower().split()[0]}
            verdict = "right" if head_of(given.name) in heads else "wrong"
        counts[_KINDS.get(label, "answers")][verdict] += 1
    return counts


def judge_all() -> dict[str, Counter[str]]:
    """The same of all of them together."""
    total: dict[str, Counter[str]] = {}
    for file in sorted(INTERVIEWS.glob("*.txt")):
        for kind, counts in judge(file).items():
            total.setdefault(kind, Counter()).update(counts)
    return total


def run() -> None:
    """Print the figures."""
    table = Table(title="Speakers, invented interviews")
    for column in ("Sentences of", "Number", "Right", "Wrong", "None"):
        table.add_column(column, justify="left" if column == "Sentences of" else "right")
    for kind, counts in judge_all().items():
        number = sum(counts.values())
        shares = [
            f"{counts[verdict] / max(1, number):.1%}" for verdict in ("right", "wrong", "none")
        ]
        table.add_row(kind, f"{number:,}", *shares)
    Console().print(table)
