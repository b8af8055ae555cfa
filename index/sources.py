"""Who a noun phrase or a pronoun means: the sources of an article, and who was spoken of last.

A pronoun is traced by salience: each earlier mention counts by its role (speaker, subject, other)
and fades with every sentence; gender and number must fit. The weights were chosen on PolNeAR's
training part.
"""

import re
from collections import Counter
from dataclasses import dataclass

from index.grammar import (
    BARE_SOURCES,
    DETERMINERS,
    OBJECT_PRONOUNS,
    POSSESSIVE_PRONOUNS,
    PRONOUNS,
)
from index.name_words import GENDERED_WORDS, ROLES, Gender
from index.names import Names
from index.phrases import NounPhrase

_LONGEST_NAME = 160  # characters of an unnamed source's own words
_REACH = 14  # sentences back that a pronoun may reach
_FADING = 0.25  # of a mention's weight, with each sentence
_UNNAMED = 0.15  # "an Iowa voter asked" is seldom the "she" who replied
_UNKNOWN_GENDER = 0.85
_PERHAPS = 0.5  # of a name that has spoken and may be a person's
_PEOPLE = ROLES | frozenset(
    "man woman boy girl person mother father son daughter wife husband neighbour neighbor driver "
    "victim witness source survivor customer shopper fan visitor tourist patient passenger "
    "soldier parent pensioner teenager worker employee volunteer voter reporter journalist "
    "magistrate juror defendant suspect applicant claimant widow relative friend supporter "
    "critic expert".split()
)
_GROUPS = frozenset(
    "police party company group government council committee court agency union club team school "
    "department ministry campaign administration family couple board association organisation "
    "organization bank firm university hospital church army crowd coalition staff".split()
)
_NO_SOURCES = frozenset(["one", "nobody", "no one", "no-one", "none"])
_NEVER_LAST = frozenset("a an the and or from in of to with at by for".split())
_PARTS = DETERMINERS - {"the", "this", "that", "these", "those"} | {"more", "fewer"}
SPEAKER, SUBJECT, OTHER = 1.6, 1.4, 0.6
_AGED = re.compile(r"the \d+-year-old(?: [\w-]+)?")
_NATIONAL = re.compile(r"[Tt]he [A-Z][a-z]+(?:man|woman)")  # "the Dutchman"
_DOING = re.compile(r"(?i)[a-z]+ing (?:to|of|in|on|at|from|with|for|by)\b")
_TO_DO = re.compile(r"\s+to\s(?=[a-z])(?!the\b|a\b|an\b|his\b|her\b|their\b|its\b)")
_THEIRS = 0.3  # possessive: "Smith's car"


@dataclass(frozen=True)
class Source:
    """Somebody or something that can be quoted."""

    name: str
    """Words of the article: the fullest name, or the phrase that stands for it."""
    description: str
    key: str
    """What is the same for every mention of the same source."""
    gender: Gender
    plural: bool
    person: bool


