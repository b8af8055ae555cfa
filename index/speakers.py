"""Who is speaking in each passage, and where the text says so.

First every sentence is read alone (`index.clauses`); then names, pronouns and phrases are traced
to the fullest name (`index.sources`); last, quotations without a speaker of their own get theirs
from the sentences around them. What stays doubtful stays empty.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.clauses import Clause, clauses, label
from index.confidence import learned_confidence
from index.cues import CUES
from index.grammar import (
    DASHES,
    DETERMINERS,
    DOCUMENTS,
    OBJECT_PRONOUNS,
    POSSESSIVE_PRONOUNS,
    PRONOUNS,
    Item,
    sentence_items,
)
from index.layout import after_dateline, is_headline, mentions_between, paragraphs_of
from index.names import Mention, find_names
from index.quotations import Quotation, quotations
from index.sources import OTHER, SPEAKER, SUBJECT, Source, Sources
from index.subjects import NounPhrase, main_subject, phrase
from index.tokens import Token, tokens

Kind = Literal["direct", "indirect", "mixed"]
Span = tuple[int, int]

THRESHOLD = 0.55  # below this confidence a passage stays without a speaker
_PLAIN = 0.65
_SHORT_REST = 40  # characters after "Smith said" that hold no words of Smith's
_LONGEST_SIGNATURE = 14  # words
_FARTHEST = 60  # sentences to look ahead for the end of a quotation
_SIGNED = re.compile(r"[—–-]\s?([A-Z][^()\n]{1,60}?) \(@\w{1,30}\)")  # an embedded tweet's author
_BACKSHIFT = frozenset("had was were would could should must needed wanted might".split())
_GOES_ON = frozenset("agreed agrees disagreed continued continues differed spoke speaks".split())
_NEARNESS = frozenset("now would should must could".split())


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


def attribute(text: str, spans: Sequence[Span]) -> list[Speaker | None]:
    """The speaker of each span of `text`, or None where nobody (or nobody certain) speaks.

    `spans` are the article's sentences in order; a newline between two ends a paragraph.
    """
    sentences, sources = _read_all(text, spans)
    _signatures(text, sentences, sources)
    _orphans(sentences)
    return [
        s.speaker if s.speaker is not None and s.speaker.confidence >= THRESHOLD else None
        for s in sentences
    ]


def read_sentences(text: str, spans: Sequence[Span]) -> list[Sentence]:
    """Every sentence with its own attribution, before any is handed on to its neighbours."""
    return _read_all(text, spans)[0]


def _read_all(text: str, spans: Sequence[Span]) -> tuple[list[Sentence], Sources]:
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


def _signatures(text: str, sentences: Sequence[Sentence], sources: Sources) -> None:
    """The author whose name follows the words: a tweet's "— Name (@name)", or "- Name." alone."""
    for number, sentence in enumerate(sentences):
        if sentence.speaker is not None:
            continue
        signed = _SIGNED.search(text, sentence.start, sentence.end)
        if signed is not None:
            speaker = Speaker(signed.group(1), "", signed.start(), signed.end(), "direct", 0.8)
            for earlier in sentences[max(0, number - 8) : number + 1]:
                if earlier.paragraph == sentence.paragraph and earlier.speaker is None:
                    earlier.speaker = speaker
        elif number and sentences[number - 1].quoted is not None:
            _signed_below(sentences, number, sources)


def _signed_below(sentences: Sequence[Sentence], number: int, sources: Sources) -> None:
    """Give a quotation the name that stands on a line of its own below it: "- Ruth Poe, baker"."""
    items = sentences[number].items
    if len(items) < 2 or items[0].lower not in DASHES or not items[1].capital:
        return
    if len(items) > _LONGEST_SIGNATURE or any(item.quoted for item in items):
        return
    last = next((i for i, item in enumerate(items) if i and item.lower in {",", "."}), len(items))
    phrase_signed = phrase(items, 1, last - 1)
    source, certainty = sources.resolve(phrase_signed, number)
    if source is None:
        return
    place = phrase_signed.start, phrase_signed.end
    speaker = Speaker(source.name, source.description, *place, "direct", 0.85 * certainty)
    for earlier in reversed(sentences[max(0, number - _FARTHEST) : number]):
        if earlier.quoted is None or earlier.speaker is not None:
            break
        earlier.speaker = speaker
        if earlier.quoted.start >= earlier.start and not earlier.quoted.continues:
            break


