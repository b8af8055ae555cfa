"""Who the article names, and whether it calls them he, she or they."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.speakers import Speaker

Gender = Literal["she", "he", "they", "unknown"]
"""The pronoun that stands for someone: "they" is a group; "unknown" is a person of any gender."""

NEAR = 240  # characters after a name in which "she" still means its bearer: about two sentences

_TITLES = {
    "mr": "he", "mister": "he", "sir": "he", "lord": "he", "father": "he", "king": "he", "prince": "he",
    "mrs": "she", "ms": "she", "miss": "she", "dame": "she", "lady": "she", "madam": "she",
    "sister": "she", "queen": "she", "princess": "she", "dr": "", "prof": "", "professor": "",
    "president": "", "senator": "", "sen": "", "rep": "", "gov": "", "minister": "", "judge": "",
}  # fmt: skip
_SHE = frozenset(
    "woman girl mother mum mom wife daughter sister aunt grandmother actress spokeswoman chairwoman "
    "congresswoman businesswoman policewoman waitress queen princess duchess widow niece lady "
    "girlfriend saleswoman councilwoman schoolgirl heroine".split()
)
_HE = frozenset(
    "man boy father dad husband son brother uncle grandfather actor spokesman chairman congressman "
    "businessman policeman waiter king prince duke widower nephew gentleman boyfriend salesman "
    "fisherman councilman schoolboy".split()
)
GROUPS = frozenset(
    "police people government party company team union family council ministry group court board "
    "army navy crew staff congress senate house department agency committee university "
    "school association club bank firm organisation organization authority authorities public media "
    "coalition opposition couple cabinet band jury force forces club church hospital airline "
    "federation commission institute society network movement alliance convoy children men women "
    "parents officers officials cops protesters protestors demonstrators residents workers students "
    "teachers scientists researchers doctors nurses players fans voters critics supporters experts "
    "lawyers prosecutors lawmakers politicians ministers leaders soldiers troops rebels militants "
    "victims survivors witnesses neighbours neighbors farmers drivers passengers shareholders "
    "investors analysts economists businesses companies countries nations groups parties".split()
)
PERSONS = (
    _SHE
    | _HE
    | frozenset(
        "mayor minister president leader officer protester protestor demonstrator resident commissioner "
        "speaker spokesperson chair chairperson chief captain coach manager director professor doctor "
        "scientist researcher reporter journalist author writer artist singer musician player owner "
        "driver worker teacher student lawyer attorney judge prosecutor senator governor inspector "
        "detective sergeant investigator suspect victim witness survivor patient child teenager baby "
        "politician candidate official ambassador secretary treasurer economist analyst expert founder "
        "executive ceo boss head principal farmer neighbour neighbor sheriff general colonel soldier "
        "pilot defendant accused killer gunman attacker pope bishop priest nurse surgeon engineer "
        "striker goalkeeper midfielder defender batsman bowler champion winner referee chef critic "
        "biologist astronomer physicist historian partner parent person guy star mp premier chancellor".split()
    )
)
# Common first names, for a person whom the article never calls he or she.
_SHE_NAMES = frozenset(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty "
    "margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah "
    "stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma "
    "nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather "
    "diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan "
    "andrea cheryl hannah jacqueline martha gloria teresa ann sara madison kathryn janice jean alice "
    "julia judy sophia grace denise amber marilyn beverly danielle theresa diana brittany natalie "
    "charlotte rose kayla alexis jacinda hillary angelina theresa nicola ursula kamala priya fatima "
    "aisha ayesha sofia elena natasha olga ingrid claire louise zoe lucy chloe fiona siobhan wendy "
    "sally sue kate katie jane jill holly molly ellen eva isabel gabriela camila mei yuki".split()
)
_HE_NAMES = frozenset(
    "james robert john michael david william richard joseph thomas christopher charles daniel "
    "matthew anthony mark donald steven andrew paul joshua kenneth kevin brian george timothy ronald "
    "jason edward jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon "
    "benjamin samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam "
    "nathan henry zachary douglas peter kyle noah ethan jeremy walter christian keith roger terry "
    "austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe "
    "logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley "
    "philip eugene barack joe boris tony gordon vladimir ahmed mohammed muhammad ali omar hassan ivan "
    "sergei dmitri hans pierre jean-paul luis carlos miguel pedro diego antonio marco giovanni simon "
    "neil ian graham stuart craig trevor andy mike tom tim jim bob bill steve dave dan matt chris nick "
    "ben sam greg rob martin liam oscar hugo leo max felix klaus winston matteo raj sanjay wei hiroshi".split()
)  # fmt: skip

# A name that ends in one of these is a place's or a thing's, whoever it was called after.
_PLACES = frozenset(
    "place street road avenue quay square park house hall lane drive bridge station airport hospital "
    "school college university stadium arena centre center building tower island islands river lake "
    "bay beach mountain mount valley hill hills city town county state province district church "
    "cathedral museum library theatre theater award awards prize cup trophy act bill law foundation "
    "company corporation group inc ltd times post news show day war memorial institute".split()
)
_PERSON_VERB = (
    r"(?:said|says|told|added|asked|wrote|tweeted|argued|warned|announced|claimed|insisted)"
)
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?:\s+(?:(?:de|da|van|von|der|bin|al|el|la|O'|[A-Z]\.)\s+)?[A-ZÀ-Þ][\w’'-]+){1,2}"
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
        found.setdefault(speaker.name, speaker.description)
    lasts = {name.split()[-1].lower() for name in found if name}
    for name in _named_persons(text):
        if name.split()[-1].lower() not in lasts:
            found.setdefault(name, "")
            lasts.add(name.split()[-1].lower())
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
    parts = re.findall(r"[^\W_]+", words.lower())
    if not parts:
        return False
    last = parts[-1]
    if last in PERSONS or last in {"series", "news", "business"}:
        return False
    plural = len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return last in GROUPS or (plural and words[:1].islower())


def is_person_noun(words: str) -> bool:
    """Whether the words describe one person: "the mayor", "a protester at the scene"."""
    parts = re.findall(r"[^\W_]+", words.lower().split(" of ")[0].split(" at ")[0])
    return bool(parts) and parts[-1] in PERSONS


def _named_persons(text: str) -> Sequence[str]:
    """Names of two or three words that someone bears: said to speak, titled, or by first name."""
    titles = "|".join(title.capitalize() for title in _TITLES)
    nouns = "|".join(sorted(PERSONS))
    spoken = re.findall(rf"({_NAME})\s+{_PERSON_VERB}\b", text)
    titled = re.findall(rf"\b(?:{titles}|(?i:{nouns}))\.?,?\s+({_NAME})", text)
    by_first_name = [
        name
        for name in re.findall(_NAME, text)
        if name.split()[0].lower() in _SHE_NAMES | _HE_NAMES
    ]
    names = [re.sub(r"[’']s?$", "", name) for name in (*spoken, *titled, *by_first_name)]
    return [
        name
        for name in dict.fromkeys(names)
        if not is_group(name.lower())
        and name.split()[-1].lower() not in _PLACES
        and name.split()[0].lower() not in PERSONS | _TITLES.keys()
    ]


def _told_by(name: str, description: str) -> Gender:
    first = re.sub(r"\W+$", "", name.split()[0].lower()) if name else ""
    if is_group(name.lower()) and len(name.split()) < 5:
        return "they"
    if _TITLES.get(first) == "she" or _SHE & set(
        re.findall(r"\w+", f"{name} {description}".lower())
    ):
        return "she"
    if _TITLES.get(first) == "he" or _HE & set(re.findall(r"\w+", f"{name} {description}".lower())):
        return "he"
    if first in _SHE_NAMES:
        return "she"
    if first in _HE_NAMES:
        return "he"
    return "unknown"


def _told_by_pronouns(person: Person, everyone: Sequence[Person], text: str) -> Person:
    """The article's own pronouns outweigh what the name suggests, not what the description says."""
    if person.gender == "they" or not person.name:
        return person
    last = re.escape(person.name.split()[-1])
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
