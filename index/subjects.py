"""The subject of a verb: walking left over auxiliaries, insertions and relative clauses.

Every function returns the noun phrase and the index of the item where it begins, or NOBODY.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.cues import CUES, NOUN_LIKE, Cue
from index.grammar import (
    ADVERBS,
    AUXILIARIES,
    BARE_SOURCES,
    BE,
    BREAKS,
    DASHES,
    DETERMINERS,
    DOCUMENTS,
    ING_NOUNS,
    IRREGULAR_PASTS,
    IRREGULAR_PLURALS,
    MARKS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STOPS,
    TIMES,
    Item,
)

_SUBORDINATORS = frozenset("when while after before because where although though but".split())
_ALONE = frozenset("that some many most few all both several one another each two three".split())
_ARTICLES = frozenset("the a an his her its their our my your".split())
_PERIODS = frozenset("week month year night morning afternoon evening summer spring".split())
_NO_PARTICIPLES = frozenset(
    "need feed seed speed indeed shed breed bleed creed greed united".split()
)
_LONGEST = 26  # words of a subject with what hangs on it
_DEEPEST = 4  # relative clauses within each other
_NOT_SPEAKERS = frozenset(
    "there it what which that this these nothing something everything reason reasons way "
    "interview race debate incident event rally session trial game match ceremony news effort "
    "thing things fact point question problem time times day week month year idea".split()
)


@dataclass(frozen=True)
class NounPhrase:
    """The words that name a source, and the place of their head word."""

    start: int
    end: int
    head_start: int
    head_end: int


Found = tuple[NounPhrase | None, int]
NOBODY: Found = (None, -1)


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


def before_helpers(items: Sequence[Item], at: int) -> int:
    """The index of the last item before the verb's auxiliaries and adverbs."""
    back = at - 1
    while back >= 0:
        item = items[back]
        if item.lower in _PERIODS and back and items[back - 1].lower in {"last", "this", "that"}:
            back -= 2
        elif (
            item.lower in AUXILIARIES | ADVERBS
            or item.lower in {"'", "’"}
            or (item.lower in TIMES and back and items[back - 1].lower != "on")
        ):
            back -= 1
        elif item.lower in TIMES and back > 1:
            back -= 2
        elif item.lower.endswith("ly") and not item.capital:
            back -= 1
        else:
            break
    return back


def is_verb(items: Sequence[Item], at: int, cue: Cue) -> bool:
    """Whether the cue word is a verb of the sentence, not a noun, infinitive or passive."""
    if at == 0:
        return cue.form == "ing"
    before = items[at - 1]
    if items[at].capital or before.lower == "to" or before.lower in POSSESSIVES - {"'s"}:
        return False
    if before.lower in (DETERMINERS if cue.form != "past" else _ARTICLES) - _ALONE:
        return False
    if before.lower == "of":
        return False
    back = before_helpers(items, at)
    helper = items[at - 1].lower if at - 1 > back else items[back].lower
    helpers = {item.lower for item in items[back + 1 : at]}
    if cue.form in {"past", "participle"} and helpers & BE - {"'s"}:
        return False
    if cue.form in {"past", "participle"} and _lower(items, at + 1) == "by":
        return False
    if cue.form == "participle":
        return bool(helpers & {"has", "have", "had", "'ve", "'s", "'d"})
    if cue.form == "base":
        return _is_base_verb(items, at, back, helpers, cue)
    if cue.form == "third":
        if cue.lemma not in NOUN_LIKE:
            return before.lower != "'s" and helper not in PREPOSITIONS
        return before.lower != "'s" and _is_third_verb(items, at, helper)
    return before.lower != "'s" or cue.form == "ing"


def _is_base_verb(items: Sequence[Item], at: int, back: int, helpers: set[str], cue: Cue) -> bool:
    if helpers & (AUXILIARIES - BE):
        return True
    owner = items[back].lower if back >= 0 else ""
    if cue.lemma not in NOUN_LIKE and owner not in {"to", "'s"} | PREPOSITIONS:
        return True
    if owner in IRREGULAR_PLURALS - {"percent", "%"} or owner in {
        "they",
        "we",
        "i",
        "you",
        "who",
        "people",
        "some",
        "many",
        "most",
        "others",
        "few",
    }:
        return True
    if not owner.endswith("s") or owner in {"news", "'s"} or owner.endswith("ss"):
        return False
    return _lower(items, at + 1) not in {"of", "from", ".", ",", "by"} and (
        _lower(items, at + 1) != "for" or cue.lemma == "call"
    )


