"""Interviews: who speaks where only a label, or the question above, says so.

Newspapers print them with labels ("Q:" and "A:", names, initials, "Host:"), or as bare questions
in paragraphs of their own with the answers below. Every sentence of an answer is its speaker's,
and remembers the question that it answers; the interviewer's own words are nobody's. The
thresholds were chosen on the interviews in `bench/interviews/`, and on the articles of PolNeAR,
NewsQA and XSUM, where nothing else may be taken for an interview.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.interview_paragraphs import Paragraph, read_paragraphs
from index.layout import mentions_between
from index.name_words import HONORIFICS, JOINERS, ROLES
from index.names import Mention, Names
from index.sentences import Sentence, Span, Speaker
from index.sources import Sources

_LABELLED, _BARE = 0.95, 0.85  # confidence
_TAKE_TURNS = 0.6  # of the gaps between questions that hold one paragraph
_PAIRS, _LABELLED_PAIRS = 3, 2  # questions with an answer below that make an interview
_MOST_LABELS = 40  # more are a list
_MOSTLY = 0.6  # of what a label says are questions, where it is the interviewer's
_OFTEN = 0.25  # or of the one label of two that asks more
_OWN_SHARE, _LABELLED_OWN_SHARE = 0.4, 0.2  # of the answers say "I" or "we"; explainers' don't
_SINGULAR_SHARE = 0.2  # and "I"
_ADDRESSED_SHARE = 0.25  # of the questions say "you", and fewer "we"
_NEAR = 80  # characters before a name that tell whom the guest spoke to
_ASKERS = frozenset(
    "q question interviewer host reporter presenter moderator journalist anchor".split()
)
_ANSWERERS = frozenset("a answer interviewee guest".split())
_STOPS = frozenset(".!?…")
_BYLINE = re.compile(
    r"(?i:(?:words |interview |photographs? |reporting )?by|from) [A-ZÀ-Þ][^.!?]{0,80}$"
)
_CLOSING = re.compile(
    r"(?i)\b(?:interview|conversation|transcript|answers?|questions?|q&a|exchange)\b[^.]{0,60}"
    r"\b(?:edited|condensed|shortened|translated|abridged|cut)\b|"
    r"^(?:interview|as told|words) (?:by|to)\b"
)
# The guest tells, spoke to or was interviewed by somebody; the interviewer meets or talks to the
# guest. Of "she" and "who" all of it is told of the guest, of "we" of the interviewer.
_MET_BY = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|[Tt]hey|who) (?:\w+ )?(?:spe|ta)[a-z]+ (?:to|with)|"
    r"(?<!\b[Ww]e )(?<!\bI )\b(?:tells|told|(?:spoke|talked|speaking|talking) (?:to|with)|"
    r"(?:interviewed|asked) by|questions from)) (?:[\w’'-]+ ){0,4}$"
)
_MEETS = re.compile(
    r"(?:,[^,.]{1,40},)? (?:meets|met|interviews|interviewed|visits|visited|"
    r"(?:talks|speaks|sits down|sat down) (?:to|with))\b"
)


@dataclass(frozen=True)
class _Turn:
    """A paragraph of an interview."""

    paragraph: Paragraph
    who: Speaker | None = None
    """None for the interviewer, for narration, and for an answer of nobody knows whom."""
    asks: bool = False


def give_turns(text: str, sentences: Sequence[Sentence], sources: Sources) -> None:
    """Give every sentence of an interview's answers its speaker, and its questions none."""
    paragraphs = list(read_paragraphs(text, sentences))
    asked: Span | None = None
    asking = False
    for turn in _interview(text, paragraphs, sources.names):
        paragraph = turn.paragraph
        if turn.asks:
            first = asked[0] if asking and asked else paragraph.end - len(paragraph.said)
            asked = first, paragraph.end
        asking = turn.asks
        speaker = None
        if turn.who is not None:
            confidence = _LABELLED if paragraph.label else _BARE
            speaker = replace(turn.who, kind="direct", confidence=confidence, asked=asked)
        if speaker is not None or turn.asks:
            for sentence in sentences[paragraph.first : paragraph.last]:
                sentence.speaker = None if sentence.headline else speaker


