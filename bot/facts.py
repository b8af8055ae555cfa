"""The numbers, dates and proper names of a sentence, as they can be looked for in its sources.

Nothing is guessed: a number or name that is written in a way unknown here counts as another one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.quotations import quotations
from index.words import STOP_WORDS, plain, stem

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_UNITS)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twice": 2, "double": 2, "triple": 3, "dozen": 12,
}  # fmt: skip
_SIZES = {
    "hundred": "hundred", "hundreds": "hundred", "thousand": "thousand", "thousands": "thousand",
    "k": "thousand", "million": "million", "millions": "million", "m": "million", "mn": "million",
    "billion": "billion", "billions": "billion", "bn": "billion", "b": "billion",
    "trillion": "trillion", "trillions": "trillion", "tn": "trillion", "dozens": "dozens",
    "half": "half", "quarter": "quarter", "%": "percent", "percent": "percent", "pc": "percent",
}  # fmt: skip
_DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december yesterday today tomorrow tonight".split()
)
_NUMBER = re.compile(r"([$£€¥])?(\d+(?:[.,:/]\d+)*)\s?(per cent|%|[^\W\d_]+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_CAPITALS = re.compile(
    r"[A-ZÀ-ÖØ-Þ][^\W_]*(?:['’.][^\W_]+)*(?:[ -][A-ZÀ-ÖØ-Þ][^\W_]*(?:['’.][^\W_]+)*)*"
)
# Words that open a sentence with a capital and name nobody.
_OPENERS = STOP_WORDS | frozenset(
    "according additionally although among another despite earlier finally first furthermore "
    "however instead later meanwhile moreover nevertheless overall previously rather recently "
    "regarding second several similarly since specifically then therefore though thus together "
    "today while yes no both additional overall people reports further next last".split()
)


def unknown_facts(sentence: str, sources: Sequence[str]) -> list[str]:
    """The numbers, dates and proper names of `sentence` that stand in none of `sources`.

    Words within quotation marks are left out: they are checked as quotations.
    """
    for start, end in quotations(sentence):
        sentence = sentence[:start] + " " * (end - start) + sentence[end:]
    known_numbers = {number for source in sources for number in numbers(source)}
    missing = [number for number in dict.fromkeys(numbers(sentence)) if number not in known_numbers]
    return missing + unknown_names(sentence, sources)


def numbers(text: str) -> Iterator[str]:
    """Every number in one spelling: "3,000", "twenty-five", "$5m" are 3000, 25, "5 million".

    "One" is no number here, for it mostly is a pronoun; days, months and the like are.
    """
    for match in _NUMBER.finditer(text):
        digits, unit = match.group(2), plain(match.group(3) or "")
        digits = re.sub(r",(?=\d{3}(?!\d))", "", digits).replace(":", ".")
        size = "percent" if unit == "per cent" else _SIZES.get(unit)
        yield f"{digits} {size}" if size else digits
        if size and size != "percent" and len(unit) < 4:
            yield size  # as the loop below does for the whole word
    held = 0
    for match in _WORD.finditer(re.sub(r"(?i)\bper cent\b", "percent", text)):
        word = plain(match.group())
        if word in _DATES and not (word in {"may", "march"} and match.group().islower()):
            yield word
        if word in _SIZES and len(word) > 2 and word != "percent":
            yield _SIZES[word]
        value = _NUMBER_WORDS.get(word)
        if held and value is not None and 0 < value < 10:
            yield str(held + value)
            held = 0
            continue
        if held:
            yield str(held)
        held = value if value is not None and value in range(20, 100, 10) else 0
        if value is not None and not held and word != "one":
            yield str(value)
    if held:
        yield str(held)


def unknown_names(sentence: str, sources: Sequence[str]) -> list[str]:
    """The proper names of `sentence` of which a word, or the order of words, is in no source."""
    known: set[str] = set()
    neighbours: set[tuple[str, str]] = set()
    for source in sources:
        stems = [stem(plain(word)) for word in _name_words(source)]
        known.update(stems)
        neighbours.update(pairwise(stems))
    lower = {stem(word) for source in sources for word in re.findall(r"\b[a-z]\w*", source)}
    missing = []
    for match in _CAPITALS.finditer(sentence):
        parts = _name_words(match.group())
        if _opens(sentence, match.start()) and plain(parts[0]) in _OPENERS:
            parts = parts[1:]
        stems = [stem(plain(word)) for word in parts if plain(word) not in {"i", "i'm"}]
        # "Mayor Foster" is no new name where the source writes "mayor Andy Foster".
        torn = any(pair not in neighbours and pair[0] not in lower for pair in pairwise(stems))
        if torn or any(word not in known for word in stems):
            missing.append(match.group())
    return missing


def _name_words(text: str) -> list[str]:
    return [re.sub(r"['’]s$", "", word) for word in re.findall(r"[^\W_]+(?:['’.][^\W_]+)*", text)]


def _opens(sentence: str, at: int) -> bool:
    return not any(character.isalnum() for character in sentence[:at])
