"""Whom a text names: known people by any part of their name, others by their capital letters."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.little_words import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS
from bot.people import Gender, Person, described, is_group, is_person_noun
from bot.places import is_place
from bot.things import things

ALIKE = 0.84  # difflib ratio at which a written name is a misspelt known one

_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:\s+(?:(?:of|the|de|van|von)\s+)?[A-ZÀ-Þ0-9][\w’'-]*)*")
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)
_NEVER_NAMES = frozenset("i the a an and or ok".split())


@dataclass(frozen=True)
class Mention:
    """Someone named in a text at `text[start:end]`."""

    person: Person
    start: int
    end: int


def mentions(text: str, people: Sequence[Person]) -> list[Mention]:
    """Everyone named in `text`, in order: known people by any part of their name, misspelt too,
    then unknown capitalised names, then persons and groups by what they are ("the mayor").
    """
    found = list(known(text, people))
    taken = [(mention.start, mention.end) for mention in found]

    def free(start: int, end: int) -> bool:
        return all(end <= left or start >= right for left, right in taken)

    for match in _CAPITALS.finditer(text):
        name = re.sub(r"[’']s?$", "", match.group())
        start, end = match.start(), match.start() + len(name)
        opening = name.split()[0]
        if " " in name and opening.lower() in AUXILIARIES | PRONOUNS | PREPOSITIONS | DETERMINERS:
            name = name[len(opening) :].strip()
            start = end - len(name)
        alone = len(name.split()) == 1
        first = name.split()[0].lower()
        if first in PRONOUNS or first in TIMES or not free(start, end):
            continue
        if alone and (match.start() == 0 or name.lower() in _NEVER_NAMES):
            continue
        if not _follows_place_word(text, start) and not is_place(name):
            gender: Gender = "they" if is_group(name.lower()) else "unknown"
            found.append(Mention(Person(name, gender), start, end))
            taken.append((start, end))
    for thing in things(text):
        if free(thing.start, thing.end):
            if is_person_noun(thing.text):
                found.append(Mention(_bearer(thing.text, people), thing.start, thing.end))
            elif is_group(thing.text):
                found.append(Mention(Person(thing.text, "they"), thing.start, thing.end))
    return sorted(found, key=lambda mention: mention.start)


def known(text: str, people: Sequence[Person]) -> Iterator[Mention]:
    """Those of `people` whom `text` names, each once, misspelt too."""
    taken: list[tuple[int, int]] = []
    for person in people:
        for pattern in _ways_to_name(person.name):
            found = re.search(rf"(?<!\w){re.escape(pattern)}(?!\w)", text, re.IGNORECASE)
            if found and all(
                found.end() <= left or found.start() >= right for left, right in taken
            ):
                taken.append(found.span())
                yield Mention(person, *found.span())
                break
    for word in re.finditer(r"[^\W\d_]{5,}", text):
        if any(word.start() < right and left < word.end() for left, right in taken):
            continue
        for person in people:
            last = person.name.split()[-1] if person.name else ""
            if person.gender != "they" and len(last) >= 5 and _misspelt(word.group(), last):
                taken.append(word.span())
                yield Mention(person, *word.span())
                break


def _ways_to_name(name: str) -> list[str]:
    """The whole name, then its last word, then its first where it is a person's and long enough."""
    parts = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE).split()
    ways = [" ".join(parts)]
    if len(parts) > 1 and all(part[:1].isupper() for part in parts):
        ways += [part for part in (parts[-1], parts[0]) if len(part) > 3]
    return [way for way in ways if len(way) > 1]


def _misspelt(word: str, name: str) -> bool:
    """One letter left out, added, changed or swapped, after the same first letter."""
    word, name = word.lower(), name.lower()
    if word[0] != name[0] or abs(len(word) - len(name)) > 1 or word == name:
        return False
    return difflib.SequenceMatcher(None, word, name).ratio() >= ALIKE


def _follows_place_word(text: str, start: int) -> bool:
    return bool(
        re.search(r"\b(?:in|at|on|near|to|from|around|of the)\s+(?:the\s+)?$", text[:start].lower())
    )


def _bearer(noun: str, people: Sequence[Person]) -> Person:
    """Who alone is described so: "the mayor" is Andy Foster, "Wellington mayor"."""
    last = noun.lower().split(" of ")[0].split()[-1]
    bearers = [person for person in people if last in person.description.lower().split()]
    return bearers[0] if len(bearers) == 1 else described(noun)
