"""An index folder: what is put in stays, what is taken out is gone, and one process writes."""

import logging
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.articles import Article, article_from_text
from index.errors import LibraryDamaged, LibraryInUse, LibraryUnwritable, UnknownArticle
from index.rebuild import rebuild
from index.store import Store
from tests.tiny_embedder import TinyEmbedder

ROOT = Path(__file__).resolve().parent.parent
CANARY = "zyzzogeton"


def article(text: str, source: str = "story.txt") -> Article:
    return article_from_text(text, source)


FIRST = article("Jacinda Ardern said mandates end. The rules went on Monday.", "first.txt")
SECOND = article(f"The {CANARY} was seen in Leeds. Nobody knows why.", "second.txt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "index")) as store:
        yield store


@pytest.fixture
def embedder() -> TinyEmbedder:
    return TinyEmbedder()


def all_bytes(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def vector_count(store: Store) -> int:
    assert store.vectors is not None
    return sum(len(store.vectors.vectors_of(each.id)[0]) for each in store.library.articles())


def test_an_article_comes_back_as_it_was(store: Store, embedder: TinyEmbedder) -> None:
    store.attach(embedder)
    assert store.add(FIRST)
    assert store.library.articles() == [FIRST]
    assert store.library.article(FIRST.id) == FIRST
    passages = store.library.passages(FIRST.id)
    assert [each.text for each in passages] == [
        "Jacinda Ardern said mandates end.",
        "The rules went on Monday.",
    ]
    assert vector_count(store) == 2


def test_adding_it_again_does_nothing(store: Store, embedder: TinyEmbedder) -> None:
    store.attach(embedder)
    store.add(FIRST)
    embedder.embedded = 0
    before = all_bytes(store.folder / "vectors")
    assert not store.add(FIRST)
    assert embedder.embedded == 0
    assert all_bytes(store.folder / "vectors") == before


def test_a_changed_file_replaces_its_article(store: Store, embedder: TinyEmbedder) -> None:
    store.attach(embedder)
    store.add(article(f"It was the {CANARY}. He said so."))
    store.add(FIRST)
    changed = article("It was the wind. He said so.")
    assert store.add(changed)
    assert store.library.articles() == [changed, FIRST]
    assert vector_count(store) == 4
    assert store.library.keyword_search(CANARY, [changed.id, FIRST.id], 5) == []
    assert CANARY.encode() not in all_bytes(store.folder)


def test_a_changed_file_stays_kept_when_it_is_asked_in_passing(store: Store) -> None:
    store.add(article("It was the rain."))
    changed = article("It was the wind.")
    store.add(changed, kept=False)
    assert store.library.articles() == [changed]


def test_a_file_that_becomes_a_copy_of_another_leaves_one_article(store: Store) -> None:
    store.add(article("It was the rain.", "a.txt"))
    store.add(article("It was the wind.", "b.txt"))
    store.add(article("It was the wind.", "a.txt"))
    assert [each.text for each in store.library.articles()] == ["It was the wind."]


def test_an_article_in_passing_is_not_listed_until_it_is_kept(store: Store) -> None:
    assert store.add(FIRST, kept=False)
    assert store.library.articles() == []
    assert store.library.article_ids() == []
    assert store.library.passages(FIRST.id)
    assert store.add(FIRST)
    assert store.library.article_ids() == [FIRST.id]
    assert not store.add(FIRST, kept=False)


@pytest.mark.parametrize("attached", [True, False])
def test_a_removed_article_leaves_no_word_behind(tmp_path: Path, attached: bool) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.attach(TinyEmbedder())
        store.add(FIRST)
        store.add(SECOND)
        assert CANARY.encode() in all_bytes(folder)
    with closing(Store(folder)) as store:
        if attached:
            store.attach(TinyEmbedder())
        store.remove(SECOND.id)
        content = all_bytes(folder)
        assert CANARY.encode() not in content
        assert CANARY.encode()[:6] not in content  # as a prefix in the word index
        vectors = store.attach(TinyEmbedder())
        assert vectors.vectors_of(SECOND.id)[0] == []
        assert vector_count(store) == 2
        with pytest.raises(UnknownArticle, match="list"):
            store.remove(SECOND.id)
    assert CANARY.encode() not in all_bytes(folder)


def test_the_owner_alone_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with closing(Store(tmp_path / "index")) as store:
            store.attach(TinyEmbedder())
            store.add(FIRST)
            modes = {
                path: stat.S_IMODE(path.stat().st_mode)
                for path in (store.folder, *store.folder.rglob("*"))
            }
    finally:
        os.umask(before)
    graph = store.folder / "vectors"  # made by Chroma, inside a closed folder
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items()
               if graph not in path.parents)  # fmt: skip
    assert modes[graph] == 0o700


def test_another_process_is_told_who_writes(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.add(FIRST)
        with holding(folder) as holder:
            with pytest.raises(LibraryInUse, match=f"process {holder.pid} ") as caught:
                store.add(SECOND)
            assert "wait until it is done" in str(caught.value)
            assert store.library.articles() == [FIRST]
        store.add(SECOND)
        assert store.library.articles() == [FIRST, SECOND]


def test_a_killed_writer_holds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with holding(folder) as holder:
        holder.kill()
        holder.wait()
        with closing(Store(folder)) as store:
            assert store.add(FIRST)


def test_others_read_while_one_writes(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.attach(TinyEmbedder())
        store.add(FIRST)
    with holding(folder), closing(Store(folder)) as store:
        assert store.attach(TinyEmbedder()).vectors_of(FIRST.id)[0]
        assert store.library.keyword_search("mandates", [FIRST.id], 5)


def test_vectors_that_lack_while_another_writes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.add(FIRST)
        with holding(folder), pytest.raises(LibraryInUse):
            store.attach(TinyEmbedder())
        store.attach(TinyEmbedder())
    with closing(Store(folder)) as store:
        store.add(SECOND)
        with holding(folder), caplog.at_level(logging.WARNING):
            vectors = store.attach(TinyEmbedder())
        assert "found by words only" in caplog.text
        assert vectors.vectors_of(FIRST.id)[0]
        assert store.library.keyword_search(CANARY, [SECOND.id], 5)


class holding:  # noqa: N801 - reads as the verb it is
    """Another process that holds the folder for writing."""

    def __init__(self, folder: Path) -> None:
        program = (
            "import sys\n"
            "from pathlib import Path\n"
            "from index.store import Store\n"
            "with Store(Path(sys.argv[1])).writing():\n"
            "    print('held', flush=True)\n"
            "    sys.stdin.read()\n"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> subprocess.Popen[bytes]:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"held\n"
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def test_two_threads_take_turns(store: Store, embedder: TinyEmbedder) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store.attach(embedder)
    articles = [article(f"Story {n} is told. It has no end.", f"{n}.txt") for n in range(12)]
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(store.add, articles))
    assert {each.id for each in store.library.articles()} == {each.id for each in articles}
    assert vector_count(store) == 24


# Damage


def damaged_header(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)


def foreign_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE theirs (x)")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5_000])


def future_layout(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("damage", [damaged_header, foreign_database, cut_short, future_layout])
def test_a_damaged_library_names_the_mending_command(tmp_path: Path, damage: object) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.add(FIRST)
    assert callable(damage)
    damage(folder / "library.sqlite")
    with pytest.raises(LibraryDamaged, match="python -m bot rebuild") as caught:
        Store(folder).library.articles()
    assert str(folder) in str(caught.value)
    old = (folder / "library.sqlite").read_bytes()

    done = rebuild(folder)
    assert done.aside is not None
    assert (done.aside / "library.sqlite").read_bytes()[:5_000] == old[:5_000]
    with closing(Store(folder)) as store:
        assert store.add(SECOND)
        assert store.attach(TinyEmbedder()).vectors_of(SECOND.id)[0]


def test_an_altered_text_is_never_shown(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.add(FIRST)
        store.add(SECOND)
    path = folder / "library.sqlite"
    path.write_bytes(path.read_bytes().replace(b"mandates end", b"mandates bend"[:12]))
    with closing(Store(folder)) as store, pytest.raises(LibraryDamaged, match="rebuild"):
        store.library.article(FIRST.id)
    done = rebuild(folder)
    assert (done.carried, done.lost) == (1, 1)
    with closing(Store(folder)) as store:
        assert store.library.articles() == [SECOND]


def test_no_damage_shows_a_word_that_was_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    articles = [article(f"Story {n} of {n * n}. " * 150, f"{n}.txt") for n in range(12)]
    texts = {each.id: each.text for each in articles}
    with closing(Store(folder)) as store:
        for each in articles:
            store.add(each)
    path = folder / "library.sqlite"
    sound = path.read_bytes()
    told = 0
    places = random.Random(7)  # noqa: S311 - not a secret
    for _ in range(60):
        harmed = bytearray(sound)
        at = places.randrange(len(sound))
        harmed[at] ^= 1 << places.randrange(8)
        path.write_bytes(harmed)
        try:
            with closing(Store(folder)) as store:
                for shown in store.library.articles():
                    assert shown.text == texts[shown.id]
                    for passage in store.library.passages(shown.id):
                        assert passage.text == shown.text[passage.start : passage.end]
        except LibraryDamaged as damaged:
            assert "rebuild" in str(damaged)  # noqa: PT017 - whatever is raised must say so
            told += 1
    assert told > 0


def test_rebuilding_carries_over_what_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    articles = [
        article(f"Story {n}. " + f"It is about the {n}th thing. " * 200, f"{n}.txt")
        for n in range(40)
    ]
    with closing(Store(folder)) as store:
        for each in articles:
            store.add(each, kept=each != articles[7])
        store.remove(articles[3].id)
    path = folder / "library.sqlite"
    content = bytearray(path.read_bytes())
    for at in range(4096 * 30, 4096 * 36):
        content[at] = 0
    path.write_bytes(content)
    done = rebuild(folder)
    assert 0 < done.carried < 40
    with closing(Store(folder)) as store:
        carried = store.library.articles()
        assert set(carried) <= set(articles)
        assert articles[3] not in carried
        assert len(carried) >= done.carried - 1
        assert store.library.has_seen(carried[0].id)
    assert str(done.aside) in done.message


def test_rebuilding_a_sound_index_changes_nothing_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.add(SECOND)
        store.add(FIRST)
        store.add(article("In passing.", "c.txt"), kept=False)
        store.remove(SECOND.id)
    done = rebuild(folder)
    assert (done.carried, done.lost) == (2, 0)
    with closing(Store(folder)) as store:
        assert store.library.articles() == [FIRST]
        assert store.library.has_seen(SECOND.id)


def test_rebuilding_nothing_makes_a_new_index(tmp_path: Path) -> None:
    assert rebuild(tmp_path / "new").aside is None
    with closing(Store(tmp_path / "new")) as store:
        assert store.library.articles() == []


def test_rebuilding_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"theirs" * 100)
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(LibraryDamaged, match=r"thesis\.txt"):
        rebuild(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library.sqlite", "thesis.txt"]


def test_rebuilding_waits_for_a_writer(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with holding(folder), pytest.raises(LibraryInUse):
        rebuild(folder)


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(LibraryDamaged, match="INDEX_FOLDER") as caught:
        Store(tmp_path)
    assert "thesis.txt" in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_instead_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(LibraryUnwritable, match="INDEX_FOLDER"):
        Store(tmp_path / "index")


def test_lost_vectors_come_back_by_themselves(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.attach(TinyEmbedder())
        store.add(FIRST)
    (database,) = (folder / "vectors").rglob("chroma.sqlite3")
    database.write_bytes(b"garbage" * 1_000)
    with caplog.at_level(logging.WARNING), closing(Store(folder)) as store:
        store.attach(TinyEmbedder())
        assert vector_count(store) == 2
    assert "made again" in caplog.text


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.attach(TinyEmbedder())
        store.add(FIRST)
        (current,) = [path for path in (folder / "vectors").iterdir() if path.is_dir()]
        shutil.copytree(current, folder / "vectors" / "halfway")
        (folder / "vectors" / "current.json.new").write_text("{")
        store.add(SECOND)
    assert len(list((folder / "vectors").iterdir())) == 2
