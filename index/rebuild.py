"""Mends an index folder: what is there is put aside, and its readable articles are carried over."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import Timeout

from index.articles import Article, article_from_text
from index.errors import LibraryDamaged, LibraryInUse, LibraryUnwritable, UnreadableArticle
from index.library import FILE_NAME, Library
from index.store import foreign_names, make_folder, writing_lock

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rebuilt:
    """What `rebuild` did."""

    aside: Path | None
    """Where the old folder lies now; None where there was none."""
    carried: int
    """Articles that are in the new library."""
    lost: int
    """Articles that the old library names and that cannot be read."""

    @property
    def message(self) -> str:
        """One sentence for the owner of the folder."""
        if self.aside is None:
            return "There was no index yet; a new one was made."
        lost = f", {self.lost} could not be read" if self.lost else ""
        return (
            f"{self.carried} articles were carried over{lost}; the old index is kept in "
            f"{self.aside} and can be deleted."
        )


def rebuild(folder: Path) -> Rebuilt:
    """Move the index folder aside and make a new one with every article that can still be read.

    The vectors are made at the next question. Nothing is deleted.

    Raises:
        LibraryInUse: a process is writing the folder.
        LibraryDamaged: files lie in it that are not this program's, which must not be moved.
        LibraryUnwritable: it cannot be moved.
    """
    if not folder.exists() or not any(folder.iterdir()):
        make_folder(folder)
        _new_library(folder, _Salvage())
        return Rebuilt(None, 0, 0)
    strange = foreign_names(folder)
    if strange:
        raise LibraryDamaged(
            f"{folder} holds {strange[0]!r}, which this program did not make: move it elsewhere, "
            "or name another folder with INDEX_FOLDER."
        )
    lock = writing_lock(folder)
    try:
        with lock:
            aside = _free_name(folder)
            folder.rename(aside)
    except Timeout as timeout:
        raise LibraryInUse(
            f"A process is writing the index folder {folder}: stop it, then rebuild."
        ) from timeout
    except OSError as error:
        raise LibraryUnwritable(
            f"The index folder {folder} cannot be moved ({error.strerror}): make the folder that "
            "holds it writable, or name another one with INDEX_FOLDER."
        ) from error
    make_folder(folder)
    old = _salvage(aside / FILE_NAME)
    _new_library(folder, old)
    return Rebuilt(aside, len(old.articles), old.lost)


@dataclass
class _Salvage:
    """What could be read from an old library."""

    articles: list[tuple[Article, bool]] = field(default_factory=list)
    """With whether each is kept, in the library's order."""
    seen: list[str] = field(default_factory=list)
    lost: int = 0


def _new_library(folder: Path, old: _Salvage) -> None:
    with writing_lock(folder), closing(Library(folder)) as library:
        library.prepare()
        for article, kept in old.articles:
            library.add(article, kept=kept)
        library.mark_seen(old.seen)


def _free_name(folder: Path) -> Path:
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    aside = folder.with_name(f"{folder.name}-damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = folder.with_name(f"{folder.name}-damaged-{stamp}-{number}")
    return aside


def _salvage(path: Path) -> _Salvage:
    found: list[tuple[int, Article, bool]] = []
    old = _Salvage()
    try:
        # Not opened read-only: a log of finished writes may have to be read with it.
        with closing(sqlite3.connect(path)) as database:
            for number in _readable(database, "rowid", "articles"):
                try:
                    known, source, text, kept, position = database.execute(
                        "SELECT id, source, text, kept, position FROM articles WHERE rowid = ?",
                        (number,),
                    ).fetchone()
                    article = article_from_text(text, source)
                except (sqlite3.Error, UnreadableArticle, TypeError, ValueError):
                    old.lost += 1
                    continue
                if article.id == known:
                    found.append((position, article, bool(kept)))
                else:
                    old.lost += 1
            old.seen = _readable(database, "article_id", "seen")
    except sqlite3.Error as error:
        _log.warning("No article can be read from %s (%s).", path, error)
    old.articles = [(article, kept) for _, article, kept in sorted(found, key=lambda each: each[0])]
    return old


def _readable(database: sqlite3.Connection, column: str, table: str) -> list[Any]:
    """The values of a column, as far as its tree can be walked from either end."""
    values: dict[Any, None] = {}
    for order in ("ASC", "DESC"):
        try:
            for (value,) in database.execute(
                f"SELECT {column} FROM {table} ORDER BY {column} {order}"  # noqa: S608 - own names
            ):
                values[value] = None
        except sqlite3.Error:
            continue  # what the other direction finds is all there is
    return list(values)
