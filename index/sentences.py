"""What each sentence says of its own speaker, before any is handed on to its neighbours."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from index.clause import Clause
from index.clauses import clauses, label
from index.company import among, company, nesting, strength_of
from index.confidence import learned_confidence
from index.cues import CUES
from index.grammar import (
    AUXILIARIES,
    DETERMINERS,
    OBJECT_PRONOUNS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    Item,
    sentence_items,
)
from index.layout import after_dateline, is_headline, mentions_between, paragraphs_of
from index.main_subject import main_subject
from index.names import Mention, find_names
from index.phrases import NounPhrase
from index.quotations import Quotation, quotations
from index.sources import OTHER, SPEAKER, SUBJECT, Source, Sources
from index.tokens import Token, tokens

Kind = Literal["direct", "indirect", "mixed"]
Span = tuple[int, int]

_PLAIN = 0.65
# Verbs that are mostly acts where no words follow ("found the body", "released a phone"). In the
# political news that weights are learned from they are opinions more often than elsewhere.
_LITERAL = frozenset(["weak", "clause", "open"])
_LOOSE = 0.6
_DOUBTFUL = 0.8
_FIRST = 60  # characters of a sentence in which its main source stands


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
    asked: Span | None = None
    """In an interview the place of the question that these words answer."""


def speaker_from(facts: Mapping[str, Any]) -> Speaker:
    """The speaker of whom `asdict` made these, through JSON or not, with or without "asked"."""
    asked = facts.get("asked")
    return Speaker(**{**facts, "asked": None if asked is None else (asked[0], asked[1])})


@dataclass(frozen=True)
class Candidate:
    """One attribution that a sentence may make, and what speaks for it."""

    clause: Clause
    source: Source
    speaker: Speaker
    certainty: float
    """How certain it is whom the source's words mean."""
    clues: tuple[str, ...]


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
    lead: int = -1
    """Where the subject of the sentence begins, or -1."""
    introduces: bool = False
    headline: bool = False
    doubtful: bool = False
    """Whether it says "she said" where two people fit almost as well."""
    label: Clause | None = None
    candidates: tuple[Candidate, ...] = ()
    """Every attribution the sentence spells out; the surest is its speaker."""
    quoted: Quotation | None = None
    """The quotation that holds most of the sentence."""


def read_sentences(text: str, spans: Sequence[Span]) -> tuple[list[Sentence], Sources]:
    """Every sentence with its own attribution, and the sources met in all of them."""
    paragraphs, paragraph_of = paragraphs_of(text, spans)
    words = tokens(text)
    headlines = {span for span in paragraphs if is_headline(words, *span)}
    headlines |= {span for span in spans if is_headline(words, *span, share=1.0)}
    names = find_names(text, words, sorted(headlines))
    sources = Sources(text, names)
    sentences = list(_sentences(text, spans, paragraphs, paragraph_of, words))
    titles = {start for start, _ in headlines}
    for number, sentence in enumerate(sentences):
        if sentence.start in titles:
            sentence.headline = True
            _lower_headline(sentence, names.mentions)
        mentions = mentions_between(names.mentions, sentence.start, sentence.end)
        _read(text, number, sentences, sources, list(mentions))
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
    sentences: Sequence[Sentence],
    sources: Sources,
    mentions: Sequence[Mention],
) -> None:
    """Find the sentence's own attribution, and remember whom it mentions."""
    sentence = sentences[number]
    if not sentence.items:
        return
    subject, _ = main_subject(sentence.items, len(sentence.items))
    sentence.lead = subject.start if subject is not None else -1
    for mention in mentions:
        if any(quote.start <= mention.start < quote.end for quote in sentence.quotes):
            continue
        is_subject = subject is not None and subject.start <= mention.start < subject.end
        role = SUBJECT if is_subject else OTHER
        source = sources.named(mention.entity)
        sources.met(source, number, mention.start, role, owns=mention.possessive)
    sentence.candidates = tuple(_candidates(text, number, sentences, sources))
    best = max(sentence.candidates, key=lambda found: found.speaker.confidence, default=None)
    if best is not None:
        sentence.speaker, sentence.introduces = best.speaker, best.clause.introduces
        sentence.doubtful = best.certainty < _DOUBTFUL
        sources.met(best.source, number, best.clause.source.start, SPEAKER)
    if subject is not None:
        _remember_subject(number, sentence, sources, subject)


def _candidates(
    text: str, number: int, sentences: Sequence[Sentence], sources: Sources
) -> Iterator[Candidate]:
    """Each clause of the sentence whose source is known, with the confidence in it."""
    sentence = sentences[number]
    around = tuple(
        f"{side}:{_neighbour(sentence, sentences[place]) if 0 <= place < len(sentences) else ''}"
        for side, place in (("before", number - 1), ("behind", number + 1))
    )
    resolved = [
        (clause, *sources.resolve(clause.source, number))
        for clause in ([sentence.label] if sentence.label else clauses(text, sentence.items))
    ]
    known = [
        (clause, source, sure)
        for clause, source, sure in resolved
        if source is not None and _may_feel(clause, source)
    ]
    given = [(clause, source.key) for clause, source, _ in known]
    weights = [_weight(sentence, clause) for clause, _, _ in known]
    for at, (clause, source, certainty) in enumerate(known):
        kind = _kind(sentence, clause)
        found = clues(text, sentence, clause, source, kind)
        found += (f"spoke:{min(3, sources.times_met(source, speaking=True))}",)
        found += (f"named:{min(3, sources.times_met(source, speaking=False))}",)
        found += around
        found += among(weights, at) + nesting(given, at) + company(given, at)
        confidence = certainty * max(learned_confidence(found), _prior(sentence, clause))
        if certainty < _DOUBTFUL:
            confidence *= _LOOSE  # two people fit the pronoun almost as well
        if clause.loose and strength_of(clause) in _LITERAL:
            confidence *= _LOOSE
        start = min(clause.source.start, clause.cue_start)
        end = max(clause.source.end, clause.cue_end)
        place = source.description, start, end
        speaker = Speaker(source.name, *place, kind, round(confidence, 3))
        yield Candidate(clause, source, speaker, certainty, found)


