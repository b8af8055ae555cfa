"""What a language model's answers are worth, before the checks and after them.

First the gate alone, on sentences whose truth is known (`written_sentences`). Then the questions on
the seed article are asked of the real chain with the model that CHAT_MODEL names.
"Before" counts every sentence as the model wrote it; "after" reads the finished answer as a reader
would, without asking the gate.
"""

import json
import re
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import written_sentences
from bench.question_sets import GoldQuestion, load_questions, question_files
from bot.answers import Answer, Check
from bot.attributions import attributions, same_speaker
from bot.chain import Asked, QuestionChain
from bot.checking import in_full, is_refusal
from bot.desk import Desk
from bot.facts import unknown_facts
from bot.markers import read_markers
from bot.quotations import quotations, quoted_words
from bot.quote_check import stands_in
from bot.quoting import answer_from_quotes
from bot.settings import load_settings
from bot.turns import Turn
from bot.writing import choose
from index.passages import Passage
from index.questions import Question
from index.search import Found

FAULTS = ("false quotation", "unknown number or name", "wrong speaker", "no citation")


@dataclass(frozen=True)
class Outcome:
    """One question's answer and the model's part in it."""

    id: str
    kind: str
    wanted: str
    status: str
    evidence_cited: bool | None
    """Whether a sentence of the evidence is cited; None where the article does not answer."""
    first_seconds: float
    """Until something was shown."""
    seconds: float
    text: str
    note: str
    checks: tuple[Check, ...]
    before: tuple[str, ...]
    """The faults of the model's sentences as they were written."""
    written: int
    after: tuple[str, ...]
    """The faults of what is shown."""
    shown: int
    asked: str
    """The question as it was understood."""
    offered: tuple[int, ...]
    """Where the passages [1], [2], ... of the prompt begin in the article."""


@dataclass
class _Heard:
    """What the chain handed to the answerer, for the counts before the checks."""

    question: str = ""
    offered: tuple[Passage, ...] = field(default=())


