"""An Article becomes Passages: its sentences, each at its exact place.

The split is our own because a citation is an address: splitters that search for their pieces
afterwards put repeated text in the wrong place.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.articles import Article
from index.speakers import Span, Speaker, attribute

LONGEST = 1_000  # characters; the embedder reads about that many of a passage
QUESTION_AT_MOST = 200  # characters of an interviewer's question

# Both begin to match only where a run begins: a million full stops or spaces take no longer.
_PARAGRAPH = re.compile(r"(?<!\s)\s*\n\s*")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)")
_OPENING = "\"'“‘«(["
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof st sen rep gov gen lt col sgt spc cpl maj capt cmdr adm rev hon pres "
    "supt det insp jr sr inc corp co ltd llc bros dept univ assn no vs etc cf approx est fig "
    "vol ave blvd rd mt ft jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed "
    "thu thurs fri sat sun ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass "
    "mich minn miss mo mont neb nev okla ore pa tenn tex vt va wash wis wyo e.g i.e a.k.a "
    "messrs u.s u.k u.n a.m p.m".split()
)
# After these a capital letter does begin a sentence, for they often end one.
_OFTEN_LAST = frozenset("u.s u.k u.n a.m p.m inc corp co ltd etc jr sr".split())
_STARTERS = frozenset(
    "a an the this that these those he she it they we i you his her its their our my in on at "
    "as after before but and or so if when while then there here what who how why where for "
    "from by with some many most more one two mr mrs ms dr however meanwhile also according "
    "since".split()
)
_SAID = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s+){0,4}"
    r"(?:said|says|asked|asks|cried|shouted|added|wrote|told|exclaimed|replied|yelled|tweeted)\b"
)


@dataclass(frozen=True)
class Passage:
    """One sentence of an article: `article.text[start:end] == text`."""

    article_id: str
    number: int
    """Its place among the article's passages, from 0."""
    start: int
    end: int
    text: str
    speaker: Speaker | None = None
    question: str = ""
    """What the interviewer asked, its last sentences, where it is part of the answer."""
    asks: bool = False
    """Whether it is the interviewer's question."""


def split_passages(article: Article) -> tuple[Passage, ...]:
    """Every sentence in order; together they hold every character that is not white space."""
    spans = list(sentence_spans(article.text))
    return placed(article, list(zip(spans, attribute(article.text, spans), strict=True)))


def placed(
    article: Article, sentences: Sequence[tuple[Span, Speaker | None]]
) -> tuple[Passage, ...]:
    """The passages at these places, with what an interviewer asked."""
    text = article.text
    asked = sorted({speaker.asked for _, speaker in sentences if speaker and speaker.asked})
    questions = {span: _last_sentences(text[slice(*span)]) for span in asked}
    found = []
    for number, ((start, end), speaker) in enumerate(sentences):
        question = questions[speaker.asked] if speaker and speaker.asked else ""
        last = bisect_left(asked, (end, 0)) - 1  # of those that begin before the passage ends
        asks = last >= 0 and start < asked[last][1]
        found.append(
            Passage(article.id, number, start, end, text[start:end], speaker, question, asks)
        )
    return tuple(found)


def _last_sentences(question: str) -> str:
    """As many as QUESTION_AT_MOST holds; what is asked stands at the end."""
    if len(question) <= QUESTION_AT_MOST:
        return question
    first = len(question) - QUESTION_AT_MOST
    starts = (_skip_space(question, mark.end()) for mark in _SENTENCE_END.finditer(question))
    at = next((start for start in starts if start >= first), None)
    return "…" + question[first:] if at is None else question[at:]


def header(passage: Passage) -> str:
    """The speaker's description and name, which lead in the words; empty where nobody speaks."""
    speaker = passage.speaker
    return "" if speaker is None else f"{speaker.description} {speaker.name}: ".lstrip()


def searchable_text(passage: Passage) -> str:
    """The passage behind its speaker and, in an interview, the question: for searching, never
    shown as its own words.

    In news the sentence that answers often says only "she said"; the header says who.
    """
    return f"{passage.question} {header(passage)}{passage.text}".lstrip()


def paragraph_spans(text: str) -> Iterator[Span]:
    """The paragraphs of `text`, without the white space around them.

    A newline ends a paragraph unless the text is hard-wrapped: blank lines between paragraphs,
    and a next line that goes on in lower case or after a line with no closing mark.
    """
    wrapped = "\n\n" in text
    start = len(text) - len(text.lstrip())
    for gap in _PARAGRAPH.finditer(text, start):
        if wrapped and gap.group().count("\n") == 1 and _line_goes_on(text, gap):
            continue
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    end = len(text.rstrip())
    if end > start:
        yield start, end


def sentence_spans(text: str) -> Iterator[Span]:
    """The sentences of `text` in order, none longer than LONGEST characters."""
    for start, end in paragraph_spans(text):
        for mark in _SENTENCE_END.finditer(text, start, end):
            if mark.end() > start and _ends_sentence(text, mark, end):
                yield from _cut_long(text, start, mark.end())
                start = _skip_space(text, mark.end())
        if start < end:
            yield from _cut_long(text, start, end)


def _line_goes_on(text: str, gap: re.Match[str]) -> bool:
    line = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()]
    if gap.end() >= len(text) or len(line) < 45:
        return False
    return text[gap.end()].islower() or line[-1] not in ".!?:\"”'’"


def _ends_sentence(text: str, mark: re.Match[str], end: int) -> bool:
    after = _skip_space(text, mark.end())
    if after >= end:
        return False
    following = text[after : min(end, after + 40)].lstrip(_OPENING)
    if not following or following[0].islower():
        return False
    closed = mark.group()[-1] not in ".!?…"
    if closed and mark.group()[0] != "." and _SAID.match(text, mark.end(), end):
        return False  # "Stop!" Smith said.
    if mark.group()[0] == "." and not closed and len(mark.group()) == 1:
        return _full_stop_ends(text, mark.start(), following)
    return True


def _full_stop_ends(text: str, stop: int, following: str) -> bool:
    word = re.search(r"[^\s\"'“‘«(\[]*$", text[max(0, stop - 20) : stop])
    last = word.group().lower() if word else ""
    opens = re.match(r"[^\W\d_]+", following)
    starter = opens is not None and opens.group().lower() in _STARTERS
    if last in _OFTEN_LAST:
        return starter
    if last == "no":
        return not following[0].isdigit()
    if last in _ABBREVIATIONS:
        # "Sat. The" and "Ave. He" end; "Gen. The" does not exist, so a starter always ends.
        return starter and last not in {"mr", "mrs", "ms", "dr", "st", "vs"}
    if last in {"q", "a"} and text[max(0, stop - 2) : stop - 1] in {"", "\n"}:
        return False  # an interview's label: "Q. Why?"
    initial = re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", last)
    if initial and last != "i":
        return starter
    return True


def _cut_long(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut what no embedder reads whole at a clause, else at a space, else where it is too long."""
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        cut = max(window.rfind("; "), window.rfind(", "), window.rfind(": ")) + 1
        if cut < LONGEST // 2:
            cut = window.rfind(" ")
        if cut <= 0:
            cut = LONGEST
        yield start, start + len(text[start : start + cut].rstrip())
        start = _skip_space(text, start + cut)
    if start < end:
        yield start, end


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
