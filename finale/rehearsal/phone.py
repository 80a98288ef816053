"""One simulated phone: a real websocket, its own memory, and no knowledge of the server's code."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from finale.rehearsal.habits import Habits

Frame = dict[str, Any]

TRIES = 20
"""Connections that may fail in a row before a phone gives up."""


class PhoneGaveUp(Exception):
    """A phone could not get through to the server, or does not know the room code."""


class _Dropped(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Room:
    """What the phones of one crowd share: address and code, the door, the count, who is told."""

    socket: str
    code: str
    spread_s: float
    joined: Callable[[], None]
    settled: Callable[[int], None]
    door: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(50))
    count: Counter[str] = field(default_factory=Counter)


def socket_address(url: str) -> str:
    """The websocket's address beside a page's: `http://hall:8080/?CODE` has `ws://hall:8080/ws`."""
    parts = urlsplit(url)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}/ws"


def room_code(url: str) -> str:
    """What follows the question mark: the code of `http://hall:8080/?CODE` is `CODE`."""
    return urlsplit(url).query


class Phone:
    """Joins, votes in every round by its habits, drops and returns, leaves with the champion."""

    def __init__(self, room: Room, habits: Habits, number: int) -> None:
        """`number` only makes its messages' ids its own."""
        self._room = room
        self._habits = habits
        self._number = number
        self._token = ""
        self._view: Frame = {}
        self._plans: dict[int, list[str]] = {}
        self._waiting: Frame | None = None
        self._promised: dict[int, Frame] = {}
        self._dropped: set[int] = set()
        self._is_leaving = False

    async def live(self) -> None:
        """Stay until the champion is crowned. Raises PhoneGaveUp."""
        tries = 0
        while not self._is_leaving:
            try:
                async with self._room.door:
                    line = await self._join()
                tries = 0
                await self._stay(line)
            except _Dropped:
                continue
            except (OSError, WebSocketException, TimeoutError) as error:
                tries += 1
                if tries > TRIES:
                    raise PhoneGaveUp(f"A phone could not get through: {error}") from error
                await asyncio.sleep(0.05 * tries)
        await self._look_back()

    async def _join(self) -> ClientConnection:
        line = await connect(
            self._room.socket, compression=None, proxy=None, open_timeout=20, close_timeout=1
        )
        join = {"kind": "join", "v": 1, "token": self._token, "code": self._room.code}
        await line.send(json.dumps(join))
        welcome = json.loads(await line.recv())
        if welcome["kind"] == "code_wanted":
            raise PhoneGaveUp("The room code in the address is missing or wrong.")
        if not self._token:
            self._room.count["joined"] += 1
            self._room.joined()
        self._token = welcome["token"]
        self._check({ballot["round"]: ballot for ballot in welcome["own"]})
        self._view = welcome["view"]
        return line

    def _check(self, own: dict[int, Frame]) -> None:
        for round_, promised in self._promised.items():
            kept = own.get(round_)
            is_newer = kept is not None and kept["rev"] > promised["rev"]
            self._room.count["lost"] += not is_newer and kept != promised

    async def _stay(self, line: ClientConnection) -> None:
        async with line:
            if self._waiting is not None:
                await line.send(json.dumps(self._waiting))
            await self._look(line)
            while not self._is_leaving:
                await self._hear(line, json.loads(await line.recv()))

    async def _hear(self, line: ClientConnection, frame: Frame) -> None:
        if frame["kind"] == "view":
            self._view = frame["view"]
        elif self._waiting is not None and frame.get("id") == self._waiting["id"]:
            self._settle(frame)
        await self._look(line)

    def _settle(self, frame: Frame) -> None:
        round_ = int(self._waiting["round"]) if self._waiting else -1
        self._waiting = None
        if frame["kind"] == "refused":
            self._room.count["refused"] += 1
            self._plans[round_] = []
        else:
            self._room.count["acked"] += 1
            self._promised[round_] = frame["own"]
        if not self._plans[round_]:
            self._room.settled(round_)

    async def _look(self, line: ClientConnection) -> None:
        self._is_leaving = self._view["phase"] == "champion"
        round_ = self._view["round"]
        if self._waiting is not None or not self._view["is_vote_open"]:
            return
        if round_ not in self._plans:
            texts = {answer["letter"]: answer["text"] for answer in self._view["answers"]}
            self._plans[round_] = list(self._habits.votes(round_, texts))
            await asyncio.sleep(self._habits.patience(round_) * self._room.spread_s)
        if self._plans[round_]:
            await self._vote(line, round_)
        elif self._habits.drops_heard(round_):
            self._drop_once(line, round_)

    async def _vote(self, line: ClientConnection, round_: int) -> None:
        rev = self._promised[round_]["rev"] + 1 if round_ in self._promised else 1
        letter = self._plans[round_].pop(0)
        name = f"{self._number}-{round_}-{rev}"
        self._waiting = {"kind": "vote", "id": name, "round": round_, "letter": letter, "rev": rev}
        await line.send(json.dumps(self._waiting))
        if self._habits.drops_unheard(round_):
            self._drop_once(line, round_)

    def _drop_once(self, line: ClientConnection, round_: int) -> None:
        if round_ not in self._dropped:
            self._dropped.add(round_)
            self._room.count["dropped"] += 1
            line.transport.abort()
            raise _Dropped

    async def _look_back(self) -> None:
        """Come once more after the end, to see that every promised ballot is still there."""
        try:
            async with self._room.door:
                await (await self._join()).close()
        except (OSError, WebSocketException, TimeoutError):
            # The house may close at once; nothing can be seen then, so nothing is claimed.
            self._room.count["unchecked"] += 1
