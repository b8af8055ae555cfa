"""Sentences of a real weak model, whose truth is known, before the real gate."""

from pathlib import Path

import pytest

from bench.question_sets import question_files
from bench.written_sentences import TRUTHS, Told, judge, read_written_sentences
from bot.desk import Desk
from bot.settings import Settings
from index.articles import read_article
from index.passages import split_passages

WRITTEN = read_written_sentences()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """The true ones on the seed article, and every false one."""
    seed = question_files()[0][0].name
    few = [
        each
        for each in WRITTEN
        if each.truth == "false" or (each.truth == "true" and each.article == seed)
    ]
    desk = Desk(Settings(index_folder=tmp_path_factory.mktemp("index")))
    return list(judge(desk, few))


def test_there_are_sentences_of_every_kind() -> None:
    assert {each.truth for each in WRITTEN} == set(TRUTHS)
    assert len(WRITTEN) > 100


@pytest.mark.parametrize("article", [article for article, _ in question_files()])
def test_what_was_offered_are_passages(article: Path) -> None:
    starts = {passage.start for passage in split_passages(read_article(article))}
    mine = [each for each in WRITTEN if each.article == article.name]
    assert mine
    assert all(starts.issuperset(each.offered) for each in mine)


def test_nothing_false_is_let_through(told: list[Told]) -> None:
    false = [each for each in told if each.written.truth == "false"]
    assert len(false) >= 10
    assert [each.written.sentence for each in false if each.let_through] == []


def test_most_that_is_true_is_let_through(told: list[Told]) -> None:
    # Without this the test before it would also pass with a gate that stops everything.
    true = [each for each in told if each.written.truth == "true"]
    assert sum(each.let_through for each in true) > len(true) / 2


def test_a_true_sentence_that_is_stopped_leaves_a_passage_that_bears_in_its_place(
    told: list[Told],
) -> None:
    true = [each for each in told if each.written.truth == "true"]
    dropped = {each.check.reason for each in true if each.check.verdict == "dropped"}
    assert dropped <= {"the passage does not bear on the question"}


def test_a_verdict_that_is_not_known_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "some.tsv"
    file.write_text("article\tquestion\toffered\ttruth\tsentence\na\tb\t0\tmaybe\tYes.\n", "utf-8")
    with pytest.raises(ValueError, match="'maybe' is none of"):
        read_written_sentences(file)
