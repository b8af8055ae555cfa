"""The chain: a question becomes one that stands alone, finds its passages, and is answered.

    Asked -> standalone question -> PassageRetriever -> answerer -> Answer, Answer, ...

It is a LangChain Runnable, so `invoke`, `stream` and `batch` work from any program.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from bot.answers import Answer
from bot.chat_model import ChatModel
from bot.conversation import standalone
from bot.errors import BadQuestion
from bot.people import Person, people_in
from bot.quoting import answer_from_quotes
from bot.rephrasing import Rephraser
from bot.retriever import PassageRetriever, found_from
from bot.settings import Settings
from bot.small_talk import small_talk
from bot.support import Support
from bot.turns import Turn
from bot.writing import Answerer, Writer
from index.articles import clean
from index.embeddings import Embedder
from index.library import Library
from index.passages import Passage
from index.questions import understand
from index.search import Search
from index.spelling import Spelling

CANDIDATES = 40  # passages the answerer chooses from


@dataclass(frozen=True)
class Asked:
    """What goes into the chain."""

    question: str
    turns: tuple[Turn, ...] = ()
    """The conversation so far."""
    article_id: str | None = None
    """Ask this article alone; all kept ones without."""


@dataclass(frozen=True)
class _Read:
    """What the articles that are asked about hold."""

    passages: tuple[Passage, ...]
    people: tuple[Person, ...]
    spelling: Spelling


class QuestionChain(Runnable[Asked | str, Answer]):
    """From a question to its checked answer."""

    def __init__(
        self,
        retriever: PassageRetriever,
        library: Library,
        longest: int,
        answerer: Answerer = answer_from_quotes,
        rephraser: Rephraser | None = None,
    ) -> None:
        """`longest` is the most characters that a question may have."""
        self.retriever = retriever
        self._library = library
        self._longest = longest
        self.answerer = answerer
        self._rephraser = rephraser
        # Articles never change under their ids, so what was read of them stays true.
        self._read = lru_cache(maxsize=8)(self._read_whole)

    def invoke(
        self,
        input: Asked | str,  # noqa: A002 - the name that Runnable gives it
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Answer:
        """The finished answer.

        Raises:
            BadQuestion: the question is empty or too long.
        """
        *_, last = self.stream(input, config, **kwargs)
        return last

    def stream(
        self,
        input: Asked | str,  # noqa: A002 - the name that Runnable gives it
        config: RunnableConfig | None = None,
        **_kwargs: Any,
    ) -> Iterator[Answer]:
        """Snapshots of the answer, each whole and valid; the last one is finished.

        Raises:
            BadQuestion: the question is empty or too long.
        """
        asked = Asked(input) if isinstance(input, str) else input
        typed = self._checked(asked.question)
        reply = small_talk(typed)
        if reply is not None:
            yield Answer(question=typed, status="answered", text=reply)
            return
        scope = self._scope(asked.article_id)
        read = self._read(scope)
        names = [person.name for person in read.people]
        alone = standalone(read.spelling.corrected(typed), asked.turns, read.people)
        if self._rephraser is not None:
            alone = self._rephraser.rephrase(alone, asked.turns)
        question = understand(alone, names)
        retriever = self.retriever.model_copy(update={"article_ids": scope})
        found = [found_from(document) for document in retriever.invoke(question.text, config)]
        yield from self.answerer(question, found, read.passages)

    def _checked(self, question: str) -> str:
        text = clean(question).strip()
        if not any(character.isalnum() for character in text):
            raise BadQuestion("The question is empty: type a few words.")
        if len(text) > self._longest:
            raise BadQuestion(
                f"The question has {len(text):,} characters: ask in at most {self._longest:,}."
            )
        return " ".join(text.split())

    def _read_whole(self, article_ids: tuple[str, ...]) -> _Read:
        passages = tuple(p for each in article_ids for p in self._library.passages(each))
        text = "\n".join(self._library.article(each).text for each in article_ids)
        people = people_in(text, [p.speaker for p in passages if p.speaker])
        return _Read(passages, people, Spelling([text]))

    def _scope(self, article_id: str | None) -> tuple[str, ...]:
        if article_id is not None:
            return (self._library.article(article_id).id,)
        return tuple(self._library.article_ids())


def build_chain(
    search: Search,
    library: Library,
    settings: Settings,
    embedder: Embedder,
    model: ChatModel | None = None,
) -> QuestionChain:
    """The chain that the settings ask for; `model` phrases the answers where there is one."""
    retriever = PassageRetriever(search=search, limit=CANDIDATES)
    longest = settings.question_limit
    if model is None:
        return QuestionChain(retriever, library, longest)
    writer = Writer(
        model,
        answer_from_quotes,
        Support(embedder).score,
        timeout=settings.chat_timeout,
        whole_article=settings.chat_whole_article,
    )
    return QuestionChain(retriever, library, longest, writer.answer, Rephraser(model))
