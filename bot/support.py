"""How well passages support a sentence that a model wrote.

The score is the plain mean of four measures between 0 and 1, taken against the best single passage
or the best two together: the cosine similarity of the embeddings; the share of the sentence's
content words that the passage has; their longest common subsequence as a share of the sentence
(ROUGE-L recall; Lin, 2004); and the share of neighbouring words that are neighbours there too. No
weight is fitted. Each measure alone does worse than their mean on human judgements of model-written
news sentences (`python -m bench support`), and none of them understands a sentence: what must be
exact is checked elsewhere.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from index.embeddings import Embedder, Vectors
from index.words import content_words, words

SUPPORTED = 0.877  # chosen on one half of QAGS for balanced accuracy


class Support:
    """Scores sentences against passages with an embedder."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        # A passage is compared with every sentence of an answer, so its vector is kept.
        self._vector = lru_cache(maxsize=1_024)(self._embed)

    def score(self, sentence: str, passages: Sequence[str]) -> float:
        """Between 0 and 1: how well the best passage, or the best two, support `sentence`."""
        singly = self.scores(sentence, passages)
        if len(singly) < 2:
            return max(singly, default=0.0)
        best = sorted(np.argsort(singly)[-2:])  # the two stay in the order of the article
        joined = " ".join(passages[int(number)] for number in best)
        return max(*singly, *self.scores(sentence, [joined]))

    def scores(self, sentence: str, passages: Sequence[str]) -> list[float]:
        """How well each passage alone supports `sentence`."""
        if not words(sentence):
            return [0.0 for _ in passages]
        vector = self._vector(sentence)
        return [
            float(np.mean([max(0.0, float(self._vector(text) @ vector)), *overlap(sentence, text)]))
            for text in passages
        ]

    def _embed(self, text: str) -> Vectors:
        row: Vectors = self._embedder.embed_passages([text])[0]
        return row


def overlap(sentence: str, passage: str) -> tuple[float, float, float]:
    """The shares of the sentence's content words, word sequence and neighbours in the passage."""
    mine, theirs = words(sentence), words(passage)
    meant = set(content_words(sentence))
    pairs = set(pairwise(mine))
    shared = meant & set(content_words(passage))
    neighbours = pairs & set(pairwise(theirs))
    return (
        len(shared) / len(meant) if meant else 1.0,
        longest_common_subsequence(mine, theirs) / len(mine) if mine else 1.0,
        len(neighbours) / len(pairs) if pairs else 1.0,
    )


def longest_common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    """Its length in words; time grows with the product of the two lengths."""
    row = [0] * (len(second) + 1)
    for word in first:
        diagonal = 0
        for column, other in enumerate(second, 1):
            above = row[column]
            row[column] = diagonal + 1 if word == other else max(above, row[column - 1])
            diagonal = above
    return row[-1]
