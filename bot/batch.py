"""Many questions from a file, one JSON object a line in and one a line out."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.answers import Answer
from bot.desk import Desk
from bot.errors import BadQuestion, BotFault
from bot.printing import answer_as_json
from bot.turns import Turn
from index.errors import IndexFault


def read_lines(file: str) -> list[str]:
    """The lines of a file, or of standard input where the name is "-"; empty ones are left out.

    Raises:
        BadQuestion: the file cannot be read.
    """
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestion(
            f"The batch file {file} cannot be read as UTF-8 text: {error}."
        ) from error
    return [line for line in text.splitlines() if line.strip()]


def answer_lines(desk: Desk, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """An answer for each line, in order; a bad line gives an object with `error` in its place."""
    desk.chain()  # loading it is not part of any question's seconds
    for line in lines:
        asked: dict[str, Any] = {}
        try:
            asked = _object(line)
            turns, article = _turns(asked), _article(asked)
            started = time.perf_counter()
            answer = _conversation(desk, turns, article)
            seconds = round(time.perf_counter() - started, 4)
            yield {"id": asked.get("id")} | answer_as_json(answer) | {"seconds": seconds}
        except (BotFault, IndexFault) as fault:
            yield {"id": asked.get("id"), "error": str(fault)}


def _conversation(desk: Desk, questions: list[str], article: str | None) -> Answer:
    # Found once, for a file is read and hashed to be recognised.
    article_id = None if article is None else desk.find(article).id
    turns: list[Turn] = []
    for question in questions:
        answer = desk.answer(question, turns, article_id)
        turns.append(Turn(answer.question, answer))
    return answer


def _object(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        raise BadQuestion(f"This line is not JSON: {error}.") from error
    if not isinstance(asked, dict):
        raise BadQuestion('A line must be a JSON object with "turns".')
    return asked


def _turns(asked: dict[str, Any]) -> list[str]:
    turns = asked.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise BadQuestion('A line needs "turns": a list of one or more questions.')
    return turns


def _article(asked: dict[str, Any]) -> str | None:
    article = asked.get("article")
    if not isinstance(article, str | None):
        raise BadQuestion('"article" must be a path or an id.')
    return article
