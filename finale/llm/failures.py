"""What a backend's refusals and failures mean to the host, whatever backend it was."""

import json
import re
from collections.abc import Mapping
from typing import Any

from finale.llm.base import EndpointError, Kind

_ADVICE: dict[Kind, str] = {
    "not found": "There is no such model. Check its name, region and address",
    "not ready": "The model is still starting. Try again in a minute",
    "throttled": "The model is asked too often. Try again in a few seconds",
    "refused settings": "The model refuses {setting}",
    "no access": "The model refuses the credentials. Check key or role",
    "unreachable": "The model cannot be reached. Check the network",
    "stalled": "The model took too long. Generate again",
    "failed": "The model failed. Generate again",
}
_NAMED: tuple[tuple[str, Kind], ...] = (
    ("NotReady|ServiceUnavailable", "not ready"),
    ("Throttl|TooManyRequests|Quota|LimitExceeded|RateLimit|rate_limit", "throttled"),
    ("ResourceNotFound|not_found|NotFound", "not found"),
    (
        "AccessDenied|ExpiredToken|UnrecognizedClient|InvalidClient|InvalidSignature|Forbidden"
        "|SignatureDoesNotMatch|MissingAuthentication|IncompleteSignature|Unauthori[sz]ed"
        "|invalid_api_key|authentication|permission",
        "no access",
    ),
    ("ModelTimeout|TimeExceeded", "stalled"),
    ("StreamBroken", "cut"),
    ("Validation|BadRequest|invalid_request", "refused settings"),
)
_STATUS: dict[int, Kind] = {
    401: "no access",
    403: "no access",
    404: "not found",
    408: "stalled",
    429: "throttled",
    502: "unreachable",
    503: "not ready",
    504: "stalled",
}
_SETTINGS = ("temperature", "top_p", "topP", "max_tokens", "max_new_tokens", "maxTokens")
_COMPLAINT = re.compile(r"validation|must be|less than|greater than|out of range", re.IGNORECASE)
_MISSING = re.compile(r"not found|does not exist|could not find", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z][A-Za-z_]{2,50}")
_KNOWN = re.compile(
    "|".join(pattern for pattern, _ in _NAMED)
    + "|Error|Exception|Fail|Fault|Invalid|Timeout|Unavailable|Overload|Refused|Denied",
    re.IGNORECASE,
)


def refusal(status: int, name: str, body: bytes) -> EndpointError:
    """The failure behind an HTTP status from 300 on; `name` is AWS's error type, if it told one.

    Of the body only known words are looked for; nothing of it is quoted.
    """
    told = _told(body)
    name = _code({"code": name.partition(":")[0]}) or _code(told)
    if name == "ModelError" or name == "ModelErrorException":
        status = _original(told) or status
        return _failure(_by_status(status, _words(told)), f"HTTP {status}", _words(told))
    kind = _by_name(name, _words(told)) or _by_status(status, _words(told))
    return _failure(kind, f"{name}, HTTP {status}" if name else f"HTTP {status}", _words(told))


def failure_told(value: Mapping[str, Any]) -> EndpointError:
    """The failure that an object within a reply tells of, where the status was 200."""
    error = value.get("error")
    told = error if isinstance(error, Mapping) else value
    name, words = _code(told), _words(told)
    status = next((n for n in map(_status, map(told.get, ("code", "status"))) if n), 0)
    kind = _by_name(name, words) or _by_status(status, words)
    return _failure(kind, name or (f"code {status}" if status else ""), words)


def exception_told(name: str, body: bytes) -> EndpointError:
    """The failure that an exception frame of AWS's event stream tells of."""
    told = _told(body)
    name = _code({"code": told.get("ErrorCode")}) or _code({"code": name})
    kind = _by_name(name, _words(told)) or "failed"
    return _failure(kind, name, _words(told))


def garbled(what: str) -> EndpointError:
    """The failure of a model whose reply cannot be read; `what` is ours, not the model's."""
    return EndpointError("garbage", f"The model sends what cannot be read: {what}.")


def _failure(kind: Kind, code: str, words: str) -> EndpointError:
    if kind == "cut":
        return EndpointError(kind, "The model’s reply broke off. Generate again.")
    named = next((setting for setting in _SETTINGS if setting in words), "")
    advice = _ADVICE[kind].format(setting=f"the setting {named}" if named else "what it was sent")
    return EndpointError(kind, f"{advice} ({code})." if code else f"{advice}.")


def _by_name(name: str, words: str) -> Kind | None:
    for pattern, kind in _NAMED:
        if re.search(pattern, name, re.IGNORECASE):
            # SageMaker calls an endpoint that is not there a validation error.
            is_missing = kind == "refused settings" and _MISSING.search(words)
            return "not found" if is_missing else kind
    return None


def _by_status(status: int, words: str) -> Kind:
    if status in _STATUS:
        return _STATUS[status]
    if 300 <= status < 400:
        return "not found"
    if 400 <= status < 500:
        return "refused settings"
    # llama.cpp and transformers answer settings out of range with 500.
    is_complaint = _COMPLAINT.search(words) or any(setting in words for setting in _SETTINGS)
    return "refused settings" if is_complaint else "failed"


def _told(body: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {"message": body.decode("utf-8", "replace")}
    if not isinstance(value, Mapping):
        return {"message": body.decode("utf-8", "replace")}
    error = value.get("error")
    return error if isinstance(error, Mapping) else value


def _code(told: Mapping[str, Any]) -> str:
    """The name of an error, as far as it is a mere word that names of errors have in them."""
    for key in ("__type", "error_type", "code", "type"):
        word = str(told.get(key) or "").rpartition("#")[2]
        if _CODE.fullmatch(word) and _KNOWN.search(word):
            return word
    return ""


def _words(told: Mapping[str, Any]) -> str:
    keys = ("message", "Message", "OriginalMessage", "detail", "error")
    return " ".join(str(told[key]) for key in keys if told.get(key))


def _original(told: Mapping[str, Any]) -> int:
    return _status(told.get("OriginalStatusCode") or told.get("originalStatusCode"))


def _status(value: Any) -> int:
    """A status of HTTP, 0 if it is none."""
    return value if isinstance(value, int) and 100 <= value < 600 else 0
