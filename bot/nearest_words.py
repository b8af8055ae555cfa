"""The real words that a false quotation comes closest to, and how the two differ.

Everything here works on folded text (`bot/typography.py`) and only explains: none of it can make
a quotation pass.
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.typography import Span

LONGEST_CLAIM = 400  # words that are aligned; of a longer claim the rest is left out
_TRIED = 6  # windows that are aligned in full; votes of shared words choose them
_ENOUGH = 0.5  # of the claim's words, weighed by rarity, must stand in the real words
_SHORTEST_PIECE = 3  # words; shorter runs stand anywhere by chance
_MOST_PIECES = 6
# A shade dearer than a word left out, so that equal words are paired where that costs the same.
_REPLACED, _ADDED = 0.01, 0.02
_TOKEN = re.compile(r"[^\W_]+(?:[-'.,:/][^\W_]+)*|[^\w\s]|_")

Operation = Literal["same", "missing", "added"]


@dataclass(frozen=True)
class Change:
    """A run of words: in both, only in the article ("missing"), only in the claim ("added")."""

    op: Operation
    words: str


@dataclass(frozen=True)
class Near:
    """The real words nearest to a claim."""

    text: int
    """Which of the texts."""
    span: Span
    close: bool
    """Whether few enough words differ that this is an alteration of one place."""


@dataclass(frozen=True)
class _Words:
    spans: Sequence[Span]
    keys: Sequence[str]
    places: Mapping[str, Sequence[int]]


def nearest(claim: str, texts: Sequence[str]) -> Near | None:
    """The span of `texts` that `claim` can be made of with the fewest changes, if near at all."""
    wanted = [match.group().lower() for match in _TOKEN.finditer(claim)][:LONGEST_CLAIM]
    best: tuple[float, Near] | None = None
    for number, text in enumerate(texts):
        words = _words(text)
        weights = {word: _weight(words, word) for word in wanted}
        total = sum(weights[word] for word in wanted) or 1.0
        for start, end in _windows(wanted, words, weights):
            cost, pairs = _align(wanted, words.keys[start:end])
            shared = [(mine, theirs) for mine, theirs in pairs if mine is not None is not theirs]
            same = [mine for mine, theirs in shared if wanted[mine] == words.keys[start + theirs]]
            if sum(weights[wanted[mine]] for mine in same) < _ENOUGH * total:
                continue
            first = start + min(theirs for _, theirs in pairs if theirs is not None)
            last = start + max(theirs for _, theirs in pairs if theirs is not None)
            close = cost <= max(2.0, len(wanted) / 4)
            span = (words.spans[first][0], words.spans[last][1])
            if best is None or cost < best[0]:
                best = (cost, Near(number, span, close))
    return best[1] if best else None


def difference(near: Near, claim: str, texts: Sequence[str]) -> tuple[Change, ...]:
    """What must be done to the real words to arrive at the claim, word by word."""
    real = texts[near.text][slice(*near.span)]
    theirs = [match.group() for match in _TOKEN.finditer(real)]
    mine = [match.group() for match in _TOKEN.finditer(claim)][:LONGEST_CLAIM]
    changes: list[Change] = []
    _, pairs = _align(mine, theirs)
    for claimed, found in pairs:
        if claimed is not None and found is not None and mine[claimed] == theirs[found]:
            changes.append(Change("same", mine[claimed]))
            continue
        if found is not None:
            changes.append(Change("missing", theirs[found]))
        if claimed is not None:
            changes.append(Change("added", mine[claimed]))
    return _joined(changes)


def stitched(claim: str, texts: Sequence[str]) -> list[tuple[int, Span]]:
    """The separate places that `claim` is put together from, in its order; none if it is not.

    Pieces may be parted by "..." or by nothing; every word of the claim must belong to one.
    """
    pieces: list[tuple[int, Span]] = []
    all_words = [_words(text) for text in texts]
    for part in claim.split("..."):
        tokens = [match.group() for match in _TOKEN.finditer(part)]
        tokens = [token.lower() for token in _without_ends(tokens)]
        at = 0
        while at < len(tokens):
            if not tokens[at][0].isalnum():
                at += 1
                continue
            longest = max(
                (
                    (*_longest_run(tokens, at, words), number)
                    for number, words in enumerate(all_words)
                ),
                default=(0, 0, 0),
            )
            length, start, number = longest
            whole = length == len(tokens) and "..." in claim
            if length < _SHORTEST_PIECE and not (whole and length):
                return []
            spans = all_words[number].spans
            pieces.append((number, (spans[start][0], spans[start + length - 1][1])))
            at += length
    return pieces if 2 <= len(pieces) <= _MOST_PIECES else []


def _words(text: str) -> _Words:
    spans: list[Span] = []
    keys: list[str] = []
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, match in enumerate(_TOKEN.finditer(text)):
        key = match.group().lower()
        spans.append(match.span())
        keys.append(key)
        places[key].append(number)
    return _Words(spans, keys, places)


def _weight(words: _Words, word: str) -> float:
    if not word[0].isalnum():
        return 0.0
    return 0.1 + math.log((1 + len(words.keys)) / (1 + len(words.places.get(word, ()))))


def _windows(
    wanted: Sequence[str], words: _Words, weights: Mapping[str, float]
) -> list[tuple[int, int]]:
    """Stretches of the text that share the rarest words with the claim in the same order."""
    width = len(wanted) // 2 + 4
    votes: defaultdict[int, float] = defaultdict(float)
    for at, word in enumerate(wanted):
        places = words.places.get(word, ())
        if len(places) * 50 > len(words.keys) + 5_000:
            continue  # far too common to tell one place from another
        for place in places:
            bucket = (place - at) // width
            votes[bucket] += weights[word]
            votes[bucket + 1] += weights[word] / 2
    windows = []
    for bucket in sorted(votes, key=lambda each: -votes[each])[:_TRIED]:
        start = max(0, (bucket - 1) * width)
        windows.append((start, min(len(words.keys), (bucket + 2) * width + len(wanted))))
    return [(start, end) for start, end in windows if start < end]


def _align(
    mine: Sequence[str], theirs: Sequence[str]
) -> tuple[float, list[tuple[int | None, int | None]]]:
    """The cheapest way to read `mine` anywhere within `theirs` (Sellers, 1980).

    Marks cost half a word. Returns the cost and the aligned pairs, None where one side has
    nothing; what stands before and after in `theirs` is free and left out.
    """
    mine_costs = [1.0 if word[0].isalnum() else 0.5 for word in mine]
    their_costs = [1.0 if word[0].isalnum() else 0.5 for word in theirs]
    rows = [[0.0] * (len(theirs) + 1)]
    for word, cost in zip(mine, mine_costs, strict=True):
        above = rows[-1]
        row = [above[0] + cost + _ADDED]
        for column, other in enumerate(theirs, 1):
            replaced = above[column - 1]
            if word != other:
                replaced += max(cost, their_costs[column - 1]) + _REPLACED
            row.append(
                min(replaced, above[column] + cost + _ADDED, row[-1] + their_costs[column - 1])
            )
        rows.append(row)
    column = min(range(len(theirs) + 1), key=lambda at: rows[-1][at])
    total = rows[-1][column]
    pairs: list[tuple[int | None, int | None]] = []
    line = len(mine)
    while line:
        value = rows[line][column]
        if column:
            same = mine[line - 1] == theirs[column - 1]
            cost = 0.0 if same else max(mine_costs[line - 1], their_costs[column - 1]) + _REPLACED
            if math.isclose(value, rows[line - 1][column - 1] + cost):
                line, column = line - 1, column - 1
                pairs.append((line, column))
                continue
            if math.isclose(value, rows[line][column - 1] + their_costs[column - 1]):
                column -= 1
                pairs.append((None, column))
                continue
        line -= 1
        pairs.append((line, None))
    return total, pairs[::-1]


def _longest_run(tokens: Sequence[str], at: int, words: _Words) -> tuple[int, int]:
    """The longest run of `tokens[at:]` that stands in the text, and where."""
    best = (0, 0)
    for place in words.places.get(tokens[at], ()):
        length = 1
        while (
            at + length < len(tokens)
            and place + length < len(words.keys)
            and tokens[at + length] == words.keys[place + length]
        ):
            length += 1
        if length > best[0]:
            best = (length, place)
    return best


def _without_ends(tokens: list[str]) -> list[str]:
    while tokens and not tokens[0][0].isalnum():
        tokens = tokens[1:]
    while tokens and not tokens[-1][0].isalnum():
        tokens = tokens[:-1]
    return tokens


def _joined(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Neighbouring changes of one kind as one run; within a change what is missing comes first."""
    runs: list[Change] = []
    held: dict[Operation, list[str]] = {"missing": [], "added": []}

    def release() -> None:
        for op in ("missing", "added"):
            if words := held[op]:
                runs.append(Change(op, " ".join(words)))
                held[op] = []

    for change in changes:
        if change.op != "same":
            held[change.op].append(change.words)
            continue
        release()
        if runs and runs[-1].op == "same":
            runs[-1] = Change("same", f"{runs[-1].words} {change.words}")
        else:
            runs.append(change)
    release()
    return tuple(runs)
