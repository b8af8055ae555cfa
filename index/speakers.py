"""Who is speaking in each passage, and where the text says so.

First every sentence is read alone (`index.sentences`), its names, pronouns and phrases traced to
the fullest name (`index.sources`); then quotations without a speaker of their own get theirs
from the sentences around them, and the answers of an interview theirs (`index.interviews`). What
stays doubtful stays empty.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.grammar import DOCUMENTS
from index.interviews import give_turns
from index.quotations import Quotation
from index.sentences import Sentence, Span, Speaker, read_sentences, speaker_from
from index.signatures import sign

__all__ = ["Span", "Speaker", "attribute", "speaker_from"]

THRESHOLD = 0.55  # below this confidence a passage stays without a speaker
_SHORT_REST = 40  # characters after "Smith said" that hold no words of Smith's
_SPEAKING = ("speech", "stance", "weak")  # verbs that may close a quotation: "Smith went on."
_WITHIN = ("inner", "infinitive", "purpose")  # these stand in the words that "Smith said" gives
_CLOSING = 0.7
_FARTHEST = 60  # sentences to look ahead for the end of a quotation
_BACKSHIFT = frozenset("had was were would could should must needed wanted might".split())
_GOES_ON = frozenset("agreed agrees disagreed continued continues differed spoke speaks".split())
_NEARNESS = frozenset("now would should must could".split())


def attribute(text: str, spans: Sequence[Span]) -> list[Speaker | None]:
    """The speaker of each span of `text`, or None where nobody (or nobody certain) speaks.

    `spans` are the article's sentences in order; a newline between two ends a paragraph.
    """
    sentences, sources = read_sentences(text, spans)
    sign(text, sentences, sources)
    _orphans(sentences)
    give_turns(text, sentences, sources)
    return [
        s.speaker if s.speaker is not None and s.speaker.confidence >= THRESHOLD else None
        for s in sentences
    ]


def _orphans(sentences: Sequence[Sentence]) -> None:
    """Give sentences without a cue of their own the speaker of those around them."""
    last: int | None = None
    for number, sentence in enumerate(sentences):
        if not _certain(sentence.speaker) and not sentence.doubtful:
            before = sentences[number - 1] if number else None
            if sentence.quoted is not None or _begins_quoted(sentence):
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
    quote = sentence.quoted or sentence.quotes[0]
    for after in sentences[number + 1 : number + _FARTHEST]:
        if after.paragraph != sentence.paragraph:
            break
        closing = _closes(quote, after)
        if closing is not None:
            return _direct(closing, 1.0)
        if _certain(after.speaker):
            begins_quoted = bool(after.quotes) and after.quotes[0].start <= after.start
            if after.start < quote.end or begins_quoted:
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
        if gap == 0 and sentences[last].quotes:
            return _direct(speaker, 0.8)  # a remark of the reporter's stands between
    return _subject_before(before) if before is not None else None


def _begins_quoted(sentence: Sentence) -> bool:
    """Whether it goes on behind a quotation, with no cue: '"We lost," because of the rain.'"""
    quotes = sentence.quotes
    return bool(quotes) and quotes[0].start <= sentence.start and not sentence.candidates


def _closes(quote: Quotation, after: Sentence) -> Speaker | None:
    """Who speaks where the next sentence only says who asked: '"Why?" Smith, a nurse, said.'"""
    if not 0 <= after.start - quote.end <= 1 or after.quotes:
        return None
    for found in after.candidates:
        speaker = found.speaker
        short = after.end - speaker.end < _SHORT_REST and speaker.start == after.start
        if found.clause.pattern in _WITHIN:
            continue
        if short and any(f"strength:{strength}" in found.clues for strength in _SPEAKING):
            return replace(speaker, confidence=max(speaker.confidence, _CLOSING))
    return None


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
