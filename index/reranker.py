"""A second look: a cross-encoder reads the question and each passage together.

The packaged one is this project's own, made from the packaged embedding model by
`bench/train_reranker.py`; `docs/reranker.md` says from what, and what it is worth. Any
sentence-transformers CrossEncoder that lies on this machine can be set instead.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.embeddings import Vectors, check_folder, packaged_folder
from index.errors import ModelUnusable
from index.passages import Passage, searchable_text

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder
    from torch import Tensor

PACKAGED = "packaged"
WEIGHTS = "reranker.safetensors"
HEADS = 2  # of the packaged one: whether a sentence answers, and whether it contradicts
LONGEST = 112  # tokens of a pair, as in training; a longer passage is cut
SCALE = ".scale"  # a matrix of int8 stands beside one factor a row under its name with this
BEFORE = " | "  # leads in the sentence before one that leans on it
BEFORE_AT_MOST = 160  # characters of it, its end
_LEANS = re.compile(
    r"(?i)^\W*(?:[\w’'-]+\W+){0,3}(?:he|she|it|they|his|her|its|their|him|them|this|that|these|those)\b"
)


@dataclass(frozen=True)
class Reading:
    """What a reranker makes of passages; each array has shape (passages,), larger is more."""

    answers: Vectors
    """How well each answers the question: log-odds where the reranker knows answers."""
    contradicts: Vectors | None = None
    """Log-odds that each denies what the question takes for granted; None where not known."""


class Reranker(Protocol):
    """Judges passages one by one, slowly and well."""

    @property
    def knows_answers(self) -> bool:
        """Whether scores are log-odds that the passage answers; otherwise only order counts."""

    def read(self, question: str, passages: Sequence[str]) -> Reading:
        """Each passage, written as by `in_context`, beside the question."""


class CrossEncoderReranker:
    """The Reranker that sentence-transformers provides."""

    def __init__(self, model: "CrossEncoder", *, knows_answers: bool = False) -> None:
        self._model = model
        self.knows_answers = knows_answers

    def read(self, question: str, passages: Sequence[str]) -> Reading:
        """See Reranker."""
        # Deferred: importing torch takes seconds.
        import torch  # noqa: PLC0415

        # Half of the bits take a third of the time, where the processor has the instructions.
        fast = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast):
            found = self._model.predict(
                [(question, passage) for passage in passages],
                activation_fn=torch.nn.Identity() if self.knows_answers else None,
                show_progress_bar=False,
            )
        scores = np.asarray(found, dtype=np.float32).reshape(len(passages), -1)
        if self.knows_answers:
            return Reading(scores[:, 0], scores[:, 1])
        return Reading(scores[:, -1])


def in_context(passage: Passage, before: Passage | None) -> str:
    """What is read of a passage: behind its speaker's name and, where one of its first words is a
    pronoun, with the end of the sentence before it.
    """
    text = searchable_text(passage)
    if before is None or not _LEANS.match(passage.text):
        return text
    return f"{text}{BEFORE}{before.text[-BEFORE_AT_MOST:]}"


def load_reranker(model: str = PACKAGED) -> Reranker:
    """Load the packaged one, a local folder, or a model that is already in the local cache.

    Raises:
        ModelUnusable: it is not on this machine, or is no cross-encoder.
    """
    # Deferred: importing torch takes seconds, and most commands ask nothing.
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    if model == PACKAGED:
        folder = packaged_folder()
        check_folder(folder, known=True)
        with _quietly():
            packaged = CrossEncoder(
                str(folder),
                num_labels=HEADS,
                max_length=LONGEST,
                device="cpu",
                local_files_only=True,
            )
        with as_file(files("index").joinpath(WEIGHTS)) as path:
            put_in(packaged.model, path)
        return CrossEncoderReranker(packaged, knows_answers=True)
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


@contextmanager
def _quietly() -> Iterator[None]:
    """Without the reports that weights are missing, which are put in afterwards."""
    loggers = [logging.getLogger(name) for name in ("transformers", "sentence_transformers")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def put_in(model: Any, path: Path) -> None:
    """Put stored weights into a torch module; the embeddings stay those of the embedding model.

    Raises:
        ModelUnusable: they do not fit it.
    """
    # Deferred with torch, which it imports.
    from safetensors.torch import load_file  # noqa: PLC0415

    stored: dict[str, Tensor] = load_file(path)
    weights: dict[str, Any] = {
        name: tensor.float() * stored[name + SCALE].float()[:, None]
        if name + SCALE in stored
        else tensor.float()
        for name, tensor in stored.items()
        if not name.endswith(SCALE)
    }
    missing, unknown = model.load_state_dict(weights, strict=False)
    left = [name for name in missing if ".embeddings." not in name]
    if left or unknown:
        raise ModelUnusable(
            f"The packaged reranker does not fit the embedding model ({[*left, *unknown][0]}): "
            "run `make reinstall-model`, or set RERANKER_MODEL=none."
        )
