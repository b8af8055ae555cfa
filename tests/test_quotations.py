"""Quotation marks of every house style become spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotations import quotations


def quoted(text: str) -> list[str]:
    paragraphs = []
    start = 0
    for line in text.split("\n"):
        paragraphs.append((start, start + len(line)))
        start += len(line) + 1
    return [text[quote.start : quote.end] for quote in quotations(text, paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Go home," he said. "Now."', ['"Go home,"', '"Now."']),
        ("“Go home,” he said. “Now.”", ["“Go home,”", "“Now.”"]),
        ("‘Go home,’ she said. ‘Now.’", ["‘Go home,’", "‘Now.’"]),
        ("'Go home,' she said. 'Now.'", ["'Go home,'", "'Now.'"]),
        ("''Go home,'' she said.", ["''Go home,''"]),
        ("«Go home», she said.", ["«Go home»"]),
        ("“He told me ‘no’ twice,” she said.", ["“He told me ‘no’ twice,”"]),
        ("''He said 'no,''' said Ms. Poe.", ["''He said 'no,'''"]),
        ("“It's unusual,“ said Noble.", ["“It's unusual,“"]),
        ("The officers' masks and the dogs' leads were gone.", []),
        ("It wasn't John's, it was the '90s, rock 'n' roll.", []),
        ('A 6" nail and a 4" screw.', []),
        ("‘We took the officers’ masks,’ she said.", ["‘We took the officers’ masks,’"]),
        ('He was "gutless", they said.', ['"gutless"']),
    ],
)
def test_marks_of_every_style(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_of_several_paragraphs_goes_on_until_it_is_closed() -> None:
    text = "“One.\n“Two.\n“Three.”\n“Another.”"
    paragraphs = [(0, 5), (6, 11), (12, 20), (21, 31)]
    found = quotations(text, paragraphs)
    assert [quote.continues for quote in found] == [False, True, True, False]
    assert [quote.closed for quote in found] == [False, False, True, True]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert quoted('"It never ends\nNobody speaks here.') == ['"It never ends']


@given(st.text(alphabet="ab. ,'\"“”‘’«»\n", max_size=80))
def test_quotations_are_in_order_inside_the_text_and_never_overlap(text: str) -> None:
    last = 0
    for quote in quotations(text, [(0, len(text))]):
        assert last <= quote.start < quote.end <= len(text)
        last = quote.end
