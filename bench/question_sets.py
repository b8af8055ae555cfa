"""The project's own questions: what was asked, and which sentences of the article answer it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from bot.answers import Status

Kind = Literal[
    "fact",
    "speech",
    "follow_up",
    "paraphrase",
    "list",
    "who_said",
    "whole_article",
    "unanswerable",
    "false_premise",
    "misspelt",
]

_BENCH = Path(__file__).parent
_ARTICLES = _BENCH / "articles"
_QUESTIONS = _BENCH / "questions"
_SEEDS = _BENCH.parent / "seeds"


class BadQuestion(ValueError):
    """A line of a question file that cannot be used; the message names the file and the line."""


@dataclass(frozen=True)
class Span:
    """`text` is the article's text from `start` to `end`, end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class GoldQuestion:
    """One question with the answer an editor would accept."""

    id: str
    kind: Kind
    turns: tuple[str, ...]
    """The conversation so far, then the question that is judged."""
    status: Status
    evidence: tuple[tuple[Span, ...], ...]
    """The parts of a full answer; each part is met by any one of its spans."""
    acceptable: tuple[Span, ...]
    """Other sentences that may be cited, or shown as nearest, without being an error."""
    short_answer: tuple[str, ...] = ()
    """Accepted short answers; empty where the question has none."""
    speaker: str | None = None
    """Whose words the evidence is."""
    premise: str | None = None
    """What is wrong with the question's premise, or what the article cannot tell."""
    refusal_names: tuple[str, ...] = ()
    """Who does speak of it, where the person asked about does not."""


def question_files() -> list[tuple[Path, Path]]:
    """Each article with its questions, the seed article first.

    Raises:
        FileNotFoundError: the seed article is missing from `seeds/`.
    """
    seed = next(iter(sorted(_SEEDS.glob("000_*.txt"))), None)
    if seed is None:
        raise FileNotFoundError(f"{_SEEDS} holds no 000_*.txt: put the seed article back.")
    own = [
        (article, _QUESTIONS / f"{article.stem}.jsonl")
        for article in sorted(_ARTICLES.glob("*.txt"))
    ]
    return [(seed, _QUESTIONS / "seed.jsonl"), *own]


def load_questions(path: Path) -> list[GoldQuestion]:
    """The questions of one file, in its order.

    Raises:
        BadQuestion: a line is no JSON object, lacks a field, or has an unknown kind or status.
    """
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            questions.append(_question(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise BadQuestion(f"{path} line {number} is no question ({error}): mend it.") from error
    return questions


def _question(row: Mapping[str, Any]) -> GoldQuestion:
    for field, allowed in (("kind", get_args(Kind)), ("status", get_args(Status))):
        if row[field] not in allowed:
            raise ValueError(f"{field} {row[field]!r} is not one of {', '.join(allowed)}")
    if not row["turns"]:
        raise ValueError("turns is empty")
    return GoldQuestion(
        id=row["id"],
        kind=row["kind"],
        turns=tuple(row["turns"]),
        status=row["status"],
        evidence=tuple(tuple(Span(**span) for span in part) for part in row["evidence"]),
        acceptable=tuple(Span(**span) for span in row["acceptable"]),
        short_answer=tuple(row.get("short_answer", ())),
        speaker=row.get("speaker"),
        premise=row.get("premise"),
        refusal_names=tuple(row.get("refusal_names", ())),
    )
