"""Who is speaking in each passage, and where the text says so.

First every sentence is read alone (`index.clauses`); then names, pronouns and phrases are traced
to the fullest name (`index.names`); last, quotations without a speaker of their own get theirs
from the sentences around them. What stays doubtful stays empty.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.clauses import PRONOUNS, Clause, NounPhrase, clauses, sentence_items
from index.names import Names, find_names
from index.quotations import Quotation, quotations
from index.tokens import Token, tokens

Kind = Literal["direct", "indirect", "mixed"]
Span = tuple[int, int]

THRESHOLD = 0.5  # below this confidence a passage stays without a speaker
_LONGEST_NAME = 160  # characters of an unnamed source's own words


@dataclass(frozen=True)
class Speaker:
    """Whoever says the words of a passage."""

    name: str
    """The fullest name in the article, or the words that stand for an unnamed source."""
    description: str
    """What the article calls them ("Prime Minister"); empty where it says nothing."""
    start: int
    end: int
    """The place in the article that says who is speaking; it may lie outside the passage."""
    kind: Kind = "indirect"
    confidence: float = 1.0


def attribute(text: str, spans: Sequence[Span]) -> list[Speaker | None]:
    """The speaker of each span of `text`, or None where nobody (or nobody certain) speaks.

    `spans` are the article's sentences in order; a newline between two ends a paragraph.
    """
    return _Attributor(text, spans).run()


@dataclass(frozen=True)
class _Source:
    """Somebody who can speak: a named entity, or the words of an unnamed one."""

    name: str
    description: str
    key: str
    """What is the same for every mention of the same source."""
    gender: str
    plural: bool
    person: bool


class _Attributor:
    """Goes through an article once, keeping who spoke last."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self.text = text
        self.spans = spans
        self.paragraphs, self.paragraph_of = _paragraphs(text, spans)
        self.quotes = quotations(text, self.paragraphs)
        self.tokens = tokens(text)
        self.names = find_names(text, self.tokens)
        self.token_starts = [token.start for token in self.tokens]
        self.quote_ends = [quote.end for quote in self.quotes]
        self.found: list[Speaker | None] = [None] * len(spans)
        self.sources: list[_Source | None] = [None] * len(spans)
        self.introduced: list[bool] = [False] * len(spans)
        self.subjects: list[_Source | None] = [None] * len(spans)
        self.unnamed: dict[str, _Source] = {}
        self.recent: list[tuple[int, _Source]] = []

    def run(self) -> list[Speaker | None]:
        for number, span in enumerate(self.spans):
            self._sentence(number, span)
        self._quotations()
        return [s if s is not None and s.confidence >= THRESHOLD else None for s in self.found]

    def _sentence(self, number: int, span: Span) -> None:
        start, end = span
        quotes = self._quotes_in(start, end)
        items = sentence_items(self._tokens_in(start, end), quotes, start, end)
        if not items:
            return
        best: tuple[float, Clause, _Source, float] | None = None
        resolved: list[tuple[int, _Source]] = []
        for clause in clauses(self.text, items):
            source, certainty = self._resolve(clause.source, number)
            if source is None:
                continue
            resolved.append((clause.source.start, source))
            size = sum(min(b, end) - max(a, start) for a, b in clause.content)
            size_rank = size * clause.confidence
            if best is None or size_rank > best[0]:
                best = size_rank, clause, source, certainty * clause.confidence
        for mention in self._mentions_in(start, end):
            if not mention.possessive and not _inside(quotes, mention.start):
                entity = self.names.entities[mention.entity]
                if entity.person:
                    self.recent.append((number, self._named(mention.entity)))
        if best is None:
            return
        _, clause, source, confidence = best
        self.recent.append((number, source))
        self.recent.append((number, source))
        del self.recent[:-12]
        self.sources[number] = source
        self.introduced[number] = clause.introduces
        first = min(clause.source.start, clause.cue_start)
        last = max(clause.source.end, clause.cue_end)
        self.found[number] = Speaker(
            source.name,
            source.description,
            first,
            last,
            _kind(span, quotes, clause),
            round(confidence, 3),
        )

    def _resolve(self, phrase: NounPhrase, number: int) -> tuple[_Source | None, float]:
        pronoun = phrase.pronoun(self.text)
        if pronoun:
            return self._antecedent(pronoun)
        mention = self.names.covering(phrase.head_start, phrase.head_end)
        if mention is not None and not mention.possessive:
            return self._named(mention.entity), 1.0
        words = " ".join(self.text[phrase.start : phrase.end].split())
        head = self.text[phrase.head_start : phrase.head_end]
        if len(words) > _LONGEST_NAME or not head[:1].isalnum():
            return None, 0.0
        definite = words.lower().startswith("the ") or " " not in words
        titled = self.names.titles.get(head.lower(), ())
        if definite and len(titled) == 1 and words.lower() in {f"the {head.lower()}", head.lower()}:
            return self._named(titled[0]), 0.8
        if definite and head.lower() in self.unnamed:
            return self.unnamed[head.lower()], 0.9
        plural = head.endswith("s") and not head.endswith("ss")
        person = not plural and head[:1].islower()
        name = self.text[phrase.start : phrase.end]
        source = _Source(name, "", head.lower(), "", plural, person)
        self.unnamed[head.lower()] = source
        return source, 0.95

    def _named(self, entity: int) -> _Source:
        named = self.names.entities[entity]
        plural = not named.person
        return _Source(
            named.name, named.description, f"#{entity}", named.gender, plural, named.person
        )

    def _antecedent(self, pronoun: str) -> tuple[_Source | None, float]:
        if pronoun in {"i", "we", "you"}:
            return None, 0.0
        seen: dict[str, float] = {}
        by_key: dict[str, _Source] = {}
        weight = 1.0
        for _, source in reversed(self.recent):
            if not _fits(pronoun, source):
                continue
            seen[source.key] = seen.get(source.key, 0.0) + weight
            by_key[source.key] = source
            weight *= 0.6
        if not seen:
            return None, 0.0
        key = max(seen, key=lambda k: seen[k])
        rivals = sum(seen.values())
        return by_key[key], 0.6 + 0.4 * seen[key] / rivals

    def _quotations(self) -> None:
        """Gives quoted sentences without a speaker one: from their quotation, then from around."""
        previous: Speaker | None = None
        previous_number = -2
        for number, (start, end) in enumerate(self.spans):
            if self.found[number] is not None:
                previous, previous_number = self.found[number], number
                continue
            quote = self._quote_over(start, end)
            if quote is None:
                continue
            speaker = self._of_same_quotation(number, quote)
            if speaker is None and previous is not None:
                gap = self.paragraph_of[number] - self.paragraph_of[previous_number]
                if gap <= 1 and (quote.continues or number - previous_number <= 1):
                    certainty = 0.95 if gap == 0 or self.introduced[previous_number] else 0.85
                    speaker = replace(
                        previous, confidence=round(previous.confidence * certainty, 3)
                    )
            if speaker is not None:
                self.found[number] = replace(speaker, kind="direct")
                previous, previous_number = self.found[number], number

    def _of_same_quotation(self, number: int, quote: Quotation) -> Speaker | None:
        """From a sentence that holds the quotation's end, or one after it in its paragraph."""
        after = number + 1
        while after < len(self.spans) and after - number < 12:
            if self.paragraph_of[after] != self.paragraph_of[number]:
                break
            if self.found[after] is not None:
                if self.spans[after][0] < quote.end or self._quote_first(after):
                    return self.found[after]
                break
            after += 1
        return None

    def _quote_first(self, number: int) -> bool:
        start, end = self.spans[number]
        quotes = self._quotes_in(start, end)
        return bool(quotes) and quotes[0].start <= start

    def _quote_over(self, start: int, end: int) -> Quotation | None:
        """The quotation that holds most of a sentence."""
        for quote in self._quotes_in(start, end):
            if min(end, quote.end) - max(start, quote.start) > 0.6 * (end - start):
                return quote
        return None

    def _quotes_in(self, start: int, end: int) -> list[Quotation]:
        first = bisect_right(self.quote_ends, start)
        found = []
        for quote in self.quotes[first:]:
            if quote.start >= end:
                break
            found.append(quote)
        return found

    def _mentions_in(self, start: int, end: int):
        first = bisect_left(self.names.mentions, start, key=lambda mention: mention.start)
        for mention in self.names.mentions[first : first + 200]:
            if mention.start >= end:
                break
            yield mention

    def _tokens_in(self, start: int, end: int) -> list[Token]:
        return self.tokens[
            bisect_left(self.token_starts, start) : bisect_left(self.token_starts, end)
        ]


