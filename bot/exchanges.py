"""A question and what comes of it, step by step, as a conversation shows it."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers import Answer
from bot.errors import BotFault
from bot.page_desk import PageDesk
from bot.stoppable import until_stopped
from bot.turns import Turn
from index.errors import IndexFault

READING = "Reading the article …"
GETTING_READY = "Getting ready: the first question waits a few seconds for the search model …"
STOPPED = "Stopped."
BROKEN = "Something went wrong: ask again."


@dataclass(frozen=True)
class Exchange:
    """A question as it was typed and what has come of it so far."""

    typed: str
    answer: Answer | None = None
    notice: str = ""
    """What is going on, or what went wrong."""
    stopped: bool = False
    """Whether nothing more will come, although the answer is not finished."""

    @property
    def at_rest(self) -> bool:
        """Whether nothing more will come."""
        return self.stopped or (self.answer is not None and self.answer.finished)


def ask(
    desk: PageDesk,
    question: str,
    earlier: Sequence[Exchange],
    article_id: str | None,
    stop: threading.Event,
) -> Iterator[Exchange]:
    """The exchange as it grows; the last one is at rest, whatever happens.

    A fault of the index or the bot becomes its notice; another exception is raised after it.
    """
    exchange = Exchange(question, notice=READING if desk.is_ready else GETTING_READY)
    yield exchange
    turns = [Turn(each.answer.question, each.answer) for each in earlier if each.answer]
    try:
        for answer in until_stopped(desk.stream(question, turns, article_id), stop):
            exchange = Exchange(question, answer)
            yield exchange
    except (IndexFault, BotFault) as fault:
        yield replace(exchange, notice=str(fault), stopped=True)
    except Exception:
        yield replace(exchange, notice=BROKEN, stopped=True)
        raise
    else:
        if not exchange.at_rest:
            notice = "" if exchange.answer else STOPPED
            yield replace(exchange, notice=notice, stopped=True)
