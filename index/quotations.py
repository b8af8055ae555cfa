"""Where an article quotes: spans between quotation marks, of every house style.

Straight, curly and angled double marks; single marks the British way; a quotation of several
paragraphs, each opened again and only the last one closed; a mark that is never closed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_MARK = re.compile("[\"“”„«»]|'{2,3}|``|(?<!\\w)['‘](?=[^\\s'])|(?<=[^\\s])['’](?!\\w)")
_OPENS_DOUBLE = "“„«"
# Words that begin with an apostrophe, which opens no quotation.
_ELISION = re.compile(
    r"['‘’](?:\d\ds?\b|(?:em|til|tis|twas|cause|n|round|bout|cos)\b)", re.IGNORECASE
)
_SENTENCE_MARKS = ".,!?…;:—-"


@dataclass(frozen=True)
class Quotation:
    """The words between two marks of one paragraph, with the marks: `text[start:end]`."""

    start: int
    end: int
    closed: bool
    continues: bool = False
    """Whether it goes on from the previous paragraph's, which was left open."""


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """Every outermost quotation of each paragraph, in order; time grows linearly with `text`."""
    found: list[Quotation] = []
    left_open = False
    for start, end in paragraphs:
        inside = _paragraph_quotations(text, start, end)
        if left_open and inside and inside[0].start == start:
            first = inside[0]
            inside[0] = Quotation(first.start, first.end, first.closed, continues=True)
        left_open = bool(inside) and not inside[-1].closed
        found += inside
    return found


def _paragraph_quotations(text: str, start: int, end: int) -> list[Quotation]:
    marks = [
        mark
        for mark in _MARK.finditer(text, start, end)
        if not (mark.group() in "'‘’" and _ELISION.match(text, mark.start(), end))
    ]
    found: list[Quotation] = []
    opened = -1
    at = 0
    while at < len(marks):
        mark = marks[at]
        at += 1
        if mark.group() in "'‘’":
            # Inside double marks single ones are a quotation within, or an apostrophe.
            if opened < 0 and _opens(text, mark, start, end):
                closing = _single_close(text, marks, at)
                if closing is not None:
                    found.append(Quotation(mark.start(), marks[closing].end(), closed=True))
                    at = closing + 1
            continue
        if opened < 0:
            may_open = mark.group() not in "”»" or _opens(text, mark, start, end)
            if may_open and not _is_inches(text, mark, start):
                opened = mark.start()
        elif (mark.group() not in _OPENS_DOUBLE or _closes(text, mark, end)) and not _reopens(
            text, mark, end
        ):
            found.append(Quotation(opened, mark.end(), closed=True))
            opened = -1
        elif mark.group() not in _OPENS_DOUBLE:
            found.append(Quotation(opened, mark.start(), closed=True))
            opened = mark.start()
    if opened >= 0:
        found.append(Quotation(opened, end, closed=False))
    return found


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return not after.isspace() and (before.isspace() or before in '([-–—/:"“')


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether an opening mark stands where only a closing one can, as a slip: `unusual,“ said`."""
    after = text[mark.end()] if mark.end() < end else " "
    return after.isspace() and not text[mark.start() - 1].isspace()


def _reopens(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether a straight mark inside a quotation can only begin another: `word "word`."""
    before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
    return before.isspace() and after.isalnum() and mark.end() < end


def _is_inches(text: str, mark: re.Match[str], start: int) -> bool:
    return mark.group() == '"' and mark.start() > start and text[mark.start() - 1].isdigit()


def _single_close(text: str, marks: Sequence[re.Match[str]], at: int) -> int | None:
    """The index of the mark that closes a single quotation, or None.

    A mark after a stop closes; one after a letter may be a possessive ("the officers' masks"),
    so it closes only if no mark after a stop comes before the next opening.
    """
    candidate = None
    for index in range(at, len(marks)):
        mark = marks[index]
        if mark.group() not in "'’":
            if mark.group() == "‘":
                break
            continue
        if text[mark.start() - 1] in _SENTENCE_MARKS:
            return index
        if text[mark.start() - 1].isspace():
            break  # the next one opens
        if candidate is None:
            candidate = index
        elif text[mark.start() - 1] != "s":
            return candidate if text[marks[candidate].start() - 1] != "s" else index
    return candidate
