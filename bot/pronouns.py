"""The pronouns of a follow-up, each replaced by what it stands for, where that is known."""

import re
from collections.abc import Sequence

from bot import referents
from bot.little_words import (
    ABOUT,
    AUXILIARIES,
    BE,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
)
from bot.mentions import mentions
from bot.people import GROUPS, Gender, Person
from bot.things import things
from bot.turns import Turn
from bot.wording import form

_PERSONAL: dict[str, Gender] = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
}  # fmt: skip
_OBJECTS = frozenset("him them it".split())
# Within these bounds "him" and "it" are somebody and something else than the subject.
_OTHER_CLAUSE = re.compile(
    r"[,;]|\b(?:that|when|if|because|after|before|while|and|but|who|whether)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CLAUSE = re.compile(
    r"[,;]|\b(?:that|when|if|because|after|before|while|and|but|who|whether|as|said|say|says|"
    r"think|thinks)\b"
)
_SPEAKS = re.compile(
    r"\s+(?:also |then |really )?(?:say|said|think|want|believe|claim|argue|tell|told|ask|asked|"
    r"demand|feel|react|"
    r"respond|reply|suggest|explain|plan|hope|fear|complain|warn)\b"
)

# What measures and plans do, and people don't.
_ENDURES = re.compile(
    r"\s+(?:still\s+)?(?:take effect|happen|start|begin|end|last|cost|apply|expire|come into|"
    r"in force|in place|"
    r"(?:be |been )?(?:lifted|introduced|imposed|removed|scrapped|extended|approved|passed))\b"
)

# "it" that stands for nothing, and "it" or "this" that is the article itself.
_EMPTY_IT = re.compile(
    r"\b(?:is|was|isn't|wasn't|would|will|be|it is|it was)\s+(?:it\s+)?(?:be\s+)?(?:true|"
    r"possible|likely|unlikely|"
    r"fair|time|legal|illegal|safe|ok|okay|necessary|important|raining|correct|certain|clear|"
    r"known|right|"
    r"wrong|worth|hard|easy|difficult|common|normal)\b(?=\s+(?:that|to|for|if|whether)\b)"
    r"|\bhow (?:long|much|many \w+) (?:does|did|will|would|has|had) it (?:take|cost to|been "
    r"since)\b"
    r"|\bwhat (?:time|day) (?:is|was) it\b",
    re.IGNORECASE,
)
_THE_ARTICLE = re.compile(
    r"\b(?:this|that|the|your) (?:article|story|text|piece|report|news|page|document|interview)\b"
    r"|\bwhat(?:'s| is| was) (?:it|this|that|this all|it all|all this) (?:all )?about\W*$"
    r"|\b(?:who|when|where) (?:was |is |has )?(?:it|this|that)?\s*(?:been )?(?:wrote|written|"
    r"published|posted)\b"
    r"|\b(?:sum|summari[sz]e|shorten|condense|recap|paraphrase|outline) (?:it|this|that|all this)\b"
    r"|\b(?:does|did) (?:it|this) (?:say|mention|report|talk about|describe)\b",
    re.IGNORECASE,
)
_ENDS = frozenset("too also exactly again and or then though instead".split())
_SAYING = frozenset("say said saying says mean meant think believe".split())
_PREDICATES = frozenset(
    "true so because really allowed legal possible right correct why how".split()
)
# Nouns that only point: "that issue" is whatever was asked about.
_POINTING = frozenset(
    "issue topic matter subject claim statement event incident case situation question thing idea "
    "decision remark comment allegation problem happening development".split()
)


def resolved(question: str, turns: Sequence[Turn], people: Sequence[Person]) -> str:
    """`question` with its pronouns replaced; those that can't be known stay as they are."""
    if is_of_the_article(question):
        return question
    done: set[str] = set()
    text, at = question, 0
    while (word := _WORD.search(text, at)) is not None:
        at = word.end()
        family = _family(word.group().lower())
        if not family or family in done:
            continue
        place = _replacement(text, word, turns, people)
        if place is None:
            continue
        start, end, instead = place
        done.add(family)
        text = text[:start] + instead + text[end:]
        at = start + len(instead)
    return text


