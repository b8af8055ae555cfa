"""How a question is put: what it asks, its auxiliary, its subject, and the things it names.

No grammar is parsed. A question in English begins with what it asks for and an auxiliary verb, and
little words (prepositions, articles) stand around the things it names; that is enough here.
"""

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["about", "subject", "object", "place", "other"]

AUXILIARIES = frozenset(
    "is are was were am do does did has have had can could will would shall should may might must "
    "isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't "
    "wouldn't shouldn't".split()
)
PREPOSITIONS = frozenset(
    "about on in at of to for from by with against over during after before between under into "
    "through near around since until till within without behind towards toward regarding "
    "concerning across among inside outside despite because like as than upon off".split()
)
ABOUT = frozenset("about on regarding concerning over towards toward against".split())
DETERMINERS = frozenset("the a an this that these those some any all each every no both".split())
POSSESSIVES = frozenset("his her their its my your our".split())
PRONOUNS = frozenset(
    "he him himself she her herself they them themselves it itself there i you we us me who whom "
    "what which whose when where why how anyone anybody someone somebody everyone everybody "
    "anything something everything nothing nobody one ones others".split()
)
_LITTLE = frozenset(
    "and or but so if then also not only just too very really still ever never already now again "
    "else yet even exactly actually more most much many first last there today yesterday tomorrow "
    "ago instead recently currently well please that because while whether being been be".split()
)
VERBS = frozenset(
    "say says said saying tell told tells think thinks thought believe feel felt want wants wanted "
    "ask asked make made makes take took taken give gave given get got go went gone come came happen "
    "happened happens do done doing have having know knew known see saw seen call called calls find "
    "found meet met refuse refused agree agreed agrees disagree support supports supported oppose "
    "opposes opposed respond responded react reacted explain explained describe described claim "
    "claimed suggest suggested warn warned announce announced deny denied defend criticise "
    "criticised criticize criticized blame blamed accuse accused charge charged arrest arrested "
    "throw threw thrown kill killed hurt injured injure die died start started begin began begun end "
    "ended stop stopped win won lose lost beat play played score scored leave left live lived work "
    "worked arrive arrived move moved run ran hold held keep kept use used need needed plan planned "
    "planning try tried trying pay paid cost buy bought sell sold build built open opened close "
    "closed launch launched lead led sign signed decide decided expect expected hope hoped propose "
    "proposed require required allow allowed ban banned block blocked install installed cause "
    "caused affect affected help helped become became remain remained change changed increase "
    "increased rise rose fall fell drop dropped reach reached show showed shown write wrote written "
    "speak spoke talk talked discuss discussed mention mentioned quote quoted advise advised tow "
    "order ordered vote voted elect elected appoint appointed resign resigned return returned join "
    "joined attack attacked shoot shot steal stole destroy destroyed damage damaged rescue rescued "
    "discover discovered study studied measure measured develop developed publish published "
    "recommend recommended demand demanded protest protested promise promised predict predicted "
    "threaten threatened face faced bring brought put set send sent receive received release "
    "released raise raised compare compared mean meant cite cited comment commented stay stayed "
    "attend attended wear wore follow followed include included contain involve involved clash "
    "clashed climb climbed last lasted rule ruled sentence sentenced convict convicted".split()
)
# Nouns that name nothing by themselves: "it" never means one of them.
LIGHT = frozenset(
    "thing things way ways kind sort type people person number amount time times day date year "
    "reason part point points rest lot bit fact name names article story text news question answer "
    "aspect aspects example examples kinds sorts types today yesterday tomorrow morning afternoon evening night week month monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
_ADJECTIVE_ENDINGS = ("ful", "ous", "able", "ible", "ive", "less", "ular", "ic", "al", "ing")
_ADJECTIVES = frozenset(
    "good bad big small long short old new young true false open safe dangerous online popular legal "
    "hurt alive dead happy angry upset ready free guilty innocent present likely interesting violent "
    "peaceful expensive cheap important significant different similar available".split()
)
_SUBJECTLESS = frozenset("who whom what which whose".split())

_WORD = re.compile(r"[^\W_][^\s\"“”?!;:()\[\]]*")
_WRITTEN = {
    "wat": "what", "wht": "what", "wut": "what", "waht": "what", "whta": "what", "wot": "what",
    "abt": "about", "abuot": "about", "abotu": "about", "bout": "about", "wich": "which",
    "whcih": "which", "wehn": "when", "wen": "when", "hwo": "how", "hw": "how", "wher": "where",
    "whre": "where", "wheer": "where", "wy": "why", "whos": "who is", "whats": "what is",
    "wheres": "where is", "hows": "how is", "whens": "when is", "whys": "why is",
    "teh": "the", "hte": "the", "taht": "that", "dat": "that", "tht": "that", "adn": "and",
    "nad": "and", "sya": "say", "siad": "said", "sed": "said", "thier": "their", "theyre": "they are",
    "shes": "she is", "hes": "he is", "didnt": "didn't", "doesnt": "doesn't", "wasnt": "wasn't",
    "isnt": "isn't", "arent": "aren't", "wont": "won't", "cant": "can't", "dont": "don't",
    "ppl": "people", "cuz": "because", "coz": "because", "pls": "please", "plz": "please",
    "ddi": "did", "idd": "did", "esle": "else", "eles": "else", "tho": "though",
}  # fmt: skip
_CONTRACTED = re.compile(r"\b(what|who|where|when|how|why|that|it|there|he|she)'s\b", re.IGNORECASE)
_POLITE = re.compile(
    r"(?:please\s+|so\s+|(?:can|could|would|will) you (?:please )?(?:tell me|explain|say|clarify)(?: to me)?\s+|"
    r"do you know\s+|(?:please )?tell me(?=\s+(?:what|who|when|where|why|how|which|if|whether)\b)\s+|"
    r"i(?:'d| would)? (?:want|like|need) to know\s+|(?:any idea|i wonder)\s+|(?:but |and )?i mean(?:t)?,?\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Thing:
    """A thing that a question names: `question[start:end]`, with the word that leads to it."""

    text: str
    start: int
    end: int
    role: Role
    lead: str
    """The preposition before it; empty for a subject or an object."""


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
        """ "people" of "how many people", "street" of "which street"."""
        words = self.asked.split()
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
    """ "can you tell me why" is "why"; "please tell me more" is "tell me more"."""
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
    return Form(" ".join(words[:end]), "", " ".join(words[end:]))


def subject_and_rest(words: str, names: tuple[str, ...] = ()) -> tuple[str, str]:
    """What follows an auxiliary, cut after its subject: "the police | install barriers"."""
    for name in sorted(names, key=len, reverse=True):
        if (
            words.lower().startswith(name.lower())
            and not words[len(name) : len(name) + 1].isalnum()
        ):
            return words[: len(name)], words[len(name) :].strip()
    parts = words.split()
    end = 0
    while end < len(parts):
        word = parts[end].lower().strip(",")
        noun = end and parts[end - 1].lower() in DETERMINERS | POSSESSIVES | {"of"}
        if (
            end
            and not noun
            and (_is_verb(word) or word in _LITTLE or word in PREPOSITIONS - {"of"})
        ):
            break
        if end and parts[end - 1][:1].isupper() and parts[end].islower() and word != "of":
            break
        end += 1
    if end == 1 and (_is_verb(parts[0].lower()) or parts[0].lower() in PREPOSITIONS):
        return "", words
    return " ".join(parts[:end]), " ".join(parts[end:])


def things(question: str) -> tuple[Thing, ...]:
    """The things that `question` names, in order: runs of words between the little ones."""
    parts = form(question)
    asked_noun, asked_end = parts.asked_noun, len(parts.asked)
    found: list[Thing] = []
    run: list[re.Match[str]] = []
    lead = ""
    seen_auxiliary = False
    after_verb = False
    be_asked = parts.auxiliary.lower() in {"is", "are", "was", "were", "isn't", "wasn't"}
    awaits_verb = parts.auxiliary.lower() in {"do", "does", "did", "didn't", "doesn't", "don't"}

    def close() -> None:
        nonlocal run
        kept = run
        while kept and kept[-1].group().lower().strip(".,'") in DETERMINERS | {"of"}:
            kept = kept[:-1]
        if kept and any(_names_something(word.group()) for word in kept):
            start, end = kept[0].start(), kept[-1].end()
            text = re.sub(r"(?:'s|[.,'])$", "", question[start:end])
            if be_asked and not lead and not after_verb:
                text = _without_adjective(text)
            if text and (start >= asked_end or text == asked_noun):
                role = _role(lead, after_verb, text)
                found.append(Thing(text, start, start + len(text), role, lead))
        run = []

    words = list(_WORD.finditer(question))
    for place, word in enumerate(words):
        lower = word.group().lower().strip(".,'")
        following = words[place + 1].group().lower() if place + 1 < len(words) else ""
        if lower in AUXILIARIES or lower in PRONOUNS or lower in POSSESSIVES:
            close()
            seen_auxiliary = seen_auxiliary or lower in AUXILIARIES
            lead = ""
        elif lower == "of" and run:
            run.append(word)
        elif lower in PREPOSITIONS:
            close()
            lead = lower
        elif _is_verb(lower) and not _is_noun_here(run, following, lead, awaits_verb):
            close()
            after_verb, awaits_verb, lead = True, False, ""
        elif lower in DETERMINERS and following and following not in AUXILIARIES:
            if not (run and run[-1].group().lower() == "of"):
                close()
            run.append(word)
        elif lower in _LITTLE:
            close()
        else:
            if _is_name(run) and word.group().islower() and seen_auxiliary and not lead:
                close()  # "did Ardern lambast": the name ends where the verb begins
                after_verb, awaits_verb = True, False
                continue
            run.append(word)
            if word.group()[-1] in ",.":
                close()
    close()
    return tuple(found)


def gist(question: str) -> str:
    """What a question is about, without asking: "police install barriers at Parliament"."""
    parts = form(question)
    auxiliary = "" if parts.auxiliary.lower() in {"do", "does", "did"} else parts.auxiliary.lower()
    if parts.asked_noun or not auxiliary:
        text = " ".join(filter(None, (parts.asked_noun, auxiliary, parts.rest)))
    else:
        subject, rest = subject_and_rest(parts.rest)
        text = f"{subject} {auxiliary} {rest}" if rest else subject
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


def _is_verb(word: str) -> bool:
    return word in VERBS or (word.endswith(("ed", "ing")) and len(word) > 5)


def _is_noun_here(run: list[re.Match[str]], following: str, lead: str, awaits_verb: bool) -> bool:
    """ "the protest", "in support of", "vaccine rule": words that are verbs elsewhere."""
    if run and run[-1].group().lower() in DETERMINERS | {"of"}:
        return True
    if following == "of":
        return True
    if awaits_verb or lead == "to":
        return False
    return not _is_name(run) and (bool(lead) or (bool(run) and not following))


def _without_adjective(text: str) -> str:
    """ "the album successful", of "was the album successful", names the album."""
    *thing, last = text.split()
    if last.islower() and (last in _ADJECTIVES or last.endswith(_ADJECTIVE_ENDINGS)):
        return " ".join(thing)
    return text


def _is_name(run: list[re.Match[str]]) -> bool:
    return bool(run) and all(word.group()[:1].isupper() for word in run)


def _names_something(word: str) -> bool:
    lower = word.lower().strip(".,'")
    return lower not in DETERMINERS and lower not in LIGHT and lower != "of"


def _role(lead: str, after_verb: bool, text: str) -> Role:
    if lead in ABOUT and not (lead == "on" and text[:1].isupper()):
        return "about"
    if lead in {"in", "at", "near", "outside", "inside", "around", "from", "to", "on"}:
        return "place"
    if lead:
        return "other"
    return "object" if after_verb else "subject"
