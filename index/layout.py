"""The parts of a page: paragraphs, headlines, datelines."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.grammar import DASHES, Item
from index.names import Mention
from index.tokens import Token

Span = tuple[int, int]
_AGENCIES = frozenset("ap afp reuters upi pa cnn bloomberg xinhua".split())


def paragraphs_of(text: str, spans: Sequence[Span]) -> tuple[list[Span], list[int]]:
    """The paragraphs that the spans make up, and each span's paragraph."""
    paragraphs: list[Span] = []
    number_of: list[int] = []
    for start, end in spans:
        if paragraphs and "\n" not in text[paragraphs[-1][1] : start]:
            paragraphs[-1] = (paragraphs[-1][0], end)
        else:
            paragraphs.append((start, end))
        number_of.append(len(paragraphs) - 1)
    return paragraphs, number_of


def is_headline(words: Sequence[Token], start: int, end: int, share: float = 0.75) -> bool:
    """Whether a line is In Title Case: more than `share` of its longer words, or all of them."""
    if end - start > 200:
        return False
    at = bisect_left(words, start, key=lambda token: token.start)
    long_words = []
    while at < len(words) and words[at].start < end:
        if len(words[at].word) > 3 and words[at].word[0].isalpha():
            long_words.append(words[at])
        at += 1
    capitals = sum(word.capital for word in long_words)
    return len(long_words) >= 4 and capitals >= min(share * len(long_words) + 1, len(long_words))


def after_dateline(items: list[Item]) -> list[Item]:
    """Without "WASHINGTON (AP) — " or "Aug 27 (Reuters) - " at the beginning."""
    for at, item in enumerate(items[1:9], 1):
        agency = item.lower in _AGENCIES and items[at - 1].lower == "("
        if agency and at + 3 < len(items) and items[at + 2].lower in DASHES:
            return items[at + 3 :]
    if items and items[0].word.isupper() and len(items[0].word) > 3:
        for at, item in enumerate(items[1:10], 1):
            if item.lower in DASHES and at + 1 < len(items):
                return items[at + 1 :]
            if not (item.capital or item.lower in {",", ".", "(", ")"} or item.word.isdigit()):
                break
    return items


def mentions_between(mentions: Sequence[Mention], start: int, end: int) -> Iterator[Mention]:
    at = bisect_left(mentions, start, key=lambda mention: mention.start)
    while at < len(mentions) and mentions[at].start < end:
        yield mentions[at]
        at += 1
