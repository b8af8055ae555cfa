"""The packaged reranker: this project's own cross-encoder, run by ONNX Runtime.

`bench/train_reranker.py` makes it from the packaged embedding model; `docs/reranker.md` says from
what, and what it is worth. The word embeddings stay those of that model, so that the stored file
holds only the layers above them.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embeddings import Vectors
from index.errors import ModelUnusable
from index.reading import AnswerWords, Reading

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

WEIGHTS = "reranker.onnx"
HEADS = 2  # whether a sentence answers, and whether it contradicts
LONGEST = 112  # tokens of a pair, as in training; a longer passage is cut
ANSWER_AT_MOST = 20  # tokens
CORES_AT_MOST = 4
WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"


class PackagedReranker:
    """A Reranker that knows answers, their words, and contradictions.

    Each pair is read by itself: what is read beside it never changes a score. The pairs are
    shared out among the cores.
    """

    knows_answers = True

    def __init__(
        self, session: "InferenceSession", embeddings: Vectors, tokenizer: "Tokenizer"
    ) -> None:
        """`embeddings` holds one row a token, shape (vocabulary, dimension)."""
        self._session = session
        self._embeddings = embeddings
        self._tokenizer = tokenizer
        self._cores = ThreadPoolExecutor(min(CORES_AT_MOST, os.cpu_count() or 1), "reranker")

    def read(self, question: str, passages: Sequence[str]) -> Reading:
        """See Reranker."""
        pairs = self._tokenizer.encode_batch([(question, passage) for passage in passages])
        read = list(self._cores.map(self._read, pairs))
        scores = np.array([scores for scores, _ in read], dtype=np.float32).reshape(-1, HEADS)
        return Reading(scores[:, 0], scores[:, 1], tuple(words for _, words in read))

    def _read(self, pair: "Encoding") -> tuple[Vectors, AnswerWords]:
        scores, edges = self._session.run(
            None,
            {
                "embeddings": self._embeddings[pair.ids][None],
                "attention_mask": np.array([pair.attention_mask]),
                "token_type_ids": np.array([pair.type_ids]),
            },
        )
        of_passage = np.array([sequence == 1 for sequence in pair.sequence_ids])
        first, last, odds = likeliest_words(edges[0], of_passage)
        start, end = pair.offsets[first][0], pair.offsets[last][1]
        return scores[0], AnswerWords(start, end, odds)


def likeliest_words(edges: Vectors, of_passage: NDArray[np.bool_]) -> tuple[int, int, float]:
    """The first and the last token that score best together, and the log-odds against none.

    Args:
        edges: how likely each token is to be the first and the last, shape (tokens, 2); the first
            token of all stands for "none in this passage" (as by Devlin et al. 2019, 4.3).
        of_passage: which tokens are the passage's, shape (tokens,).
    """
    starts, ends = np.where(of_passage[:, None], edges, -np.inf).T
    both = starts[:, None] + ends[None, :]
    both[~np.triu(np.tri(len(both), k=ANSWER_AT_MOST - 1, dtype=bool))] = -np.inf
    first, last = divmod(int(both.argmax()), len(both))
    return first, last, float(both[first, last] - edges[0].sum())


def load_packaged_reranker(weights: Path, embedder: Path) -> PackagedReranker:
    """From the stored layers and the folder of the packaged embedding model.

    Raises:
        ModelUnusable: the layers cannot be read.
    """
    # Deferred: they take a while to import, and most commands ask nothing.
    import onnxruntime  # noqa: PLC0415
    from safetensors import safe_open  # noqa: PLC0415
    from tokenizers import Tokenizer  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the pairs are what is done side by side
    try:
        session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # its errors share no class but this
        raise ModelUnusable(
            f"The packaged reranker cannot be read ({error}): get {WEIGHTS} from the project "
            "again, or set RERANKER_MODEL=none."
        ) from error
    with safe_open(str(embedder / "model.safetensors"), "numpy") as stored:
        embeddings: Vectors = stored.get_tensor(WORD_EMBEDDINGS)
    tokenizer = Tokenizer.from_file(str(embedder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return PackagedReranker(session, embeddings, tokenizer)
