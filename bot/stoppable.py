"""A stream that can be left at any moment, also while its next item is being made."""

import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")

_POLL = 0.05  # seconds until a stop is noticed; an item is passed on at once


@dataclass(frozen=True)
class _End:
    """What a stream's thread leaves behind."""

    fault: BaseException | None
    """What ended the stream early."""


def until_stopped(stream: Iterator[T], stop: threading.Event) -> Generator[T, None, None]:
    """The items of `stream` until it ends or `stop` is set; its faults are raised here.

    The stream runs in a thread of its own, which ends with the item that it is at; it is then
    closed there. Leaving this iterator early sets `stop`.
    """
    items: SimpleQueue[T | _End] = SimpleQueue()
    threading.Thread(target=_feed, args=(stream, items, stop), daemon=True).start()
    try:
        while not stop.is_set():
            try:
                item = items.get(timeout=_POLL)
            except Empty:
                continue
            if isinstance(item, _End):
                if item.fault is not None:
                    raise item.fault
                return
            yield item
    finally:
        stop.set()


def _feed(stream: Iterator[T], items: SimpleQueue[T | _End], stop: threading.Event) -> None:
    fault: BaseException | None = None
    try:
        for item in stream:
            if stop.is_set():
                break
            items.put(item)
        if hasattr(stream, "close"):
            stream.close()
    # Whatever it is, it belongs to whoever reads the items.
    except BaseException as error:  # noqa: BLE001
        fault = error
    items.put(_End(fault))
