"""What the attributions of one sentence say of each other, as names of weights."""

from collections.abc import Sequence

from index.clause import Clause
from index.cues import CUES

Given = tuple[Clause, str]
"""A clause and the key of its source."""

_WORDLESS = frozenset("noun given made adjective view".split())  # patterns without a verb of saying
_NEAR = 8  # clauses to look at on either side, so that a list of hundreds takes no longer


def strength_of(clause: Clause) -> str:
    """How surely the clause's verb gives words; "other" where it has none."""
    cue = CUES.get(clause.lemma)
    return cue.strength if cue and clause.pattern not in _WORDLESS else "other"


def among(weights: Sequence[int], at: int) -> tuple[str, ...]:
    """What a candidate's place among the others of its sentence says of it."""
    rival = max((w for i, w in enumerate(weights) if i != at), default=0)
    if len(weights) == 1:
        wide = "alone"
    elif weights[at] >= 1.5 * rival:
        wide = "widest"
    else:
        wide = "wide" if weights[at] >= rival else "half" if 2 * weights[at] >= rival else "narrow"
    return (f"width:{wide}", f"order:{min(at, 2)}", f"of:{min(len(weights), 4)}")


def _near(given: Sequence[Given], at: int) -> Sequence[Given]:
    return given[max(0, at - _NEAR) : at + _NEAR + 1]


def nesting(given: Sequence[Given], at: int) -> tuple[str, ...]:
    """Whether what a clause gives lies inside what another one gives, or holds another."""
    here = given[at][0]
    inside = holds = ""
    for other, _ in _near(given, at):
        if other is here:
            continue
        if any(a <= here.cue_start < b for a, b in other.content):
            inside = max(inside, f"{other.pattern}/{strength_of(other)}")
        if any(a <= other.cue_start < b for a, b in here.content):
            holds = max(holds, f"{other.pattern}/{strength_of(other)}")
    return (
        f"inside:{inside}",
        f"holds:{holds}",
        f"{here.pattern}/{strength_of(here)}<{inside}",
        f"nested:{'both' if inside and holds else 'in' if inside else 'out' if holds else ''}",
    )


def company(given: Sequence[Given], at: int) -> tuple[str, ...]:
    """Which other clauses have the same source, and which give words to somebody else."""
    key = given[at][1]
    others = [other for other in _near(given, at) if other is not given[at]]
    same = [clause for clause, source in others if source == key]
    rivals = [clause for clause, source in others if source != key]
    return (
        f"same:{min(3, len(same))}",
        *sorted({f"same:{strength_of(clause)}" for clause in same}),
        *sorted({f"same:{clause.pattern}" for clause in same}),
        *sorted({f"rival:{clause.pattern}/{strength_of(clause)}" for clause in rivals}),
        *sorted({f"beside:{clause.lemma}" for clause, _ in others}),
    )
