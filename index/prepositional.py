"""Sources that a preposition leads in, with no verb: "according to police", "in a poll"."""

from collections.abc import Iterator, Sequence

from index.clause import Clause
from index.grammar import BREAKS, PREPOSITIONS, Item
from index.phrases import NounPhrase, phrase, phrase_after


def according_to(items: Sequence[Item], at: int) -> Iterator[Clause]:
    """As in "..., according to police": `at` is where "according" stands."""
    source = phrase_after(items, at + 2) or _title(items, at + 2)
    if source is None:
        return
    start, end = items[0].start, items[-1].end
    stop = next((i.start for i in items[at:] if i.start >= source.end and i.lower == ","), end)
    content = ((stop, end),) if at < 2 else ((start, items[at].start), (stop, end))
    yield Clause(source, items[at].start, items[at + 1].end, "according", content, "according")


def _title(items: Sequence[Item], at: int) -> NounPhrase | None:
    """A book or an article by its title: 'according to "The Road", by Ruth Poe'."""
    if not items[at].quoted:
        return None
    return NounPhrase(items[at].start, items[at].end, items[at].start, items[at].end)


def in_poll(items: Sequence[Item], at: int) -> Iterator[Clause]:
    """As in "In a Reuters poll, ..." and "... in most surveys": the poll says so."""
    first = at
    while (
        first and items[first - 1].lower not in PREPOSITIONS | BREAKS and _in_name(items[first - 1])
    ):
        first -= 1
    if items[first].lower == "the" and at == first + 1:
        return  # "in the polls"
    if first == 0 or at - first > 8 or items[first - 1].lower != "in":
        return
    content = ((items[0].start, items[first - 1].start), (items[at].end, items[-1].end))
    source = phrase(items, first, at)
    yield Clause(source, items[first - 1].start, items[at].end, "in", content, "poll")


def _in_name(item: Item) -> bool:
    return item.wordy or item.lower in {"/", "&", "'s"}
