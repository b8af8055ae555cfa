"""The people and organisations of an article: every mention, the fullest name, what they are.

A name is a run of capitalised words. It is a person's if a title, a first name or the way it is
used says so. "Ardern" and "Ms. Ardern" are mentions of "Jacinda Ardern"; her description is what
stands beside her name where the article introduces her: "Prime Minister", "the mayor of Austin".
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.first_names import FEMALE, MALE
from index.grammar import DOCUMENTS
from index.tokens import Token

Gender = Literal["m", "f", ""]

_HONORIFICS: dict[str, Gender] = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "pope": "m",
    "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "lady": "f", "dame": "f",
    "queen": "f", "princess": "f", "madam": "f", "baroness": "f", "duchess": "f", "duke": "m",
    "dr": "", "dr.": "", "mx": "", "mx.": "",
}  # fmt: skip
ROLES = frozenset(
    "president vice-president minister secretary chancellor chairman chairwoman chair chairperson "
    "leader senator sen sen. sens. representative rep rep. reps. congressman congresswoman governor "
    "gov gov. govs. mayor deputy commissioner superintendent supt supt. inspector insp. detective det "
    "det. constable const. sergeant sgt sgt. officer chief captain capt capt. lieutenant lt lt. "
    "colonel col col. general gen gen. admiral adm. major maj. commander cmdr. judge justice "
    "professor prof prof. rev rev. reverend bishop archbishop cardinal father sister imam rabbi "
    "ambassador speaker spokesman spokeswoman spokesperson director manager coach striker captain "
    "ceo cfo executive founder co-founder editor attorney sheriff councillor councilman councilwoman "
    "cllr mp msp pres. hon. premier taoiseach candidate nominee strategist analyst economist "
    "pollster host anchor reporter correspondent columnist author actor actress singer billionaire "
    "adviser advisor aide lawyer barrister prosecutor treasurer whip front-runner frontrunner "
    "historian scientist researcher doctor nurse teacher principal headteacher head boss owner "
    "player midfielder defender goalkeeper batsman bowler winger forward pastor activist resident "
    "protester student farmer businessman businesswoman mogul colleague rival democrat republican "
    "congressmen lawmaker legislator veteran official spokespeople organiser organizer".split()
)
GENDERED_WORDS: dict[str, Gender] = {
    "spokesman": "m", "chairman": "m", "congressman": "m", "businessman": "m", "father": "m",
    "councilman": "m", "son": "m", "husband": "m", "brother": "m", "actor": "m", "man": "m",
    "spokeswoman": "f", "chairwoman": "f", "congresswoman": "f", "businesswoman": "f",
    "sister": "f", "councilwoman": "f", "daughter": "f", "wife": "f", "actress": "f",
    "mother": "f", "woman": "f",
}  # fmt: skip
_GROUP_WORDS = frozenset(
    "party committee university house department council police court company corporation inc inc. "
    "corp. ltd group association authority agency bureau board union institute foundation center "
    "centre commission ministry office service services bank news times post journal herald press "
    "magazine campaign coalition alliance movement network church college school hospital club "
    "team league fund society army force navy guard administration senate congress parliament "
    "assembly state states city county district street road avenue park island river lake bay "
    "hall tower hotel airport station stadium building republic kingdom north south east west "
    "street america week day war act bill law amendment constitution convention conference summit "
    "debate election caucus primary cup championship olympics games report poll survey review "
    "democrats republicans conservatives statement google facebook twitter fox cnn msnbc nbc abc "
    "cbs bbc itv rnz tvnz federation trust partners holdings group's brigade ambulance".split()
)
_NEVER_FIRST = frozenset(
    "new north south east west united supreme white great central national royal republican "
    "democratic american british federal international los las san santa saint st st. fort mount "
    "super wall fox associated good happy black high real first second third big old holy middle "
    "saudi sri hong costa puerto el general public social islamic state grand upper lower world "
    "european african asian latin hill capitol trump-pence air war home".split()
)
_FIRST_NAMES = MALE | FEMALE
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december christmas easter thanksgiving".split()
)
_NOT_NAMES = _CALENDAR | frozenset(
    "i a an the this that these those he she it they we you his her its their our my in on at as "
    "after before but and or so if when while then there here what who how why where for from by "
    "with some many most more one two three four five however meanwhile also according since not "
    "no yes well now just still even yet once both each every all any few several another other "
    "such his hers ours to of up down over under about because although though despite during "
    "until unless whether earlier later last next today yesterday tomorrow perhaps maybe instead "
    "asked speaking nor let don does did do is are was were be been has have had will would can "
    "could should may might must than like only too very much never always often again against "
    "between among through without within around across toward towards along behind beyond "
    "which whose whom added said says saying told mr mrs ms god okay ok".split()
) - {"mr", "mrs", "ms", "god"}
_PARTICLES = frozenset("de del della da di du van von der den bin ibn al el la le ten ter".split())
_JOINERS = frozenset("of the for and & on".split())
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
_DETERMINERS = frozenset("a an the his her its their our my this that one another some".split())
_LONGEST_DESCRIPTION = 12  # words
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\s*$")


@dataclass(frozen=True)
class Named:
    """A person or an organisation of the article."""

    name: str
    """The fullest form: `text[start:end]`."""
    start: int
    end: int
    person: bool
    gender: Gender
    description: str


@dataclass(frozen=True)
class Mention:
    start: int
    end: int
    entity: int
    """The index of its Named."""
    possessive: bool = False


@dataclass(frozen=True)
class Names:
    entities: tuple[Named, ...]
    mentions: tuple[Mention, ...]
    """In order of place, without overlap."""
    groups: frozenset[int] = frozenset()
    """Entities that are parties, companies, teams, police forces ..., by their names."""
    titles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Last word of a description -> those so described: "mayor" -> (3,)."""

    def covering(self, start: int, end: int) -> Mention | None:
        """The mention that holds `text[start:end]`, if one does."""
        at = bisect_right(self.mentions, start, key=lambda mention: mention.start) - 1
        if at >= 0 and self.mentions[at].end >= end:
            return self.mentions[at]
        return None


