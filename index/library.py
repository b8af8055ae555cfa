"""The source of truth: articles, their passages and keyword search, in one SQLite file.

Everything else (the vectors) can be lost and made again from here. An article and its passages
go in and out in one transaction, so a kill at any moment leaves it whole or absent.
"""

import hashlib
import json
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from index.articles import Article, identity
from index.database import MEND, Database, Execute
from index.errors import LibraryDamaged, UnknownArticle
from index.passages import Passage, placed, searchable_text, split_passages
from index.speakers import Speaker, speaker_from

FILE_NAME = "library.sqlite"
_APPLICATION = 0x4F545231  # "OTR1": tells our file from any other SQLite file
_LAYOUT = 1  # of the tables below; a library of another layout is carried over by `rebuild`

# Merges the word index, so that no deleted word stays in its older parts.
_FORGET = "INSERT INTO words(words) VALUES ('optimize')"

_MOST_WORDS = 100  # of a question; SQLite's expressions may be nested 256 deep

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
            LibraryDamaged: the file is damaged, not ours, or of another layout.
            LibraryUnwritable: there is none, and none can be made.
        """
        self.path = folder / FILE_NAME
        self._database = Database(self.path)
        self._cached = lru_cache(maxsize=1_024)(self._read_passages)
        self._cached_of = -1  # the state of the file that was read into the cache
        self._reading = threading.Lock()
        empty = self._empty()  # first, for another process may be making the tables just now
        application = self._database.rows("PRAGMA application_id")[0][0]
        layout = self._database.rows("PRAGMA user_version")[0][0]
        if not empty and application != _APPLICATION:
            raise LibraryDamaged(f"{self.path} is not a library of this program: {MEND}.")
        if not empty and layout != _LAYOUT:
            raise LibraryDamaged(f"{self.path} is of another version of this program: {MEND}.")

    @property
    def current(self) -> bool:
        """Whether the tables exist and the passages were made by today's rules."""
        return not self._empty() and self._fact("rules") == _rules()

    @property
    def usable(self) -> bool:
        """Whether the tables exist, by whichever rules the passages were made."""
        return not self._empty()

    def prepare(self) -> None:
        """Make the tables where there are none, and the passages anew after a change of rules."""
        if self._empty():
            self._database.rows("PRAGMA journal_mode = WAL")
            with self._changing() as execute:
                for statement in _SCHEMA.split(";\n"):
                    execute(statement)
                execute(f"PRAGMA application_id = {_APPLICATION}")
                execute(f"PRAGMA user_version = {_LAYOUT}")
                execute("INSERT INTO facts VALUES ('rules', ?)", (_rules(),))
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
        passages = () if self.holds(article.id) else split_passages(article)
        with self._changing() as execute:
            known = execute("SELECT kept FROM articles WHERE id = ?", (article.id,)).fetchone()
            older = execute(
                "SELECT id, kept, position FROM articles WHERE source = ? AND id <> ?",
                (article.source, article.id),
            ).fetchall()
            # The new text of a kept file is kept, also where it is only asked about in passing.
            kept = kept or any(was_kept for _, was_kept, _ in older)
            for old_id, _, _ in older:
                self._delete(execute, old_id)
            if kept:
                execute("INSERT OR IGNORE INTO seen VALUES (?)", (article.id,))
            if known is None:
                # A new text stands where the one stood that it replaces, else at the end.
                place = min((position for _, _, position in older), default=None)
                execute(
                    "INSERT INTO articles VALUES (?, ?, ?, ?, ?, coalesce(?, "
                    "(SELECT coalesce(max(position), 0) + 1 FROM articles)))",
                    (article.id, article.title, article.source, article.text, kept, place),
                )
                self._insert_passages(execute, passages)
            elif kept:
                execute(
                    "UPDATE articles SET kept = 1, source = ? WHERE id = ?",
                    (article.source, article.id),
                )
            if older:
                execute(_FORGET)
        if older:
            self._empty_log()
        return bool(older) or known is None or (kept and not known[0])

    def remove(self, article_id: str) -> None:
        """Take the article and all that was made of it out of the file, its free pages included.

        Raises:
            UnknownArticle: there is none with this id.
        """
        self.article(article_id)
        with self._changing() as execute:
            self._delete(execute, article_id)
            execute(_FORGET)
        self._empty_log()

    def has_seen(self, article_id: str) -> bool:
        """Whether this article was ever kept; one that was removed since stays out by itself."""
        return bool(self._database.rows("SELECT 1 FROM seen WHERE article_id = ?", (article_id,)))

    def mark_seen(self, article_ids: Iterable[str]) -> None:
        """Have `has_seen` say yes to these, whether they are here or not."""
        with self._changing() as execute:
            for article_id in article_ids:
                execute("INSERT OR IGNORE INTO seen VALUES (?)", (article_id,))

    def holds(self, article_id: str) -> bool:
        """Whether the article is here now, kept or not."""
        return bool(self._database.rows("SELECT 1 FROM articles WHERE id = ?", (article_id,)))

    def articles(self) -> list[Article]:
        """The kept articles, in the order in which they were added."""
        rows = self._database.rows(
            "SELECT id, title, source, text FROM articles WHERE kept ORDER BY position"
        )
        return [self._whole(Article(*row)) for row in rows]

    def article_ids(self) -> list[str]:
        """The ids of `articles()`, without reading their texts."""
        return [
            row[0]
            for row in self._database.rows("SELECT id FROM articles WHERE kept ORDER BY position")
        ]

    def titles(self) -> dict[str, str]:
        """The titles of `articles()` by id, in the same order, without reading their texts."""
        return dict(
            self._database.rows("SELECT id, title FROM articles WHERE kept ORDER BY position")
        )

    def article(self, article_id: str) -> Article:
        """Look up one article, kept or not, by its id.

        Raises:
            UnknownArticle: there is none with this id.
        """
        rows = self._database.rows(
            "SELECT id, title, source, text FROM articles WHERE id = ?", (article_id,)
        )
        if not rows:
            raise UnknownArticle(
                f"No article {article_id!r} is in the library: `python -m bot list` shows them."
            )
        return self._whole(Article(*rows[0]))

    # Passages

    def passages(self, article_id: str) -> list[Passage]:
        """The article's passages in order; empty for an unknown article."""
        return [passage for _, passage in self._passages_of(article_id)]

    def passages_of_vectors(self, vector_ids: Sequence[str]) -> dict[str, list[Passage]]:
        """The passages behind each vector id; repeated sentences share one vector."""
        found: dict[str, list[Passage]] = {}
        for batch, marks in _batches(vector_ids):
            rows = self._database.rows(
                "SELECT DISTINCT article_id FROM passages "  # noqa: S608 - question marks only
                f"WHERE vector_id IN ({marks})",
                batch,
            )
            asked = set(batch)
            for (article_id,) in rows:
                for key, passage in self._passages_of(article_id):
                    if key in asked:
                        found.setdefault(key, []).append(passage)
        return found

    def vector_ids(self, article_id: str | None = None) -> list[str]:
        """The vector id of every passage, or of one article's passages in order."""
        if article_id is not None:
            return [key for key, _ in self._passages_of(article_id)]
        return [row[0] for row in self._database.rows("SELECT vector_id FROM passages")]

    def vector_texts(self, vector_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """For each vector id its article id and the text that is embedded."""
        found: dict[str, tuple[str, str]] = {}
        for batch, marks in _batches(vector_ids):
            rows = self._database.rows(
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
        rows = self._database.rows(
            "SELECT p.article_id, p.number, -bm25(words) FROM words "
            "JOIN passages p ON p.id = words.rowid "
            "WHERE words MATCH ? AND p.article_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY bm25(words) LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), json.dumps(list(article_ids)), limit),
        )
        found: list[tuple[Passage, float]] = []
        for article_id, number, score in rows:
            passages = self._passages_of(article_id)
            if int(number) < len(passages):  # else another process has just replaced the article
                found.append((passages[int(number)][1], float(score)))
        return found

    # Within

    def _split_again(self) -> None:
        """Make the passages of every article anew, all or none."""
        with self._changing() as execute:
            execute("DELETE FROM words")
            execute("DELETE FROM passages")
            rows = execute("SELECT id, title, source, text FROM articles").fetchall()
            for row in rows:
                self._insert_passages(execute, split_passages(Article(*row)))
            execute("UPDATE facts SET value = ? WHERE name = 'rules'", (_rules(),))

    def _fact(self, name: str) -> str | None:
        rows = self._database.rows("SELECT value FROM facts WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def _empty(self) -> bool:
        return not self._database.rows("SELECT 1 FROM sqlite_master")

    def _insert_passages(self, execute: Execute, passages: Iterable[Passage]) -> None:
        for passage in passages:
            content = searchable_text(passage)
            speaker = None if passage.speaker is None else json.dumps(asdict(passage.speaker))
            row = execute(
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
            execute("INSERT INTO words (rowid, content) VALUES (?, ?)", (row.lastrowid, content))

    def _delete(self, execute: Execute, article_id: str) -> None:
        execute(
            "DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE article_id = ?)",
            (article_id,),
        )
        execute("DELETE FROM articles WHERE id = ?", (article_id,))

    @contextmanager
    def _changing(self) -> Iterator[Execute]:
        with self._reading:
            self._cached.cache_clear()
            with self._database.transaction() as execute:
                yield execute

    def _empty_log(self) -> None:
        """Leave no word of a deleted article in the write-ahead log."""
        self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _passages_of(self, article_id: str) -> tuple[tuple[str, Passage], ...]:
        """An article's vector ids and passages; read once, and again when the file has changed."""
        with self._reading:
            state = self._database.rows("PRAGMA data_version")[0][0]
            if state != self._cached_of:
                self._cached.cache_clear()
                self._cached_of = state
            return self._cached(article_id)

    def _read_passages(self, article_id: str) -> tuple[tuple[str, Passage], ...]:
        texts = self._database.rows(
            "SELECT id, title, source, text FROM articles WHERE id = ?", (article_id,)
        )
        rows = self._database.rows(
            'SELECT vector_id, start, "end", speaker FROM passages '
            "WHERE article_id = ? ORDER BY number",
            (article_id,),
        )
        if not texts:
            return ()
        article = self._whole(Article(*texts[0]))
        sentences = [((start, end), _speaker(speaker)) for _, start, end, speaker in rows]
        return tuple(zip((vector for vector, *_ in rows), placed(article, sentences), strict=True))

    def _whole(self, article: Article) -> Article:
        """See that the text is the one that was put in, for every citation is an address in it."""
        if identity(article.text) != article.id:
            raise LibraryDamaged(
                f"The text of {article.title!r} in {self.path} is not the one that was added: "
                f"{MEND}."
            )
        return article


def vector_id(article_id: str, content: str) -> str:
    """The name of a sentence's vector: other words or another speaker give another name."""
    digest = hashlib.sha256(f"{article_id}\n{content}".encode()).hexdigest()[:24]
    return f"{article_id}-{digest}"


def _speaker(stored: str | None) -> Speaker | None:
    return None if stored is None else speaker_from(json.loads(stored))


def _words(query: str) -> list[str]:
    """The words of a question as FTS5 would cut them; quoting each leaves no operator alive."""
    cut = "".join(c if c.isalnum() else " " for c in query)
    return list(dict.fromkeys(cut.lower().split()))[:_MOST_WORDS]


def _batches(values: Sequence[str], size: int = 500) -> Iterator[tuple[Sequence[str], str]]:
    """Slices of `values`, each with as many question marks for a query."""
    for start in range(0, len(values), size):
        batch = values[start : start + size]
        yield batch, ",".join("?" * len(batch))


def _rules() -> str:
    """A hash of the code that decides what a passage is and who speaks in it."""
    digest = hashlib.sha256()
    for path in rule_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def rule_files() -> list[Path]:
    """The module that makes passages and every module of the index that it needs, by name."""
    folder = Path(__file__).parent
    needed, found = {"passages"}, set[str]()
    while needed:
        name = needed.pop()
        found.add(name)
        source = (folder / f"{name}.py").read_text(encoding="utf-8")
        needed |= set(re.findall(r"^from index\.(\w+) import", source, re.MULTILINE)) - found
    return [folder / f"{name}.py" for name in sorted(found)]
