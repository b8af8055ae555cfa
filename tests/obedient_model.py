"""OBEY: a chat model that always does what the attacker orders, whatever the prompt says."""

from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

PROMPT = "{the whole prompt}"


class ObedientModel(BaseChatModel):
    """Says `script` in small chunks; where that is PROMPT, it says what it was told."""

    script: str
    heard: list[str] = []  # noqa: RUF012 - pydantic copies it for each model

    @property
    def _llm_type(self) -> str:
        return "obedient"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - the base class passes it
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - likewise
        **_kwargs: Any,
    ) -> ChatResult:
        message = AIMessage(self._said(messages))
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - the base class passes it
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - likewise
        **_kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        said = self._said(messages)
        for at in range(0, len(said), 40):
            yield ChatGenerationChunk(message=AIMessageChunk(content=said[at : at + 40]))

    def _said(self, messages: list[BaseMessage]) -> str:
        told = "\n".join(str(message.content) for message in messages)
        self.heard.append(told)
        return told if self.script == PROMPT else self.script