def is_of_the_article(question: str) -> bool:
    """Whether "it" or "this" is the article itself: "what is this about?", "summarise it"."""
    return _THE_ARTICLE.search(question) is not None


def _family(word: str) -> str:
    if word in _PERSONAL:
        return _PERSONAL[word]
    if word in {"it", "its", "itself"}:
        return "it"
    if word in {"this", "that", "these", "those"}:
        return "that"
    return "there" if word == "there" else ""


def _replacement(
    text: str, word: re.Match[str], turns: Sequence[Turn], people: Sequence[Person]
) -> tuple[int, int, str] | None:
    lower = word.group().lower()
    before, after = text[: word.start()], text[word.end() :]
    if lower in _PERSONAL:
        return _person(text, word, turns, people)
    if lower in {"it", "its"}:
        if _EMPTY_IT.search(text) or _thing_inside(text, word.start(), lower, people):
            return None
        subject = lower == "it" and _after_auxiliary(before)
        named = referents.something(turns, people, subject)
        # A whole event begins or costs something; what someone spends is a thing or nothing known.
        if named is None and subject and turns:
            named = referents.event(turns[-1], people)
        return _span(word, _definite(named), possessive=lower == "its") if named else None
    if lower == "there":
        return _there(word, before, after, turns, people)
    if lower in {"this", "that", "these", "those"} and turns:
        return _that(text, word, turns, people)
    return None


def _person(
    text: str, word: re.Match[str], turns: Sequence[Turn], people: Sequence[Person]
) -> tuple[int, int, str] | None:
    lower = word.group().lower()
    gender = _PERSONAL[lower]
    possessive = lower in {"his", "their"} or (lower == "her" and _noun_follows(text[word.end() :]))
    is_object = lower in _OBJECTS or (lower == "her" and not possessive)
    before = text[: word.start()]
    # In "how many members do they have", the members are not they.
    since = len(form(before).asked) if _after_auxiliary(before) else 0
    inside = [
        mention
        for mention in mentions(text, people)
        if since <= mention.start and mention.end <= word.start()
    ]
    for mention in inside:
        between = text[mention.end : word.start()]
        if is_object and not _OTHER_CLAUSE.search(between):
            continue
        if _fits(mention.person.gender, gender):
            return None
    beside = next((m.person.name for m in mentions(text, people)), "")
    if gender == "they" and _plural_inside(text[: word.start()], is_object):
        return None
    identity = re.match(r"\s*(?:and\s+)?who (?:is|was|are|were)\s*$", before.lower())
    speaks = _SPEAKS.match(text[word.end() :]) is not None or identity is not None
    acts = lower in {"they", "their"} and not _ENDURES.match(text[word.end() :])
    person = referents.someone(gender, turns, people, beside, speaks=speaks, acts=acts)
    return _span(word, _definite(person.name), possessive) if person else None


def _fits(named: Gender, pronoun: Gender) -> bool:
    return named in {pronoun, "unknown"} if pronoun != "they" else named == "they"


def _plural_inside(before: str, is_object: bool) -> bool:
    """As in "What are the mandates and their cost": the plural stands in the question itself."""
    for thing in things(before):
        if thing.start < len(form(before).asked):
            continue
        plural = thing.text.endswith("s") and not thing.text.endswith(("ss", "us", "is"))
        if plural and thing.text.islower() and not (is_object and thing.role == "subject"):
            return True
    return False


def _thing_inside(text: str, start: int, lower: str, people: Sequence[Person]) -> bool:
    before = text[:start]
    someone = [(m.start, m.end) for m in mentions(before, people) if m.person.gender != "they"]
    named = [
        thing
        for thing in things(before)
        if not any(thing.start < right and left < thing.end for left, right in someone)
    ]
    if not named:
        return False
    # "Did the council approve it": an object in the same clause is not its own subject.
    if lower == "its":
        return True
    clause = _CLAUSE if _after_auxiliary(before) else _OTHER_CLAUSE
    return bool(clause.search(before[named[-1].end :]))


def _after_auxiliary(before: str) -> bool:
    words = before.lower().split()
    return not words or words[-1] in AUXILIARIES


