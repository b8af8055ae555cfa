"""Which words of a sentence are verbs, and which are nouns that look like them."""

from collections.abc import Sequence

from index.cues import CUES, NOUN_LIKE, Cue
from index.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    BREAKS,
    DETERMINERS,
    DOCUMENTS,
    ING_NOUNS,
    IRREGULAR_PASTS,
    IRREGULAR_PLURALS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    Item,
    is_adverb,
)

_OPENERS = PRONOUNS | DETERMINERS | frozenset("that to how why what whether him them".split())
_HAVE = frozenset("has have had 've".split())
_ADJECTIVAL = frozenset(  # "reports alleged abuse"
    "allege suspect expect propose plan project estimate report limit record hire mix".split()
)
LONGEST_SUBJECT = 26  # words of a subject with what hangs on it
_ALONE = frozenset("that some many most few all both several one another each two three".split())
_ARTICLES = frozenset("the a an his her its their our my your".split())
_ABOUT = frozenset("talk care brag boast dream joke".split())
_PERIODS = frozenset("week month year night morning afternoon evening summer spring".split())
_OF = frozenset("of from by , and or were are have about".split())
BY_MEANS = frozenset("phone telephone email e-mail text video videolink letter".split())
_NO_PARTICIPLES = frozenset(
    "need feed seed speed indeed shed breed bleed creed greed united registered retired elected "
    "undecided uncommitted educated armed disabled experienced proposed alleged unnamed advanced "
    "so-called uninsured unemployed detailed limited noted".split()
)


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
        elif is_adverb(item) or (item.lower in {"there", "here"} and _is_noun(items, back - 1)):
            back -= 1
        else:
            break
    return back


def _is_noun(items: Sequence[Item], at: int) -> bool:
    """Whether a plural stands there, of which "there" may tell the place: "Polls there show"."""
    return at >= 0 and items[at].wordy and items[at].lower.endswith("s") and not verbal(items, at)


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
    by_agent = _lower(items, at + 1) == "by" and _lower(items, at + 2) not in BY_MEANS
    if cue.form in {"past", "participle"} and by_agent:
        return False
    if cue.form == "participle":
        return bool(helpers & {"has", "have", "had", "'ve", "'s", "'d"})
    if cue.form == "base":
        return _is_base_verb(items, at, back, helpers, cue)
    if cue.form == "third":
        if cue.lemma not in NOUN_LIKE:
            return before.lower != "'s" and helper not in PREPOSITIONS
        return before.lower != "'s" and _is_third_verb(items, at, helper, cue)
    return before.lower != "'s" or cue.form == "ing"


def _is_base_verb(items: Sequence[Item], at: int, back: int, helpers: set[str], cue: Cue) -> bool:
    if helpers & (AUXILIARIES - BE - _HAVE):
        return True
    if helpers & _HAVE:
        return False  # "had support": a participle would follow
    owner = _head_before(items, at, back) if cue.lemma in NOUN_LIKE else ""
    owner = owner or (items[back].lower if back >= 0 else "")
    named = back > 0 and items[back].capital and owner not in PRONOUNS
    if cue.lemma in NOUN_LIKE and named and not _opens_complement(items, at):
        return False  # "Sanders plan says", "Paris attack"
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
        "both",
        "all",
        "others",
        "few",
    }:
        return True
    if owner in {",", ")", "-", "—", "–"}:
        return _lower(items, at + 1) in {"that", "how", "why", "whether"}
    if not owner.endswith("s") or owner in {"news", "'s"} or owner.endswith("ss"):
        return False
    if owner in DOCUMENTS and cue.lemma == "show" and at > 3 and _lower(items, at + 1) == ".":
        return True  # "It was sold in 2010, council records show."
    if _lower(items, back - 1) in {",", "—", "–", "-"} and _lower(items, at + 1) in {".", ","}:
        return True  # "It was sold in 2010, records show."
    return _lower(items, at + 1) not in {"of", "from", ".", ",", "by"} and (
        _lower(items, at + 1) != "for" or cue.lemma == "call"
    )


def _head_before(items: Sequence[Item], at: int, back: int) -> str:
    """The plural that a noun-like verb agrees with: "Polls in New Hampshire show that"."""
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None or not (
        following.capital or following.lower in _OPENERS or following.word[0].isdigit()
    ):
        return ""
    farthest = max(0, back - LONGEST_SUBJECT)
    while back > farthest and items[back].wordy and items[back].lower not in BREAKS | AUXILIARIES:
        noun = items[back - 1].lower
        if items[back].lower in PREPOSITIONS and noun.endswith("s") and not noun.endswith("ss"):
            return noun if back == 1 or items[back - 2].lower not in PREPOSITIONS else ""
        back -= 1
    return ""


def _opens_complement(items: Sequence[Item], at: int) -> bool:
    """Whether the next word begins an object or a clause, which no noun has behind it."""
    following = _lower(items, at + 1)
    verb = CUES.get(following)
    return following not in PREPOSITIONS | {"", "as", ",", ".", "and", "or"} and (
        verb is None or verb.form not in {"third", "past"}
    )


def _is_third_verb(items: Sequence[Item], at: int, helper: str, cue: Cue) -> bool:
    before = items[at - 1]
    following = CUES.get(_lower(items, at + 1))
    if following is not None and following.form == "base" and following.lemma not in NOUN_LIKE:
        return False  # "records reveal"
    if _lower(items, at + 1) == "show" or _lower(items, at + 1) in AUXILIARIES:
        return False
    if following is not None and following.form == "past" and following.lemma not in _ADJECTIVAL:
        return False  # "Muslim advocates hailed"
    if _lower(items, at + 1) == "about" and cue.lemma not in _ABOUT:
        return False  # "her nuanced views about"
    if _lower(items, at - 2) == "'s" and before.lower.endswith(("ing", "ed", "al", "ive", "ous")):
        return False  # "Smith's fiery vows"
    if helper in PREPOSITIONS | {"and", "or"} and helper != "to":
        return helper in {"and", "or"} and _complement(items, at)
    if helper.endswith("s") and not helper.endswith(("ss", "is", "us")) and not before.capital:
        return helper in {"poll's", "news", "always"}
    if before.lower in {"who", "which", "that", ","} | PRONOUNS | ADVERBS:
        return True
    return _complement(items, at) or (before.capital and _lower(items, at + 1) not in _OF)


def _complement(items: Sequence[Item], at: int) -> bool:
    """Whether what follows can complete a verb: a noun plural before a verb could not be one."""
    if at + 1 >= len(items):
        return True
    following = items[at + 1]
    if at + 2 < len(items) and (following.lower in ADVERBS or is_adverb(following)):
        following = items[at + 2]  # "The survey shows only a small gap"
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
    alone = before in {"that", "to"} or (before in _ALONE and item.lower in CUES)
    alone = alone or (before == "'s" and _lower(items, at - 2) in PRONOUNS)
    if before in DETERMINERS | PREPOSITIONS | POSSESSIVES and not alone:
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


def _lower(items: Sequence[Item], at: int) -> str:
    return items[at].lower if 0 <= at < len(items) else ""
