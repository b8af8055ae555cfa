"""The README says what is so: its commands run, its settings table is the settings."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
COMMANDS = [line for line in SHELL.splitlines() if "-m bot" in line]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return os.environ | {"INDEX_FOLDER": str(tmp_path_factory.mktemp("index"))}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_runs(command: str, environment: dict[str, str]) -> None:
    here = command.replace(".venv/bin/python", sys.executable)
    done = subprocess.run(
        ["bash", "-c", here], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == (3 if " check " in command else 0), done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("program", PYTHON)
def test_every_program_of_the_readme_runs(program: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Ardern" in done.stdout


def test_the_commands_are_there() -> None:
    assert len(COMMANDS) >= 6
    assert len(PYTHON) == 1


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"[`\n]make ([a-z-]+)", README))
    assert named <= targets


def test_the_settings_table_is_the_settings() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", README, re.MULTILINE)
    assert [row[0] for row in rows] == [name.upper() for name in Settings.model_fields]
    described = [
        (field.description or "").replace("|", "\\|") for field in Settings.model_fields.values()
    ]
    assert [row[2] for row in rows] == described


def test_linked_files_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / Path(target)).exists(), target
