"""How a question is put: what it asks, its auxiliary verb, its subject, and the rest.

No grammar is parsed: a question in English begins with what it asks for and an auxiliary verb.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.little_words import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    LITTLE,
    POSSESSIVES,
    PREPOSITIONS,
    VERBS,
    is_verb,
)

_ORDERS = frozenset(
    "summarise summarize sum list name describe explain compare outline tell give show recap find "
    "define quote identify mention let".split()
)
_INSIDE_NAMES = frozenset("of bin al de da del van von der la el".split())
_ANYBODY = re.compile(r"(?i)(?:any|some|every|no)(?:one|body)(?: else)?\b")
_SUBJECTLESS = frozenset("who whom what which whose".split())

_WRITTEN = {
    "wat": "what", "wht": "what", "wut": "what", "waht": "what", "whta": "what", "wot": "what",
    "abt": "about", "abuot": "about", "abotu": "about", "bout": "about", "wich": "which",
    "whcih": "which", "wehn": "when", "wen": "when", "hwo": "how", "hw": "how", "wher": "where",
    "whre": "where", "wheer": "where", "wy": "why", "whos": "who is", "whats": "what is",
    "wheres": "where is", "hows": "how is", "whens": "when is", "whys": "why is",
    "teh": "the", "hte": "the", "taht": "that", "dat": "that", "tht": "that", "adn": "and",
    "nad": "and", "sya": "say", "siad": "said", "sed": "said", "thier": "their",
    "theyre": "they are",
    "shes": "she is", "hes": "he is", "didnt": "didn't", "doesnt": "doesn't", "wasnt": "wasn't",
    "isnt": "isn't", "arent": "aren't", "wont": "won't", "cant": "can't", "dont": "don't",
    "ppl": "people", "cuz": "because", "coz": "because", "pls": "please", "plz": "please",
    "ddi": "did", "idd": "did", "esle": "else", "eles": "else", "tho": "though",
}  # fmt: skip
_CONTRACTED = re.compile(r"\b(what|who|where|when|how|why|that|it|there|he|she)'s\b", re.IGNORECASE)
_POLITE = re.compile(
    r"(?:please\s+|so\s+|(?:can|could|would|will) you (?:please )?(?:tell me|explain|say|"
    r"clarify)(?: to me)?\s+|"
    r"do you know\s+|(?:please )?tell me(?=\s+(?:what|who|when|where|why|how|which|if|"
    r"whether)\b)\s+|"
    r"i(?:'d| would)? (?:want|like|need) to know\s+|(?:any idea|i wonder)\s+|(?:but |and )?i "
    r"mean(?:t)?,?\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Form:
    """A question in its parts: "How many people | were | arrested last week"."""

    asked: str
    """"why", "how many people", "in which city"; empty for yes or no, and for no question."""
    auxiliary: str
    """Empty where the one asked for is the subject ("who threw it"), and for no question."""
    rest: str
    """All that follows, without the mark at the end."""

    @property
    def asked_noun(self) -> str:
        """As in "people" of "how many people", "street" of "which street"."""
        words = self.asked.split()
        lower = [word.lower() for word in words]
        if "how" in lower and not {"many", "much"} & set(lower):
            return ""  # "how long" asks for no thing
        while words and words[0].lower() in PREPOSITIONS | {"how", "many", "much", "what", "which"}:
            words = words[1:]
        noun = " ".join(words)
        return "" if noun.lower() in _SUBJECTLESS | {"when", "where", "why", "else", ""} else noun


def tidy(question: str) -> str:
    """`question` with one space between words, "what's" in full and everyday misspellings mended.

    Only little words are mended: names and other words may be meant as they are.
    """
    text = " ".join(question.replace("’", "'").split())
    text = re.sub(r"^n\s+(?=\w)|^&\s*", "and ", text)
    text = re.sub(r"^y\s*(\?*)$", r"why\1", text)
    text = re.sub(r"\b[a-z]+\b(?!')", lambda word: _WRITTEN.get(word.group(), word.group()), text)
    return _CONTRACTED.sub(r"\1 is", text)


def without_politeness(question: str) -> str:
    """As in "can you tell me why" is "why"; "please tell me more" is "tell me more"."""
    found = _POLITE.match(question)
    rest = question[found.end() :] if found else question
    return re.sub(r"[,\s]+please(?=\W*$)", "", rest) if re.search(r"\w", rest) else question


def form(question: str) -> Form:
    """The parts of `question`."""
    words = question.strip().rstrip("?!. ").split()
    lower = [word.lower().strip(",") for word in words]
    at = 1 if len(lower) > 1 and lower[0] in PREPOSITIONS and _asks(lower[1]) else 0
    if not words:
        return Form("", "", "")
    if not _asks(lower[at]):
        if lower[0] in AUXILIARIES:
            return Form("", words[0], " ".join(words[1:]))
        return Form("", "", " ".join(words))
    widest = at + (6 if _takes_noun(lower, at) else 2)
    for place in range(at + 1, min(widest, len(words))):
        if lower[place] in AUXILIARIES:
            return Form(" ".join(words[:place]), words[place], " ".join(words[place + 1 :]))
        if lower[place] in VERBS:
            break
    end = at + 1
    if lower[at] == "how" and end < len(words) and lower[end] in {"many", "much"}:
        end += 1
    if end > at + 1 or lower[at] in {"which", "whose"}:
        verbs = (place for place in range(end, min(widest, len(words))) if is_verb(lower[place]))
        end = next(verbs, end)
    return Form(" ".join(words[:end]), "", " ".join(words[end:]))


def subject_and_rest(words: str, names: tuple[str, ...] = ()) -> tuple[str, str]:
    """What follows an auxiliary, cut after its subject: "the police | install barriers"."""
    for name in sorted(names, key=len, reverse=True):
        if (
            words.lower().startswith(name.lower())
            and not words[len(name) : len(name) + 1].isalnum()
        ):
            return words[: len(name)], words[len(name) :].strip()
    anybody = _ANYBODY.match(words)
    if anybody:
        return words[: anybody.end()], words[anybody.end() :].strip()
    parts = words.split()
    end = 0
    while end < len(parts):
        word = parts[end].lower().strip(",")
        noun = end and parts[end - 1].lower() in DETERMINERS | POSSESSIVES | {"of"}
        if end and not noun and word in DETERMINERS | POSSESSIVES:
            # In "the town declare a curfew", the verb, known or not, stands before the object.
            named = any(part.lower() not in DETERMINERS for part in parts[: end - 1])
            end -= 1 if named else 0
            break
        if end and not noun and (is_verb(word) or word in LITTLE or word in PREPOSITIONS - {"of"}):
            break
        ends_name = end and parts[end - 1][:1].isupper() and parts[end].islower()
        if ends_name and word not in _INSIDE_NAMES:
            break
        end += 1
    if end == 1 and (is_verb(parts[0].lower()) or parts[0].lower() in PREPOSITIONS):
        return "", words
    return " ".join(parts[:end]), " ".join(parts[end:])


def subject_span(question: str, names: tuple[str, ...] = ()) -> tuple[int, int] | None:
    """Where the subject stands, in a question with an auxiliary."""
    parts = form(question)
    subject, _ = subject_and_rest(parts.rest, names)
    start = question.find(parts.rest) if parts.auxiliary and subject else -1
    return (start, start + len(subject)) if start >= 0 else None


def has_verb(text: str) -> bool:
    """Whether `text` asks or orders by itself, and is no fragment."""
    words = [word.lower().strip("?!.,'\"") for word in text.split()]
    if not words:
        return False
    if _asks(words[0]) or words[0] in AUXILIARIES:
        return len(words) > 1
    return (
        words[0] in _ORDERS
        or any(
            word in AUXILIARIES
            or (
                word in VERBS and before not in DETERMINERS | POSSESSIVES | PREPOSITIONS | {"about"}
            )
            for before, word in pairwise(["", *words[:-1]])
        )
        or words[-1] in AUXILIARIES
    )


def gist(question: str) -> str:
    """What a question is about, without asking: "police install barriers at Parliament"."""
    parts = form(question)
    auxiliary = "" if parts.auxiliary.lower() in {"do", "does", "did"} else parts.auxiliary.lower()
    subject, rest = subject_and_rest(parts.rest)
    if not auxiliary or (parts.asked_noun and not subject):
        text = " ".join(filter(None, (parts.asked_noun, auxiliary, parts.rest)))
    else:
        # "How many jobs will Nortech cut" is about the jobs Nortech will cut.
        led = f"the {parts.asked_noun}" if parts.asked_noun and auxiliary not in BE else ""
        text = " ".join(filter(None, (led, subject, auxiliary * bool(rest), rest)))
    text = re.sub(
        r"^(?:tell me|give me|explain|describe|show me)\s+(?:more\s+)?(?:about\s+)?",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return text.strip(" ,")


def _asks(word: str) -> bool:
    return word in {"what", "who", "whom", "whose", "which", "when", "where", "why", "how"}


def _takes_noun(lower: list[str], at: int) -> bool:
    if lower[at] == "how":
        return len(lower) > at + 1 and lower[at + 1] not in AUXILIARIES
    return lower[at] in {"what", "which", "whose"}
