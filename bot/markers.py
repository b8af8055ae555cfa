"""Citation markers in a model's sentence: [1], [1, 2], [[1]], 【1†source】, ［１］, [Passage 3].

Read by a scanner that looks at each character a fixed number of times; regular expressions for
this backtrack on long runs of digits and brackets.
"""

from dataclasses import dataclass

_OPENING = "[【［〔⟦"
_CLOSING = "]】］〕⟧"
_LONGEST = 60  # characters within a marker's brackets; longer ones are text
_WORDS = frozenset(
    "passage passages source sources p pp no and article sentence quote citation ref".split()
)
_SIGNS = frozenset(",;.&#^†-–—:…|/ \t\u00a0")
_LONGEST_RANGE = 20


@dataclass(frozen=True)
class Marked:
    """A sentence without its citation markers, and what they named."""

    text: str
    numbers: tuple[int, ...]
    """The known passages cited, in order of appearance, each once."""
    unknown: tuple[str, ...]
    """Markers that name no known passage, as they were written."""


def read_markers(sentence: str, known: int) -> Marked:
    """Take the markers out of `sentence`; numbers from 1 to `known` name passages."""
    kept: list[str] = []
    numbers: dict[int, None] = {}
    unknown: list[str] = []
    at = 0
    while at < len(sentence):
        end = marker_end(sentence, at)
        if end is None:
            kept.append(sentence[at])
            at += 1
            continue
        marker = sentence[at:end]
        named = _numbers(marker)
        numbers.update(dict.fromkeys(number for number in named if 1 <= number <= known))
        if not named or any(not 1 <= number <= known for number in named):
            unknown.append(marker)
        at = end
        while kept and kept[-1] in " \t\u00a0" and sentence[at : at + 1] in (*" .,;:!?)", ""):
            kept.pop()
    return Marked("".join(kept).strip(), tuple(numbers), tuple(unknown))


def marker_end(text: str, start: int) -> int | None:
    """Where the marker that opens at `start` ends; None where none opens or it is not closed."""
    if text[start] not in _OPENING:
        return None
    depth = 0
    for at in range(start, min(len(text), start + _LONGEST)):
        if text[at] in _OPENING:
            depth += 1
        elif text[at] in _CLOSING:
            depth -= 1
            if not depth:
                return at + 1 if _is_marker(text[start : at + 1]) else None
    return None


def skip_markers(text: str, start: int) -> int:
    """Where the markers and spaces at `start` end."""
    at = start
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif (end := marker_end(text, at)) is not None:
            at = end
        else:
            break
    return at


def may_become_marker(text: str) -> bool:
    """Whether the end of `text` could be the beginning of a marker that is still to come."""
    tail = text[-_LONGEST:]
    opening = max((tail.rfind(bracket) for bracket in _OPENING), default=-1)
    return opening >= 0 and not any(bracket in tail[opening:] for bracket in _CLOSING)


def _is_marker(marker: str) -> bool:
    inner = marker.strip(_OPENING + _CLOSING)
    return any(character.isdecimal() for character in inner) and all(
        word.isdecimal() or word.casefold() in _WORDS for word in _words(inner)
    )


def _words(inner: str) -> list[str]:
    """Runs of digits and of letters; a sign that no marker holds makes a word of its own."""
    found: list[str] = []
    previous = ""
    for character in inner:
        kind = "digit" if character.isdecimal() else "letter" if character.isalpha() else character
        if character in _SIGNS or character in _OPENING or character in _CLOSING:
            previous = ""
            continue
        if kind == previous:
            found[-1] += character
        else:
            found.append(character)
        previous = kind
    return found


def _numbers(marker: str) -> list[int]:
    """The numbers of a marker, ranges filled in; a minus makes a number that is never known."""
    inner = marker.strip(_OPENING + _CLOSING)
    numbers: list[int] = []
    digits = ""
    dash = negative = False
    for character in inner + " ":
        if character.isdecimal():
            digits += character
            continue
        if digits:
            # Longer runs of digits are no number of a passage, and int() refuses the longest.
            number = int(digits) if len(digits) < 10 else 0
            if dash and numbers and 0 < number - numbers[-1] <= _LONGEST_RANGE:
                numbers += range(numbers[-1] + 1, number)
            numbers.append(-number if negative else number)
            digits, dash, negative = "", False, False
        if character in "-–—":
            dash, negative = bool(numbers), not numbers
        elif not character.isspace():
            dash = negative = False
    return numbers
