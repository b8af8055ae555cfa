import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stoppable import until_stopped


@given(items=st.lists(st.integers() | st.none(), max_size=20))
def test_all_items_come_in_order(items: list[int | None]) -> None:
    assert list(until_stopped(iter(items), threading.Event())) == items


def test_a_fault_in_the_stream_is_raised_after_the_items_before_it() -> None:
    def stream() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    items = until_stopped(stream(), threading.Event())
    assert next(items) == 1
    with pytest.raises(ZeroDivisionError):
        next(items)


def test_a_stop_is_noticed_while_the_next_item_is_being_made() -> None:
    made, closed = threading.Event(), threading.Event()

    def stream() -> Iterator[int]:
        try:
            yield 1
            assert made.wait(30)
            yield 2
            yield 3
        finally:
            closed.set()

    stop = threading.Event()
    items = until_stopped(stream(), stop)
    assert next(items) == 1
    stop.set()
    assert list(items) == []  # with the second item still being made
    assert not closed.is_set()
    made.set()
    assert closed.wait(30)  # and the third is never asked for


def test_leaving_early_ends_the_stream() -> None:
    closed = threading.Event()

    def stream() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    items = until_stopped(stream(), threading.Event())
    next(items)
    items.close()
    assert closed.wait(30)
