"""A follow-up becomes a question that stands alone, with no language model.

A question that stands by itself is left as it was asked. One that leans on the turns before is
completed from them: its pronouns (`bot.pronouns`), or what it leaves out ("and Seymour?", "why?",
"who said that?", "what else?"), which is filled in from the last question that was understood.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from bot import referents
from bot.people import Person
from bot.pronouns import is_of_the_article, resolved
from bot.small_talk import small_talk, without_courtesy
from bot.turns import Turn
from bot.wording import (
    ABOUT,
    AUXILIARIES,
    DETERMINERS,
    LIGHT,
    POSSESSIVES,
    PREPOSITIONS,
    VERBS,
    form,
    gist,
    subject_and_rest,
    things,
    tidy,
    without_politeness,
)

__all__ = ["Turn", "standalone"]

LONGEST_FRAGMENT = 7  # words; a longer message with no verb is a search of its own

_JOINING = re.compile(
    r"(?:(?:and|but|so|or|also|then|now|ok|okay|well)\s+)*(?:(?:what|how) about|what of|same (?:question )?for|"
    r"and|but|or|so|now|then|what if we ask)\s+",
    re.IGNORECASE,
)
_ASKED = (
    r"(?:(?:in|at|on|to|for|from|by|with|since|until|of|about|under) )?(?:why|when|where|how|who|whom|what|which)"
    r"(?: (?:many|much|long|often|old|far|big|large|high|fast|come|so|not|for|time|day|year|month|"
    r"exactly|one|ones|precisely|place|city|country|street|streets|date))*"
)
_BARE = re.compile(rf"(?P<asked>{_ASKED})(?: then| though| again)?", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?P<asked>(?:(?:in|at|on|to|for|from|by|with) )?(?:how many|how much|which|what|whose)(?: (?!about\b)[^\W\d_]+){1,3})",
    re.IGNORECASE,
)
_OF_THAT = re.compile(
    rf"(?!wh(?:at|ich|o) )(?P<asked>{_ASKED}) (?:is|was|were|are|did|does|do|has|had|would|will|could) (?:that|it|this|those|these|they|so)"
    r"(?: (?:so|the case|happen\w*|occur\w*|take place|taken place|come about|done|like that|be|exactly))*",
    re.IGNORECASE,
)
_IDENTITY = re.compile(r"(?:what|who|whom) (?:is|was|are|were) \w+", re.IGNORECASE)
_WHO_SAID = re.compile(
    r"(?:who|which (?:person|one|official|expert|politician|speaker)|whom?)(?: (?:exactly|actually|else))? "
    r"(?:said|says|say|claimed|claims|told|wrote|stated|states|made|thinks|believes|argued|mentioned|reported)"
    r"(?: (?:that|this|it|so|those|these|us that|them that|(?:that|this|those|these) (?:\w+)))?"
    r"|says who|(?:and |so )?according to whom?|who(?: is| was)? (?:that|this|it) (?:according to|from|by|said by)"
    r"|whose (?:words|quote|claim|opinion|view|statement)s? (?:is|was|are|were) (?:that|this|it|they|those|these)"
    r"|(?:what|who) is (?:the|your) source(?: (?:of|for) (?:that|this|it))?|where (?:does|did) (?:that|this|it) come from"
    r"|who (?:is|was) (?:being )?quoted(?: (?:there|here))?|who (?:is|was) (?:saying|speaking|talking)(?: (?:that|this|there|here))?"
    r"|by whom was (?:that|this|it) said|who was it that said (?:that|this|so|it)|who told you (?:that|this|so)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:is|was|are|were) there )?(?:any(?:thing)?|something|what|much)? ?(?:else|more|further)(?: (?:details?|information|info|on (?:that|this|it)|"
    r"about (?:that|this|it)|to (?:say|add)|can you (?:tell me|say)(?: about (?:that|this|it))?|is there|do you know|happened))*"
    r"|(?:please )?(?:tell|give|show) me (?:some |any )?(?:more|details?)(?: (?:details?|info|information|on|about|please|that|this|it))*"
    r"|go on|continue|carry on|keep going|more(?: please)?|next|elaborate(?: (?:on )?(?:that|this))?|expand(?: on (?:that|this|it))?|"
    r"(?:can|could) you (?:elaborate|expand|go on|continue|tell me more|say more)(?: (?:on|about) (?:that|this|it))?|"
    r"explain(?: (?:that|this|it|more|further))?|in more detail|and then|what then|anything to add|say more",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:(?:did|does|is|was|are|were|has|have) )?(?:there )?(?:any(?:one|body)|some(?:one|body)|who|which (?:other )?(?:people|ones)|any|what) (?:else|others?)"
    r"(?: (?:said|say|says|did|does|do|think|thinks|spoke|speak|agree|agrees|is there|was there|who (?:said|thinks) (?:that|so|this)))?(?: (?:that|this|so|it|too|about (?:that|it|this)))*"
    r"|others|who are the others|and the others|nobody else|no one else",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"(?:and )?what (?:happened|happens|came|comes|will happen|was) (?:next|then|afterwards?|after(?: that| this)?|later|subsequently)"
    r"|(?:and )?(?:after(?:wards)?|before)(?: that| this)?|(?:and )?what (?:happened|was) before(?: that| this)?|what (?:next|followed)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"(?:(?:are|r) you (?:sure|certain)(?: about (?:that|this|it))?|really|seriously|is (?:that|this|it) (?:true|right|correct|so)|"
    r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)(?:n't)? (?:he|she|they|it|that|this|there)(?: not| really)?|"
    r"what|huh|pardon|say (?:that|it) again|repeat(?: (?:that|it))?|come again|how do you know(?: (?:that|this))?|"
    r"where does it say (?:that|so)|prove it|show me(?: (?:that|where|it))?|what do you mean(?: by (?:that|this))?)",
    re.IGNORECASE,
)
_VIEWED = re.compile(
    r"\b(?:agrees?|disagrees?|views?|opinions?|reactions?|responses?|position|stance|take|thoughts?|"
    r"reply|react|respond|comment|answer|(?:the )?same(?: thing)?|(?:think|say|believe)s? so|likewise)(?: too| as well| also)?\W*$",
    re.IGNORECASE,
)
_RELATIONAL = re.compile(
    r"\b(?:what|who) (?:was|were|is|are) the (?:main |exact |official |real |final |total |other )?(?P<noun>reasons?|causes?|results?|outcomes?|"
    r"purpose|aim|goal|motives?|consequences?|effects?|cost|price|date|deadline|penalty|context|background|"
    r"total|number|details|circumstances|point|response|reaction)(?: (?:for|of|behind|to) (?:that|this|it))?\W*$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:say|said|says|think|thinks|tell|told|claim|claimed|believe|argue|comment|feel|react|respond|suggest|want|propose)\W*$",
    re.IGNORECASE,
)
_NEGATED = {"is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't", "do": "don't",
            "does": "doesn't", "did": "didn't", "has": "hasn't", "have": "haven't", "had": "hadn't",
            "can": "can't", "could": "couldn't", "would": "wouldn't", "will": "won't",
            "should": "shouldn't"}  # fmt: skip
_ORDERS = frozenset(
    "summarise summarize sum list name describe explain compare outline tell give show recap find "
    "define quote identify mention let".split()
)
_OPEN_ENDED = frozenset(
    "anything anyone anybody something someone nothing nobody everything everyone any other more "
    "another others else yes no".split()
)
_ANYONE = frozenset("anyone anybody someone somebody people".split())
_PREPOSITION_LED = re.compile(rf"(?:{'|'.join(sorted(PREPOSITIONS))})\s", re.IGNORECASE)


def standalone(question: str, turns: Sequence[Turn], people: Sequence[Person] = ()) -> str:
    """`question` in a form that needs no earlier turn to be understood.

    Args:
        question: as it was typed.
        turns: the turns before, oldest first; each with the question that was understood.
        people: whom the articles asked about name (`bot.people.people_in`).
    """
    text = tidy(without_courtesy(question))
    turns = [turn for turn in turns if small_talk(turn.question) is None]
    if is_of_the_article(text):
        return text
    if not turns:
        return _finished(resolved(text, turns, people), text) if people else text
    asked = without_politeness(text)
    core = asked.strip().rstrip("?!.…, ").strip()
    joined = _JOINING.match(core)
    bare = core[joined.end() :] if joined and len(joined.group()) < len(core) else core
    last = turns[-1]
    for pattern, complete in _ELLIPSES:
        # "and why", "but who said that": the joining word changes nothing.
        found = pattern.fullmatch(core) or pattern.fullmatch(bare)
        if (
            found is not None
            and complete is _counted
            and _has_verb(" ".join(found.group().split()[1:]))
        ):
            continue
        if found is not None and not _IDENTITY.fullmatch(found.group()):
            return _finished(complete(found, last, people))
    if joined is None or _has_verb(bare):
        whole = bare if joined is not None and _has_verb(bare) else asked
        if joined is None and _is_fragment(core):
            return _fragment(core, asked, turns, people, certain=False)
        return _completed(whole, asked, turns, people, joined is not None)
    return _fragment(bare, asked, turns, people, certain=True)


def _completed(
    text: str, asked: str, turns: Sequence[Turn], people: Sequence[Person], joined: bool
) -> str:
    """A question with a verb of its own: its pronouns, and a topic it leaves to the last one."""
    whole = resolved(text, turns, people)
    last = turns[-1]
    relational = _RELATIONAL.search(text)
    if relational is not None:
        subject = gist(last.question)
        if subject and len(subject.split()) <= referents.LONGEST_GIST:
            return _finished(f"{text[: relational.end('noun')]} for {subject}", asked)
    about = referents.topic(last, people) or ""
    names_topic = any(thing.role == "about" for thing in things(whole))
    if about and not names_topic and about.lower() not in whole.lower():
        if _VIEWED.search(text) or (joined and _SPEAKS.search(text)):
            whole = re.sub(r"[?!. ]+$", "", whole) + f" about {about}"
    if whole == asked:
        return asked
    return _finished(whole, asked)


def _fragment(
    fragment: str, asked: str, turns: Sequence[Turn], people: Sequence[Person], *, certain: bool
) -> str:
    """ "and Seymour?", "on mandates?": put in the place of its like in the last question."""
    fragment = resolved(fragment, turns, people)
    if fragment.split()[0].lower() in _OPEN_ENDED:
        return _finished(resolved(asked, turns, people), asked)
    last = turns[-1]
    words = fragment.split()
    cut = next(
        (
            at
            for at, word in enumerate(words)
            if at and word.lower() in ABOUT - {"against", "toward", "towards"}
        ),
        0,
    )
    if cut:
        whole = _in_place_of(" ".join(words[:cut]), last.question, people, certain)
        filled = whole and _in_place_of(" ".join(words[cut:]), whole, people, certain)
    else:
        filled = _in_place_of(fragment, last.question, people, certain)
    if filled:
        return _finished(filled)
    if not certain:
        return resolved(asked, turns, people)
    if _PREPOSITION_LED.match(fragment):
        return _finished(f"{last.question.rstrip('?!. ')} {fragment}")
    return _finished(f"What about {fragment}")


def _in_place_of(fragment: str, last: str, people: Sequence[Person], certain: bool) -> str | None:
    """`last` with `fragment` where its like stood; None where nothing in it is like that."""
    words = fragment.split()
    if words[0].lower() in PREPOSITIONS and len(words) > 1:
        return _after_preposition(words[0].lower(), " ".join(words[1:]), fragment, last)
    named = referents.mentions(_mid_sentence(fragment), people)
    is_person = (
        bool(named)
        and named[0].person.name
        and (
            named[0].person.gender != "they" or any(named[0].person is person for person in people)
        )
    )
    parts = form(last)
    if is_person:
        slots = [
            mention
            for mention in referents.mentions(last, people)
            if mention.person.name != named[0].person.name
        ]
        subject = _subject_span(last, people)
        for slot in slots:
            if subject is None or slot.start < subject[1]:
                return last[: slot.start] + fragment + _possessive(last, slot.end)
        if subject is not None and _SPEAKS.search(
            last[: subject[1] + 30].split("about")[0].rstrip() + " "
        ):
            return last[: subject[0]] + fragment + last[subject[1] :]
        if slots:
            return last[: slots[0].start] + fragment + _possessive(last, slots[0].end)
        if parts.asked.lower() == "who" and not parts.auxiliary:
            return f"{fragment} {parts.rest}"
    if not certain and len(words) > 3:
        return None
    named_things = things(last)
    someone = [(m.start, m.end) for m in referents.mentions(last, people)]
    for role in ("about", "object", "subject"):
        for thing in reversed(named_things):
            free = not any(left < thing.end <= right for left, right in someone)
            if thing.role == role and (free or role == "about"):
                return last[: thing.start] + fragment + last[thing.end :]
    if someone and certain and named:
        start, end = someone[0]
        return last[:start] + fragment + last[end:]
    return None


def _after_preposition(lead: str, thing: str, fragment: str, last: str) -> str | None:
    alike = [
        {"about", "on", "regarding", "concerning", "over"},
        {"in", "at", "near", "around"},
        {lead},
    ]
    for group in alike:
        if lead in group:
            for named in reversed(things(last)):
                if named.lead in group and not (lead in {"on"} and named.role == "place"):
                    return last[: named.start] + thing + last[named.end :]
    words = re.sub(r"[?!. ]+$", "", last)
    return f"{words} {fragment}"


def _subject_span(question: str, people: Sequence[Person]) -> tuple[int, int] | None:
    parts = form(question)
    if not parts.auxiliary or not parts.rest:
        return None
    subject, _ = subject_and_rest(parts.rest, tuple(person.name for person in people))
    start = question.find(parts.rest)
    return (start, start + len(subject)) if subject and start >= 0 else None


def _possessive(last: str, end: int) -> str:
    return last[end:]


def _mid_sentence(fragment: str) -> str:
    """With a word before it, so that a capital letter at its head is a name's."""
    return f"about {fragment}"


