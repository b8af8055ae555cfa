"""How long each stage of an answer takes, on the seed article and on 10,000 passages.

The stages are timed from outside: each public call is wrapped where the chain finds it, and the
time of a call inside another counts for the inner one only. What no stage accounts for (composing,
LangChain's own work) is the last row, so that the rows add up. "dense" is the vectors' part:
finding the nearest and gathering those that are ranked; "rerank" is zero where none is set.
"""

import importlib
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.question_sets import load_questions, question_files
from bot.chain import Asked, QuestionChain
from bot.desk import Desk
from bot.settings import load_settings
from bot.turns import Turn
from index.articles import read_article

PASSAGES = 10_000
PASSAGES_AN_ARTICLE = 100
QUESTIONS = 100
SEED = 7

# Each stage: the module (and class) whose attribute is the call. A stage of several calls adds up.
STAGES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("resolve", (("bot.chain", "standalone"),)),
    ("understand", (("bot.chain", "understand"), ("index.search:Search", "understand"))),
    ("embed", (("index.search", "embed"),)),
    ("dense", (("index.vectors:VectorIndex", "nearest"), ("index.search:Search", "_pool"))),
    ("keyword", (("index.library:Library", "keyword_search"),)),
    ("rank", (("index.ranking:Ranker", "rank"), ("index.search:Search", "rank"))),
    ("rerank", (("index.packaged_reranker:PackagedReranker", "read"),)),
    ("decide", (("bot.quoting", "decide"), ("bot.quoting", "_decide_overview"))),
)
REST = "compose"
TOTAL = "total"
Times = dict[str, list[float]]


class Stopwatch:
    """Seconds of each stage, summed over one question; a stage inside another counts once."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def wrapped(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._inside.append(0.0)
            started = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                took = time.perf_counter() - started
                self.seconds[stage] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return timed

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Every stage is timed inside the block, and as it was after it."""
        with ExitStack() as restored:
            for stage, calls in STAGES:
                for owner_name, name in calls:
                    owner = _owner(owner_name)
                    call = getattr(owner, name)
                    setattr(owner, name, self.wrapped(stage, call))
                    restored.callback(setattr, owner, name, call)
            yield


def run() -> None:
    """Print the table of stages and the memory in use."""
    console = Console()
    asked = _questions()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(load_settings(index_folder=Path(folder) / "index"))
        chain = desk.chain()
        on_seed = measured(chain, asked)
        memory = _megabytes()
        for path in _written(Path(folder)):
            desk.add(path)
        on_many = measured(chain, asked)
        passages = sum(len(desk.passages(article.id)) for article in desk.articles())
    console.print(_table(on_seed, on_many, passages))
    console.print(
        f"Most memory in use after {len(asked)} questions on the seed article: {memory:,.0f} MB."
    )


def measured(chain: QuestionChain, asked: Sequence[Asked]) -> Times:
    """The seconds of each stage for each question, after one question to warm up."""
    chain.invoke(asked[0])
    times: Times = defaultdict(list)
    for question in asked:
        watch = Stopwatch()
        with watch.watching():
            started = time.perf_counter()
            chain.invoke(question)
            total = time.perf_counter() - started
        for stage, _ in STAGES:
            times[stage].append(watch.seconds[stage])
        times[REST].append(total - sum(watch.seconds.values()))
        times[TOTAL].append(total)
    return times


def _questions() -> list[Asked]:
    """Questions on the seed article, follow-ups with the questions before them."""
    _, questions = question_files()[0]
    return [
        Asked(gold.turns[-1], tuple(Turn(turn) for turn in gold.turns[:-1]))
        for gold in load_questions(questions)[:QUESTIONS]
    ]


def _written(folder: Path) -> Iterator[Path]:
    """Articles of mixed half sentences of the own articles, no two passages alike."""
    chance = random.Random(SEED)  # noqa: S311 - a repeatable mixture, no secret
    sentences = [
        sentence.split()
        for path, _ in question_files()
        for sentence in read_article(path).text.replace("\n", " ").split(". ")
        if 8 <= len(sentence.split()) <= 40
    ]
    for number in range(PASSAGES // PASSAGES_AN_ARTICLE):
        lines = []
        for _ in range(PASSAGES_AN_ARTICLE):
            first, second = chance.choice(sentences), chance.choice(sentences)
            half = first[: len(first) // 2] + second[len(second) // 2 :]
            lines.append(" ".join(half).strip(' ."') + f" in {chance.randrange(1900, 2030)}.")
        path = folder / f"mixed_{number}.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        yield path


def _table(on_seed: Times, on_many: Times, passages: int) -> Table:
    table = Table(title="Milliseconds a question, warm")
    table.add_column("stage")
    for place in ("seed article", f"{passages:,} passages"):
        for heading in ("median", "95th %", "share"):
            table.add_column(f"{place}\n{heading}", justify="right")
    table.add_column("ratio of medians", justify="right")
    for stage in (*(stage for stage, _ in STAGES), REST, TOTAL):
        if stage == TOTAL:
            table.add_section()
        cells = []
        for times in (on_seed, on_many):
            median = statistics.median(times[stage])
            share = sum(times[stage]) / sum(times[TOTAL])
            cells += [
                f"{1000 * median:.2f}",
                f"{1000 * _percentile(times[stage]):.2f}",
                f"{share:.0%}",
            ]
        before = statistics.median(on_seed[stage])
        ratio = statistics.median(on_many[stage]) / before if before else float("nan")
        table.add_row(stage, *cells, f"{ratio:.1f}")
    floor = statistics.median(on_seed["embed"]) / statistics.median(on_seed[TOTAL])
    table.caption = (
        f"embedding the question, the floor, is {floor:.0%} of the seed article's median"
    )
    return table


def _percentile(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _owner(name: str) -> Any:
    """A module, or "module:Class"."""
    module, _, kind = name.partition(":")
    owner = importlib.import_module(module)
    return getattr(owner, kind) if kind else owner


def _megabytes() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_048_576 if sys.platform == "darwin" else 1_024)  # bytes there, kilobytes here
