"""The gate: what a model's sentence must prove before anyone sees it.

A sentence passes with passages it cites, or with others that bear it out; otherwise the passage it
leaned on is quoted in its place, or it goes. Every check is exact except the last, the support
score, which only ever stops a sentence and never lets one through that another check refused.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answers import Check
from bot.attributions import Attribution, attributions, hide, same_speaker
from bot.facts import numbers, unknown_facts
from bot.markers import read_markers
from bot.quotations import quotations, quoted_words
from bot.quote_check import stands_in
from bot.support import SUPPORTED
from index.passages import Passage
from index.questions import Question
from index.speakers import Speaker
from index.words import STOP_WORDS, content_words, stem, words
from prompts import load_prompt

Scorer = Callable[[str, Sequence[str]], float]
"""How well passages support a sentence, from 0 to 1."""

OWN_SENTENCE = "it is a passage, word for word"  # no fault; it is shown as a quotation is
_TRUST = 0.1  # of the support score: how much nearer a passage is because the model cited it
_TRIED = 3  # passages tried in place of those that the model cited
# Nothing that a page could make a link, an image, a formula or a diagram of.
_MARKUP = re.compile(
    r"https?:|www\.|ftp:|javascript:|data:\w+/|\]\s*\(|\]\s*:\s|!\[|</?[a-z!]|&[a-z#]\w*;|```|~~~"
    r"|\$\$|\\[(\[a-z]|^\s*\||\b\w[\w-]*(?:\.\w[\w-]*)+/\w",
    re.IGNORECASE,
)
_MARKER_LIKE = re.compile(r"[\[【［]\s*\d")
_CONTROL_TOKEN = re.compile(r"<[|｜]|[|｜]>|\[/?INST\]|<<SYS>>|<(?:start|end)_of_turn>")
# Who says it is checked exactly, so the support score judges only what is said.
_SAID_FIRST = re.compile(
    r"^(?:according to [^,]{2,60},|[^,;:\"“”]{2,60}?\b(?:said|says|added|stated|told (?:the )?\S+))"
    r"\s(?:that\s)?\s*(?=\S+\s\S)",
    re.IGNORECASE,
)
_SAID_LAST = re.compile(
    r",?[\"”]?,?\s(?:said [^,]{2,60}|[^,\"”]{2,40} said|according to [^,]{2,60})[.]?$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|[Oo]ur|us)\b")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without)\b|n['’]t\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r";\s|,\s(?:and|while|but|whereas)\s|\s(?:while|whereas)\s")
_ARTICLE_ITSELF = re.compile(
    r"(?:the|this|that) (?:article|passages?|text|report|story)", re.IGNORECASE
)
_SAYING = frozenset(stem(word) for word in "say tell add state according".split())
_PRONOUNS = frozenset("he she they it him her them who".split())


@dataclass(frozen=True)
class Judged:
    """A sentence after the gate."""

    check: Check
    text: str
    """What is shown: the sentence without markers, or the passage; empty where it goes."""
    passages: tuple[Passage, ...] = ()
    """What it cites, in order."""

    @property
    def shown(self) -> bool:
        return bool(self.text)


class Gate:
    """Judges the sentences of one answer against the passages that were offered for it."""

    def __init__(
        self,
        question: Question,
        offered: Sequence[Passage],
        score: Scorer,
        threshold: float = SUPPORTED,
        bearing: Collection[Passage] | None = None,
    ) -> None:
        """`offered` are the passages [1], [2], ... of the prompt, in that order.

        `bearing` are those of them that bear on the question; without it all do.
        """
        self._question = question
        self._offered = tuple(offered)
        self._score = score
        self._threshold = threshold
        self._bearing = self._offered if bearing is None else bearing

    def judge(self, sentence: str, previous: Speaker | None = None) -> Judged:
        """Judge one whole sentence; `previous` is the speaker of the one shown before it."""
        marked = read_markers(sentence, len(self._offered))
        text = without_headers(marked.text, self._offered)
        if not any(character.isalnum() for character in text):
            return Judged(Check(sentence, "dropped", "it says nothing"), "")
        cited = tuple(self._offered[number - 1] for number in marked.numbers)
        fault = unshowable(sentence) or self._fault(text, cited, previous)
        if not fault:
            return Judged(Check(sentence, "passed"), text, cited)
        if not unshowable(sentence):
            for others in self._alternatives(text, cited):
                if not self._fault(text, others, previous):
                    return Judged(Check(sentence, "mended", fault), text, others)
        if copied := self._copied(text):
            return Judged(Check(sentence, "quoted", OWN_SENTENCE), copied.text, (copied,))
        leaned = self._leaned_on(text, cited)
        if leaned is None:
            return Judged(Check(sentence, "dropped", fault), "")
        return Judged(Check(sentence, "quoted", fault), leaned.text, (leaned,))

    def _copied(self, text: str) -> Passage | None:
        """The passage that the sentence is, word for word."""
        return next(
            (
                passage
                for passage in self._quotable()
                if stands_in(text, passage.text) and stands_in(passage.text, text)
            ),
            None,
        )

    def _fault(self, text: str, cited: Sequence[Passage], previous: Speaker | None) -> str:
        """What is wrong with `text` if it cites these passages; empty where nothing is."""
        if not cited:
            return "it cites no passage"
        if not any(passage in self._bearing for passage in cited):
            return "the passage does not bear on the question"
        if _FIRST_PERSON.search(hide(text, quotations(text))):
            return "it speaks for itself"
        if fault := unknown_fact(text, cited, self._question.text):
            return fault
        clauses = _clauses(text)
        subject: Attribution | None = None
        for clause in clauses:
            own, fault = self._own(clause, subject, cited, previous)
            fault = (
                fault
                or false_quotation(clause, own)
                or turned_round(clause, own)
                or new_word(clause, own, self._question.text)
            )
            if fault or (fault := self._unsupported(clause, own, whole=len(clauses) == 1)):
                return fault
            named = attributions(clause, quotations(clause))
            subject = named[-1] if named else subject
        return other_speaker_than_asked(text, cited, self._question)

    def _own(
        self,
        clause: str,
        subject: Attribution | None,
        cited: Sequence[Passage],
        previous: Speaker | None,
    ) -> tuple[Sequence[Passage], str]:
        """Which of the cited passages a clause may rest on: those of whomever it says is speaking.

        A clause that names nobody goes on with the `subject` of the clause before it.
        """
        marked = quotations(clause)
        named = attributions(clause, marked)
        # "Mallard said he expected": the pronoun is whoever was named before it.
        names = [each for each in named if not each.pronoun]
        # "Seymour said the data suggested": the passage itself has the report inside the report.
        reported = {each.subject for passage in cited for each in _attributed(passage)}
        several = any(each.subject not in reported for each in names[1:])
        if several and not _ARTICLE_ITSELF.fullmatch(names[0].subject):
            return (), "it joins the words of several speakers"
        claimed = next(iter(names), subject or next(iter(named), None))
        if claimed is None or _ARTICLE_ITSELF.fullmatch(claimed.subject):
            return cited, ""
        own = [each for each in cited if _is_by(claimed, each, previous)]
        if not named and not marked:
            own += [each for each in cited if each.speaker is None and each not in own]
        if own:
            return own, ""
        if claimed.pronoun:
            return (), f"who “{claimed.subject}” is cannot be told"
        return (), f"the passage is not the words of {claimed.subject}"

    def _unsupported(self, clause: str, own: Sequence[Passage], *, whole: bool) -> str:
        # Quotations, numbers, names and speakers are proven by now; this judges what is between.
        said = clause
        if attributions(clause):
            said = _SAID_LAST.sub("", _SAID_FIRST.sub("", clause)) or clause
        if not whole and not content_words(said):
            return ""
        score = self._score(said, [in_full(passage) for passage in own])
        if score >= self._threshold:
            return ""
        return f"the passage supports it too little ({score:.2f})"

    def _alternatives(self, text: str, cited: Sequence[Passage]) -> list[tuple[Passage, ...]]:
        """Other passages that may bear the sentence out, the likeliest first."""
        bearing = [passage for passage in self._offered if passage in self._bearing]
        ranked = sorted(bearing, key=lambda passage: -self._score(text, [in_full(passage)]))
        ranked = ranked[:_TRIED]
        kept = [passage for passage in cited if passage in self._bearing]
        singles = [(passage,) for passage in ranked if (passage,) != tuple(cited)]
        with_cited = [(*kept, passage) for passage in ranked if kept and passage not in kept]
        return [*singles, *with_cited]

    def _quotable(self) -> list[Passage]:
        """The passages that may be shown word for word in place of a sentence."""
        asked = _asked_speaker(self._question)
        return [
            passage
            for passage in self._offered
            if passage in self._bearing
            and not unshowable(passage.text)
            and not _MARKER_LIKE.search(passage.text)
            and not (asked and passage.speaker and not same_speaker(asked, passage.speaker))
        ]

    def _leaned_on(self, text: str, cited: Sequence[Passage]) -> Passage | None:
        """The passage to quote instead: the nearest that may be shown, those cited first."""
        shared = set(content_words(text))
        return max(
            (each for each in self._quotable() if shared & set(content_words(in_full(each)))),
            key=lambda each: self._score(text, [in_full(each)]) + _TRUST * (each in cited),
            default=None,
        )


def without_headers(text: str, offered: Sequence[Passage]) -> str:
    """A sentence without "Jane Doe (mayor): " before it, or "(mayor)" behind the name.

    That is how the prompt leads in somebody's words, in an interview with what was asked, and
    models copy it.
    """
    speakers = {each.speaker for each in offered if each.speaker is not None}
    for speaker in sorted(speakers, key=lambda each: -len(each.name)):
        if speaker.description:
            text = text.replace(f"{speaker.name} ({speaker.description})", speaker.name)
        text = re.sub(rf"^{re.escape(speaker.name)}(?:, asked “[^”]*”)?: ", "", text)
    return text


def unshowable(sentence: str) -> str:
    """The fault of a sentence that holds more than words."""
    if _MARKUP.search(sentence):
        return "it holds a link or markup"
    return "it holds a model's control signs" if _CONTROL_TOKEN.search(sentence) else ""


def false_quotation(text: str, cited: Sequence[Passage]) -> str:
    """The fault of a sentence that quotes what none of the passages says word for word."""
    for span in quotations(text):
        quoted = text[slice(*quoted_words(text, span))]
        if any(mark.isalnum() for mark in quoted) and not any(
            stands_in(quoted, passage.text) for passage in cited
        ):
            return f"the passage does not say “{quoted}”"
    return ""


def unknown_fact(text: str, cited: Sequence[Passage], question: str) -> str:
    """The fault of a sentence with a number, date or name that its sources do not have."""
    missing = unknown_facts(text, [*_given(cited), question])
    return f"the passage does not have {', '.join(missing)}" if missing else ""


def new_word(text: str, cited: Sequence[Passage], question: str) -> str:
    """The fault of a sentence with a word of meaning that neither passage nor question has.

    A model may shorten and join what it was given. One noun put for another in a long sentence is
    what a score of support cannot see.
    """
    sources = [*_given(cited), question]
    known = {word for source in sources for word in content_words(source)} | _SAYING
    outside = hide(text, quotations(text))
    missing = [
        word
        for word in words(outside)
        if word not in STOP_WORDS and stem(word) not in known and not any(numbers(word))
    ]
    return f"the passage does not say “{missing[0]}”" if missing else ""


def other_speaker_than_asked(text: str, cited: Sequence[Passage], question: Question) -> str:
    """The fault of words of somebody else, unnamed, where one person's words were asked for."""
    asked = _asked_speaker(question)
    if not asked or attributions(text, quotations(text)):
        return ""
    speakers = [passage.speaker for passage in cited if passage.speaker]
    if not all(same_speaker(asked, speaker) for speaker in speakers):
        return f"the passage is not the words of {asked}"
    return ""


