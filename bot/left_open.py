"""Questions that have a verb but leave their object open: "who disagreed?", "any reaction?".

Where such a question names nothing else, its object is what the last one was about.
"""

import re
from collections.abc import Sequence

from bot import referents
from bot.mentions import mentions
from bot.people import Person
from bot.things import things
from bot.turns import Turn
from bot.wording import gist

# Before a noun that others may describe: "the reason", "any criticism", not "the first goal".
_ONLY = (
    r"(?:(?:[Ww]hat|[Ww]ho) (?:was|were|is|are) the (?:main |exact |official |real |other )?|"
    r"(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere) there (?:any |an? |some )?|^[Aa]ny )"
)
# What the last word of the question asks to be followed by; the empty one takes a plain object.
_OPEN = {
    preposition: re.compile(rf"\b(?:{ends})(?: too| as well| also)?\W*$")
    for preposition, ends in {
        "about": r"(?:dis)?agree[ds]?|think|thinks|feel|feels|views?|opinions?|position|stance|"
        r"(?:[’']s|s[’']|his|her|their) take|thoughts?|(?:the )?same(?: thing)?|"
        r"(?:think|say|believe)s? so|comment(?:s|ed)?",
        "to": r"react(?:s|ed|ions?)?|respon(?:d|ds|ded|se|ses)|repl(?:y|ies|ied)|answer(?:ed)?|"
        r"object(?:s|ed|ions?)|opposition",
        "for": rf"responsible|to blame|{_ONLY}(?:reasons?|cost|price|penalty|deadline|evidence|"
        r"motives?)",
        "of": rf"{_ONLY}(?:criticisms?|consequences?|effects?|results?|outcomes?|purpose|aim|goal|"
        r"causes?|benefits?|limits|background|context|circumstances|details|risks?|dangers?)",
        "by": r"affected|caused",
        "in": r"involved|taking part|took part",
        "": r"oppose[ds]?|supports?|supported|criticis(?:es|ed)|criticiz(?:es|ed)|back(?:s|ed)|"
        r"approves?|approved|against|in favou?r of|welcomed",
    }.items()
}
_SPEAKS = re.compile(
    r"\b(?:say|said|says|tell|told|claim|claimed|believe|argue|suggest|want|propose)\W*$",
    re.IGNORECASE,
)


def closed(
    question: str, last: Turn, people: Sequence[Person], *, joined: bool = False
) -> str | None:
    """`question` with the object it leaves open, or None where it leaves none.

    Args:
        question: the question, its pronouns resolved.
        last: the turn before.
        people: whom the articles name.
        joined: whether it began with "and": then "and what did Seymour say?" keeps the topic too.
    """
    preposition = next((lead for lead, ends in _OPEN.items() if ends.search(question)), None)
    if preposition is None and joined and _SPEAKS.search(question):
        preposition = "about"
    if preposition is None or any(thing.role in {"about", "other"} for thing in things(question)):
        return None
    object_ = referents.topic(last)
    if object_ is None and not joined:
        object_ = referents.something([last], people, subject=False)
    if object_ is None and preposition in {"for", "of", "by", "in"}:
        object_ = _whole(last, people)
    if object_ is None or object_.lower() in question.lower():
        return None
    return " ".join((question.rstrip("?!. "), preposition, object_)).replace("  ", " ")


def names_view(fragment: str) -> bool:
    """Whether a fragment without a verb asks for a view: "Seymour's reaction"."""
    return any(_OPEN[lead].search(fragment) for lead in ("about", "to", "of"))


def _whole(last: Turn, people: Sequence[Person]) -> str | None:
    """All that was asked about, where that is more than a person."""
    words = gist(last.question)
    if not 0 < len(words.split()) <= referents.LONGEST_GIST:
        return None
    named = mentions(f"about {words}", people)
    return None if named and named[0].end - named[0].start >= len(words) else words
