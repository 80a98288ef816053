"""What one object of a streamed reply says, in every dialect of JSON that the backends speak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from finale.llm.base import EndpointError
from finale.llm.clean import word_of
from finale.llm.failures import failure_told, garbled

_REASONS = {
    "abort": "error",
    "end_turn": "stop",
    "eos_token": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "content_filter": "filtered",
    "content_filtered": "filtered",
    "guardrail_intervened": "filtered",
}
_REASON_CHARACTERS = 40
_MOST_TOKENS = 10**9


@dataclass(frozen=True, slots=True)
class Piece:
    """A step of a reply: more text, the reason for its end, its length in tokens, or the end.

    A text that `is_whole` is all of the reply; where it was streamed before, it says nothing new.
    """

    text: str = ""
    reason: str = ""
    tokens: int | None = None
    is_whole: bool = False
    is_end: bool = False


def read_reply(value: Any) -> Piece:
    """A line of OpenAI's, TGI's or LMI's dialects; raises EndpointError where it tells of one.

    An object that says nothing known is an empty piece: servers add their own.
    """
    if isinstance(value, list):
        # TGI answers so when it does not stream.
        value = value[0] if len(value) == 1 else None
    if not isinstance(value, Mapping):
        raise garbled("a line that is no object")
    if value.get("error") or value.get("object") == "error":
        raise failure_told(value)
    if "choices" in value:
        return _chat(value)
    if "token" in value or "generated_text" in value:
        return _tokens(value)
    return Piece(tokens=_usage(value))


def read_converse(event: str, value: Any) -> Piece:
    """An event of Bedrock's ConverseStream. Raises EndpointError."""
    if not isinstance(value, Mapping):
        raise garbled("an event that is no object")
    if event == "contentBlockDelta":
        return Piece(_text(_object(value, "delta").get("text")))
    if event == "messageStop":
        return Piece(reason=_reason(value.get("stopReason")))
    if event == "metadata":
        return Piece(tokens=_usage(value, "outputTokens"))
    return Piece()


def _chat(value: Mapping[str, Any]) -> Piece:
    choices = value["choices"] or []
    if not isinstance(choices, Sequence) or isinstance(choices, str):
        raise garbled("choices that are no list")
    if not choices:
        return Piece(tokens=_usage(value))
    if not all(isinstance(choice, Mapping) for choice in choices):
        raise garbled("a choice that is no object")
    # Only one is asked for; what a server adds of its own is not mixed into it.
    choice = next((choice for choice in choices if not choice.get("index")), None)
    if choice is None:
        return Piece(tokens=_usage(value))
    delta = _object(choice, "delta")
    said = delta or _object(choice, "message")
    reason = _reason(choice.get("finish_reason"))
    if reason == "error":
        raise EndpointError("failed", "The model broke off with an error of its own.")
    return Piece(_text(said.get("content")), reason, _usage(value), is_whole=not delta)


def _tokens(value: Mapping[str, Any]) -> Piece:
    token, details = _object(value, "token"), _object(value, "details")
    reason = _reason(details.get("finish_reason"))
    if reason == "error":
        raise EndpointError("failed", "The model broke off with an error of its own.")
    count = _count(details.get("generated_tokens"))
    if not token:
        return Piece(_text(value.get("generated_text")), reason, count, is_whole=True)
    return Piece("" if token.get("special") else _text(token.get("text")), reason, count)


def _object(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    inner = value.get(key) or {}
    if not isinstance(inner, Mapping):
        raise garbled(f"a {key} that is no object")
    return inner


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise garbled("a text that is no string")
    return value


def _reason(value: Any) -> str:
    word = word_of(value, _REASON_CHARACTERS)
    return _REASONS.get(word, word)


def _usage(value: Mapping[str, Any], key: str = "completion_tokens") -> int | None:
    # A count that cannot be read costs nobody an answer.
    usage = value.get("usage")
    return _count(usage.get(key)) if isinstance(usage, Mapping) else None


def _count(value: Any) -> int | None:
    is_int = isinstance(value, int) and not isinstance(value, bool)
    is_count = is_int and 0 <= value <= _MOST_TOKENS
    return value if is_count else None
