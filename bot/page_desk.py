"""What the page needs of the program behind it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bot.answers import Answer
from bot.quote_check import QuoteCheck
from bot.turns import Turn
from index.articles import Article
from index.passages import Passage


class PageDesk(Protocol):
    """Asked by several tabs at once, each from a thread of its own.

    Every method may raise an IndexFault or a BotFault, whose sentence is then shown.
    """

    @property
    def model_notice(self) -> str:
        """Which language model answers and whether words leave the machine; empty without one."""

    @property
    def is_ready(self) -> bool:
        """Whether a question would be answered at once, with nothing left to load."""

    def warm_up(self) -> None:
        """Begin to load what questions need, in the background."""

    def articles(self) -> Sequence[Article]: ...

    def titles(self) -> Mapping[str, str]:
        """The articles' titles by id, in order; quick however long the articles are."""

    def passages(self, article_id: str) -> Sequence[Passage]: ...

    def stream(
        self, question: str, turns: Sequence[Turn] = (), article_id: str | None = None
    ) -> Iterator[Answer]: ...

    def check(self, claim: str, article: str | None = None) -> QuoteCheck: ...

    def add(self, path: Path) -> tuple[Article, bool]:
        """The article in this file, and whether it was new."""
