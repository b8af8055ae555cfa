"""Everything a face needs, behind one object: ask, add, remove, list, check.

The library opens at once; the embedder, which takes seconds to load, is waited for by the first
question only, and `warm_up` starts loading it before that.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from bot.answers import Answer
from bot.chain import Asked, QuestionChain, build_chain
from bot.chat_model import chat_model_of
from bot.quote_check import QuoteCheck, check_quote
from bot.settings import Settings
from bot.turns import Turn
from index.articles import Article, read_article
from index.embeddings import load_embedder
from index.errors import UnknownArticle
from index.passages import Passage, split_passages
from index.reranker import load_reranker
from index.search import Search
from index.store import Store

Tell = Callable[[int, int], None]
"""Told how many of how many passages are embedded."""
Progress = Callable[[str], AbstractContextManager[Tell]]
"""Opens a progress bar with a title."""


def _no_progress(_title: str) -> AbstractContextManager[Tell]:
    return nullcontext(lambda _done, _total: None)


class Desk:
    """One process's way to the articles and to the answers."""

    def __init__(self, settings: Settings, progress: Progress = _no_progress) -> None:
        """Open the library and put the seed articles into it.

        Raises:
            IndexFault: the index folder cannot be used.
            ModelFault: a language model is set that cannot be opened.
        """
        self.settings = settings
        self._model = chat_model_of(settings)
        self._progress = progress
        self._store = Store(settings.index_folder)
        self._loading: Future[QuestionChain] | None = None
        self._starting = threading.Lock()
        for path in sorted(settings.seeds_folder.glob("*.txt")):
            article = read_article(path)
            if not self._store.library.has_seen(article.id):
                self._store.add(article)

    @property
    def model_notice(self) -> str:
        """Which model answers and whether words leave the machine; empty where there is none."""
        return "" if self._model is None else self._model.notice

    @property
    def is_ready(self) -> bool:
        """Whether a question would be answered at once, with nothing left to load."""
        return self._loading is not None and self._loading.done()

    # Articles

    def articles(self) -> list[Article]:
        return self._store.library.articles()

    def titles(self) -> dict[str, str]:
        """The articles' titles by id, in order; quick however long the articles are."""
        return self._store.library.titles()

    def passages(self, article_id: str) -> list[Passage]:
        return self._store.library.passages(article_id)

    def title_of(self, article_id: str) -> str:
        return self._store.library.article(article_id).title

    def add(self, path: Path, *, kept: bool = True) -> tuple[Article, bool]:
        """Read and index a file; tells whether anything had to be done.

        Raises:
            UnreadableArticle: the file is no article.
        """
        article = read_article(path)
        self.chain()
        with self._progress("Indexing") as tell:
            return article, self._store.add(article, kept=kept, progress=tell)

    def remove(self, name: str) -> Article:
        """Remove the article with this id, title or file.

        Raises:
            UnknownArticle: there is none.
        """
        article = self.find(name)
        self._store.remove(article.id)
        return article

    def find(self, name: str) -> Article:
        """The article with this id, title or source; a file that is not known is indexed.

        Raises:
            UnknownArticle: there is none, and no such file either.
            UnreadableArticle: the file is no article.
        """
        path = Path(name).expanduser()
        if path.is_file():
            article = read_article(path)
            if not self._store.library.holds(article.id):
                self.add(path, kept=False)
            return article
        if self._store.library.holds(name):
            return self._store.library.article(name)
        for article in self.articles():
            if name in {article.title, article.source, Path(article.source).name}:
                return article
        raise UnknownArticle(
            f"No article {name!r} is in the library, and no file has that name: "
            "`python -m bot list` shows the articles."
        )

    # Questions

    def stream(
        self, question: str, turns: Sequence[Turn] = (), article_id: str | None = None
    ) -> Iterator[Answer]:
        """The answer as a sequence of whole snapshots.

        Raises:
            BadQuestion: it is empty or too long.
        """
        yield from self.chain().stream(Asked(question, tuple(turns), article_id))

    def answer(
        self, question: str, turns: Sequence[Turn] = (), article: str | None = None
    ) -> Answer:
        """The finished answer; `article` is an id, a title or a file.

        Raises:
            BadQuestion: it is empty or too long.
            IndexFault: the article cannot be found or read.
        """
        article_id = None if article is None else self.find(article).id
        return self.chain().invoke(Asked(question, tuple(turns), article_id))

    def check(self, claim: str, article: str | None = None) -> QuoteCheck:
        """Whether the articles have these words, and whose they are."""
        if article is not None and (path := Path(article).expanduser()).is_file():
            there = read_article(path)
            return check_quote(claim, [(there, split_passages(there))])
        articles = self.articles() if article is None else [self.find(article)]
        return check_quote(claim, [(each, self.passages(each.id)) for each in articles])

    def warm_up(self) -> None:
        """Begin to load what questions need, in the background."""
        with self._starting:
            if self._loading is None:
                self._loading = Future()
                threading.Thread(target=self._load, args=(self._loading,), daemon=True).start()

    def chain(self) -> QuestionChain:
        """The chain itself, once all that it needs is loaded."""
        self.warm_up()
        assert self._loading is not None
        return self._loading.result()

    def _load(self, future: Future[QuestionChain]) -> None:
        try:
            embedder = load_embedder(self.settings.embedding_model)
            with self._progress("Indexing") as tell:
                vectors = self._store.attach(embedder, tell)
            name = self.settings.reranker_model
            reranker = None if name == "none" else load_reranker(name)
            search = Search(self._store.library, vectors, embedder, reranker)
            chain = build_chain(search, self._store.library, self.settings, embedder, self._model)
            future.set_result(chain)
        # Whatever it is, it belongs to whoever waits for the first answer.
        except BaseException as error:  # noqa: BLE001
            future.set_exception(error)