def _there(
    word: re.Match[str],
    before: str,
    after: str,
    turns: Sequence[Turn],
    people: Sequence[Person],
) -> tuple[int, int, str] | None:
    previous = before.lower().split()[-1:] or [""]
    following = after.lower().split()[:1] or [""]
    ends = not re.search(r"\w", after)
    asks_who = re.match(r"\s*(?:and\s+)?who\s", before.lower()) is not None
    if previous[0] in AUXILIARIES and not (ends and asks_who):
        return None
    if following[0].strip("?") in AUXILIARIES or previous[0] in {"out", "over"}:
        return None
    where = referents.place(turns, people)
    if where is None:
        return None
    if previous[0] in {"from", "to", "in", "at", "near", "around"}:
        where = where.split(" ", 1)[1]
    return word.start(), word.end(), where


def _that(
    text: str, word: re.Match[str], turns: Sequence[Turn], people: Sequence[Person]
) -> tuple[int, int, str] | None:
    before, after = text[: word.start()], text[word.end() :]
    previous = (before.lower().split()[-1:] or [""])[0]
    following = [part.strip("?!.,") for part in after.lower().split()[:1]] or [""]
    noun = following[0]
    if noun in _POINTING or noun.rstrip("s") in _POINTING:
        end = word.end() + re.match(r"\s+\S+?(?=\W*(?:\s|$))", after).end()  # type: ignore[union-attr]
        named = referents.event(turns[-1], people)
        return (word.start(), end, _definite(named)) if named else None
    beyond = [part.strip("?!.,") for part in after.lower().split()[1:2]] or [""]
    ends = not noun or noun in PREPOSITIONS | _ENDS
    speaks = previous in _SAYING
    stands_alone = ends and (previous in PREPOSITIONS | VERBS or speaks or previous == "all")
    bounded = beyond[0] in DETERMINERS | PREPOSITIONS | PRONOUNS | POSSESSIVES | {""}
    as_subject = previous in AUXILIARIES and (
        not noun
        or (word.group() in {"that", "this"} and noun in VERBS | _PREDICATES)
        # "Will that affect her", but not "was this book a success".
        or (bounded and previous not in BE | {"has", "have", "had"})
    )
    leads = not previous and noun in AUXILIARIES
    if not (stands_alone or as_subject or leads):
        return None
    if re.match(r"\s*(?:and\s+)?who\s+(?:is|was|are|were)\s*$", before.lower()) and not noun:
        person = referents.someone("they", turns, people) if turns else None
        return _span(word, _definite(person.name), possessive=False) if person else None
    if speaks and ends:
        return _said_that(word, turns, people)
    named = referents.event(turns[-1], people)
    return _span(word, _definite(named), possessive=False) if named else None


def _said_that(
    word: re.Match[str], turns: Sequence[Turn], people: Sequence[Person]
) -> tuple[int, int, str] | None:
    """As in "Why did she say that": what was said is the topic, else the words just cited."""
    about = referents.topic(turns[-1])
    if about is not None:
        return word.start(), word.end(), f"{word.group()} about {about}"
    said = referents.answered_gist(turns[-1])
    if said is not None:
        return word.start(), word.end(), said
    named = referents.event(turns[-1], people)
    return _span(word, named, possessive=False) if named else None


def _noun_follows(after: str) -> bool:
    following = [part.strip("?!.,'").lower() for part in after.split()[:1]]
    if not following or not following[0] or re.match(r"\s*[?.,!]", after):
        return False
    return following[0] not in PREPOSITIONS | AUXILIARIES | ABOUT | {
        "and", "or", "but", "when", "if", "because", "that", "to", "too", "again", "say", "first",
        "then", "now", "a", "an", "the", "so", "this", "last", "what",
    }  # fmt: skip


def _definite(name: str) -> str:
    """As in "a new fence", once spoken of, is "the new fence"; so are "the researchers"."""
    if name.lower() in GROUPS - {"police", "people"}:
        return f"the {name.lower()}"
    return re.sub(r"^(?:an?|one|some|any|another)\s+", "the ", name, flags=re.IGNORECASE)


def _span(word: re.Match[str], name: str, possessive: bool) -> tuple[int, int, str]:
    if possessive:
        name += "'" if name.endswith("s") else "'s"
    return word.start(), word.end(), name
