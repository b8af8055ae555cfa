"""Text folded to one typography, with the way back to every original offset.

Only what a keyboard or a house style changes is folded: the shape of quotation marks, dashes,
ellipses and spaces, invisible characters, ligatures and composed accents. Quotation marks go
altogether, because a quotation within a quotation loses or changes its own; an apostrophe within a
word stays. No letter, digit, sign or other mark is folded: texts that fold alike hold the same
words.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

_DOUBLE = '"“”„‟«»″〝〞＂'
_SINGLE = "'‘’‚‛`´ʼ′＇"
# A dash that breaks a sentence has spaces or is long; a short one without them joins a word.
_TYPOGRAPHY = re.compile(
    rf"""
      (?P<nothing>[\u00ad\u200b-\u200d\u2060]+)
    | (?P<ellipsis>[.…\s]*(?:…|\.\s?\.\s?\.)[.…\s]*)
    | (?P<breaking>\s*(?:[—―]|--+)\s*|\s+[-–‐‑‒−]\s+)
    | (?P<hyphen>[–‐‑‒−])
    | (?P<double>[{_DOUBLE}]|''|``|’’|‘‘)
    | (?P<single>[{_SINGLE}])
    | (?P<space>\s+)
    | (?P<accented>[^\W\d_][\u0300-\u036f]+)
    | (?P<ligature>[ﬀ-ﬆ])
    """,
    re.VERBOSE,
)
_ALWAYS = {"nothing": "", "ellipsis": "...", "breaking": " - ", "hyphen": "-"}
_JOINS_WORDS = "-'"
_JOINS_NUMBERS = ".,:/"
_CURRENCY = "$£€¥₹"


@dataclass(frozen=True)
class Folded:
    """`text` in one typography; `original` leads from its offsets to those of what was folded."""

    text: str
    starts: tuple[int, ...]
    """Where each piece begins in `text`, ascending; a piece is verbatim or replaced as a whole."""
    originals: tuple[Span, ...]
    """Where each piece stands in the original."""

    def original(self, start: int, end: int) -> Span:
        """The original span of `text[start:end]`, which must not be empty."""
        first, last = (bisect_right(self.starts, at) - 1 for at in (start, end - 1))
        begin, stop = self.originals[first][0], self.originals[last][1]
        if self._verbatim(first):
            begin += start - self.starts[first]
        if self._verbatim(last):
            stop = self.originals[last][0] + end - self.starts[last]
        return begin, stop

    def _verbatim(self, piece: int) -> bool:
        follows = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        start, end = self.originals[piece]
        return follows - self.starts[piece] == end - start


def fold(text: str) -> Folded:
    """Fold the typography of `text`; linear in its length."""
    pieces: list[str] = []
    starts: list[int] = []
    originals: list[Span] = []
    length = at = 0

    def add(piece: str, start: int, end: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            starts.append(length)
            originals.append((start, end))
            length += len(piece)

    for match in _TYPOGRAPHY.finditer(text):
        replacement = _replacement(match, text)
        if replacement == match.group():
            continue
        add(text[at : match.start()], at, match.start())
        add(replacement, match.start(), match.end())
        at = match.end()
    add(text[at:], at, len(text))
    return Folded("".join(pieces), tuple(starts), tuple(originals))


def _replacement(match: re.Match[str], text: str) -> str:
    kind = str(match.lastgroup)
    if kind in _ALWAYS:
        return _ALWAYS[kind]
    if kind in {"double", "single"}:
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isalnum() and after.isalnum():
            return "'"
        # After a digit the mark may mean feet or minutes, inches or seconds.
        return ("'" if kind == "single" else '"') if before.isdigit() else ""
    if kind == "space":
        return " "
    return unicodedata.normalize("NFC" if kind == "accented" else "NFKC", match.group())


def inside_word(text: str, at: int) -> bool:
    """Whether a cut at `at` would divide a word or number: "don|'t", "3|,000", "re-|elect"."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum():
        return after.isalnum() or _combining(after) or _joins(text, at) or _is_percent(text, at)
    if _combining(before) or _combining(after):
        return True
    if after.isalnum():
        joined = _joins(text, at - 1) if at >= 2 and text[at - 2].isalnum() else False
        return joined or (after.isdigit() and (before in _CURRENCY or _is_minus(text, at - 1)))
    return False


def _joins(text: str, at: int) -> bool:
    """Whether the mark at `at`, which follows a letter or digit, goes on with the same word."""
    mark, before, after = text[at], text[at - 1], text[at + 1 : at + 2]
    if not after.isalnum():
        return False
    if mark in _JOINS_WORDS or (mark == "." and before.isalpha() and after.isalpha()):
        return True
    return mark in _JOINS_NUMBERS and before.isdigit() and after.isdigit()


def _combining(character: str) -> bool:
    return unicodedata.combining(character) > 0


def _is_percent(text: str, at: int) -> bool:
    return text[at] in "%‰" and text[at - 1].isdigit()


def _is_minus(text: str, at: int) -> bool:
    return text[at] == "-" and (at == 0 or text[at - 1].isspace() or text[at - 1] in "('")


def occurrences(words: str, text: str) -> Iterator[Span]:
    """Every place in `text` where `words` stand letter for letter and as whole words."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not inside_word(text, at) and not inside_word(text, end):
            yield at, end
        at = text.find(words, at + 1)
