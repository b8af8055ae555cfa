"""What every face shows: an Answer with its Citations."""

from dataclasses import dataclass
from typing import Literal

from index.passages import Passage
from index.speakers import Speaker

Status = Literal["answered", "partly", "not_in_article"]


@dataclass(frozen=True)
class Citation:
    """A numbered address in an article: `quote == article.text[start:end]`, always."""

    number: int
    article_id: str
    start: int
    end: int
    quote: str
    speaker: Speaker | None
    question: str = ""
    """What an interviewer asked, where the quote is part of the answer."""


@dataclass(frozen=True)
class Check:
    """What became of one sentence that a language model wrote."""

    sentence: str
    """As the model wrote it, citation markers included."""
    verdict: Literal["passed", "mended", "quoted", "dropped"]
    """"mended": shown with other citations than the model's; "quoted": a passage stands in its
    place."""
    reason: str = ""
    """Why it was not shown as written; empty where it was."""


@dataclass(frozen=True)
class Answer:
    """One snapshot of an answer, valid by itself; a stream is a sequence of whole snapshots."""

    question: str
    """The question that was understood, which stands alone."""
    status: Status
    text: str
    """Plain text: paragraphs split by blank lines, each cited sentence followed by its [n]."""
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    """On a refusal: the passages that come closest, which do not answer the question."""
    finished: bool = True
    checks: tuple[Check, ...] = ()
    """Where a language model wrote: each of its sentences, in order."""
    note: str = ""
    """A plain line for the reader about how the answer came to be: the model failed, or stopped."""


def cite(number: int, passage: Passage) -> Citation:
    """The citation of a whole passage."""
    return Citation(
        number,
        passage.article_id,
        passage.start,
        passage.end,
        passage.text,
        passage.speaker,
        passage.question,
    )
