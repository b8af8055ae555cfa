"""The Chroma collections: a cache of vectors that can be made again from the library at any time.

They hold ids, vectors and article ids, and no text. One collection belongs to one embedding
model. A Chroma folder in use is never written: see index/snapshots.py.
"""

import hashlib
import importlib.metadata
import re
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from index.embeddings import BATCH, Embedder
from index.embeddings import Vectors as Matrix
from index.errors import LibraryDamaged, LibraryUnwritable, ModelUnusable
from index.snapshots import Snapshot, Snapshots, copy_folder

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

FOLDER_NAME = "vectors"
_PAGE = 2_000  # ids a call to Chroma; its own limit is 5,461 with some SQLite builds
_CHECKPOINT = 4_096  # vectors; a kill while many are made loses no more than about a minute's work
# hnswlib only marks what is deleted: the vectors of a removed article would stay in the file, and
# recall suffers after many deletions (chroma#2620). So the graph is built anew when some go: always
# up to so many vectors, which takes about three seconds, and of more when a tenth is gone.
_SMALL = 4_000
_DELETED = "deleted"  # a snapshot's note: how many vectors are only marked

Found = TypeVar("Found")

Progress = Callable[[int, int], None]
"""Told how many of how many passages are embedded."""
Texts = Callable[[Sequence[str]], dict[str, tuple[str, str]]]
"""Gives for vector ids their article id and the text to embed."""


def _silent(_done: int, _total: int) -> None:
    """No progress is shown."""


