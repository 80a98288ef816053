"""The API of a real show, served on loopback; everything in one event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from backstage import Backstage, HandClock, backstage
from fastapi import FastAPI

from finale.access import API, Access, every_seat
from finale.addresses import API_PATH
from finale.api.routes import House, open_api
from finale.server import listen, serve
from finale.show.views.common import Hall


@dataclass
class ApiHouse:
    """A show, who may ask, and a client that has the token."""

    show: Backstage
    access: Access
    client: httpx.AsyncClient

    async def get(self, path: str, **asked: Any) -> Any:
        """What a read-out says."""
        answer = await self.client.get(path, params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def press(self, path: str, key: str = "", **values: Any) -> tuple[int, Any]:
        """Status and what a cue answers: the events, or the sentence of the refusal."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = await self.client.post(path, json=values, headers=headers)
        said = answer.json()
        return answer.status_code, said["events" if answer.status_code == 200 else "detail"]

    async def next(self) -> tuple[int, Any]:
        """Read the next step and take it."""
        return await self.press("/next", cue=(await self.get("/next"))["id"])


@asynccontextmanager
async def api_house(folder: Path, **plan_of: Any) -> AsyncIterator[ApiHouse]:
    """Served until the block ends."""
    async with backstage(folder, HandClock(), **plan_of) as show:
        access, app, listener = Access(b"k" * 32), FastAPI(), listen("127.0.0.1", 0)
        seats = every_seat(show.state.rundown.seats)
        hall = Hall(phones=3, seats=frozenset({"finalist-v"}))
        open_api(app, House(show.showrunner, access, seats, lambda: hall))
        ready = asyncio.Event()
        serving = asyncio.ensure_future(serve(app, listener, ready.set))
        await ready.wait()
        base = f"http://127.0.0.1:{listener.getsockname()[1]}{API_PATH}"
        headers = {"Authorization": f"Bearer {access.token(API)}"}
        async with httpx.AsyncClient(base_url=base, headers=headers, trust_env=False) as client:
            yield ApiHouse(show, access, client)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        listener.close()