# --- what a follow-up may leave out, and how the last question completes it


def _reasked(found: re.Match[str], last: Turn, people: Sequence[Person]) -> str:
    """ "When?" after "Did police arrest anyone?" is "When did police arrest anyone?"."""
    asked = re.sub(r" (?:exactly|precisely)$", "", found.group("asked").lower())
    parts = form(last.question)
    if asked in {"what", "how so", "which", "which one", "which ones", "what for"}:
        asked = {"what": "", "how so": "how", "what for": "why"}.get(asked, "which")
    if not asked:
        return last.question
    negative = asked == "why not"
    asked = {"why not": "why", "how come": "why"}.get(asked, asked)
    subject, rest = subject_and_rest(parts.rest, tuple(person.name for person in people))
    if not parts.auxiliary:
        if parts.asked:
            if asked in {"who", "how many", "which", "how much"}:
                return f"{asked} {parts.asked_noun} {parts.rest}"
            return f"{asked} is it that {parts.asked_noun or 'someone'} {parts.rest}"
        return f"{asked} {gist(last.question)}"
    auxiliary = parts.auxiliary.lower()
    if negative:
        auxiliary = _NEGATED.get(auxiliary, auxiliary)
    if asked == "how many":
        counted = next((thing for thing in things(last.question) if thing.text.endswith("s")), None)
        plural = (
            subject if subject.lower() in _ANYONE or auxiliary not in {"did", "does", "do"} else ""
        )
        noun = plural or (counted.text if counted else "")
        if noun and noun.lower() in parts.rest.lower():
            remaining = re.sub(rf"(?i)\b{re.escape(noun)}\b\s*", "", parts.rest, count=1)
            if subject and noun == subject and auxiliary in {"did", "does", "do"}:
                return f"how many {noun} {auxiliary} {remaining}"
            noun = re.sub(r"^(?:the|a|an|any)\s+", "", noun)
            noun = "people" if noun.lower() in _ANYONE else noun
            return f"how many {noun} {auxiliary} {remaining}"
        return f"how many {parts.asked_noun} {auxiliary} {parts.rest}"
    if asked == "who" and subject.lower() in _ANYONE:
        return f"who {auxiliary} {rest}"
    if (
        parts.asked.split()[:1]
        and parts.asked.split()[-1].lower() in {"who", "what", "whom"}
        and not subject
    ):
        subject = "someone" if parts.asked.lower().startswith("who") else "it"
    if not subject and parts.asked_noun:
        subject = parts.asked_noun
    elif parts.asked_noun and auxiliary in {"did", "does", "do"}:
        rest = f"{rest} {parts.asked_noun}"
    if parts.asked.lower() in {"what", "which"} and auxiliary in {"did", "does", "do"}:
        # What was asked for is the verb's object: the topic says what it was, else the answer does.
        told = None if referents.topic(last, people) else referents.answered_gist(last)
        verb, _, remainder = rest.partition(" ")
        bare = not remainder or remainder.lower() in PREPOSITIONS
        if bare and told is not None:
            rest = f"{rest} {told}"
        elif bare or _SPEAKS.search(verb):
            rest = f"{verb} that {remainder}" if not bare else f"{rest} that"
    return f"{asked} {auxiliary} {subject} {rest}"