class VectorIndex:
    """The vectors of one embedding model.

    Any thread may read at any time; one at a time may write, which index/store.py sees to.
    """

    def __init__(self, folder: Path, model_name: str, *, small: int = _SMALL) -> None:
        """Open the collection of `model_name` in the index folder, if it is there and whole.

        Up to `small` vectors, nothing is left of those that are dropped.
        """
        self._small = small
        version = importlib.metadata.version("chromadb")
        self._snapshots = Snapshots(folder / FOLDER_NAME, made_by=f"Chroma {version}")
        self._name = collection_name(model_name)
        self._guard = threading.RLock()
        self._version: object = ()  # no snapshot has this one
        self._snapshot: Snapshot | None = None
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None
        self._borrowed: tempfile.TemporaryDirectory[str] | None = None
        self._follow()

    def close(self) -> None:
        """Release Chroma's files and threads."""
        with self._guard:
            if self._client is not None:
                self._client.close()  # type: ignore[attr-defined]  # missing in ClientAPI alone
            if self._borrowed is not None:
                self._borrowed.cleanup()
            self._client = self._collection = self._borrowed = None
            self._version = ()

    def behind(self, wanted: Sequence[str]) -> bool:
        """Whether `reconcile` has anything to do."""
        with self._guard:
            self._follow()
            known = {} if self._snapshot is None else self._snapshot.notes
            return known.get(self._name, _digest(())) != _digest(wanted)

    @property
    def empty(self) -> bool:
        """Whether there is not a single vector of this model."""
        with self._guard:
            self._follow()
            return self._collection is None

    def reconcile(
        self,
        wanted: Sequence[str],
        texts: Texts,
        embedder: Embedder,
        progress: Progress = _silent,
    ) -> int:
        """Embed what lacks, drop what strays, and say how many vectors were made.

        Raises:
            LibraryUnwritable: the disk is full, or the folder may not be written.
            LibraryDamaged: Chroma does not give back what was put in.
        """
        self.drop_strays(wanted)
        present = set() if self._collection is None else _ids(self._collection)
        missing = [key for key in dict.fromkeys(wanted) if key not in present]
        for start in range(0, len(missing), _CHECKPOINT):
            part = missing[start : start + _CHECKPOINT]
            with self._writing(self._snapshot, self._deleted()) as collections:
                collection = collections(self._name)
                for offset in range(0, len(part), BATCH):
                    progress(start + offset, len(missing))
                    batch = part[offset : offset + BATCH]
                    known = texts(batch)
                    vectors = embedder.embed_passages([known[key][1] for key in batch])
                    _add(collection, batch, vectors, [known[key][0] for key in batch])
        if missing:
            progress(len(missing), len(missing))
        return len(missing)

    def drop_strays(self, wanted: Sequence[str]) -> None:
        """Drop every vector, of whichever model, whose id is not wanted.

        Raises: as `reconcile`.
        """
        with self._guard:
            self._follow()
        source = self._client
        if source is None:
            return
        keep = set(wanted)
        old = _contents(source)
        if all(ids <= keep for ids in old.values()):
            return
        kept = sum(len(ids & keep) for ids in old.values())
        gone = sum(len(ids - keep) for ids in old.values()) + self._deleted()
        anew = kept <= self._small or gone > kept // 10
        with self._writing(None if anew else self._snapshot, 0 if anew else gone) as collections:
            for name, ids in old.items():
                if anew and ids & keep:
                    _copy(_named(source, name), collections(name), sorted(ids & keep))
                elif not anew:
                    for batch in _batches(sorted(ids - keep), _PAGE):
                        collections(name).delete(ids=batch)

    def vectors_of(self, article_id: str) -> tuple[list[str], Matrix]:
        """The ids and the vectors, shape (number of ids, dimension), of one article."""

        def read(collection: "Collection") -> tuple[list[str], Matrix]:
            got = collection.get(where={"article_id": article_id}, include=["embeddings"])
            return list(got["ids"]), np.asarray(got["embeddings"], dtype=np.float32)

        return self._read(read) or ([], np.zeros((0, 0), dtype=np.float32))

    def nearest(
        self, question: Matrix, article_ids: Sequence[str], limit: int
    ) -> list[tuple[str, float]]:
        """The ids nearest to the question's vector, with cosine similarities, best first."""
        where: Any = {"article_id": {"$in": list(article_ids)}}

        def read(collection: "Collection") -> list[tuple[str, float]]:
            got = collection.query(
                query_embeddings=question[np.newaxis, :],
                n_results=limit,
                where=where,
                include=["distances"],
            )
            distances = got["distances"]
            assert distances is not None
            return [
                (key, 1.0 - distance)
                for key, distance in zip(got["ids"][0], distances[0], strict=True)
            ]

        return (self._read(read) if article_ids else None) or []

    def _read(self, action: Callable[["Collection"], Found]) -> Found | None:
        """What `action` finds in the current snapshot; None where there are no vectors.

        A writer deletes a snapshot after it has put another in its place, so what was read is
        sound only if the snapshot was still the current one afterwards.
        """
        with self._guard:
            while True:
                self._follow()
                if self._collection is None:
                    return None
                try:
                    with _panics_caught():
                        found = action(self._collection)
                except Exception:
                    if self._snapshots.version() == self._version:
                        raise
                else:
                    if self._snapshots.version() == self._version:
                        return found

    def _follow(self) -> None:
        """Open the current snapshot, unless it is open already."""
        while (version := self._snapshots.version()) != self._version:
            self.close()
            self._snapshot = self._snapshots.current()
            try:
                self._open()
            except Exception:
                if self._snapshots.version() == version:
                    raise  # else another process has just put the next one in its place
            else:
                self._version = version

    def _open(self) -> None:
        if self._snapshot is None:
            return
        try:
            self._client = _client(self._snapshot.folder)
        except Exception as error:
            if not _is_chromas(error):
                raise
            # Chroma writes even when it only reads, and cannot on a full or read-only disk.
            self._borrowed = tempfile.TemporaryDirectory(prefix="on-the-record-")
            copy_folder(self._snapshot.folder, Path(self._borrowed.name))
            self._client = _client(Path(self._borrowed.name))
        if self._name in self._snapshot.notes:
            self._collection = _named(self._client, self._name)

    @contextmanager
    def _writing(
        self, based_on: Snapshot | None, deleted: int
    ) -> Iterator[Callable[[str], "Collection"]]:
        """Collections of the next snapshot by their names, made where there are none."""
        notes = {_DELETED: str(deleted)}
        client: ClientAPI | None = None
        try:
            with self._snapshots.next(notes, based_on=based_on) as folder:
                client = _client(folder)
                made = client
                yield lambda name: made.get_or_create_collection(
                    name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
                )
                notes.update((name, _digest(ids)) for name, ids in _contents(client).items())
                client.close()  # type: ignore[attr-defined]  # missing in ClientAPI alone
                client = None
        except (OSError, sqlite3.Error) as error:
            raise self._unwritable(error) from error
        except Exception as error:
            if not _is_chromas(error):
                raise
            raise self._unwritable(error) from error
        finally:
            if client is not None:
                client.close()  # type: ignore[attr-defined]  # missing in ClientAPI alone
        with self._guard:
            self._follow()

    def _deleted(self) -> int:
        return 0 if self._snapshot is None else int(self._snapshot.notes.get(_DELETED, "0"))

    def _unwritable(self, error: Exception) -> LibraryUnwritable:
        return LibraryUnwritable(
            f"The vectors in {self._snapshots.root} cannot be written ({error}): free some space "
            "or make the folder writable; until then new articles are found by their words only."
        )


