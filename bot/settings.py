"""Every setting, its default and its environment variable; the one reader of the environment."""

import os
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadSetting

ROOT = Path(__file__).resolve().parent.parent

# Each of these can send questions, articles or usage to another machine. They are set aside
# whatever the environment says, for nothing here needs them.
_SILENCED = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_SHARE": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "OTEL_SDK_DISABLED": "true",
    "TOKENIZERS_PARALLELISM": "false",
}


class Settings(BaseSettings):
    """What can be set; the names of the environment variables are the field names in capitals."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    index_folder: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("on-the-record", appauthor=False),
        description="Where the library and its vectors are kept; only its owner can read it.",
    )
    seeds_folder: Path = Field(
        default=ROOT / "seeds", description="The articles that the bot knows from the start."
    )
    embedding_model: str = Field(
        default="all-MiniLM-L6-v2",
        description="The packaged model, a folder with a sentence-transformers model, or the name "
        "of one that is in the local model cache.",
    )
    reranker_model: str = Field(
        default="packaged",
        description="What reads the best passages once more: the packaged reranker, a "
        'sentence-transformers CrossEncoder (a folder or a name in the local cache), or "none".',
    )
    page_host: str = Field(default="127.0.0.1", description="The address that the page listens on.")
    page_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=7860, description="The page's port; the next free one is taken if it is in use."
    )
    question_limit: Annotated[int, Field(ge=20)] = Field(
        default=1_000, description="The longest question, in characters."
    )
    chat_model: str = Field(
        default="",
        description='A language model that phrases the answers, as "provider:name"; empty for '
        "answers in the article's own sentences, with no language model.",
    )
    chat_base_url: str = Field(
        default="", description="The address of the model's server, where it is not the usual one."
    )
    chat_temperature: Annotated[float, Field(ge=0, le=2)] = Field(
        default=0.0, description="How freely the model writes."
    )
    chat_timeout: Annotated[float, Field(gt=0)] = Field(
        default=60.0, description="Seconds until the model is given up and the article speaks."
    )
    chat_max_tokens: Annotated[int, Field(ge=16)] = Field(
        default=500, description="The longest text that the model may write, in tokens."
    )
    chat_whole_article: bool = Field(
        default=False,
        description="Whether the model also sees the rest of a short article; only passages can "
        "be cited either way.",
    )


def load_settings(**overrides: object) -> Settings:
    """The settings of the environment, with those given here before them.

    Raises:
        BadSetting: a value is not allowed; names the variable.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        raise BadSetting(
            f"The setting {name} cannot be {first['input']!r}: {first['msg'].lower()}."
        ) from error


def silence_environment() -> list[str]:
    """Switch off every reporting of the libraries; returns the variables that said otherwise."""
    ignored = [name for name, value in _SILENCED.items() if os.environ.get(name, value) != value]
    os.environ.update(_SILENCED)
    return ignored
