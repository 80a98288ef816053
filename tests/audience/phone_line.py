"""A phone for tests: one websocket, every frame kept as it came."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from audience.phone_house import CODE
from websockets.asyncio.client import ClientConnection, connect


class Phone:
    """Sends what a test says and hears frames in order."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.frames: list[str] = []

    async def say(self, **message: Any) -> None:
        await self.line.send(json.dumps(message))

    async def hear(self) -> dict[str, Any]:
        text = await self.line.recv()
        assert isinstance(text, str)
        self.frames.append(text)
        heard: dict[str, Any] = json.loads(text)
        return heard

    async def hear_kind(self, kind: str) -> dict[str, Any]:
        """The next frame of that kind; those before it are passed over."""
        while (frame := await self.hear())["kind"] != kind:
            continue
        return frame

    async def vote(self, letter: str, rev: int = 1, round_: int = 0) -> dict[str, Any]:
        """Vote, and hear the answer to that vote."""
        name = f"{letter}-{rev}"
        await self.say(kind="vote", id=name, round=round_, letter=letter, rev=rev)
        while (frame := await self.hear()).get("id") != name:
            continue
        return frame

    async def catch_up(self) -> None:
        """Hear everything that was sent before now."""
        await self.say(kind="ping", at=0.0)
        await self.hear_kind("pong")


@asynccontextmanager
async def phone(
    host: str, token: str = "", code: str = CODE, language: str = ""
) -> AsyncIterator[tuple[Phone, dict[str, Any]]]:
    """A phone that has said its join, and what it was answered: its welcome, as a rule."""
    asked = f"?{language}" if language else ""
    async with connect(f"ws://{host}/ws{asked}", compression=None, proxy=None) as line:
        joined = Phone(line)
        await joined.say(kind="join", v=1, token=token, code=code)
        yield joined, await joined.hear()
