"""The model answerer: a language model phrases, the gate decides, the article has the last word.

Where the quotes answerer finds no answer the model is not even asked, so that refusals stay as
good as they are. Where the model finds none, its word counts and the sentences found are shown
beside the refusal, unless the reranker is sure of one of them: weak models often refuse what the
article plainly says. Where the model fails, the quotes answer stands in and says so.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.answers import Answer, Check, Citation, cite
from bot.chat_model import ChatModel
from bot.checking import Gate, Judged, Scorer, is_refusal
from bot.decision import NEAREST
from bot.model_stream import ModelStopped, ModelStreams
from bot.overview import asked_overview
from bot.quoting import heading
from bot.sentence_stream import SentenceStream, Written
from index.articles import clean
from index.passages import Passage
from index.questions import Question
from index.search import Found
from index.speakers import Speaker
from prompts import load_prompt

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

Answerer = Callable[[Question, Sequence[Found], Sequence[Passage]], Iterator[Answer]]
"""From an understood question, its ranked passages and all passages to snapshots of an answer."""

OFFERED = 8  # passages the model sees; each costs a weak model on a small machine most of a second
LONGEST_ARTICLE = 24_000  # characters; a longer article never goes in whole
MOST_SENTENCES = 12  # of one answer; a model that writes more has lost the thread
MOST_CHARACTERS = 6_000
UNLIKELY = 0.0  # log-odds that a passage answers, up to which it is no ground for an answer
SURE = 0.85  # and from which on (.7 as a probability) a model's refusal is not believed
PAUSE = 0.5  # seconds before the one retry
_ARTICLE_TEXT = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "|": "¦", "｜": "¦"})


class Writer:
    """Answers with a language model's sentences, each of them checked."""

    def __init__(
        self,
        model: ChatModel,
        fallback: Answerer,
        score: Scorer,
        *,
        timeout: float = 60.0,
        whole_article: bool = False,
    ) -> None:
        """`fallback` is the quotes answerer; `score` the support scorer; `timeout` in seconds."""
        self._name = model.name
        self._streams = ModelStreams(model.model)
        self._fallback = fallback
        self._score = score
        self._timeout = timeout
        self._whole_article = whole_article

    def answer(
        self, question: Question, found: Sequence[Found], passages: Sequence[Passage]
    ) -> Iterator[Answer]:
        """Snapshots of the answer, one a sentence that passed; the last is finished.

        While the model is silent the last one is repeated every second with a note that says so,
        so that a reader who leaves ends its work.

        Args:
            question: the question, understood and standing alone.
            found: the ranked passages, best first.
            passages: every passage of the articles asked, in order.
        """
        deadline = time.monotonic() + self._timeout
        quotes = tuple(self._fallback(question, found, passages))
        if not quotes[-1].citations:
            yield from quotes
            return
        offered = choose(found, quotes[-1], passages)
        messages = compose(question, offered, passages if self._whole_article else ())
        draft = Draft(question)
        gate = Gate(question, offered, self._score, bearing=bearing(offered, found, quotes[-1]))
        failure = ""
        for attempt in range(2):
            draft = Draft(question)
            try:
                yield from self._write(messages, gate, draft, deadline)
                failure = ""
                break
            except ModelStopped as stopped:
                failure = f"{self._name} {stopped}"
                again = stopped.worth_a_retry and not draft.citations and not attempt
                if not again or time.monotonic() + PAUSE >= deadline:
                    break
                time.sleep(PAUSE)
        proven = _told_by_structure(question) or is_clear(found, quotes[-1])
        yield self._finished(draft, failure, quotes[-1], proven=proven)

    def _write(
        self, messages: Sequence["BaseMessage"], gate: Gate, draft: "Draft", deadline: float
    ) -> Iterator[Answer]:
        """A snapshot for each sentence that is shown; the rest is kept in the draft.

        Raises:
            ModelStopped: the model fails or writes nothing.
        """
        cutter = SentenceStream()
        length = 0
        words = self._streams.words(messages, deadline)
        try:
            for chunk in words:
                if not chunk:
                    yield replace(draft.snapshot(), note=f"{self._name} is writing.")
                length += len(chunk)
                for written in cutter.feed(clean(chunk)):
                    if draft.add(written, gate):
                        yield draft.snapshot()
                if draft.endless or length > MOST_CHARACTERS:
                    draft.endless = True
                    return
        finally:
            words.close()  # type: ignore[attr-defined]  # a generator; ends the model's work
        for written in cutter.close():
            if draft.add(written, gate):
                yield draft.snapshot()
        if not draft.checks:
            raise ModelStopped("wrote nothing", worth_a_retry=True)

    def _finished(self, draft: "Draft", failure: str, quotes: Answer, *, proven: bool) -> Answer:
        if draft.citations:
            note = f"{failure}; what stands here was checked." if failure else ""
            if draft.endless and not note:
                note = f"{self._name} went on and on and was stopped; what stands here was checked."
            status = "partly" if failure else quotes.status
            return replace(draft.snapshot(), status=status, note=note, finished=True)
        if draft.refused and not failure and not proven:
            return replace(
                quotes,
                status="not_in_article",
                text=load_prompt("refusal"),
                citations=(),
                nearest=quotes.citations[:NEAREST],
                checks=tuple(draft.checks),
                note=f"{self._name} found no answer in the passages, which are shown as nearest.",
                finished=True,
            )
        if not failure:
            failure = (
                f"{self._name} found no answer"
                if draft.refused
                else f"Nothing that {self._name} wrote could be borne out by the article"
            )
        note = f"{failure}: these are the article's own sentences."
        return replace(quotes, note=note, checks=tuple(draft.checks), finished=True)


