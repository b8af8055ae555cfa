"""The subject of the whole sentence: the first noun phrase, past "On Monday," and its like.

Every function returns the noun phrase and the index of the item where it begins, or NOBODY.
"""

from collections.abc import Sequence

from index.grammar import (
    ADVERBS,
    BREAKS,
    DASHES,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    TIMES,
    Item,
    is_adverb,
)
from index.phrases import NounPhrase, can_speak, in_phrase, phrase

_SUBORDINATORS = frozenset("when while after before because where although though but".split())
_OPENINGS = frozenset(
    "last earlier this according shortly born hours days weeks months years minutes moments "
    "offstage onstage backstage elsewhere next one here back even just".split()
)
_NEAR = 40  # items to look back for a clause within the sentence
_DAYS = frozenset("day week month year night morning evening afternoon".split())

Found = tuple[NounPhrase | None, int]
NOBODY: Found = (None, -1)


def main_subject(items: Sequence[Item], before: int) -> Found:
    """The first noun phrase of the sentence, if a verb follows it, as seen from `before`."""
    opening = after_opening(items, 0, before)
    for at in range(before - 2, max(0, opening - 1, before - _NEAR), -1):
        if items[at].lower in _SUBORDINATORS and not items[at + 1].quoted:
            source, first = _clause_subject(items, at + 1, before)
            if source is not None and _does(items, source, before):
                return source, first
        if items[at].quoted:
            break
    return _clause_subject(items, opening, before)


def _does(items: Sequence[Item], source: NounPhrase, before: int) -> bool:
    """Whether a verb or an insertion follows: not so in "went after Smith on Monday"."""
    at = next((at for at in range(before) if items[at].start >= source.end), before)
    return at == before or not (items[at].lower in PREPOSITIONS or items[at].lower in STOPS)


def _clause_subject(items: Sequence[Item], first: int, before: int) -> Found:
    if first >= before or items[first].lower in PREPOSITIONS | BREAKS:
        return NOBODY
    if items[first].lower in PRONOUNS:
        return phrase(items, first, first), first
    last = first
    while (
        last < before
        and last - first < 20
        and (
            last == first
            or (
                in_phrase(items, last)
                and items[last].lower not in TIMES | ADVERBS
                and not is_adverb(items[last])
            )
        )
    ):
        if items[last].quoted or not (
            items[last].wordy or items[last].lower in {"'s", "’", "'", "."}
        ):
            break
        last += 1
    if last == first or (last == before and first > 0):
        return NOBODY
    found = phrase(items, first, last - 1)
    return (found, first) if can_speak(items, first, last - 1, found) else NOBODY


def after_opening(items: Sequence[Item], at: int, before: int) -> int:
    """Past "Meanwhile,", "On Monday,", "Speaking to AM,", and a quotation that comes first."""
    while at < before and (
        items[at].lower in TIMES | {"but", "and", "so", "or", ",", "perhaps", *DASHES}
        or items[at].quoted
    ):
        at += 1
    if at < before and (
        items[at].lower in PREPOSITIONS | BREAKS
        or items[at].lower.endswith(("ing", "ly"))
        or (items[at].lower.endswith("ed") and len(items[at].word) > 4)
        or items[at].lower in _OPENINGS
        or (items[at].lower == "the" and at + 1 < before and items[at + 1].lower in _DAYS)
    ):
        comma = next((i for i in range(at, min(at + 40, before)) if items[i].lower == ","), -1)
        if 0 < comma < before - 1:
            at = comma + 1
            while at + 1 < before and items[at].capital and items[at + 1].lower == ",":
                at += 2  # "At a rally in Portsmouth, N.H., ..."
            return after_opening(items, at, before)
    return at
