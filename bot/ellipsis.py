"""What a follow-up leaves out: "why?", "who said that?", "what else?", "when was that?".

Each kind of short question is recognised by its wording and completed from the last question, or
from the sentences that answered it.
"""

import re
from collections.abc import Callable, Sequence

from bot import referents
from bot.little_words import AUXILIARIES, BE, DO, PREPOSITIONS, is_verb
from bot.people import Person
from bot.things import things
from bot.turns import Turn
from bot.wording import Form, form, gist, subject_and_rest, subject_span

ANYONE = frozenset("anyone anybody someone somebody people".split())

_THAT = r"(?:that|this|it|so|those|these)"
_LEAD = r"(?:in|at|on|to|for|from|by|with|since|until|of|about|under)"
_ASKED = (
    rf"(?:{_LEAD} )?(?:why|when|where|how|who|whom|what|which)"
    r"(?: (?:many|much|long|often|old|far|big|large|high|fast|come|so|not|for|time|day|year|month|"
    r"exactly|one|ones|precisely|place|city|country|streets?|date))*"
)
_SAID = (
    r"(?:said|says|say|claimed|claims|told|wrote|stated|states|made|thinks|believes|argued|"
    r"mentioned|reported)"
)
_DETAIL = rf"(?: (?:details?|info|information|please|(?:on|about) {_THAT}|{_THAT}))*"


def _either(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{wording})" for wording in wordings), re.IGNORECASE)


_WHO_SAID = _either(
    rf"(?:who|whom|which (?:person|one|official|expert|politician|speaker))(?: (?:exactly|"
    rf"actually|else))? "
    rf"{_SAID}(?: (?:{_THAT}|(?:us|them|the \w+|[a-z]+) that|(?:that|this|those|these) \w+))?",
    r"says who",
    r"(?:so )?according to whom?",
    rf"who(?: is| was)? {_THAT} (?:according to|from|by|said by)",
    r"whose (?:words|quote|claim|opinion|view|statement)s? (?:is|was|are|were) (?:that|this|it|"
    r"they|those|these)",
    rf"(?:what|who) is (?:the|your) source(?: (?:of|for) {_THAT})?",
    rf"where (?:does|did) {_THAT} come from",
    r"who (?:is|was) (?:being )?(?:quoted|saying|speaking|talking)(?: (?:that|this|there|here))?",
    rf"by whom was {_THAT} said",
    rf"who was it that said {_THAT}",
    rf"who told you {_THAT}",
)
_MORE = _either(
    rf"(?:(?:is|was|are|were) there )?(?:any(?:thing)?|something|what|much) (?:else|more|further)"
    rf"(?: (?:to (?:say|add)|can you (?:tell me|say)|is there|do you know|of note|interesting|"
    rf"important))*{_DETAIL}",
    rf"(?:tell|give|show) me (?:some |any )?(?:more|details?){_DETAIL}",
    rf"(?:more|else|further){_DETAIL}",
    r"go on|continue|carry on|keep going|next|say more|in more detail|"
    r"anything to add",
    rf"(?:(?:can|could) you )?(?:elaborate|expand|explain|go on|continue|tell me more|say "
    rf"more)(?: more| further)?{_DETAIL}",
)
_OTHERS = _either(
    rf"(?:(?:did|does|is|was|are|were|has|have) )?(?:there )?(?:any(?:one|body)|some(?:one|body)|"
    rf"who) else"
    rf"(?: (?:said?|says|did|does|do|thinks?|spoke|speak|agrees?|is there|was there|who {_SAID}))?"
    rf"(?: (?:{_THAT}|too|about {_THAT}))*",
    r"(?:any|what|which|and the|who are the) others?|others|nobody else|no one else|which other "
    r"(?:people|ones)",
)
_AFTERWARDS = _either(
    r"what (?:happened|happens|came|comes|will happen|was) (?:next|then|afterwards?|after(?: "
    r"that| this)?|later|subsequently)",
    r"(?:after(?:wards)?|before)(?: that| this)?",
    r"what (?:happened|was) before(?: that| this)?",
    r"what (?:next|followed)",
    r"(?:and )?then(?: what)?|what then",
)
_AGAIN = _either(
    rf"(?:are|r) you (?:sure|certain)(?: about {_THAT})?",
    r"really|seriously|what|huh|pardon|come again|prove it",
    rf"(?:is|was) {_THAT} (?:true|right|correct|so)",
    r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)(?:n't)? "
    r"(?:he|she|they|it|that|this|there)(?: not| really)?",
    rf"(?:say|repeat)(?: {_THAT})? again|repeat(?: {_THAT})?",
    rf"how do you know(?: {_THAT})?|where does it say {_THAT}|show me(?: (?:that|where|it))?",
    r"what do you mean(?: by (?:that|this))?",
)
_BARE = re.compile(rf"(?P<asked>{_ASKED})(?: then| though| again)?", re.IGNORECASE)
_OF_THAT = re.compile(
    rf"(?!wh(?:at|ich|o) )(?P<asked>{_ASKED}) (?:is|was|were|are|did|does|do|has|had|would|will|"
    rf"could) "
    r"(?:that|it|this|those|these|they|so)"
    r"(?: (?:so|the case|happen\w*|occur\w*|take place|taken place|come about|done|like that|be|"
    r"exactly))*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?P<asked>(?:{_LEAD} )?(?:how many|how much|which|what|whose)(?: "
    rf"(?!about\b)[^\W\d_]+){{1,3}})",
    re.IGNORECASE,
)
# "Where is it", "how big are they" ask about a thing: again only a pronoun.
_PLACED = re.compile(
    r"(?:where|how \w+) (?:is|was|were|are) (?:it|they|these|those)", re.IGNORECASE
)
# "What is that", "who are they" ask what something is: a pronoun, and nothing is left out.
_IDENTITY = re.compile(r"(?:what|who|whom) (?:is|was|are|were) \w+", re.IGNORECASE)
_NEGATED = dict(
    pair.split(":")
    for pair in (
        "is:isn't are:aren't was:wasn't were:weren't do:don't does:doesn't did:didn't has:hasn't "
        "have:haven't had:hadn't can:can't could:couldn't would:wouldn't will:won't "
        "should:shouldn't"
    ).split()
)
_SPEAKS = frozenset("say think tell claim believe argue do want announce suggest mean".split())


