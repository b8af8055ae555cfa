"""A model is data: what is not the known one, or could run code, is refused before it is read."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.embeddings import DEFAULT_MODEL, Embedder, check_folder, load_embedder, packaged_folder
from index.errors import ModelUnusable

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged model; the large file is linked, and unlinked where it is changed."""
    copy = tmp_path / "model"
    shutil.copytree(packaged_folder(), copy, copy_function=os.link)
    return copy


def rewritten(path: Path, content: bytes) -> None:
    path.unlink()  # never through the link
    path.write_bytes(content)


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    rewritten(path, bytes(content))


HTML = b"<!DOCTYPE html><html><body>Please sign in</body></html>"

# Each of these makes a folder that is not the known model.
HARMS: dict[str, Callable[[Path], None]] = {
    "a missing weights file": lambda folder: (folder / "model.safetensors").unlink(),
    "a missing tokenizer": lambda folder: (folder / "tokenizer.json").unlink(),
    "one bit of the weights": lambda folder: flipped(folder / "model.safetensors"),
    "one bit of the configuration": lambda folder: flipped(folder / "config.json"),
    "a page instead of weights": lambda folder: rewritten(folder / "model.safetensors", HTML),
    "empty weights": lambda folder: rewritten(folder / "model.safetensors", b""),
    "half the weights": lambda folder: rewritten(
        folder / "model.safetensors", (folder / "model.safetensors").read_bytes()[:45_000_000]
    ),
    "code beside it": lambda folder: rewritten_new(folder / "modeling.py", b"raise SystemExit"),
    "a pickle beside it": lambda folder: rewritten_new(folder / "pytorch_model.bin", b"\x80\x04."),
    "foreign modules": lambda folder: rewritten(
        folder / "modules.json", b'[{"idx": 0, "name": "0", "path": "", "type": "evil.Module"}]'
    ),
}


def rewritten_new(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def test_the_packaged_model_is_the_known_one(folder: Path) -> None:
    check_folder(folder, known=True)


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_not_the_known_model_is_refused(folder: Path, harm: str) -> None:
    HARMS[harm](folder)
    with pytest.raises(ModelUnusable, match=r"make reinstall-model") as caught:
        check_folder(folder, known=True)
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


HEADER = b'{"w": {"dtype": "F32", "shape": [9], "data_offsets": [0, 36]}}'


def modules(*types: str) -> bytes:
    return json.dumps(
        [{"idx": 0, "name": "0", "path": "", "type": each} for each in types]
    ).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("modeling.py", b"raise SystemExit"),
        ("nested/modeling.py", b"raise SystemExit"),
        ("pytorch_model.bin", b"\x80\x04."),
        ("weights.pkl", b"\x80\x04."),
        ("weights.PT", b"\x80\x04."),
        ("library.so", b"\x7fELF"),
        ("modules.json", modules("evil.Module")),
        ("modules.json", modules("sentence_transformers.models.Transformer", "os.system")),
        ("modules.json", modules("sentence_transformers_evil.Module")),
        ("modules.json", b"{not json"),
        ("modules.json", b"[1, 2]"),
        ("modules.json", b'{"type": 3}'),
        ("config.json", b'{"auto_map": {"AutoModel": "modeling.Model"}}'),
        ("config.json", HTML),
        ("model.safetensors", HTML),
        ("model.safetensors", b""),
        ("model.safetensors", (1 << 40).to_bytes(8, "little") + b"{}"),
        ("model.safetensors", (2).to_bytes(8, "little") + b"{}"),
        ("model.safetensors", len(HEADER).to_bytes(8, "little") + HEADER + b"cut off"),
        ("model.safetensors", b"version https://git-lfs.github.com/spec/v1\noid sha256:0"),
    ],
)
def test_a_folder_that_is_no_plain_model_is_refused(
    folder: Path, name: str, content: bytes
) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)
    with pytest.raises(ModelUnusable) as caught:
        load_embedder(str(folder))
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("missing", ["modules.json", "model.safetensors", "config.json"])
def test_a_folder_that_lacks_a_file_is_refused(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(ModelUnusable, match=missing):
        load_embedder(str(folder))


def test_what_is_refused_never_reaches_a_parser(folder: Path) -> None:
    (folder / "modeling.py").write_text("raise SystemExit")
    program = (
        "import sys\n"
        "from index.embeddings import load_embedder\n"
        "from index.errors import ModelUnusable\n"
        "try:\n"
        "    load_embedder(sys.argv[1])\n"
        "except ModelUnusable:\n"
        "    heavy = {'torch', 'safetensors', 'transformers', 'sentence_transformers'}\n"
        "    print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "[]\n"


def test_a_name_that_is_not_on_this_machine_is_refused() -> None:
    with pytest.raises(ModelUnusable, match="nobody/no-such-model") as caught:
        load_embedder("nobody/no-such-model")
    assert "\n" not in str(caught.value)


def test_vectors_are_finite_and_of_unit_length(embedder: Embedder) -> None:
    texts = [
        "",
        " ",
        "mandates",
        "Ardern said so.",
        "x" * 20_000,
        "word " * 5_000,
        "文字 👩‍👧",
        "\u0301",
    ]
    matrix = embedder.embed_passages(texts)
    assert matrix.shape == (len(texts), 384)
    assert matrix.dtype == np.float32
    assert np.isfinite(matrix).all()
    assert np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)


def test_a_text_has_one_vector_alone_or_among_others(embedder: Embedder) -> None:
    texts = [f"Story {n} " + "is long. " * (n % 7) for n in range(70)]
    together = embedder.embed_passages(texts)
    for n in (0, 33, 69):
        assert np.allclose(embedder.embed_question(texts[n]), together[n], atol=1e-4)


def test_meaning_brings_vectors_together(embedder: Embedder) -> None:
    question = embedder.embed_question("What did the prime minister say about vaccine mandates?")
    near, far = embedder.embed_passages(
        ["Vaccination requirements will be dropped, said the head of government.", "It rained."]
    )
    assert question @ near > question @ far + 0.2


def test_a_local_folder_is_a_model_of_its_own_name(folder: Path, embedder: Embedder) -> None:
    local = load_embedder(str(folder))
    assert local.name != embedder.name
    assert local.name.startswith("model-")
    same = local.embed_question("mandates") @ embedder.embed_question("mandates")
    assert same > 0.9999


def test_the_default_is_the_packaged_model(embedder: Embedder) -> None:
    assert embedder.name == DEFAULT_MODEL
