"""Whether anyone died or was hurt: only a sentence that speaks of it can say so.

A sentence about the same crowd and the same evening is near such a question in every other way,
and a "yes" that the article does not give is the worst of wrong answers.
"""

import re

from index.questions import Question

_DIED = re.compile(
    r"\b(?:die[ds]?|dead|killed|drown\w*|murdered|perish\w*|deaths?|fatalit(?:y|ies)|"
    r"casualt(?:y|ies))\b"
)
_HURT = re.compile(r"\b(?:injured|injur(?:y|ies)|wounded|hurt|bitten)\b")
_TELLS_DEATH = (
    r"die[ds]?|dying|dead\w*|deaths?|kill\w*|fatal\w*|murder\w*|sla(?:in|y\w*|ughter\w*)|drown\w*|"
    r"perish\w*|corpses?|bod(?:y|ies)|li(?:fe|ves)|surviv\w*|execut\w*|suicid\w*|shot|victims?|"
    r"casualt\w*|tolls?|alive|unharmed|unhurt|mourn\w*|funerals?|martyr\w*"
)
_TELLS_HARM = (
    r"injur\w*|hurt\w*|wound\w*|hospital\w*|br(?:oke\w*|eak\w*)|fractur\w*|bruis\w*|burn\w*|treat\w*|"
    r"unscathed|ambulances?|surg\w+|stab\w*|crush\w*|bit(?:e|es|ten)?|maim\w*|harm\w*|blood\w*|"
    r"bleed\w*|conscious\w*|concuss\w*|suffer\w*|medic\w*|doctors?|critical|safe\w*"
)
_DEATH = re.compile(rf"(?i)\b(?:{_TELLS_DEATH})\b")
_HARM = re.compile(rf"(?i)\b(?:{_TELLS_DEATH}|{_TELLS_HARM})\b")


def telling(question: Question) -> re.Pattern[str] | None:
    """The words of which a sentence must have one; None where nobody's harm is asked about."""
    if question.kind != "yes_no":
        return None
    asked = question.text.lower()
    if _HURT.search(asked):
        return _HARM
    return _DEATH if _DIED.search(asked) else None
