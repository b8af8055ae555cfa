"""A model's stream of text becomes whole sentences, each with the markers that follow it."""

import re
from dataclasses import dataclass

from bot.markers import may_become_marker, skip_markers
from index.passages import sentence_spans

# What must be known of the text after a sentence before its end is sure: an abbreviation, or a
# quotation's "Smith said", shows only there; index/passages.py looks no further.
_AHEAD = 60
_BULLET = re.compile(
    r"\s*(?:(?:[-*•‣·]|#{1,6}|\d{1,2}[.)])\s+|(?:answer|response)\s*:\s*)+", re.IGNORECASE
)
_QUOTED_LINE = re.compile(r"\s*>+\s*")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.,!?])[*_](?!\w)")
_THOUGHT = ("<think>", "</think>")


@dataclass(frozen=True)
class Written:
    """One sentence as a model wrote it, without Markdown."""

    text: str
    opens_paragraph: bool


class SentenceStream:
    """Cuts text that arrives in chunks; what it returns does not depend on where they end."""

    def __init__(self) -> None:
        self._waiting = ""
        self._line_begins = True
        self._first = True
        self._thinking: bool | None = None  # None until the first word says so

    def feed(self, chunk: str) -> list[Written]:
        """The sentences that `chunk` completes."""
        self._waiting += chunk.replace("\r", "")
        return self._take(closing=False)

    def close(self) -> list[Written]:
        """What is left when nothing more comes."""
        return self._take(closing=True)

    def _take(self, *, closing: bool) -> list[Written]:
        if not self._past_thoughts(closing=closing):
            return []
        found: list[Written] = []
        while (cut := self._line_end(closing=closing)) is not None:
            found += self._sentences(self._waiting[:cut], whole=True)[0]
            self._waiting = self._waiting[cut:].lstrip("\n")
            self._line_begins = True
        sentences, used = self._sentences(self._waiting, whole=closing)
        self._waiting = self._waiting[used:]
        return found + sentences

    def _past_thoughts(self, *, closing: bool) -> bool:
        """Leave out what a reasoning model thinks aloud before it answers."""
        opening, end = _THOUGHT
        begins = self._waiting.lstrip()
        if self._thinking is None:
            if not closing and opening.startswith(begins[: len(opening)]) and begins != opening:
                return False
            self._thinking = begins.startswith(opening)
        if not self._thinking:
            return True
        at = self._waiting.find(end)
        if at < 0:
            self._waiting = self._waiting[-len(end) :] if not closing else ""
            return False
        self._waiting = self._waiting[at + len(end) :].lstrip()
        self._thinking = False
        return True

    def _line_end(self, *, closing: bool) -> int | None:
        """The end of the first line, with the markers that stand alone on the next ones."""
        newline = self._waiting.find("\n")
        if newline < 0:
            return None
        after = skip_markers(self._waiting, newline)
        rest = self._waiting[after:]
        if not closing and (not rest or may_become_marker(rest)):
            return None
        return max(newline, len(self._waiting[:after].rstrip()))

    def _sentences(self, line: str, *, whole: bool) -> tuple[list[Written], int]:
        """The sure sentences of a line, and how many characters they use up."""
        if not whole and len(line) < _AHEAD:
            return [], 0
        begin = 0
        quoted = None
        if self._line_begins:
            quoted = _QUOTED_LINE.match(line)
            if bullet := quoted or _BULLET.match(line):
                begin = bullet.end()
        found: list[Written] = []
        used = 0
        for start, end in sentence_spans(line[begin:]):
            start, end = max(begin + start, used), begin + end
            end = max(end, len(line[: skip_markers(line, end)].rstrip()))
            if start >= end:
                continue
            if not whole and (end + _AHEAD > len(line) or may_become_marker(line[end:])):
                break
            text = _EMPHASIS.sub("", " ".join(line[start:end].split()))
            if quoted:
                text = f"“{text}”"
            if text:
                found.append(Written(text, self._line_begins and not self._first))
            self._line_begins = self._first = False
            used = end
        return found, len(line) if whole else used