class Sources:
    """The sources of one article, met sentence by sentence."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self.names = names
        """Every name of the article, and its mentions."""
        self._unnamed: dict[str, Source] = {}
        self._mentions: list[tuple[int, int, float, Source]] = []
        self._met: Counter[tuple[str, bool]] = Counter()

    def resolve(self, phrase: NounPhrase, sentence: int) -> tuple[Source | None, float]:
        """The source that a phrase of the given sentence means, and how certain that is."""
        word = self._text[phrase.start : phrase.end].lower()
        if word in PRONOUNS or word in OBJECT_PRONOUNS or word in POSSESSIVE_PRONOUNS:
            pronoun = OBJECT_PRONOUNS.get(word) or POSSESSIVE_PRONOUNS.get(word) or word
            return self._antecedent(pronoun, sentence, phrase.start)
        if word in _NO_SOURCES:
            return None, 0.0
        if _AGED.fullmatch(word):
            return self._antecedent("the person", sentence, phrase.start)
        if _NATIONAL.fullmatch(self._text[phrase.start : phrase.end]):
            gender = "she" if word.endswith("woman") else "he"
            return self._antecedent(gender, sentence, phrase.start)
        mention = self.names.covering(phrase.head_start, phrase.head_end)
        if mention is not None and not mention.possessive:
            return self.named(mention.entity), 1.0
        return self._beside(phrase) or self._described(phrase)

    def _beside(self, phrase: NounPhrase) -> tuple[Source, float] | None:
        """The person named behind a role: "The club's captain, Tom Hart, apologised"."""
        if not self._text.startswith(", ", phrase.end):
            return None
        mention = self.names.covering(phrase.end + 2, phrase.end + 3)
        if mention is None or mention.possessive or not self._text.startswith(",", mention.end):
            return None
        source = self.named(mention.entity)
        return (source, 1.0) if source.person else None

    def named(self, entity: int) -> Source:
        """The source that is a named person or organisation."""
        named = self.names.entities[entity]
        return Source(
            named.name,
            named.description,
            f"#{entity}",
            named.gender,
            plural=entity in self.names.groups,
            person=named.person,
        )

    def met(
        self, source: Source, sentence: int, place: int, role: float, *, owns: bool = False
    ) -> None:
        """Remember that a source was mentioned."""
        self._met[source.key, role == SPEAKER] += 1
        self._mentions.append((sentence, place, _THEIRS if owns else role, source))

    def times_met(self, source: Source, *, speaking: bool) -> int:
        """How often a source has spoken so far, or has been named without speaking."""
        return self._met[source.key, speaking]

    def _described(self, phrase: NounPhrase) -> tuple[Source | None, float]:
        # What somebody is to do is no part of who it is: "a hospital to remove the tube".
        whole = self._text[phrase.start : phrase.end]
        name = _TO_DO.split(whole, maxsplit=1)[0]
        words = name.lower().split()
        head = self._text[phrase.head_start : phrase.head_end].lower()
        cut_off = (words[-1] in _NEVER_LAST and len(words) > 1) or words[0].startswith(("'s", "’s"))
        doing = _DOING.match(whole) is not None
        if len(name) > _LONGEST_NAME or not head[:1].isalnum() or cut_off or doing:
            return None, 0.0
        definite = words[0] in {"the", "this", "that"} or len(words) == 1
        titled = self.names.titles.get(head, ())
        if definite and len(words) == 2 and len(titled) == 1:
            return self.named(titled[0]), 0.8
        group = self._group_called(head, phrase.start) if definite and len(words) == 2 else None
        if group is not None:
            return group, 0.9
        earlier = self._unnamed.get(head)
        if earlier and definite and set(words[1:]) <= set(earlier.name.lower().split()):
            own = words[0] == "the" and _is_part(earlier, head)
            if not own:
                return earlier, 0.9
        plural = (head.endswith("s") and not head.endswith("ss")) or head in _GROUPS | BARE_SOURCES
        person = head in _PEOPLE or head in {"one", "someone", "somebody"}
        gender = GENDERED_WORDS.get(head, "")
        source = Source(name, "", head, gender, plural=plural, person=person and not plural)
        self._unnamed[head] = source
        return source, 0.95

    def _group_called(self, head: str, place: int) -> Source | None:
        """The group named last whose name ends so: "the party" after "The National Party said"."""
        for _, at, role, source in reversed(self._mentions):
            if at < place and role >= SPEAKER and head == source.name.split()[-1].lower():
                return source if source.plural and source.key.startswith("#") else None
        return None

    def _antecedent(self, pronoun: str, sentence: int, place: int) -> tuple[Source | None, float]:
        if pronoun in {"i", "we", "you"}:
            return None, 0.0
        weights: dict[str, float] = {}
        sources: dict[str, Source] = {}
        for number, at, role, source in reversed(self._mentions):
            if number < sentence - _REACH:
                break
            if at >= place or (pronoun in {"they", "it"} and role < min(SUBJECT, SPEAKER)):
                continue
            named = not self._text.startswith(("the ", "The "), at)
            fit = _fit(pronoun, source, speaks=role == SPEAKER, bare=named)
            if fit:
                sources.setdefault(source.key, source)
                weight = fit * role * _FADING ** (sentence - number)
                weights[source.key] = weights.get(source.key, 0.0) + weight
        if not weights:
            return None, 0.0
        best = max(weights, key=lambda key: weights[key])
        share = weights[best] / sum(weights.values())
        return sources[best], 0.5 + 0.5 * share


def _is_part(source: Source, head: str) -> bool:
    """Whether the words name only some of a group: "More protesters", "protesters at the gate"."""
    words = source.name.lower().split()
    part = words[0] in _PARTS or words[0].isdigit() or words[-1] != head
    return source.plural and part


def _fit(pronoun: str, source: Source, *, speaks: bool, bare: bool) -> float:
    if pronoun in {"they", "it"}:
        if source.person:
            return 0.0
        return 1.0 if source.plural else 0.7 * speaks
    if not source.person:
        # "Chinni said", of whom nothing else tells that it is a person.
        known = source.key.startswith("#") and not source.plural
        return _PERHAPS if known and speaks and bare and pronoun in {"he", "she"} else 0.0
    if not source.gender or pronoun == "the person":
        return _UNKNOWN_GENDER if source.key.startswith("#") else _UNNAMED
    return float(source.gender == {"he": "m", "she": "f"}[pronoun])
