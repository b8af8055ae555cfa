"""A second look: a cross-encoder reads the question and each passage together.

The packaged one is this project's own. Any sentence-transformers CrossEncoder that lies on this
machine can be set instead.
"""

from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embeddings import check_folder, packaged_folder
from index.errors import ModelUnusable
from index.packaged_reranker import WEIGHTS, load_packaged_reranker
from index.reading import Reading, Reranker

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

PACKAGED = "packaged"


class CrossEncoderReranker:
    """The Reranker that sentence-transformers provides."""

    knows_answers = False

    def __init__(self, model: "CrossEncoder") -> None:
        self._model = model

    def read(self, question: str, passages: Sequence[str]) -> Reading:
        """See Reranker."""
        # Deferred: importing torch takes seconds.
        import torch  # noqa: PLC0415

        # Half of the bits take a third of the time, where the processor has the instructions.
        fast = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast):
            found = self._model.predict(
                [(question, passage) for passage in passages], show_progress_bar=False
            )
        scores = np.asarray(found, dtype=np.float32).reshape(len(passages), -1)
        return Reading(scores[:, -1])


def load_reranker(model: str = PACKAGED) -> Reranker:
    """Load the packaged one, a local folder, or a model that is already in the local cache.

    Raises:
        ModelUnusable: it is not on this machine, or is no cross-encoder.
    """
    if model == PACKAGED:
        folder = packaged_folder()
        check_folder(folder, known=True)
        with as_file(files("index").joinpath(WEIGHTS)) as weights:
            return load_packaged_reranker(weights, folder)
    # Deferred: importing torch takes seconds, and most commands ask nothing.
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    own = Path(model).expanduser()
    try:
        loaded = CrossEncoder(
            str(own) if own.is_dir() else model, device="cpu", local_files_only=True
        )
    except (OSError, ValueError) as error:
        raise ModelUnusable(
            f"The reranker {model!r} cannot be loaded from this machine: name a local folder, or "
            f"fetch it first with sentence-transformers ({error})."
        ) from error
    return CrossEncoderReranker(loaded)
