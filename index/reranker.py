"""An optional second look: a cross-encoder reads the question and each passage together.

None is used by default: one fine-tuned from the packaged model on encyclopaedia questions added
.01 to recall at 1 on news, for 10 ms a passage. Any sentence-transformers CrossEncoder that lies
on this machine can be set.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.embeddings import Vectors
from index.errors import ModelUnusable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker(Protocol):
    """Judges passages one by one, slowly and well."""

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """How well each passage answers, shape (len(passages),); larger is better."""


class CrossEncoderReranker:
    """The Reranker that sentence-transformers provides."""

    def __init__(self, model: "CrossEncoder") -> None:
        self._model = model

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """See Reranker."""
        found = self._model.predict(
            [(question, passage) for passage in passages], show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32).reshape(len(passages), -1)[:, -1]


def load_reranker(model: str) -> Reranker:
    """Load a local folder, or a model that is already in the local cache.

    Raises:
        ModelUnusable: it is not on this machine, or is no cross-encoder.
    """
    # Deferred: importing torch takes seconds, and by default there is no reranker.
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    path = Path(model).expanduser()
    try:
        loaded = CrossEncoder(
            str(path) if path.is_dir() else model, device="cpu", local_files_only=True
        )
    except (OSError, ValueError) as error:
        raise ModelUnusable(
            f"The reranker {model!r} cannot be loaded from this machine: name a local folder, or "
            f"fetch it first with sentence-transformers ({error})."
        ) from error
    return CrossEncoderReranker(loaded)
