"""What "she", "they", "it", "there" and "that" stand for, from the turns before.

The order of preference is that of centering (Grosz, Joshi and Weinstein, 1995), much simplified:
the latest turn first; in it the question's subject before its other names, and the question before
the sentences cited for it; the article's own pronouns decide between a he and a she.
"""

import re
from collections.abc import Sequence

from bot.answers import Citation
from bot.little_words import BE, PREPOSITIONS, VERBS
from bot.mentions import TIMES, known, mentions
from bot.people import GROUPS, Gender, Person, from_speaker, is_group, is_person_noun
from bot.things import Thing, things
from bot.turns import Turn
from bot.wording import form, gist

LONGEST_GIST = 14  # words of the last question that stand for "that"
SHORTEST_GIST = 3  # words; fewer tell nothing: "Wednesday", after "the spokeswoman said"
LONGEST_QUOTE = 30  # words of a cited sentence that stand for "that" in "who said that?"

_WAY = re.compile(r"(?i)\b(?:street|road|avenue|lane|quay|drive|way|square|island|beach|coast)s?$")
_PLACE = re.compile(
    r"\b(?:in|at|on|near|outside|inside|around|from|"
    r"to)\s+((?:the\s+)?[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*)*)"
)
_FRAMED = re.compile(
    r"^(?:\S+\s+){1,9}?(?:said|says|told \S+|asked for|asks for|asked|added|claimed|argued|"
    r"believes|thinks|wrote|warned|announced|insisted|found|finds|showed|shows|discovered|concluded|"
    r"reported|noted|explained|suggested|estimated)(?:\s+(?:that|he|she|they|it)(?=\s))*\s+"
)
# Where and by whom an agency's report was written: "MADRID, Spain (CNN) --".
_DATELINE = re.compile(r"^(?:[A-Z][\w.',’ ]{0,50})?\(\w[\w ]*\)\s+(?:--|—|–)\s+")
_QUOTED = re.compile(r"[\"“]((?:[^\s\"”]+\s+){3,}[^\s\"”]+)[\"”]")
_SAID = re.compile(r"\b(?:say|said|think|tell|claim|announce|argue|suggest|mean)\b", re.IGNORECASE)


_WHERE = frozenset("in at near outside inside around".split())


def someone(
    gender: Gender,
    turns: Sequence[Turn],
    people: Sequence[Person],
    beside: str = "",
    *,
    speaks: bool = False,
    acts: bool = False,
) -> Person | None:
    """Whom "she", "he" or "they" means.

    Args:
        gender: the pronoun.
        turns: the turns before, oldest first.
        people: whom the articles name.
        beside: a name in the same clause, so not that one.
        speaks: whether they are said to say something, which mandates can't.
        acts: whether they are said to do something, which people do sooner than mandates.
    """
    if gender == "they" and not speaks and turns:
        several = _subjects(turns[-1])
        if several is not None:
            return several
    if gender == "they" and not speaks and acts:
        chosen = someone(gender, turns[-1:], people, beside, speaks=True)
        if chosen is not None and chosen.gender == "they":
            return chosen
    for turn in _latest_first(turns, speaks=speaks):
        candidates = [
            person
            for person in _people_of(turn, people)
            if not (beside and _same(person.name, beside))
            and not (speaks and not _can_speak(person, people))
        ]
        if gender == "they":
            chosen = _several(candidates)
        else:
            chosen = _first(candidates, gender) or _first(
                [person for person in candidates if _could_be_one(person)], "unknown"
            )
        if chosen is not None:
            return chosen
    nearest = _first(_nearest_speakers(turns, people), gender) if gender != "they" else None
    if nearest is not None:
        return nearest
    known = [person for person in people if person.gender == gender]
    if len(known) == 1:
        return known[0]
    # With no turn to go by, only a sole bearer is certain; an article's one unknown may be it.
    unknown = [person for person in people if person.gender == "unknown"]
    if not known and len(unknown) == 1:
        return unknown[0]
    # The article, or what was made of it, may be wrong about the only one there is.
    last = _people_of(turns[-1], people) if turns and gender != "they" else []
    others = {person.name: person for person in last if person.gender in {"she", "he"}}
    return next(iter(others.values())) if len(others) == 1 and not known else None