def _counted(found: re.Match[str], last: Turn, people: Sequence[Person]) -> str:
    """ "How many children?" after "How many people were hurt?" asks how many children were."""
    asked = found.group("asked")
    parts = form(last.question)
    if not parts.auxiliary:
        return f"{asked} {parts.rest}"
    subject, rest = subject_and_rest(parts.rest, tuple(person.name for person in people))
    if subject.lower() in _ANYONE:
        subject = ""
    return f"{asked} {parts.auxiliary.lower()} {subject} {rest}"


def _who_said(_found: re.Match[str], last: Turn, _people: Sequence[Person]) -> str:
    said = referents.quotation(last)
    if said is not None:
        return f'Who said "{said}"'
    return f"Who said anything about {gist(last.question)}"


def _more(_found: re.Match[str], last: Turn, _people: Sequence[Person]) -> str:
    """ "What else?" after "What did she say about it?" is "What else did she say about it?"."""
    parts = form(last.question)
    if parts.asked and " else" not in parts.asked:
        if parts.asked.lower() in {"what", "who", "where", "why"}:
            return " ".join((parts.asked, "else", parts.auxiliary, parts.rest))
        return f"What else about {gist(last.question)}"
    if " else" in parts.asked:
        return last.question
    return f"What else about {gist(last.question)}"


