"""One SQLite file: opened for its owner only, shared between threads, its faults told in words."""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from index.errors import IndexFault, LibraryDamaged, LibraryInUse, LibraryUnwritable

MEND = "run `python -m bot rebuild`, which keeps the old folder beside the new one"

_TIMEOUT = 30  # seconds to wait for another connection's transaction


class Execute(Protocol):
    """Runs one statement."""

    def __call__(self, query: str, values: Sequence[object] = (), /) -> sqlite3.Cursor: ...


class Database:
    """A connection with a lock around it; every fault is one of index/errors.py."""

    def __init__(self, path: Path) -> None:
        """Open the file, making an empty one where there is none.

        Raises:
            LibraryDamaged: it is no SQLite file.
            LibraryUnwritable: there is none, and none can be made.
        """
        self.path = path
        self._lock = threading.RLock()
        self._connection = _connect(path)

    def close(self) -> None:
        self._connection.close()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The result of one statement."""
        with self._lock, self._faults_named():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        """Runs statements of which all take effect, or none."""
        with self._lock, self._faults_named():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled it back by itself
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _fault(error, self.path) from error


def _connect(path: Path) -> sqlite3.Connection:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        mode = "mode=rw"
    except OSError as error:
        if not path.is_file() or not os.access(path, os.R_OK):
            raise LibraryUnwritable(
                f"The library {path} cannot be opened ({error.strerror}): make its folder "
                "readable and writable, or name another one with INDEX_FOLDER."
            ) from error
        # Read-only. A log of finished writes must be read too; without one nothing is missing.
        mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}",
            uri=True,
            check_same_thread=False,
            isolation_level=None,
            timeout=_TIMEOUT,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error as error:
        raise _fault(error, path) from error
    return connection


def _fault(error: sqlite3.Error, path: Path) -> IndexFault:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return LibraryUnwritable(
            f"The library {path} cannot be written ({error}): free some space or make the folder "
            "writable; nothing was changed."
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LibraryInUse(f"The library {path} is in use: try again in a moment.")
    return LibraryDamaged(f"The library {path} cannot be read ({error}): {MEND}.")
