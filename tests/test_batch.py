"""Batch questions: one JSON object a line in, one a line out, in the same order."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from index.articles import read_article


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("INDEX_FOLDER", str(tmp_path / "index"))
    return CliRunner()


def test_lines_in_lines_out(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "town.txt"
    path.write_text(
        "Mayor Ruth Adeyemi said the bridge would close on Monday.\n"
        "The repair costs $3.5 million, the council said.\n",
        encoding="utf-8",
    )
    lines = [
        json.dumps({"id": "a", "turns": ["what did Ardern say about mandates", "and Seymour?"]}),
        "not json",
        json.dumps({"id": "b", "turns": ["when will the bridge close?"], "article": str(path)}),
        json.dumps({"id": "c", "turns": []}),
        json.dumps({"id": "d", "turns": ["how much?"], "article": str(tmp_path / "missing.txt")}),
        json.dumps({"id": "e", "turns": ["what is the capital of France?"]}),
    ]
    done = runner.invoke(app, ["ask", "--batch", "-"], input="\n".join(lines) + "\n")
    assert done.exit_code == 0
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer.get("id") for answer in answers] == ["a", None, "b", "c", "d", "e"]
    assert [("error" in answer) for answer in answers] == [False, True, False, True, True, False]
    assert "Seymour" in answers[0]["question"]
    bridge = answers[2]
    assert bridge["status"] == "answered"
    article = read_article(path)
    for citation in bridge["citations"]:
        assert citation["article"] == article.id
        assert article.text[citation["start"] : citation["end"]] == citation["quote"]
    assert set(bridge) >= {"id", "question", "status", "answer", "citations", "seconds"}
    assert answers[5]["status"] == "not_in_article"


def test_a_missing_batch_file_is_one_sentence(runner: CliRunner, tmp_path: Path) -> None:
    done = runner.invoke(app, ["ask", "--batch", str(tmp_path / "none.jsonl")])
    assert done.exit_code == 1
    assert "none.jsonl" in done.stderr.replace("\n", "")
    assert not done.stdout
