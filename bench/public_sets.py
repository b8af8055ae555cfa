"""Public question sets, read by path: each question with the sentences that hold its answer."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.articles import Article, article_from_text
from index.passages import Passage, split_passages
from index.speakers import Span


@dataclass(frozen=True)
class Case:
    """A question about one article."""

    source: str
    """The set it comes from: the file's name without its endings."""
    article: Article
    passages: tuple[Passage, ...]
    question: str
    gold: frozenset[int]
    """Numbers of the passages that hold a reference answer; empty when it has none."""
    false_premise: bool = False
    """Whether the question takes for granted what the passages of `gold` contradict."""
    answers: tuple[Span, ...] = ()
    """Where in the article the words of each reference answer stand, where that is known."""


def read_cases(path: Path) -> list[Case]:
    """Every question of a SQuAD file (`*.json`) or of a set with one question a line (`*.gz`).

    Questions whose answer lies in no passage are left out: their article was cut short.
    """
    return list(_squad(path) if path.suffix == ".json" else _lines(path))


def _squad(path: Path) -> Iterator[Case]:
    for entry in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in entry["paragraphs"]:
            for asked in paragraph["qas"]:
                answers = [
                    (answer["answer_start"], answer["answer_start"] + len(answer["text"]))
                    for answer in asked["answers"]
                ]
                yield from _case(path, paragraph["context"], asked["question"], answers)


def _lines(path: Path) -> Iterator[Case]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        documents = {
            document["doc_id"]: document["text"] for document in json.loads(next(file))["docs"]
        }
        for line in file:
            asked = json.loads(line)
            answers = [(start, end) for start, end in asked["evidence"] if asked["answerable"]]
            yield from _case(path, documents[asked["doc_id"]], asked["question"], answers)


def _case(path: Path, text: str, question: str, answers: list[Span]) -> Iterator[Case]:
    article, passages = _article(text)
    gold = frozenset(
        passage.number
        for passage in passages
        if any(passage.start <= start < passage.end for start, _ in answers)
    )
    if gold or not answers:
        source = path.name.split(".")[0]
        yield Case(source, article, passages, question, gold, answers=tuple(answers))


@lru_cache(maxsize=10_000)
def _article(text: str) -> tuple[Article, tuple[Passage, ...]]:
    article = article_from_text(text, source="a question set")
    return article, split_passages(article)


def held_out(case: Case) -> bool:
    """Whether a question of an encyclopaedia set is for judging: half of the paragraphs are.

    The half depends on the text alone, for the sets share paragraphs.
    """
    return int(case.article.id, 16) % 2 == 1


def held_out_news(case: Case) -> bool:
    """Whether a question about news is kept from the reranker's training: one article in five."""
    return zlib.crc32(case.article.id.encode()) % 5 == 0


def question_files(data: Path) -> list[Path]:
    """The sets in a folder, or the one file itself; others have no text or no sentences to find."""
    files = [data] if data.is_file() else sorted([*data.glob("*.json"), *data.glob("*.jsonl.gz")])
    return [file for file in files if not file.name.startswith(("canard", "clapnq", "selqa"))]
