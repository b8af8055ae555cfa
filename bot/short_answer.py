"""The words themselves first: "122" before the sentence that says so, only where they are sure.

A short answer is a slice of the cited sentence. It is given for numbers, dates, places, names and
yes-or-no questions, where one stretch of the sentence is of the asked-for kind and the reranker,
where it is sure, finds the answer there, or it stands beside the words of the question; in doubt
there is none, and the sentence speaks for itself.
"""

import re

from bot.answer_spans import bears_kind, spans_of
from bot.bearing import Bearing, asked_words
from bot.premise import denied
from index.name_words import CALENDAR, GROUP_WORDS
from index.questions import Question
from index.speakers import Span
from index.words import STOP_WORDS, stem, words

YES, NO = "Yes", "No"
_DENIES = re.compile(r"(?i)\b(?:not|never|no)\b|n[’']t\b")
_DOUBTS = re.compile(
    r"(?i)\b(?:not|never|no|nor|if|whether|would|could|may|might|should|can|alleged\w*|claim\w*|"
    r"reported\w*|refus\w+|den(?:y|ied|ies)|declin\w+|plan\w*|want\w*|expect\w*|hop\w+|fail\w*|"
    r"try|tried|attempt\w*|consider\w*|possib\w+|without|said|says|ask\w*|rul\w+ out)\b|n[’']t\b|\?"
)
_MARKS = re.compile('["“”]')
BELIEVED = 0.5  # the least probability that a reranker, where there is one, gives the sentence
SURE = 0.9  # and the words, where it tells them
HELD = 0.7  # of the question's words, by rarity, that the sentence must hold
_KINDS = frozenset({"number", "date", "place", "person"})
_LEADING = re.compile(
    r"^(?:[^\w$£€¥]+|(?:in|on|at|near|from|since|by|until|for|the)\s+)", re.IGNORECASE
)
_ROUGHLY = re.compile(
    r"(?i)\b(?:(?:at least|at most|up to|more than|less than|fewer than|no more than|as many as|"
    r"about|around|some|nearly|almost|over|under|roughly|approximately|an estimated) )+$"
)
_RANGE = re.compile(r"(?: ?[-–] ?| to )[$£€¥]?\d[\d.,]*\d?%?")
_AT_A_PLACE = re.compile(r"(?i)\b(?:at|in|on|near|outside|inside|from)\s+(?:the\s+)?$")
_WHERE = re.compile(r"(?:in|at|near|outside)\b", re.IGNORECASE)
_PLACE_REST = re.compile(r"[\w’'-]*(?:,? (?:(?:of|the|and) )?[A-ZÀ-Þ0-9][\w’'-]*)*")


def short_answer(question: Question, bearing: Bearing) -> str:
    """The short answer from the best sentence: its own words, "Yes" or "No"; empty where unsure."""
    if bearing.measures.get("answers", 1.0) < BELIEVED:
        return ""
    if question.kind == "yes_no":
        return _yes_or_no(question, bearing)
    span = short_span(question, bearing)
    return "" if span is None else bearing.passage.text[slice(*span)]


def short_span(question: Question, bearing: Bearing) -> Span | None:
    """Where in the sentence the short answer stands; None where unsure."""
    text = bearing.passage.text
    if question.kind not in _KINDS:
        return None
    spans = spans_of(question, text)
    if question.kind == "place":
        spans = [_place(text, span) for span in spans]
        spans = [span for span in spans if not CALENDAR & set(words(text[slice(*span)]))]
    if "words" in bearing.measures:
        start, end = bearing.words or (0, 0)
        read = [span for span in spans if span[0] < end and start < span[1]]
        if len(read) != 1 or bearing.measures["words"] < SURE:
            return None
        body = question.kind == "person" and _names_a_body(text, read[0])
        return None if body else _trimmed(text, read[0])
    spans = _fitting(question, text, spans)
    if not spans or bearing.measures["covered"] < HELD or bears_kind(question, text) < 1:
        return None
    ranked = sorted(spans, key=lambda span: _away(question, text, span))
    sure = len(ranked) == 1 or (
        _away(question, text, ranked[0]) + 1 < _away(question, text, ranked[1])
    )
    return _trimmed(text, ranked[0]) if sure else None


def _fitting(question: Question, text: str, spans: list[Span]) -> list[Span]:
    """The places and persons among them that are likely to be some."""
    if question.kind == "place":
        spans = [span for span in spans if _WHERE.match(text[slice(*span)])]
    if question.kind == "person":
        spans = [span for span in spans if " " in text[slice(*span)]]
        spans = [span for span in spans if not _opens_plainly(text, span)]
        spans = [span for span in spans if not _AT_A_PLACE.search(text, 0, span[0])]
    return [span for span in spans if span[1] > span[0]]


def _names_a_body(text: str, span: Span) -> bool:
    """Whether a name is that of a council, a party or the like, where a person is asked for."""
    return words(text[slice(*span)])[-1:] in ([word] for word in GROUP_WORDS)


def _yes_or_no(question: Question, bearing: Bearing) -> str:
    """Yes where the sentence holds every asked word and doubts none, No where it denies."""
    if bearing.measures["named"] < 0.5 or _DENIES.search(question.text):
        return ""
    text = bearing.passage.text
    if denied(asked_words(question), text) and bearing.measures["exact"] >= HELD:
        return NO
    quoted = _MARKS.search(text)  # "Keep it peaceful" is no report that it is
    if bearing.measures["exact"] > 0.99 and not _DOUBTS.search(text) and not quoted:
        return YES
    return ""


def _away(question: Question, text: str, span: Span) -> float:
    """How many words lie between a stretch and the question's own words, on the mean."""
    asked = {stem(word) for word in words(question.text) if word not in STOP_WORDS}
    before, after = words(text[: span[0]]), words(text[span[1] :])
    distances = [
        distance
        for side in (list(reversed(before)), after)
        for distance, word in enumerate(side, 1)
        if stem(word) in asked
    ]
    return min(distances, default=99) + 0.1 * sum(distances) / max(1, len(distances))


def _place(text: str, span: Span) -> Span:
    """From the preposition and the first letter of a name to the name's end."""
    rest = _PLACE_REST.match(text, span[1] - 1)
    return span[0], rest.end() if rest else span[1]


def _opens_plainly(text: str, span: Span) -> bool:
    """Whether a capital is only that of the sentence's first word."""
    found = text[slice(*span)]
    return span[0] == 0 and (" " not in found or words(found)[0] in STOP_WORDS)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    wider = _RANGE.match(text, end) if text[end - 1].isdigit() else None
    end = wider.end() if wider else end
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%$£€"):
        end -= 1
    lead = _LEADING.match(text[start:end])
    if lead and lead.end() < end - start:
        start += lead.end()
    # "At least 707" is another number than 707.
    roughly = _ROUGHLY.search(text, 0, start) if text[start].isdigit() else None
    start = roughly.start() if roughly else start
    return start, end
