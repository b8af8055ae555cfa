"""The Chroma collection: a cache of vectors that can be made again from the library at any time.

It holds ids, vectors and article ids, and no text. One collection belongs to one embedding
model. Ids are never written twice: a changed sentence has another id, so a torn write can only
lack vectors, and what lacks is found and embedded again on opening.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embeddings import BATCH, Embedder
from index.embeddings import Vectors as Matrix
from index.errors import LibraryDamaged

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

FOLDER_NAME = "vectors"
_MARK = "writing"
_PAGE = 2_000  # ids a call to Chroma; its own limit is 5,461 with some SQLite builds

Progress = Callable[[int, int], None]
"""Told how many of how many passages are embedded."""


class VectorIndex:
    """The vectors of one embedding model, in one folder."""

    def __init__(self, folder: Path, model_name: str) -> None:
        """Open, or make, the collection of `model_name`.

        Raises:
            LibraryDamaged: Chroma cannot open its folder.
        """
        self._folder = folder / FOLDER_NAME
        self._mark = folder / f"{FOLDER_NAME}.{_MARK}"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._collection = self._open(model_name)

    def reconcile(
        self,
        wanted: Sequence[str],
        texts: Callable[[Sequence[str]], dict[str, tuple[str, str]]],
        embedder: Embedder,
        progress: Progress = lambda _done, _total: None,
    ) -> int:
        """Embed what lacks, drop what strays, and say how many vectors were made.

        `texts` gives for vector ids their article id and the text to embed. After a write that
        was cut off every vector is looked at, for Chroma can lose some and not say so
        (chroma#7678).
        """
        present = self._ids()
        sound = self._sound(present) if self._mark.exists() else present
        stray = present - (sound & set(wanted))
        missing = [key for key in dict.fromkeys(wanted) if key not in sound]
        if stray or missing:
            self._mark.touch()
        for batch in _batches(sorted(stray), _PAGE):
            self._collection.delete(ids=batch)
        for done, batch in enumerate(_batches(missing, BATCH)):
            progress(done * BATCH, len(missing))
            known = texts(batch)
            self._collection.add(
                ids=batch,
                embeddings=embedder.embed_passages([known[key][1] for key in batch]),
                metadatas=[{"article_id": known[key][0]} for key in batch],
            )
        progress(len(missing), len(missing))
        self._mark.unlink(missing_ok=True)
        return len(missing)

    def behind(self, wanted: Sequence[str]) -> bool:
        """Whether `reconcile` has anything to do."""
        return self._mark.exists() or self._ids() != set(wanted)

    def vectors_of(self, article_id: str) -> tuple[list[str], Matrix]:
        """The ids and the vectors, shape (number of ids, dimension), of one article."""
        got = self._collection.get(where={"article_id": article_id}, include=["embeddings"])
        return list(got["ids"]), np.asarray(got["embeddings"], dtype=np.float32)

    def nearest(
        self, question: Matrix, article_ids: Sequence[str], limit: int
    ) -> list[tuple[str, float]]:
        """The ids nearest to the question's vector, with cosine similarities, best first."""
        where: Any = {"article_id": {"$in": list(article_ids)}}
        got = self._collection.query(
            query_embeddings=question[np.newaxis, :],
            n_results=limit,
            where=where,
            include=["distances"],
        )
        distances = got["distances"]
        assert distances is not None
        return [
            (key, 1.0 - distance) for key, distance in zip(got["ids"][0], distances[0], strict=True)
        ]

    def _open(self, model_name: str) -> "Collection":
        # Deferred: importing Chroma takes a second that `--help` must not wait for.
        import chromadb  # noqa: PLC0415
        from chromadb.config import Settings  # noqa: PLC0415

        name = "passages-" + re.sub(r"[^A-Za-z0-9-]+", "-", model_name).strip("-")[:400]
        try:
            client = chromadb.PersistentClient(
                path=str(self._folder), settings=Settings(anonymized_telemetry=False)
            )
            return client.get_or_create_collection(
                name,
                metadata={"embedding_model": model_name},
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )
        # Chroma's native part raises several unrelated types, none of them public.
        except Exception as error:
            raise LibraryDamaged(
                f"The vectors in {self._folder} cannot be opened ({error}): "
                "run `python -m bot rebuild`."
            ) from error

    def _ids(self) -> set[str]:
        ids: set[str] = set()
        for offset in range(0, self._collection.count(), _PAGE):
            ids.update(self._collection.get(include=[], limit=_PAGE, offset=offset)["ids"])
        return ids

    def _sound(self, ids: set[str]) -> set[str]:
        """Those of `ids` whose own vector finds a passage at distance zero."""
        sound: set[str] = set()
        for batch in _batches(sorted(ids), _PAGE):
            got = self._collection.get(ids=batch, include=["embeddings"])
            vectors = np.asarray(got["embeddings"], dtype=np.float32)
            if not vectors.size:
                continue
            near = self._collection.query(
                query_embeddings=vectors, n_results=1, include=["distances"]
            )
            distances = near["distances"]
            assert distances is not None
            for key, found in zip(got["ids"], distances, strict=True):
                if found and abs(found[0]) < 1e-4:
                    sound.add(key)
        return sound


def _batches(values: Sequence[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(values), size):
        yield list(values[start : start + size])
