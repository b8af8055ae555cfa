"""The library is the source of truth: what is in it, in which order, and how words find it."""

import ast
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.articles import Article, article_from_text
from index.errors import LibraryUnwritable, UnknownArticle
from index.library import Library, rule_files, vector_id
from index.passages import searchable_text, split_passages

ROOT = Path(__file__).resolve().parent.parent
FIRST = article_from_text(
    "Café owners protest. The mandates ended in April. Protesters left Wellington.", "first.txt"
)
SECOND = article_from_text("A storm hit Leeds. The storm's damage was small.", "second.txt")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path)) as library:
        library.prepare()
        library.add(FIRST)
        library.add(SECOND)
        yield library


def found(
    library: Library, query: str, articles: tuple[Article, ...] = (FIRST, SECOND)
) -> list[str]:
    hits = library.keyword_search(query, [each.id for each in articles], 10)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    return [passage.text for passage, _ in hits]


def test_passages_come_back_as_they_were_split(library: Library) -> None:
    assert tuple(library.passages(FIRST.id)) == split_passages(FIRST)
    assert library.passages("unknown") == []


def test_every_passage_has_a_vector_id_of_its_words(library: Library) -> None:
    expected = [vector_id(FIRST.id, searchable_text(passage)) for passage in split_passages(FIRST)]
    assert library.vector_ids(FIRST.id) == expected
    assert set(library.vector_ids()) == set(expected) | set(library.vector_ids(SECOND.id))
    texts = library.vector_texts(expected)
    assert texts[expected[1]] == (FIRST.id, searchable_text(split_passages(FIRST)[1]))
    behind = library.passages_of_vectors(expected)
    assert [behind[key][0].number for key in expected] == [0, 1, 2]


def test_ids_and_titles_are_those_of_the_articles_in_order(library: Library) -> None:
    articles = library.articles()
    assert library.article_ids() == [each.id for each in articles]
    assert list(library.titles().items()) == [(each.id, each.title) for each in articles]


def test_a_repeated_sentence_shares_its_vector(library: Library) -> None:
    article = article_from_text("Stop. It ends. Stop.", "third.txt")
    library.add(article)
    first, _, last = library.vector_ids(article.id)
    assert first == last
    assert [each.number for each in library.passages_of_vectors([first])[first]] == [0, 2]


def test_words_are_found_in_any_form(library: Library) -> None:
    assert sorted(found(library, "protesting")) == [
        "Café owners protest.",
        "Protesters left Wellington.",
    ]
    assert found(library, "CAFE") == ["Café owners protest."]
    assert found(library, "mandate?") == ["The mandates ended in April."]
    assert found(library, "storm")[0].endswith(".")
    assert found(library, "storm", (FIRST,)) == []
    assert found(library, "storm", ()) == []


@pytest.mark.parametrize(
    "query",
    [
        *(
            "",
            "?",
            '"',
            "'",
            "AND",
            "NOT storm",
            "storm AND",
            "NEAR(storm)",
            "content:storm",
            "storm*",
        ),
        *(
            "^storm",
            "storm OR",
            "(storm",
            '"storm',
            "{storm}",
            "storm -damage",
            "st\x00orm",
            "²",
            "½",
        ),
        *("\ud800", "storm " * 5_000, " ".join(f"w{n}" for n in range(5_000)), "x" * 1_000_000),
        *("'; DROP TABLE articles; --", "文", "👩‍👩‍👧", "e\u0301"),
    ],
)
def test_no_question_breaks_the_search(library: Library, query: str) -> None:
    found(library, query)
    assert found(library, "April") == ["The mandates ended in April."]


