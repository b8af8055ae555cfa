"""Settings come from the environment, are checked, and nothing in it makes the bot talk."""

import os
from pathlib import Path

import pytest

from bot.errors import BadSetting
from bot.settings import Settings, load_settings, silence_environment


def test_defaults_need_nothing() -> None:
    settings = load_settings()
    assert settings.page_host == "127.0.0.1"
    assert settings.chat_model == ""
    assert settings.seeds_folder.is_dir()


def test_the_environment_sets_and_an_option_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAGE_PORT", "9000")
    monkeypatch.setenv("INDEX_FOLDER", str(tmp_path))
    assert load_settings().page_port == 9000
    assert load_settings().index_folder == tmp_path
    assert load_settings(page_port=9001).page_port == 9001
    assert load_settings(page_port=None).page_port == 9000


@pytest.mark.parametrize(
    ("name", "value"),
    [("PAGE_PORT", "0"), ("PAGE_PORT", "x"), ("CHAT_TEMPERATURE", "9"), ("CHAT_TIMEOUT", "-1")],
)
def test_a_bad_value_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=name):
        load_settings()


def test_every_setting_explains_itself() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name


def test_a_key_in_the_environment_switches_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    assert load_settings().chat_model == ""


def test_reporting_is_switched_off_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    for name in ("GRADIO_SHARE", "GRADIO_ANALYTICS_ENABLED", "LANGSMITH_TRACING"):
        os.environ[name] = "true"
    assert {"GRADIO_SHARE", "GRADIO_ANALYTICS_ENABLED", "LANGSMITH_TRACING"} <= set(
        silence_environment()
    )
    assert os.environ["GRADIO_SHARE"] == "False"
    assert os.environ["LANGSMITH_TRACING"] == "false"
