"""An index folder: the library, its vectors, and the lock that lets one process write at a time."""

import json
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.articles import Article
from index.embeddings import Embedder
from index.errors import LibraryDamaged, LibraryInUse, LibraryUnwritable
from index.library import FILE_NAME, Library
from index.vectors import FOLDER_NAME, Progress, VectorIndex

_log = logging.getLogger(__name__)

_LOCK = "writing.lock"
_HOLDER = "writing.json"
OUR_NAMES = frozenset(
    {FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", FOLDER_NAME, _LOCK, _HOLDER}
)


def _silent(_done: int, _total: int) -> None:
    """No progress is shown."""


class Store:
    """What one process sees of an index folder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, making it and its library where there are none.

        Raises:
            LibraryDamaged: the folder holds something else, or what is in it cannot be used.
            LibraryUnwritable: there is no library, and none can be made.
            LibraryInUse: the library must be made or renewed while another process writes.
        """
        self.folder = folder
        make_folder(folder)
        self._lock = writing_lock(folder)
        self._threads = threading.RLock()
        self._embedder: Embedder | None = None
        self.vectors: VectorIndex | None = None
        self.library = Library(folder)
        if not self.library.current:
            try:
                with self.writing():
                    self.library.prepare()
            except LibraryUnwritable:
                if not self.library.usable:
                    raise
                _log.warning("%s is read-only: its articles stay split as they are.", folder)

    def close(self) -> None:
        """Release the files; the folder is whole without it."""
        if self.vectors is not None:
            self.vectors.close()
        self.library.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder for writing; nests, and other threads of this process wait.

        Raises:
            LibraryInUse: another process holds it.
            LibraryUnwritable: nothing can be written here.
        """
        with self._threads:
            try:
                self._lock.acquire()
            except Timeout as timeout:
                raise LibraryInUse(
                    f"The index folder {self.folder} is being written by "
                    f"{_holder(self.folder)}: wait until it is done, or stop it."
                ) from timeout
            except OSError as error:
                raise LibraryUnwritable(
                    f"The index folder {self.folder} cannot be written ({error.strerror}): free "
                    "some space or make it writable, or name another one with INDEX_FOLDER."
                ) from error
            try:
                _say_who_writes(self.folder)
                yield
            finally:
                self._lock.release()

    def attach(self, embedder: Embedder, progress: Progress = _silent) -> VectorIndex:
        """Open the vectors of this embedder and embed whatever lacks one.

        Where that cannot be done now, because another process writes or the disk is full or
        read-only, the vectors that are there serve; the other passages are found by their words.

        Raises:
            LibraryInUse: there are no vectors yet, and another process is making them.
        """
        with self._threads:
            if self.vectors is None or self._embedder is None or self._embedder != embedder:
                vectors = VectorIndex(self.folder, embedder.name)
                if self.vectors is not None:
                    self.vectors.close()
                self.vectors, self._embedder = vectors, embedder
            vectors = self.vectors
        if vectors.behind(self.library.vector_ids()):
            try:
                self._embed(progress)
            except LibraryInUse as in_use:
                if vectors.empty:
                    raise
                _log.warning("%s Until then its newest articles are found by words only.", in_use)
            except LibraryUnwritable as unwritable:
                _log.warning("%s", unwritable)
        return vectors

    def add(self, article: Article, *, kept: bool = True, progress: Progress = _silent) -> bool:
        """Put an article into the library and, where an embedder is attached, embed it.

        Returns whether anything had to be done; `kept` as in Library.add.

        Raises:
            LibraryInUse: another process writes.
            LibraryUnwritable: the disk is full or read-only. Where only the vectors could not
                be written, the article is there and is found by its words.
        """
        with self.writing():
            changed = self.library.add(article, kept=kept)
            self._embed(progress)
        return changed

    def remove(self, article_id: str) -> None:
        """Remove an article and its vectors, of whichever embedder; none need be attached.

        Raises:
            UnknownArticle: there is none with this id.
            LibraryInUse, LibraryUnwritable: as `add`.
        """
        with self.writing():
            self.library.remove(article_id)
            vectors = self.vectors or VectorIndex(self.folder, "")
            try:
                vectors.drop_strays(self.library.vector_ids())
            finally:
                if vectors is not self.vectors:
                    vectors.close()

    def _embed(self, progress: Progress) -> None:
        vectors, embedder = self.vectors, self._embedder
        if vectors is None or embedder is None or not vectors.behind(self.library.vector_ids()):
            return
        with self.writing():
            vectors.reconcile(
                self.library.vector_ids(), self.library.vector_texts, embedder, progress
            )


def make_folder(folder: Path) -> None:
    """Make an index folder for its owner only, or see that the one there can be ours.

    Raises:
        LibraryDamaged: it is full of something else.
        LibraryUnwritable: it cannot be made or read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        strange = foreign_names(folder)
    except OSError as error:
        raise LibraryUnwritable(
            f"The index folder {folder} cannot be used ({error.strerror}): name another one with "
            "INDEX_FOLDER."
        ) from error
    if strange and not (folder / FILE_NAME).exists():
        raise LibraryDamaged(
            f"{folder} is no index folder, for it holds {strange[0]!r}: name an empty or a new "
            "folder with INDEX_FOLDER."
        )


def foreign_names(folder: Path) -> list[str]:
    """What lies in the folder and is not this program's; hidden files are nobody's business."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name not in OUR_NAMES and not path.name.startswith((".", "lost+found"))
    )


def writing_lock(folder: Path) -> FileLock:
    """The lock of an index folder; the system releases it however its process ends."""
    return FileLock(folder / _LOCK, timeout=0, mode=0o600, thread_local=False)


def _say_who_writes(folder: Path) -> None:
    """Let other processes name this one; a courtesy that must not stop the work."""
    holder = {"process": os.getpid(), "command": " ".join(sys.argv)[:200]}
    beside = folder / _HOLDER
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(holder, file)
    except OSError as error:
        _log.debug("%s was not written: %s", beside, error)


def _holder(folder: Path) -> str:
    try:
        holder = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        return f"process {holder['process']} ({holder['command']})"
    except (OSError, ValueError, KeyError):
        return "another process"
