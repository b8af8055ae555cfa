"""The numbers of a text, each with what it counts: "122 people", "$1,500", "14-day"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.words import STOP_WORDS, stem, words

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: float(value) for value, word in enumerate(_UNITS)} | {
    word: float(10 * value) for value, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "m": 1e6}
_WORD = "|".join((*_TENS, *reversed(_UNITS)))
_NUMBER = re.compile(
    rf"(?i)(?P<money>[$£€¥]\s?)?(?:(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?![\d.,:]*\d)|"
    rf"\b(?P<word>(?:{_WORD})(?:-(?:{_WORD}))?)\b)(?P<half>st|nd|rd|th|s\b)?"
    rf"(?:\s(?P<scale>hundred|thousand|million|billion|bn|m)\b)?"
)
_HEDGED = re.compile(
    r"(?i)\b(?:more than|over|at least|about|around|nearly|almost|some|up to|roughly|fewer than|"
    r"less than|under|approximately|as many as|between|another|other|last|"
    r"past|next|first|every|\d+ (?:to|or|and))\s+$"
)
_RANGE = re.compile(r"(?i)^\s*(?:-|–|to|or|and)\s*\$?\d")


@dataclass(frozen=True)
class Quantity:
    """A number in a text."""

    value: float
    counted: tuple[str, ...]
    """The stems of the one or two words after it; "$" for money."""
    vague: bool
    """Whether it is one end of a range, "about" or "another" so many."""

    def differs(self, other: "Quantity") -> bool:
        """Whether both count the same thing exactly, and not alike."""
        same_thing = bool(set(self.counted) & set(other.counted))
        return same_thing and not self.vague and not other.vague and self.value != other.value

    def is_written(self, word: str) -> bool:
        """Whether `word` alone, "50" or "fifty", is this number."""
        return any(each.value == self.value for each in quantities(f"{word} people"))


@lru_cache(maxsize=16_384)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The exact and vague numbers of `text`; no ordinals, scores, clock times or years."""
    found = []
    for match in _NUMBER.finditer(text):
        digits, word = match.group("digits"), match.group("word")
        if match.group("half") or (word or "").lower() in {"one", "zero"}:
            continue
        before, after = text[: match.start()], text[match.end() :]
        if re.search(r"[\w./:-]$", before) or re.match(r"[/:]|-\d", after):
            continue
        value = float(digits.replace(",", "")) if digits else _spelt(word)
        value *= _SCALES.get((match.group("scale") or "").lower(), 1.0)
        counted = _counted(after, money=bool(match.group("money")))
        if counted and not _is_year(digits, counted):
            vague = bool(_HEDGED.search(before) or _RANGE.match(after))
            found.append(Quantity(value, counted, vague))
    return tuple(found)


def _spelt(word: str) -> float:
    return sum(_VALUES[part] for part in word.lower().split("-"))


def _counted(after: str, *, money: bool) -> tuple[str, ...]:
    if money:
        return ("$",)
    clause = re.split(r"[,;:.!?()\"“”]", after, maxsplit=1)[0]
    if clause.lstrip().startswith("%"):
        return ("percent",)
    content = [word for word in words(clause)[:4] if word not in STOP_WORDS]
    return tuple(stem(word) for word in content[:2])


def _is_year(digits: str | None, counted: tuple[str, ...]) -> bool:
    return bool(digits and re.fullmatch(r"1[5-9]\d\d|20\d\d", digits) and counted != ("$",))