@dataclass
class _Run:
    """A run of capitalised tokens: [first, last)."""

    first: int
    last: int
    name: int
    """Where the name begins, after titles."""
    title: str = ""
    gender: Gender = ""
    person: bool = False
    headline: bool = False


def find_names(
    text: str, tokens: Sequence[Token], headlines: Sequence[tuple[int, int]] = ()
) -> Names:
    """Every named person and organisation; time grows linearly with the number of tokens.

    In a headline, where every word is capitalised, only names known from the text are found.
    """
    ordinary = {token.lower for token in tokens if not token.capital}
    runs = list(_runs(text, tokens, ordinary, headlines))
    alone = Counter(
        tokens[r.last - 1].lower for r in runs if r.last - r.name == 1 and not r.headline
    )
    for run in runs:
        run.person = run.person or (not run.headline and _is_person(tokens, run, alone))
    return _cluster(text, tokens, runs)


def _runs(
    text: str, tokens: Sequence[Token], ordinary: set[str], headlines: Sequence[tuple[int, int]]
) -> Iterator[_Run]:
    at = 0
    headline = 0
    while at < len(tokens):
        while headline < len(headlines) and headlines[headline][1] <= tokens[at].start:
            headline += 1
        if headline < len(headlines) and headlines[headline][0] <= tokens[at].start:
            if tokens[at].capital:
                yield _Run(at, at + 1, at, headline=True)
            at += 1
            continue
        if not _may_begin(text, tokens, at, ordinary):
            at += 1
            continue
        first = at
        at += 1
        while at < len(tokens) and at - first < 9:
            token = tokens[at]
            if text[tokens[at - 1].end : token.start] not in ("", " ", "\n"):
                break
            if tokens[at - 1].lower.endswith(".") and _is_stop(tokens[at - 1]):
                break
            if (token.capital and token.word[0].isalpha() and token.lower not in _CALENDAR) or (
                token.lower in _SUFFIXES
            ):
                at += 1
                continue
            if token.lower in _PARTICLES | _JOINERS and _joins(tokens, at):
                at += 2 if token.lower != "of" or tokens[at + 1].lower != "the" else 3
                continue
            break
        at = min(at, len(tokens))
        yield from _with_title(tokens, first, at)


