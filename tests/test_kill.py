"""Neither a kill at any moment nor a second writer takes or tears an article."""

import multiprocessing
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.index_child import check, numbered_article, write, write_in_turns

KILLS = 50
FOLDERS = 5
LATEST = 0.15  # seconds: about the time that two articles take

# Forked from a server that has imported Chroma, for a second's import each would take a minute.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.index_child"])


@dataclass
class Folder:
    """What must be in an index folder, by what its writers told before they were killed."""

    path: Path
    expected: dict[str, str] = field(default_factory=dict)
    """File to article id."""
    committed: int = 0
    last: int = -1


def started(
    target: Callable[..., None], *arguments: object
) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    ours, theirs = _processes.Pipe(duplex=False)
    process = _processes.Process(target=target, args=(*arguments, theirs))
    process.start()
    theirs.close()  # so that its end is seen here
    return process, ours


def told(connection: Connection) -> list[Any]:
    """Everything that was sent until the other side ended."""
    messages = []
    with connection:
        while True:
            try:
                messages.append(connection.recv())
            except (EOFError, ConnectionResetError):
                return messages


def write_and_kill(folder: Folder, after: int, moment: float) -> tuple[str, set[str | None]]:
    """Kill a writer so many seconds after it has told so many things.

    Returns the file that it was about to change and what its article may be now.
    """
    process, connection = started(write, folder.path, folder.last + 1)
    messages = [connection.recv() for _ in range(after)]
    process.join(moment)
    assert process.is_alive()
    process.kill()
    process.join()
    removing = False
    for what, number in messages + told(connection):
        article = numbered_article(number)
        if what == "added":
            folder.expected[article.source] = article.id
            folder.last = number
            removing = number % 5 == 4
        elif what == "removed":
            del folder.expected[article.source]
            removing = False
        folder.committed += what != "ready"
    changing = numbered_article(folder.last if removing else folder.last + 1)
    before = folder.expected.get(changing.source)
    return changing.source, {before, None if removing else changing.id}


def check_nothing_is_lost(folder: Folder, source: str, possible: set[str | None]) -> None:
    process, connection = started(check, folder.path)
    messages = told(connection)
    process.join()
    assert process.exitcode == 0
    assert len(messages) == 1, messages
    (found,) = messages
    assert found.get(source) in possible
    folder.expected.pop(source, None)
    if source in found:
        folder.expected[source] = found[source]
    assert found == folder.expected


def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    moments = random.Random(2026)  # noqa: S311 - not a secret
    folders = [Folder(tmp_path / f"index{number}") for number in range(FOLDERS)]
    for kill in range(KILLS):
        folder = folders[kill // 5 % FOLDERS]
        # Nothing told: it is still opening the folder. One: it is ready, and so on.
        after, moment = kill % 5, moments.uniform(0, LATEST)
        source, possible = write_and_kill(folder, after, moment)
        check_nothing_is_lost(folder, source, possible)
    assert sum(folder.committed for folder in folders) > KILLS


def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "index")
    everything = range(24)
    for number in everything:
        article = numbered_article(number, sources=1_000)
        folder.expected[article.source] = article.id
    writers = [
        started(write_in_turns, folder.path, list(everything[first::4])) for first in range(4)
    ]
    waited = [message for _, connection in writers for message in told(connection)]
    assert len(waited) == 4
    assert sum(waited) > 0  # they did meet
    source = numbered_article(0, sources=1_000).source
    check_nothing_is_lost(folder, source, {folder.expected[source]})
