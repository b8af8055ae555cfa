"""Folders that are written once, checked, named as the current one, and never written again.

Chroma's own folder can be torn by a kill in the middle of a write, and not say so (chroma#7678);
opening a torn one can end the process (chroma-core/hnswlib#47 and its like). So what changes is
made beside the folder in use, and a rename of `current.json` puts it in its place. A kill at any
moment leaves the folder in use as it was, and other processes read on undisturbed. Nothing is
handed to Chroma whose hash is not the one that was noted when it was written.
"""

import hashlib
import json
import logging
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_log = logging.getLogger(__name__)

_CURRENT = "current.json"
_DATABASE = "chroma.sqlite3"
# Chroma notes in this table every time that its file is opened, so it differs without harm.
_PASSING = "acquire_write"
# A graph without this file was never stored: Chroma makes it anew from its database whenever it
# opens the collection, and writes over whatever lies there, even when it only reads.
_GRAPH_IS_STORED = "index_metadata.pickle"


@dataclass(frozen=True)
class Snapshot:
    """A finished folder."""

    folder: Path
    made_by: str
    """The program that wrote it; another version of it may not read it."""
    notes: Mapping[str, str]
    """What its writer wants to know of it without opening it."""


@dataclass(frozen=True)
class _Record:
    """What `current.json` holds."""

    name: str
    made_by: str
    notes: Mapping[str, str]
    files: Mapping[str, str]
    """SHA-256 of every file by its path; of the database's rows for the database."""


class Snapshots:
    """The snapshots below one root folder, of which one is current."""

    def __init__(self, root: Path, made_by: str) -> None:
        self.root = root
        self._made_by = made_by

    def version(self) -> tuple[int, int] | None:
        """Changes whenever another snapshot becomes current; cheap enough for every question."""
        try:
            status = (self.root / _CURRENT).stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino

    def current(self) -> Snapshot | None:
        """The snapshot in use; None where there is none that is whole and readable."""
        while True:
            version = self.version()
            if version is None:
                return None
            try:
                record = self._record()
                reason = self._fault(record)
            except (OSError, ValueError, TypeError, sqlite3.Error) as error:
                reason = str(error)
            if reason is None:
                return Snapshot(self.root / record.name, record.made_by, record.notes)
            # Another process may have put the next one in its place while this one was read.
            if self.version() == version:
                _log.warning("The vectors in %s are made again: %s.", self.root, reason)
                return None

    @contextmanager
    def next(self, notes: dict[str, str], *, based_on: Snapshot | None) -> Iterator[Path]:
        """A folder to write in, which becomes current, with its `notes`, when the block ends well.

        It is empty, or a copy of `based_on`. One process at a time may do this.

        Raises:
            OSError, sqlite3.Error: the disk is full or may not be written; nothing has changed.
        """
        self._make_root()
        self._sweep()
        draft = self.root / secrets.token_hex(6)
        try:
            if based_on is None:
                draft.mkdir(mode=0o700)
            else:
                copy_folder(based_on.folder, draft)
            yield draft
            for path in (draft, *draft.rglob("*")):
                path.chmod(0o700 if path.is_dir() else 0o600)
                _flush(path)
            record = _Record(draft.name, self._made_by, notes, _hashes(draft))
            self._put_in_place(record)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        self._sweep()

    def _make_root(self) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _record(self) -> _Record:
        return _Record(**json.loads((self.root / _CURRENT).read_text(encoding="utf-8")))

    def _fault(self, record: _Record) -> str | None:
        """Why a snapshot cannot be used, if it cannot."""
        if record.made_by != self._made_by:
            return f"{record.made_by} wrote them, and this is {self._made_by}"
        found = _hashes(self.root / record.name)
        changed = {name for name, known in record.files.items() if found.get(name) != known}
        strange = changed | (found.keys() - record.files.keys())
        return f"{', '.join(sorted(strange))} was altered" if strange else None

    def _put_in_place(self, record: _Record) -> None:
        beside = self.root / f"{_CURRENT}.new"
        beside.write_text(json.dumps(asdict(record)), encoding="utf-8")
        beside.chmod(0o600)
        _flush(beside)
        beside.replace(self.root / _CURRENT)
        _flush(self.root)

    def _sweep(self) -> None:
        """Delete what earlier writers left; a reader of an old snapshot opens the new one."""
        try:
            keep = {_CURRENT, self._record().name}
        except (OSError, ValueError, TypeError):
            keep = {_CURRENT}
        for path in self.root.iterdir():
            if path.name in keep:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def copy_folder(source: Path, target: Path) -> None:
    """Copy a Chroma folder, its database as SQLite does it, for others may be reading it."""
    target.mkdir(mode=0o700, exist_ok=True)
    with (
        closing(_open(source / _DATABASE)) as old,
        closing(sqlite3.connect(target / _DATABASE)) as new,
    ):
        old.backup(new)
    for path in _graph_files(source):
        place = target / path.relative_to(source)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(path, place)


def _hashes(folder: Path) -> dict[str, str]:
    hashes = {_DATABASE: _rows_hash(folder / _DATABASE)}
    for path in _graph_files(folder):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        hashes[str(path.relative_to(folder))] = digest
    return hashes


def _graph_files(folder: Path) -> list[Path]:
    """The files that Chroma's native part reads."""
    return [
        path for stored in folder.glob(f"*/{_GRAPH_IS_STORED}") for path in stored.parent.iterdir()
    ]


def _rows_hash(path: Path) -> str:
    digest = hashlib.sha256()
    with closing(_open(path)) as database:
        state = database.execute("PRAGMA quick_check(1)").fetchone()[0]
        if state != "ok":
            raise sqlite3.DatabaseError(state)
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> ? "
            "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
            (_PASSING,),
        ).fetchall()
        for (table,) in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - its own tables
                digest.update(repr(row).encode())
    return digest.hexdigest()


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)


def _flush(path: Path) -> None:
    """Have the disk hold what was written, before anything says that it does."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