def _is_third_verb(items: Sequence[Item], at: int, helper: str) -> bool:
    if helper in PREPOSITIONS | {"and", "or"} and helper != "to":
        return helper in {"and", "or"} and _complement(items, at)
    before = items[at - 1]
    if helper.endswith("s") and not helper.endswith("ss") and not before.capital:
        return helper in {"poll's", "news", "always"}
    if before.lower in {"who", "which", "that", ","} | PRONOUNS | ADVERBS:
        return True
    return _complement(items, at) or (before.capital and _lower(items, at + 1) in {"", "."})


def _complement(items: Sequence[Item], at: int) -> bool:
    """Whether what follows can complete a verb: a noun plural before a verb could not be one."""
    if at + 1 >= len(items):
        return True
    following = items[at + 1]
    if following.quoted or following.capital or following.lower in {":", ".", ","}:
        return True
    words = PRONOUNS | DETERMINERS | PREPOSITIONS - {"of", "from", "by"}
    return following.lower in words | {"that", "how", "why", "what", "whether", "him", "them"} or (
        following.word[0].isdigit() or following.lower.endswith(("s", "ing"))
    )


def verbal(items: Sequence[Item], at: int) -> bool:
    """Whether the word reads as a verb where it stands."""
    item = items[at]
    if item.capital or item.quoted or at == 0:
        return False
    before = items[at - 1].lower
    if before == "those" and item.lower.endswith("ed"):
        return True
    if before in DETERMINERS | PREPOSITIONS | POSSESSIVES and before not in {"that", "to"}:
        return False
    if before.endswith("ly") and at > 1 and items[at - 2].lower in DETERMINERS | POSSESSIVES:
        return False  # "his newly appointed chief"
    cue = CUES.get(item.lower)
    if cue is not None and cue.form in {"third", "base"}:
        return is_verb(items, at, cue)
    if item.lower.endswith("ing") and len(item.word) > 5:
        return item.lower not in ING_NOUNS
    return item.lower in IRREGULAR_PASTS or (
        item.lower.endswith("ed") and len(item.word) > 3 and item.lower not in _NO_PARTICIPLES
    )


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
    """ "Smith, a nurse in Leeds, said": from the closing mark to the subject before the first."""
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
    marks = [i for i in marks if i > quote]
    if items[comma - 1].lower == ")":
        return phrase_before(items, comma - 1)
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
            and _in_phrase(items, first - 1)
            and (items[first - 1].lower not in PREPOSITIONS or _of_place(items, first - 1))
        ):
            first -= 1
        return phrase(items, first, back), relative
    source, _ = phrase_before(items, back, depth + 1)
    if source is not None:
        # "those lined up inside, who": the name is all of it.
        source = replace(source, end=items[back].end)
    return source, relative


def _of_place(items: Sequence[Item], at: int) -> bool:
    """The "of" in "Senator Ted Cruz of Texas"."""
    return items[at].lower == "of" and at > 0 and items[at - 1].capital and items[at + 1].capital


def _before_bracket(items: Sequence[Item], closing: int) -> int:
    return next((i for i in range(closing, -1, -1) if items[i].lower == "("), 0) - 1


def _in_phrase(items: Sequence[Item], at: int) -> bool:
    """Whether a noun phrase can go on to the left over this item."""
    item = items[at]
    if item.quoted or item.lower in MARKS | STOPS - {"."}:
        return False
    if item.lower == "and" and 0 < at < len(items) - 1:
        return items[at - 1].capital and items[at + 1].capital and items[at - 1].wordy
    if item.lower in BREAKS:
        return False
    if item.lower in AUXILIARIES - {"'s"} or item.lower in PRONOUNS:
        return False
    if not (item.wordy or item.lower in {"'s", "'", "’", ".", "/", "&"}):
        return False
    return not verbal(items, at)


def main_subject(items: Sequence[Item], before: int) -> Found:
    """The first noun phrase of the sentence, if a verb follows it, as seen from `before`."""
    for at in range(before - 2, 0, -1):
        if items[at].lower in _SUBORDINATORS and not items[at + 1].quoted:
            source, first = _clause_subject(items, at + 1, before)
            if source is not None:
                return source, first
        if items[at].quoted:
            break
    return _clause_subject(items, _after_opening(items, 0, before), before)


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
                _in_phrase(items, last)
                and items[last].lower not in TIMES | ADVERBS
                and (items[last].capital or not items[last].lower.endswith("ly"))
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
    return (found, first) if _can_speak(items, first, last - 1, found) else NOBODY


