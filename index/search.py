"""A question finds its passages: dense and keyword search, fused, best first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.embeddings import Embedder, Vectors
from index.library import Library
from index.passages import Passage
from index.vectors import VectorIndex

SMALL = 2_000  # passages; up to here every passage of the scope is scored, exactly
CANDIDATES = 60  # from each of the two searches, in a larger scope


@dataclass(frozen=True)
class Found:
    """A passage that was found, and why it stands where it does."""

    passage: Passage
    score: float
    """How well it answers, between 0 and 1; larger is better."""
    features: Mapping[str, float]


class Search:
    """Finds passages in a library with the help of its vectors."""

    def __init__(self, library: Library, vectors: VectorIndex, embedder: Embedder) -> None:
        self._library = library
        self._vectors = vectors
        self._embedder = embedder
        self._matrix = lru_cache(maxsize=64)(vectors.vectors_of)

    def rank(
        self, question: str, article_ids: Sequence[str] | None = None, limit: int = 20
    ) -> list[Found]:
        """The best passages of the given articles (of all kept ones without), best first."""
        scope = (
            [article.id for article in self._library.articles()]
            if article_ids is None
            else list(article_ids)
        )
        if not scope:
            return []
        vector = self._embedder.embed_question(question)
        keyword = self._library.keyword_search(question, scope, SMALL)
        passages, dense = self._dense(vector, scope)
        scores = {_key(passage): score for passage, score in keyword}
        bm25 = np.array([scores.get(_key(passage), 0.0) for passage in passages], dtype=np.float32)
        both = _standard(dense) + _standard(bm25)
        order = np.argsort(-both, kind="stable")[:limit]
        return [
            Found(
                passages[i],
                float(1 / (1 + np.exp(-both[i] + 2))),
                {"dense": float(dense[i]), "keyword": float(bm25[i])},
            )
            for i in order
        ]

    def _dense(self, vector: Vectors, scope: Sequence[str]) -> tuple[list[Passage], Vectors]:
        """The passages to score, with their cosine similarity to the question."""
        passages: list[Passage] = []
        similarities: list[float] = []
        for article_id in scope:
            ids, matrix = self._matrix(article_id)
            row = dict(zip(ids, matrix @ vector, strict=True)) if ids else {}
            for key, passage in zip(
                self._library.vector_ids(article_id),
                self._library.passages(article_id),
                strict=True,
            ):
                passages.append(passage)
                similarities.append(float(row.get(key, 0.0)))
        return passages, np.array(similarities, dtype=np.float32)


def _key(passage: Passage) -> tuple[str, int]:
    return passage.article_id, passage.number


def _standard(values: Vectors) -> Vectors:
    spread = float(values.std()) or 1.0
    standard: Vectors = (values - values.mean()) / np.float32(spread)
    return standard
