"""Nothing leaves the machine, whatever the environment asks for."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Each of these makes one of the libraries report, share or download in other programs.
ASKING_FOR_MORE = {
    "ANONYMIZED_TELEMETRY": "True",
    "GRADIO_ANALYTICS_ENABLED": "True",
    "GRADIO_SHARE": "True",
    "HF_HUB_OFFLINE": "0",
    "HF_TOKEN": "hf_0123456789",
    "LANGCHAIN_API_KEY": "lsv2_0123456789",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "lsv2_0123456789",
    "LANGSMITH_TRACING": "true",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://192.0.2.7:4317",
    "OTEL_SDK_DISABLED": "false",
    "OTEL_TRACES_EXPORTER": "otlp",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://192.0.2.7:4317",
    "CHROMA_OTEL_GRANULARITY": "all",
}

NAMESPACE = ["unshare", "-rn"]
HAS_NAMESPACES = sys.platform == "linux" and (
    subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happened where there is no way out, with everything that asks for one set."""
    if not HAS_NAMESPACES:
        pytest.skip("needs network namespaces, as Linux has them")
    folder = tmp_path_factory.mktemp("offline")
    done = subprocess.run(
        [*NAMESPACE, sys.executable, "-m", "tests.offline_child", str(folder)],
        cwd=ROOT,
        env=os.environ | ASKING_FOR_MORE | {"INDEX_FOLDER": str(folder / "index")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_indexing_asking_and_the_page_send_nothing(run: dict[str, Any]) -> None:
    assert run["counts"]
    assert run["left"] == 0
    assert run["tried"] == []


def test_they_work_without_a_network(run: dict[str, Any]) -> None:
    code, printed = run["asked"]
    assert run["added"][0] in {0, None}
    assert code in {0, None}
    assert "mandates would end in April" in json.loads(printed)["answer"]
    assert run["page"] > 1_000


def test_who_asked_for_more_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "list"],
        cwd=ROOT,
        env=os.environ | ASKING_FOR_MORE | {"INDEX_FOLDER": str(tmp_path / "index")},
        capture_output=True,
        text=True,
        check=True,
    )
    for name in ("GRADIO_SHARE", "LANGSMITH_TRACING"):
        assert f"{name} is ignored" in done.stderr
