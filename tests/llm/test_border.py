"""Whatever breaks inside, only EndpointError leaves the room."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from llm.asking import PATIENT, Told, asked

from finale.llm.base import EndpointError, Finish
from finale.llm.border import BROKE, border
from finale.llm.failures import exception_told, failure_told, refusal
from finale.llm.openai_compatible import Chat, OpenAICompatible
from finale.llm.wire import Wire

DEEP = b"[" * 16_000


@asynccontextmanager
async def answering(body: bytes, kind: str = "application/json") -> AsyncIterator[str]:
    """The address of a server that answers everything with `body`."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"


def test_what_nobody_foresaw_becomes_a_failure_that_quotes_nothing() -> None:
    with pytest.raises(EndpointError) as failed, border():
        raise KeyError("sk-planted")

    assert (failed.value.kind, failed.value.text) == ("failed", BROKE)
    assert failed.value.__cause__ is None


async def test_a_cancellation_and_a_known_failure_pass_as_they_are() -> None:
    known = EndpointError("cut", "It broke off.")
    with pytest.raises(EndpointError) as failed, border():
        raise known
    assert failed.value is known
    with pytest.raises(asyncio.CancelledError), border():
        raise asyncio.CancelledError


def test_bodies_that_nest_without_end_are_failures_like_others() -> None:
    assert refusal(500, "", DEEP).kind == "failed"
    assert refusal(429, "", DEEP).kind == "throttled"
    assert exception_told("ModelStreamErrorException", DEEP).kind == "failed"


def test_a_status_that_no_http_has_is_not_told() -> None:
    assert failure_told({"error": {"code": 10**400}}).text == "The model failed. Generate again."


async def test_a_count_that_no_reply_has_is_no_count() -> None:
    usage = {"completion_tokens": 10**400}
    reply = {"choices": [{"delta": {"content": "Yes."}, "finish_reason": "stop"}], "usage": usage}
    body = b"data: " + json.dumps(reply).encode() + b"\n\ndata: [DONE]\n\n"
    async with answering(body, "text/event-stream") as base, Wire() as wire:
        endpoint = OpenAICompatible(Chat("openai: it", "m", limits=PATIENT), base, "", wire)

        assert await asked(endpoint) == Told("Yes.", Finish("stop"))


@pytest.mark.parametrize("entry", [{"id": []}, {"id": "m", "created": 10**400}])
async def test_a_strange_list_of_models_is_read_or_refused(entry: dict[str, object]) -> None:
    async with answering(json.dumps({"data": [entry]}).encode()) as base, Wire() as wire:
        endpoint = OpenAICompatible(Chat("openai: it", "m", limits=PATIENT), base, "", wire)
        try:
            told = (await endpoint.identity()).model
        except EndpointError as error:
            told = error.kind

    assert told == ("m" if entry["id"] else "not found")
