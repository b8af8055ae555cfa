"""What each sentence says of its own speaker, before any is handed on to its neighbours."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.clauses import Clause, clauses, label
from index.confidence import learned_confidence
from index.cues import CUES
from index.grammar import (
    DETERMINERS,
    OBJECT_PRONOUNS,
    POSSESSIVE_PRONOUNS,
    PRONOUNS,
    Item,
    sentence_items,
)
from index.layout import after_dateline, is_headline, mentions_between, paragraphs_of
from index.names import Mention, find_names
from index.phrases import NounPhrase
from index.quotations import Quotation, quotations
from index.sources import OTHER, SPEAKER, SUBJECT, Source, Sources
from index.subjects import main_subject
from index.tokens import Token, tokens

Kind = Literal["direct", "indirect", "mixed"]
Span = tuple[int, int]

_PLAIN = 0.65


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


@dataclass
class Sentence:
    """What is known of one passage while the article is read."""

    start: int
    end: int
    paragraph: int
    items: list[Item]
    quotes: list[Quotation]
    speaker: Speaker | None = None
    subject: Source | None = None
    subject_span: Span = (0, 0)
    introduces: bool = False
    headline: bool = False
    label: Clause | None = None
    clues: tuple[str, ...] = ()
    """What the confidence in the sentence's own attribution was drawn from."""
    quoted: Quotation | None = None
    """The quotation that holds most of the sentence."""


def read_sentences(text: str, spans: Sequence[Span]) -> tuple[list[Sentence], Sources]:
    """Every sentence with its own attribution, and the sources met in all of them."""
    paragraphs, paragraph_of = paragraphs_of(text, spans)
    words = tokens(text)
    headlines = [span for span in paragraphs if is_headline(words, *span)]
    names = find_names(text, words, headlines)
    sources = Sources(text, names)
    sentences = list(_sentences(text, spans, paragraphs, paragraph_of, words))
    titles = {start for start, _ in headlines}
    for number, sentence in enumerate(sentences):
        if sentence.start in titles:
            sentence.headline = True
            _lower_headline(sentence, names.mentions)
        mentions = mentions_between(names.mentions, sentence.start, sentence.end)
        _read(text, number, sentence, sources, list(mentions))
    return sentences, sources


def _sentences(
    text: str,
    spans: Sequence[Span],
    paragraphs: Sequence[Span],
    paragraph_of: Sequence[int],
    words: Sequence[Token],
) -> Iterator[Sentence]:
    found = quotations(text, paragraphs)
    ends = [quote.end for quote in found]
    starts = [quote.start for quote in found]
    word_starts = [token.start for token in words]
    for (start, end), paragraph in zip(spans, paragraph_of, strict=True):
        quotes = found[bisect_right(ends, start) : bisect_left(starts, end)]
        inside = words[bisect_left(word_starts, start) : bisect_left(word_starts, end)]
        items = after_dateline(sentence_items(inside, quotes, start, end))
        over = (q for q in quotes if min(end, q.end) - max(start, q.start) > 0.6 * (end - start))
        yield Sentence(
            start, end, paragraph, items, quotes, label=label(items), quoted=next(over, None)
        )


def _read(
    text: str,
    number: int,
    sentence: Sentence,
    sources: Sources,
    mentions: Sequence[Mention],
) -> None:
    """Find the sentence's own attribution, and remember whom it mentions."""
    if not sentence.items:
        return
    subject, _ = main_subject(sentence.items, len(sentence.items))
    for mention in mentions:
        if any(quote.start <= mention.start < quote.end for quote in sentence.quotes):
            continue
        is_subject = subject is not None and subject.start <= mention.start < subject.end
        role = SUBJECT if is_subject else OTHER
        source = sources.named(mention.entity)
        sources.met(source, number, mention.start, role, owns=mention.possessive)
    best: tuple[float, Clause, Source] | None = None
    for clause in [sentence.label] if sentence.label else clauses(text, sentence.items):
        source_found, certainty = sources.resolve(clause.source, number)
        if source_found is None:
            continue
        kind = _kind(sentence, clause)
        found = clues(text, sentence, clause, source_found, kind)
        confidence = certainty * max(learned_confidence(found), _prior(sentence, clause))
        rank = _weight(sentence, clause) * confidence
        if clause.lemma == "according" and not sentence.quotes:
            rank *= 1.5  # what "a poll found, according to the paper" gives is the paper's
        if best is None or rank > best[0]:
            best = rank, clause, source_found
            sentence.clues, sentence.introduces = found, clause.introduces
            sentence.speaker = _speaker(source_found, clause, kind, confidence)
    if best is not None:
        sources.met(best[2], number, best[1].source.start, SPEAKER)
    if subject is not None:
        _remember_subject(number, sentence, sources, subject)


