"""The dialects in which a stand-in speaks: the lines or frames of each step of a reply."""

import json
from dataclasses import dataclass
from typing import Any, Protocol

from standin.behaviours import Behaviour
from standin.frames import event, exception


class Dialect(Protocol):
    """How one backend words a reply."""

    def start(self, how: Behaviour) -> bytes:
        """What comes before the first word."""
        ...

    def word(self, text: str) -> bytes:
        """One word."""
        ...

    def finish(self, how: Behaviour, words: tuple[str, ...]) -> bytes:
        """What comes after the last word."""
        ...

    def error(self) -> bytes:
        """A failure amid the reply; empty where an exception frame tells of it."""
        ...

    def whole(self, words: tuple[str, ...], indent: int | None) -> bytes:
        """The reply where it is not streamed."""
        ...


def _json(value: Any, indent: int | None = None) -> str:
    # Lone surrogates cannot be sent in UTF-8, only as escapes.
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return json.dumps(value, indent=indent) if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


@dataclass(frozen=True, slots=True)
class Chat:
    """OpenAI's chunks: server-sent events, or bare lines of JSON as LMI streams them."""

    is_sse: bool
    line_end: str

    def line(self, value: Any) -> bytes:
        """One line, with the blank one after it that server-sent events have."""
        text = value if isinstance(value, str) else _json(value)
        end = self.line_end
        return (f"data: {text}{end}{end}" if self.is_sse else f"{text}{end}").encode()

    def start(self, how: Behaviour) -> bytes:
        """A chunk that has a role and no word."""
        return self.line(_chunk({"role": "assistant", "content": ""})) if how.has_role else b""

    def word(self, text: str) -> bytes:
        """One word."""
        return self.line(_chunk({"content": text}))

    def finish(self, how: Behaviour, words: tuple[str, ...]) -> bytes:
        """Reason, count and end mark, as far as this server has them."""
        lines = [self.line(_chunk({}, "stop"))] if how.has_finish else []
        if how.has_usage:
            usage = {"prompt_tokens": 7, "completion_tokens": len(words)}
            lines.append(self.line({"id": "chatcmpl-1", "choices": [], "usage": usage}))
        if how.has_done and self.is_sse:
            lines.append(self.line("[DONE]"))
        return b"".join(lines)

    def error(self) -> bytes:
        """An error in the words of OpenAI."""
        return self.line({"error": {"message": "out of memory", "type": "server_error"}})

    def whole(self, words: tuple[str, ...], indent: int | None) -> bytes:
        """A completion in one object."""
        choice = {"message": {"role": "assistant", "content": "".join(words)}}
        usage = {"completion_tokens": len(words)}
        told = {"choices": [choice | {"finish_reason": "stop"}], "usage": usage}
        return _json(told, indent).encode()


def _chunk(delta: dict[str, str], reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [choice]}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of TGI (server-sent events) and of LMI (bare lines of JSON)."""

    is_tgi: bool
    line_end: str

    def line(self, value: Any) -> bytes:
        """One line in the container's form."""
        end = self.line_end
        return (f"data:{_json(value)}{end}{end}" if self.is_tgi else _json(value) + end).encode()

    def start(self, how: Behaviour) -> bytes:
        """Neither says anything before the first token."""
        return b""

    def word(self, text: str) -> bytes:
        """One token."""
        return self.line(_token(text))

    def finish(self, how: Behaviour, words: tuple[str, ...]) -> bytes:
        """The end mark as a token, with the whole text once more."""
        if not how.has_finish:
            return b""
        details = {"finish_reason": "eos_token", "generated_tokens": len(words)}
        last = _token("<|eot_id|>", is_special=True)
        return self.line(last | {"generated_text": "".join(words), "details": details})

    def error(self) -> bytes:
        """TGI tells an error; LMI ends with a reason for it, and HTTP 200 all the same."""
        if self.is_tgi:
            return self.line({"error": "CUDA out of memory", "error_type": "generation"})
        return self.line(_token("") | {"details": {"finish_reason": "error"}})

    def whole(self, words: tuple[str, ...], indent: int | None) -> bytes:
        """TGI answers with a list, LMI with an object."""
        details = {"finish_reason": "eos_token", "generated_tokens": len(words)}
        told = {"generated_text": "".join(words), "details": details}
        return _json([told] if self.is_tgi else told, indent).encode()


def _token(text: str, is_special: bool = False) -> dict[str, Any]:
    return {"token": {"id": 1, "text": text, "logprob": -0.5, "special": is_special}}


@dataclass(frozen=True, slots=True)
class Converse:
    """Bedrock's events."""

    def start(self, how: Behaviour) -> bytes:
        """The start of a message."""
        return _event("messageStart", {"role": "assistant"}) if how.has_role else b""

    def word(self, text: str) -> bytes:
        """One word, with the padding that Bedrock adds."""
        return _event("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": text}})

    def finish(self, how: Behaviour, words: tuple[str, ...]) -> bytes:
        """The end of block and message, and the count."""
        if not how.has_finish:
            return b""
        end = _event("contentBlockStop", {"contentBlockIndex": 0})
        end += _event("messageStop", {"stopReason": "end_turn"})
        usage = {"inputTokens": 7, "outputTokens": len(words), "totalTokens": 7 + len(words)}
        told = {"usage": usage, "metrics": {"latencyMs": 12}}
        return end + (_event("metadata", told) if how.has_usage else b"")

    def error(self) -> bytes:
        """An exception frame."""
        return exception("modelStreamErrorException", {"message": "The model broke."})

    def whole(self, words: tuple[str, ...], indent: int | None) -> bytes:
        """Bedrock always streams here."""
        raise NotImplementedError


def _event(kind: str, told: dict[str, Any]) -> bytes:
    return event(kind, _json(told | {"p": "abcdef"}).encode())
