"""Where in a sentence words of the asked-for kind stand: numbers, dates, places, names, reasons."""

import re

from index.alike import likeness
from index.questions import Question
from index.speakers import Span
from index.words import STOP_WORDS, stem, words

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|million|billion|trillion|dozen|half|third|quarter|hundreds|thousands|"
    r"millions|billions|dozens|scores|several|twice|once)"
)
_DIGITS = r"\d+(?:[.,]\d+)*"
_NUMBER = (
    rf"(?:[$£€¥]\s?{_DIGITS}(?:\s(?:hundred|thousand|million|billion|trillion|bn|m))?|"
    rf"{_DIGITS}(?:\s?%|\s(?:hundred|thousand|million|billion|trillion|percent|per cent))?|"
    rf"\b{_NUMBER_WORD}(?:[ -](?:and )?{_NUMBER_WORD})*\b)"
)
_TIME_UNIT = (
    r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|centur(?:y|"
    r"ie)|season)s?"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PART_OF_DAY = (
    r"(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk|lunchtime|overnight)"
)

_DATES = re.compile(
    rf"\b(?:{_WEEKDAY}(?:,? (?:the )?)?)?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_MONTH}"
    r"(?: \d{1,2}(?:st|nd|rd|th)?\b)?(?:,? \d{4}\b)?"
    rf"|\b(?:(?:last|next|this|early|late|on) )?{_WEEKDAY}s?(?: {_PART_OF_DAY})?\b"
    r"|\b(?:in |since |by |until |from |late |early |mid-)?(?:1[5-9]|20)\d\d(?:s\b|(?:[-/]\d\d)?\b)"
    r"|\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b"
    rf"|\b(?:yesterday|today|tonight|tomorrow)(?: {_PART_OF_DAY})?\b"
    rf"|\b(?:this|that|early (?:this )?|last|late (?:last )?) ?{_PART_OF_DAY}\b"
    rf"|\b(?:last|next|this|past|previous|following|earlier this|"
    rf"later this) (?:\w+ )?{_TIME_UNIT}\b"
    rf"|\b(?:{_NUMBER}|an?|few|several|many|a few|some) {_TIME_UNIT} (?:ago|later|"
    rf"earlier|before|after)\b"
    r"|\bday (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\b(?:Christmas|Easter|Thanksgiving|Halloween|Ramadan|New Year's Eve|"
    r"New Year's Day|spring|summer|autumn|winter)\b"
    r"|\bin (?:\w+ )?(?:his|her|their) (?:early |late |mid-?)?(?:teens|\d0s|twenties|"
    r"thirties|forties|fifties)\b"
    rf"|\b(?:during|after|before|until|since|at the (?:start|end|beginning) of|within|"
    rf"by the end of) "
    rf"(?:the |a |next |last )?(?:\w+ )?{_TIME_UNIT}\b"
)
_VAGUE_DATE = re.compile(r"\b(?:when|after|before|until|once|since|ago|later|earlier)\b")
_DURATION = re.compile(
    rf"(?:\b(?:about|nearly|almost|over|more than|at least|up to|some|"
    rf"an?)\s)?(?:{_NUMBER}|\ban?|\bfew|\bmany)"
    rf"[ -](?:and a half )?(?:\w+ )?{_TIME_UNIT}\b|\bfor (?:\w+ ){{0,2}}{_TIME_UNIT}\b|"
    rf"\bday \d+\b|\b(?:since|until) \w+"
)
_AGE = re.compile(
    rf"\b(?:{_DIGITS}|{_NUMBER_WORD}(?:[ -]{_NUMBER_WORD})?)[ -](?:year|month|week|"
    rf"day)s?[ -]olds?\b|"
    rf"\baged? (?:of )?\d{{1,3}}\b|, \d{{1,3}}(?=[,.;)]|$| and\b)|\(\d{{1,3}}\)|"
    r"\bturn(?:ed|s|ing) \d{1,3}\b|\bage of \w+|\b\d{1,3} years old|\bat \d{1,3}\b|"
    r"\bborn (?:in|on) [\w ]*\d{4}|\bin (?:his|her|their) (?:early |late |mid-?)?\d0s\b"
)
_MONEY = re.compile(
    rf"[$£€¥]\s?{_DIGITS}(?:\s?(?:hundred|thousand|million|billion|trillion|bn|m\b|k\b))?|"
    rf"{_NUMBER} (?:U\.S\. |US )?(?:dollars?|pounds?|euros?|cents?|rupees?|yen|yuan|"
    rf"francs?|pence|percent|per cent)\b|"
    rf"{_DIGITS}\s?%"
)
_DISTANCE = re.compile(
    rf"{_NUMBER}[ -](?:\w+ )?(?:miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|feet|foot|"
    rf"ft|inch(?:es)?|"
    r"yards?|blocks?|m|cm|mm|nautical miles|hectares?|acres?|stor(?:ey|y|ies)|"
    r"square (?:miles?|feet|kilomet(?:re|er)s?))\b"
)
_SPEED = re.compile(
    rf"{_NUMBER}[ -]?(?:mph|kph|km/h|knots?|miles (?:per|an) hour|kilomet\w+ (?:per|an) hour)\b"
)
_WEIGHT = re.compile(
    rf"{_NUMBER}[ -]?(?:\w+ )?(?:pounds?|lbs?|kilos?|kilograms?|kg|grams?|g|tons?|"
    rf"tonnes?|ounces?|stone)\b"
)
_SHARE = re.compile(
    rf"{_NUMBER} ?(?:%|percent|per cent|percentage points?)|{_DIGITS}\s?%|\b(?:half|"
    rf"a third|two-thirds|a quarter|one in \w+|most|majority)\b"
)
_FREQUENCY = re.compile(
    rf"\b(?:every|each|once|twice|daily|weekly|monthly|yearly|annual(?:ly)?|always|"
    rf"often|never|rarely|regularly|frequently)\b|{_NUMBER} times\b"
)
_ANY_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
# "few" and "many" answer "how many" too, but only as the last resort of a sentence on the topic.
_VAGUE_NUMBER = re.compile(r"\b(?:no|none|few|many|most|handful|majority|all|both|couple|number)\b")

_NUMBER_ASKED = re.compile(r"(?i)\bhow old\b|\bscore\b")  # whatever else is asked for
_NOUNS_ALIKE = 0.55  # cosine; people/protesters .57, soldiers/troops .90, people/dollars .21
_BESIDE = 4  # words
LACKING = 0.45  # below this a sentence does not hold the kind of thing asked for
_QUANTIFIERS = frozenset("many much old number amount total years year".split())

_CAPITAL = re.compile(
    r"\b[A-ZÀ-Þ][\w’'&-]*\.?(?:[ -](?:(?:of|the|de|da|del|van|von|der|bin|al|el|la|and|&)[ -]){0,2}"
    r"[A-ZÀ-Þ][\w’'&-]*\.?)*"
)
_PLACE = re.compile(
    r"\b(?:in|at|on|near|from|outside|inside|around|across|to|into|off|over|through|of|between|"
    r"north|south|east|west|toward|towards|along|under|beside)"
    r"(?: (?:the|a|an|its|his|her|their|downtown|central|northern|southern|eastern|"
    r"western|nearby))*"
    r" (?:(?:city|town|village|state|province|district|suburb|capital|port|region|island|county)"
    r"(?: of)? )?[A-ZÀ-Þ]"
)
_PLACE_NOUN = re.compile(
    r"\b(?:in|at|on|near|from|outside|inside|around|across|into|off|to) (?:the|a|an|"
    r"his|her|their|its) "
    r"(?:[\w-]+ ){0,3}(?:house|home|hospital|school|street|road|park|river|lake|beach|"
    r"airport|station|"
    r"hotel|church|city|town|village|building|office|court|prison|jail|stadium|store|shop|market|"
    r"mountain|forest|island|coast|border|centre|center|area|region|country|state|sea|ocean|bridge|"
    r"university|college|lawn|grounds|camp|base|site|scene|apartment|room|garden|field|car|truck|"
    r"plane|ship|boat|world|capital|district|square|mosque|restaurant|bar|club|museum|"
    r"theater|theatre)s?\b"
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result|in order to|so that|so as to|"
    r"since|caus\w+|"
    r"reasons?|led to|prompt\w*|spark\w*|trigger\w*|after|following|over|amid|for fear|motivat\w*|"
    r"blam\w*|attribut\w*|meant that|which means|intended to|aim\w* (?:to|at)|"
    r"hop\w+ to|designed to|"
    r"in response|in protest|accus\w+|allegedly|for (?:his|her|their|its|\w+ing)|therefore|given|"
    r"saying|said|as (?:it|he|she|they|the|a)|to (?:\w+ly )?(?!the\b|a\b|an\b|his\b|"
    r"her\b|their\b|its\b)[a-z]{3,})\b"
)
_PERSON_WORD = re.compile(
    r"\b(?:man|woman|men|women|boy|girl|police|officers?|officials?|spokes\w+|"
    r"protesters?|witness\w*|"
    r"residents?|families|family|mother|father|wife|husband|son|daughter|brother|sister|people|"
    r"students?|teachers?|doctors?|soldiers?|victims?|suspects?|authorities|"
    r"government|company|group|"
    r"party|team|court|judge|jury|[a-z]+(?:ists|ers|ors)|king|queen|pope|president|minister)\b"
)

_NAME_ASKED = re.compile(
    r"(?i)\b(?:the )?names? of\b|'s names?\b|\b(?:is|was|are|were) .* (?:named|called)\b"
)

# What follows "how" (or names the quantity) and the pattern that answers it, surest first.
_QUANTITIES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"\bhow old\b|\bage\b"), _AGE),
    (re.compile(r"\bscore\b"), re.compile(r"\b\d+(?:-\d+)+\b")),
    (
        re.compile(
            r"\bhow long (?:is|was|are) the (?:road|river|bridge|wall|fence|route|"
            r"track|tunnel|convoy)\b(?! \w+ed\b)"
        ),
        _DISTANCE,
    ),
    (
        re.compile(
            r"\bhow long\b|\bhow (?:many|much) (?:more )?(?:time|years|days|hours|"
            r"weeks|months|minutes)\b"
        ),
        _DURATION,
    ),
    (
        re.compile(
            r"\bhow (?:far|tall|high|deep|wide|close)\b|\b(?:height|depth|width|distance)\b"
        ),
        _DISTANCE,
    ),
    (re.compile(r"\bhow fast\b|\bspeed\b"), _SPEED),
    (
        re.compile(r"\bhow heavy\b|\bhow much (?:does|did|do) \w+(?: \w+)? weigh|\bweight\b"),
        _WEIGHT,
    ),
    (re.compile(r"\b(?:percentage|percent|per cent|proportion|what share)\b"), _SHARE),
    (re.compile(r"\bhow (?:often|frequently)\b"), _FREQUENCY),
    (
        re.compile(
            r"\bhow much (?:money|does .* cost|did .* (?:cost|pay|sell|raise|spend|"
            r"earn|make))|\b(?:cost|price|fine|salary|worth|expensive)\b"
        ),
        _MONEY,
    ),
)


