"""Noun phrases: the words that name a source, and which of them can speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.grammar import (
    ADVERBS,
    AUXILIARIES,
    BARE_SOURCES,
    BREAKS,
    DETERMINERS,
    DOCUMENTS,
    IRREGULAR_PASTS,
    IRREGULAR_PLURALS,
    MARKS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STOPS,
    TIMES,
    Item,
)
from index.name_words import ROLES
from index.verbs import verbal

_NOT_SPEAKERS = frozenset(
    "there it what which that this these nothing something everything reason reasons way "
    "interview race election "
    "debate incident event rally session trial game match ceremony news effort "
    "thing things fact point question problem time times day week month year idea".split()
)
# Words that open a sentence with a capital letter and are nobody's name.
_NEVER_SPEAKERS = TIMES | frozenset(
    "there what nothing something likewise especially offstage onstage backstage elsewhere maybe "
    "perhaps more less much just only here back even so".split()
)
_NEVER_ALONE = frozenset("the a an his her its their our my your".split())


@dataclass(frozen=True)
class NounPhrase:
    """The words that name a source, and the place of their head word."""

    start: int
    end: int
    head_start: int
    head_end: int


def phrase(items: Sequence[Item], first: int, last: int) -> NounPhrase:
    """items[first..last] as a noun phrase; its head is the last word before its preposition."""
    while last > first and (not items[last].wordy or _loose(items, last)):
        last -= 1
    head = first
    for index in range(first, last + 1):
        item = items[index]
        if index > first and (
            item.lower in PREPOSITIONS | RELATIVES | {"and", "or", ","} or _loose(items, index)
        ):
            break
        if item.wordy and item.lower not in ADVERBS - {"all", "both"}:
            head = index
    return NounPhrase(items[first].start, items[last].end, items[head].start, items[head].end)


def _loose(items: Sequence[Item], at: int) -> bool:
    """A participle that hangs on the noun before it: "those lined up", "residents living here"."""
    word = items[at].lower
    participle = word.endswith(("ed", "ing")) or word in IRREGULAR_PASTS
    return at > 0 and participle and word != items[at].word.upper() and verbal(items, at)


def phrase_after(items: Sequence[Item], at: int) -> NounPhrase | None:
    """The noun phrase that begins at `at`."""
    last = at
    while last < len(items) and last - at < 16:
        item = items[last]
        initial = item.lower == "." and last > at and len(items[last - 1].word) < 3
        titled = item.quoted and at < last < len(items) - 1 and items[last + 1].wordy
        if titled and not items[last + 1].capital and items[last - 1].lower in DETERMINERS:
            last += 1  # the "Medicare for all" document
            continue
        if item.quoted or not (
            item.wordy or item.lower in {"'s", "'", "’", "/", "&", "%"} or initial
        ):
            break
        if last > at and item.lower in (BREAKS - {"and", "or"}) | {"during"}:
            break
        if last > at and item.lower in TIMES and items[last - 1].lower not in DETERMINERS:
            break
        if last > at and item.lower in {"in", "on", "at"} and items[at].capital:
            break
        if item.lower in AUXILIARIES - {"'s"} or (last > at and item.lower in PRONOUNS):
            break
        last += 1
    if last == at or items[at].lower in PREPOSITIONS | BREAKS:
        return None
    if last == at + 1 and items[at].lower in _NEVER_ALONE:
        return None
    return phrase(items, at, last - 1)


def in_phrase(items: Sequence[Item], at: int) -> bool:
    """Whether a noun phrase can go on to the left over this item."""
    item = items[at]
    if item.quoted or item.lower in MARKS | STOPS - {"."}:
        return False
    if item.lower == "and" and 0 < at < len(items) - 1:
        return items[at - 1].capital and items[at + 1].capital and items[at - 1].wordy
    if item.lower in BREAKS and not (item.lower == "that" and at == 0):
        return False
    if item.lower in AUXILIARIES - {"'s"} or item.lower in PRONOUNS:
        return False
    if not (item.wordy or item.lower in {"'s", "'", "’", ".", "/", "&", "%"}):
        return False
    return not verbal(items, at)


def can_speak(items: Sequence[Item], first: int, last: int, found: NounPhrase) -> bool:
    """Whether items[first..last], read as `found`, is no mere time, event or thing."""
    head = next(i for i in items[first : last + 1] if i.start == found.head_start)
    if head.lower in _NEVER_SPEAKERS and head is items[0]:
        return False
    if (
        (head.lower in _NOT_SPEAKERS and not head.capital)
        or head.lower in TIMES
        or head.lower in PREPOSITIONS
    ):
        return False
    if first == 0 and last > 0 and items[0].lower.endswith("ly") and not items[1].capital:
        return False  # "Eagerly anticipated"
    if first == 0 and last > 0 and items[0].lower.endswith("ed") and items[1].lower in PREPOSITIONS:
        return False  # "Courted by both parties"
    if (
        head.capital
        or items[first].lower in DETERMINERS | PRONOUNS | NUMBERS
        or items[first].word[0].isdigit()
    ):
        return True
    if head.lower.endswith("s") and not head.lower.endswith("ss"):
        return True
    if any(i.lower == "'s" for i in items[first : last + 1]):
        return True
    return head.lower in BARE_SOURCES | DOCUMENTS | IRREGULAR_PLURALS | ROLES or (
        items[first].capital and last > first
    )
