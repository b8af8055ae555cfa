"""The things that a question names: the runs of words between its little ones."""

import re
from dataclasses import dataclass, field
from typing import Literal

from bot.little_words import (
    ABOUT,
    AUXILIARIES,
    BE,
    DETERMINERS,
    DO,
    LIGHT,
    LITTLE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    is_verb,
)
from bot.wording import form

Role = Literal["about", "subject", "object", "place", "other"]

_ADJECTIVE_ENDINGS = ("ful", "ous", "able", "ible", "ive", "less", "ular", "ic", "al", "ing")
_ADJECTIVES = frozenset(
    "good bad big small long short old new young true false open safe dangerous online popular "
    "legal hurt alive dead happy angry upset ready free guilty innocent present likely "
    "interesting violent peaceful expensive cheap important significant different similar "
    "available".split()
)
_NOUNS_IN_LY = frozenset(
    "family supply assembly rally reply ally fly bully monopoly anomaly belly lily jelly".split()
)
_PLACE_LEADS = frozenset("in at near outside inside around from to on".split())
_WORD = re.compile(r"[^\W_][^\s\"“”?!;:()\[\]]*")


@dataclass(frozen=True)
class Thing:
    """A thing that a question names: `question[start:end]`, with the word that leads to it."""

    text: str
    start: int
    end: int
    role: Role
    lead: str
    """The preposition before it; empty for a subject or an object."""


def things(question: str) -> tuple[Thing, ...]:
    """The things that `question` names, in order."""
    parts = form(question)
    auxiliary = parts.auxiliary.lower()
    reading = _Reading(question, auxiliary in BE, awaits_verb=auxiliary in DO)
    words = list(_WORD.finditer(question))
    asked = len(parts.asked)
    if asked and not parts.auxiliary and not parts.asked_noun:
        # In "who disagrees with her", what follows "who" is the verb.
        words = [word for word in words if word.start() >= asked][1:]
        reading.after_verb = True
    followers = [word.group().lower() for word in words[1:]] + [""]
    for word, following in zip(words, followers, strict=False):
        reading.take(word, following)
    reading.close()
    return tuple(
        thing for thing in reading.found if thing.start >= asked or thing.text == parts.asked_noun
    )


@dataclass
class _Reading:
    """A question read word by word; `run` is the thing that is being read."""

    question: str
    be_asked: bool
    """Whether "is" or "was" is asked, so that an adjective may follow the subject."""
    awaits_verb: bool
    """Whether "did" is asked and its verb is still to come."""
    after_verb: bool = False
    seen_auxiliary: bool = False
    lead: str = ""
    run: list[re.Match[str]] = field(default_factory=list)
    found: list[Thing] = field(default_factory=list)

    def take(self, word: re.Match[str], following: str) -> None:
        lower = word.group().lower().strip(".,'")
        if lower in AUXILIARIES or lower in PRONOUNS or lower in POSSESSIVES:
            self.close()
            self.seen_auxiliary = self.seen_auxiliary or lower in AUXILIARIES
            self.lead = ""
        elif lower == "of" and self.run:
            self.run.append(word)
        elif lower in PREPOSITIONS:
            self.close()
            self.lead = lower
        elif self._ends_name(word, lower) or (
            is_verb(lower) and not self._is_noun(lower, following)
        ):
            self.close()
            self.after_verb, self.awaits_verb, self.lead = True, False, ""
        elif lower in DETERMINERS and following and following not in AUXILIARIES:
            if self._last() != "of":
                self.close()
            self.run.append(word)
        elif lower in LITTLE:
            self.close()
        else:
            self.run.append(word)
            if word.group()[-1] in ",.":
                self.close()

    def close(self) -> None:
        """The run is a thing, unless its words name nothing."""
        kept, self.run = self.run, []
        while kept and kept[-1].group().lower().strip(".,'") in DETERMINERS | {"of"}:
            kept = kept[:-1]
        if not any(_names_something(word.group()) for word in kept):
            return
        start = kept[0].start()
        text = re.sub(r"(?:'s|[.,'])$", "", self.question[start : kept[-1].end()])
        if self.be_asked and not self.lead and not self.after_verb:
            text = _without_adjective(text)
        if text:
            role = _role(self.lead, text, after_verb=self.after_verb)
            self.found.append(Thing(text, start, start + len(text), role, self.lead))

    def _last(self) -> str:
        return self.run[-1].group().lower() if self.run else ""

    def _in_name(self) -> bool:
        return bool(self.run) and all(word.group()[:1].isupper() for word in self.run)

    def _ends_name(self, word: re.Match[str], lower: str) -> bool:
        """In "did Ardern lambast the protesters", the name ends where the verb begins."""
        plain = lower not in LITTLE | DETERMINERS and word.group().islower()
        return plain and self.seen_auxiliary and not self.lead and self._in_name()

    def _is_noun(self, lower: str, following: str) -> bool:
        """In "the protest", "in support of", "vaccine rule": words that are verbs elsewhere."""
        if self._last() in DETERMINERS | {"of"} or following == "of":
            return True
        if self.awaits_verb or self.lead == "to" or self._in_name():
            return False
        if self.run and not self.lead and lower.endswith("ed"):
            return False  # "Why were the pages dismissed", "how many horses died"
        return bool(self.lead) or (bool(self.run) and not following)


def _without_adjective(text: str) -> str:
    """The thing in "the album successful", of "was the album successful?"."""
    *thing, last = text.split()
    if all(word.lower() in DETERMINERS for word in thing):
        return text  # in "the hearing", no adjective
    if last.islower() and (last in _ADJECTIVES or last.endswith(_ADJECTIVE_ENDINGS)):
        return " ".join(thing)
    return text


def _names_something(word: str) -> bool:
    lower = word.lower().strip(".,'")
    adverb = word.islower() and lower.endswith("ly") and lower not in _NOUNS_IN_LY
    return not adverb and lower not in DETERMINERS | LIGHT | {"of"}


def _role(lead: str, text: str, *, after_verb: bool) -> Role:
    if lead in ABOUT and not (lead == "on" and text[:1].isupper()):
        return "about"
    if lead in _PLACE_LEADS:
        return "place"
    if lead:
        return "other"
    return "object" if after_verb else "subject"