def turned_round(text: str, cited: Sequence[Passage]) -> str:
    """The fault of a sentence with a "not" that no passage has, or without one that it has."""
    says = _NEGATION.search(text) is not None
    if says and not any(_NEGATION.search(passage.text) for passage in cited):
        return "the passage does not say “not”"
    # A sentence may leave out the part of its passage that is negated, but not its "not" alone.
    if not says and any(_keeps_negated(text, passage.text) for passage in cited):
        return "it leaves out a “not” of the passage"
    return ""


def _given(cited: Sequence[Passage]) -> list[str]:
    """All that the model was shown with the passages, an interviewer's questions included."""
    return [text for passage in cited for text in (in_full(passage), passage.question)]


def in_full(passage: Passage) -> str:
    """The passage's text behind its speaker, as the model saw it."""
    speaker = passage.speaker
    if speaker is None:
        return passage.text
    return f"{speaker.description} {speaker.name}: {passage.text}".strip()


def is_refusal(sentence: str) -> bool:
    """Whether the model says that the article does not say."""
    refusal = load_prompt("refusal").rstrip(".").casefold()
    return read_markers(sentence, 0).text.strip(" .\"'“”").casefold().startswith(refusal)


def _asked_speaker(question: Question) -> str | None:
    """Whose words are asked for, where that is a name or a description."""
    asked = question.speaker
    return None if asked is None or asked.casefold() in _PRONOUNS else asked


