"""One attribution that a sentence spells out: who, by which words, and what is given as theirs."""

from dataclasses import dataclass

from index.phrases import NounPhrase


@dataclass(frozen=True)
class Clause:
    """A source and the words it gives, in one sentence."""

    source: NounPhrase
    cue_start: int
    cue_end: int
    lemma: str
    content: tuple[tuple[int, int], ...]
    pattern: str = "verb"
    """How the sentence says so; one of the clues that the confidence is learned from."""
    loose: bool = False
    """Whether nothing behind the cue shows that words are given: "read the letter"."""
    introduces: bool = False
    """Whether the sentence ends in a colon, so that what follows it is the content."""