def _latest_first(turns: Sequence[Turn], *, speaks: bool) -> Sequence[Turn]:
    """A "who said that?" only interrupts, unless the next question is of the one who speaks."""
    latest = list(reversed(turns))
    interrupts = len(latest) > 1 and latest[0].question.startswith('Who said "')
    return [*latest[1:], latest[0]] if interrupts and not speaks else latest


def _subjects(turn: Turn) -> Person | None:
    """Those of whom the last question asked: "the horses" of "how many horses died"."""
    for thing in things(turn.question):
        last = thing.text.split()[-1].lower()
        plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
        if thing.role == "subject" and plural and thing.text.islower():
            named = re.sub(r"^(?:any|some|other|more)\s+", "", thing.text)
            return Person(named if named.startswith("the ") else f"the {named}", "they")
    return None


def something(turns: Sequence[Turn], people: Sequence[Person], subject: bool) -> str | None:
    """What "it" means: what the last question was about, its subject or its object."""
    for turn in reversed(turns):
        named = [
            thing
            for thing in things(turn.question)
            if not _is_someone(thing, turn.question, people)
        ]
        order = ("about", "subject", "object") if subject else ("about", "object", "subject")
        for role in (*order, "other", "place"):
            of_role = [
                thing
                for thing in named
                if thing.role == role and (role != "place" or thing.text[:1].islower())
            ]
            of_role = [thing for thing in of_role if _is_one(thing)]
            if of_role:
                return of_role[0 if role == "subject" else -1].text
        told = answered_gist(turn)
        if told is not None and form(turn.question).asked.lower() == "what":
            return told if _SAID.search(turn.question) else _first_thing(told, people)
        groups = [mention.person.name for mention in mentions(turn.question, people)]
        one = groups[:1] != [] and not groups[0].lower().endswith(("s", "police", "people"))
        if one and is_group(groups[0]):
            return groups[0]
    return None


def _is_one(thing: Thing) -> bool:
    """Whether "it" can be meant: no plural, and no "the least"."""
    last = thing.text.split()[-1].lower()
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "ics", "news", "series"))
    return not (plural and thing.text.islower()) and last not in {"least", "most", "best", "worst"}


def _first_thing(told: str, people: Sequence[Person]) -> str | None:
    """The first thing in what was told that has an article: "a fence" before "scoping work"."""
    for thing in things(told):
        if (
            re.match(r"(?:the|an?)\s", thing.text)
            and _is_one(thing)
            and not _is_someone(thing, told, people)
        ):
            return thing.text
    return None


def topic(turn: Turn) -> str | None:
    """What the turn's question asked about: "mandates" of "what did she say about mandates"."""
    return next((thing.text for thing in things(turn.question) if thing.role == "about"), None)


def event(turn: Turn, people: Sequence[Person]) -> str | None:
    """What "that" means: the topic of speech, else all that was asked about, in its own words.

    "What did Mallard ask for?" names nothing but him, so there it is what the answer tells.
    """
    about = topic(turn)
    if about is not None:
        return about
    told = answered_gist(turn)
    named = [
        thing for thing in things(turn.question) if not _is_someone(thing, turn.question, people)
    ]
    if not named and told is not None and form(turn.question).asked.lower() == "what":
        return told
    words = gist(turn.question).split()
    if 1 < len(words) <= LONGEST_GIST and words[-1].lower() not in PREPOSITIONS:
        leads_with_verb = words[0].lower() in VERBS or words[0].lower().endswith("ed")
        return " ".join(("those who", *words) if leads_with_verb else words)
    return something([turn], people, subject=False) or told


def place(turns: Sequence[Turn], people: Sequence[Person] = ()) -> str | None:
    """Where "there" is, with its preposition: "at Parliament"."""
    for turn in reversed(turns):
        for thing in reversed(things(turn.question)):
            if (
                thing.role == "place"
                and not is_person_noun(thing.text)
                and not is_group(thing.text)
            ):
                return f"{thing.lead} {thing.text}"
        for citation in _cited(turn):
            for match in _PLACE.finditer(citation.quote):
                named = match.group(1)
                if named.split()[0].lower() in TIMES or match.group().startswith("to "):
                    continue
                if match.group().startswith("on ") and not _WAY.search(named):
                    continue  # "on TVNZ's Breakfast" is no place
                if not any(_same(named, person.name) for person in people):
                    return match.group()
    return None


