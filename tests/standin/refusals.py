"""What backends answer instead of a reply: status, AWS's error type, body."""

import json
from dataclasses import dataclass
from typing import Any

_TOO_HIGH = "temperature must be less than or equal to 2.0"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP reply that is no stream."""

    status: int
    body: bytes
    error_type: str = ""
    content_type: str = "application/json"


_OPENAI = {
    "throttled": (429, {"message": "Slow down.", "type": "rate_limit_error"}),
    "not ready": (503, {"message": "Loading model", "type": "unavailable_error"}),
    "no access": (401, {"message": "Incorrect API key.", "code": "invalid_api_key"}),
    "refused": (400, {"message": _TOO_HIGH, "type": "BadRequestError", "code": 400}),
    "refused with 500": (500, {"message": f"1 validation error: {_TOO_HIGH}", "code": 500}),
    "model error": (500, {"message": "out of memory", "type": "server_error"}),
    "moved": (307, {"message": "Elsewhere."}),
    "not found": (404, {"message": "The model does not exist.", "code": "model_not_found"}),
}
_AWS = {
    "throttled": (400, "ThrottlingException", {"message": "Rate exceeded"}),
    "not ready": (429, "ModelNotReadyException", {"message": "Not ready for inference."}),
    "no access": (403, "AccessDeniedException", {"message": "User is not authorized."}),
    "refused": (400, "ValidationException", {"message": _TOO_HIGH}),
    "moved": (307, "", {"message": "Elsewhere."}),
}
_SAGEMAKER = {
    "refused with 500": (500, f"1 validation error: {_TOO_HIGH}"),
    "model error": (500, "CUDA out of memory"),
}


def refusal(kind: str, backend: str, echo: str) -> Refusal:
    """The refusal in the words of "openai", "sagemaker" or "bedrock".

    `echo` is put into every body: servers quote what they were sent, keys among it.
    """
    if kind == "web page":
        page = f"<!doctype html>\n<title>Sign in</title>\n<p>{echo}</p>\n"
        return Refusal(200, page.encode(), "", "text/html")
    if kind == "nested":
        return Refusal(500, b"[" * 16_000)
    if backend == "openai":
        status, error = _OPENAI[kind]
        return _refusal(status, "", {"error": {**error, "param": echo}, "echo": echo})
    if kind in _AWS:
        status, name, told = _AWS[kind]
        return _refusal(status, name, {**told, "echo": echo})
    if kind == "not found":
        return _missing(backend, echo)
    return _model_error(kind, backend, echo)


def _missing(backend: str, echo: str) -> Refusal:
    if backend == "bedrock":
        told = {"message": f"Could not find the model. {echo}"}
        return _refusal(404, "ResourceNotFoundException", told)
    told = {"Message": f"Endpoint gone of account 123456789012 not found. {echo}"}
    return _refusal(400, "ValidationError", told)


def _model_error(kind: str, backend: str, echo: str) -> Refusal:
    original, words = _SAGEMAKER[kind]
    if backend == "bedrock":
        told = {"message": f"{words} {echo}", "originalStatusCode": original}
        return _refusal(424, "ModelErrorException", told)
    told = {
        "ErrorCode": "CLIENT_ERROR_FROM_MODEL",
        "LogStreamArn": "arn:aws:logs:eu-west-1:123456789012:log-group:x",
        "Message": f"Received server error ({original}) from primary. {echo}",
        "OriginalMessage": words,
        "OriginalStatusCode": original,
    }
    return _refusal(424, "ModelError", told)


def _refusal(status: int, name: str, told: dict[str, Any]) -> Refusal:
    return Refusal(status, json.dumps(told).encode(), name)
