"""The support score: high for a copy, lower for every departure from it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.support import Support, longest_common_subsequence, overlap
from tests.tiny_embedder import TinyEmbedder

PASSAGE = "A handful of protesters were arrested as barriers were installed."
OTHER = "The operation involved 300 staff."
SUPPORT = Support(TinyEmbedder())


def test_a_copy_is_fully_supported() -> None:
    assert SUPPORT.score(PASSAGE, [OTHER, PASSAGE]) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("A handful of protesters were arrested.", "A handful of police were arrested."),
        (
            "Protesters were arrested as barriers were installed.",
            "Arrested barriers as protesters.",
        ),
        ("Barriers were installed.", "The weather was fine."),
    ],
)
def test_departures_lower_the_score(nearer: str, farther: str) -> None:
    assert SUPPORT.score(nearer, [PASSAGE]) > SUPPORT.score(farther, [PASSAGE])


def test_two_passages_support_what_joins_them() -> None:
    both = "Protesters were arrested as barriers were installed, the operation involved 300 staff."
    assert SUPPORT.score(both, [PASSAGE, OTHER]) > max(SUPPORT.scores(both, [PASSAGE, OTHER]))


def test_nothing_supports_nothing() -> None:
    assert SUPPORT.score("...", [PASSAGE]) == 0.0
    assert SUPPORT.score(PASSAGE, []) == 0.0


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_every_measure_is_a_share(sentence: str, passage: str) -> None:
    assert all(0.0 <= measure <= 1.0 for measure in overlap(sentence, passage))
    assert 0.0 <= SUPPORT.score(sentence, [passage]) <= 1.0 + 1e-6


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_the_longest_common_subsequence(first: list[str], second: list[str]) -> None:
    length = longest_common_subsequence(first, second)
    assert length == longest_common_subsequence(second, first)
    assert length <= min(len(first), len(second))
    assert longest_common_subsequence(first, first) == len(first)
    assert longest_common_subsequence(first, [*second, *first]) == len(first)