def collection_name(model_name: str) -> str:
    """The collection of an embedding model, in the characters that Chroma allows."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", model_name).strip("-")[:60]
    return f"passages-{readable}-{hashlib.sha256(model_name.encode()).hexdigest()[:8]}"


def _client(folder: Path) -> "ClientAPI":
    # Deferred: importing Chroma takes a second that `--help` must not wait for.
    import chromadb  # noqa: PLC0415
    from chromadb.config import Settings  # noqa: PLC0415

    with _panics_caught():
        return chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False)
        )


class _Panicked(Exception):
    """Chroma's native part gave up; its own exception is no Exception and would end the thread."""


@contextmanager
def _panics_caught() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _Panicked(str(error)) from error


def _is_chromas(error: Exception) -> bool:
    """Chroma raises several unrelated types; this is what they have in common."""
    return isinstance(error, _Panicked) or type(error).__module__.startswith("chromadb")


def _named(client: "ClientAPI", name: str) -> "Collection":
    return client.get_collection(name, embedding_function=None)


def _add(
    collection: "Collection", ids: Sequence[str], vectors: Matrix, article_ids: Sequence[str]
) -> None:
    """Put vectors in, and see that they are there."""
    if not np.isfinite(vectors).all():
        raise ModelUnusable(
            "The embedding model gave vectors that are not finite: set EMBEDDING_MODEL to another "
            "model."
        )
    collection.add(
        ids=list(ids),
        embeddings=vectors,
        metadatas=[{"article_id": article_id} for article_id in article_ids],
    )
    got = collection.get(ids=list(ids), include=["embeddings"])
    rows = dict(zip(got["ids"], np.asarray(got["embeddings"]), strict=True))
    expected = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    for key, row in zip(ids, expected, strict=True):
        if key not in rows or not np.allclose(rows[key], row, atol=1e-4):
            raise LibraryDamaged(
                f"Chroma does not give back the vector {key} that was put in: check the disk, "
                "then run `python -m bot rebuild`."
            )


def _copy(old: "Collection", new: "Collection", ids: Sequence[str]) -> None:
    for batch in _batches(ids, _PAGE):
        got = old.get(ids=batch, include=["embeddings", "metadatas"])
        metadatas = got["metadatas"]
        assert metadatas is not None
        vectors = np.asarray(got["embeddings"], dtype=np.float32)
        _add(new, got["ids"], vectors, [str(each["article_id"]) for each in metadatas])


def _contents(client: "ClientAPI") -> dict[str, set[str]]:
    """The ids in every collection, by its name."""
    return {
        collection.name: _ids(_named(client, collection.name))
        for collection in client.list_collections()
    }


def _ids(collection: "Collection") -> set[str]:
    ids: set[str] = set()
    for offset in range(0, collection.count(), _PAGE):
        ids.update(collection.get(include=[], limit=_PAGE, offset=offset)["ids"])
    return ids


def _digest(ids: Sequence[str] | set[str]) -> str:
    """One short value for a set of ids."""
    return hashlib.sha256("\n".join(sorted(set(ids))).encode()).hexdigest()


def _batches(values: Sequence[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(values), size):
        yield list(values[start : start + size])