def run(limit: int = 60, details: Path | None = None) -> None:
    """Print the tables of the gate alone and, where CHAT_MODEL is set, of the model's answers.

    Up to `limit` questions are asked, evenly chosen.

    Raises:
        ModelFault: the language model cannot be opened.
    """
    console = Console()
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(settings.model_copy(update={"index_folder": Path(folder)}))
        written_sentences.run(console, desk)
        if not settings.chat_model:
            console.print(
                'Set CHAT_MODEL, for example to "ollama:llama3.2", to measure its answers too.'
            )
            return
        article_path, questions_path = question_files()[0]
        questions = load_questions(questions_path)
        step = max(1, len(questions) // limit)
        article_id = desk.find(str(article_path)).id
        chain = desk.chain()
        outcomes = []
        for gold in questions[::step][:limit]:
            outcomes.append(_ask(chain, gold, article_id))
            if details is not None:
                rows = [asdict(outcome) for outcome in outcomes]
                details.write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")
    print_tables(console, settings.chat_model, outcomes)


def print_tables(console: Console, model: str, outcomes: Sequence[Outcome]) -> None:
    faults = Table(title=f"{model}: sentences with a fault")
    for heading in ("", "before the checks", "after"):
        faults.add_column(heading, justify="right" if heading else "left")
    faults.add_row(
        "sentences",
        str(sum(each.written for each in outcomes)),
        str(sum(each.shown for each in outcomes)),
    )
    for fault in FAULTS:
        before, after = (
            sum(each.before.count(fault) for each in outcomes),
            sum(each.after.count(fault) for each in outcomes),
        )
        faults.add_row(fault, str(before), str(after))
    console.print(faults)

    verdicts = Table("verdict", "sentences", "only the support score objected")
    checks = [check for each in outcomes for check in each.checks]
    for verdict in ("passed", "mended", "quoted", "dropped"):
        there = [check for check in checks if check.verdict == verdict]
        weak = sum("too little" in check.reason for check in there)
        verdicts.add_row(verdict, str(len(there)), str(weak))
    console.print(verdicts)

    answers = Table(title="Answers")
    answers.add_column("")
    answers.add_column("", justify="right")
    answerable = [each for each in outcomes if each.evidence_cited is not None]
    others = [each for each in outcomes if each.evidence_cited is None]
    refused = sum(each.status == "not_in_article" for each in others)
    for name, figure in (
        ("questions", str(len(outcomes))),
        ("evidence cited", _share(sum(bool(e.evidence_cited) for e in answerable), answerable)),
        ("refused rightly", _share(refused, others)),
        (
            "refused wrongly",
            _share(sum(e.status == "not_in_article" for e in answerable), answerable),
        ),
        ("the model's words shown", _share(sum(_model_shows(e) for e in outcomes), outcomes)),
        ("seconds to the first sentence, median", _median(e.first_seconds for e in outcomes)),
        ("seconds to the end, median", _median(e.seconds for e in outcomes)),
    ):
        answers.add_row(name, figure)
    console.print(answers)


def faults_of(sentence: str, cited: Sequence[Passage], question: str) -> list[str]:
    """Which of FAULTS a sentence has beside the passages it cites."""
    if not cited:
        return ["no citation"]
    found = []
    marked = quotations(sentence)
    quoted = [sentence[slice(*quoted_words(sentence, span))] for span in marked]
    for words in quoted:
        if re.search(r"\w", words) and not any(stands_in(words, each.text) for each in cited):
            found.append("false quotation")
            break
    if unknown_facts(sentence, [*(in_full(each) for each in cited), question]):
        found.append("unknown number or name")
    # Whose words a passage is, and whom it names itself: "Seymour said the data suggested ...".
    speakers = [each.speaker for each in cited if each.speaker is not None]
    named_there = {
        other.subject for each in cited for other in attributions(each.text, quotations(each.text))
    }
    for named in attributions(sentence, marked):
        told = any(named.subject.split()[-1] in each.text for each in cited)
        agrees = named.subject in named_there or any(
            same_speaker(named.subject, speaker) for speaker in speakers
        )
        if not named.pronoun and not agrees and (speakers or not told):
            found.append("wrong speaker")
            break
    return found


def _ask(chain: QuestionChain, gold: GoldQuestion, article_id: str) -> Outcome:
    turns: tuple[Turn, ...] = ()
    heard = _Heard()
    for question in gold.turns[:-1]:
        turns = (*turns, Turn(question))
    started = time.perf_counter()
    first = 0.0
    snapshots = []
    for snapshot in _recorded(chain, heard).stream(Asked(gold.turns[-1], turns, article_id)):
        if snapshot.text and not first:
            first = time.perf_counter() - started
        snapshots.append(snapshot)
    answer = snapshots[-1]
    seconds = time.perf_counter() - started
    before: list[str] = []
    raw = [check.sentence for check in answer.checks if not is_refusal(check.sentence)]
    for sentence in raw:
        marked = read_markers(sentence, len(heard.offered))
        cited = [heard.offered[number - 1] for number in marked.numbers]
        before += faults_of(marked.text, cited, heard.question)
    shown = list(_sentences(answer))
    wanted = [span for part in gold.evidence for span in part]
    cites = any(
        each.start < span.end and span.start < each.end
        for each in answer.citations
        for span in wanted
    )
    return Outcome(
        id=gold.id,
        kind=gold.kind,
        wanted=gold.status,
        status=answer.status,
        evidence_cited=cites if wanted else None,
        first_seconds=first,
        seconds=seconds,
        text=answer.text,
        note=answer.note,
        checks=answer.checks,
        before=tuple(before),
        written=len(raw),
        after=tuple(
            fault
            for sentence, cited in shown
            for fault in faults_of(sentence, cited, heard.question)
        ),
        shown=len(shown),
        asked=heard.question,
        offered=tuple(passage.start for passage in heard.offered),
    )


def _recorded(chain: QuestionChain, heard: _Heard) -> QuestionChain:
    """The same chain, which also tells what its answerer was given."""

    def answerer(
        question: Question, found: Sequence[Found], passages: Sequence[Passage]
    ) -> Iterator[Answer]:
        quotes = tuple(answer_from_quotes(question, found, passages))
        heard.question = question.text
        heard.offered = choose(found, quotes[-1], passages)
        yield from chain.answerer(question, found, passages)

    recorded = copy(chain)
    recorded.answerer = answerer
    return recorded


def _sentences(answer: Answer) -> Iterator[tuple[str, list[Passage]]]:
    """The model's own sentences in the answer's text, each with the passages it cites."""
    slices = {citation.quote for citation in answer.citations}
    by_number = {
        each.number: Passage(
            each.article_id,
            each.number,
            each.start,
            each.end,
            each.quote,
            each.speaker,
            each.question,
        )
        for each in answer.citations
    }
    for match in re.finditer(r"([^\n]+?)\s((?:\[\d+\]\s?)+)", answer.text):
        sentence = match.group(1).strip()
        if sentence in slices or not answer.checks:
            continue
        numbers = [int(number) for number in re.findall(r"\d+", match.group(2))]
        yield sentence, [by_number[number] for number in numbers if number in by_number]


def _model_shows(outcome: Outcome) -> bool:
    return any(check.verdict in {"passed", "mended"} for check in outcome.checks)


def _share(part: int, of: Sequence[object]) -> str:
    return f"{part}/{len(of)} ({part / len(of):.0%})" if of else "-"


def _median(values: Iterable[float]) -> str:
    return f"{statistics.median(values):.1f}"
