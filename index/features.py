"""What speaks for and against each passage as the answer to a question: named numbers."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.alike import word_vectors
from index.embeddings import Vectors
from index.passages import Passage
from index.questions import Question
from index.traits import TRAITS, is_number, traits
from index.words import STOP_WORDS, content_words, stem, words

# Okapi BM25's usual constants (Robertson and Zaragoza 2009); b is low because sentences are short.
_K1, _B = 1.2, 0.4


Rows: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True)
class Material:
    """What is known of some passages before any question: computed once, asked many times."""

    passages: tuple[Passage, ...]
    stems: tuple[tuple[str, ...], ...]
    """The content words of each passage, its speaker's name and what was asked before them."""
    rows: Mapping[str, tuple[tuple[int, int], ...]]
    """For each stem the passages that hold it, by index, and how often."""
    before: tuple[int, ...]
    """The index of the passage before each one in its article, -1 where it is not among them."""
    after: tuple[int, ...]
    sizes: Vectors
    """Shape (passages,): how many passages the article of each has."""
    traits: Vectors
    """Shape (passages, len(TRAITS))."""
    names: tuple[frozenset[str], ...]
    """Words with a capital inside the sentence, plain."""
    meanings: Vectors
    """Shape (words, 64): one row for each different word that carries meaning (`index.alike`)."""
    forms: Mapping[str, Rows]
    """For each stem the rows of `meanings` that are forms of it."""
    holds: tuple[Rows, ...]
    """For each passage the rows of its words."""


def prepare(passages: Sequence[Passage], sizes: Mapping[str, int] | None = None) -> Material:
    """The material of these passages.

    Args:
        passages: whole articles, or a choice of passages.
        sizes: how many passages each article has, where not all of them are given.
    """
    stems = tuple(tuple(content_words(_header(passage) + passage.text)) for passage in passages)
    rows: dict[str, list[tuple[int, int]]] = {}
    for index, own in enumerate(stems):
        for word, often in Counter(own).items():
            rows.setdefault(word, []).append((index, often))
    sizes = sizes or Counter(passage.article_id for passage in passages)
    place = {(passage.article_id, passage.number): index for index, passage in enumerate(passages)}
    plain_words = [
        [word for word in words(_header(one) + one.text) if word not in STOP_WORDS]
        for one in passages
    ]
    vocabulary = {
        word: row
        for row, word in enumerate(dict.fromkeys(word for own in plain_words for word in own))
    }
    return Material(
        passages=tuple(passages),
        stems=stems,
        rows={word: tuple(found) for word, found in rows.items()},
        before=tuple(place.get((one.article_id, one.number - 1), -1) for one in passages),
        after=tuple(place.get((one.article_id, one.number + 1), -1) for one in passages),
        sizes=np.array([sizes[passage.article_id] for passage in passages], dtype=np.float32),
        traits=np.array([traits(passage.text) for passage in passages], dtype=np.float32).reshape(
            len(passages), len(TRAITS)
        ),
        names=tuple(_capitals(passage.text) for passage in passages),
        forms=_forms(vocabulary),
        meanings=word_vectors(list(vocabulary)),
        holds=tuple(
            np.array(sorted({vocabulary[word] for word in own}), dtype=np.intp)
            for own in plain_words
        ),
    )


def _forms(vocabulary: Mapping[str, int]) -> dict[str, Rows]:
    rows: dict[str, list[int]] = {}
    for word, row in vocabulary.items():
        rows.setdefault(stem(word), []).append(row)
    return {word: np.array(own, dtype=np.intp) for word, own in rows.items()}


def _header(passage: Passage) -> str:
    name = passage.speaker.name if passage.speaker else ""
    return f"{name} {passage.question} "


_CAPITAL_INSIDE = re.compile(r"(?<=[^.!?\"“] )[A-ZÀ-Þ][\w’'-]+")


def _capitals(text: str) -> frozenset[str]:
    return frozenset(word for found in _CAPITAL_INSIDE.findall(text) for word in words(found))