def quotation(turn: Turn) -> str | None:
    """The words of the first cited sentence, cut to a searchable length."""
    for citation in _cited(turn):
        words = re.sub(r"[“”\"]", "", _DATELINE.sub("", citation.quote)).split()
        return " ".join(words[:LONGEST_QUOTE]).rstrip(" .,;:")
    return None


def answered_gist(turn: Turn) -> str | None:
    """What the first cited sentence tells, without "Speaker Trevor Mallard said that"."""
    said = quotation(turn)
    if said is None:
        return None
    quoted = _QUOTED.search(_cited(turn)[0].quote)
    words = (quoted.group(1) if quoted else _FRAMED.sub("", said)).split()
    if len(words) < SHORTEST_GIST:
        words = said.split()
    return '"' + " ".join(words[:LONGEST_GIST]).rstrip(" .,;:") + '"'


def _cited(turn: Turn) -> Sequence[Citation]:
    if turn.answer is None or turn.answer.status == "not_in_article":
        return ()
    return turn.answer.citations


def _people_of(turn: Turn, people: Sequence[Person]) -> list[Person]:
    """Everyone in the question, then the speakers cited, then everyone in the cited sentences.

    A question that asks who is answered by a name, and that is whom the next one speaks of.
    """
    asked = [mention.person for mention in mentions(turn.question, people)]
    spoke = [
        _fullest(from_speaker(citation.speaker), people)
        for citation in _cited(turn)
        if citation.speaker is not None
    ]
    told = [
        mention.person
        for citation in _cited(turn)
        for mention in mentions(citation.quote, people)
        if _can_speak(mention.person, people)
    ]
    if form(turn.question).asked.lower() in {"who", "whom"} and not _asks_who_one_is(turn, asked):
        return [*(person for person in spoke if person in told), *told, *spoke, *asked]
    return [*asked, *spoke, *told]


def _asks_who_one_is(turn: Turn, asked: Sequence[Person]) -> bool:
    """Whether "Who is Demjanjuk?" names the one that the next question speaks of."""
    return bool(asked) and form(turn.question).auxiliary.lower() in BE


def _nearest_speakers(turns: Sequence[Turn], people: Sequence[Person]) -> list[Person]:
    """Whoever speaks in the passages shown when the last question was declined."""
    shown = turns[-1].answer.nearest if turns and turns[-1].answer else ()
    return [_fullest(from_speaker(each.speaker), people) for each in shown if each.speaker]


def _can_speak(person: Person, people: Sequence[Person]) -> bool:
    """A person or a group of them; mandates and eight locations are neither."""
    if person in people or is_person_noun(person.name):
        return True
    last = (person.name.lower().split() or [""])[-1]
    return last in GROUPS or (person.gender == "unknown" and not people)


def _several(candidates: Sequence[Person]) -> Person | None:
    """A group before one person whose gender is not known, before anyone at all."""
    for gender in ("they", "unknown"):
        chosen = next((person for person in candidates if person.gender == gender), None)
        if chosen is not None:
            return chosen
    return candidates[0] if candidates else None


def _first(candidates: Sequence[Person], gender: Gender) -> Person | None:
    return next((person for person in candidates if person.gender == gender), None)


def _could_be_one(person: Person) -> bool:
    return person.gender == "unknown"


def _fullest(person: Person, people: Sequence[Person]) -> Person:
    return next((known for known in people if _same(known.name, person.name)), person)


def _same(one: str, other: str) -> bool:
    """Whether two names share their last word, or one is part of the other."""
    left, right = one.lower().split(), other.lower().split()
    return bool(left and right) and (left[-1] == right[-1] or one.lower() in other.lower())


def _is_someone(thing: Thing, question: str, people: Sequence[Person]) -> bool:
    """One person, or a plural: "it" is neither, though it may be a party or a council."""
    if is_person_noun(thing.text):
        return True
    last = thing.text.lower().split()[-1]
    if last in {"police", "people"} or (
        is_group(thing.text) and last.endswith("s") and thing.role != "about"
    ):
        return True
    return any(
        mention.person.gender != "they" and mention.start < thing.end and thing.start < mention.end
        for mention in known(question, people)
    )
