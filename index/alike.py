"""How alike in meaning two words are, from a small table: "car" is like "vehicle".

The table holds what the packaged sentence embedder says of each common English word alone, cut
to its 64 main directions and to one byte a number (the idea is model2vec's: a static model
distilled from a sentence transformer). `python -m bench.make_word_vectors` makes it.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from index.words import plain

Matrix = npt.NDArray[np.float32]


def likeness(first: Sequence[str], second: Sequence[str]) -> Matrix:
    """Cosines between words, (len(first), len(second)); 0 for a word that the table lacks."""
    return word_vectors(first) @ word_vectors(second).T


def word_vectors(words: Sequence[str]) -> Matrix:
    """A unit vector a word, (n, 64); zeros for a word that the table lacks."""
    known, table = _table()
    rows = np.zeros((len(words), table.shape[1]), dtype=np.float32)
    for place, word in enumerate(words):
        row = known.get(plain(word))
        if row is not None:
            rows[place] = table[row]
    return rows


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], Matrix]:
    with files("index").joinpath("word_vectors.npz").open("rb") as file:
        stored: Any = np.load(file)
        words: list[str] = bytes(stored["words"]).decode("ascii").split()
        table: Matrix = stored["vectors"].astype(np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return {word: row for row, word in enumerate(words)}, table