def filled(core: str, last: Turn, people: Sequence[Person]) -> str | None:
    """The whole question that the short `core`, without its mark, stands for; None if none."""
    for pattern, complete in _KINDS:
        found = pattern.fullmatch(core)
        if found is None or _IDENTITY.fullmatch(core):
            continue
        if pattern is _OF_THAT and _PLACED.fullmatch(core):
            continue
        if complete is _counted and _is_whole(core):
            continue
        return complete(found, last, people)
    return None


def _is_whole(core: str) -> bool:
    """Whether a verb follows "how many people": nothing is left out then."""
    return any(word in AUXILIARIES or is_verb(word) for word in core.lower().split()[1:])


def _who_said(_found: re.Match[str], last: Turn, _people: Sequence[Person]) -> str:
    """In the very words, so that their sentence is found, and with it its speaker."""
    said = referents.quotation(last)
    return f'Who said "{said}"' if said else f"Who said anything about {gist(last.question)}"


def _more(_found: re.Match[str], last: Turn, _people: Sequence[Person]) -> str:
    """So "what else?" after "What did she say about it?" is "What else did she say about it?"."""
    parts = form(last.question)
    if "else" in parts.asked.split():
        return last.question
    if parts.asked.lower() in {"what", "who", "where", "why"}:
        return _joined(parts.asked, "else", parts.auxiliary, parts.rest)
    return f"What else about {gist(last.question)}"


def _others(_found: re.Match[str], last: Turn, people: Sequence[Person]) -> str:
    """So "anyone else?" asks the last question of all the others."""
    parts = form(last.question)
    if parts.asked.lower() in {"who", "whom"}:
        return _joined(parts.asked, "else", parts.auxiliary, parts.rest)
    about = referents.topic(last)
    if about is not None:
        return f"Who else spoke about {about}"
    if parts.asked_noun:
        return _joined("which other", parts.asked_noun, parts.auxiliary, parts.rest)
    span = subject_span(last.question, _names(people))
    if span is not None:
        return f"{last.question[: span[0]]}anyone else{last.question[span[1] :]}"
    return f"Who else: {gist(last.question)}"


def _afterwards(found: re.Match[str], last: Turn, people: Sequence[Person]) -> str:
    when = "before" if "before" in found.group().lower() else "after"
    return f"What happened {when} {referents.event(last, people) or gist(last.question)}"


