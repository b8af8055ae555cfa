"""A desk for the page's tests: real articles and quote checks, answers from a script."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from bot.answers import Answer, cite
from bot.chat_page import page_app
from bot.errors import BadQuestion
from bot.page_desk import PageDesk
from bot.page_server import PageGuard
from bot.quote_check import QuoteCheck, check_quote
from bot.turns import Turn
from index.articles import Article, read_article
from index.passages import Passage, split_passages
from index.speakers import Speaker

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))

Script = Callable[[str, Sequence[Turn]], Iterator[Answer]]


class ScriptedDesk:
    """Keeps articles in memory; answers by the first entry whose words are in the question."""

    def __init__(self, *articles: Article, model_notice: str = "") -> None:
        self._articles = {article.id: article for article in articles}
        self._passages = {each.id: split_passages(each) for each in articles}
        self._scripts: list[tuple[str, Script]] = []
        self.model_notice = model_notice
        self.is_ready = True
        self.go_on = threading.Event()
        """A script may wait for this in the middle of its stream."""
        self.asked: list[tuple[str, tuple[str, ...], str | None]] = []

    def warm_up(self) -> None:
        """Nothing is to be loaded."""

    def on(self, words: str, script: Script) -> None:
        self._scripts.append((words, script))

    def attribute(self, article: Article, words: str, name: str, description: str = "") -> None:
        """Let `name` be the speaker of each of the article's passages that holds `words`."""
        speaker = Speaker(name, description, 0, 0, kind="direct")
        self._passages[article.id] = tuple(
            replace(each, speaker=speaker) if words in each.text else each
            for each in self._passages[article.id]
        )

    def articles(self) -> list[Article]:
        return list(self._articles.values())

    def titles(self) -> dict[str, str]:
        return {article.id: article.title for article in self.articles()}

    def passages(self, article_id: str) -> Sequence[Passage]:
        return self._passages[article_id]

    def stream(
        self, question: str, turns: Sequence[Turn] = (), article_id: str | None = None
    ) -> Iterator[Answer]:
        self.asked.append((question, tuple(turn.question for turn in turns), article_id))
        if "endless" in question:
            raise BadQuestion("The question is endless: ask in fewer words.")
        for words, script in self._scripts:
            if words in question:
                yield from script(question, turns)
                return
        yield refusal(question, self._passages[next(iter(self._articles))][:2])

    def check(self, claim: str, article: str | None = None) -> QuoteCheck:
        chosen = [each for each in self.articles() if article in {None, each.id}]
        return check_quote(claim, [(each, self._passages[each.id]) for each in chosen])

    def add(self, path: Path) -> tuple[Article, bool]:
        article = read_article(path)
        new = article.id not in self._articles
        self._articles[article.id] = article
        self._passages[article.id] = split_passages(article)
        return article, new


def page_over(desk: PageDesk) -> PageGuard:
    """The page over a desk, as `serve` makes it."""

    # Outside of a running event loop, Gradio makes one and never closes it; and Playwright has one
    # running in the tests' own thread.
    async def build() -> PageGuard:
        return page_app(desk, "127.0.0.1")

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(build())).result()


def quoting(question: str, heading: str, passages: Sequence[Passage]) -> Answer:
    """An answer that quotes `passages`, numbered from 1, under a heading."""
    citations = tuple(cite(number, passage) for number, passage in enumerate(passages, 1))
    lines = [f"{citation.quote} [{citation.number}]" for citation in citations]
    return Answer(question, "answered", "\n".join([heading, *lines]), citations)


def refusal(question: str, nearest: Sequence[Passage]) -> Answer:
    near = tuple(cite(number, passage) for number, passage in enumerate(nearest, 1))
    return Answer(question, "not_in_article", "The article does not say.", (), near)


def holding(passages: Sequence[Passage], *words: str) -> list[Passage]:
    """The passages that hold any of the words, in order."""
    return [each for each in passages if any(word in each.text for word in words)]
