"""Vectors are a cache: whatever happens to them, they are made again from the library."""

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.embeddings import Vectors as Matrix
from index.errors import LibraryUnwritable, ModelUnusable
from index.snapshots import Snapshots
from index.vectors import VectorIndex
from tests.tiny_embedder import TinyEmbedder

TEXTS = {f"article{n // 10}-{n:04}": (f"article{n // 10}", f"Sentence {n} says {n * 7}.")
         for n in range(60)}  # fmt: skip

MANY = {f"many-{n:04}": ("many", f"Sentence {n} says {n * 7}.") for n in range(1_100)}
DATABASE = "chroma.sqlite3"


def many_texts(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    return {key: MANY[key] for key in ids}


def texts(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    return {key: TEXTS[key] for key in ids}


def opened(folder: Path, embedder: TinyEmbedder) -> VectorIndex:
    vectors = VectorIndex(folder, embedder.name)
    if vectors.behind(list(TEXTS)):
        vectors.reconcile(list(TEXTS), texts, embedder)
    return vectors


def chroma_folder(folder: Path) -> Path:
    (found,) = [path for path in (folder / "vectors").iterdir() if path.is_dir()]
    return found


def assert_whole(vectors: VectorIndex, embedder: TinyEmbedder, wanted: Sequence[str]) -> None:
    """Every id is found by its own vector, and nothing else is there."""
    everything = sorted({TEXTS[key][0] for key in TEXTS})
    for key in wanted:
        question = embedder.embed_question(TEXTS[key][1])
        best, similarity = vectors.nearest(question, everything, 1)[0]
        assert best == key
        assert similarity == pytest.approx(1.0, abs=1e-4)
    stored = [key for article in everything for key in vectors.vectors_of(article)[0]]
    assert sorted(stored) == sorted(wanted)


@pytest.fixture
def embedder() -> TinyEmbedder:
    return TinyEmbedder()


@pytest.fixture
def vectors(tmp_path: Path, embedder: TinyEmbedder) -> Iterator[VectorIndex]:
    with closing(opened(tmp_path, embedder)) as vectors:
        yield vectors


def test_every_passage_is_found_by_its_own_vector(
    vectors: VectorIndex, embedder: TinyEmbedder
) -> None:
    assert_whole(vectors, embedder, list(TEXTS))


def test_an_article_has_its_own_unit_vectors(vectors: VectorIndex) -> None:
    ids, matrix = vectors.vectors_of("article3")
    assert sorted(ids) == [key for key in TEXTS if key.startswith("article3")]
    assert matrix.shape == (10, 64)
    assert matrix.dtype == np.float32
    assert np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)


def test_an_index_without_vectors_finds_nothing(tmp_path: Path, embedder: TinyEmbedder) -> None:
    with closing(VectorIndex(tmp_path, embedder.name)) as empty:
        assert empty.empty
        assert not empty.behind([])
        assert empty.nearest(embedder.embed_question("mandates"), ["article1"], 5) == []
        assert empty.vectors_of("article1")[0] == []


def test_opening_again_embeds_nothing(
    tmp_path: Path, vectors: VectorIndex, embedder: TinyEmbedder
) -> None:
    vectors.close()
    embedder.embedded = 0
    with closing(opened(tmp_path, embedder)):
        assert embedder.embedded == 0


@pytest.mark.parametrize("what", ["folder", "all", "pointer"])
def test_lost_vectors_are_made_again(
    tmp_path: Path, vectors: VectorIndex, embedder: TinyEmbedder, what: str
) -> None:
    vectors.close()
    if what == "folder":
        shutil.rmtree(chroma_folder(tmp_path))
    elif what == "all":
        shutil.rmtree(tmp_path / "vectors")
    else:
        (tmp_path / "vectors" / "current.json").unlink()
    with closing(opened(tmp_path, embedder)) as again:
        assert_whole(again, embedder, list(TEXTS))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder with so many vectors that Chroma stores their graph."""
    folder = tmp_path_factory.mktemp("large")
    embedder = TinyEmbedder(dimension=16)
    with closing(VectorIndex(folder, embedder.name)) as vectors:
        vectors.reconcile(list(MANY), many_texts, embedder)
    return folder


@pytest.mark.parametrize(
    "name", ["data_level0.bin", "header.bin", "length.bin", "index_metadata.pickle", DATABASE]
)
@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "missing", "zeros"])
def test_damaged_files_never_reach_chroma(
    tmp_path: Path, large: Path, caplog: pytest.LogCaptureFixture, name: str, harm: str
) -> None:
    shutil.copytree(large, tmp_path, dirs_exist_ok=True)
    (path,) = chroma_folder(tmp_path).rglob(name)
    content = path.read_bytes()
    path.unlink()
    if harm != "missing":
        path.write_bytes(_harmed(content, harm, in_a_vector=name == DATABASE))
    with caplog.at_level(logging.WARNING):
        assert Snapshots(tmp_path / "vectors", _made_by(tmp_path)).current() is None
    assert "made again" in caplog.text


def test_a_damaged_graph_is_made_again(tmp_path: Path, large: Path) -> None:
    shutil.copytree(large, tmp_path, dirs_exist_ok=True)
    (path,) = chroma_folder(tmp_path).rglob("data_level0.bin")
    path.write_bytes(_harmed(path.read_bytes(), "zeros", in_a_vector=False))
    embedder = TinyEmbedder(dimension=16)
    with closing(VectorIndex(tmp_path, embedder.name)) as vectors:
        assert vectors.empty
        assert vectors.behind(list(MANY))
        vectors.reconcile(list(MANY), many_texts, embedder)
        assert sorted(vectors.vectors_of("many")[0]) == sorted(MANY)
        for key in list(MANY)[::50]:
            best = vectors.nearest(embedder.embed_question(MANY[key][1]), ["many"], 1)
            assert best[0][0] == key


def _harmed(content: bytes, harm: str, *, in_a_vector: bool) -> bytes:
    changed = bytearray(content)
    if harm == "flip":
        # In a database: in a stored vector, where SQLite itself does not look.
        vector = TinyEmbedder(dimension=16).embed_question(MANY["many-1090"][1]).tobytes()
        at = content.index(vector) if in_a_vector else len(content) // 2
        changed[at] ^= 0x10
    elif harm == "zeros":
        full = next(at for at in range(0, len(content), 64) if any(content[at : at + 64]))
        changed[full : full + 64] = bytes(len(changed[full : full + 64]))
    elif harm == "cut":
        del changed[len(content) // 2 :]
    else:
        changed.clear()
    return bytes(changed)


def test_another_version_of_chroma_never_opens_the_folder(
    tmp_path: Path, vectors: VectorIndex, embedder: TinyEmbedder
) -> None:
    vectors.close()
    current = tmp_path / "vectors" / "current.json"
    current.write_text(current.read_text().replace("Chroma 1.", "Chroma 0."))
    embedder.embedded = 0
    with closing(opened(tmp_path, embedder)) as again:
        assert embedder.embedded == len(TEXTS)
        assert_whole(again, embedder, list(TEXTS))


def test_strays_go_and_the_rest_stays(vectors: VectorIndex, embedder: TinyEmbedder) -> None:
    wanted = [key for key in TEXTS if not key.startswith("article2")]
    embedder.embedded = 0
    vectors.reconcile(wanted, texts, embedder)
    assert embedder.embedded == 0
    assert_whole(vectors, embedder, wanted)
    vectors.reconcile(list(TEXTS), texts, embedder)
    assert embedder.embedded == 10
    assert_whole(vectors, embedder, list(TEXTS))


def test_a_large_graph_is_built_anew_when_a_tenth_is_gone(
    tmp_path: Path, embedder: TinyEmbedder
) -> None:
    with closing(VectorIndex(tmp_path, embedder.name, small=10)) as vectors:
        vectors.reconcile(list(MANY), many_texts, embedder)
        notes = []
        for kept in (1_080, 1_050, 990, 980, 5):
            vectors.drop_strays(list(MANY)[:kept])
            assert sorted(vectors.vectors_of("many")[0]) == list(MANY)[:kept]
            best = vectors.nearest(embedder.embed_question(MANY["many-0003"][1]), ["many"], 1)
            assert best[0][0] == "many-0003"
            snapshot = Snapshots(tmp_path / "vectors", _made_by(tmp_path)).current()
            assert snapshot is not None
            notes.append(snapshot.notes["deleted"])
    assert notes == ["20", "50", "0", "10", "0"]


def test_nothing_wanted_leaves_nothing(vectors: VectorIndex, embedder: TinyEmbedder) -> None:
    vectors.reconcile([], texts, embedder)
    assert_whole(vectors, embedder, [])
    assert not vectors.behind([])


def test_another_model_has_another_collection(
    tmp_path: Path, vectors: VectorIndex, embedder: TinyEmbedder
) -> None:
    other = TinyEmbedder("tiny/other", dimension=32)
    with closing(opened(tmp_path, other)) as second:
        assert other.embedded == len(TEXTS)
        assert_whole(second, other, list(TEXTS))
        assert not vectors.behind(list(TEXTS))
        assert_whole(vectors, embedder, list(TEXTS))
        wanted = [key for key in TEXTS if not key.startswith("article2")]
        second.drop_strays(wanted)
        assert_whole(vectors, embedder, wanted)


def test_a_reader_sees_what_another_one_wrote(
    tmp_path: Path, vectors: VectorIndex, embedder: TinyEmbedder
) -> None:
    wanted = list(TEXTS)[:25]
    with closing(VectorIndex(tmp_path, embedder.name)) as writer:
        writer.drop_strays(wanted)
        assert_whole(vectors, embedder, wanted)
        writer.reconcile(list(TEXTS), texts, embedder)
    assert_whole(vectors, embedder, list(TEXTS))


def test_more_vectors_than_one_call_to_chroma_takes(tmp_path: Path) -> None:
    many = {f"a-{n}": ("a", f"Sentence {n}.") for n in range(5_600)}
    embedder = TinyEmbedder("narrow", dimension=8)
    with closing(VectorIndex(tmp_path, embedder.name)) as vectors:
        steps: list[tuple[int, int]] = []
        vectors.reconcile(
            list(many), lambda ids: {key: many[key] for key in ids}, embedder,
            lambda done, total: steps.append((done, total)),
        )  # fmt: skip
        assert len(vectors.vectors_of("a")[0]) == 5_600
        assert steps[0] == (0, 5_600)
        assert steps[-1] == (5_600, 5_600)
        assert steps == sorted(steps)


def test_an_embedder_that_fails_halfway_changes_nothing(
    tmp_path: Path, vectors: VectorIndex, embedder: TinyEmbedder
) -> None:
    class Failing(TinyEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Matrix:
            raise MemoryError(texts)

    vectors.drop_strays(list(TEXTS)[:30])
    with pytest.raises(MemoryError):
        vectors.reconcile(list(TEXTS), texts, Failing())
    assert_whole(vectors, embedder, list(TEXTS)[:30])
    assert len(list((tmp_path / "vectors").iterdir())) == 2  # the pointer and one folder


def test_a_vector_that_is_no_number_is_refused(tmp_path: Path) -> None:
    class Broken(TinyEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Matrix:
            return np.full((len(texts), 8), np.nan, dtype=np.float32)

    with closing(VectorIndex(tmp_path, "broken")) as vectors:
        with pytest.raises(ModelUnusable, match="not finite"):
            vectors.reconcile(list(TEXTS), texts, Broken())
        assert vectors.empty


def _made_by(folder: Path) -> str:
    import json

    return str(json.loads((folder / "vectors" / "current.json").read_text())["made_by"])


def test_a_full_disk_is_told_and_changes_nothing(
    vectors: VectorIndex, embedder: TinyEmbedder
) -> None:
    class Full(TinyEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Matrix:
            raise OSError(28, "No space left on device", texts[0])

    vectors.drop_strays(list(TEXTS)[:30])
    with pytest.raises(LibraryUnwritable, match="No space left"):
        vectors.reconcile(list(TEXTS), texts, Full())
    assert_whole(vectors, embedder, list(TEXTS)[:30])
