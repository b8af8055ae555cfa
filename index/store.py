"""An index folder: the library, its vectors, and the lock that lets one process write at a time."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.articles import Article
from index.embeddings import Embedder
from index.errors import LibraryDamaged, LibraryInUse
from index.library import Library
from index.vectors import Progress, VectorIndex

_LOCK = "writing.lock"
_HOLDER = "writing.json"


class Store:
    """What one process sees of an index folder."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, making it and its library where there are none.

        Raises:
            LibraryDamaged: the folder or what is in it cannot be used.
            LibraryInUse: the library must be made or renewed while another process writes.
        """
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise LibraryDamaged(
                f"The index folder {folder} cannot be made ({error.strerror}): name another one "
                "with INDEX_FOLDER."
            ) from error
        self._lock = FileLock(folder / _LOCK, timeout=0, mode=0o600)
        self.library = Library(folder)
        if not self.library.current:
            with self.writing():
                self.library.prepare()
        self.vectors: VectorIndex | None = None
        self._embedder: Embedder | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder for writing; nests.

        Raises:
            LibraryInUse: another process holds it.
        """
        try:
            self._lock.acquire()
        except Timeout as timeout:
            raise LibraryInUse(
                f"The index folder {self.folder} is being written by {self._holder()}: wait until "
                "it is done, or stop it."
            ) from timeout
        except OSError as error:
            raise LibraryDamaged(
                f"The index folder {self.folder} cannot be written ({error.strerror}): make it "
                "writable, or name another one with INDEX_FOLDER."
            ) from error
        try:
            holder = {"process": os.getpid(), "command": " ".join(sys.argv)[:200]}
            (self.folder / _HOLDER).write_text(json.dumps(holder), encoding="utf-8")
            yield
        finally:
            self._lock.release()

    def attach(
        self, embedder: Embedder, progress: Progress = lambda _done, _total: None
    ) -> VectorIndex:
        """Open the vectors of this embedder and embed whatever lacks one.

        Raises:
            LibraryInUse: vectors lack while another process writes.
        """
        self._embedder = embedder
        if self.vectors is None:
            self.vectors = VectorIndex(self.folder, embedder.name)
        if self.vectors.behind(self.library.vector_ids()):
            self._embed(progress)
        return self.vectors

    def add(
        self,
        article: Article,
        *,
        kept: bool = True,
        progress: Progress = lambda _done, _total: None,
    ) -> bool:
        """Put an article into the library and, where an embedder is attached, embed it.

        Returns whether anything had to be done; `kept` as in Library.add.
        """
        with self.writing():
            changed = self.library.add(article, kept=kept)
            if changed:
                self._embed(progress)
        return changed

    def remove(self, article_id: str) -> None:
        """Remove an article and its vectors."""
        with self.writing():
            self.library.remove(article_id)
            self._embed(lambda _done, _total: None)

    def _embed(self, progress: Progress) -> None:
        if self.vectors is None or self._embedder is None:
            return
        with self.writing():
            self.vectors.reconcile(
                self.library.vector_ids(), self.library.vector_texts, self._embedder, progress
            )

    def _holder(self) -> str:
        try:
            holder = json.loads((self.folder / _HOLDER).read_text(encoding="utf-8"))
            return f"process {holder['process']} ({holder['command']})"
        except (OSError, ValueError, KeyError):
            return "another process"