def _orphans(sentences: Sequence[Sentence]) -> None:
    """Give sentences without a cue of their own the speaker of those around them."""
    last: int | None = None
    for number, sentence in enumerate(sentences):
        if not _certain(sentence.speaker):
            before = sentences[number - 1] if number else None
            if sentence.quoted is not None:
                sentence.speaker = _of_quotation(sentences, number, last) or sentence.speaker
            elif before and last == number - 1 and _goes_on(sentences, number):
                sentence.speaker = _handed_on(before.speaker, 0.75)
            elif before and _is_labelled(sentences, number):
                sentence.speaker = _handed_on(before.speaker, 1.0)
        if _certain(sentence.speaker):
            last = number


def _certain(speaker: Speaker | None) -> bool:
    return speaker is not None and speaker.confidence >= THRESHOLD


def _of_quotation(sentences: Sequence[Sentence], number: int, last: int | None) -> Speaker | None:
    """The speaker of a quoted sentence: from its own quotation, or from the text around it."""
    sentence = sentences[number]
    quote = sentence.quoted
    if quote is None:
        return None
    for after in sentences[number + 1 : number + _FARTHEST]:
        if after.paragraph != sentence.paragraph:
            break
        if _certain(after.speaker):
            begins_quoted = bool(after.quotes) and after.quotes[0].start <= after.start
            if after.start < quote.end or begins_quoted or _closes(quote, after):
                return _direct(after.speaker, 1.0)
            break
    before = sentences[number - 1] if number else None
    if last is not None and before is not None:
        speaker = sentences[last].speaker
        gap = sentence.paragraph - sentences[last].paragraph
        if last == number - 1 and (gap == 0 or quote.continues or before.introduces):
            return _direct(speaker, 1.0)
        if last == number - 1 and gap == 1:
            return _direct(speaker, 0.93)
        if speaker and before.subject and before.subject.name == speaker.name and gap <= 2:
            return _direct(speaker, 0.85)  # what the speaker did stands between
    return _subject_before(before) if before is not None else None


def _closes(quote: Quotation, after: Sentence) -> bool:
    """Whether the next sentence only says who asked: '"How are you?" Smith, a nurse, said.'"""
    speaker = after.speaker
    return (
        speaker is not None
        and speaker.start == after.start
        and 0 <= after.start - quote.end <= 1
        and "strength:speech" in after.clues
        and not after.quotes
        and after.end - speaker.end < _SHORT_REST
    )


def _subject_before(before: Sentence) -> Speaker | None:
    """Whom the sentence before a quotation is about: "A banner hung there." "End it!"."""
    source = before.subject
    if source is None or before.quoted is not None:
        return None
    if not source.person and source.key not in DOCUMENTS:
        return None
    # Of a person it is true too seldom; a banner or a letter has nothing else to say.
    confidence = 0.6 if source.key in DOCUMENTS else 0.4
    if before.items[-1].lower == ":":
        confidence = 0.85
    elif any(item.lower in _GOES_ON for item in before.items):
        confidence = 0.6
    start, end = before.subject_span
    return Speaker(source.name, source.description, start, end, "direct", confidence)


def _goes_on(sentences: Sequence[Sentence], number: int) -> bool:
    """Whether reported speech goes on without a cue: "The measures right now had support."

    It stands between somebody's reported words and a quotation that needs a speaker, and is told
    as speech is: shifted back, yet near ("now", "would").
    """
    before, here = sentences[number - 1], sentences[number]
    if before.speaker is None or before.speaker.kind != "indirect" or number + 1 >= len(sentences):
        return False
    after = sentences[number + 1]
    if after.quoted is None or after.speaker is not None:
        return False
    words = {item.lower for item in here.items}
    if here.subject is not None and here.subject.person:
        return False
    return bool(words & _BACKSHIFT and words & _NEARNESS)


def _is_labelled(sentences: Sequence[Sentence], number: int) -> bool:
    """Whether a transcript's label ("SMITH: ...") stands before it in its paragraph."""
    if number == 0 or sentences[number].paragraph != sentences[number - 1].paragraph:
        return False
    first = number
    while first and sentences[first - 1].paragraph == sentences[number].paragraph:
        first -= 1
        if number - first > _FARTHEST:
            return False
    return sentences[first].label is not None and sentences[first].items[0].word.isupper()


def _direct(speaker: Speaker | None, certainty: float) -> Speaker | None:
    handed = _handed_on(speaker, certainty)
    return replace(handed, kind="direct") if handed else None


def _handed_on(speaker: Speaker | None, certainty: float) -> Speaker | None:
    """The same speaker a little less certain, but never by that alone below the threshold."""
    if speaker is None:
        return None
    lowest = min(speaker.confidence, THRESHOLD + 0.05)
    return replace(speaker, confidence=round(max(lowest, speaker.confidence * certainty), 3))


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
