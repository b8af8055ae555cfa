"""How a sentence bears on a question: the measures from which evidence is chosen and decided.

Every measure lies between 0 and 1 or close to it, so that the learned weights of `decision.json`
can be read and compared.
"""

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.answer_spans import LACKING, bears_kind, wanted
from index.alike import Matrix, word_vectors
from index.passages import Passage, header, searchable_text
from index.questions import Question
from index.search import Found
from index.speakers import Span
from index.words import STOP_WORDS, content_words, stem, words

# Below the first cosine two words have nothing in common; at the second they mean the same.
# Read off pairs such as sacked/fired .57, weather/wind .58, coach/player .28, bank/broker .21.
STRANGERS, SAME = 0.35, 0.75
LIKE_AT_MOST = 0.9  # of a word that is alike, beside 1 for the word itself

NEVER = 20.0  # log-odds
_WHY = re.compile(r"(?i)\bwhy\b")

# Words that say what kind of thing is asked for, which its sentence need not repeat.
_FRAME = frozenset(
    stem(word)
    for word in "old long far tall high big large fast often number amount total percentage "
    "percent proportion share age year day date month time hour week place location located reason "
    "cause happen happened kind type sort person people name named called thing things exactly "
    "take took taking many much come came go going get got use used give given".split()
)


@dataclass(frozen=True)
class Bearing:
    """One found passage with its measures."""

    passage: Passage
    measures: Mapping[str, float]
    words: Span | None = None
    """Where in it the reranker finds the words that answer; None where it finds or knows none."""


def bearings(
    question: Question, found: Sequence[Found], passages: Sequence[Passage]
) -> list[Bearing]:
    """The measures of every found passage, in the order found; `passages` holds their articles."""
    if not found:
        return []
    articles: dict[str, list[Passage]] = {}
    wanted = {each.passage.article_id for each in found}
    for passage in passages:
        if passage.article_id in wanted:
            articles.setdefault(passage.article_id, []).append(passage)
    asked = {
        article_id: _Asked(question, _body(tuple(body))) for article_id, body in articles.items()
    }
    dense = [each.features.get("dense", 0.0) for each in found]
    mean = sum(dense) / len(dense)
    spread = math.sqrt(sum((value - mean) ** 2 for value in dense) / len(dense)) or 1.0
    read = any("answers" in each.features for each in found)
    return [
        Bearing(
            each.passage,
            asked[each.passage.article_id].measures(each.passage)
            | {
                "score": each.score,
                "first": 1 / (1 + place),
                "dense": value,
                "dense_stands_out": (value - mean) / spread / 4,
            }
            | (_read(each.features) if read else {}),
            each.words,
        )
        for place, (each, value) in enumerate(zip(found, dense, strict=True))
    ]


def _read(features: Mapping[str, float]) -> dict[str, float]:
    """What the reranker makes of a passage, as probabilities and as log-odds, each at most 1.

    One that it was not given ranks too low for it: that says the same as a clear no. Where it tells
    no words, what it says of the whole passage stands for them.
    """
    answers = features.get("answers", -NEVER)
    contradicts = features.get("contradicts", -NEVER)
    words = features.get("words", answers)
    return {
        "answers": _probability(answers),
        "answers_odds": max(-1.0, min(1.0, answers / 8)),
        "contradicts": _probability(contradicts),
        "words": _probability(words),
        "words_odds": max(-1.0, min(1.0, words / 16)),
    }


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True)
class _Body:
    """An article's words, laid out for comparing: made once an article."""

    places: Mapping[int, int]
    """Passage number to its place below."""
    stems: tuple[frozenset[str], ...]
    """Of each passage behind its speaker's name."""
    rows: tuple[tuple[int, ...], ...]
    """Of each passage, the rows of `vectors` that are its words."""
    vectors: Matrix
    """Shape (different words, directions)."""
    everywhere: frozenset[str]


@lru_cache(maxsize=64)
def _body(passages: tuple[Passage, ...]) -> _Body:
    texts = [searchable_text(passage) for passage in passages]
    surface = [[word for word in words(text) if word not in STOP_WORDS] for text in texts]
    vocabulary = {
        word: row for row, word in enumerate(dict.fromkeys(itertools.chain.from_iterable(surface)))
    }
    stems = tuple(frozenset(stem(word) for word in own) for own in surface)
    return _Body(
        {passage.number: place for place, passage in enumerate(passages)},
        stems,
        tuple(tuple(vocabulary[word] for word in own) for own in surface),
        word_vectors(list(vocabulary)),
        frozenset().union(*stems) if stems else frozenset(),
    )


def asked_words(question: Question) -> dict[str, str]:
    """The words that a sentence must speak of, by stem; those that only frame the question go."""
    topic = set(question.topic or question.words)
    found = {stem(word): word for word in words(question.text) if word not in STOP_WORDS}
    asked = {own: word for own, word in found.items() if own in topic}
    return {own: word for own, word in asked.items() if own not in _FRAME} or asked