def _interview(text: str, paragraphs: Sequence[Paragraph], names: Names) -> list[_Turn]:
    """The paragraphs that are asked and answered in turn; none where it is no interview."""
    if len({paragraph.label for paragraph in paragraphs}) > _MOST_LABELS:
        return []
    labels = _labels(paragraphs)
    askers = _asking(labels)
    begin = _begin(paragraphs, askers)
    if begin is None:
        return []
    while begin > 2 and _opens(*paragraphs[begin - 2 : begin]):
        begin -= 2
    guest = _guest(text, paragraphs[:begin], paragraphs[begin:], names)
    paragraphs = paragraphs[begin:]
    bare = sum(not a.label and a.asks and bool(b.label) for a, b in pairwise(paragraphs))
    asked = bool(askers) or bare > 0
    people = _answering(labels, askers, guest, names) if asked else {}
    turns = list(_turns(paragraphs, askers, people, guest, names))
    while turns and _is_closing(turns):
        turns.pop()
    return turns if _is_interview(turns, labelled=bool(askers or people)) else []


def _labels(paragraphs: Sequence[Paragraph]) -> dict[str, list[Paragraph]]:
    """The paragraphs of each label, by its fullest form: "RA" stands under "Ruth Adeyemi"."""
    found: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.label:
            found.setdefault(paragraph.label, []).append(paragraph)
    fullest: dict[str, list[Paragraph]] = {}
    for label in sorted(found, key=lambda label: -len(label)):
        under = next((full for full in fullest if _is_called(full, label)), label)
        fullest.setdefault(under, []).extend(found[label])
    return fullest


def _asking(labels: Mapping[str, Sequence[Paragraph]]) -> frozenset[str]:
    """The labels, in every form, of whoever asks: "Q", "Host", or one that mostly asks."""
    shares = {
        label: sum(each.ends_asking for each in own) / len(own) for label, own in labels.items()
    }
    named = sorted(
        (label for label in labels if len(labels[label]) > 1), key=lambda one: -shares[one]
    )
    askers = {label for label in labels if label.lower() in _ASKERS}
    askers |= {label for label in named if shares[label] >= _MOSTLY}
    if not askers and len(named) > 1 and shares[named[0]] >= _OFTEN > shares[named[1]]:
        askers = {named[0]}
    return frozenset(each.label for label in askers for each in labels[label])


def _answering(
    labels: Mapping[str, Sequence[Paragraph]],
    askers: frozenset[str],
    guest: Speaker | None,
    names: Names,
) -> dict[str, Speaker]:
    """Who is meant by each of the other labels, in every form."""
    people: dict[str, Speaker] = {}
    ordered = sorted(
        names.entities,
        key=lambda named: (named.name.isupper(), not named.person, -len(named.name)),
    )
    for label, own in labels.items():
        if label in askers:
            continue
        start, end = own[0].start, own[0].label_end
        called = [one for one in ordered if _is_called(one.name, label)]
        people_called = [one for one in called if one.person and not one.name.isupper()]
        if label.lower() in _ANSWERERS or (guest is not None and _is_called(guest.name, label)):
            found = guest
        elif len(people_called) > 1:
            found = Speaker(label, "", start, end)  # two Smiths
        elif called and (len(own) > 1 or called[0].person or _is_whole(called[0].name, label)):
            found = Speaker(called[0].name, called[0].description, start, end)
        else:
            found = Speaker(label, "", start, end) if len(own) > 1 else None
        if found is not None:
            people |= dict.fromkeys((each.label for each in own), found)
    return people


def _is_whole(name: str, label: str) -> bool:
    """Whether the label is a name of more than one word."""
    return " " in label and name.lower() == label.lower()


