"""What the answers are worth: every question of `bench/questions`, asked of the real chain.

A question counts once, whatever it is; each is asked of its own article alone, after the turns
before it, which the program understands and answers by itself.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.question_sets import GoldQuestion, Span, load_questions, question_files
from bot.answers import Answer, Citation
from bot.chain import Asked, QuestionChain
from bot.desk import Desk
from bot.retriever import found_from
from bot.settings import load_settings
from bot.turns import Turn
from index.articles import Article
from index.words import words


@dataclass(frozen=True)
class Outcome:
    """What became of one question; a measure is None where it does not apply."""

    id: str
    article: str
    kind: str
    asked: str
    understood: str
    wanted: str
    """The status that is right."""
    status: str
    text: str
    found_first: bool | None
    """Whether a sentence of the evidence is ranked first."""
    found_third: bool | None
    """Whether one is among the three ranked first."""
    parts_cited: float | None
    """Share of the answer's parts that are cited; 0 where it was refused."""
    cited: int
    """Citations shown for a question that the article answers."""
    cited_right: int
    """Those that overlap the evidence or another acceptable sentence."""
    short_given: bool | None
    """Whether words stand before the first quoted sentence, where a short answer is wanted."""
    short_right: bool | None
    """Whether those words hold an accepted short answer."""
    speaker_right: bool | None
    """Whether the cited evidence is given to whoever said it; None where none is cited."""
    addresses: int
    true_addresses: int
    """Of all citations and nearest passages, those whose text is the slice at their offsets."""
    seconds: float

    @property
    def answerable(self) -> bool:
        return self.wanted != "not_in_article"

    @property
    def refused(self) -> bool:
        return self.status == "not_in_article"


def ask_all(desk: Desk) -> list[Outcome]:
    """Every question of every article, in order."""
    outcomes: list[Outcome] = []
    for path, questions in question_files():
        article = desk.find(str(path))
        outcomes += [
            _ask(desk, article, questions.stem, gold) for gold in load_questions(questions)
        ]
    return outcomes


def _ask(desk: Desk, article: Article, name: str, gold: GoldQuestion) -> Outcome:
    chain = desk.chain()
    turns = _turns_before(chain, gold, article.id)
    started = time.perf_counter()
    answer = chain.invoke(Asked(gold.turns[-1], turns, article.id))
    seconds = time.perf_counter() - started
    places = _ranked(chain, answer.question, article.id)
    return judged(article, name, gold, answer, places, seconds)


def _turns_before(chain: QuestionChain, gold: GoldQuestion, article_id: str) -> tuple[Turn, ...]:
    turns: tuple[Turn, ...] = ()
    for question in gold.turns[:-1]:
        answer = chain.invoke(Asked(question, turns, article_id))
        turns = (*turns, Turn(answer.question, answer))
    return turns


def _ranked(chain: QuestionChain, question: str, article_id: str) -> list[tuple[int, int]]:
    """The places of the passages that are found, best first."""
    retriever = chain.retriever.model_copy(update={"article_ids": (article_id,)})
    passages = [found_from(document).passage for document in retriever.invoke(question)]
    return [(passage.start, passage.end) for passage in passages]


def judged(
    article: Article,
    name: str,
    gold: GoldQuestion,
    answer: Answer,
    ranked: Sequence[tuple[int, int]],
    seconds: float,
) -> Outcome:
    """One answer beside what an editor would accept.

    Args:
        article: the article asked.
        name: what the article is called in the tables.
        gold: the question with its accepted answers.
        answer: what the chain said.
        ranked: the places of the passages found, best first.
        seconds: how long the last turn took.
    """
    wanted = [span for part in gold.evidence for span in part]
    answerable = gold.status != "not_in_article"
    shown = answer.citations if answerable else ()
    evidence = [each for each in answer.citations if _overlaps(_place(each), wanted)]
    addresses = (*answer.citations, *answer.nearest)
    lead = _lead(answer)
    return Outcome(
        id=gold.id,
        article=name,
        kind=gold.kind,
        asked=gold.turns[-1],
        understood=answer.question,
        wanted=gold.status,
        status=answer.status,
        text=answer.text,
        found_first=any(_overlaps(p, wanted) for p in ranked[:1]) if wanted else None,
        found_third=any(_overlaps(p, wanted) for p in ranked[:3]) if wanted else None,
        parts_cited=_parts_cited(gold, answer) if wanted else None,
        cited=len(shown),
        cited_right=sum(_overlaps(_place(each), [*wanted, *gold.acceptable]) for each in shown),
        short_given=bool(lead) if gold.short_answer else None,
        short_right=_holds(lead, gold.short_answer) if gold.short_answer and lead else None,
        speaker_right=(
            all(_is_called(each, gold.speaker) for each in evidence)
            if gold.speaker and evidence
            else None
        ),
        addresses=len(addresses),
        true_addresses=sum(
            each.article_id == article.id and article.text[each.start : each.end] == each.quote
            for each in addresses
        ),
        seconds=seconds,
    )


