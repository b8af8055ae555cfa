"""What a reranker reads, a question beside passages, and what it makes of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.embeddings import Vectors
from index.passages import Passage, header

BEFORE = " | "  # leads in the sentence before one that leans on it
BEFORE_AT_MOST = 160  # characters of it, its end
_LEANS = re.compile(
    r"(?i)^\W*(?:[\w’'-]+\W+){0,3}(?:he|she|it|they|his|her|its|their|him|them|this|that|these|those)\b"
)


@dataclass(frozen=True)
class AnswerWords:
    """The words of one passage, as it was read, that answer best."""

    start: int
    end: int
    odds: float
    """Log-odds of these words against none in the passage."""


@dataclass(frozen=True)
class Reading:
    """What a reranker makes of passages; each array has shape (passages,), larger is more."""

    answers: Vectors
    """How well each answers the question: log-odds where the reranker knows answers."""
    contradicts: Vectors | None = None
    """Log-odds that each denies what the question takes for granted; None where not known."""
    words: tuple[AnswerWords, ...] | None = None
    """Of each passage; None where not known."""


class Reranker(Protocol):
    """Judges passages one by one, slowly and well."""

    @property
    def knows_answers(self) -> bool:
        """Whether scores are log-odds that the passage answers; otherwise only order counts."""

    def read(self, question: str, passages: Sequence[str]) -> Reading:
        """Each passage, written as by `in_context`, beside the question."""


def in_context(passage: Passage, before: Passage | None) -> str:
    """What is read of a passage: behind its speaker's name and before the question that an
    interviewer asked; elsewhere, where one of its first words is a pronoun, before the end of the
    sentence that stands before it.
    """
    text = header(passage) + passage.text
    if passage.question:
        return f"{text}{BEFORE}{passage.question}"
    if before is None or not _LEANS.match(passage.text):
        return text
    return f"{text}{BEFORE}{before.text[-BEFORE_AT_MOST:]}"
