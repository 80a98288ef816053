"""Chat completions: vLLM, Ollama, llama.cpp, LiteLLM, OpenAI and all that speak like it."""

import hashlib
import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Any

from finale.llm.base import Chunk, EndpointError, Identity, Limits, Prompt, Range
from finale.llm.border import border
from finale.llm.streams import LineDecoder
from finale.llm.wire import Ask, Call, Wire

TEMPERATURE = Range(0.0, 2.0)
TOP_P = Range(0.0, 1.0, is_low_open=True)

_LASTING = ("id", "root", "parent", "max_model_len", "context_length", "owned_by", "digest", "size")
_LASTING_SIZES = ("vocab_type", "n_vocab", "n_ctx_train", "n_embd", "n_params", "size")
"""What a list of models tells that is of the model and not of the request."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Which model is asked, and how; `extra` is merged into every request's body."""

    label: str
    model: str = ""
    temperature: Range = TEMPERATURE
    top_p: Range = TOP_P
    limits: Limits = field(default_factory=Limits)
    extra: Mapping[str, object] = field(default_factory=dict)


def messages_of(prompt: Prompt) -> list[dict[str, str]]:
    """The prompt as turns; a blank system text is left out."""
    system = [{"role": "system", "content": prompt.system}] if prompt.system.strip() else []
    return [*system, {"role": "user", "content": prompt.question}]


class OpenAICompatible:
    """A model behind `{base}/chat/completions`, with a bearer key or none."""

    def __init__(self, chat: Chat, base: str, key: str, wire: Wire) -> None:
        """`base` is the address up to and with `/v1`."""
        self.label = chat.label
        self.temperature = chat.temperature
        self.top_p = chat.top_p
        self._chat = chat
        self._base = base.rstrip("/")
        self._key = key
        self._wire = wire

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The reply as it comes; settings out of range are clamped. Raises EndpointError."""
        body = chat_body(self._chat, prompt)

        async def ask() -> Ask:
            return Ask(f"{self._base}/chat/completions", body, await self._headers())

        return self._wire.stream(Call(ask, LineDecoder), self._chat.limits)

    async def identity(self) -> Identity:
        """What `{base}/models` tells; only the name where there is no list that can be read."""
        ask = Ask(f"{self._base}/models", headers=await self._headers(), method="GET")
        try:
            told = await self._wire.fetch(ask, self._chat.limits)
        except EndpointError as error:
            if error.kind in ("not found", "refused settings", "garbage", "failed"):
                return Identity(self._chat.model)
            raise
        with border():
            return listed(self._chat.model, told)

    async def _headers(self) -> dict[str, str]:
        return headers_of(self._key)


def chat_body(chat: Chat, prompt: Prompt) -> bytes:
    """The request's body; raises ValueError for a setting that is not a number."""
    body: dict[str, Any] = {
        "model": chat.model,
        "messages": messages_of(prompt),
        "temperature": chat.temperature.clamp(prompt.temperature),
        "top_p": chat.top_p.clamp(prompt.top_p),
        "max_tokens": chat.limits.max_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    return json.dumps({**body, **chat.extra}).encode()


def headers_of(key: str) -> dict[str, str]:
    """The headers of a request with a bearer key, or without if it is empty."""
    headers = {"content-type": "application/json", "accept": "text/event-stream"}
    return headers | ({"authorization": f"Bearer {key}"} if key else {})


def listed(model: str, told: Any) -> Identity:
    """The model by its entry in a list of models; raises EndpointError if it is not listed.

    Only what says which model it is counts: vLLM makes up `created` and the ids of permissions
    for every request, llama.cpp tells the time as `created`, and others are as free.
    """
    models = told.get("data") if isinstance(told, dict) else None
    if not isinstance(models, list):
        return Identity(model)
    entries = [entry for entry in models if isinstance(entry, dict)]
    entry = next((each for each in entries if each.get("id") == model), None)
    if entry is None:
        raise EndpointError("not found", "The server does not list this model. Check its name.")
    kept = {key: entry[key] for key in _LASTING if key in entry}
    meta = entry.get("meta")
    if isinstance(meta, dict):
        kept["meta"] = {key: meta[key] for key in _LASTING_SIZES if key in meta}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"))
    return Identity(model, hashlib.sha256(text.encode()).hexdigest())
