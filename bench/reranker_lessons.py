"""What the packaged reranker learns from: questions, each with sentences and what they do for it.

Every question is asked with a few sentences and the choice of "none of them": answerable ones with
a sentence that holds the answer or, some of the time, without it or with a name or number of the
question changed for another of the article, and those that SQuAD 2.0 marks as unanswerable.

Every fifth article of NewsQA, the articles that `news_questions.tsv` marks as judged, and half of
the encyclopaedia's paragraphs are kept for judging.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.news_questions import SOURCE, read_news_questions
from bench.public_sets import Case, held_out, held_out_news, question_files, read_cases
from bench.sentence_sets import read_sentence_sets
from index.passages import Passage, header, searchable_text
from index.reading import BEFORE, in_context
from index.speakers import Span
from index.words import content_words

HARD = 8  # wrong sentences are taken from so many that share the most with the question
WRONG = 3  # of them beside each right one
WITHOUT = 0.3  # how often an answerable question is also asked without its sentence
SWAPPED = 0.3  # and how often with a name or number changed, where it has one
PREMISES = 3  # times that each question with a false premise is asked, for there are few
# How many questions of each set are learned from at most. Most are about news, and half of the
# rest were written to have no answer.
MIX = {
    "news_questions": 30_000,
    "newsqa": 2_000,
    "squad2": 3_300,
    "xquad": 300,
    "squadshifts": 4_000,
    "qamr": 1_200,
    "selqa": 600,
}
_PARTICULAR = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|\b\d[\d,.]*\d\b|\b\d\b")


@dataclass(frozen=True)
class Item:
    """A question with the sentences offered for it, of which only the first may be right."""

    question: str
    sentences: tuple[str, ...]
    answered: bool
    """Whether the first answers."""
    contradicted: bool | None = False
    """Whether the first contradicts what the question supposes; None where that is not known."""
    words: Span | None = None
    """Where in the first the answer stands; None where it has none or that is not known."""


@dataclass(frozen=True)
class Offered:
    """A sentence as it is read."""

    text: str
    words: Span | None = None
    """Where in it the answer stands, where that is known."""


@dataclass(frozen=True)
class Asked:
    """A case with its sentences, those that share the most with the question first."""

    question: str
    right: tuple[Offered, ...]
    wrong: tuple[str, ...]
    false_premise: bool
    premises_known: bool
    """Whether its set tells questions with a false premise from other unanswerable ones."""

    def items(self, chance: random.Random) -> Iterator[Item]:
        """What is learned from it this time."""
        wrong = self.wrong[:HARD]
        without = tuple(alone(text) for text in wrong[:WRONG])
        known = False if self.premises_known else None
        if not self.right:
            yield Item(self.question, wrong[:WRONG], answered=False, contradicted=known)
            return
        for _ in range(PREMISES if self.false_premise else 1):
            few = chance.sample(wrong, min(WRONG, len(wrong)))
            right = chance.choice(self.right)
            sentences = (right.text, *few)
            yield Item(
                self.question, sentences, not self.false_premise, self.false_premise, right.words
            )
        if without and chance.random() < WITHOUT:
            yield Item(self.question, without, answered=False)
        other = (
            swapped(self.question, right.text, wrong, chance) if chance.random() < SWAPPED else None
        )
        if other is not None and not self.false_premise:
            yield Item(other, sentences[:WRONG], answered=False, contradicted=None)


def alone(text: str) -> str:
    """A sentence without the one before it, which may be the one that answers."""
    return text.partition(BEFORE)[0]


def swapped(question: str, right: str, others: Sequence[str], chance: random.Random) -> str | None:
    """The question about somebody or something else of the article; None where it names nothing.

    The idea is that of SQuAD 2.0's rule-made questions (Rajpurkar et al. 2018, section 5).
    """
    named = list(_PARTICULAR.finditer(question))
    if not named:
        return None
    place = chance.choice(named)
    digit = place.group()[0].isdigit()
    known = set(right.lower().split()) | set(question.lower().split())
    instead = {
        found.group()
        for other in others
        for found in _PARTICULAR.finditer(other)
        if found.group()[0].isdigit() == digit and not known & set(found.group().lower().split())
    }
    if not instead:
        return None
    return question[: place.start()] + chance.choice(sorted(instead)) + question[place.end() :]


def sets(folder: Path) -> tuple[dict[str, list[Case]], dict[str, list[Case]]]:
    """What is learned from and what is judged by, each set by its name in MIX."""
    cases = [case for file in question_files(folder) for case in read_cases(file)]
    cases += read_sentence_sets(folder)
    learned: dict[str, list[Case]] = {name: [] for name in MIX}
    judged: dict[str, list[Case]] = {}
    for case in cases:
        name = next((name for name in MIX if case.source.startswith(name)), None)
        if name is not None and _kept(case):
            judged.setdefault(name, []).append(case)
        elif name is not None:
            learned[name].append(case)
    learned["news_questions"] = read_news_questions(folder, "learned")
    judged["news_questions"] = read_news_questions(folder, "judged")
    return learned, judged


def mixed(learned: Mapping[str, Sequence[Case]]) -> list[Asked]:
    """As many of each set as MIX says."""
    chance = random.Random(0)  # noqa: S311 - a repeatable sample, no secret
    return [
        each
        for name, cases in learned.items()
        for each in asked(chance.sample(list(cases), min(MIX[name], len(cases))))
    ]


def _kept(case: Case) -> bool:
    """For judging; the sets that are only learned from are not judged by."""
    if case.source.startswith("newsqa"):
        return held_out_news(case)
    return case.source.startswith(("squad2", "xquad")) and held_out(case)


def asked(cases: Sequence[Case]) -> list[Asked]:
    """The cases with their sentences, those first that share the rarest words with the question."""
    articles: dict[str, list[frozenset[str]]] = {}
    found = []
    for case in cases:
        before = (None, *case.passages[:-1])
        texts = [in_context(*pair) for pair in zip(case.passages, before, strict=True)]
        if case.article.id not in articles:
            articles[case.article.id] = [
                frozenset(content_words(searchable_text(passage))) for passage in case.passages
            ]
        stems = articles[case.article.id]
        frequency = Counter(word for own in stems for word in own)
        shared = frozenset(content_words(case.question)) & frequency.keys()
        order = sorted(
            range(len(texts)),
            key=lambda row: -sum(1 / frequency[word] for word in shared & stems[row]),
        )
        right = [row for row in order if case.passages[row].number in case.gold]
        wrong = [row for row in order if row not in right]
        found.append(
            Asked(
                case.question,
                tuple(Offered(texts[row], words(case, case.passages[row])) for row in right),
                tuple(texts[row] for row in wrong),
                case.false_premise,
                premises_known=case.source == SOURCE,
            )
        )
    return found


def words(case: Case, passage: Passage) -> Span | None:
    """Where the reference answer stands in the passage as it is read; None where not known."""
    shift = len(header(passage)) - passage.start
    for start, end in case.answers:
        if passage.start <= start < passage.end:
            return start + shift, min(end, passage.end) + shift
    return None


def batches(learned: Sequence[Asked], questions: int) -> Iterator[list[Item]]:
    """Batches of so many items with sentences of like length, for ever."""
    chance = random.Random(0)  # noqa: S311 - a repeatable order, no secret
    waiting: list[Item] = []
    while True:
        for each in chance.sample(list(learned), len(learned)):
            waiting += [item for item in each.items(chance) if item.sentences]
            if len(waiting) >= 16 * questions:
                waiting.sort(key=lambda item: max(len(text) for text in item.sentences))
                cut = [waiting[at : at + questions] for at in range(0, len(waiting), questions)]
                yield from chance.sample(cut, len(cut))
                waiting = []
