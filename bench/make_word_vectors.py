"""Make `index/word_vectors.npz`, the table of `index/alike.py`.

Every whole word of the embedder's own vocabulary is embedded alone; two minutes on one core:
`python -m bench.make_word_vectors`.
"""

import json
import re
from pathlib import Path

import numpy as np

from index.embeddings import Vectors, load_embedder, packaged_folder

DIRECTIONS = 64  # measured: 384, 128 and 64 tell synonyms from strangers equally well
TARGET = Path(__file__).parents[1] / "index" / "word_vectors.npz"


def cut(vectors: Vectors) -> Vectors:
    """The main directions of the centred vectors, each row of unit length."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred[:8000], full_matrices=False)
    short: Vectors = (centred @ directions[:DIRECTIONS].T).astype(np.float32)
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    return short


def write(words: list[str], vectors: Vectors) -> None:
    """Store the table: words as ASCII lines, vectors as whole numbers from -127 to 127."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    np.savez_compressed(
        TARGET,
        words=np.frombuffer("\n".join(words).encode("ascii"), dtype=np.uint8),
        vectors=np.rint(vectors / largest * 127).astype(np.int8),
    )


def main() -> None:
    tokenizer = json.loads((packaged_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    words = sorted(word for word in tokenizer["model"]["vocab"] if re.fullmatch("[a-z]{3,}", word))
    write(words, cut(load_embedder().embed_passages(words)))
    print(f"{len(words):,} words in {TARGET.name}: {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
