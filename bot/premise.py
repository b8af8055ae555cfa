"""Questions that take something for granted which the article contradicts.

"Why did Ardern agree to meet the protesters?" supposes that she did; the article has "She refused
to budge on any of their demands, or consider meeting with them". A sentence contradicts where it
speaks of the same people and things and says the opposite of, or denies, what is supposed.
"""

import re
from collections.abc import Sequence

from bot.bearing import Bearing, asked_words
from index.passages import Passage, searchable_text
from index.questions import Question
from index.words import STOP_WORDS, stem, words

# What is supposed, and the words with which a sentence says that it is otherwise.
_OPPOSITES = {
    said: frozenset(stem(word) for word in opposite.split())
    for saids, opposite in (
        ("agree accept approve consent", "refused rejected declined denied opposed vetoed refusal"),
        (
            "allow permit let authorise authorize",
            "banned prohibited forbade forbidden blocked barred",
        ),
        ("ban prohibit forbid", "allowed permitted legal lifted"),
        (
            "support back favour favor endorse",
            "opposed opposes rejected criticised criticized against",
        ),
        ("oppose reject", "supported backed approved accepted agreed endorsed"),
        ("refuse decline", "agreed accepted"),
        ("win beat defeat", "lost defeated beaten"),
        ("lose", "won win beat wins winning victory"),
        ("convict guilty conviction", "acquitted dropped mistrial deadlocked cleared innocent"),
        ("acquit innocent clear", "convicted guilty"),
        ("rise increase grow climb gain", "fell fall dropped decreased declined shrank lower"),
        ("fall decrease drop shrink", "rose risen increased grew climbed higher"),
        ("survive", "died killed dead"),
        ("die", "survived survives"),
        ("stop quit cease halt", "always continued continues still"),
        ("resign", "stay remain remains"),
        ("raise", "cut lowered reduced"),
        ("cut lower reduce", "raised increased"),
        ("hire appoint", "fired sacked dismissed"),
        ("succeed pass", "failed fail rejected"),
        ("fail", "succeeded passed won"),
        ("cancel postpone", "ahead"),
        ("release free", "detained remains"),
        ("peaceful", "violent violence"),
        ("confirm admit", "denied denies deny rejected"),
    )
    for said in (stem(word) for word in saids.split())
}
_SUPPOSES = re.compile(r"(?i)\b(?:why|when|how come|what (?:made|led))\b")
_NEGATED_QUESTION = re.compile(r"(?i)\b(?:not|never|no|without)\b|n[’']t\b")
_DENIAL = re.compile(
    r"(?i)\b(?:not|never|cannot|without|refus\w+ to|declin\w+ to|fail\w* to|unable to|ruled? out|"
    r"den(?:y|ied|ies)|no longer)\b|\w+n[’']t\b"
)
WITHIN = 3  # words after a denial that it still denies


def contradicting(question: Question, measured: Sequence[Bearing]) -> Passage | None:
    """The sentence that says otherwise than the question takes for granted, or None."""
    if not _SUPPOSES.search(question.text) or _NEGATED_QUESTION.search(question.text):
        return None
    asked = asked_words(question)
    best: tuple[float, Passage | None] = (0.0, None)
    for bearing in measured:
        present = [stem(word) for word in words(searchable_text(bearing.passage))]
        supposed = denied(asked, bearing.passage.text) or _opposed(asked, present)
        if supposed is None or bearing.measures["named"] < 0.5:
            continue
        others = [word for word in asked if word != supposed]
        held = sum(word in present for word in others) / len(others) if others else 0.0
        share = max(held, bearing.measures["near"])
        if held >= 0.5 and share > best[0]:
            best = (share, bearing.passage)
    return best[1]


def _opposed(asked: dict[str, str], present: Sequence[str]) -> str | None:
    """The asked word whose opposite stands in the sentence, itself not being there."""
    for word in asked:
        if word not in present and _OPPOSITES.get(word, frozenset()) & set(present):
            return word
    return None


def denied(asked: dict[str, str], text: str) -> str | None:
    """The asked word, not the first, that follows a denial closely."""
    actions = list(asked)[1:]
    for denial in _DENIAL.finditer(text):
        if any(stem(word) in asked for word in words(denial.group())):
            continue  # "Why did she refuse to ...?" supposes the denial itself
        after = [
            stem(word)
            for word in words(re.split(r"[,;:.!?]", text[denial.end() :])[0])
            if word not in STOP_WORDS
        ][:WITHIN]
        for word in actions:
            if word in after[:1]:
                return word
    return None
