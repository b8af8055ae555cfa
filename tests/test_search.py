"""A question finds its passages in a library."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

import index.search
from index.articles import article_from_text
from index.passages import searchable_text
from index.reading import BEFORE, Reading
from index.search import Search
from index.store import Store
from tests.tiny_embedder import TinyEmbedder

FENCE = "Mayor Andy Foster said the fence will stay. It rained. Prime Minister Jacinda Ardern left."
GAME = "The Lions won the final. Captain Ann Smith scored twice. Their coach wept."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "index")
    opened.attach(TinyEmbedder())
    opened.add(article_from_text(FENCE, source="fence"))
    opened.add(article_from_text(GAME, source="game"))
    yield opened
    opened.close()


def search(store: Store) -> Search:
    assert store.vectors is not None
    return Search(store.library, store.vectors, TinyEmbedder())


def test_the_sentence_with_the_words_comes_first(store: Store) -> None:
    found = search(store).rank("Who scored twice?")
    assert found[0].passage.text == "Captain Ann Smith scored twice."
    assert found == sorted(found, key=lambda one: -one.score)


def test_only_the_articles_asked_are_searched_and_no_more_than_the_limit(store: Store) -> None:
    ids = store.library.article_ids()
    assert {one.passage.article_id for one in search(store).rank("final", ids[:1])} == {ids[0]}
    assert len(search(store).rank("final", limit=2)) == 2
    assert search(store).rank("final", []) == []


def test_a_misspelt_name_is_understood_from_the_article(store: Store) -> None:
    assert search(store).understand("what did fostr say").text == "what did Foster say"


def test_a_large_scope_is_searched_by_candidates_and_their_neighbours(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.search, "SMALL", 0)
    monkeypatch.setattr(index.search, "CANDIDATES", 1)
    found = search(store).rank("Who scored twice?")
    assert found[0].passage.text == "Captain Ann Smith scored twice."
    assert {one.passage.number for one in found} == {0, 1, 2}


class LongestFirst:
    """A real reranker with a simple taste."""

    def __init__(self, *, knows_answers: bool = False) -> None:
        self.knows_answers = knows_answers

    def read(self, question: str, passages: Sequence[str]) -> Reading:
        assert question
        return Reading(np.array([100.0 * len(text) for text in passages], dtype=np.float32))


def test_a_reranker_has_a_say_in_the_order_and_loses_nothing(store: Store) -> None:
    assert store.vectors is not None
    plain = search(store).rank("rained")
    second = Search(store.library, store.vectors, TinyEmbedder(), LongestFirst()).rank("rained")
    assert {one.passage for one in plain} == {one.passage for one in second}
    assert [one.passage for one in plain] != [one.passage for one in second]


def test_a_reranker_that_knows_answers_tells_what_it_thinks_of_each(store: Store) -> None:
    assert store.vectors is not None
    knowing = LongestFirst(knows_answers=True)
    found = Search(store.library, store.vectors, TinyEmbedder(), knowing).rank("rained")
    told = [one.features["answers"] for one in found]
    assert told == sorted(told, reverse=True)
    assert all(
        one.features["answers"] >= 100.0 * len(searchable_text(one.passage)) for one in found
    )


class Denier(LongestFirst):
    """Knows a contradiction by a word of it."""

    def __init__(self) -> None:
        super().__init__(knows_answers=True)
        self.heard: list[str] = []

    def read(self, question: str, passages: Sequence[str]) -> Reading:
        assert question
        self.heard += passages
        denied = np.array(
            [
                9.0 if each.endswith("Smith scored twice.") and BEFORE not in each else -9.0
                for each in passages
            ],
            np.float32,
        )
        return Reading(np.full(len(passages), -9.0, dtype=np.float32), denied)


def test_a_sentence_that_contradicts_the_question_comes_first_too(store: Store) -> None:
    assert store.vectors is not None
    found = Search(store.library, store.vectors, TinyEmbedder(), Denier()).rank("rained")
    assert "twice" in found[0].passage.text
    assert found[0].features["contradicts"] > 0 > found[1].features["contradicts"]


def test_a_sentence_that_opens_with_a_pronoun_is_read_with_the_one_before(store: Store) -> None:
    assert store.vectors is not None
    store.add(article_from_text("Eva Kuhn lost. Rain fell. Now she trains alone.", source="kuhn"))
    reader = Denier()
    Search(store.library, store.vectors, TinyEmbedder(), reader).rank("Who trains alone?")
    assert "Now she trains alone. | Rain fell." in reader.heard
    assert "Rain fell." in reader.heard


def test_an_article_added_later_is_found(store: Store) -> None:
    finder = search(store)
    finder.rank("storm")
    store.add(article_from_text("A storm hit Hull.", source="storm"))
    assert finder.rank("storm")[0].passage.text == "A storm hit Hull."
