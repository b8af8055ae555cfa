"""Misspelt words of a question, put right from the articles' own words: "adern" is Ardern.

Only a word that is neither in the articles nor common English is touched, so a question about
something that the article never mentions stays a question about that.
"""

import re
from collections.abc import Iterable

from index.alike import word_vectors
from index.words import STOP_WORDS, plain, stem

SHORTEST = 4  # letters; shorter words have too many neighbours
_LONG = 8  # letters; from here on two mistakes are allowed, as Lucene's "AUTO" does from six
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


class Spelling:
    """The words of some articles, as a speller for questions about them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Collect the words of `texts`; which way a word is mostly written is kept."""
        self._written: dict[str, str] = {}
        for text in texts:
            for word in _WORD.findall(text):
                simple = _simple(word)
                # "Police" at the beginning of a sentence is "police" elsewhere.
                if simple not in self._written or word[0].islower():
                    self._written[simple] = re.sub(r"[’']s$", "", word)
        self._stems = frozenset(stem(word) for word in self._written)

    def corrected(self, text: str) -> str:
        """`text` with misspelt words replaced by the nearest word of the articles."""
        return _WORD.sub(lambda found: self._nearest(found.group()), text)

    def _nearest(self, word: str) -> str:
        wanted = _simple(word)
        if len(wanted) < SHORTEST or wanted in STOP_WORDS or wanted in self._written:
            return word
        if word_vectors([wanted]).any():
            return word
        # Another form of a word in the articles is found by its stem already: "barricading".
        allowed = 2 if len(wanted) >= _LONG and stem(wanted) not in self._stems else 1
        best, least = word, allowed + 1
        for known, written in self._written.items():
            # Hardly anyone gets the first letter wrong, and then the next two are right.
            if len(known) < SHORTEST or not (known[0] == wanted[0] or known[1:3] == wanted[1:3]):
                continue
            distance = edits(wanted, known, least - 1)
            if distance < least:
                best, least = written, distance
        ending = word[len(re.sub(r"[’']s$", "", word)) :]
        return best if best == word else best + ending


def _simple(word: str) -> str:
    return re.sub(r"'s$", "", plain(word))


def edits(first: str, second: str, most: int) -> int:
    """Letters to add, drop, change or swap to make one of the other; `most` + 1 if it takes more.

    Optimal string alignment distance: the usual table, with neighbours swapped as one edit.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    earlier: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        oldest, earlier, row = earlier, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(earlier[j] + 1, row[j - 1] + 1, earlier[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, oldest[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
