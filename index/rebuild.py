"""Mends an index folder: what is there is put aside, and its readable articles are carried over."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

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
        _new_library(folder, [])
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
    articles, lost = _salvage(aside / FILE_NAME)
    _new_library(folder, articles)
    return Rebuilt(aside, len(articles), lost)


def _new_library(folder: Path, articles: list[tuple[Article, bool]]) -> None:
    with writing_lock(folder), closing(Library(folder)) as library:
        library.prepare()
        for article, kept in articles:
            library.add(article, kept=kept)


def _free_name(folder: Path) -> Path:
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    aside = folder.with_name(f"{folder.name}-damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = folder.with_name(f"{folder.name}-damaged-{stamp}-{number}")
    return aside


def _salvage(path: Path) -> tuple[list[tuple[Article, bool]], int]:
    """The articles that can be read from a library, kept or not, and how many cannot."""
    found: list[tuple[int, Article, bool]] = []
    lost = 0
    try:
        # Not opened read-only: a log of finished writes may have to be read with it.
        with closing(sqlite3.connect(path)) as database:
            for number in _row_numbers(database):
                try:
                    known, source, text, kept, position = database.execute(
                        "SELECT id, source, text, kept, position FROM articles WHERE rowid = ?",
                        (number,),
                    ).fetchone()
                    article = article_from_text(text, source)
                except (sqlite3.Error, UnreadableArticle, TypeError, ValueError):
                    lost += 1
                    continue
                if article.id == known:
                    found.append((position, article, bool(kept)))
                else:
                    lost += 1
    except sqlite3.Error as error:
        _log.warning("No article can be read from %s (%s).", path, error)
    found.sort(key=lambda each: each[0])
    return [(article, kept) for _, article, kept in found], lost


def _row_numbers(database: sqlite3.Connection) -> list[int]:
    """The rows of the articles table, as far as its tree can be walked from either end."""
    numbers: dict[int, None] = {}
    for order in ("ASC", "DESC"):
        try:
            for (number,) in database.execute(
                f"SELECT rowid FROM articles ORDER BY rowid {order}"  # noqa: S608 - from above
            ):
                numbers[number] = None
        except sqlite3.Error:
            continue  # what the other direction finds is all there is
    return sorted(numbers)
