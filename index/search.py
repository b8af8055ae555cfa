"""A question finds its passages: dense and keyword search, then the learned ranker, best first.

In a small scope every passage is ranked. In a larger one the nearest by meaning and the best by
keywords are, with the passages beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from index.embeddings import Embedder, Vectors, WordEmbedder
from index.features import Material, prepare, standard
from index.library import Library
from index.passages import Passage, header
from index.questions import Question, question_word, understand
from index.ranking import load_ranker
from index.reading import AnswerWords, Reranker, in_context
from index.speakers import Span
from index.spelling import Spelling
from index.vectors import VectorIndex

SMALL = 2_000  # passages; up to here every passage of the scope is ranked
RERANKED = 12  # passages that a reranker, where one is set, reads with the question
# Of a log-odds of the packaged reranker, beside 1 for one of the ranker: that the passage answers
# or contradicts, and that it has words which answer. Best of a grid over the sets of
# `bench/declining_sets.py`; reading 20 passages rather than 12 brings .003 at 3 and costs as much.
BEARS, WORDS = 0.25, 0.4
CANDIDATES = 60  # from each of the two searches, in a larger scope


@dataclass(frozen=True)
class Found:
    """A passage that was found, and why it stands where it does."""

    passage: Passage
    score: float
    """The ranker's probability that it holds the answer, if the article has one."""
    features: Mapping[str, float]
    """See `index.features.features`; "answers", "contradicts" and "words" (their odds): see
    `index.reading.Reading`.
    """
    words: Span | None = None
    """Where in the passage the words stand that answer best; None where that is not known."""


@dataclass(frozen=True)
class _Pool:
    """Passages that are ranked together."""

    material: Material
    vectors: Vectors
    """Shape (passages, dimension); zeros for a passage whose vector is not there yet."""
    complete: bool
    """Whether every passage has its vector."""


def embed(embedder: Embedder, question: str) -> tuple[Vectors, Vectors | None]:
    """The vector of a question, and of the word that asks where the embedder can give it."""
    if isinstance(embedder, WordEmbedder):
        return embedder.embed_question_word(question, question_word(question))
    return embedder.embed_question(question), None


def ranked(
    question: Question, material: Material, dense: Vectors, asking: Vectors | None, limit: int
) -> list[Found]:
    """The best passages of `material` by the learned ranker, best first.

    An interviewer's questions are left out: they ask, and the answers hold what was asked.

    Args:
        question: what is asked.
        material: the passages that are ranked together.
        dense: the likeness of each passage to the question, shape (passages,).
        asking: its likeness to the word that asks, of the same shape; None where not known.
        limit: how many at most.
    """
    ranking = load_ranker().rank(question, material, dense, asking)
    order = np.argsort(-ranking.scores, kind="stable")
    best = [row for row in order if not material.passages[row].asks]
    return [
        Found(
            material.passages[row],
            float(ranking.scores[row]),
            {name: float(values[row]) for name, values in ranking.features.items()},
        )
        for row in best[:limit]
    ]


def reranked(
    reranker: Reranker, question: Question, found: Sequence[Found], passages: Sequence[Passage]
) -> list[Found]:
    """The first RERANKED of `found` by the ranker and the reranker, then the rest.

    `passages` are those that were ranked together, among them the sentences before.
    """
    first, rest = found[:RERANKED], found[RERANKED:]
    if not first:
        return []
    places = {(each.passage.article_id, each.passage.number - 1) for each in first}
    before = {
        place: passage
        for passage in passages
        if (place := (passage.article_id, passage.number)) in places
    }
    reading = reranker.read(
        question.text,
        [
            in_context(each.passage, before.get((each.passage.article_id, each.passage.number - 1)))
            for each in first
        ],
    )
    scores = np.array([each.score for each in first])
    odds = np.log(scores + 1e-6) - np.log(1 - scores + 1e-6)
    if not reranker.knows_answers:
        both = standard(odds) + standard(reading.answers)
        return [*(first[row] for row in np.argsort(-both, kind="stable")), *rest]
    known = {"answers": reading.answers}
    bears = reading.answers
    if reading.contradicts is not None:
        known["contradicts"] = reading.contradicts
        bears = np.maximum(bears, reading.contradicts)
    if reading.words is not None:
        known["words"] = np.array([words.odds for words in reading.words])
    both = odds + BEARS * bears + WORDS * known.get("words", bears)
    told = [
        replace(
            each,
            features={**each.features, **{name: float(own[row]) for name, own in known.items()}},
            words=_own_words(each.passage, reading.words[row]) if reading.words else None,
        )
        for row, each in enumerate(first)
    ]
    return [*(told[row] for row in np.argsort(-both, kind="stable")), *rest]