class _Asked:
    """One article, weighed for one question."""

    def __init__(self, question: Question, body: _Body) -> None:
        self._question = question
        self._body = body
        asked = asked_words(question)
        self._words = list(asked)
        names = [known_by(name) for name in question.names]
        named = frozenset().union(*names) if names else frozenset()
        alike = word_vectors([asked[word] for word in self._words]) @ body.vectors.T
        like = np.clip((alike - STRANGERS) / (SAME - STRANGERS), 0, 1) * LIKE_AT_MOST
        # A name is itself only: no other name stands for it.
        like[[place for place, word in enumerate(self._words) if word in named]] = 0.0
        self._like: Matrix = like
        total = len(body.stems)
        weights = [
            math.log(1 + total / (sum(word in own for own in body.stems) + 0.5))
            for word in self._words
        ]
        self._weights = np.array(weights, dtype=np.float32) / (sum(weights) or 1.0)
        in_article = self._held(range(total))
        self._absent = 1 - float(self._weights @ in_article)
        self._least = float(in_article.min(initial=1.0))
        self._names = names
        lacking = [not parts & body.everywhere for parts in names]
        self._names_absent = sum(lacking) / len(lacking) if lacking else 0.0

    def measures(self, passage: Passage) -> dict[str, float]:
        """The measures of one of the article's passages.

        - covered, near: the share of the asked words, by rarity, that the sentence (behind its
          speaker's name) holds or holds the like of, alone and with its two neighbours;
        - exact: the same with no word but itself, nor one of an interviewer's;
        - weakest, weakest_near: how well the asked word that is held worst is held;
        - absent, least: the same of the whole article, the former as the share that it lacks;
        - named, names_absent: the share of the question's names that the sentence has (half for
          one beside it), and that the article lacks;
        - pairs: the share of the question's word pairs that stand together here too;
        - kind: whether words of the asked-for kind stand in it, or an interviewer asked why;
          lacks: that a certain kind is asked for and they do not; kind_covered, whole: the same
          times covered and times weakest_near;
        - asks: whether it is a question itself;
        - early: 1 for the first sentence, less and less after it; short: likewise by length.
        """
        at = self._body.places[passage.number]
        around = range(max(0, at - 1), min(at + 2, len(self._body.stems)))
        held, near = self._held([at]), self._held(around)
        here = self._body.stems[at]
        beside = frozenset().union(*(self._body.stems[place] for place in around))
        covered = float(self._weights @ held)
        told_why = self._question.kind == "reason" and _WHY.search(passage.question)
        kind = 1.0 if told_why else bears_kind(self._question, passage.text)
        own = stems_of(header(passage) + passage.text) if passage.question else here
        exact = [float(word in own) for word in self._words]
        return {
            "covered": covered,
            "near": float(self._weights @ near),
            "exact": float(self._weights @ np.array(exact, dtype=np.float32)),
            "weakest": float(held.min(initial=1.0)),
            "weakest_near": float(near.min(initial=1.0)),
            "absent": self._absent,
            "least": self._least,
            "named": self._named(here, beside),
            "names_absent": self._names_absent,
            "pairs": _pairs(self._words, passage.text),
            "kind": kind,
            "lacks": float(wanted(self._question) is not None and kind < LACKING),
            "kind_covered": kind * covered,
            "whole": kind * float(near.min(initial=1.0)),
            "early": 1 / (1 + passage.number / 5),
            "asks": float(passage.text.rstrip("\"'”’)").endswith("?")),
            "short": 1 / (1 + len(passage.text) / 120),
        }

    def _held(self, places: Sequence[int]) -> Matrix:
        """How well the passages at `places` hold each asked word, shape (asked words,)."""
        rows = sorted({row for place in places for row in self._body.rows[place]})
        alike: Matrix = self._like[:, rows].max(axis=1, initial=0.0)
        stems = frozenset().union(*(self._body.stems[place] for place in places))
        for place, word in enumerate(self._words):
            if word in stems:
                alike[place] = 1.0
        return alike

    def _named(self, here: frozenset[str], beside: frozenset[str]) -> float:
        if not self._names:
            return 0.5
        held = [1.0 if parts & here else 0.5 if parts & beside else 0.0 for parts in self._names]
        return sum(held) / len(held)


@lru_cache(maxsize=16_384)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a sentence's content words."""
    return frozenset(content_words(text))


def known_by(name: str) -> frozenset[str]:
    """The stems by which someone is known: a name's last word, every word of a description."""
    parts = [word for word in words(name) if word not in STOP_WORDS]
    return frozenset(stem(word) for word in (parts[-1:] if name[:1].isupper() else parts))


def _pairs(asked: Sequence[str], text: str) -> float:
    if len(asked) < 2:
        return 0.0
    present = content_words(text)
    near = {
        frozenset((word, other))
        for at, word in enumerate(present)
        for other in present[at + 1 : at + 3]
    }
    pairs = [frozenset(pair) for pair in itertools.pairwise(asked)]
    return sum(pair in near for pair in pairs) / len(pairs)