def features(
    question: Question, material: Material, dense: Vectors, asking: Vectors | None = None
) -> dict[str, Vectors]:
    """Named features of every passage, each of shape (passages,).

    Args:
        question: what is asked.
        material: the passages, from `prepare`.
        dense: cosine similarity of each passage with the question, shape (passages,).
        asking: the same with the question's own "who" or "where" in its context, which lies near
            sentences that name somebody or some place; None where the embedder can't give it.
    """
    count = len(material.passages)
    keyword = _bm25(question.words, material)
    weights = _weights(question.words, material)
    coverage = _coverage(question.words, weights, material)
    topic = _coverage(question.topic, weights, material)
    meaning = _meaning(question, weights, material)
    number = np.array([passage.number for passage in material.passages], dtype=np.float32)
    sizes = material.sizes
    lengths = np.array([len(own) for own in material.stems], dtype=np.float32)
    dense_z, keyword_z = standard(dense), standard(keyword)
    both = dense_z + keyword_z
    missing = _missing_found_near(question.words, weights, material)
    asked = frozenset(words(" ".join((question.text, *question.names))))
    values: dict[str, Vectors] = {
        "dense": dense,
        "dense_z": dense_z,
        "dense_first": _reciprocal_rank(dense),
        "dense_gap": dense - dense.max(initial=-1.0),
        "keyword": keyword,
        "keyword_z": keyword_z,
        "keyword_first": _reciprocal_rank(keyword),
        "keyword_gap": keyword - keyword.max(initial=0.0),
        "both_first": _reciprocal_rank(both),
        "asking_z": standard(np.zeros_like(dense) if asking is None else asking),
        "coverage": coverage,
        "coverage_all": (coverage > 0.999).astype(np.float32),
        "coverage_none": (coverage < 0.001).astype(np.float32),
        "topic": topic,
        "meaning": meaning,
        "meaning_z": standard(meaning),
        "meaning_before": _moved(meaning, material.before),
        "early_if_vague": ((1 - coverage.max(initial=0.0)) / (1 + number)).astype(np.float32),
        "early_if_few_words": (1 / (1 + number) / (1 + len(question.words))).astype(np.float32),
        "pairs": _pairs(question.words, material),
        "rarest": _rarest(weights, material),
        "before": _moved(both, material.before),
        "after": _moved(both, material.after),
        "found_before": missing,
        # No finer place than these two: news questions written from a summary favour the top far
        # more than readers of the whole article do.
        "last": (number + 1 >= sizes).astype(np.float32),
        "lead": (number < 3).astype(np.float32),
        "headline": np.array([_is_headline(p) for p in material.passages], dtype=np.float32),
        "length": np.log1p(lengths),
        "short": (lengths < 4).astype(np.float32),
        "new_words": np.log1p(lengths * (1 - _share_asked(question.words, material))),
        "new_names": np.array(
            [math.log1p(len(own - asked)) for own in material.names],
            dtype=np.float32,
        ),
        "names": _names_held(question, material),
        **_speakers(question, material),
        "counted": _counted(question, material),
    }
    for index, trait in enumerate(TRAITS):
        values[f"has_{trait}"] = material.traits[:, index]
    assert all(value.shape == (count,) for value in values.values())
    return values


def _bm25(asked: Sequence[str], material: Material) -> Vectors:
    scores = np.zeros(len(material.passages), dtype=np.float32)
    lengths = np.array([len(own) for own in material.stems], dtype=np.float32)
    average = float(lengths.mean()) if len(lengths) else 1.0
    for word in asked:
        found = material.rows.get(word, ())
        if not found:
            continue
        weight = _rarity(word, material)
        for index, often in found:
            norm = _K1 * (1 - _B + _B * lengths[index] / max(average, 1.0))
            scores[index] += weight * often * (_K1 + 1) / (often + norm)
    return scores


def _rarity(word: str, material: Material) -> float:
    """Inverse document frequency over the passages, never negative; unknown words are rarest."""
    held = len(material.rows.get(word, ()))
    return math.log(1 + (len(material.passages) - held + 0.5) / (held + 0.5))


def _weights(asked: Sequence[str], material: Material) -> dict[str, float]:
    return {word: _rarity(word, material) for word in asked}


def _coverage(asked: Sequence[str], weights: Mapping[str, float], material: Material) -> Vectors:
    """The share of the asked words that each passage holds, rare words counting more."""
    covered = np.zeros(len(material.passages), dtype=np.float32)
    total = sum(weights[word] for word in asked)
    for word in asked:
        for index, _ in material.rows.get(word, ()):
            covered[index] += weights[word]
    return covered / np.float32(total) if total else covered


def _meaning(question: Question, weights: Mapping[str, float], material: Material) -> Vectors:
    """As `_coverage`, where a word of like meaning counts for as much as it is alike."""
    asked = list(dict.fromkeys(word for word in words(question.text) if word not in STOP_WORDS))
    if not asked or not len(material.meanings):
        return np.zeros(len(material.passages), dtype=np.float32)
    alike = np.maximum(word_vectors(asked) @ material.meanings.T, 0.0)
    stems = [stem(word) for word in asked]
    for place, word in enumerate(stems):
        if word in material.forms:
            alike[place, material.forms[word]] = 1.0
    weight = np.array([weights.get(word, 0.0) for word in stems], dtype=np.float32)
    best = np.array(
        [alike[:, rows].max(axis=1) @ weight if len(rows) else 0.0 for rows in material.holds],
        dtype=np.float32,
    )
    total = float(weight.sum())
    return best / np.float32(total) if total else best


