"""The subject of a verb: walking left over auxiliaries, insertions and relative clauses.

Every function returns the noun phrase and the index of the item where it begins, or NOBODY.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.cues import CUES, Cue
from index.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    BREAKS,
    DASHES,
    DETERMINERS,
    DOCUMENTS,
    IRREGULAR_PASTS,
    MARKS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TIMES,
    Item,
    is_adverb,
)
from index.main_subject import NOBODY, Found, after_opening, main_subject
from index.name_words import ROLES
from index.phrases import NounPhrase, can_speak, in_phrase, phrase
from index.verbs import LONGEST_SUBJECT, before_helpers, verbal

_MOST_MARKS = 8  # commas to look back over for where an insertion begins
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_HANGING = frozenset("who which whose whom where when because while as that".split())
_ROUGHLY = frozenset("about around over nearly roughly almost some".split())
_ARTICLES = frozenset("the a an his their our my".split())
_BEFORE_ARTICLES = frozenset("all both half such quite and or twice what".split())
_DEEPEST = 4  # relative clauses within each other


def subject(items: Sequence[Item], at: int, cue: Cue) -> Found:
    """The subject of the verb at `at`, on its left."""
    back = before_helpers(items, at)
    if back < 0:
        return NOBODY
    if cue.form == "ing":
        return _participle_subject(items, at, back)
    before = items[back]
    if before.lower in {"and", "but", "or", "then"} and back:
        return main_subject(items, back)
    if before.lower in {",", *DASHES}:
        return _over_insertion(items, back)
    if before.lower in {"who", "which", "that"}:
        return _antecedent(items, back)
    return phrase_before(items, back)


def _participle_subject(items: Sequence[Item], at: int, back: int) -> Found:
    before = items[back]
    if any(item.lower in BE for item in items[back + 1 : at]):
        if before.lower in {"who", "which", "that"}:
            return _antecedent(items, back)
        if before.lower in {",", *DASHES}:
            return _over_insertion(items, back)
        if before.lower in {"and", "but"}:
            return main_subject(items, back)
        return phrase_before(items, back)
    if before.lower in {
        ",",
        "while",
        "when",
        "after",
        "before",
        "by",
        "in",
        "without",
        "and",
        *DASHES,
    }:
        source, _ = main_subject(items, back)
        return source, at
    if before.wordy and before.lower in DOCUMENTS:
        source, _ = phrase_before(items, back)
        return source, at
    return NOBODY


def _over_insertion(items: Sequence[Item], comma: int) -> Found:
    """As in "Smith, a nurse in Leeds, said": from the last mark to the subject before the first."""
    opening = _opening_name(items, comma)
    if opening[0] is not None:
        return opening
    same = {","} if items[comma].lower == "," else DASHES
    marks = [i for i in range(max(0, comma - 45), comma) if items[i].lower in same]
    quote = next(
        (
            i
            for i in range(comma - 1, -1, -1)
            if items[i].quoted and not (i and items[i - 1].wordy)  # no book's title
        ),
        -1,
    )
    marks = [i for i in marks if i > quote][-_MOST_MARKS:]
    if items[comma - 1].lower == ")":
        return phrase_before(items, comma - 1)
    named = _name_between(items, marks[-1], comma) if marks else NOBODY
    if named[0] is not None:
        return named
    for mark in reversed(marks):
        # Marks inside the insertion: "Smith, of Leeds, Yorkshire, said".
        if mark == 0 or not _begins_insertion(items, mark + 1):
            continue
        source, first = phrase_before(items, mark - 1)
        if source is None:
            continue
        apposed = first > 1 and items[first - 1].lower in same and not items[first].capital
        if not apposed or not items[first - 2].wordy:
            return source, first
    if marks and marks[-1] and not _begins_insertion(items, marks[-1] + 1):
        source, first = phrase_before(items, marks[-1] - 1)
        if source is not None:
            return source, first
    return main_subject(items, comma)


def _opening_name(items: Sequence[Item], comma: int) -> Found:
    """The name that opens the sentence, if nothing but insertions part it from the verb.

    As in "Smith, the nurse who runs the Leeds Hospital Trust, which is old, said".
    """
    first = after_opening(items, 0, comma)
    last = first
    while last < comma and items[last].wordy and items[last].capital:
        last += 1
    if last in {first, comma} or items[last].lower != ",":
        return NOBODY
    if items[first].lower in PREPOSITIONS | BREAKS | TIMES:
        return NOBODY
    hangs = False
    for at in range(last, comma):
        item = items[at]
        if item.quoted:
            return NOBODY
        if item.lower == ",":
            hangs = False
        elif item.lower in _HANGING:
            hangs = True
        elif _finite(items, at) and not hangs and items[at - 1].lower != ",":
            return NOBODY
    return phrase(items, first, last - 1), first


def _name_between(items: Sequence[Item], mark: int, comma: int) -> Found:
    """As in "Smith's lawyer, Ruth Poe, said": the name says more than what it explains."""
    inside = items[mark + 1 : comma]
    if not 1 < len(inside) < 5 or not mark or items[mark - 1].capital:
        return NOBODY
    if not all(item.wordy and item.capital for item in inside) or inside[0].lower in PREPOSITIONS:
        return NOBODY
    return phrase(items, mark + 1, comma - 1), mark + 1


def _begins_insertion(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    return (
        item.lower
        in DETERMINERS
        | PREPOSITIONS
        | RELATIVES
        | TIMES
        | ADVERBS
        | {"speaking", "when", "while", "as", "whose", "whom", "where"}
        or item.word[0].isdigit()
        or item.lower.endswith(("ing", "ed"))
        or (not item.capital and items[at - 2].capital and not item.lower.endswith("s"))
    )


def _antecedent(items: Sequence[Item], relative: int, depth: int = 0) -> Found:
    """Whom "who" stands for: the phrase before it, the nearest one if that is a name."""
    back = relative - 1
    if back >= 0 and items[back].lower in {",", *DASHES}:
        back -= 1
    if back < 0 or (items[relative].lower == "that" and items[back].lower not in DOCUMENTS):
        return NOBODY
    if items[back].lower == ")":
        back = _before_bracket(items, back)
    if back < 0 or not items[back].wordy:
        return NOBODY
    if items[back].capital:
        first = back
        while (
            first > 0
            and in_phrase(items, first - 1)
            and (items[first - 1].lower not in PREPOSITIONS or _of_place(items, first - 1))
        ):
            first -= 1
        return phrase(items, first, back), relative
    source, _ = phrase_before(items, back, depth + 1)
    if source is None:
        source = _object(items, back)
    if source is not None:
        # "those lined up inside, who": the name is all of it.
        source = replace(source, end=items[back].end)
    return source, relative


def _object(items: Sequence[Item], last: int) -> NounPhrase | None:
    """The noun phrase that ends at `last` behind a verb: "It angered the leaders, who"."""
    first = last + 1
    while first > 0 and in_phrase(items, first - 1):
        first -= 1
    first = _trim(items, first, last)
    if first > last or items[first].lower in PREPOSITIONS:
        return None
    found = phrase(items, first, last)
    return found if can_speak(items, first, last, found) else None


def _of_place(items: Sequence[Item], at: int) -> bool:
    """The "of" in "Senator Ted Cruz of Texas"."""
    return items[at].lower == "of" and at > 0 and items[at - 1].capital and items[at + 1].capital


def _before_bracket(items: Sequence[Item], closing: int) -> int:
    return next((i for i in range(closing, -1, -1) if items[i].lower == "("), 0) - 1


def phrase_before(items: Sequence[Item], last: int, depth: int = 0) -> Found:
    """The noun phrase whose words end at `last`, perhaps with a relative clause in it."""
    if last >= 0 and items[last].lower == ")":
        last = _before_bracket(items, last)
    percent = last > 0 and items[last].lower == "%"
    if last < 0 or not (items[last].wordy or percent) or depth > _DEEPEST:
        return NOBODY
    if items[last].lower in PRONOUNS:
        return phrase(items, last, last), last
    if items[last].lower in RELATIVES:
        return _antecedent(items, last, depth)
    first = last + 1
    while first > 0 and last - first < LONGEST_SUBJECT and in_phrase(items, first - 1):
        first -= 1
    inner = _contact(items, first, last)
    if inner > first:
        found = phrase(items, inner, last)
        return (found, inner) if can_speak(items, inner, last, found) else NOBODY
    if first > 0 and items[first - 1].wordy and not items[first - 1].quoted:
        over = _over_verb(items, first - 1, first, last, depth)
        if over is not None:
            return over
    first = _trim(items, first, last)
    if first > last:
        return NOBODY
    if items[first].lower in PREPOSITIONS:
        return _inside_prepositional(items, first, last)
    if _is_loose_apposition(items, first):
        return phrase_before(items, first - 2, depth + 1)
    first = _whole_list(items, first, last)
    found = phrase(items, first, last)
    return (found, first) if can_speak(items, first, last, found) else NOBODY


def _contact(items: Sequence[Item], first: int, last: int) -> int:
    """Where a clause without "that" begins: "are topics | Smith wants", "a view | the mayor has".

    No noun has an article behind it in its own phrase, nor, behind a verb, another's name.
    """
    governed = first > 0 and items[first - 1].wordy and items[first - 1].lower not in BREAKS
    paired = any(item.lower == "and" for item in items[first:last])
    for at in range(last, first, -1):
        here, before = items[at], items[at - 1]
        if not before.wordy or before.lower in PREPOSITIONS | _BEFORE_ARTICLES or before.capital:
            continue
        named = governed and not paired and here.capital
        if here.lower in _ARTICLES or (named and before.lower not in DETERMINERS | TIMES | ROLES):
            return at
    return first


def _whole_list(items: Sequence[Item], first: int, last: int) -> int:
    """Where "voters in Alabama, Georgia and Virginia" begins, seen from "Georgia and Virginia"."""
    if not any(item.lower == "and" for item in items[first:last]):
        return first
    at = first
    while at > 1 and items[at - 1].lower == "," and items[at - 2].capital:
        at -= 2
        while at > 0 and items[at - 1].capital:
            at -= 1
    if at in {first, 0} or items[at - 1].lower not in PREPOSITIONS:
        return first
    at -= 1
    while at > 0 and in_phrase(items, at - 1):
        at -= 1
    return at if items[at].lower not in PREPOSITIONS else first


def _over_verb(items: Sequence[Item], verb: int, first: int, last: int, depth: int) -> Found | None:
    """Past a verb that stops the walk: "A man who woke to shouts | said" is about the man.

    None where the words after that verb may be the subject themselves.
    """
    word = items[verb].lower
    if word in BREAKS or word in PRONOUNS:
        return None
    before = before_helpers(items, verb + 1 if word in AUXILIARIES else verb)
    if before >= 0 and items[before].lower in RELATIVES | {"that"}:
        if items[before].lower in RELATIVES:
            return _antecedent(items, before, depth)
        return None
    loose = first > last or items[first].lower in PREPOSITIONS | TIMES
    participle = word.endswith("ed") or word in IRREGULAR_PASTS
    hangs = (participle and loose) or word.endswith("ing")
    noun_before = before == verb - 1 and before >= 0 and items[before].wordy
    if hangs and noun_before and items[before].lower not in BREAKS:
        source, at = phrase_before(items, before, depth + 1)
        if source is not None and _has_author(items, before, verb, last):
            source = replace(source, end=items[last].end)
        return source, at
    if loose:
        return NOBODY
    cue = CUES.get(word)
    if cue is not None and cue.strength != "weak" and cue.lemma != "want":
        return None
    if word.endswith("ing") and (before < 0 or items[before].lower in BREAKS | MARKS | TIMES):
        return None  # "But hacking specialists say"
    return NOBODY


def _has_author(items: Sequence[Item], noun: int, verb: int, last: int) -> bool:
    """As in "a statement issued on behalf of the nurses": who made it is part of its name."""
    words = [item.lower for item in items[verb + 1 : last]]
    return items[noun].lower in DOCUMENTS and ("by" in words or "behalf" in words)


def _is_loose_apposition(items: Sequence[Item], first: int) -> bool:
    """As in "Smith (Lab), a supporter of Jones told ...": an insertion that is never closed."""
    return (
        first >= 2
        and items[first].lower in {"a", "an", "the"}
        and items[first - 1].lower == ","
        and (items[first - 2].lower == ")" or items[first - 2].capital)
        and items[first - 2].lower not in _WEEKDAYS
        and after_opening(items, 0, first + 1) < first  # "Meanwhile, the council said"
        and not items[0].lower.endswith("ing")
        and items[0].lower not in PREPOSITIONS
        and not any(item.quoted for item in items[:first])
        and not any(_finite(items, at) for at in range(1, first - 1))
        and all(i.wordy or i.lower in {"(", ")", ".", "-"} for i in items[: first - 1])
    )


def _is_number(item: Item) -> bool:
    return item.word[0].isdigit() or item.lower in NUMBERS | {"a"}


def _finite(items: Sequence[Item], at: int) -> bool:
    """Whether a verb that makes a sentence stands there, as far as its looks say."""
    word = items[at].lower
    return word in AUXILIARIES - {"'s"} or (not word.endswith("ing") and verbal(items, at))


def _trim(items: Sequence[Item], first: int, last: int) -> int:
    """Past adverbs and times at the front of a phrase: "Later Monday Smith"."""
    if items[first].lower == "at" and last > first + 1 and _is_number(items[first + 2]):
        first += 2  # "At least half of the voters"
    while first < last and (
        items[first].lower in TIMES
        or (items[first].lower in _ROUGHLY and _is_number(items[first + 1]))
        or items[first].lower in ADVERBS - {"all", "both", "each", "first"}
        or is_adverb(items[first])
    ):
        first += 1
    return first


def _inside_prepositional(items: Sequence[Item], first: int, last: int) -> Found:
    """As in "In a statement Smith": the last phrase that no preposition governs."""
    start = last
    while start > first:
        here, before = items[start], items[start - 1]
        if before.lower in PREPOSITIONS:
            return NOBODY
        begins = (
            here.lower in DETERMINERS
            or (here.capital and not before.capital and before.lower not in DETERMINERS)
            or (before.lower in TIMES and here.lower not in PREPOSITIONS)
            or before.word.isdigit()
        )
        if begins:
            return phrase(items, start, last), start
        start -= 1
    return NOBODY