def _after_opening(items: Sequence[Item], at: int, before: int) -> int:
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
        or items[at].lower in {"last", "earlier", "this", "according", "shortly", "born"}
    ):
        comma = next((i for i in range(at, min(at + 40, before)) if items[i].lower == ","), -1)
        if 0 < comma < before - 1:
            at = comma + 1
            while at + 1 < before and items[at].capital and items[at + 1].lower == ",":
                at += 2  # "At a rally in Portsmouth, N.H., ..."
            return _after_opening(items, at, before)
    return at


def phrase_before(items: Sequence[Item], last: int, depth: int = 0) -> Found:
    """The noun phrase whose words end at `last`, perhaps with a relative clause in it."""
    if last >= 0 and items[last].lower == ")":
        last = _before_bracket(items, last)
    if last < 0 or not items[last].wordy or depth > _DEEPEST:
        return NOBODY
    if items[last].lower in PRONOUNS:
        return phrase(items, last, last), last
    if items[last].lower in RELATIVES:
        return _antecedent(items, last, depth)
    first = last + 1
    while first > 0 and last - first < _LONGEST and _in_phrase(items, first - 1):
        first -= 1
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
    found = phrase(items, first, last)
    return (found, first) if _can_speak(items, first, last, found) else NOBODY


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
    participle = word.endswith(("ing", "ed")) or word in IRREGULAR_PASTS
    if (
        before == verb - 1
        and before >= 0
        and items[before].wordy
        and participle
        and items[before].lower not in BREAKS
    ):
        if loose or word.endswith("ing"):
            return phrase_before(items, before, depth + 1)
    if loose:
        return NOBODY
    cue = CUES.get(word)
    if cue is not None and cue.strength != "weak" and cue.lemma != "want":
        return None
    if word.endswith("ing") and (before < 0 or items[before].lower in BREAKS | MARKS | TIMES):
        return None  # "But hacking specialists say"
    return NOBODY


def _is_loose_apposition(items: Sequence[Item], first: int) -> bool:
    """ "Smith (Lab), a supporter of Jones told ...": an insertion that is never closed."""
    return (
        first >= 2
        and items[first].lower in {"a", "an", "the"}
        and items[first - 1].lower == ","
        and (items[first - 2].lower == ")" or items[first - 2].capital)
        and not any(item.quoted for item in items[:first])
        and all(i.wordy or i.lower in {"(", ")", ".", "-"} for i in items[: first - 1])
    )


def _trim(items: Sequence[Item], first: int, last: int) -> int:
    """Past adverbs and times at the front of a phrase: "Later Monday Smith"."""
    while first < last and (
        items[first].lower in TIMES
        or items[first].lower in ADVERBS - {"all", "both", "each", "first"}
        or (items[first].lower.endswith("ly") and not items[first].capital)
    ):
        first += 1
    return first


def _inside_prepositional(items: Sequence[Item], first: int, last: int) -> Found:
    """ "In a statement Smith", "On Monday the council": the last phrase with no preposition."""
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


def _can_speak(items: Sequence[Item], first: int, last: int, found: NounPhrase) -> bool:
    head = next(i for i in items[first : last + 1] if i.start == found.head_start)
    if (
        (head.lower in _NOT_SPEAKERS and not head.capital)
        or head.lower in TIMES
        or head.lower in PREPOSITIONS
    ):
        return False
    if (
        head.capital
        or items[first].lower in DETERMINERS | PRONOUNS
        or items[first].word[0].isdigit()
    ):
        return True
    if head.lower.endswith("s") and not head.lower.endswith("ss"):
        return True
    if any(i.lower == "'s" for i in items[first : last + 1]):
        return True
    return head.lower in BARE_SOURCES | DOCUMENTS | IRREGULAR_PLURALS or (
        items[first].capital and last > first
    )


def phrase(items: Sequence[Item], first: int, last: int) -> NounPhrase:
    """items[first..last] as a noun phrase; its head is the last word before its preposition."""
    while last > first and not items[last].wordy:
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
    """A participle that hangs on the noun before it: "people familiar", "those lined up"."""
    return at > 0 and items[at].lower != items[at].word.upper() and verbal(items, at)


def phrase_after(items: Sequence[Item], at: int) -> NounPhrase | None:
    """The noun phrase that begins at `at`."""
    last = at
    while last < len(items) and last - at < 16:
        item = items[last]
        if item.quoted or not (item.wordy or item.lower in {"'s", "'", "’"}):
            if item.lower != "." or not (last > at and len(items[last - 1].word) < 3):
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
    return phrase(items, at, last - 1)


def _lower(items: Sequence[Item], at: int) -> str:
    return items[at].lower if 0 <= at < len(items) else ""
