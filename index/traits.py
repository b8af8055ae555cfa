"""What a sentence holds that could be an answer: a number, a date, a name, a reason, a quote."""

import re
from functools import lru_cache

_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundreds?|thousands?|millions?|billions?|dozens?|half|double|once|twice|third|quarter"
)
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = (
    "january|february|march|april|june|july|august|september|october|november|december|"
    r"jan\.|feb\.|mar\.|apr\.|aug\.|sept?\.|oct\.|nov\.|dec\.|may \d|\d may"
)
_UNITS = "second|minute|hour|day|night|week|weekend|month|year|decade|century|season|summer|winter"

# Each trait by name; a sentence has it where its pattern is found. Case matters only where (?i)
# is missing.
_TRAITS = {
    "number": rf"(?i)\d|\b(?:{_NUMBER_WORDS})\b",
    "amount": r"(?i)[$£€¥]\s?\d|\d\s?%|\b(?:percent|per cent|dollars|euros|pounds|miles|kilomet\w+|"
    r"km|feet|meters|metres|tons|tonnes|kg|degrees)\b",
    "age": r"(?i)\b\d{1,3}[- ]year[- ]old|\baged? \d|, \d{1,3},|\byears old\b",
    "duration": rf"(?i)\b(?:\d+|a|an|one|{_NUMBER_WORDS})[ -](?:{_UNITS})s?\b",
    "date": rf"(?i)\b(?:{_DAYS}|{_MONTHS}|1[5-9]\d\d|20\d\d|today|yesterday|tomorrow|tonight|"
    rf"(?:last|next|this|past|earlier this|previous) (?:{_UNITS}|morning|evening|afternoon)|"
    rf"(?:{_UNITS})s? (?:ago|later|earlier)|\d\s?[ap]\.?m\b|noon|midnight|century|\d{{4}}s)",
    "place": r"\b(?:in|at|near|outside|inside|from|across|around|to|on|of|off|toward)"
    r" (?:the |downtown |central |northern |southern |eastern |western |north|south|east|west){0,2}"
    r"[A-ZÀ-Þ]\w+",
    "town": r"[A-ZÀ-Þ]\w+, [A-ZÀ-Þ]\w+",
    "person": r"\b[A-ZÀ-Þ][\w'’-]+ (?:[A-Z]\. )?[A-ZÀ-Þ][\w'’-]+",
    "titled": r"\b(?:Mr|Mrs|Ms|Dr|President|Minister|Sen|Rep|Gov|Gen|Judge|Chief|Officer|Sgt|Lt|"
    r"Capt|King|Queen|Prince|Princess|Mayor|Secretary|Senator|Director|Coach)\.? [A-ZÀ-Þ]\w+|"
    r"\w+(?:man|woman|person|or|er|ist|ian) [A-ZÀ-Þ]\w+ [A-ZÀ-Þ]\w+",
    "reason": r"(?i)\b(?:because|due to|so that|in order to|as a result|caus\w+|blam\w+|led to|"
    r"owing to|thanks to|therefore|reason\w*|why|prompt\w+|fear\w*|over|amid|sparked|triggered)\b",
    "after": r"(?i)\b(?:after|following|since|when|for|as|to)\b",
    "speech": r"(?i)\b(?:said|says|told|tells|added|asked|wrote|announced|argued|claimed|warned|"
    r"insisted|according to|called|described|explained|replied|admitted|acknowledged|vowed|"
    r"urged|stated|denied|accused|promised|believes?|thinks?|tweeted|criticized|criticised)\b",
    "quoted": r"[\"“”]",
    "opens_quote": r"^[\"“]",
    "defines": r"(?i)\b(?:is|are|was|were) (?:an?|the|one)\b|, (?:an?|the|who|which)\b|"
    r"\b(?:known as|refers? to|means|called|named)\b",
    "lists": r",[^,]+,[^,]+\band\b|[^,]+, [^,]+ and\b|; ",
    "means": r"(?i)\b(?:by \w+ing|using|through|with an?|via|by)\b",
    "first_person": r"\b(?:I|I'm|I’m|[Ww]e|my|our|me|us)\b",
    "opens_pronoun": r"^[\"“]?(?:He|She|It|They|This|That|These|Those|His|Her|Their|But|And)\b",
    "asks": r"\?[\"”’']?$",
    "dateline": r"^(?:[A-Z][A-Za-z .,/-]{2,40})?\([A-Z][A-Za-z. ]+\)\s*[-–—]",
    "closes": r"[.!?…\"”’')]$",
}
TRAITS = tuple(_TRAITS)
_PATTERNS = tuple(re.compile(pattern) for pattern in _TRAITS.values())


@lru_cache(maxsize=20_000)
def traits(text: str) -> tuple[float, ...]:
    """One or nought for each of TRAITS, in their order."""
    return tuple(float(pattern.search(text) is not None) for pattern in _PATTERNS)


_NUMBER = re.compile(rf"\d[\d.,]*|(?:{_NUMBER_WORDS})")


def is_number(word: str) -> bool:
    """Whether a plain word is a number, in digits or spelt out."""
    return _NUMBER.fullmatch(word) is not None
