"""Where a text sets words in quotation marks."""

import re

from bot.typography import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "〝": "〞〟"}
_STRAIGHT = '"＂'
_MARKS = re.compile('["＂“”„«»‹›「」『』〝〞〟]')
# An opening single mark stands before a word and not within one; '90s and 'til are apostrophes.
_SINGLE_OPENING = re.compile(r"(?<![\w'’‘])['‘](?=[\w\"“(….£$])(?!\d\ds\b|til\b|em\b|cause\b|n\b)")
_SINGLE_CLOSING = re.compile(r"(?<=[^\s'‘])['’](?![\w'’])")


def quotations(text: str) -> tuple[Span, ...]:
    """The spans of `text` in quotation marks, marks included, in order; none within another.

    A mark that is never closed quotes to the end of the text, and one that was never opened from
    its beginning. Single marks count where they can be told from apostrophes.
    """
    spans = _double(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        spans += _single(text, start, end)
    return tuple(sorted(spans))


def quoted_words(text: str, span: Span) -> Span:
    """The span of the words within a quotation's marks."""
    start, end = span
    if _MARKS.match(text[start]) or text[start] in "'‘":
        start += 1
    if end > start and (_MARKS.match(text[end - 1]) or text[end - 1] in "'’"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _double(text: str) -> list[Span]:
    spans: list[Span] = []
    opened: int | None = None
    closing = ""
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if opened is None:
            if mark in _STRAIGHT and _can_open(text, at):
                opened, closing = at, _STRAIGHT + "”"
            elif mark in _PAIRS and mark != "»":
                opened, closing = at, _PAIRS[mark] + (_STRAIGHT if mark == "“" else "")
            elif at and not spans and not text[at - 1].isspace() and not text[at - 1].isdigit():
                spans.append((0, at + 1))  # closed here, opened before the text begins
        elif mark in closing:
            spans.append((opened, at + 1))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans


def _can_open(text: str, at: int) -> bool:
    after_word = at > 0 and text[at - 1].isalnum()
    return not after_word and at + 1 < len(text) and not text[at + 1].isspace()


def _single(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    at = start
    while opening := _SINGLE_OPENING.search(text, at, end):
        following = _SINGLE_OPENING.search(text, opening.end(), end)
        limit = following.start() if following else end
        closings = [match.end() for match in _SINGLE_CLOSING.finditer(text, opening.end(), limit)]
        if not closings:
            at = opening.end()
            continue
        # "protesters'" may end a quotation or own something: the last mark that can close does.
        plain = [close for close in closings if text[close - 2] != "s"]
        at = plain[0] if plain else closings[-1]
        spans.append((opening.start(), at))
    return spans
