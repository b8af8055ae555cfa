"""One sentence at a time: which words are given as somebody's, and whose.

A sentence is read with every quotation in it shrunk to one item, so that the words inside never
take part. From each cue ("said", "according to") `index.subjects` finds the source on the left,
or it stands on the right where the order is turned ("..., said Smith").
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.attitudes import attitude_clauses
from index.clause import Clause
from index.cues import CUES, PARTICLES, Cue, invertible
from index.grammar import (
    ADVERBS,
    AUXILIARIES,
    BARE_SOURCES,
    BREAKS,
    DASHES,
    DOCUMENTS,
    IRREGULAR_PASTS,
    IRREGULAR_PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    TIMES,
    Item,
    is_adverb,
)
from index.infinitives import infinitive_source, participle_source
from index.main_subject import main_subject
from index.phrases import NounPhrase, phrase, phrase_after
from index.prepositional import according_to, in_poll
from index.subjects import subject
from index.verbs import BY_MEANS, before_helpers, is_verb, verbal

_QUOTES = "\"'”’»"
_ENDS = tuple(",.?!")
_TRAILING = (
    PREPOSITIONS - {"of", "to"} | TIMES | frozenset("as when while after before last this".split())
)
_SUBORDINATE = frozenset("when while after before because although though if as since".split())
_NO_NOUNS = BREAKS | PREPOSITIONS | TIMES | ADVERBS | AUXILIARIES | {"and", "least", "most"}
_NEAR = 30  # words to look back over for the verb that a clause hangs on
_COMPLEMENT = frozenset("that how why whether : what".split())


def clauses(text: str, items: Sequence[Item]) -> list[Clause]:
    """Every attribution that the sentence itself spells out, in order of its cues."""
    found: list[Clause] = []
    for at, item in enumerate(items):
        if item.quoted or not item.wordy:
            continue
        if item.lower == "according" and at + 2 < len(items) and items[at + 1].lower == "to":
            found += according_to(items, at)
        elif item.lower in {"poll", "polls", "survey", "surveys"}:
            found += in_poll(items, at)
        elif item.lower in CUES:
            clause = _verb_clause(text, items, at, CUES[item.lower])
            if clause is not None:
                found.append(clause)
        found += attitude_clauses(items, at)
    found += _before_colon(items, alone=not found)
    return found


def label(items: Sequence[Item]) -> Clause | None:
    """As in "Trump: ..." as transcripts, captions and headlines give it."""
    for at, item in enumerate(items[:9]):
        if item.lower == ":":
            front = items[:at]
            if not front or at + 1 >= len(items) or len(items[0].word) < 2 or not items[0].capital:
                return None
            if not all(i.capital or i.lower in {"of", "the", ".", "de", "(", ")"} for i in front):
                return None
            source = phrase(items, 0, at - 1)
            content = ((items[at + 1].start, items[-1].end),)
            return Clause(source, item.start, item.end, ":", content, "label")
        if item.quoted or not (item.wordy or item.lower in {".", "(", ")"}):
            return None
    return None


def _before_colon(items: Sequence[Item], *, alone: bool) -> Iterator[Clause]:
    """As in "More from Jones: '...'" and "Trump went even further: '...'"."""
    for at in range(1, len(items) - 1):
        if items[at].lower != ":" or not items[at + 1].quoted or items[at - 1].quoted:
            continue
        first = at
        while first and items[first - 1].wordy and items[first - 1].capital:
            first -= 1
        named = first < at
        source = phrase(items, first, at - 1) if named else main_subject(items, at)[0]
        given = next((i for i in range(min(at, 6)) if items[i].lower == "from"), -1)
        if not named and given >= 0:
            source = phrase_after(items, given + 1)  # "More from the report: ..."
        if not named and not alone:
            return
        if source is not None:
            content = ((items[at + 1].start, items[-1].end),)
            dashed = named and first > 0 and items[first - 1].lower in DASHES
            pattern = "signed" if dashed else "colon"
            yield Clause(source, items[at].start, items[at].end, ":", content, pattern)
        return


def _verb_clause(text: str, items: Sequence[Item], at: int, cue: Cue) -> Clause | None:
    turned = _turned_subject(text, items, at, cue)
    if turned is not None:
        return _clause(items, at, at, cue, turned, trailing=True)
    passive = _agent(items, at, cue)
    if passive is not None:
        start, end = items[0].start, items[-1].end
        content = ((start, items[at].start), (passive.end, end))
        return Clause(passive, items[at].start, items[at].end, cue.lemma, content, "passive")
    if not is_verb(items, at, cue):
        return _bare_clause(text, items, at, cue) if cue.form == "base" else None
    source, left = subject(items, at, cue)
    if source is None or left < 0:
        return _bare_clause(text, items, at, cue) if cue.form == "ing" else None
    clause = _clause(items, at, left, cue, source, trailing=_is_trailing(items, left, at))
    return replace(clause, loose=not _has_content(text, items, at, cue, source))


def _bare_clause(text: str, items: Sequence[Item], at: int, cue: Cue) -> Clause | None:
    """A verb whose subject is that of the verb above it: "seemed to admit that"."""
    find = infinitive_source if cue.form == "base" else participle_source
    source, pattern = find(items, at)
    if source is None:
        return None
    content = ((items[at].end, items[-1].end),)
    place = items[at].start, items[at].end
    loose = not _has_content(text, items, at, cue, source)
    return Clause(source, *place, cue.lemma, content, pattern, loose=loose)


def _agent(items: Sequence[Item], at: int, cue: Cue) -> NounPhrase | None:
    """The source of a passive: "was criticised by some of his rivals", "first reported by"."""
    if cue.form not in {"past", "participle"} or cue.strength == "weak":
        return None
    if at == 0 or at + 2 >= len(items) or items[at + 1].lower != "by":
        return None
    following = items[at + 2]
    if following.lower.endswith("ing") or following.quoted or following.lower in BY_MEANS:
        return None
    return phrase_after(items, at + 2)


def _clause(
    items: Sequence[Item], at: int, left: int, cue: Cue, source: NounPhrase, *, trailing: bool
) -> Clause:
    start, end = items[0].start, items[-1].end
    first = min(items[left].start, source.start)
    if trailing:
        content = [(start, first)] if first > start else []
        rest = max(items[at].end, source.end)
        after = next((i for i in items if i.start >= rest and i.quoted), None)
        comma = next((i for i in items if i.start >= rest and i.lower in {",", ";"}), None)
        if after is not None:
            content.append((after.start, end))
        elif comma is not None and comma.end < end - 12:
            content.append((comma.end, end))
    else:
        stop = end
        within = before_helpers(items, at) == left
        relative = left > 0 and items[left].lower in {"who", "which"}
        if within and relative and items[left - 1].lower == ",":
            stop = _comma_after(items, at, end)
        elif left and items[left - 1].lower in _SUBORDINATE:
            words = [item.lower for item in items[at + 1 : at + 3]]
            if items[left - 1].lower == "as" and (
                words[:1] == [","] or words in (["it", ","], ["out", ","])
            ):
                return _whole(items, at, cue, source)
            if left < 4:
                stop = _comma_after(items, at, end)
        content = [(items[at].end, stop)]
        if items[0].quoted and items[0].end <= first:
            content.insert(0, (items[0].start, items[0].end))
    return Clause(
        source,
        items[at].start,
        items[at].end,
        cue.lemma,
        tuple(content),
        _pattern(items, at, left, cue, trailing=trailing),
        introduces=items[-1].lower == ":",
    )


def _pattern(items: Sequence[Item], at: int, left: int, cue: Cue, *, trailing: bool) -> str:
    before = items[left - 1].lower if left else ""
    if items[left].lower in {"who", "which", "that"} and before_helpers(items, at) == left:
        return "relative" if before == "," else "restrictive"
    if left == at:
        return "participle" if cue.form == "ing" else "turned"
    if trailing:
        return "trailing"
    if before in _SUBORDINATE | {"that", "which", "what", "how", "whether", "where"}:
        return "subordinate"
    if CUES.get(before) is not None:
        return "inner"
    if before not in _NO_NOUNS and _hangs(items, left):
        return "contact"  # "topics Smith wants to talk about"
    following = items[at + 1].lower if at + 1 < len(items) else ""
    return "that" if following == "that" else "verb"


def _hangs(items: Sequence[Item], left: int) -> bool:
    """Whether a verb stands before in the same clause, so that what begins here hangs on it."""
    for at in range(left - 1, max(-1, left - _NEAR), -1):
        if not items[at].wordy or items[at].lower in BREAKS | {"and"}:
            return False
        if items[at].lower in AUXILIARIES or verbal(items, at):
            return at < left - 1
    return False


def _comma_after(items: Sequence[Item], at: int, end: int) -> int:
    return next((i.start for i in items[at + 2 :] if i.lower == ","), end)


def _whole(items: Sequence[Item], at: int, cue: Cue, source: NounPhrase) -> Clause:
    """As in "As Smith said, ..."."""
    content = ((items[at].end, items[-1].end),)
    return Clause(source, items[at].start, items[at].end, cue.lemma, content, "whole")


def _turned_subject(text: str, items: Sequence[Item], at: int, cue: Cue) -> NounPhrase | None:
    """The subject after the verb: '"...", said Smith' and '..., said police.'"""
    if at + 1 >= len(items) or not (cue.form in {"past", "third"} or _plural_said(items, at, cue)):
        return None
    if at == 0:
        return _leading_subject(items, cue)
    before, following = items[at - 1], items[at + 1]
    ends_quote = before.quoted and text[before.start : before.end].rstrip(_QUOTES)[-1:] in _ENDS
    after_quote = (before.quoted and (ends_quote or at < 2 or not items[at - 2].wordy)) or (
        at > 1 and before.lower in {",", *DASHES} and items[at - 2].quoted
    )
    if not after_quote and not (before.lower == "," and (invertible(cue) or cue.form == "base")):
        return None
    inserted = not after_quote and any(item.lower == "," for item in items[: at - 1])
    if inserted and not _has_verb(items, at - 1):
        return None  # "Smith, a baker, asked the mayor"
    if not following.wordy or following.lower in (
        BREAKS | PREPOSITIONS | ADVERBS | TIMES | {"there"}
    ):
        return None
    if is_adverb(following):
        return None
    if following.lower in PRONOUNS and not (after_quote and cue.lemma in {"say", "ask"}):
        return None
    if following.lower in {"this", "last", "next"} and items[min(at + 2, len(items) - 1)].lower in (
        "year week month day time night summer spring fall winter".split()
    ):
        return None
    if following.lower in {"him", "her", "them", "me", "us"}:
        return None
    if not _closes_after(items, at + 1, strict=not after_quote):
        return None
    if (
        after_quote
        and not invertible(cue)
        and not (following.capital or following.lower in {"the", "a", "an", "one"})
    ):
        return None
    return phrase_after(items, at + 1)


def _plural_said(items: Sequence[Item], at: int, cue: Cue) -> bool:
    """As in "..., say some residents" and "..., say experts"."""
    if cue.form != "base" or cue.lemma != "say" or at == 0:
        return False
    source = phrase_after(items, at + 1)
    if source is None:
        return False
    head = next(item for item in items[at + 1 :] if item.start == source.head_start)
    many = head.lower.endswith("s") or head.lower in IRREGULAR_PLURALS | BARE_SOURCES
    return many and not items[at + 1].lower.endswith("ing")


def _has_verb(items: Sequence[Item], before: int) -> bool:
    """Whether a clause stands before: a verb that is not in "who ..."."""
    return any(
        (items[at].lower in AUXILIARIES - {"'s"} or verbal(items, at))
        and not items[at].lower.endswith("ing")
        and (
            (back := before_helpers(items, at)) == 0
            or items[back].lower not in {"who", "which", "that"}
        )
        for at in range(1, before)
        if not items[at].quoted
    )


def _leading_subject(items: Sequence[Item], cue: Cue) -> NounPhrase | None:
    """As in 'Said Smith, "..."'."""
    if not invertible(cue) or not items[1].capital:
        return None
    source = phrase_after(items, 1)
    quoted = any(item.quoted for item in items[2:20])
    return source if quoted else None


def _closes_after(items: Sequence[Item], at: int, *, strict: bool) -> bool:
    """Whether from `at` only a noun phrase stands before the sentence or the clause ends."""
    for index in range(at, min(at + 18, len(items))):
        item = items[index]
        if item.lower in STOPS:
            return True
        if item.quoted or item.lower in {",", ";", ":", *DASHES}:
            return not strict or item.lower != "," or index - at < 12
        if index > at and item.lower in TIMES - {"also"} | {
            "who",
            "in",
            "on",
            "at",
            "during",
            "as",
            "after",
        }:
            return True
        if item.lower in AUXILIARIES - {"'s"} or item.lower in {"that", "if", "whether"}:
            return False
        if item.lower in PRONOUNS and index > at:
            return False
        if strict and index > at and _finite(items, index):
            return False
    return at + 18 >= len(items)


def _finite(items: Sequence[Item], at: int) -> bool:
    """Whether a past verb stands there: "said Obama failed to ..."."""
    past = items[at].lower.endswith("ed") or items[at].lower in IRREGULAR_PASTS
    return past and items[at - 1].capital and verbal(items, at)


def _has_content(text: str, items: Sequence[Item], at: int, cue: Cue, source: NounPhrase) -> bool:
    head = text[source.head_start : source.head_end].lower()
    following = items[at + 1 : at + 5]
    before_quote = any(item.quoted for item in items[max(0, at - 5) : at])
    beside = before_quote or any(item.quoted for item in following[:3])
    last = not following or following[0].lower in STOPS
    if last:
        return before_quote or (
            cue.strength in {"speech", "stance"}
            and (cue.lemma in {"say", "add", "note"} or _is_trailing(items, at, at) or at > 6)
        )
    if head == "it" and cue.lemma in {"seem", "appear", "mean", "take"}:
        return False
    if cue.lemma == "call" and _names_something(items, at):
        return True
    if cue.lemma in PARTICLES and not beside:
        return following[0].lower in PARTICLES[cue.lemma]
    if cue.lemma == "put" and following[0].lower == "it":
        return len(following) > 1 and following[1].lower in {",", ".", "“”"}
    if cue.strength in {"weak", "open"}:
        return beside or following[0].lower == ":"
    if cue.strength == "clause":
        return beside or head in DOCUMENTS or any(i.lower in _COMPLEMENT for i in following[:3])
    return True


def _names_something(items: Sequence[Item], at: int) -> bool:
    """As in "called the report a lie", but not "called an election"."""
    after = items[at + 1 : at + 25]
    return any(i.quoted for i in after) or any(i.lower in {"a", "an"} for i in after[2:10])


def _is_trailing(items: Sequence[Item], left: int, at: int) -> bool:
    """Whether the words come before "X said": what follows the verb is no clause."""
    if left <= 0:
        return False
    before = items[left - 1]
    if not (before.quoted or before.lower in {",", *DASHES}):
        return False
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None or following.lower in STOPS | {",", ";"} | DASHES:
        return True
    if before.quoted or (left > 1 and items[left - 2].quoted):
        return True
    if following.lower in _TRAILING:
        return not any(i.lower == "that" for i in items[at + 1 : at + 8])
    return False
