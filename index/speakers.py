"""Who is speaking in each passage, and where the text says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["direct", "indirect", "mixed"]
Span = tuple[int, int]


@dataclass(frozen=True)
class Speaker:
    """Whoever says the words of a passage."""

    name: str
    """The fullest name in the article, or the words that stand for an unnamed source."""
    description: str
    """What the article calls them ("Prime Minister"); empty where it says nothing."""
    start: int
    end: int
    """The place in the article that says who is speaking; it may lie outside the passage."""
    kind: Kind = "indirect"
    confidence: float = 1.0


def attribute(text: str, spans: Sequence[Span]) -> list[Speaker | None]:
    """The speaker of each span of `text`, or None where nobody (or nobody certain) speaks."""
    return [None for _ in spans]