def _is_stop(token: Token) -> bool:
    return token.lower not in _HONORIFICS | dict.fromkeys(ROLES, "") and len(token.word) > 2


def _may_begin(text: str, tokens: Sequence[Token], at: int, ordinary: set[str]) -> bool:
    token = tokens[at]
    if not token.capital or token.lower in _NOT_NAMES or not token.word[0].isalpha():
        return False
    if _begins_sentence(text, token) and (token.lower in ordinary or token.lower in DOCUMENTS):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        # "Police Commissioner Andrew Coster", but not "Protesters" or "Central Wellington".
        return following is not None and following.capital and token.lower in ROLES
    return True


def _begins_sentence(text: str, token: Token) -> bool:
    before = text[max(0, token.start - 6) : token.start]
    return (
        not before.strip("\"'“‘«( ")
        or "\n" in before
        or bool(_SENTENCE_END.search(before.rstrip("\"'“‘«(")))
        or before[-1:] in '"“‘«'
    )


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a small word stands inside a name: "Department of Justice", "Ludwig van Dyke"."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    word = tokens[at].lower
    if word in {"and", "the", "on", "for"}:
        return False
    if word == "of":
        if following.lower == "the":
            return (
                at + 2 < len(tokens)
                and tokens[at + 2].capital
                and (tokens[at - 1].lower in _GROUP_WORDS | {"speaker"})
            )
        return (
            following.capital
            and (tokens[at - 1].lower in _GROUP_WORDS | {"speaker", "secretary", "bank", "board"})
            and following.lower not in _CALENDAR
        )
    return following.capital and following.word[0].isalpha()


def _with_title(tokens: Sequence[Token], first: int, last: int) -> Iterator[_Run]:
    """The run, with leading titles taken off: "Prime Minister" / "Jacinda Ardern"."""
    name, gender = first, ""
    person = False
    for at in range(first, min(last, first + 7)):
        word = tokens[at].lower
        if word in _HONORIFICS:
            name, gender, person = at + 1, _HONORIFICS[word] or gender, True
        elif word in ROLES:
            name, gender, person = at + 1, GENDERED_WORDS.get(word, gender), True
    if name >= last:
        # All title: "the Prime Minister", a role rather than a name.
        yield _Run(first, last, first)
        return
    for at in range(name + 1, last - 1):
        # "House Republican Thomas Massie": the name begins with the first name.
        if {tokens[name].lower, tokens[at].lower} & _FIRST_NAMES == {tokens[at].lower}:
            person = not any(t.lower in _GROUP_WORDS | _JOINERS for t in tokens[at:last])
            name = at if person else name
            break
        if tokens[name].lower in _FIRST_NAMES:
            break
    words = [tokens[at].word for at in range(first, name) if tokens[at].lower not in _HONORIFICS]
    if any(tokens[at].lower in _JOINERS for at in range(name, last)):
        person = False
        name, words = first, []
    yield _Run(first, last, name, " ".join(words), gender, person)  # type: ignore[arg-type]