def _speaker(source: Source, clause: Clause, kind: Kind, confidence: float) -> Speaker:
    start = min(clause.source.start, clause.cue_start)
    end = max(clause.source.end, clause.cue_end)
    return Speaker(source.name, source.description, start, end, kind, round(confidence, 3))


def _prior(sentence: Sentence, clause: Clause) -> float:
    """The least to trust in the plainest forms, of which the corpus holds too few to learn from.

    British and sport pages close with "said police"; transcripts put "SMITH:" first.
    """
    cue = CUES.get(clause.lemma)
    speech = cue is not None and cue.strength == "speech"
    closes = speech and clause.pattern in {"turned", "trailing"}
    named = clause.pattern == "label" and sentence.items[0].word.isupper()
    return _PLAIN if closes or named or clause.introduces else 0.0


def clues(
    text: str, sentence: Sentence, clause: Clause, source: Source, kind: Kind
) -> tuple[str, ...]:
    """What speaks for or against an attribution, as names of weights."""
    cue = CUES.get(text[clause.cue_start : clause.cue_end].lower())
    strength = cue.strength if cue and clause.pattern not in {"noun", "adjective"} else "other"
    first = text[clause.source.start : clause.source.end].split(maxsplit=1)[0].lower()
    if first in PRONOUNS or first in OBJECT_PRONOUNS or first in POSSESSIVE_PRONOUNS:
        who = "pronoun"
    elif source.key.startswith("#"):
        who = "person" if source.person else "group" if source.plural else "name"
    elif first in DETERMINERS:
        who = "phrase"
    else:
        who = "plural" if source.plural else "bare"
    size = sum(max(0, min(b, sentence.end) - max(a, sentence.start)) for a, b in clause.content)
    share = min(3, int(4 * size / max(1, sentence.end - sentence.start)))
    return (
        "bias",
        f"cue:{clause.lemma}",
        f"strength:{strength}",
        f"pattern:{clause.pattern}",
        f"{strength}/{clause.pattern}",
        f"form:{strength}/{cue.form if cue else ''}",
        f"who:{who}",
        f"{strength}/{who}",
        "capitals" if clause.pattern == "label" and sentence.items[0].word.isupper() else "small",
        "introduces" if clause.introduces else "complete",
        f"kind:{kind}",
        f"share:{share}",
        "headline" if sentence.headline else "text",
    )


def _remember_subject(
    number: int, sentence: Sentence, sources: Sources, subject: NounPhrase
) -> None:
    source, certainty = sources.resolve(subject, number)
    if source is None or certainty < 0.7:
        return
    sentence.subject, sentence.subject_span = source, (subject.start, subject.end)
    if not source.key.startswith("#"):
        sources.met(source, number, subject.start, SUBJECT)
    elif subject.head_end - subject.head_start <= 4:
        sources.met(source, number, subject.start, SUBJECT)  # a pronoun keeps its person present


def _weight(sentence: Sentence, clause: Clause) -> int:
    """How much of a sentence is the clause's content; quoted words count three times."""
    weight = 0
    for a, b in clause.content:
        start, end = max(a, sentence.start), min(b, sentence.end)
        weight += max(0, end - start)
        weight += 2 * sum(max(0, min(end, q.end) - max(start, q.start)) for q in sentence.quotes)
    return weight


def _kind(sentence: Sentence, clause: Clause) -> Kind:
    content = quoted = 0
    for a, b in clause.content:
        start, end = max(a, sentence.start), min(b, sentence.end)
        content += max(0, end - start)
        quoted += sum(max(0, min(end, q.end) - max(start, q.start)) for q in sentence.quotes)
    return "direct" if quoted > 0.85 * content else "mixed" if quoted else "indirect"


def _lower_headline(sentence: Sentence, mentions: Sequence[Mention]) -> None:
    """Read a Title Case line as a sentence: only known names keep their capitals."""
    known = [(m.start, m.end) for m in mentions_between(mentions, sentence.start, sentence.end)]
    sentence.items = [
        item
        if item.quoted or any(a <= item.start < b for a, b in known)
        else replace(item, word=item.word.lower(), lower=item.word.lower())
        for item in sentence.items
    ]
