"""How replies end on a real connection: what is complete stays, whatever follows."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from llm.asking import PATIENT, Told, asked

from finale.llm.base import Finish
from finale.llm.openai_compatible import Chat, OpenAICompatible
from finale.llm.wire import Wire


@dataclass(frozen=True, slots=True)
class Body:
    """What a server sends, whoever asks."""

    content: bytes

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read the request, send the body, close."""
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(self.content)}\r\n\r\n"
        writer.write(head.encode() + self.content)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def model_that_sends(content: bytes) -> AsyncIterator[OpenAICompatible]:
    """A model on a port of its own."""
    server = await asyncio.start_server(Body(content).answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Wire() as wire:
        base = f"http://127.0.0.1:{port}/v1"
        yield OpenAICompatible(Chat("odd", "m", limits=PATIENT), base, "", wire)


def event(value: object) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def said(reason: object) -> bytes:
    return event({"choices": [{"delta": {"content": "A good answer."}, "finish_reason": reason}]})


DONE = b"data: [DONE]\n\n"
WHOLE = Told("A good answer.", Finish("stop"))
ENDINGS = {
    "junk after the end": (said("stop") + DONE + b"oops\n<html>\n", WHOLE),
    "bytes that are no UTF-8 after the end": (said("stop") + DONE + b"\xff\xfe\n", WHOLE),
    "an error after the end": (said("stop") + DONE + event({"error": "late"}), WHOLE),
    "junk after the reason": (said("stop") + b"oops\n", WHOLE),
    "half a line after the reason": (said("stop") + b'data: {"choi', WHOLE),
    "an error after the reason": (said("stop") + event({"error": {"code": 500}}), WHOLE),
    "a bad usage": (said("stop") + event({"choices": [], "usage": "ten"}) + DONE, WHOLE),
    "a huge count": (
        said("stop") + event({"choices": [], "usage": {"completion_tokens": 10**400}}) + DONE,
        WHOLE,
    ),
    "much junk after the end": (said("stop") + DONE + b"x" * 300_000, WHOLE),
    "junk before the end": (said(None) + b"oops\n", Told("A good answer.", failed="garbage")),
}


@pytest.mark.parametrize("name", ENDINGS)
async def test_what_follows_a_complete_reply_cannot_fail_it(name: str) -> None:
    content, told = ENDINGS[name]
    async with model_that_sends(content) as model:
        assert await asked(model) == told


async def test_a_word_now_and_then_pays_for_no_noise_between() -> None:
    noise = b":\n" * 100_000
    async with model_that_sends((said(None) + noise) * 4 + said("stop") + DONE) as model:
        assert await asked(model) == Told("A good answer." * 2, failed="garbage")


async def test_likelihoods_around_every_word_are_no_noise() -> None:
    wrapped = event({"choices": [{"delta": {"content": "a "}, "logprobs": "x" * 12_000}]})
    async with model_that_sends(wrapped * 60 + said("stop") + DONE) as model:
        assert await asked(model) == Told("a " * 60 + "A good answer.", Finish("stop"))


REASONS = [
    ("\ud800", "\ufffd"),
    ("a\x00b", "a\ufffdb"),
    ("a\nb\u202e", "a b"),
    ("x" * 100, "x" * 40),
    ({"stop": 1}, ""),
    (["stop"], ""),
]


@pytest.mark.parametrize(("reason", "kept"), REASONS)
async def test_a_reason_is_a_short_word_that_can_be_kept(reason: object, kept: str) -> None:
    async with model_that_sends(said(reason) + DONE) as model:
        finish = Finish(kept) if kept else None
        assert await asked(model) == Told("A good answer.", finish)