def run(data: Path | None = None, details: Path | None = None) -> None:
    """Ask everything and print the tables.

    Args:
        data: a folder of public question sets, whose figures are printed after.
        details: a JSON file to write every outcome to.
    """
    console = Console(width=max(Console().width, 150))  # narrower, its columns say nothing
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(load_settings(index_folder=Path(folder)))
        outcomes = ask_all(desk)
        understood = follow_ups_three_ways(desk)
    console.print(table("By article", outcomes, lambda outcome: outcome.article))
    console.print(table("By kind of question", outcomes, lambda outcome: outcome.kind))
    console.print(understood)
    if details is not None:
        rows = [asdict(outcome) for outcome in outcomes]
        details.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    if data is not None:
        # Each of these loads models of its own, which the figures above do without.
        from bench import declining, follow_ups, retrieval  # noqa: PLC0415

        for measurement in (retrieval, declining, follow_ups):
            measurement.run(data)


def follow_ups_three_ways(desk: Desk) -> Table:
    """How often evidence is found for a follow-up as asked, joined to the last, and understood."""
    ways = ("as asked", "joined to the last question", "understood")
    ranks: dict[str, list[int]] = {way: [] for way in ways}
    for path, questions in question_files():
        article = desk.find(str(path))
        for gold in load_questions(questions):
            if gold.kind != "follow_up" or not gold.evidence:
                continue
            turns = _turns_before(desk.chain(), gold, article.id)
            understood = desk.chain().invoke(Asked(gold.turns[-1], turns, article.id)).question
            joined = f"{turns[-1].question} {gold.turns[-1]}"
            wanted = [span for part in gold.evidence for span in part]
            for way, text in zip(ways, (gold.turns[-1], joined, understood), strict=True):
                places = _ranked(desk.chain(), text, article.id)
                met = (rank for rank, place in enumerate(places) if _overlaps(place, wanted))
                ranks[way].append(next(met, len(places)))
    printed = Table(title="Follow-ups: evidence found")
    for heading in ("", "questions", "first", "in first 3", "in first 5"):
        printed.add_column(heading, justify="right" if heading else "left")
    for way, found in ranks.items():
        shares = (_share(rank < most for rank in found) for most in (1, 3, 5))
        printed.add_row(way, str(len(found)), *shares)
    return printed


COLUMNS: tuple[tuple[str, Callable[[Sequence[Outcome]], str]], ...] = (
    ("questions", lambda rows: str(len(rows))),
    ("evidence first", lambda rows: _share(row.found_first for row in rows)),
    ("in first 3", lambda rows: _share(row.found_third for row in rows)),
    ("parts cited", lambda rows: _share(row.parts_cited for row in rows)),
    ("cited right", lambda rows: _ratio((r.cited_right, r.cited) for r in rows)),
    ("declined right", lambda rows: _share(r.refused for r in rows if not r.answerable)),
    ("declined wrongly", lambda rows: _share(r.refused for r in rows if r.answerable)),
    ("status right", lambda rows: _share(row.status == row.wanted for row in rows)),
    ("short given", lambda rows: _share(row.short_given for row in rows)),
    ("short right", lambda rows: _share(row.short_right for row in rows)),
    ("speaker right", lambda rows: _share(row.speaker_right for row in rows)),
    ("true addresses", lambda rows: _ratio((r.true_addresses, r.addresses) for r in rows)),
    ("median ms", lambda rows: f"{1000 * statistics.median(row.seconds for row in rows):.0f}"),
)  # fmt: skip


def table(title: str, outcomes: Sequence[Outcome], group: Callable[[Outcome], str]) -> Table:
    """A row for each group of outcomes, and one for all."""
    printed = Table(title=title)
    printed.add_column("")
    for heading, _ in COLUMNS:
        printed.add_column(heading, justify="right")
    for name in dict.fromkeys(map(group, outcomes)):
        members = [outcome for outcome in outcomes if group(outcome) == name]
        printed.add_row(name, *(figure(members) for _, figure in COLUMNS))
    printed.add_section()
    printed.add_row("all", *(figure(outcomes) for _, figure in COLUMNS))
    return printed


def _share(values: Iterable[float | None]) -> str:
    known = [float(value) for value in values if value is not None]
    return f"{sum(known) / len(known):.3f}" if known else "-"


def _ratio(counts: Iterable[tuple[int, int]]) -> str:
    part, whole = (sum(column) for column in zip(*counts, strict=True))
    return f"{part / whole:.3f}" if whole else "-"


def _place(citation: Citation) -> tuple[int, int]:
    return citation.start, citation.end


def _overlaps(place: tuple[int, int], spans: Iterable[Span]) -> bool:
    return any(place[0] < span.end and span.start < place[1] for span in spans)


def _parts_cited(gold: GoldQuestion, answer: Answer) -> float:
    met = [
        any(_overlaps(_place(each), part) for each in answer.citations) for part in gold.evidence
    ]
    return sum(met) / len(met)


def _lead(answer: Answer) -> str:
    """What the answer says before its first quoted sentence, without who is speaking there."""
    if not answer.citations:
        return ""
    before = answer.text.split(answer.citations[0].quote, 1)[0].rstrip()
    *kept, last = before.split("\n")
    return "\n".join(kept if last.endswith(":") else [*kept, last]).strip()


def _holds(lead: str, accepted: Iterable[str]) -> bool:
    told = f" {' '.join(words(lead))} "
    return any(f" {' '.join(words(each))} " in told for each in accepted)


def _is_called(citation: Citation, name: str) -> bool:
    """Whether the citation's speaker shares the name, or its last word, with the one wanted."""
    if citation.speaker is None:
        return False
    ours, wanted = words(citation.speaker.name), words(name)
    return bool(ours and wanted) and (ours[-1] == wanted[-1] or set(ours) >= set(wanted))
