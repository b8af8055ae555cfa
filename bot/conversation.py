"""A follow-up becomes a question that stands alone, with no language model.

A question that stands by itself is left as it was asked. One that leans on the turns before is
completed from them: its pronouns (`bot.pronouns`), a question left out but for a word or two
(`bot.ellipsis`), or a fragment that takes the place of its like in the last question ("and
Seymour?", "on mandates?").
"""

import re
from collections.abc import Sequence

from bot.ellipsis import filled
from bot.left_open import closed, names_view
from bot.little_words import ABOUT, BE, DETERMINERS, LIGHT, POSSESSIVES, PREPOSITIONS, is_verb
from bot.mentions import mentions
from bot.overview import asked_overview
from bot.people import Person
from bot.places import is_place
from bot.pronouns import is_of_the_article, resolved
from bot.small_talk import small_talk, without_courtesy
from bot.things import things
from bot.turns import Turn
from bot.wording import form, has_verb, subject_span, tidy, without_politeness

__all__ = ["Turn", "standalone"]

LONGEST_FRAGMENT = 7  # words; a longer message with no verb is a search of its own
LONGEST_UNCERTAIN = 3  # words; without "and" or "what about", a longer one is a search too
LONGEST_UNMARKED = 2  # words; without a question mark either

_JOINING = re.compile(
    r"(?:(?:and|but|so|or|also|then|now|ok|okay|well)\s+)*"
    r"(?:(?:what|how) about|what of|same (?:question )?for|and|but|or|so|now|then|what if we "
    r"ask)\s+",
    re.IGNORECASE,
)
_ORDINALS = frozenset(
    "first second third fourth fifth sixth last next other previous former latter final".split()
)
# "Anything else about the fence" names what it asks for and takes nothing's place.
_OPEN_ENDED = frozenset(
    "anything anyone anybody something someone nothing nobody everything everyone any other more "
    "another others else yes no".split()
)
_SIMILAR_LEADS = (
    frozenset("about on regarding concerning over".split()),
    frozenset("in at near around".split()),
)


def standalone(question: str, turns: Sequence[Turn], people: Sequence[Person] = ()) -> str:
    """`question` in a form that needs no earlier turn to be understood.

    Args:
        question: as it was typed.
        turns: the turns before, oldest first; each with the question that was understood.
        people: whom the articles asked about name (`bot.people.people_in`).
    """
    text = tidy(without_courtesy(question))
    turns = [turn for turn in turns if small_talk(turn.question) is None]
    overview = asked_overview(text)
    if is_of_the_article(text) or (overview is not None and overview.asks != "sides"):
        return text
    if not turns:
        return _like(resolved(text, turns, people), text) if people else text
    asked = without_politeness(text)
    core = asked.strip().rstrip("?!.…, ").strip()
    joining = _JOINING.match(core)
    joined = joining is not None and joining.end() < len(core)
    bare = core[joining.end() :] if joining is not None and joined else core
    for short in dict.fromkeys((core, bare)):
        whole = filled(short, turns[-1], people)
        if whole is not None:
            return _finished(whole)
    if joined and not has_verb(bare):
        return _fragment(bare, asked, turns, people, certain=True)
    longest = LONGEST_FRAGMENT if asked.endswith("?") or _leads(core) else LONGEST_UNMARKED
    if not joined and _is_fragment(core) and len(core.split()) <= longest:
        return _fragment(core, asked, turns, people, certain=False)
    return _completed(bare if joined else asked, asked, turns, people, joined=joined)


def _completed(
    text: str, asked: str, turns: Sequence[Turn], people: Sequence[Person], *, joined: bool
) -> str:
    """A question with a verb of its own: its pronouns, and a topic it leaves to the last one."""
    whole = resolved(text, turns, people)
    whole = closed(whole, turns[-1], people, joined=joined) or whole
    return asked if whole == asked else _like(whole, asked)


def _fragment(
    fragment: str, asked: str, turns: Sequence[Turn], people: Sequence[Person], *, certain: bool
) -> str:
    """Put "and Seymour?", "on mandates?", "Foster on the fence?" in the place of their likes."""
    lead = fragment.lower().split()[0]
    fragment = resolved(fragment, turns, people)
    if certain and lead in POSSESSIVES and not _has_possessive(turns[-1].question):
        return _finished(f"What about {fragment}")
    words = fragment.split()
    if words[0].lower() in _OPEN_ENDED:
        open_ended = resolved(asked, turns, people)
        return _like(closed(open_ended, turns[-1], people) or open_ended, asked)
    if len(words) > 1 and names_view(fragment):
        about = closed(fragment, turns[-1], people) or fragment
        return _finished(f"What is {about}")
    last = turns[-1].question
    leads = ABOUT - {"against", "toward", "towards"}
    cut = next((at for at, word in enumerate(words) if at and word.lower() in leads), len(words))
    whole: str | None = last
    for part in (" ".join(words[:cut]), " ".join(words[cut:])):
        if part and whole is not None:
            whole = _in_place_of(part, whole, people, certain=certain)
    if whole is not None:
        return _finished(whole)
    return _finished(f"What about {fragment}") if certain else resolved(asked, turns, people)


