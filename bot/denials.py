"""What a sentence denies: the words that its "not", "no", "refused to" or "never" turns round."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.words import STOP_WORDS, stem, words

_NOT = re.compile(
    r"(?i)\b(?:not(?! (?:only|just|merely|least)\b)|never|cannot|without|refus\w+ to|declin\w+ to|"
    r"fail\w* to|unable to|unwilling to|(?:has|have|had|is|are) yet to|no plans? to|ruled? out|"
    r"den(?:y|ied|ies|ying)|rather than|instead of|stopped short of|"
    r"(?:recommend|advis|warn|vot|rul|decid|argu)\w* against|refusal to|refuses|"
    r"nobody|no[ -]one|none)\b|\b\w+n[’']t\b"
)
_NO = re.compile(r"(?i)\b(?:no|neither)\s+(?!longer\b|more\b|doubt\b|matter\b|later\b)(?=[a-z])")
# "... by posting bail, but that has not happened": what stands before is denied.
_BACKWARDS = re.compile(
    r"(?i)\b(?:that|this|it|which) (?:(?:has|have|had|did|does|do|will|would)(?: not|n[’']t)|"
    r"never) (?:yet |ever )?(?:happen\w*|occur\w*|materiali[sz]\w*|succeed\w*|work\w*|take place)"
)
# After these a denial is only supposed, or ends.
_SUPPOSED = re.compile(
    r"(?i)\b(?:if|unless|whether|would|were it|could|might|may)\W+(?:\w+\W+){0,3}$"
)
_ENDS = re.compile(r"(?i)^(?:\W*\w+){0,8}\W+(?:until|unless|before)\b")
_CLAUSE_END = re.compile(r"[,;:.!?]|\b(?:but|because|although|though|while|when)\b")
_FILLERS = frozenset(
    stem(word)
    for word in "able want wants wanted plan planned intend intended expect expected go "
    "going try trying yet immediately fully really even ever actually simply consider "
    "willing ready need needed commit committed necessarily seem appear".split()
)
REACH = 4  # content words after "no" among which noun and verb stand


@dataclass(frozen=True)
class Denial:
    """Stems of which so many must be asked for the denial to concern a question."""

    words: tuple[str, ...]
    least: int = 1


@lru_cache(maxsize=16_384)
def denials(text: str) -> tuple[Denial, ...]:
    """Every denial of a sentence, with what it denies."""
    return tuple(_denials(text))


def _denials(text: str) -> Iterator[Denial]:
    for found in _NOT.finditer(text):
        before = text[: found.start()]
        doubled = re.search(r"(?i)(?:\bnot|n[’']t|\bnever|\bno|\bcannot)\W+$", before)
        after = text[found.end() :]
        if doubled or _SUPPOSED.search(before) or _ENDS.search(after):
            continue
        reached = _first_said(_content(_CLAUSE_END.split(after, maxsplit=1)[0]))
        if reached:
            yield Denial(reached + _coordinated(after))
    for found in _NO.finditer(text):
        after = text[found.end() :]
        content = _content(_CLAUSE_END.split(after, maxsplit=1)[0])[:REACH]
        taken_back = _SUPPOSED.search(text[: found.start()]) or re.search(r"\bbut\b", after)
        if len(content) > 1 and not taken_back:
            yield Denial(tuple(content), least=2)
    for found in _BACKWARDS.finditer(text):
        content = _content(text[: found.start()])
        if content:
            yield Denial(tuple(content[-REACH:]), least=2)


def is_denying(word: str) -> bool:
    """Whether a word of a question denies by itself: "refuse", "deny", "fail"."""
    return stem(word) in _DENYING


_DENYING = frozenset(stem(word) for word in "refuse decline fail deny refusal unable".split())


def _coordinated(after: str) -> tuple[str, ...]:
    """As in "refused to budge on their demands, or consider meeting with them"."""
    sentence = re.split(r"[.;:!?]", after, maxsplit=1)[0]
    others = re.split(r"(?i)\b(?:or|nor)\b", sentence)[1:]
    return tuple(word for other in others for word in _first_said(_content(other)))


def _first_said(content: list[str]) -> tuple[str, ...]:
    """The first word that is no filler: "reproduce" of "able to reproduce"."""
    end = next((at for at, word in enumerate(content) if word not in _FILLERS), len(content) - 1)
    return tuple(content[end : end + 1])


def _content(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOP_WORDS]