def _is_called(name: str, label: str) -> bool:
    """Whether a label is some of a name's words, or its initials."""
    words = name.lower().split()
    called = label.lower().split()
    own = [word for word in called if word not in HONORIFICS and word not in ROLES] or called
    initials = "".join(word[0] for word in words if word[0].isalpha())
    short = label.isupper() and len(label) > 1 and label.lower() == initials
    return short or (bool(own) and set(own) <= set(words))


def _begin(paragraphs: Sequence[Paragraph], askers: frozenset[str]) -> int | None:
    """The first paragraph that asks, or that bears a label where labels ask."""
    for at, (paragraph, answer) in enumerate(pairwise(paragraphs)):
        if paragraph.label in askers:
            return at
        if paragraph.label or not (paragraph.asks or paragraph.invites) or answer.asks:
            continue
        if answer.own or (answer.label and answer.label not in askers):
            return at
    return None


def _opens(paragraph: Paragraph, behind: Paragraph) -> bool:
    """Whether they are a prompt without a question mark and its answer: "You look tired."."""
    bare = not paragraph.label and not behind.label
    asks = paragraph.addresses and paragraph.prompts(behind, takes_turns=False)
    return bare and behind.singular and asks


def _turns(
    paragraphs: Sequence[Paragraph],
    askers: frozenset[str],
    people: Mapping[str, Speaker],
    guest: Speaker | None,
    names: Names,
) -> Iterator[_Turn]:
    """Whose each paragraph is, in their order."""
    named = {one.name: one for one in people.values()}
    only = guest if not named else next(iter(named.values())) if len(named) == 1 else None
    takes_turns = _take_turns(paragraphs)
    always_labelled = sum(paragraph.label in askers for paragraph in paragraphs) > 2 * sum(
        not paragraph.label and paragraph.asks for paragraph in paragraphs
    )
    next_labels = _next_labels(paragraphs)
    before: _Turn | None = None
    for at, paragraph in enumerate(paragraphs):
        behind = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        if paragraph.label in askers or before is None:
            before = _Turn(paragraph, asks=True)
        elif paragraph.label in people:
            start, end = paragraph.start, paragraph.label_end
            before = _Turn(paragraph, replace(people[paragraph.label], start=start, end=end))
        elif before.asks and before.paragraph.label and next_labels[at] in people:
            before = replace(before, paragraph=paragraph)  # the question goes on
        elif before.asks:
            before = _Turn(paragraph, only)
        elif not always_labelled and (
            paragraph.asks
            or (behind is not None and _is_of(behind.label, before.who, people))
            or (behind is not None and paragraph.prompts(behind, takes_turns=takes_turns))
        ):
            before = _Turn(paragraph, asks=True)
        elif _narrates(paragraph, before.who, names):
            yield _Turn(paragraph)
            continue
        else:
            before = _Turn(paragraph, before.who)
        yield before


def _is_of(label: str, who: Speaker | None, people: Mapping[str, Speaker]) -> bool:
    """Whether the label is theirs who spoke last: what stands between must be the interviewer's."""
    return who is not None and label in people and people[label].name == who.name


def _next_labels(paragraphs: Sequence[Paragraph]) -> list[str]:
    """For each paragraph the label that stands at it, or next below it."""
    found, label = [], ""
    for paragraph in reversed(paragraphs):
        label = paragraph.label or label
        found.append(label)
    return found[::-1]


