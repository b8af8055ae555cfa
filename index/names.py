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

from index.descriptions import described_gender, description_beside
from index.first_names import FEMALE, MALE
from index.grammar import ADVERBS, DOCUMENTS
from index.name_words import (
    CALENDAR,
    FIRST_NAMES,
    FOUNDED,
    GENDERED_WORDS,
    GROUP_WORDS,
    HONORIFICS,
    JOINERS,
    NEVER_FIRST,
    NOT_NAMES,
    PARTICLES,
    ROLES,
    SUFFIXES,
    SUPPORTERS,
    Gender,
)
from index.tokens import Token

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
            if (token.capital and token.word[0].isalpha() and token.lower not in CALENDAR) or (
                token.lower in SUFFIXES
            ):
                at += 1
                continue
            if token.lower in PARTICLES | JOINERS and _joins(tokens, at):
                at += 3 if token.lower in {"of", "for"} and tokens[at + 1].lower == "the" else 2
                continue
            break
        at = min(at, len(tokens))
        yield from _with_title(tokens, first, at)


def _is_stop(token: Token) -> bool:
    return token.lower not in HONORIFICS | dict.fromkeys(ROLES, "") and len(token.word) > 2


def _may_begin(text: str, tokens: Sequence[Token], at: int, ordinary: set[str]) -> bool:
    token = tokens[at]
    if not token.capital or token.lower in NOT_NAMES or not token.word[0].isalpha():
        return False
    if _begins_sentence(text, token) and token.lower in ADVERBS - FIRST_NAMES:
        return False
    if _begins_sentence(text, token) and (token.lower in ordinary or token.lower in DOCUMENTS):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        # "Police Commissioner Andrew Coster", but not "Protesters" or "Central Wellington".
        first_or_title = token.lower in ROLES or token.lower in FIRST_NAMES
        return following is not None and following.capital and first_or_title
    return True


def _begins_sentence(text: str, token: Token) -> bool:
    before = text[max(0, token.start - 6) : token.start]
    words = before.rstrip("\"'“‘«( ")
    return (
        not words
        or words.endswith("\n")
        or bool(_SENTENCE_END.search(words))
        or before[-1:] in '"“‘«'
    )


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a small word stands inside a name: "Department of Justice", "Ludwig van Dyke"."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    word = tokens[at].lower
    if word == "for":
        founded = tokens[at - 1].capital and tokens[at - 1].lower in FOUNDED | SUPPORTERS
        the = following.lower == "the" and at + 2 < len(tokens)
        first = tokens[at + 2] if the else following
        return founded and first.capital and first.lower not in CALENDAR
    if word in {"and", "the", "on"}:
        return False
    if word == "of":
        if following.lower == "the":
            return (
                at + 2 < len(tokens)
                and tokens[at + 2].capital
                and (tokens[at - 1].lower in GROUP_WORDS | {"speaker"})
            )
        return (
            following.capital
            and (tokens[at - 1].lower in GROUP_WORDS | {"speaker", "secretary", "bank", "board"})
            and following.lower not in CALENDAR
        )
    return following.capital and following.word[0].isalpha()


def _with_title(tokens: Sequence[Token], first: int, last: int) -> Iterator[_Run]:
    """The run, with leading titles taken off: "Prime Minister" / "Jacinda Ardern"."""
    name, gender = first, ""
    person = False
    for at in range(first, min(last, first + 7)):
        word = tokens[at].lower
        if word in HONORIFICS:
            name, gender, person = at + 1, HONORIFICS[word] or gender, True
        elif word in ROLES:
            name, gender, person = at + 1, GENDERED_WORDS.get(word, gender), True
    if name > first and name < last and tokens[last - 1].lower in GROUP_WORDS:
        yield _Run(first, last, first)  # "the Justice Department"
        return
    if name >= last:
        # All title: "the Prime Minister", a role rather than a name.
        yield _Run(first, last, first)
        return
    for at in range(name + 1, last - 1):
        # "House Republican Thomas Massie": the name begins with the first name.
        if {tokens[name].lower, tokens[at].lower} & FIRST_NAMES == {tokens[at].lower}:
            person = not any(t.lower in GROUP_WORDS | JOINERS for t in tokens[at:last])
            name = at if person else name
            break
        if tokens[name].lower in FIRST_NAMES:
            break
    words = [tokens[at].word for at in range(first, name) if tokens[at].lower not in HONORIFICS]
    if any(tokens[at].lower in JOINERS for at in range(name, last)):
        person = False
        name, words = first, []
    yield _Run(first, last, name, " ".join(words), gender, person)  # type: ignore[arg-type]


def _is_person(tokens: Sequence[Token], run: _Run, alone: Counter[str]) -> bool:
    length = run.last - run.name
    words = [tokens[at].lower for at in range(run.name, run.last)]
    if words[-1] in SUFFIXES and length > 1:
        words.pop()
        length -= 1
    if length < 2 or length > 5 or words[-1] in GROUP_WORDS or words[0] in NEVER_FIRST:
        return False
    known = words[0] in FIRST_NAMES
    if any(word in GROUP_WORDS or word in JOINERS for word in words[known:]):
        return False
    if tokens[run.last - 1].word.isupper() and length < 3 and not tokens[run.name].word.isupper():
        return False
    if run.first and tokens[run.first - 1].lower in ROLES:
        return True  # "Liverpool boss Arne Slot"
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
            surname = words[-2] if words[-1] in SUFFIXES else words[-1]
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
        worth_describing = run.person or run.last - run.name > 1
        if worth_describing and not draft.description and not run.headline:
            draft.description = description_beside(text, tokens, run.first, run.last, run.title)
        draft.gender = draft.gender or run.gender or described_gender(draft.description)
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
            draft.words[-1] in GROUP_WORDS
            or draft.words[0] in SUPPORTERS
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
        elif here in by_last or ((here,) in by_words and here not in GROUP_WORDS):
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