def _may_feel(clause: Clause, source: Source) -> bool:
    """Whether "is open to" or "is clear" tells a view: a museum has none."""
    somebody = source.person or source.plural or source.key.startswith("#")
    return clause.pattern != "adjective" or somebody


def _neighbour(sentence: Sentence, other: Sentence) -> str:
    near = "same" if other.paragraph == sentence.paragraph else "other"
    return f"{near}/{'quoted' if other.quoted else 'quotes' if other.quotes else 'plain'}"


def _prior(sentence: Sentence, clause: Clause) -> float:
    """The least to trust in the plainest forms, of which the corpus holds too few to learn from.

    British and sport pages close with "said police"; transcripts put "SMITH:" first.
    """
    cue = CUES.get(clause.lemma)
    speech = cue is not None and cue.strength == "speech"
    closes = speech and not clause.loose and clause.pattern in {"turned", "trailing"}
    named = clause.pattern == "label" and sentence.items[0].word.isupper()
    return _PLAIN if closes or named or clause.introduces else 0.0


def clues(
    text: str, sentence: Sentence, clause: Clause, source: Source, kind: Kind
) -> tuple[str, ...]:
    """What speaks for or against an attribution, as names of weights."""
    cue = CUES.get(text[clause.cue_start : clause.cue_end].lower())
    strength = strength_of(clause) if cue else "other"
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
    after = _after(sentence.items, clause.cue_end)
    before, following = _around(sentence.items, clause)
    head = text[clause.source.head_start : clause.source.head_end].lower()
    return (
        "bias",
        f"cue:{clause.lemma}",
        f"cue:{clause.lemma}>{after}",
        f"cue:{clause.lemma}/{clause.pattern}",
        f"after:{after}",
        f"{strength}>{after}",
        f"next:{following[1]}",
        f"next:{following[0]} {following[1]}",
        f"previous:{before}",
        f"{strength}<{before}",
        f"strength:{strength}",
        f"pattern:{clause.pattern}",
        f"{strength}/{clause.pattern}",
        f"form:{strength}/{cue.form if cue else ''}",
        f"who:{who}",
        f"{strength}/{who}",
        f"{clause.pattern}/{who}",
        f"head:{head if not source.key.startswith('#') else '#'}",
        "capitals" if clause.pattern == "label" and sentence.items[0].word.isupper() else "small",
        "loose" if clause.loose else "bound",
        f"loose:{clause.loose}/{strength}>{after}",
        "introduces" if clause.introduces else "complete",
        f"kind:{kind}",
        f"share:{share}",
        f"share:{share}/{clause.pattern}",
        "quotes" if sentence.quotes else "plain",
        f"depth:{'first' if clause.source.start - sentence.start < _FIRST else 'later'}",
        f"main:{_leads(sentence, clause)}",
        f"modal:{_modal(sentence.items, clause)}",
        f"size:{min(4, (sentence.end - sentence.start) // 60)}",
        "headline" if sentence.headline else "text",
    )


def _after(items: Sequence[Item], cue_end: int) -> str:
    """What kind of word follows the cue."""
    item = next((item for item in items if item.start >= cue_end), None)
    if item is None or item.lower in STOPS:
        return "end"
    if item.quoted:
        return "quote"
    if item.lower in PREPOSITIONS | {"to", "that", "as", "if", "whether", "how", "why", "what"}:
        return item.lower
    if item.lower in PRONOUNS:
        return "pronoun"
    if item.lower in OBJECT_PRONOUNS:
        return "object"
    if item.lower in DETERMINERS:
        return "determiner"
    if not item.wordy:
        return "mark"
    return "name" if item.capital else "word"


def _around(items: Sequence[Item], clause: Clause) -> tuple[str, tuple[str, str]]:
    """The word before the cue, and the two behind it."""
    first = bisect_left(items, clause.cue_start, key=lambda item: item.start)
    behind = bisect_left(items, clause.cue_end, key=lambda item: item.start)
    words = [item.lower for item in items[behind : behind + 2]] + ["", ""]
    return items[first - 1].lower if first else "", (words[0], words[1])


def _leads(sentence: Sentence, clause: Clause) -> str:
    """Whether the source is the subject of the whole sentence."""
    if clause.source.start <= sentence.items[0].start:
        return "opens"
    return "subject" if sentence.lead == clause.source.start else "inner"


def _modal(items: Sequence[Item], clause: Clause) -> str:
    """The auxiliary between the source and the cue, if there is one."""
    between = (i for i in items if clause.source.end <= i.start < clause.cue_start)
    return next((i.lower for i in between if i.lower in AUXILIARIES | {"not"}), "")


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