@given(query=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_query(library: Library, query: str) -> None:
    found(library, query)


def test_a_long_list_of_articles_can_be_searched(library: Library) -> None:
    ids = [f"none-{number}" for number in range(50_000)] + [FIRST.id]
    assert len(library.keyword_search("april", ids, 5)) == 1


def test_an_unknown_article_is_named(library: Library) -> None:
    with pytest.raises(UnknownArticle, match="nonesuch"):
        library.article("nonesuch")
    with pytest.raises(UnknownArticle, match="nonesuch"):
        library.remove("nonesuch")


def test_a_change_by_another_process_is_seen(library: Library, tmp_path: Path) -> None:
    assert library.passages(FIRST.id)
    with closing(Library(tmp_path)) as other:
        other.remove(FIRST.id)
        assert library.passages(FIRST.id) == []
        assert library.vector_ids(FIRST.id) == []
        other.add(FIRST)
    assert tuple(library.passages(FIRST.id)) == split_passages(FIRST)


def test_a_transaction_that_fails_changes_nothing(library: Library) -> None:
    before = (library.articles(), library.vector_ids())
    third = article_from_text("A third one. It has two.", "first.txt")
    with pytest.raises(ZeroDivisionError), library._changing() as execute:
        execute("DELETE FROM articles", [1 / 0] if execute("DELETE FROM words") else ())
    assert (library.articles(), library.vector_ids()) == before
    library.add(third)
    assert library.articles() == [third, SECOND]


def test_new_rules_split_every_article_again(library: Library, tmp_path: Path) -> None:
    with closing(sqlite3.connect(library.path)) as database, database:
        database.execute("UPDATE facts SET value = 'older' WHERE name = 'rules'")
        database.execute("UPDATE passages SET speaker = NULL, vector_id = 'old' || id")
        database.execute("DELETE FROM words")
    with closing(Library(tmp_path)) as again:
        assert not again.current
        again.prepare()
        assert again.current
        assert tuple(again.passages(FIRST.id)) == split_passages(FIRST)
        assert not any(key.startswith("old") for key in again.vector_ids())
        assert found(again, "April") == ["The mandates ended in April."]


def test_every_file_that_decides_on_passages_is_watched() -> None:
    needed, seen = ["passages.py"], set[str]()
    folder = ROOT / "index"
    while needed:
        name = needed.pop()
        if name in seen:
            continue
        seen.add(name)
        for node in ast.walk(ast.parse((folder / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (module := str(node.module))[:6] == "index.":
                needed += [f"{module.removeprefix('index.')}.py"]
    assert {path.name for path in rule_files()} == seen
    assert seen > {"passages.py", "speakers.py"}


# What needs a file system of its own: a folder that is read-only, a disk that is full.

CAN_MOUNT = (
    subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    ).returncode
    == 0
)


def in_own_mounts(folder: Path, mount: str, program: str) -> str:
    """Run a program below a mount that nobody else sees; returns what it printed."""
    done = subprocess.run(
        [
            *("unshare", "-rm", "sh", "-c", f'{mount} && exec "$0" -c "$1" "$2"'),
            *(sys.executable, program, str(folder)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


PRELUDE = """
import sys
from pathlib import Path
from index.articles import article_from_text
from index.errors import LibraryUnwritable
from index.store import Store
from tests.tiny_embedder import TinyEmbedder
folder = Path(sys.argv[1])
first = article_from_text("The mandates ended. It was April.", "first.txt")
second = article_from_text("A storm hit Leeds. It was late.", "second.txt")
def tried(action):
    try:
        action()
    except LibraryUnwritable as refused:
        print("refused:", refused)
"""


@pytest.mark.skipif(not CAN_MOUNT, reason="needs the right to mount in a namespace of its own")
def test_a_read_only_index_still_answers(tmp_path: Path) -> None:
    from index.store import Store
    from tests.tiny_embedder import TinyEmbedder

    folder = tmp_path / "index"
    with closing(Store(folder)) as store:
        store.attach(TinyEmbedder())
        store.add(FIRST)
    printed = in_own_mounts(
        folder,
        f"mount --bind {folder} {folder} && mount -o remount,bind,ro {folder}",
        PRELUDE
        + """
store = Store(folder)
vectors = store.attach(TinyEmbedder())
(article,) = store.library.articles()
print(len(vectors.vectors_of(article.id)[0]), "vectors")
print(len(store.library.keyword_search("april", [article.id], 5)), "by word")
tried(lambda: store.add(second))
tried(lambda: store.remove(article.id))
print(len(store.library.articles()), "article")
vectors.close()
""",
    )
    lines = printed.splitlines()
    assert lines[:2] == ["3 vectors", "1 by word"]
    assert lines[2].startswith(f"refused: The index folder {folder} cannot be written")
    assert lines[3].startswith("refused: ")
    assert lines[4] == "1 article"


@pytest.mark.skipif(not CAN_MOUNT, reason="needs the right to mount in a namespace of its own")
def test_a_full_disk_leaves_the_old_index(tmp_path: Path) -> None:
    printed = in_own_mounts(
        tmp_path,
        f"mount -t tmpfs -o size=4m none {tmp_path}",
        PRELUDE
        + """
import os
from index.passages import split_passages
store = Store(folder / "index")
store.attach(TinyEmbedder())
store.add(first)
filler = open(folder / "filler", "wb")
def fill(left):
    filler.write(bytes(max(0, os.statvfs(folder).f_bavail * 4096 - left)))
    filler.flush()
def whole(store):
    for article in store.library.articles():
        assert tuple(store.library.passages(article.id)) == split_passages(article)
    vectors = store.attach(TinyEmbedder())
    assert len(vectors.vectors_of(first.id)[0]) == 2
    assert store.library.keyword_search("april", [first.id], 5)
for left in (600_000, 300_000, 100_000, 20_000, 0):
    fill(left)
    long = article_from_text("A storm hit. " * 3000 + f"It was {left}.", f"{left}.txt")
    tried(lambda: store.add(long))
    whole(store)
store.close()
store = Store(folder / "index")
whole(store)
filler.close()
os.truncate(folder / "filler", 0)
store.add(second)
whole(store)
print("done", second in store.library.articles())
""",
    )
    lines = printed.splitlines()
    assert lines[-1] == "done True"
    assert len(lines) > 2
    assert all("free some space" in line for line in lines[:-1])


def test_no_library_can_be_made_where_nothing_can_be_written() -> None:
    with pytest.raises(LibraryUnwritable, match="INDEX_FOLDER"):
        Library(Path("/proc"))
