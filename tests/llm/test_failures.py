"""What a backend's refusals mean to the host."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finale.llm.base import EndpointError
from finale.llm.failures import exception_told, failure_told, refusal

REFUSALS = [
    (401, "", {}, "no access"),
    (403, "ExpiredTokenException", {}, "no access"),
    (403, "", {"__type": "com.amazon.coral#UnrecognizedClientException"}, "no access"),
    (400, "", {"error": {"type": "invalid_api_key"}}, "no access"),
    (404, "", {}, "not found"),
    (400, "ValidationError", {"Message": "Endpoint x of account y not found."}, "not found"),
    (400, "ValidationException", {"message": "Could not find endpoint"}, "not found"),
    (400, "ValidationException:http://internal/", {"message": "bad"}, "refused settings"),
    (422, "", {"error": "Input validation error: `top_p` must be > 0.0"}, "refused settings"),
    (500, "", {"error": {"message": "top_p out of range"}}, "refused settings"),
    (500, "", {"error": {"message": "out of memory"}}, "failed"),
    (503, "", {"error": {"message": "Loading model"}}, "not ready"),
    (429, "ModelNotReadyException", {}, "not ready"),
    (429, "", {}, "throttled"),
    (400, "ServiceQuotaExceededException", {}, "throttled"),
    (424, "ModelError", {"OriginalStatusCode": 400, "OriginalMessage": "no"}, "refused settings"),
    (424, "ModelError", {"OriginalStatusCode": 503}, "not ready"),
    (424, "ModelError", {"OriginalStatusCode": 500, "OriginalMessage": "no"}, "failed"),
    (424, "ModelErrorException", {"originalStatusCode": 429}, "throttled"),
    (408, "ModelTimeoutException", {}, "stalled"),
    (502, "", {}, "unreachable"),
    (302, "", {}, "not found"),
]


@pytest.mark.parametrize(("status", "name", "told", "kind"), REFUSALS)
def test_a_refusal_has_the_kind_that_the_host_can_act_on(
    status: int, name: str, told: dict[str, object], kind: str
) -> None:
    assert refusal(status, name, json.dumps(told).encode()).kind == kind


def test_a_refused_setting_is_named() -> None:
    body = b'{"error": {"message": "1 validation error: top_p must be at most 1", "code": 500}}'

    assert refusal(500, "", body).text == "The model refuses the setting top_p (HTTP 500)."


EXCEPTIONS = [
    ("ModelStreamError", {"ErrorCode": "StreamBroken", "Message": "x"}, "cut"),
    ("ModelStreamError", {"ErrorCode": "ModelInvocationTimeExceeded"}, "stalled"),
    ("InternalStreamFailure", {"Message": "x"}, "failed"),
    ("throttlingException", {"message": "x"}, "throttled"),
    ("validationException", {"message": "temperature"}, "refused settings"),
    ("serviceUnavailableException", {}, "not ready"),
    ("modelStreamErrorException", {"message": "x"}, "failed"),
]


@pytest.mark.parametrize(("name", "told", "kind"), EXCEPTIONS)
def test_an_exception_frame_has_its_kind(name: str, told: dict[str, object], kind: str) -> None:
    assert exception_told(name, json.dumps(told).encode()).kind == kind


def is_plain(error: EndpointError) -> bool:
    """Whether the text is one short line that ends as a sentence does."""
    return len(error.text) <= 200 and error.text.isprintable() and error.text.endswith(".")


@given(
    status=st.integers(300, 599),
    name=st.text(max_size=300),
    body=st.binary(max_size=300) | st.text().map(str.encode),
)
def test_whatever_is_sent_the_host_reads_one_plain_line(
    status: int, name: str, body: bytes
) -> None:
    assert is_plain(refusal(status, name, body))
    assert is_plain(exception_told(name, body))


@given(error=st.dictionaries(st.sampled_from(["message", "code", "type", "error"]), st.text()))
def test_whatever_error_is_told_the_host_reads_one_plain_line(error: dict[str, str]) -> None:
    assert is_plain(failure_told({"error": error}))


@pytest.mark.parametrize("code", [123456789012, 10**4000, -7, 99, 600, True])
def test_a_number_that_is_no_status_is_not_quoted(code: int) -> None:
    assert failure_told({"error": {"code": code}}).text == "The model failed. Generate again."
    body = json.dumps({"OriginalStatusCode": code}).encode() if code < 10**20 else b"{}"
    assert refusal(424, "ModelError", body).text == "The model refuses what it was sent (HTTP 424)."


def test_a_status_is_quoted_and_a_word_that_names_no_error_is_not() -> None:
    told = {"error": {"code": 429, "type": "planted_secret"}}

    assert failure_told(told).text == (
        "The model is asked too often. Try again in a few seconds (code 429)."
    )


def test_nothing_of_a_body_is_quoted() -> None:
    error = refusal(401, "", b'{"error": {"message": "bad key sk-planted", "code": "sk-planted"}}')

    assert error.text == "The model refuses the credentials. Check key or role (HTTP 401)."