def _is_person(tokens: Sequence[Token], run: _Run, alone: Counter[str]) -> bool:
    length = run.last - run.name
    words = [tokens[at].lower for at in range(run.name, run.last)]
    if words[-1] in _SUFFIXES and length > 1:
        words.pop()
        length -= 1
    if length < 2 or length > 5 or words[-1] in _GROUP_WORDS or words[0] in _NEVER_FIRST:
        return False
    known = words[0] in _FIRST_NAMES
    if any(word in _GROUP_WORDS or word in _JOINERS for word in words[known:]):
        return False
    if tokens[run.last - 1].word.isupper() and length < 3 and not tokens[run.name].word.isupper():
        return False
    if known or re.fullmatch(r"[a-z]\.", words[1]) or _used_as_person(tokens, run.last):
        return True
    return alone[words[-1]] > 0 and words[-1] not in ROLES


def _used_as_person(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows a name tells a person: "said", ", 42,", ", the mayor of Leeds,"."""
    following = tokens[at : at + 8]
    if len(following) < 3:
        return False
    if following[0].lower in {"said", "says", "told", "added", "tweeted"}:
        return True
    if following[0].lower != ",":
        return False
    if following[1].word.isdigit() and following[2].lower == ",":
        return True
    for token in following[1:]:
        if token.lower in ROLES:
            return True
        if token.lower in {",", ".", "and", "of", "in", "said"}:
            return False
    return False


def _gender_of(first: str) -> Gender:
    if first in MALE:
        return "" if first in FEMALE else "m"
    return "f" if first in FEMALE else ""


@dataclass
class _Draft:
    run: _Run
    words: tuple[str, ...]
    gender: Gender
    person: bool
    count: int = 0
    description: str = ""


def _cluster(text: str, tokens: Sequence[Token], runs: Sequence[_Run]) -> Names:
    drafts: list[_Draft] = []
    by_words: dict[tuple[str, ...], int] = {}
    by_last: dict[str, list[int]] = defaultdict(list)
    by_first: dict[str, list[int]] = defaultdict(list)
    for run in runs:
        words = tuple(_name_words(tokens, run))
        if not run.person or len(words) < 2:
            continue
        key = (words[0], words[-1])
        if key not in by_words:
            by_words[key] = len(drafts)
            drafts.append(_Draft(run, words, run.gender or _gender_of(words[0]), person=True))
            surname = words[-2] if words[-1] in _SUFFIXES else words[-1]
            by_last[surname].append(by_words[key])
            by_first[words[0]].append(by_words[key])
        draft = drafts[by_words[key]]
        draft.count += 1
        draft.gender = draft.gender or run.gender
        if len(words) > len(draft.words):
            draft.run, draft.words = run, words
    mentions: list[Mention] = []
    for run in _known_in_headlines(tokens, runs, by_words, by_last):
        words = tuple(_name_words(tokens, run))
        entity = _entity_of(run, words, drafts, by_words, by_last, by_first)
        draft = drafts[entity]
        if not draft.description and not run.headline:
            draft.description = _description(text, tokens, run)
        draft.gender = draft.gender or run.gender or _described_gender(draft.description)
        follows = tokens[run.last].lower if run.last < len(tokens) else ""
        start, end = tokens[run.name].start, tokens[run.last - 1].end
        mentions.append(Mention(start, end, entity, follows in {"'s", "'"}))
    entities = []
    titles: dict[str, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        start, end = tokens[draft.run.name].start, tokens[draft.run.last - 1].end
        description = " ".join(draft.description.split())
        entities.append(Named(text[start:end], start, end, draft.person, draft.gender, description))
        if draft.person and description:
            head = re.split(r"\s(?:of|for|at|in|from|with|who|and|to)\b|,", description)[0]
            titles[head.split()[-1].lower() if head.split() else ""].append(index)
    groups = frozenset(
        index
        for index, draft in enumerate(drafts)
        if not draft.person
        and (
            draft.words[-1] in _GROUP_WORDS
            or draft.words[-1].endswith("s")
            or (len(draft.words) == 1 and entities[index].name.isupper())
        )
    )
    return Names(tuple(entities), tuple(mentions), groups, {k: tuple(v) for k, v in titles.items()})


def _known_in_headlines(
    tokens: Sequence[Token],
    runs: Sequence[_Run],
    by_words: dict[tuple[str, ...], int],
    by_last: dict[str, list[int]],
) -> Iterator[_Run]:
    """The runs, with a headline's single words joined or dropped by what the text knows."""
    skip = -1
    for run in runs:
        if not run.headline:
            yield run
            continue
        if run.first < skip:
            continue
        here = tokens[run.first].lower
        following = tokens[run.last].lower if run.last < len(tokens) else ""
        if (here, following) in by_words:
            skip = run.last + 1
            yield _Run(run.first, skip, run.first, person=True, headline=True)
        elif here in by_last or ((here,) in by_words and here not in _GROUP_WORDS):
            yield run


def _name_words(tokens: Sequence[Token], run: _Run) -> Iterator[str]:
    return (tokens[at].lower for at in range(run.name, run.last))


def _entity_of(
    run: _Run,
    words: tuple[str, ...],
    drafts: list[_Draft],
    by_words: dict[tuple[str, ...], int],
    by_last: dict[str, list[int]],
    by_first: dict[str, list[int]],
) -> int:
    """The draft that a run mentions; a new one where it mentions none so far."""
    if run.person and len(words) > 1:
        return by_words[words[0], words[-1]]
    if len(words) == 1:
        fitting = by_last.get(words[0], []) or by_first.get(words[0], [])
        fitting = [i for i in fitting if not run.gender or drafts[i].gender in ("", run.gender)]
        if fitting:
            return max(fitting, key=lambda i: drafts[i].count)
    if words not in by_words:
        by_words[words] = len(drafts)
        drafts.append(_Draft(run, words, run.gender, run.person))
    drafts[by_words[words]].count += 1
    drafts[by_words[words]].person |= run.person
    return by_words[words]


def _described_gender(description: str) -> Gender:
    for word in description.lower().split():
        if word in GENDERED_WORDS:
            return GENDERED_WORDS[word]
    return ""


def _description(text: str, tokens: Sequence[Token], run: _Run) -> str:
    """What stands beside a name: before it ("Wellington mayor") or after it (", a nurse,")."""
    if not run.person and run.last - run.name < 2:
        return ""
    before = _role_before(text, tokens, run.first)
    if before or run.title:
        return f"{before} {run.title}".strip()
    return _apposition(text, tokens, run.last)


def _role_before(text: str, tokens: Sequence[Token], first: int) -> str:
    """The words before a name back to a determiner or a mark, if the last one is a role."""
    if first == 0 or tokens[first - 1].lower not in ROLES:
        return ""
    if "\n" in text[tokens[first - 1].end : tokens[first].start]:
        return ""
    at = first - 1
    while at > 0 and first - at < _LONGEST_DESCRIPTION:
        token = tokens[at - 1]
        if not token.word[0].isalpha() or "\n" in text[token.end : tokens[at].start]:
            break
        if token.lower in _NOT_NAMES or token.lower.endswith("ly"):
            break
        if not token.capital and tokens[at].capital and at < first - 1:
            break
        at -= 1
    return text[tokens[at].start : tokens[first - 1].end]


def _apposition(text: str, tokens: Sequence[Token], last: int) -> str:
    if last + 1 >= len(tokens) or tokens[last].word != ",":
        return ""
    first = last + 1
    if (
        tokens[first].lower not in {"a", "an", "the", "his", "her", "its", "their"}
        and tokens[first].lower not in ROLES
    ):
        return ""
    for at in range(first, min(first + _LONGEST_DESCRIPTION, len(tokens))):
        if tokens[at].word in {",", ".", ";", ":", "—", "–", "-", "--", "(", '"', "“"}:
            found = text[tokens[first].start : tokens[at - 1].end]
            if at - first < 2 or "\n" in found:
                return ""
            return re.sub(r"^(?:an?|the)\s+", "", found)
        if tokens[at].lower in {"who", "which", "that", "said", "says", "told"}:
            return ""
    return ""
