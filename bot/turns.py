"""A turn of the conversation so far."""

from dataclasses import dataclass

from bot.answers import Answer


@dataclass(frozen=True)
class Turn:
    """A question that was asked and what was answered."""

    question: str
    """As it was understood: the form that stands alone."""
    answer: Answer | None = None
    """None where it was never finished."""
