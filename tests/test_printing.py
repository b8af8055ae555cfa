"""Answers on the command line: what a language model's answer adds, and what none adds."""

import io

from rich.console import Console

from bot.answers import Answer, Check
from bot.printing import answer_as_json, print_answer

QUOTED = Answer("Why?", "answered", "Because of the rain. [1]")
WRITTEN = Answer(
    "Why?",
    "answered",
    "Because of the rain. [1]",
    checks=(Check("It rained. [1]", "passed"), Check("It hailed.", "dropped", "it cites nothing")),
    note="ollama:small stopped [early].",
)


def test_json_has_the_checks_and_the_note_of_a_model_only() -> None:
    quoted, written = answer_as_json(QUOTED), answer_as_json(WRITTEN)
    assert set(quoted) == {"question", "status", "answer", "citations", "nearest"}
    assert written == quoted | {
        "checks": [
            {"sentence": "It rained. [1]", "verdict": "passed", "reason": ""},
            {"sentence": "It hailed.", "verdict": "dropped", "reason": "it cites nothing"},
        ],
        "note": "ollama:small stopped [early].",
    }


def test_the_note_is_printed_as_it_is() -> None:
    out = io.StringIO()
    print_answer(Console(file=out, width=80), WRITTEN, lambda _article: "")
    assert out.getvalue().split("\n\n")[1].strip() == "ollama:small stopped [early]."