def _is_by(claimed: Attribution, passage: Passage, previous: Speaker | None) -> bool:
    """Whether a passage is the words of the claimed speaker, or itself says that they say it."""
    speaker = passage.speaker
    if claimed.pronoun:
        carried = previous is not None and speaker is not None and speaker.name == previous.name
        return carried and claimed.subject.casefold() in _PRONOUNS
    if speaker is not None and same_speaker(claimed.subject, speaker):
        return True
    return any(
        same_speaker(claimed.subject, Speaker(named.subject, "", 0, 0))
        for named in _attributed(passage)
        if not named.pronoun
    )


def _attributed(passage: Passage) -> tuple[Attribution, ...]:
    """Whom the passage's own text names as saying something."""
    return attributions(passage.text, quotations(passage.text))


def _clauses(text: str) -> list[str]:
    """The parts of a sentence that can each have a speaker, split outside its quotations."""
    hidden = hide(text, quotations(text))
    cuts = [0, *(match.end() for match in _CLAUSE_END.finditer(hidden)), len(text)]
    return [text[start:end].strip() for start, end in pairwise(cuts) if text[start:end].strip()]


def _keeps_negated(text: str, passage: str) -> bool:
    """Whether `text` keeps the words that follow a negation in `passage`."""
    mine = set(content_words(text))
    for negation in _NEGATION.finditer(passage):
        after = content_words(passage[negation.end() : negation.end() + 60])[:2]
        if after and all(word in mine for word in after):
            return True
    return False
