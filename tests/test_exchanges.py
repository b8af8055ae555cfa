import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from bot.answers import Answer
from bot.exchanges import BROKEN, GETTING_READY, READING, STOPPED, Exchange, ask
from bot.turns import Turn
from index.articles import read_article
from tests.scripted_desk import SEED, ScriptedDesk

WHOLE = Answer("What?", "answered", "All of it.")
HALF = replace(WHOLE, text="All", finished=False)


def desk(*snapshots: Answer, fault: Exception | None = None) -> ScriptedDesk:
    def script(_question: str, _turns: Sequence[Turn]) -> Iterator[Answer]:
        yield from snapshots
        if fault is not None:
            raise fault

    made = ScriptedDesk(read_article(SEED))
    made.on("what", script)
    return made


def asked(over: ScriptedDesk, *earlier: Exchange) -> list[Exchange]:
    return list(ask(over, "what?", earlier, "some article", threading.Event()))


def test_each_snapshot_is_a_step_and_only_the_last_is_at_rest() -> None:
    steps = asked(desk(HALF, WHOLE))
    assert [step.answer for step in steps] == [None, HALF, WHOLE]
    assert [step.at_rest for step in steps] == [False, False, True]


def test_the_first_step_tells_whether_something_has_still_to_load() -> None:
    over = desk(WHOLE)
    assert asked(over)[0].notice == READING
    over.is_ready = False
    assert asked(over)[0].notice == GETTING_READY


def test_earlier_answers_are_the_turns_as_they_were_understood() -> None:
    over = desk(WHOLE)
    understood = Answer("What did Ardern say?", "answered", "Go home.")
    asked(over, Exchange("and she?", understood), Exchange("x", notice="Stopped.", stopped=True))
    assert over.asked == [("what?", ("What did Ardern say?",), "some article")]


def test_a_fault_is_the_last_steps_notice() -> None:
    last = list(ask(desk(), "endless", (), None, threading.Event()))[-1]
    assert last.at_rest
    assert "ask in fewer words" in last.notice


def test_any_other_exception_is_shown_and_raised() -> None:
    steps = ask(desk(HALF, fault=ZeroDivisionError()), "what?", (), None, threading.Event())
    assert [next(steps).answer for _ in range(2)] == [None, HALF]
    last = next(steps)
    assert (last.notice, last.answer, last.at_rest) == (BROKEN, HALF, True)
    with pytest.raises(ZeroDivisionError):
        next(steps)


def test_a_stopped_question_keeps_what_has_come() -> None:
    stop = threading.Event()
    steps = ask(desk(HALF, WHOLE), "what?", (), None, stop)
    next(steps)
    assert next(steps).answer == HALF
    stop.set()
    assert [(step.answer, step.stopped) for step in steps] == [(HALF, True)]
    stop = threading.Event()
    steps = ask(desk(WHOLE), "what?", (), None, stop)
    next(steps)
    stop.set()
    assert [(step.answer, step.notice) for step in steps] == [(None, STOPPED)]
