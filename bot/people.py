"""Who the article names, and whether it calls them he, she or they."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.places import is_place
from index.first_names import FEMALE, MALE
from index.speakers import Speaker

Gender = Literal["she", "he", "they", "unknown"]
"""The pronoun that stands for someone: "they" is a group; "unknown" is a person of any gender."""

NEAR = 240  # characters after a name in which "she" still means its bearer: about two sentences

_TITLES = {
    "mr": "he", "mister": "he", "sir": "he", "lord": "he", "father": "he", "king": "he",
    "prince": "he",
    "mrs": "she", "ms": "she", "miss": "she", "dame": "she", "lady": "she", "madam": "she",
    "sister": "she", "queen": "she", "princess": "she", "dr": "", "prof": "", "professor": "",
    "president": "", "senator": "", "sen": "", "rep": "", "gov": "", "minister": "", "judge": "",
}  # fmt: skip
_SHE = frozenset(
    "woman girl mother mum mom wife daughter sister aunt grandmother actress spokeswoman "
    "chairwoman congresswoman businesswoman policewoman waitress queen princess duchess widow "
    "niece lady girlfriend saleswoman councilwoman schoolgirl heroine".split()
)
_HE = frozenset(
    "man boy father dad husband son brother uncle grandfather actor spokesman chairman congressman "
    "businessman policeman waiter king prince duke widower nephew gentleman boyfriend salesman "
    "fisherman councilman schoolboy".split()
)
GROUPS = frozenset(
    "police people government party company team union family council ministry group court board "
    "army navy crew staff congress senate house department agency committee university school "
    "association club bank firm organisation organization authority authorities public media "
    "coalition opposition couple cabinet band jury force forces club church hospital airline "
    "federation commission institute society network movement alliance convoy children men women "
    "parents officers officials cops protesters protestors demonstrators residents workers "
    "students teachers scientists researchers doctors nurses players fans voters critics "
    "supporters experts lawyers prosecutors investigators detectives lawmakers politicians "
    "ministers leaders soldiers troops rebels militants victims survivors witnesses neighbours "
    "neighbors farmers drivers passengers shareholders investors analysts economists businesses "
    "companies countries nations groups parties".split()
)
PERSONS = (
    _SHE
    | _HE
    | frozenset(
        "mayor minister president leader officer protester protestor demonstrator resident "
        "commissioner speaker spokesperson chair chairperson chief captain coach manager "
        "director professor doctor scientist researcher reporter journalist author writer artist "
        "singer musician player owner driver worker teacher student lawyer attorney judge "
        "prosecutor senator governor inspector detective sergeant investigator suspect victim "
        "witness survivor patient child teenager baby politician candidate official ambassador "
        "secretary treasurer economist analyst expert founder executive ceo boss head principal "
        "farmer neighbour neighbor sheriff general colonel soldier pilot defendant accused "
        "killer gunman attacker pope bishop priest nurse surgeon engineer striker goalkeeper "
        "midfielder defender batsman bowler champion winner referee chef critic biologist "
        "astronomer physicist historian partner parent person guy star mp premier "
        "chancellor".split()
    )
)
# A name that ends in one of these is a place's or a thing's, whoever it was called after.
_PLACES = frozenset(
    "place street road avenue quay square park house hall lane drive bridge station airport "
    "hospital school college university stadium arena centre center building tower island "
    "islands river lake bay beach mountain mount valley hill hills city town county state "
    "province district church cathedral museum library theatre theater award awards prize cup "
    "trophy act bill law foundation company corporation group inc ltd times post news show day "
    "war memorial institute township borough village region republic kingdom league".split()
)
_ENDS_LIKE_ONE = re.compile(
    r"(?!(?:li|mi|fi|twi|gi|wai|che|co|exi|assi)st$|(?:hu|ger|ro)man$)\w+(?:ist|man|woman|person)$"
)
_PERSON_VERB = (
    r"(?:said|says|told|added|asked|wrote|tweeted|argued|warned|announced|claimed|insisted)"
)
_NAME = (
    r"[A-ZÀ-Þ][\w’'-]+"
    r"(?:\s+(?:(?:de|da|van|von|der|bin|al|el|la|[A-Z]\.)\s+)?[A-ZÀ-Þ][\w’'-]+){1,2}"
)
_THINGS_NAME = re.compile(
    rf"(?:[A-ZÀ-Þ][\w’'-]+\s+(?:(?:and|of|for)\s+)?){{1,5}}"
    rf"(?:(?i:{'|'.join(sorted(_PLACES))})\b|Web sites?\b|website\b|Research\b|Association\b)"
)
_NEVER_FIRST = frozenset(
    "united new north south east west northern southern eastern western great san los las saint st "
    "the mount fort port lake national federal supreme royal central in on at by for".split()
)
# Words that end like "striker" and are no trade.
_NO_TRADE = (
    r"(?:aft|ov|und|oth|anoth|h|p|lat|wheth|rath|eith|neith|howev|ev|nev|togeth|numb|riv|cent|wat|"
    r"wint|summ|quart|clos|great|larg|small|earli|old|young|low|high|upp|form|furth|bett|long|"
    r"strong|hous|bord|ord|consid|rememb)er\b|(?:f|n|maj|min|pri|interi|exteri|fav|harb|neighb)or\b|"
    r"(?:than|hum)an\b"
)
_SHE_WORD = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_HE_WORD = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """Someone, or some group, that a question may mean by a pronoun or by a part of the name."""

    name: str
    """The fullest form in the article."""
    gender: Gender = "unknown"
    description: str = ""


def people_in(text: str, speakers: Iterable[Speaker] = ()) -> tuple[Person, ...]:
    """Everyone whom `text` names, those who speak first, with the pronoun it uses for them."""
    found: dict[str, str] = {}
    for speaker in speakers:
        if _is_someone(speaker.name):
            found.setdefault(speaker.name, speaker.description)
    lasts = {name.split()[-1].lower(): name for name in found if name}
    for name in _named_persons(text):
        namesake = lasts.setdefault(name.split()[-1].lower(), name)
        if namesake == name or _are_two(name, namesake):
            found.setdefault(name, "")
    known = tuple(Person(name, _told_by(name, about), about) for name, about in found.items())
    return tuple(_told_by_pronouns(person, known, text) for person in known)


def from_speaker(speaker: Speaker) -> Person:
    """A speaker as a person, with the gender that name and description tell."""
    return Person(speaker.name, _told_by(speaker.name, speaker.description), speaker.description)


def described(noun: str) -> Person:
    """Someone known only by what they are: "the spokeswoman" is a she."""
    return Person(noun, _told_by(noun, ""))


def is_group(words: str) -> bool:
    """Whether the words name several people: "police", "the protesters", "Act Party"."""
    words = words.split(" of ", maxsplit=1)[0]
    parts = re.findall(r"[^\W_]+", words.lower())
    if not parts:
        return False
    last = parts[-1]
    if last in PERSONS or last in {"series", "news", "business"}:
        return False
    plural = len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return last in GROUPS or (plural and words.rsplit(maxsplit=1)[-1].islower())


def is_person_noun(words: str) -> bool:
    """Whether the words describe one person: "the mayor", "a protester at the scene"."""
    parts = re.findall(r"[^\W_]+", words.lower().split(" of ")[0].split(" at ")[0])
    return bool(parts) and (parts[-1] in PERSONS or _ENDS_LIKE_ONE.match(parts[-1]) is not None)


def _named_persons(text: str) -> Sequence[str]:
    """Names of two or three words that someone bears: said to speak, titled, or by first name."""
    titles = "|".join(title.capitalize() for title in _TITLES)
    nouns = "|".join(sorted(PERSONS))
    # "Ronald and Nancy Reagan Research Institute" and "Spurs Web site" name nobody.
    text = _THINGS_NAME.sub("-", text)
    spoken = re.findall(rf"({_NAME})\s+{_PERSON_VERB}\b", text)
    titled = re.findall(rf"\b(?:{titles}|(?i:{nouns}))\.?,?\s+({_NAME})", text)
    introduced = re.findall(
        rf"\b(?!{_NO_TRADE})[a-z]+(?:er|or|ist|man|woman|ian)\s+({_NAME})"
        rf"|({_NAME})(?=,\s(?:\d{{1,3}}\b|who\b))",
        text,
    )
    by_first_name = [
        name for name in re.findall(_NAME, text) if name.split()[0].lower() in FEMALE | MALE
    ]
    names = [
        re.sub(r"[’']s?$", "", name)
        for name in (*spoken, *titled, *by_first_name, *map("".join, introduced))
    ]
    return [
        name
        for name in dict.fromkeys(names)
        if not is_group(name)
        and name.split()[-1].lower() not in _PLACES
        and name.split()[0].lower() not in PERSONS | _TITLES.keys() | _NEVER_FIRST
        and not is_place(name)
    ]


def _are_two(name: str, namesake: str) -> bool:
    """Whether two with one last name have first names of their own: the two Reagans."""
    firsts = {each.split()[0].lower() for each in (name, namesake) if len(each.split()) > 1}
    return len(firsts) == 2 and firsts <= FEMALE | MALE


def _is_someone(name: str) -> bool:
    """Whether a speaker's name can be meant by he, she or they: no "image", no "comedy"."""
    return _is_named(name) or is_person_noun(name) or is_group(name)