def _fits(pronoun: str, source: _Source) -> bool:
    if pronoun == "they":
        return source.plural or not source.person
    if pronoun == "it":
        return not source.person
    return source.person and source.gender in ("", {"he": "m", "she": "f"}[pronoun])


def _inside(quotes: Sequence[Quotation], at: int) -> bool:
    return any(quote.start <= at < quote.end for quote in quotes)


def _kind(span: Span, quotes: Sequence[Quotation], clause: Clause) -> Kind:
    if not quotes:
        return "indirect"
    content = sum(min(b, span[1]) - max(a, span[0]) for a, b in clause.content)
    quoted = sum(max(0, min(b, q.end) - max(a, q.start)) for a, b in clause.content for q in quotes)
    return "direct" if quoted > 0.85 * content else "mixed" if quoted else "indirect"


def _paragraphs(text: str, spans: Sequence[Span]) -> tuple[list[Span], list[int]]:
    """The paragraphs that the spans make up, and each span's paragraph."""
    paragraphs: list[Span] = []
    number_of: list[int] = []
    for start, end in spans:
        if paragraphs and "\n" not in text[paragraphs[-1][1] : start]:
            paragraphs[-1] = (paragraphs[-1][0], end)
        else:
            paragraphs.append((start, end))
        number_of.append(len(paragraphs) - 1)
    return paragraphs, number_of
