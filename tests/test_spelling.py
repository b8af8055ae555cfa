"""Misspelt words are put right from the article, and nothing else is touched."""

from hypothesis import given
from hypothesis import strategies as st

from index.spelling import Spelling, edits

ARTICLE = (
    "Prime Minister Jacinda Ardern said the vaccine mandates were not forever.",
    "Wellington mayor Andy Foster said an infection had spread. Protesters left.",
)
spelling = Spelling(ARTICLE)
letters = st.text("abc", max_size=6)


def test_a_misspelt_name_is_the_name_in_the_article() -> None:
    assert spelling.corrected("what did adern say") == "what did Ardern say"
    assert spelling.corrected("Jacnida's view") == "Jacinda's view"


def test_a_misspelt_word_is_the_word_in_the_article() -> None:
    assert spelling.corrected("the vacine mandats in welington") == (
        "the vaccine mandates in Wellington"
    )


def test_a_common_word_that_the_article_lacks_stays() -> None:
    assert spelling.corrected("What about inflation and justice?") == (
        "What about inflation and justice?"
    )


def test_a_stranger_to_the_article_stays() -> None:
    assert spelling.corrected("What did Hipkins say to Luxon?") == "What did Hipkins say to Luxon?"


@given(st.text())
def test_correcting_twice_changes_nothing_more(text: str) -> None:
    once = spelling.corrected(text)
    assert spelling.corrected(once) == once


def test_an_empty_article_corrects_nothing() -> None:
    assert Spelling([]).corrected("adern") == "adern"


@given(letters, letters)
def test_edits_are_symmetric_and_nought_only_for_equals(first: str, second: str) -> None:
    assert edits(first, second, 9) == edits(second, first, 9)
    assert (edits(first, second, 9) == 0) == (first == second)


def test_swapped_neighbours_are_one_edit_and_the_limit_holds() -> None:
    assert edits("ardren", "ardern", 2) == 1
    assert edits("abcdef", "uvwxyz", 2) == 3
