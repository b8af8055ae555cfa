"""Whose words a verb without a subject of its own gives: "seemed to admit", "began dismissing"."""

from collections.abc import Sequence

from index.cues import COPULAS, Cue
from index.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    BREAKS,
    DETERMINERS,
    MARKS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    Item,
    is_adverb,
)
from index.main_subject import main_subject
from index.phrases import NounPhrase, can_speak, in_phrase, phrase
from index.subjects import phrase_before, subject
from index.verbs import before_helpers, verbal

_RAISING = frozenset(
    "seem seems seemed appear appears appeared tend tends tended try tries tried need needs needed "
    "continue continues continued begin begins fail fails failed used has have had likely "
    "yet".split()
)
_SOME = frozenset("some many others several critics people voters everyone anyone".split())
_LONGEST = 12  # words of a noun phrase that a preposition governs
_OWN = Cue("be", "stance", "past")
_PARTICIPLE = Cue("be", "stance", "ing")


def infinitive_source(items: Sequence[Item], at: int) -> tuple[NounPhrase | None, str]:
    """The source of the verb at `at` that follows "to", and the pattern of the sentence."""
    to = _before_adverbs(items, at)
    if to < 1 or items[to].lower != "to":
        return None, ""
    above = _before_adverbs(items, to)
    if above < 0 or not items[above].wordy:
        return None, ""
    item = items[above]
    led = _led(items, above)
    if led is not None:
        return led, "object"
    if item.lower in _RAISING or verbal(items, above):
        cue = _PARTICIPLE if item.lower.endswith("ing") else _OWN
        return subject(items, above, cue)[0], "infinitive"
    back = before_helpers(items, above)
    helped = any(i.lower in BE for i in items[back + 1 : above])
    if not item.capital and back >= 0 and (helped or items[back].lower in COPULAS):
        return subject(items, above if helped else back, _OWN)[0], "apt"
    if item.capital and (above == 0 or all(i.capital for i in items[:above])):
        return phrase(items, 0, above), "headline"  # "Smith to call for inquiry"
    if item.capital or item.lower in PRONOUNS or item.lower in OBJECT_PRONOUNS:
        return None, ""  # "urged Smith to admit"
    return main_subject(items, to)[0], "purpose"


def _led(items: Sequence[Item], last: int) -> NounPhrase | None:
    """Those whom a verb leads to speak: "The vote led some to ask", "allows users to report"."""
    word = items[last].lower
    if items[last].capital or not (word in _SOME or (word.endswith("s") and word not in ADVERBS)):
        return None
    first = last + 1
    while first > 0 and in_phrase(items, first - 1):
        first -= 1
    if first == 0 or first > last or items[first].lower in PREPOSITIONS:
        return None
    if not verbal(items, first - 1) or items[first - 1].lower in _RAISING:
        return None
    found = phrase(items, first, last)
    return found if items[last].start == found.head_start else None


def participle_source(items: Sequence[Item], at: int) -> tuple[NounPhrase | None, str]:
    """As in "with residents demanding ...", "began dismissing ...", "was hit for saying ..."."""
    back = before_helpers(items, at)
    if back <= 0:
        return _behind_opening(items, at), "opening"
    if items[back].quoted or items[back].lower in MARKS | BREAKS | AUXILIARIES:
        return None, ""
    first = back + 1
    while first > 0 and in_phrase(items, first - 1) and items[first - 1].lower != "with":
        first -= 1
    if 0 < first <= back and items[first - 1].lower == "with":
        return phrase(items, first, back), "reduced"
    if not verbal(items, back):
        source, _ = phrase_before(items, back)
        if source is None or source.end < items[back].end:
            source = _governed(items, back) or source
        if source is not None:
            return source, "reduced"
    return main_subject(items, back + 1)[0], "gerund"


def _behind_opening(items: Sequence[Item], at: int) -> NounPhrase | None:
    """Whom a participle that opens the sentence tells of: "Citing the flood, Smith urged ..."."""
    source, first = main_subject(items, len(items))
    return source if first > at else None


def _governed(items: Sequence[Item], last: int) -> NounPhrase | None:
    """The noun phrase behind a preposition or "is": "gave money to a group | backing Smith"."""
    first = last + 1
    while (
        first > max(0, last - _LONGEST)
        and in_phrase(items, first - 1)
        and (items[first - 1].lower not in PREPOSITIONS or items[first - 2].lower in DETERMINERS)
    ):
        first -= 1
        if items[first].lower in DETERMINERS:
            break
    if first == 0 or first > last or items[first - 1].lower not in PREPOSITIONS | BE:
        return None
    found = phrase(items, first, last)
    return found if can_speak(items, first, last, found) else None


def _before_adverbs(items: Sequence[Item], at: int) -> int:
    back = at - 1
    while (
        back > 0
        and not items[back].capital
        and (items[back].lower in ADVERBS or is_adverb(items[back]))
    ):
        back -= 1
    return back
