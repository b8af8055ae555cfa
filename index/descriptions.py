"""What an article calls somebody, from the words beside the name."""

import re
from collections.abc import Sequence

from index.grammar import PREPOSITIONS
from index.name_words import GENDERED_WORDS, NOT_NAMES, ROLES, Gender
from index.tokens import Token

_LONGEST_DESCRIPTION = 12  # words


def described_gender(description: str) -> Gender:
    for word in description.lower().split():
        if word in GENDERED_WORDS:
            return GENDERED_WORDS[word]
    return ""


def description_beside(
    text: str, tokens: Sequence[Token], first: int, last: int, title: str
) -> str:
    """What stands beside a name: before it ("Wellington mayor") or after it (", a nurse,")."""
    before = _role_before(text, tokens, first)
    if before or title:
        return f"{before} {title}".strip()
    return _apposition(text, tokens, last)


def _role_before(text: str, tokens: Sequence[Token], first: int) -> str:
    """The words before a name back to a determiner or a mark, if the last one is a role."""
    if first == 0 or tokens[first - 1].lower not in ROLES:
        return ""
    if "\n" in text[tokens[first - 1].end : tokens[first].start]:
        return ""
    at = first - 1
    while at > 0 and first - at < _LONGEST_DESCRIPTION:
        token = tokens[at - 1]
        if not token.word[0].isalpha() or "\n" in text[token.end : tokens[at].start]:
            break
        if token.lower in NOT_NAMES or token.lower.endswith("ly"):
            break
        if not token.capital and tokens[at].capital and at < first - 1:
            break
        at -= 1
    return text[tokens[at].start : tokens[first - 1].end]


def _apposition(text: str, tokens: Sequence[Token], last: int) -> str:
    if last + 1 >= len(tokens) or tokens[last].word != ",":
        return ""
    first = last + 1
    if tokens[first].word in {"A", "An", "The"}:
        return ""  # the next name of a list
    if tokens[first].lower not in {"a", "an", "the"} and tokens[first].lower not in ROLES:
        return ""  # "her opponent" says nothing where nobody knows who she is
    for at in range(first, min(first + _LONGEST_DESCRIPTION, len(tokens))):
        if tokens[at].word in {",", ".", ";", ":", "—", "―", "–", "-", "--", "(", '"', "“"}:
            found = text[tokens[first].start : tokens[at - 1].end]
            if at - first < 2 or "\n" in found:
                return ""
            if tokens[at - 1].lower in PREPOSITIONS:
                return ""  # what follows is a title in quotation marks
            return re.sub(r"^(?:an?|the)\s+", "", found)
        if tokens[at].lower in {"who", "which", "that", "said", "says", "told"}:
            return ""
    return ""
