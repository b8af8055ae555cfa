"""The command line: what it prints, where, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.settings import ROOT


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("INDEX_FOLDER", str(tmp_path / "index"))
    return CliRunner()


def test_ask_exits_0_with_an_answer_and_3_without(runner: CliRunner) -> None:
    done = runner.invoke(app, ["ask", "how many people were arrested?"])
    assert done.exit_code == 0
    assert "122" in done.stdout
    declined = runner.invoke(app, ["ask", "what is the capital of France?"])
    assert declined.exit_code == 3
    assert "does not say" in declined.stdout


def test_ask_as_json(runner: CliRunner) -> None:
    done = runner.invoke(app, ["ask", "--json", "what did Ardern say about mandates"])
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert {citation["speaker"]["name"] for citation in answer["citations"]} == {"Jacinda Ardern"}


def test_add_list_remove(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("Harbour reopens\nThe harbour reopened on Friday.\n", encoding="utf-8")
    assert "added" in runner.invoke(app, ["add", str(path)]).stdout
    assert "known already" in runner.invoke(app, ["add", str(path)]).stdout
    listed = json.loads(runner.invoke(app, ["list", "--json"]).stdout)
    assert [row["title"] for row in listed][-1] == "Harbour reopens"
    assert runner.invoke(app, ["remove", "Harbour reopens"]).exit_code == 0
    assert len(json.loads(runner.invoke(app, ["list", "--json"]).stdout)) == len(listed) - 1


def test_a_removed_seed_stays_out(runner: CliRunner) -> None:
    (seed,) = json.loads(runner.invoke(app, ["list", "--json"]).stdout)
    assert runner.invoke(app, ["remove", seed["id"]]).exit_code == 0
    assert json.loads(runner.invoke(app, ["list", "--json"]).stdout) == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["ask", ""], "empty"),
        (["ask", "why " * 500], "characters"),
        (["ask", "why?", "--article", "nowhere.txt"], "nowhere.txt"),
        (["add", "missing.txt"], "missing.txt"),
        (["remove", "nothing"], "nothing"),
        (["quotes", "missing.txt"], "missing.txt"),
        (["check", "words", "--article", "missing.txt"], "missing.txt"),
    ],
)
def test_bad_input_is_one_sentence(runner: CliRunner, arguments: list[str], named: str) -> None:
    done = runner.invoke(app, arguments)
    assert done.exit_code == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_a_bad_setting_is_named(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_PORT", "eighty")
    done = runner.invoke(app, ["list"])
    assert done.exit_code == 1
    assert "PAGE_PORT" in done.stderr
    assert "eighty" in done.stderr


def test_wrong_usage_exits_2(runner: CliRunner) -> None:
    assert runner.invoke(app, ["ask"]).exit_code == 2
    assert runner.invoke(app, ["ask", "x", "--batch", "y"]).exit_code == 2
    assert runner.invoke(app, ["nonsense"]).exit_code == 2


def test_quotes_as_json_covers_the_article(runner: CliRunner) -> None:
    (seed,) = sorted((ROOT / "seeds").glob("*.txt"))
    done = runner.invoke(app, ["quotes", str(seed), "--json"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    text = seed.read_text(encoding="utf-8")
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert "Jacinda Ardern" in {row["speaker"] for row in rows}


def test_check_tells_whose_words_they_are(runner: CliRunner) -> None:
    done = runner.invoke(app, ["check", '"were not forever"', "--json"])
    assert done.exit_code == 0
    wrong = runner.invoke(app, ["check", 'Seymour: "not forever"', "--json"])
    assert wrong.exit_code == 3
    assert json.loads(wrong.stdout)["verdict"] == "misattributed"
    assert runner.invoke(app, ["check", '"the moon is made of cheese"']).exit_code == 3


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['bot', '--help']\n"
        "import runpy\n"
        "try:\n    runpy.run_module('bot', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'torch', 'chromadb', 'gradio', 'langchain_core', 'sentence_transformers'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout
