"""A chat model's words as they come, with a deadline, and stopped the moment nobody listens.

The model runs in an event loop of its own. Stopping cancels its task there, which closes the
connection at once; a plain iterator could only be left to run on until its next word.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import aclosing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

PULSE = 1.0  # seconds


class ModelStopped(Exception):
    """The model gave up or was given up; its text is a plain clause about why."""

    def __init__(self, reason: str, *, worth_a_retry: bool = False) -> None:
        super().__init__(reason)
        self.worth_a_retry = worth_a_retry


class ModelStreams:
    """Streams of one model; any number at once."""

    def __init__(self, model: "BaseChatModel") -> None:
        self._model = model
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    def words(self, messages: Sequence["BaseMessage"], deadline: float) -> Iterator[str]:
        """The text in the chunks in which it comes, and "" every second in which none does.

        Whoever reads can so leave within a second, also while the model is silent.

        Args:
            messages: the conversation to continue.
            deadline: the `time.monotonic()` at which the model is given up.

        Raises:
            ModelStopped: it fails, or the deadline passes.
        """
        arrived: queue.Queue[str | BaseException | None] = queue.Queue()

        stopped = threading.Event()

        async def pump() -> None:
            try:
                async with aclosing(self._model.astream(list(messages))) as chunks:  # type: ignore[type-var]  # LangChain calls its generator an iterator
                    async for chunk in chunks:
                        # A provider's asyncio.wait_for can swallow a cancellation.
                        if stopped.is_set():
                            return
                        arrived.put(str(chunk.text))
            except asyncio.CancelledError:
                raise
            # Whatever a provider raises goes to the reader's thread, which words it.
            except Exception as error:  # noqa: BLE001
                arrived.put(error)
            arrived.put(None)

        task = asyncio.run_coroutine_threadsafe(pump(), self._running_loop())
        try:
            while True:
                left = deadline - time.monotonic()
                try:
                    item = arrived.get(timeout=max(0.0, min(left, PULSE)))
                except queue.Empty:
                    if left <= PULSE:
                        raise ModelStopped("did not answer in time") from None
                    item = ""
                if item is None:
                    return
                if isinstance(item, BaseException):
                    reason, worth_a_retry = told(item)
                    raise ModelStopped(reason, worth_a_retry=worth_a_retry) from item
                yield item
        finally:
            stopped.set()
            task.cancel()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, daemon=True).start()
            return self._loop


def told(error: BaseException) -> tuple[str, bool]:
    """A provider's error as a plain clause, and whether trying again may help."""
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    kind = type(error).__name__
    if status in {401, 403}:
        return f"refused the key ({status})", False
    if status == 404:
        return "is not known to its server (404)", False
    if status == 429:
        return "has too many requests just now (429)", True
    if isinstance(status, int) and status >= 500:
        return f"failed on its server ({status})", True
    if isinstance(error, ValueError) and "No generation" in str(error):  # as LangChain puts it
        return "wrote nothing", True
    if isinstance(error, (TimeoutError, CancelledError)) or "Timeout" in kind:
        return "did not answer in time", False
    if isinstance(error, OSError) or "Connect" in kind or "Network" in kind:
        return "could not be reached", True
    if "Protocol" in kind or "ReadError" in kind:
        return "broke off", True
    return f"failed ({kind})", True