def _missing_found_near(
    asked: Sequence[str], weights: Mapping[str, float], material: Material
) -> Vectors:
    """The share of the asked words that the passage lacks and the one before it holds."""
    total = sum(weights.values()) or 1.0
    held = [frozenset(own) for own in material.stems]
    return np.array(
        [
            0.0
            if near < 0
            else sum(weights[w] for w in asked if w not in held[index] and w in held[near]) / total
            for index, near in enumerate(material.before)
        ],
        dtype=np.float32,
    )


def _pairs(asked: Sequence[str], material: Material) -> Vectors:
    """How many pairs of words that stand together in the question do so in the passage."""
    wanted = set(pairwise(asked))
    wanted |= {(second, first) for first, second in wanted}
    if not wanted:
        return np.zeros(len(material.passages), dtype=np.float32)
    return np.array(
        [sum(pair in wanted for pair in pairwise(own)) for own in material.stems],
        dtype=np.float32,
    )


def _rarest(weights: Mapping[str, float], material: Material) -> Vectors:
    """Whether the passage holds the rarest asked word that any passage holds."""
    held = {word: weight for word, weight in weights.items() if word in material.rows}
    found = np.zeros(len(material.passages), dtype=np.float32)
    if held:
        word = max(held, key=lambda one: held[one])
        for index, _ in material.rows[word]:
            found[index] = 1
    return found


def _share_asked(asked: Sequence[str], material: Material) -> Vectors:
    wanted = frozenset(asked)
    return np.array(
        [sum(word in wanted for word in own) / max(len(own), 1) for own in material.stems],
        dtype=np.float32,
    )


def _names_held(question: Question, material: Material) -> Vectors:
    """The share of the question's names of which the passage, header included, has a word."""
    if not question.names:
        return np.zeros(len(material.passages), dtype=np.float32)
    wanted = [frozenset(stem(word) for word in words(name)) for name in question.names]
    return np.array(
        [sum(not name.isdisjoint(own) for name in wanted) / len(wanted) for own in material.stems],
        dtype=np.float32,
    )


def _speakers(question: Question, material: Material) -> dict[str, Vectors]:
    """Who speaks the passage, beside who is asked about."""
    asked = frozenset(words(question.speaker or ""))
    named = frozenset(word for name in question.names for word in words(name)[-1:])
    same, other, mentioned, somebody = [], [], [], []
    for passage in material.passages:
        speaker = frozenset(words(passage.speaker.name)) if passage.speaker else frozenset()
        own = frozenset(words(passage.speaker.description)) if passage.speaker else frozenset()
        match = bool(asked & (speaker | own))
        same.append(match)
        other.append(bool(asked) and bool(speaker) and not match)
        mentioned.append(bool(named & speaker))
        somebody.append(bool(speaker))
    return {
        "speaker_asked": np.array(same, dtype=np.float32),
        "speaker_other": np.array(other, dtype=np.float32),
        "speaker_named": np.array(mentioned, dtype=np.float32),
        "speaker_known": np.array(somebody, dtype=np.float32),
    }


_COUNTED = re.compile(r"(?i)\b(?:how (?:many|much)|number of) ((?:[\w'’-]+ ?){1,3})")


def _counted(question: Question, material: Material) -> Vectors:
    """Whether a number stands just before the thing that is counted ("35 more troops")."""
    asked = _COUNTED.search(question.text)
    wanted = frozenset(content_words(asked.group(1)) if asked else ())
    return np.array(
        [bool(wanted) and _number_before(wanted, words(one.text)) for one in material.passages],
        dtype=np.float32,
    )


def _number_before(wanted: frozenset[str], tokens: Sequence[str]) -> bool:
    return any(
        any(stem(word) in wanted for word in tokens[index + 1 : index + 4])
        for index, token in enumerate(tokens)
        if is_number(token)
    )


def _is_headline(passage: Passage) -> bool:
    """A first line without a closing mark."""
    return passage.number == 0 and passage.text[-1:] not in ".!?…\"”’')"


def _moved(values: Vectors, order: Sequence[int]) -> Vectors:
    return np.array([values[at] if at >= 0 else 0.0 for at in order], dtype=np.float32)


def _reciprocal_rank(values: Vectors) -> Vectors:
    """1 for the largest, a half for the next, and so on; equal values share the better rank."""
    ordered = np.sort(values)[::-1]
    ranks = np.searchsorted(-ordered, -values, side="left")
    reciprocal: Vectors = (1 / (1 + ranks)).astype(np.float32)
    return reciprocal


def standard(values: Vectors) -> Vectors:
    """Values less their mean, in standard deviations; noughts where all are equal."""
    spread = float(values.std()) if len(values) else 0.0
    if spread == 0:
        return np.zeros_like(values)
    standard: Vectors = ((values - values.mean()) / np.float32(spread)).astype(np.float32)
    return standard