def _own_words(passage: Passage, words: AnswerWords) -> Span | None:
    """The place in the passage itself; None where the words are of its speaker's name or of the
    sentence before.
    """
    before = len(header(passage))
    start, end = words.start - before, words.end - before
    return (start, end) if 0 <= start < end <= len(passage.text) else None


class Search:
    """Finds passages in a library with the help of its vectors."""

    def __init__(
        self,
        library: Library,
        vectors: VectorIndex,
        embedder: Embedder,
        reranker: Reranker | None = None,
    ) -> None:
        self._library = library
        self._vectors = vectors
        self._embedder = embedder
        self._reranker = reranker
        self._dimension = 0
        self._matrix = lru_cache(maxsize=64)(vectors.vectors_of)
        self._whole = lru_cache(maxsize=16)(self._read_whole)
        self._speakers = lru_cache(maxsize=16)(self._read_speakers)
        self._spelling = lru_cache(maxsize=16)(self._read_spelling)

    def rank(
        self, question: str, article_ids: Sequence[str] | None = None, limit: int = 20
    ) -> list[Found]:
        """The best passages of the given articles (of all kept ones without), best first."""
        scope = self._scope(article_ids)
        if not scope:
            return []
        asked = self.understand(question, scope)
        vector, word = embed(self._embedder, asked.text)
        self._dimension = len(vector)
        pool = self._pool(asked, vector, scope)
        if not pool.material.passages:
            return []
        asking = None if word is None else pool.vectors @ word
        found = ranked(asked, pool.material, pool.vectors @ vector, asking, limit)
        if self._reranker is None:
            return found
        return reranked(self._reranker, asked, found, pool.material.passages)

    def understand(self, question: str, article_ids: Sequence[str] | None = None) -> Question:
        """What is asked, with the articles' speakers known and misspelt words put right."""
        scope = self._scope(article_ids)
        return understand(question, self._speakers(scope), self._spelling(scope).corrected)

    def _scope(self, article_ids: Sequence[str] | None) -> tuple[str, ...]:
        return tuple(self._library.article_ids() if article_ids is None else article_ids)

    def _pool(self, question: Question, vector: Vectors, scope: tuple[str, ...]) -> _Pool:
        if sum(len(self._library.vector_ids(article_id)) for article_id in scope) <= SMALL:
            pool = self._whole(scope)
            if not pool.complete:
                # Vectors that are still being made must be found the next time.
                self._matrix.cache_clear()
                self._whole.cache_clear()
            return pool
        near = [key for key, _ in self._vectors.nearest(vector, scope, CANDIDATES)]
        wanted = [
            passage
            for found in self._library.passages_of_vectors(near).values()
            for passage in found
            if passage.article_id in scope
        ]
        wanted += [
            passage for passage, _ in self._library.keyword_search(question.text, scope, CANDIDATES)
        ]
        numbers: dict[str, set[int]] = {}
        for passage in wanted:
            around = range(passage.number - 1, passage.number + 2)
            numbers.setdefault(passage.article_id, set()).update(around)
        rows = {
            article_id: [
                number
                for number in sorted(chosen)
                if 0 <= number < len(self._library.passages(article_id))
            ]
            for article_id, chosen in numbers.items()
        }
        return self._read(rows)

    def _read_whole(self, scope: tuple[str, ...]) -> _Pool:
        return self._read(
            {one: list(range(len(self._library.passages(one)))) for one in dict.fromkeys(scope)}
        )

    def _read(self, numbers: Mapping[str, Sequence[int]]) -> _Pool:
        """The pool of these passages, named by their numbers in each article."""
        passages: list[Passage] = []
        parts: list[Vectors] = []
        complete = True
        for article_id, chosen in numbers.items():
            ids, matrix = self._matrix(article_id)
            row = {key: index for index, key in enumerate(ids)}
            keys, whole = self._library.vector_ids(article_id), self._library.passages(article_id)
            passages += [whole[number] for number in chosen]
            at = [row.get(keys[number], -1) for number in chosen]
            part = np.zeros((len(at), matrix.shape[1] or self._dimension), dtype=np.float32)
            known = [index for index, place in enumerate(at) if place >= 0]
            part[known] = matrix[[at[index] for index in known]]
            complete = complete and len(known) == len(at)
            parts.append(part)
        sizes = {one: len(self._library.passages(one)) for one in numbers}
        stacked = np.concatenate(parts) if parts else np.zeros((0, self._dimension), np.float32)
        return _Pool(prepare(passages, sizes), stacked, complete)

    def _read_speakers(self, scope: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                passage.speaker.name
                for article_id in scope
                for passage in self._library.passages(article_id)
                if passage.speaker
            )
        )

    def _read_spelling(self, scope: tuple[str, ...]) -> Spelling:
        return Spelling(
            passage.text for article_id in scope for passage in self._library.passages(article_id)
        )
