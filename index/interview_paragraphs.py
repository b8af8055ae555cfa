"""The paragraphs of an interview, each alone: its label, and whether it asks or answers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.sentences import Sentence

_LETTERED = 2  # paragraphs under "Q" and under "A", from which on these are labels
_LONGEST_QUESTION = 120  # words
_LONGEST_PROMPT = 30  # words of a prompt that is no question: "Tell me about the fire."
_LONGEST_REMARK = 15  # words: "So no regrets."
_LETTER = re.compile(
    r"(Q|A)(?:(?:\s?[:.)]|\s?[—–-])?\s+(?=[A-Z\"“'‘\d£$€])|(?<=Q)(?=[A-Z][a-z’']))"
)
_LABEL = re.compile(
    r"((?:[A-ZÀ-Þ][\w.’'&-]*)(?: (?:[A-ZÀ-Þ&(][\w.’'&)-]*|of|the|de|van|von|der|la|al|bin)){0,5})"
    r"\s?:\s+(?=\S)"
)
_NEVER_LABELS = re.compile(
    r"(?i)\b(?:interview|words|read|photos?|picture|image|video|watch|listen|sources?|updated?|"
    r"related|note|editor|correction|published|date|time|venue|where|when|what|why|how|who|"
    r"result|scores?|scorers|teams|address|email|tel|phone|website|price|rating|verdict|warning|"
    r"analysis|background|credit|caption|tickets)\b"
)
_YOU = re.compile(r"(?i)\b(?:you|your|yours|yourself|you['’]\w+)\b")
_OWN = re.compile(r"(?<!War )\bI\b|\b(?:[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Uu]s|[Oo]urs?)\b")
_SINGULAR = re.compile(r"(?<!War )\bI\b|\b(?:[Mm]e|[Mm]y|[Mm]yself)\b")
_PLURAL = re.compile(r"\b(?:[Ww]e|[Uu]s|[Oo]ur)\b")
# What an interviewer says of themselves.
_ASKING_I = re.compile(
    r"(?i)\b(?:can|could|may|might|must|should) i\b|\b(?:if i may|i (?:\w+ )?(?:read|hear|heard|"
    r"see|understand|gather|wonder|believe|have to ask|must ask|want to ask|noticed?|ask)|"
    r"(?:tell|give|show|remind|help) me)\b"
)
_PROMPT = re.compile(
    r"(?i)(?:(?:so|and|but|well|ok|okay|please|finally|now),? )*(?:tell|talk|describe|explain|take|"
    r"walk|give|remind|let['’]s|you|your|some (?:people )?say|people say|critics|they say)\b"
)
_TELL = re.compile(r"(?i)(?:tell|talk) (?:me|us)\b|(?:describe|explain) ")
_TAG = re.compile(r"(?i)\b(?:you see|you know|do we|don['’]t we|isn['’]t it|right|okay|ok|no)\?$")
_SIGNED = re.compile(r"\?[^?]{0,200} ?\([A-ZÀ-Þ][^()]{2,60}\)\.?$")
_REMARK = re.compile(r"(?i)(?:so|and|but|then)\b")
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]|(?<!\w)[‘'][^‘’'\n]{3,}[’'](?!\w)")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of what may be an interview."""

    first: int
    last: int
    """Its sentences: [first, last)."""
    start: int
    end: int
    said: str
    """Its words, without the label."""
    label: str = ""
    label_end: int = 0

    @property
    def own(self) -> bool:
        """Whether somebody speaks of themselves: "I", "our", outside quotation marks."""
        return _OWN.search(_unquoted(self.said)) is not None

    @property
    def singular(self) -> bool:
        """The same of "I" and "my" alone, with no question of an interviewer's: "May I ask"."""
        return _SINGULAR.search(_ASKING_I.sub(" ", _unquoted(self.said))) is not None

    @property
    def addresses(self) -> bool:
        """Whether it says "you"."""
        return _YOU.search(self.said) is not None

    @property
    def includes(self) -> bool:
        """Whether it says "we"."""
        return _PLURAL.search(self.said) is not None

    @property
    def ends_asking(self) -> bool:
        """Whether its last sentence is a question, and more than "You see?"."""
        said = self.said.rstrip("\"'”’)]* ")
        return said.endswith("?") and not _TAG.search(said)

    @property
    def asks(self) -> bool:
        """Whether, by its words, it is an interviewer's or a reader's question."""
        if "?" not in self.said or self.said.startswith(('"', "“")):
            return False
        if len(self.said.split()) > _LONGEST_QUESTION:
            return False
        if _SIGNED.search(self.said):
            return True  # "Why no bells? My son likes them. (Carol Finch, Ashby)"
        if self.singular:
            return False
        inside = "?" in _unquoted(self.said) and self.addresses and not self.own
        return self.ends_asking or (inside and len(self.said.split()) <= _LONGEST_PROMPT)

    @property
    def invites(self) -> bool:
        """Whether it asks without a question: "Tell me about the fire."."""
        return _TELL.match(self.said) is not None

    def prompts(self, behind: "Paragraph", *, takes_turns: bool) -> bool:
        """Whether it is a prompt without a question mark, as "So no regrets.", before an answer.

        `takes_turns`: whether most answers here are one paragraph long.
        """
        words = len(self.said.split())
        if words > _LONGEST_PROMPT or self.singular or behind.asks:
            return False
        if takes_turns and not behind.label:
            return not _OWN.search(_ASKING_I.sub(" ", self.said))
        if not behind.own:
            return False
        if _PROMPT.match(self.said):
            return True
        remarks = _REMARK.match(self.said) is not None and words <= _LONGEST_REMARK
        return (remarks or self.addresses) and not self.own


def read_paragraphs(text: str, sentences: Sequence[Sentence]) -> Iterator[Paragraph]:
    """The paragraphs with the labels that open them: "Q:", "Ruth Adeyemi:", "HOST:"."""
    spans: list[tuple[int, int]] = []
    for number, sentence in enumerate(sentences):
        if number and sentences[number - 1].paragraph == sentence.paragraph:
            spans[-1] = spans[-1][0], number + 1
        else:
            spans.append((number, number + 1))
    places = [(sentences[first].start, sentences[last - 1].end) for first, last in spans]
    letters = Counter(found.group(1) for place in places if (found := _LETTER.match(text, *place)))
    lettered = min(letters["Q"], letters["A"]) >= _LETTERED
    for (first, last), (start, end) in zip(spans, places, strict=True):
        letter = _LETTER.match(text, start, end) if lettered else None
        label = letter or _LABEL.match(text, start, end)
        if label is None or _NEVER_LABELS.search(label.group(1)):
            yield Paragraph(first, last, start, end, text[start:end])
        else:
            said = text[label.end() : end]
            yield Paragraph(first, last, start, end, said, label.group(1), label.end(1))


def _unquoted(said: str) -> str:
    return _QUOTED.sub(" ", said)