def _again(_found: re.Match[str], last: Turn, _people: Sequence[Person]) -> str:
    return last.question


def _counted(found: re.Match[str], last: Turn, people: Sequence[Person]) -> str:
    """So "how many children?" after "How many people were hurt?" asks how many children were."""
    parts = form(last.question)
    subject, rest = subject_and_rest(parts.rest, _names(people))
    if subject.lower() in ANYONE:
        subject = ""
    if subject and parts.asked_noun and parts.auxiliary.lower() not in BE:
        rest = _joined(rest, parts.asked_noun)
    if not parts.auxiliary:
        return _joined(found.group("asked"), parts.rest)
    return _joined(found.group("asked"), parts.auxiliary.lower(), subject, rest)


def _reasked(found: re.Match[str], last: Turn, people: Sequence[Person]) -> str:
    """So "when?" after "Did police arrest anyone?" is "When did police arrest anyone?"."""
    asked = re.sub(r" (?:exactly|precisely)$", "", found.group("asked").lower())
    asked = _PLAINER.get(asked, asked)
    parts = form(last.question)
    if asked == "what":
        return last.question
    if not parts.auxiliary:
        return _reasked_of_subject(asked, parts, last.question)
    auxiliary = parts.auxiliary.lower()
    if asked == "why not":
        asked, auxiliary = "why", _NEGATED.get(auxiliary, auxiliary)
    subject, rest = subject_and_rest(parts.rest, _names(people))
    if asked == "how many":
        return _how_many(parts, auxiliary, subject, last.question)
    if asked == "who" and subject.lower() in ANYONE:
        return _joined(asked, auxiliary, rest)
    head = parts.asked.lower().split()[-1:]
    if not subject:
        subject = parts.asked_noun or ("someone" if head == ["who"] else "it")
    elif parts.asked_noun and auxiliary not in BE:
        rest = _joined(rest, parts.asked_noun)
    if head in (["what"], ["which"]) and auxiliary in DO:
        rest = _with_object(rest, last)
    return _joined(asked, auxiliary, subject, rest)


_PLAINER = {
    "how so": "how",
    "how come": "why",
    "what for": "why",
    "which one": "which",
    "which ones": "which",
}


def _reasked_of_subject(asked: str, parts: Form, last: str) -> str:
    """After "Who threw it?": "Why is it that someone threw it?"."""
    if not parts.asked:
        return _joined(asked, gist(last))
    if asked in {"who", "how many", "which", "how much"}:
        return _joined(asked, parts.asked_noun, parts.rest)
    return _joined(asked, "is it that", parts.asked_noun or "someone", parts.rest)


def _how_many(parts: Form, auxiliary: str, subject: str, last: str) -> str:
    """After "Were protesters arrested?": "How many protesters were arrested?"."""
    plural = next((thing.text for thing in things(last) if thing.text.endswith("s")), "")
    noun = subject if subject.lower() in ANYONE or auxiliary not in DO else plural
    if not noun:
        return _joined("how many", parts.asked_noun, auxiliary, parts.rest)
    rest = re.sub(rf"\b{re.escape(noun)}\b\s*", "", parts.rest, count=1, flags=re.IGNORECASE)
    noun = re.sub(r"^(?:the|an?|any)\s+", "", noun, flags=re.IGNORECASE)
    noun = "people" if noun.lower() in ANYONE else noun
    return _joined("how many", noun, "were" if auxiliary == "was" else auxiliary, rest)


def _with_object(rest: str, last: Turn) -> str:
    """What was asked for is the verb's object: the topic says what it was, else the answer does."""
    verb, _, remainder = rest.partition(" ")
    told = None if referents.topic(last) else referents.answered_gist(last)
    if not remainder or remainder.lower() in PREPOSITIONS:
        return _joined(rest, told or "that")
    return _joined(verb, "that", remainder) if verb.lower() in _SPEAKS else rest


def _names(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(person.name for person in people)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


_KINDS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], Turn, Sequence[Person]], str]], ...
] = (
    (_WHO_SAID, _who_said),
    (_AFTERWARDS, _afterwards),
    (_MORE, _more),
    (_OTHERS, _others),
    (_AGAIN, _again),
    (_BARE, _reasked),
    (_OF_THAT, _reasked),
    (_COUNTED, _counted),
)
