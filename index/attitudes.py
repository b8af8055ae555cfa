"""Words given without a verb of saying: "Smith's claim that", "is worried", "support from"."""

from collections.abc import Iterator, Sequence

from index.clause import Clause
from index.cues import ADJECTIVE_CUES, COPULAS, HELD, NOUN_CUES, OWN_VERBS, Cue
from index.grammar import BE, DETERMINERS, POSSESSIVE_PRONOUNS, Item
from index.phrases import phrase, phrase_after
from index.subjects import subject
from index.verbs import before_helpers

_AFTER_NOUN = frozenset("that to of about on for against over with in toward towards".split())
_AFTER_ADJECTIVE = frozenset("that to about of with by at on in over for".split())
_GIVERS = frozenset("from by among".split())
_MOST_ADJECTIVES = 3  # between an owner and the noun
_OWNERS = frozenset(POSSESSIVE_PRONOUNS) | {"'s", "'"}
_VIEWS = frozenset(
    "view account opinion telling words estimate estimates argument tally count mind eyes "
    "reckoning assessment".split()
)
_OWNS = Cue("be", "stance", "past")


def attitude_clauses(items: Sequence[Item], at: int) -> Iterator[Clause]:
    """Every attribution whose cue is the noun or the adjective at `at`."""
    word = items[at].lower
    if word in _VIEWS and items[0].lower in {"in", "by"}:
        yield from _in_view(items, at)
    if word in NOUN_CUES:
        yield from _owned_noun(items, at)
        yield from _given_noun(items, at)
        yield from _made_noun(items, at)
    if word in ADJECTIVE_CUES:
        yield from _adjective(items, at)


def _in_view(items: Sequence[Item], at: int) -> Iterator[Clause]:
    """As in "In Smith's view, ...", "By his own account, ..."."""
    owner = at - 1
    while owner > 0 and _may_describe(items[owner]) and items[owner].lower not in _OWNERS:
        owner -= 1
    content = ((items[at].end, items[-1].end),)
    if items[owner].lower in POSSESSIVE_PRONOUNS:
        source = phrase(items, owner, owner)
    elif items[owner].lower in {"'s", "'"} and owner > 1:
        source = phrase(items, 1, owner - 1)
    else:
        return
    yield Clause(source, items[0].start, items[at].end, "view", content, "view")


def _owned_noun(items: Sequence[Item], at: int) -> Iterator[Clause]:
    """As in "Trump's claim that ...", "her bold promise to ..."."""
    if at == 0 or at + 1 >= len(items) or items[at + 1].lower not in _AFTER_NOUN | {"not"}:
        return
    owner = at - 1
    while owner > 0 and at - owner <= _MOST_ADJECTIVES and _may_describe(items[owner]):
        owner -= 1
    content = ((items[at + 1].start, items[-1].end),)
    place = items[at].start, items[at].end
    if items[owner].lower in POSSESSIVE_PRONOUNS:
        source = phrase(items, owner, owner)
    elif items[owner].lower in {"'s", "'", "’"} and owner and items[owner - 1].wordy:
        first = owner - 1
        while (
            first and items[first - 1].capital and items[first - 1].wordy and items[first].capital
        ):
            first -= 1
        if not items[first].capital and first and items[first - 1].lower in DETERMINERS:
            first -= 1
        source = phrase(items, first, owner - 1)
    else:
        return
    yield Clause(source, *place, items[at].lower, content, "noun")


def _may_describe(item: Item) -> bool:
    return item.wordy and not item.capital and item.lower not in DETERMINERS


def _given_noun(items: Sequence[Item], at: int) -> Iterator[Clause]:
    """As in "criticism from residents", "a claim by the council"."""
    if at + 2 >= len(items) or items[at + 1].lower not in _GIVERS:
        return
    source = phrase_after(items, at + 2)
    if source is None:
        return
    content = ((source.end, items[-1].end), (items[0].start, items[at].start))
    place = items[at].start, items[at].end
    yield Clause(source, *place, items[at].lower, content, "given")


def _made_noun(items: Sequence[Item], at: int) -> Iterator[Clause]:
    """As in "Smith made a promise to ...", "residents have strong views on ..."."""
    if at < 2 or at + 1 >= len(items) or items[at + 1].lower not in _AFTER_NOUN - {"with", "in"}:
        return
    verb = at - 1
    while verb > 0 and at - verb <= _MOST_ADJECTIVES and items[verb].lower not in OWN_VERBS:
        word = items[verb]
        named = word.capital or (word.lower.endswith("s") and verb != at)
        if not word.wordy or (named and word.lower not in DETERMINERS):
            return  # "gave the visitors hope"
        verb -= 1
    if items[verb].lower not in OWN_VERBS or items[verb - 1].lower == "to":
        return
    if items[verb].lower.startswith("ha") and items[at].lower not in HELD:
        return
    source, _ = subject(items, verb, _OWNS)
    if source is not None:
        content = ((items[at + 1].start, items[-1].end),)
        place = items[verb].start, items[at].end
        yield Clause(source, *place, items[at].lower, content, "made")


def _adjective(items: Sequence[Item], at: int) -> Iterator[Clause]:
    """As in "Smith is confident that ...", "residents remain angry about ..."."""
    if at + 1 >= len(items) or items[at + 1].lower not in _AFTER_ADJECTIVE:
        return
    back = before_helpers(items, at)
    helped = any(item.lower in BE for item in items[back + 1 : at])
    verb = at
    if not helped and back > 0 and items[back].lower in COPULAS:
        helped, verb = True, back
    if back < 0 or not helped:
        return
    source, _ = subject(items, verb, _OWNS)
    if source is not None:
        content = ((items[at + 1].start, items[-1].end),)
        place = items[at].start, items[at].end
        yield Clause(source, *place, items[at].lower, content, "adjective")
