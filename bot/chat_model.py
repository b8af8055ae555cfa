"""A language model by name: any that LangChain knows, opened before the first question."""

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.errors import ModelFault
from bot.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PROVIDERS = {  # provider -> our extra that installs it, and the variable with its key
    "anthropic": ("anthropic", "ANTHROPIC_API_KEY"),
    "google_genai": ("google", "GOOGLE_API_KEY"),
    "ollama": ("ollama", ""),
    "openai": ("openai", "OPENAI_API_KEY"),
}


@dataclass(frozen=True)
class ChatModel:
    """An opened model and where its words go."""

    model: "BaseChatModel"
    name: str
    """As it was set: "provider:name"."""
    host: str
    """The host it is reached at; empty where that cannot be known."""

    @property
    def local(self) -> bool:
        return _is_loopback(self.host)

    @property
    def notice(self) -> str:
        """Which model answers and whether words leave the machine, for the reader."""
        if self.local:
            return f"{self.name} phrases the answers, on this machine: nothing leaves it."
        where = self.host or "its provider"
        return (
            f"{self.name} phrases the answers: your questions and the passages found for them "
            f"leave this machine for {where}."
        )


def chat_model_of(settings: Settings) -> ChatModel | None:
    """The model that the settings name, opened; None where they name none.

    Raises:
        ModelFault: see `open_chat_model`.
    """
    if not settings.chat_model:
        return None
    return open_chat_model(
        settings.chat_model,
        settings.chat_base_url,
        settings.chat_temperature,
        settings.chat_timeout,
        settings.chat_max_tokens,
    )


def open_chat_model(
    name: str,
    base_url: str = "",
    temperature: float = 0.0,
    timeout: float = 60.0,
    max_tokens: int = 500,
) -> ChatModel:
    """Open the model called "provider:name"; no request is sent.

    Args:
        name: for example "ollama:llama3.2", "openai:gpt-4o-mini".
        base_url: the server's address, where it is not the provider's own.
        temperature: how freely it writes, from 0.
        timeout: seconds for one request.
        max_tokens: the longest answer.

    Raises:
        ModelFault: the name has no provider, or the provider's package or key is missing.
    """
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise ModelFault(
            f'CHAT_MODEL is {name!r}: write it as "provider:name", for example "ollama:llama3.2".'
        )
    extra, key = PROVIDERS.get(provider, (provider, "the provider's key"))
    # Deferred: LangChain takes a second to import, and the default answers need none of it.
    from langchain.chat_models import init_chat_model  # noqa: PLC0415

    options: dict[str, Any] = {"temperature": temperature, "max_tokens": max_tokens}
    options |= {"timeout": timeout, "max_retries": 0}
    if provider == "ollama":
        options = {"temperature": temperature, "num_predict": max_tokens}
        options |= {"client_kwargs": {"timeout": timeout}}
    if base_url:
        options["base_url"] = base_url
    try:
        opened = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise ModelFault(
            f"The model {name} needs a package that is not installed: "
            f'run `pip install -e ".[{extra}]"`.'
            if provider in PROVIDERS
            else f"The model {name} needs a package that is not installed ({error})."
        ) from error
    # Each provider's package has its own kinds of error for a missing key or a wrong option.
    except Exception as error:
        if "key" in str(error).lower() or "credential" in str(error).lower():
            raise ModelFault(_without_key(name, key, base_url)) from error
        first = str(error).strip().split("\n", 1)[0]
        raise ModelFault(f"The model {name} cannot be opened: {first}") from error
    if _has_empty_key(opened):
        raise ModelFault(_without_key(name, key, base_url))
    return ChatModel(opened, name, _host(opened) or (urlsplit(base_url).hostname or ""))


def _without_key(name: str, key: str, base_url: str) -> str:
    hint = " (any word will do for a server that asks for none)" if base_url else ""
    return f"The model {name} needs a key: set {key}{hint}."


def _has_empty_key(model: "BaseChatModel") -> bool:
    for field in type(model).model_fields:
        if field.endswith("api_key"):
            secret = getattr(model, field)
            if hasattr(secret, "get_secret_value") and not secret.get_secret_value():
                return True
    return False


def _host(model: "BaseChatModel") -> str:
    """The host of the client that the provider's class made, which the environment may choose."""
    for path in (("root_client",), ("_client", "_client"), ("_client",)):
        client: Any = model
        for attribute in path:
            client = getattr(client, attribute, None)
        address = getattr(client, "base_url", None)
        if address:
            return urlsplit(str(address)).hostname or ""
    return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