def _is_named(name: str) -> bool:
    """Whether it is a name and no description: a capital letter after "The" or "One"."""
    words = re.sub(r"^(?:the|an?|one|some|his|her|their)\s+", "", name, flags=re.IGNORECASE).split()
    return bool(words) and words[-1][:1].isupper() and words[-1].lower() not in PERSONS | GROUPS


def _told_by(name: str, description: str) -> Gender:
    by_noun = "they" if is_place(name) else _told_by_nouns(name, description)
    if by_noun is not None:
        return by_noun
    first = re.sub(r"\W+$", "", name.split(maxsplit=1)[0].lower()) if name else ""
    if (first in FEMALE) == (first in MALE):
        return "unknown"
    return "she" if first in FEMALE else "he"


def _told_by_nouns(name: str, description: str) -> Gender | None:
    """What title, description or kind tells for certain."""
    if (is_group(name) and len(name.split()) < 6) or (name.isupper() and " " not in name):
        return "they"
    words = re.findall(r"\w+", name.lower())
    said = {*words, *re.findall(r"\w+", description.lower().split(" of ")[0])}
    if words[:1] and _TITLES.get(words[0]) in {"she", "he"}:
        return "she" if _TITLES[words[0]] == "she" else "he"
    if bool(_SHE & said) != bool(_HE & said):
        return "she" if _SHE & said else "he"
    return None


