"""From bytes to pieces, however they are cut."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standin.behaviours import Behaviour
from standin.dialects import Chat, Converse, Dialect, Tokens
from standin.frames import payload_part

from finale.llm.base import EndpointError
from finale.llm.clean import Clean
from finale.llm.streams import BedrockDecoder, Decoder, LineDecoder, SageMakerDecoder

texts = st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=12)
cuts = st.lists(st.integers(1, 40), min_size=1, max_size=60)

DIALECTS: dict[str, tuple[Dialect, Callable[[], Decoder]]] = {
    "chat, server-sent": (Chat(True, "\n"), LineDecoder),
    "chat, Windows lines": (Chat(True, "\r\n"), LineDecoder),
    "chat, returns alone": (Chat(True, "\r"), LineDecoder),
    "chat, bare lines": (Chat(False, "\n"), LineDecoder),
    "tokens of TGI": (Tokens(True, "\n"), LineDecoder),
    "tokens of LMI": (Tokens(False, "\n"), LineDecoder),
    "SageMaker": (Chat(False, "\n"), SageMakerDecoder),
    "Bedrock": (Converse(), BedrockDecoder),
}


def parts(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    """The data in parts of those sizes, over and over."""
    found, start, turn = [], 0, 0
    while start < len(data):
        found.append(data[start : start + sizes[turn % len(sizes)]])
        start, turn = start + sizes[turn % len(sizes)], turn + 1
    return found


def read(decoder: Decoder, data: Sequence[bytes]) -> str:
    """All of the text."""
    return "".join(piece.text for part in data for piece in decoder.feed(part))


@pytest.mark.parametrize("name", DIALECTS)
@given(words=texts, sizes=cuts, inner=cuts)
def test_the_text_is_the_same_however_its_bytes_are_cut(
    name: str, words: list[str], sizes: list[int], inner: list[int]
) -> None:
    dialect, decoder = DIALECTS[name]
    how, said = Behaviour(), tuple(words)
    data = dialect.start(how) + b"".join(map(dialect.word, said)) + dialect.finish(how, said)
    if name == "SageMaker":
        data = b"".join(map(payload_part, parts(data, inner)))

    assert read(decoder(), parts(data, sizes)) == "".join(words)


@given(data=st.binary(max_size=300), sizes=cuts)
def test_any_bytes_at_all_are_text_or_a_failure(data: bytes, sizes: list[int]) -> None:
    for decoder in (LineDecoder(), SageMakerDecoder(), BedrockDecoder()):
        outcome = "text"
        try:
            read(decoder, parts(data, sizes))
            list(decoder.end())
        except EndpointError as error:
            outcome = error.kind
        assert outcome in ("text", "garbage", "cut", "failed", "refused settings")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "delta", "content", "token", "text", "error", "usage", "details"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(value=json_values)
def test_any_json_at_all_is_a_piece_or_a_failure(value: object) -> None:
    outcome: object = "failed"
    with suppress(EndpointError):
        pieces = list(LineDecoder().feed(json.dumps(value).encode() + b"\n"))
        outcome = {type(piece.text) for piece in pieces}
    assert outcome in ("failed", {str})


LINES = [
    (b'data: {"choices": [{"delta": {"content": "a"}}]}\n', "a"),
    (b'data:{"choices": [{"delta": {"content": "a"}}]}\n', "a"),
    (b'\xef\xbb\xbfdata: {"choices": [{"delta": {"content": "a"}}]}\n', "a"),
    (b'{"choices": [{"delta": {"content": "a"}}]}\n', "a"),
    (b'event: message\nid: 7\nretry: 3\ndata: {"token": {"text": "a"}}\n\n', "a"),
    (b': a comment\n\n\ndata:\n\ndata: {"token": {"text": "a"}}\n\n', "a"),
    (b'{"token": {"text": "a"}}\n{"token": {"text": "<|eot_id|>", "special": true}}\n', "a"),
    (b'{"token": {"text": "a"}}\n{"generated_text": "a", "details": {}}\n', "aa"),
    (b'{"choices": [], "usage": {"completion_tokens": 4}}\n', ""),
    (b'{"choices": [{"delta": {"content": null, "reasoning_content": "hm"}}]}\n', ""),
    (b'{"object": "ping"}\n', ""),
    (b'data: {"token": {"text": "a"}}\r\rdata: {"token": {"text": "b"}}\r\r', "ab"),
    (b'{"choices": [{"index": 1, "delta": {"content": "b"}}]}\n', ""),
    (
        b'{"choices": [{"index": 1, "delta": {"content": "b"}},'
        b' {"index": 0, "delta": {"content": "a"}}]}\n',
        "a",
    ),
    (b'{"choices": [{"delta": {"content": "a"}}], "usage": 7}\n', "a"),
]


@pytest.mark.parametrize(("data", "text"), LINES)
def test_lines_of_every_kind_are_read(data: bytes, text: str) -> None:
    assert read(LineDecoder(), [data]) == text


def test_the_two_signs_of_a_windows_line_end_are_one_wherever_they_are_cut() -> None:
    parted = [b"event: error\r", b'\ndata: {"message": "no", "code": 401}\r', b"\n"]

    with pytest.raises(EndpointError) as failed:
        read(LineDecoder(), parted)
    assert failed.value.kind == "no access"


def test_a_line_that_ends_with_a_return_is_read_at_once() -> None:
    assert read(LineDecoder(), [b'data: {"token": {"text": "a"}}\r']) == "a"


FAILURES = [
    (b'data: {"error": {"message": "no", "code": 429}}\n', "throttled"),
    (b'error: {"message": "no", "code": 503}\n', "not ready"),
    (b'event: error\ndata: {"message": "no", "code": 401}\n\n', "no access"),
    (
        b'{"object": "error", "message": "top_p is 7", "code": 400}\n',
        "refused settings",
    ),
    (b'{"token": {"text": ""}, "details": {"finish_reason": "error"}}\n', "failed"),
    (b'{"choices": [{"delta": {}, "finish_reason": "error"}]}\n', "failed"),
    (b'{"choices": [{"delta": {}, "finish_reason": "abort"}]}\n', "failed"),
    (b'data: {"error": "out of memory", "error_type": "generation"}\n', "failed"),
    (b"data: oops\n", "garbage"),
    (b"data: 7\n", "garbage"),
    (b'{"choices": "none"}\n', "garbage"),
    (b'{"choices": [{"delta": {"content": 7}}]}\n', "garbage"),
    (b'{"choices": [7]}\n', "garbage"),
    (b'{"token": 7}\n', "garbage"),
    (b'data: {"token": {"text": "\xfc"}}\n', "garbage"),
    (b"data: " + b"[" * 100_000 + b"\n", "garbage"),
]


@pytest.mark.parametrize(("data", "kind"), FAILURES)
def test_failures_told_in_a_line_are_heard(data: bytes, kind: str) -> None:
    with pytest.raises(EndpointError) as failed:
        read(LineDecoder(), [data])
    assert failed.value.kind == kind


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_clean_joins_what_was_cut_within_a_pair_of_surrogates(
    text: str,
) -> None:
    units = text.encode("utf-16-le")
    halves = [
        units[i : i + 2].decode("utf-16-le", "surrogatepass") for i in range(0, len(units), 2)
    ]
    clean = Clean()

    assert "".join(map(clean.feed, halves)) + clean.end() == text


@given(pieces=st.lists(st.text(st.characters(), max_size=4)))
def test_clean_text_can_always_be_sent(pieces: list[str]) -> None:
    clean = Clean()
    text = "".join(map(clean.feed, pieces)) + clean.end()

    assert text.encode().decode() == text
    assert "\x00" not in text