def _take_turns(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether most questions have one paragraph of answer, so that what follows it asks again."""
    places = [at for at, paragraph in enumerate(paragraphs) if paragraph.asks]
    gaps = [b - a for a, b in pairwise(places)]
    return bool(gaps) and sum(gap == 2 for gap in gaps) >= _TAKE_TURNS * len(gaps)


def _is_interview(turns: Sequence[_Turn], *, labelled: bool) -> bool:
    """Whether questions are answered, again and again, by somebody who speaks of themselves."""
    pairs = [(a, b) for a, b in pairwise(turns) if a.asks and not b.asks]
    if len(pairs) < (_LABELLED_PAIRS if labelled else _PAIRS):
        return False
    answers = [turn for turn in turns if not turn.asks]
    own = sum(turn.paragraph.own for turn in answers)
    # Under "A:" a newspaper may speak, and in essays that ask and answer: they say "we".
    singular = sum(turn.paragraph.singular for turn in answers)
    if labelled:
        lettered = any(turn.paragraph.label == "A" for turn in answers)
        return (singular if lettered else own) >= _LABELLED_OWN_SHARE * len(answers)
    addressed = sum(question.paragraph.addresses for question, _ in pairs)
    included = sum(question.paragraph.includes for question, _ in pairs)
    speaks_of_self = own >= _OWN_SHARE * len(answers) and singular >= _SINGULAR_SHARE * len(answers)
    return speaks_of_self and addressed >= _ADDRESSED_SHARE * len(pairs) > included


def _guest(
    text: str, intro: Sequence[Paragraph], rest: Sequence[Paragraph], names: Names
) -> Speaker | None:
    """The person whom the introduction is about, or whom the questions address.

    Nobody where two are named as often: a wrong speaker is worse than none.
    """
    intro = [each for each in intro if not each.singular]
    told = [each for each in intro if each.said.rstrip("\"'”’)")[-1:] in _STOPS]
    asking = [each for each in rest if each.ends_asking]
    for paragraphs in (told, intro, asking):
        weights: Counter[int] = Counter()
        for paragraph in paragraphs:
            if _BYLINE.match(paragraph.said):
                continue
            for mention in mentions_between(names.mentions, paragraph.start, paragraph.end):
                before = text[max(paragraph.start, mention.start - _NEAR) : mention.start]
                met = _MET_BY.search(before) or _MEETS.match(text, mention.end, paragraph.end)
                if paragraphs is not asking or _is_addressed(text, before, mention.end):
                    weights[mention.entity] += 0 if met else _likely_guest(names, mention)
        if any(names.entities[entity].person for entity in weights):
            weights = Counter(
                {entity: own for entity, own in weights.items() if names.entities[entity].person}
            )
        ranked = weights.most_common(2)
        if ranked and ranked[0][1] > 0:
            if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
                return None
            named = names.entities[ranked[0][0]]
            return Speaker(named.name, named.description, named.start, named.end)
    return None


def _is_addressed(text: str, before: str, end: int) -> bool:
    """As in "Professor Hart, is it dangerous?" and "Is it dangerous, Professor Hart?"."""
    opens = not before.strip() or before.rstrip().endswith(",")
    return opens and text[end : end + 1] in {",", "?"}


def _likely_guest(names: Names, mention: Mention) -> int:
    """How much a mention counts: nothing for groups, less where only the form tells a person, or
    for "Poe's father".
    """
    named = names.entities[mention.entity]
    words = named.name.lower().split()
    nobody = mention.entity in names.groups or named.name.isupper() or JOINERS & set(words)
    if nobody and not named.person:
        return 0
    if mention.possessive:
        return 1
    return 4 if named.person else 3 if len(words) > 1 else 2


def _is_closing(turns: Sequence[_Turn]) -> bool:
    """Whether the last paragraph is no answer: on the interview, or none of somebody's own."""
    last = turns[-1]
    if last.asks or last.paragraph.label:
        return last.asks
    answers = len(turns) > 1 and turns[-2].asks
    return bool(_CLOSING.search(last.paragraph.said)) or not (answers or last.paragraph.own)


def _narrates(paragraph: Paragraph, who: Speaker | None, names: Names) -> bool:
    """Whether a paragraph behind an answer speaks of the guest as others do."""
    if who is None or paragraph.own:
        return False
    mentions = mentions_between(names.mentions, paragraph.start, paragraph.end)
    return any(names.entities[each.entity].name == who.name for each in mentions)
