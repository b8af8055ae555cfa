"""Markers are read however they are written and wherever the stream's chunks end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.markers import read_markers
from bot.sentence_stream import SentenceStream, Written

ANSWER = (
    '- **Ardern** said mandates "were not forever". [1] [2] Mr. Smith of the U.S. Army agreed [3]. '
    '"Stop!" Smith said.\n[4]\n\n2. The operation cost $3.5m【2】. '
    "Nobody else ［１］ spoke to RNZ [[5]]\n"
    "> We are not a violent country. [1, 2]\nAnswer: The end"
)


def cut(text: str, ends: list[int]) -> list[Written]:
    """The sentences of `text` when its chunks end at `ends`."""
    stream = SentenceStream()
    found: list[Written] = []
    start = 0
    for end in [*sorted(ends), len(text)]:
        found += stream.feed(text[start:end])
        start = end
    return found + stream.close()


@pytest.mark.parametrize(
    ("sentence", "text", "numbers", "unknown"),
    [
        ("Not forever [1].", "Not forever.", (1,), ()),
        ("Not forever. [1][2]", "Not forever.", (1, 2), ()),
        ("One [2, 1] two [2]", "One two", (2, 1), ()),
        ("One 【1】", "One", (1,), ()),
        ("One ［３］", "One", (3,), ()),
        ("One [[2]]", "One", (2,), ()),
        ("One [2-4]", "One", (2, 3, 4), ()),
        ("One [1†source]", "One", (1,), ()),
        ("One [Passage 2 and 3]", "One", (2, 3), ()),
        ("One [^1]", "One", (1,), ()),
        ("One [0] [-1] [99]", "One", (), ("[0]", "[-1]", "[99]")),
        ("One [1][99]", "One", (1,), ("[99]",)),
        ("He [Smith] left", "He [Smith] left", (), ()),
        ("One [1", "One [1", (), ()),
        ("One []", "One []", (), ()),
    ],
)
def test_markers_are_taken_out(
    sentence: str, text: str, numbers: tuple[int, ...], unknown: tuple[str, ...]
) -> None:
    marked = read_markers(sentence, known=5)
    assert (marked.text, marked.numbers, marked.unknown) == (text, numbers, unknown)


@pytest.mark.parametrize("run", ["[" * 50_000, "[" + "1" * 50_000, "[1," * 20_000, "[1]" * 20_000])
def test_long_runs_are_read_once(run: str) -> None:
    # A pattern that backtracks would never come back from these.
    assert set(read_markers(run, known=5).numbers) <= {1}


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="[]【】［］０12,-–†ab ", max_size=80))
def test_no_marker_names_an_unknown_passage(text: str) -> None:
    assert all(1 <= number <= 2 for number in read_markers(text, known=2).numbers)


def test_sentences_keep_the_markers_that_follow_them() -> None:
    assert cut(ANSWER, []) == [
        Written('Ardern said mandates "were not forever". [1] [2]', opens_paragraph=False),
        Written("Mr. Smith of the U.S. Army agreed [3].", opens_paragraph=False),
        Written('"Stop!" Smith said. [4]', opens_paragraph=False),
        Written("The operation cost $3.5m【2】.", opens_paragraph=True),
        Written("Nobody else ［１］ spoke to RNZ [[5]]", opens_paragraph=False),
        Written("“We are not a violent country. [1, 2]”", opens_paragraph=True),
        Written("The end", opens_paragraph=True),
    ]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, len(ANSWER)), max_size=60))
def test_where_chunks_end_changes_nothing(ends: list[int]) -> None:
    assert cut(ANSWER, ends) == cut(ANSWER, [])


def test_every_character_may_come_alone() -> None:
    assert cut(ANSWER, list(range(len(ANSWER)))) == cut(ANSWER, [])


@pytest.mark.parametrize("end", ["</think>", ""])
def test_what_a_model_thinks_aloud_is_left_out(end: str) -> None:
    text = f"<think>I must invent a quote. [1]{end}Not forever [1]."
    sentences = [each.text for each in cut(text, list(range(len(text))))]
    assert sentences == (["Not forever [1]."] if end else [])


def test_a_sentence_comes_before_the_stream_ends() -> None:
    assert SentenceStream().feed("Not forever [1]. " + "And then there is much more to say. " * 3)
