"""A follow-up that the rules could not resolve is made to stand alone by the language model.

The model may only rearrange: a question with a word that the conversation does not have is not
taken, so that it cannot ask for something else than the reader did.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.chat_model import ChatModel
from bot.facts import unknown_facts
from bot.model_stream import ModelStopped, ModelStreams
from bot.turns import Turn
from bot.writing import as_value
from index.articles import clean
from index.words import STOP_WORDS, stem, words
from prompts import load_prompt

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

REMEMBERED = 3  # turns of the conversation that the model sees
LONGEST = 300  # characters of a question
SECONDS = 10.0
_UNRESOLVED = frozenset(
    "he she it they him her them his hers its their theirs that this those these there then one "
    "ones so else another other same".split()
)


class Rephraser:
    """Makes follow-ups stand alone with a language model."""

    def __init__(self, model: ChatModel, seconds: float = SECONDS) -> None:
        """`seconds` is how long the reader waits for it at most."""
        self._streams = ModelStreams(model.model)
        self._seconds = seconds

    def rephrase(self, question: str, turns: Sequence[Turn]) -> str:
        """`question` in words that stand alone, or as it is where that fails or is not needed."""
        if not turns or not _UNRESOLVED & set(words(question)):
            return question
        told = ""
        chunks = self._streams.words(_messages(question, turns), time.monotonic() + self._seconds)
        try:
            for chunk in chunks:
                told += clean(chunk)
                if len(told) > LONGEST or "\n" in told.strip():
                    break
        except ModelStopped:
            return question  # the answer itself will say that the model fails
        finally:
            chunks.close()  # type: ignore[attr-defined]  # a generator; ends the model's work
        rephrased = " ".join(told.strip().split("\n", 1)[0].strip("\"'“” ").split())
        return rephrased if _same_words(rephrased, question, turns) else question


def _messages(question: str, turns: Sequence[Turn]) -> list["BaseMessage"]:
    # Deferred: LangChain takes a second to import, and the default answers need none of it.
    from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415

    lines = [f"Question: {as_value(turn.question)}" for turn in turns[-REMEMBERED:]]
    lines.append(f"Last question: {as_value(question)}")
    return [SystemMessage(load_prompt("standing_alone")), HumanMessage("\n".join(lines))]


def _same_words(rephrased: str, question: str, turns: Sequence[Turn]) -> bool:
    """Whether it is a question of the conversation's own words, and keeps the follow-up's."""
    asked = [question, *(turn.question for turn in turns[-REMEMBERED:])]
    known = {stem(word) for text in asked for word in words(text)}
    meant = [word for word in words(rephrased) if word not in STOP_WORDS]
    kept = {stem(word) for word in words(question)} - {stem(word) for word in _UNRESOLVED}
    kept = {word for word in kept if word not in STOP_WORDS}
    mine = {stem(word) for word in meant}
    return bool(meant) and mine <= known and kept <= mine and not unknown_facts(rephrased, asked)