def wanted(question: Question) -> re.Pattern[str] | None:
    """What the answer's words look like for this question; None where any words may do."""
    if question.kind == "number" or _NUMBER_ASKED.search(question.text):
        asked = question.text.lower()
        for quantity, pattern in _QUANTITIES:
            if quantity.search(asked):
                return pattern
        return _ANY_NUMBER
    if question.kind in {"open", "definition"} and _NAME_ASKED.search(question.text):
        return _CAPITAL
    return {
        "date": _DATES,
        "reason": _REASON,
        "place": _PLACE,
        "person": _CAPITAL,
    }.get(question.kind)


def spans_of(question: Question, text: str) -> list[Span]:
    """The places in `text` that hold words of the asked-for kind, the question's own left out."""
    pattern = wanted(question)
    if pattern is None:
        return []
    asked = {*question.words, *(stem(word) for word in words(question.text))}
    found = [match.span() for match in pattern.finditer(text)]
    return [span for span in found if _is_new(text[slice(*span)], asked)]


def bears_kind(question: Question, text: str) -> float:
    """How well `text` holds the kind of thing asked for: 1 surely, 0 not, between where unsure."""
    pattern = wanted(question)
    if pattern is None:
        return 0.5
    spans = spans_of(question, text)
    if pattern is _ANY_NUMBER:
        vague = [match.span() for match in _VAGUE_NUMBER.finditer(text)]
        return 1.0 if _counted(question, text, spans) else 0.4 * bool(spans or vague)
    if spans:
        return 1.0 if pattern is not _AGE or _counted(question, text, spans) else 0.4
    weaker = {"person": _PERSON_WORD, "place": _PLACE_NOUN}.get(question.kind)
    if weaker is not None and weaker.search(text):
        return 0.6
    return 0.4 if question.kind == "date" and _VAGUE_DATE.search(text) else 0.0


def _counted(question: Question, text: str, spans: list[Span]) -> bool:
    """Whether a number stands beside the like of a word of the question: what it counts."""
    asked = [
        word for word in words(question.text) if word not in STOP_WORDS and word not in _QUANTIFIERS
    ]
    stems = {stem(word) for word in asked}
    for start, end in spans:
        beside = words(text[:start])[-_BESIDE:] + words(text[start : end + 80])[: _BESIDE + 3]
        if any(stem(word) in stems for word in beside):
            return True
        # The thing that is counted comes first in the question; only it may go by another name.
        if asked and beside and float(likeness(asked[:1], beside).max()) >= _NOUNS_ALIKE:
            return True
    return False


def _is_new(words_found: str, asked: set[str]) -> bool:
    """Whether a span says something that the question did not say itself."""
    told = [stem(word) for word in words(words_found) if word not in STOP_WORDS]
    return not told or not asked.issuperset(told)
