"""The source of truth: articles, their passages and keyword search, in one SQLite file.

Everything else (the vectors) can be lost and made again from here. An article and its passages
go in and out in one transaction, so a kill at any moment leaves it whole or absent.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from index.articles import Article
from index.errors import LibraryDamaged, UnknownArticle
from index.passages import Passage, searchable_text, split_passages
from index.speakers import Speaker

FILE_NAME = "library.sqlite"
_APPLICATION = 0x4F545231  # "OTR1": tells our file from any other SQLite file
_MEND = "run `python -m bot rebuild`, which keeps the old folder beside the new one"

# The files that decide what a passage is and who speaks in it. When one of them changes, the
# passages of every article are made again.
_RULES = ("passages.py", "speakers.py", "names.py", "quotations.py", "cues.py")

_SCHEMA = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,
    kept INTEGER NOT NULL, position INTEGER NOT NULL
) STRICT;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    speaker TEXT, vector_id TEXT NOT NULL, UNIQUE (article_id, number)
) STRICT;
CREATE INDEX passages_by_vector ON passages (vector_id);
CREATE VIRTUAL TABLE words USING fts5(
    content, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE seen (article_id TEXT PRIMARY KEY) STRICT;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


class Library:
    """The articles on one machine; safe to use from several threads of one process."""

    def __init__(self, folder: Path) -> None:
        """Open the library in `folder`; `prepare` makes it where there is none.

        Raises:
            LibraryDamaged: the file is damaged, not ours, or cannot be opened.
        """
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        # A text never changes under its id, so what was read once stays true.
        self._text = lru_cache(maxsize=128)(self._read_text)
        try:
            self._database = sqlite3.connect(
                self.path, check_same_thread=False, isolation_level=None, timeout=30
            )
            self._database.execute("PRAGMA foreign_keys = ON")
            self._database.execute("PRAGMA secure_delete = ON")
            application = self._database.execute("PRAGMA application_id").fetchone()[0]
            self._empty = not self._database.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(
                f"The library {self.path} cannot be opened ({error}): {_MEND}."
            ) from error
        if not self._empty and application != _APPLICATION:
            raise LibraryDamaged(f"{self.path} is not a library of this program: {_MEND}.")

    @property
    def current(self) -> bool:
        """Whether the tables exist and the passages were made by today's rules."""
        return not self._empty and self._fact("rules") == _rules()

    def prepare(self) -> None:
        """Make the tables where there are none, and the passages anew after a change of rules."""
        if self._empty:
            self._database.execute("PRAGMA journal_mode = WAL")
            with self._transaction() as database:
                for statement in _SCHEMA.split(";\n"):
                    database.execute(statement)
                database.execute(f"PRAGMA application_id = {_APPLICATION}")
                database.execute("INSERT INTO facts VALUES ('rules', ?)", (_rules(),))
            self.path.chmod(0o600)
            self._empty = False
        elif not self.current:
            self._split_again()

    def close(self) -> None:
        self._database.close()

    # Articles

    def add(self, article: Article, *, kept: bool = True) -> bool:
        """Put the article in, replacing the one that came from the same source before.

        With `kept` false it can be asked by its id but is not one of `articles()`: that is for
        a file which is asked about in passing. False is returned when nothing had to be done.
        """
        with self._transaction() as database:
            known = database.execute(
                "SELECT source, kept FROM articles WHERE id = ?", (article.id,)
            ).fetchone()
            if known is not None and (known[1] or not kept):
                return False
            if kept:
                database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (article.id,))
            if known is not None:
                database.execute("UPDATE articles SET kept = 1 WHERE id = ?", (article.id,))
                return True
            for (old,) in database.execute(
                "SELECT id FROM articles WHERE source = ?", (article.source,)
            ).fetchall():
                self._delete(database, old)
            database.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, "
                "(SELECT coalesce(max(position), 0) + 1 FROM articles))",
                (article.id, article.title, article.source, article.text, kept),
            )
            self._insert_passages(database, split_passages(article))
            return True

    def remove(self, article_id: str) -> None:
        """Take the article and all that was made of it out of the file, its free pages included.

        Raises:
            UnknownArticle: there is none with this id.
        """
        self.article(article_id)
        with self._transaction() as database:
            self._delete(database, article_id)
        with self._lock:
            self._database.execute("INSERT INTO words(words) VALUES ('optimize')")
            self._database.execute("VACUUM")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def has_seen(self, article_id: str) -> bool:
        """Whether this article was ever kept; one that was removed since stays out by itself."""
        return bool(self._rows("SELECT 1 FROM seen WHERE article_id = ?", (article_id,)))

    def holds(self, article_id: str) -> bool:
        """Whether the article is here now, kept or not."""
        return bool(self._rows("SELECT 1 FROM articles WHERE id = ?", (article_id,)))

    def articles(self) -> list[Article]:
        """The kept articles, in the order in which they were added."""
        rows = self._rows(
            "SELECT id, title, source, text FROM articles WHERE kept ORDER BY position"
        )
        return [Article(*row) for row in rows]

    def article(self, article_id: str) -> Article:
        """Look up one article, kept or not, by its id.

        Raises:
            UnknownArticle: there is none with this id.
        """
        rows = self._rows(
            "SELECT id, title, source, text FROM articles WHERE id = ?", (article_id,)
        )
        if not rows:
            raise UnknownArticle(
                f"No article {article_id!r} is in the library: `python -m bot list` shows them."
            )
        return Article(*rows[0])

    # Passages

    def passages(self, article_id: str) -> list[Passage]:
        """The article's passages in order; empty for an unknown article."""
        return [
            passage
            for _, passage in self._passages("WHERE article_id = ? ORDER BY number", (article_id,))
        ]

    def passages_of_vectors(self, vector_ids: Sequence[str]) -> dict[str, list[Passage]]:
        """The passages behind each vector id; repeated sentences share one vector."""
        found: dict[str, list[Passage]] = {}
        for batch, marks in _batches(vector_ids):
            for key, passage in self._passages(f"WHERE vector_id IN ({marks})", batch):
                found.setdefault(key, []).append(passage)
        return found

    def vector_ids(self, article_id: str | None = None) -> list[str]:
        """The vector id of every passage, or of one article's passages in order."""
        where, values = ("WHERE article_id = ?", (article_id,)) if article_id else ("", ())
        rows = self._rows(
            f"SELECT vector_id FROM passages {where} ORDER BY article_id, number",  # noqa: S608
            values,
        )
        return [row[0] for row in rows]

    def vector_texts(self, vector_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """For each vector id its article id and the text that is embedded."""
        found: dict[str, tuple[str, str]] = {}
        for batch, marks in _batches(vector_ids):
            rows = self._rows(
                "SELECT p.vector_id, p.article_id, w.content FROM passages p "  # noqa: S608
                f"JOIN words w ON w.rowid = p.id WHERE p.vector_id IN ({marks})",
                batch,
            )
            found.update((row[0], (row[1], row[2])) for row in rows)
        return found

    def keyword_search(
        self, query: str, article_ids: Sequence[str], limit: int
    ) -> list[tuple[Passage, float]]:
        """The passages that hold any word of `query`, with BM25 scores (larger is better)."""
        words = _words(query)
        if not words or not article_ids:
            return []
        match = " OR ".join(f'"{word}"' for word in words)
        marks = ",".join("?" * len(article_ids))
        rows = self._rows(
            f"SELECT {_PASSAGE}, -bm25(words) FROM words "  # noqa: S608
            "JOIN passages p ON p.id = words.rowid "
            f"WHERE words MATCH ? AND p.article_id IN ({marks}) "
            "ORDER BY bm25(words) LIMIT ?",
            (match, *article_ids, limit),
        )
        return [(self._passage(row[:-1])[1], float(row[-1])) for row in rows]

    # Within

    def _split_again(self) -> None:
        """Make the passages of every article anew, all or none."""
        with self._transaction() as database:
            database.execute("DELETE FROM words")
            database.execute("DELETE FROM passages")
            rows = database.execute("SELECT id, title, source, text FROM articles").fetchall()
            for row in rows:
                self._insert_passages(database, split_passages(Article(*row)))
            database.execute("UPDATE facts SET value = ? WHERE name = 'rules'", (_rules(),))

    def _fact(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM facts WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def _insert_passages(self, database: sqlite3.Connection, passages: Iterable[Passage]) -> None:
        for passage in passages:
            content = searchable_text(passage)
            speaker = None if passage.speaker is None else json.dumps(asdict(passage.speaker))
            row = database.execute(
                'INSERT INTO passages (article_id, number, start, "end", speaker, vector_id) '
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    passage.article_id,
                    passage.number,
                    passage.start,
                    passage.end,
                    speaker,
                    vector_id(passage.article_id, content),
                ),
            )
            database.execute(
                "INSERT INTO words (rowid, content) VALUES (?, ?)", (row.lastrowid, content)
            )

    def _delete(self, database: sqlite3.Connection, article_id: str) -> None:
        database.execute(
            "DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE article_id = ?)",
            (article_id,),
        )
        database.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def _passages(self, where: str, values: Sequence[object]) -> Iterator[tuple[str, Passage]]:
        rows = self._rows(
            f"SELECT {_PASSAGE} FROM passages p {where}",  # noqa: S608
            values,
        )
        return (self._passage(row) for row in rows)

    def _passage(self, row: Sequence[object]) -> tuple[str, Passage]:
        vector, article_id, number, start, end, speaker = row
        known = None if speaker is None else Speaker(**json.loads(str(speaker)))
        first, last = int(str(start)), int(str(end))
        text = self._text(str(article_id))[first:last]
        return str(vector), Passage(str(article_id), int(str(number)), first, last, text, known)

    def _read_text(self, article_id: str) -> str:
        return str(self._rows("SELECT text FROM articles WHERE id = ?", (article_id,))[0][0])

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[str, ...]]:
        with self._lock:
            try:
                return self._database.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise LibraryDamaged(
                    f"The library {self.path} cannot be read ({error}): {_MEND}."
                ) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")


_PASSAGE = 'p.vector_id, p.article_id, p.number, p.start, p."end", p.speaker'


def vector_id(article_id: str, content: str) -> str:
    """The name of a sentence's vector: other words or another speaker give another name."""
    digest = hashlib.sha256(f"{article_id}\n{content}".encode()).hexdigest()[:24]
    return f"{article_id}-{digest}"


def _words(query: str) -> list[str]:
    """The words of a question as FTS5 would cut them; quoting each leaves no operator alive."""
    cut = "".join(c if c.isalnum() else " " for c in query)
    return list(dict.fromkeys(cut.lower().split()))


def _batches(values: Sequence[str], size: int = 500) -> Iterator[tuple[Sequence[str], str]]:
    """Slices of `values`, each with as many question marks for a query."""
    for start in range(0, len(values), size):
        batch = values[start : start + size]
        yield batch, ",".join("?" * len(batch))


def _rules() -> str:
    digest = hashlib.sha256()
    for name in _RULES:
        path = Path(__file__).with_name(name)
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
