"""The hall's phones: they join, vote, change their minds, fall asleep and send nonsense."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

from simulation.life import CODE, ROOM_KEY
from simulation.weather import stream

from finale.audience.messages import PROTOCOL

if TYPE_CHECKING:
    from simulation.life import Life
    from simulation.world import World

NONSENSE = (
    "",
    "{}",
    "[" * 500,
    "x" * 2000,
    '{"kind":"vote","id":"1","round":0,"letter":"A","rev":NaN}',
    '{"kind":"vote","id":"1","round":0,"letter":"I","rev":1}',
    '{"kind":"vote","id":"1","round":-1,"letter":"A","rev":1}',
    '{"kind":"ping","at":1e999}',
)


class Wire:
    """One websocket between a phone and the server that ran when it was opened."""

    def __init__(self, phone: "Phone") -> None:
        self._phone = phone
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.is_open = True
        self.pass_id = ""
        self.put({"type": "websocket.connect"})

    def put(self, message: dict[str, Any]) -> None:
        """From the phone."""
        self._to_server.put_nowait(message)

    def write(self, text: str) -> None:
        """A text frame from the phone."""
        self.put({"type": "websocket.receive", "text": text})

    def cut(self) -> None:
        """The phone has gone."""
        self.is_open = False
        self.put({"type": "websocket.disconnect"})

    async def receive(self) -> dict[str, Any]:
        """For the server."""
        message = await self._to_server.get()
        await asyncio.sleep(self._phone.lag())
        return message

    async def send(self, message: Any) -> None:
        """From the server; what it says must be so from here on, whether it is read or not."""
        if message["type"] == "websocket.close":
            self.is_open = False
        if message["type"] != "websocket.send":
            return
        if not self.is_open:
            raise OSError("the phone has gone")
        frame = json.loads(message["text"])
        self.pass_id = self.pass_id or str(frame.get("token", "")).split(".")[0].rpartition("-")[0]
        self._phone.sent(self.pass_id, message["text"], frame)
        await asyncio.sleep(self._phone.lag())
        if self.is_open:
            self._phone.read(frame)


class Phone:
    """One pass; votes as long as there is a vote, and sends again what was not acknowledged."""

    def __init__(self, world: "World", number: int) -> None:
        self._world = world
        self.name = f"phone-{number}"
        self._random = stream(world.seed, self.name)
        self._token = ""
        self._wire: Wire | None = None
        self._view: dict[str, Any] = {}
        self._waiting: dict[str, Any] | None = None
        self._revs: dict[int, int] = {}

    def lag(self) -> float:
        """Seconds on the way."""
        slowest = self._world.weather.slowest_s if self._random.random() < 0.1 else 0.01
        return self._random.uniform(0.001, slowest)

    async def play(self) -> None:
        """Until the show is over."""
        while not self._world.is_over:
            await asyncio.sleep(self._random.uniform(0.3, 3))
            life = self._world.life
            if life is None or not life.is_ready:
                self._wire = None
            elif self._wire is None or not self._wire.is_open:
                self._connect(life)
            else:
                self._act(self._wire)

    def _connect(self, life: "Life") -> None:
        wire = self._wire = Wire(self)
        scope = {"type": "websocket", "path": "/ws", "headers": []}
        life.serve(life.gateway(scope, wire.receive, wire.send))
        code = self._random.choice((CODE, CODE.lower(), ROOM_KEY))
        join = {"kind": "join", "v": PROTOCOL, "token": self._token, "code": code}
        wire.write(json.dumps(join))
        if self._waiting is not None:
            wire.write(json.dumps(self._waiting))

    def _act(self, wire: Wire) -> None:
        chance = self._random.random()
        if chance < 0.05:
            self._world.diary.note(self.name, "is cut off")
            wire.cut()
        elif chance < 0.08:
            wire.write(self._random.choice(NONSENSE))
        elif chance < 0.12:
            wire.write(json.dumps({"kind": "ask"}))
        elif chance < 0.25:
            self._change_lines(wire)
        elif self._waiting is not None and chance < 0.6:
            wire.write(json.dumps(self._waiting))
        elif self._view.get("is_vote_open") or chance < 0.2:
            self._vote(wire)

    def _change_lines(self, old: Wire) -> None:
        """A new connection, before the server knows that the old one is dead; and a new mind."""
        if self._world.life is None:
            return
        self._vote(old)
        old.put({"type": "websocket.disconnect"})
        self._waiting = None
        self._connect(self._world.life)
        if self._wire is not None:
            self._vote(self._wire)

    def _vote(self, wire: Wire) -> None:
        round_ = max(0, int(self._view.get("round", 0)))
        if self._random.random() < 0.05:
            round_ = max(0, round_ + self._random.choice((-1, 1)))
        letters = [answer["letter"] for answer in self._view.get("answers", ())] or ["A", "B"]
        rev = self._revs[round_] = self._revs.get(round_, 0) + 1
        vote = {"kind": "vote", "id": f"{round_}-{rev}", "round": round_, "rev": rev}
        self._waiting = vote | {"letter": self._random.choice(letters)}
        for _ in range(self._random.choice((1, 1, 2))):
            wire.write(json.dumps(self._waiting))

    def sent(self, pass_id: str, text: str, frame: dict[str, Any]) -> None:
        """A frame left the server for this phone."""
        self._world.framed((self.name, pass_id), text, frame)

    def read(self, frame: dict[str, Any]) -> None:
        """A frame has come."""
        kind = frame["kind"]
        self._token = frame.get("token", self._token)
        self._view = frame.get("view", self._view)
        if kind in ("ack", "refused") and self._waiting is not None:
            own = frame.get("own", {})
            self._world.diary.note(self.name, "{} {} {}", kind, frame["id"], own.get("letter", ""))
            if frame["id"] == self._waiting["id"]:
                self._waiting = None