def _same_last(person: Person, other: Person) -> bool:
    return person != other and person.name.split()[-1:] == other.name.split()[-1:]


def _told_by_pronouns(person: Person, everyone: Sequence[Person], text: str) -> Person:
    """The article's own pronouns outweigh what the name suggests, not what the description says."""
    described = _told_by_nouns(person.name, person.description) is not None
    if person.gender == "they" or described or not _is_named(person.name):
        return person
    last = re.escape(person.name.split()[-1])
    if any(_are_two(person.name, other.name) for other in everyone if _same_last(person, other)):
        return person  # by the last name alone either may be meant
    others = [
        re.escape(other.name.split()[-1])
        for other in everyone
        if other.name and other.name.split()[-1] != person.name.split()[-1]
    ]
    someone_else = re.compile(rf"\b(?:{'|'.join(others)})\b") if others else None
    votes: Counter[Gender] = Counter()
    for mention in re.finditer(rf"\b{last}\b", text):
        after = text[mention.end() : mention.end() + NEAR]
        if someone_else and (cut := someone_else.search(after)):
            after = after[: cut.start()]
        votes["she"] += len(_SHE_WORD.findall(after))
        votes["he"] += len(_HE_WORD.findall(after))
    she, he = votes["she"], votes["he"]
    if max(she, he) >= 2 * min(she, he) + (1 if person.gender == "unknown" else 3):
        return replace(person, gender="she" if she > he else "he")
    return person
