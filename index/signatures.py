"""Whose name stands below or behind a quotation: "— Name (@name)", "- Ruth Poe, baker"."""

import re
from collections.abc import Sequence

from index.grammar import DASHES
from index.phrases import phrase
from index.quotations import Quotation
from index.sentences import Sentence, Speaker
from index.sources import Sources

_LONGEST_SIGNATURE = 14  # words
_FARTHEST = 60  # sentences back that a signature may reach
_TWEETED = re.compile(r"[—―–-]\s?([A-Z][^()\n]{1,60}?) \(@\w{1,30}\)")
_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|der|la|del|bin)){1,5}"
_BEHIND = re.compile(rf"\s?[—―–]\s?({_NAME})(?=\s*(?:[\"“]|\n|$))")


def sign(text: str, sentences: Sequence[Sentence], sources: Sources) -> None:
    """Give words without a speaker to whoever has signed them."""
    for number, sentence in enumerate(sentences):
        if sentence.speaker is not None:
            continue
        sentence.speaker = _signed_behind(text, sentence)
        signed = _TWEETED.search(text, sentence.start, sentence.end)
        if signed is not None:
            speaker = Speaker(signed.group(1), "", signed.start(), signed.end(), "direct", 0.8)
            for earlier in sentences[max(0, number - 8) : number + 1]:
                if earlier.paragraph == sentence.paragraph and earlier.speaker is None:
                    earlier.speaker = speaker
        elif number and sentences[number - 1].quoted is not None:
            _signed_below(sentences, number, sources)


def _signed_behind(text: str, sentence: Sentence) -> Speaker | None:
    """As in '"We are tired." — Ruth Poe "So am I." — John Reed', with the words' own quotation."""
    quote = max(sentence.quotes, key=lambda quote: _shared(quote, sentence), default=None)
    if quote is None or not quote.closed:
        return None
    signed = _BEHIND.match(text, quote.end)
    size = sentence.end - sentence.start
    if signed is None or (signed.end() < sentence.end - 1 and 2 * _shared(quote, sentence) < size):
        return None
    return Speaker(signed.group(1), "", signed.start(1), signed.end(1), "direct", 0.85)


def _shared(quote: Quotation, sentence: Sentence) -> int:
    return max(0, min(quote.end, sentence.end) - max(quote.start, sentence.start))


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