def _told_by_structure(question: Question) -> bool:
    """Whether the article's structure proves the answer: somebody's own words, or the whole."""
    whole = asked_overview(question.text) is not None
    return whole or (question.speaker is not None and question.kind == "speech")


@dataclass
class Draft:
    """An answer while it is being written."""

    question: Question
    paragraphs: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    refused: bool = False
    endless: bool = False
    _shown: set[str] = field(default_factory=set)
    _previous: Speaker | None = None
    _open: bool = False
    """Whether the last paragraph is the model's own, so that a sentence can join it."""

    def add(self, written: Written, gate: Gate) -> bool:
        """Judge a sentence and put down what may be shown; tells whether anything was."""
        if len(self.checks) >= MOST_SENTENCES:
            self.endless = True
            return False
        if is_refusal(written.text):
            self.refused = True
            self.checks.append(Check(written.text, "dropped", "it says that there is no answer"))
            return False
        judged = gate.judge(written.text, self._previous)
        if judged.text in self._shown:
            judged = Judged(replace(judged.check, verdict="dropped", reason="it is repeated"), "")
        self.checks.append(judged.check)
        if not judged.shown:
            return False
        self._shown.add(judged.text)
        numbers = [self._number(passage) for passage in judged.passages]
        sentence = " ".join([judged.text, *(f"[{number}]" for number in numbers)])
        speaker = judged.passages[0].speaker
        if judged.check.verdict == "quoted":
            head = f"{heading(speaker, judged.passages[0].question)}\n" if speaker else ""
            self.paragraphs.append(head + sentence)
            self._open = False
        elif self._open and not written.opens_paragraph:
            self.paragraphs[-1] += f" {sentence}"
        else:
            self.paragraphs.append(sentence)
            self._open = True
        self._previous = speaker
        return True

    def snapshot(self) -> Answer:
        return Answer(
            question=self.question.text,
            status="answered",
            text="\n\n".join(self.paragraphs),
            citations=tuple(self.citations),
            finished=False,
            checks=tuple(self.checks),
        )

    def _number(self, passage: Passage) -> int:
        """The passage's number in order of appearance."""
        for citation in self.citations:
            if (citation.article_id, citation.start) == (passage.article_id, passage.start):
                return citation.number
        self.citations.append(cite(len(self.citations) + 1, passage))
        return len(self.citations)


def choose(
    found: Sequence[Found], quotes: Answer, passages: Sequence[Passage]
) -> tuple[Passage, ...]:
    """The passages the model sees: those of the quotes answer and the best found, in order."""
    quoted = _places(quotes)
    chosen = [each for each in passages if (each.article_id, each.start) in quoted][:OFFERED]
    for each in found:
        if len(chosen) < OFFERED and each.passage not in chosen:
            chosen.append(each.passage)
    place = {each.article_id: number for number, each in enumerate(reversed(passages))}
    return tuple(sorted(chosen, key=lambda each: (-place.get(each.article_id, 0), each.number)))


def _places(answer: Answer) -> set[tuple[str, int]]:
    """Where the passages that it cites begin, each with its article."""
    return {(each.article_id, each.start) for each in answer.citations}


def is_clear(found: Sequence[Found], quotes: Answer) -> bool:
    """Whether the reranker is sure that a sentence of the quotes answer answers."""
    quoted = _places(quotes)
    return any(
        each.features.get("answers", 0.0) >= SURE
        for each in found
        if (each.passage.article_id, each.passage.start) in quoted
    )


def bearing(
    offered: Sequence[Passage], found: Sequence[Found], quotes: Answer
) -> frozenset[Passage]:
    """Those of the offered passages that an answer may rest on.

    A weak model gladly copies a passage that has nothing to do with what is asked. Those of the
    quotes answer bear on it, and any that the reranker holds to be likelier to answer than not.
    """
    odds = {each.passage: each.features["answers"] for each in found if "answers" in each.features}
    quoted = _places(quotes)
    return frozenset(
        passage
        for passage in offered
        if not odds
        or (passage.article_id, passage.start) in quoted
        or odds.get(passage, UNLIKELY) > UNLIKELY
    )


def compose(
    question: Question, offered: Sequence[Passage], article: Sequence[Passage] = ()
) -> list["BaseMessage"]:
    """The prompt: rules, numbered passages with their speakers, the question.

    No template is filled in: what an article or a question holds is a value, and the signs that
    models read as control (<|im_start|>, [INST], [1]) are changed in it.
    """
    # Deferred: LangChain takes a second to import, and the default answers need none of it.
    from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415

    rules = load_prompt("answering").replace("{refusal}", load_prompt("refusal"))
    lines = [f"[{number}] {_with_speaker(passage)}" for number, passage in enumerate(offered, 1)]
    parts = ["Passages:", *lines, "", f"Question: {as_value(question.text)}"]
    whole = " ".join(as_value(passage.text) for passage in article)
    if whole and len(whole) <= LONGEST_ARTICLE:
        parts = ["The whole article, to understand the passages:", whole, "", *parts]
    return [SystemMessage(rules), HumanMessage("\n".join(parts))]


def as_value(text: str) -> str:
    """`text` on one line, without signs that a model or its template could read as control."""
    return re.sub(r"\s+", " ", clean(text)).translate(_ARTICLE_TEXT).strip()


def _with_speaker(passage: Passage) -> str:
    speaker = passage.speaker
    text = as_value(passage.text)
    if speaker is None:
        return text
    description = f" ({as_value(speaker.description)})" if speaker.description else ""
    asked = f", asked “{as_value(passage.question)}”" if passage.question else ""
    return f"{as_value(speaker.name)}{description}{asked}: {text}"
