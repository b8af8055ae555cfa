"""Answers, speakers and quote checks as the command line shows them, in colour or as JSON."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from bot.answers import Answer, Citation
from bot.quote_check import QuoteCheck
from index.passages import Passage
from index.speakers import Speaker

TitleOf = Callable[[str], str]


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """The object that scripts read; offsets are Python string indices into the article's text.

    "checks" and "note" are there only where a language model answered and they hold something.
    """
    shown: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status,
        "answer": answer.text,
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [_citation(citation) for citation in answer.nearest],
    }
    if answer.checks:
        shown["checks"] = [asdict(check) for check in answer.checks]
    if answer.note:
        shown["note"] = answer.note
    return shown


def passage_as_json(passage: Passage) -> dict[str, Any]:
    """One passage with its speaker; all of the speaker's fields are null where nobody speaks."""
    speaker = passage.speaker
    return {
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "speaker": None if speaker is None else speaker.name,
        "description": None if speaker is None else speaker.description,
        "kind": None if speaker is None else speaker.kind,
        "confidence": None if speaker is None else round(speaker.confidence, 3),
        "evidence": None if speaker is None else [speaker.start, speaker.end],
        "question": passage.question or None,
    }


def print_answer(console: Console, answer: Answer, title_of: TitleOf) -> None:
    console.print(escape(answer.text))
    if answer.note:
        console.print(f"\n[dim]{escape(answer.note)}[/dim]")
    for heading, citations in (("", answer.citations), ("Nearest passages", answer.nearest)):
        if citations:
            console.print(f"\n[bold]{heading}[/bold]" if heading else "")
        for citation in citations:
            place = f"{title_of(citation.article_id)}, {citation.start}–{citation.end}"
            console.print(f"[cyan]\\[{citation.number}][/cyan] [dim]{escape(place)}[/dim]")
            console.print(Padding(escape(citation.quote), (0, 0, 0, 4)))


def print_speakers(console: Console, passages: Sequence[Passage]) -> None:
    """Each speaker, in order of appearance, with their sentences."""
    said: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.speaker is not None:
            said.setdefault(passage.speaker.name, []).append(passage)
    for name, sentences in said.items():
        description = next((p.speaker.description for p in sentences if p.speaker), "")
        console.print(
            f"[bold]{escape(name)}[/bold]" + (f", {escape(description)}" * bool(description))
        )
        question = ""
        for passage in sentences:
            if passage.question and passage.question != question:
                asked = f"[dim]asked “{escape(passage.question)}”[/dim]"
                console.print(Padding(asked, (0, 0, 0, 2)))
            question = passage.question
            console.print(
                Padding(f"[dim]{passage.start}[/dim] {escape(passage.text)}", (0, 0, 0, 2))
            )


VERDICTS = {
    "exact": "Word for word in the article.",
    "typography": "In the article, but for typography.",
    "misattributed": "Real words, but somebody else's.",
    "stitched": "Put together from separate places.",
    "altered": "Altered: the article has other words.",
    "absent": "Not in the article.",
}
_CHANGED = {"same": "{}", "missing": "[strike red]{}[/strike red]", "added": "[bold green]{}[/]"}


def print_check(console: Console, check: QuoteCheck) -> None:
    """The verdict, then each quotation with the real words, who said them, and where."""
    console.print(f"[bold]{VERDICTS[check.verdict]}[/bold]")
    for quotation in check.quotations:
        console.print(f"\n“{escape(quotation.words)}”: {VERDICTS[quotation.verdict].lower()}")
        for place in quotation.places[:3]:
            who = place.speaker.name if place.speaker else "nobody certain"
            console.print(
                Padding(
                    f"[dim]{place.start}–{place.end}, {escape(who)}:[/dim] {escape(place.words)}",
                    (0, 0, 0, 4),
                )
            )
        if quotation.difference:
            words = (
                _CHANGED[change.op].format(escape(change.words)) for change in quotation.difference
            )
            console.print(Padding(" ".join(words), (0, 0, 0, 4)))


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "article": citation.article_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "speaker": _speaker(citation.speaker),
    }


def _speaker(speaker: Speaker | None) -> dict[str, str] | None:
    return None if speaker is None else {"name": speaker.name, "description": speaker.description}