def _has_possessive(question: str) -> bool:
    """Whether something of someone's stands in it, whose place another can take."""
    return re.search(r"\w['’]s?\s+\w", question) is not None


def _in_place_of(
    fragment: str, last: str, people: Sequence[Person], *, certain: bool
) -> str | None:
    """`last` with `fragment` where its like stood; None where nothing in it is like that."""
    lead, _, thing = fragment.partition(" ")
    if lead.lower() in PREPOSITIONS and thing:
        return _after_preposition(lead.lower(), thing, last)
    for placed in (_place_for_place(fragment, last), _done_for_done(fragment, last)):
        if placed is not None:
            return placed
    # With a word before it, a capital letter at its head is a name's.
    named = mentions(f"about {fragment}", people)
    if named and (named[0].person.gender != "they" or named[0].person in people):
        placed = _in_place_of_someone(fragment, named[0].person, last, people)
        if placed is not None:
            return placed
    if not certain and len(fragment.split()) > LONGEST_UNCERTAIN:
        return None
    someone = [(mention.start, mention.end) for mention in mentions(last, people)]
    asked = len(form(last).asked)
    for role in ("about", "object", "subject"):
        for slot in reversed(things(last)):
            free = not any(left < slot.end <= right for left, right in someone)
            if slot.role == role and slot.start >= asked and (free or role == "about"):
                if fragment.rsplit(maxsplit=1)[-1].lower() in _ORDINALS:
                    fragment = f"{fragment} {slot.text.split()[-1]}"  # "the second" goal
                return last[: slot.start] + fragment + last[slot.end :]
    subject = subject_span(last, tuple(each.name for each in people))
    if subject is not None and certain and (named or lead.lower() in DETERMINERS):
        return last[: subject[0]] + fragment + last[subject[1] :]
    return None


def _place_for_place(fragment: str, last: str) -> str | None:
    """So "and Texas?" after "How much did New York get?" asks how much Texas got."""
    if not is_place(fragment):
        return None
    named = fragment.title() if fragment.islower() else fragment
    for name in re.finditer(r"(?:[A-ZÀ-Þ][\w'-]+)(?:\s+[A-ZÀ-Þ][\w'-]+)*", last):
        words = name.group().split()
        for cut in range(len(words)):
            if is_place(" ".join(words[cut:])):
                start = name.end() - len(" ".join(words[cut:]))
                return last[:start] + named + last[name.end() :]
    return None


def _done_for_done(fragment: str, last: str) -> str | None:
    """So "and injured?" after "How many people were killed?" asks how many were injured."""
    parts = form(last)
    *_, verb = parts.rest.split() or [""]
    alike = parts.auxiliary.lower() in BE and _is_participle(verb) and _is_participle(fragment)
    return f"{last.rstrip('?!. ')[: -len(verb)]}{fragment}" if alike else None


def _is_participle(word: str) -> bool:
    return " " not in word and word.islower() and is_verb(word) and word.endswith(("ed", "en", "n"))


def _in_place_of_someone(
    fragment: str, person: Person, last: str, people: Sequence[Person]
) -> str | None:
    """The subject's place first; "Who wants it?" becomes "Seymour wants it?"."""
    slots = [
        (mention.start, mention.end)
        for mention in mentions(last, people)
        if mention.person.name != person.name
    ]
    subject = subject_span(last, tuple(each.name for each in people))
    if subject is not None:
        slots.sort(key=lambda slot: not subject[0] <= slot[0] < subject[1])
    if slots:
        start, end = slots[0]
        head = re.sub(r"\bthe $", "", last[:start], flags=re.IGNORECASE)
        return head + fragment + last[end:]
    parts = form(last)
    if parts.asked.lower() == "who" and not parts.auxiliary:
        return f"{fragment} {parts.rest}"
    return None


def _after_preposition(lead: str, thing: str, last: str) -> str:
    """In the place of what stood behind a like preposition, else at the end."""
    alike = next((group for group in _SIMILAR_LEADS if lead in group), frozenset({lead}))
    for slot in reversed(things(last)):
        if slot.lead in alike and not (lead == "on" and slot.role == "place"):
            return last[: slot.start] + thing + last[slot.end :]
    return f"{last.rstrip('?!. ')} {lead} {thing}"


def _leads(core: str) -> bool:
    """Whether it begins as a part of a sentence does: "on mandates", "the mayor"."""
    return (core.lower().split() or [""])[0] in PREPOSITIONS | DETERMINERS


def _is_fragment(core: str) -> bool:
    """A few words without a verb that name something: "on mandates", "the mayor", "Seymour"."""
    words = core.lower().split()
    if not words or len(words) > LONGEST_FRAGMENT or has_verb(core):
        return False
    return any(word not in LIGHT for word in words)


def _finished(question: str) -> str:
    """Capitalised, with one question mark."""
    text = re.sub(r"\s+([,?])", r"\1", re.sub(r"\s+", " ", question)).strip(" ,.?!")
    return text[:1].upper() + text[1:] + "?"


def _like(question: str, asked: str) -> str:
    """With the capital letter and the question mark of the one that was asked."""
    text = _finished(question)
    if asked[:1].islower():
        text = text[:1].lower() + text[1:]
    return text if asked.rstrip().endswith("?") else text.rstrip("?")