def _others(_found: re.Match[str], last: Turn, people: Sequence[Person]) -> str:
    """ "Anyone else?" asks the last question of all the others."""
    parts = form(last.question)
    if parts.asked.lower() in {"who", "whom"}:
        return " ".join((parts.asked, "else", parts.auxiliary, parts.rest))
    about = referents.topic(last, people)
    subject = _subject_span(last.question, people)
    if about is not None:
        return f"Who else spoke about {about}"
    if parts.asked.lower() == "what" and subject is not None:
        return f"{last.question[: subject[0]]}anyone else{last.question[subject[1] :]}"
    if parts.asked_noun:
        return f"Which other {parts.asked_noun} {parts.auxiliary} {parts.rest}"
    if subject is not None:
        return f"{last.question[: subject[0]]}anyone else{last.question[subject[1] :]}"
    return f"Who else: {gist(last.question)}"


def _afterwards(found: re.Match[str], last: Turn, people: Sequence[Person]) -> str:
    when = "before" if "before" in found.group().lower() else "after"
    return f"What happened {when} {referents.event(last, people) or gist(last.question)}"


def _again(_found: re.Match[str], last: Turn, _people: Sequence[Person]) -> str:
    return last.question


_ELLIPSES: tuple[
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


def _has_verb(text: str) -> bool:
    words = [word.lower().strip("?!.,'\"") for word in text.split()]
    if not words:
        return False
    if (
        words[0] in {"who", "what", "when", "where", "why", "how", "which", "whose"}
        or words[0] in AUXILIARIES
    ):
        return len(words) > 1
    return words[0] in _ORDERS or any(
        word in AUXILIARIES
        or (word in VERBS and before not in DETERMINERS | POSSESSIVES | PREPOSITIONS)
        for before, word in pairwise(["", *words])
    )


def _is_fragment(core: str) -> bool:
    """A few words without a verb that name something: "on mandates", "the mayor", "Seymour"."""
    words = core.split()
    if not words or len(words) > LONGEST_FRAGMENT or _has_verb(core):
        return False
    return any(word.lower() not in LIGHT for word in words)


def _finished(question: str, like: str = "") -> str:
    """With a capital letter and a question mark, unless it was typed without them."""
    text = re.sub(r"\s+", " ", question).strip(" ,.?!")
    text = re.sub(r"\s+([,?])", r"\1", text)
    if like:
        mark = "?" if like.rstrip().endswith("?") else ""
        return text[:1].upper() + text[1:] + mark if like[:1].isupper() else text + mark
    return text[:1].upper() + text[1:] + "?"
