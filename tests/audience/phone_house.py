"""A whole house around the phones: real store, real showrunner, real sockets on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from finale.audience.ballot_box import BallotBox
from finale.audience.door import Door
from finale.audience.gateway import Gateway
from finale.audience.passes import Passes
from finale.clock import Clock, Tasks
from finale.show import commands as c
from finale.show.cues import REVEAL_PARTS, next_cue
from finale.show.phases import Phase
from finale.show.question import Question
from finale.show.rundown import Finalist, Panellist, Rundown, Settings
from finale.showrunner import Showrunner
from finale.store.event_log import EventLog
from finale.store.folder import Folder
from finale.store.writer import Writer

KEY = b"k" * 32
CODE = "FGHJ"
ROOM_KEY = "FGHJABCDEFGHIJKL"
SCREEN = {"width": 390, "height": 844}
SEATS = ("finalist-v", "finalist-w", "finalist-x")
ANSWERS = {"A": "Offer cover.", "B": "**Refer** it.", "C": "Decline, kindly."}


class StillClock(Clock):
    """Stands until a test moves it; nobody sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1_000_000.0

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


def question(name: str) -> Question:
    return Question(
        id=name,
        text=f"What about {name}?",
        short=f"{name}?",
        domain="testing",
        reference="word " * 40,
        key_facts=("one", "two", "three"),
    )


def rundown() -> Rundown:
    names = ("Vera Example", "Wim Placeholder", "Xenia Specimen")
    finalists = tuple(
        Finalist(id=seat, lectern=seat[-1].upper(), name=name)
        for seat, name in zip(SEATS, names, strict=True)
    )
    return Rundown(
        title="The Test Cup",
        finalists=finalists,
        panel=(Panellist(id="panel-1", name="Expert One"),),
        judge="scripted judge",
        rounds=(question("bakery"), question("barge")),
        reserve=question("van"),
        settings=Settings(quorum=0),
    )


@dataclass
class House:
    """One show with its audience; `owners` says who wrote which letter."""

    clock: StillClock
    showrunner: Showrunner
    writer: Writer
    passes: Passes
    box: BallotBox
    door: Door
    gateway: Gateway
    tasks: Tasks

    def token(self) -> str:
        """The token of a phone that joined before any vote was open."""
        return self.passes.issue()[1]

    async def cue(self) -> None:
        cue = next_cue(self.showrunner.state)
        assert cue is not None
        await self.showrunner.do(c.CallCue(cue=cue.id), "host")

    async def submit(self, answers: Mapping[str, str], owners: Mapping[str, str]) -> None:
        """From the question to the lock: every finalist submits the text of the own letter."""
        do, number = self.showrunner.do, self.showrunner.state.number
        letters = sorted(owners)
        for letter in letters:
            start = c.StartDraft(round=number, system="", temperature=0, top_p=1)
            await do(start, owners[letter])
            done = c.RecordDraft(
                round=number,
                finalist=owners[letter],
                draft=1,
                text=answers[letter],
                outcome="finished",
            )
            await do(done, "crew")
            await do(c.Submit(round=number, draft=1), owners[letter])
        places = tuple(SEATS.index(owners[letter]) for letter in letters)
        await do(c.EndTuning(round=number, order=places), "crew")

    async def open_vote(
        self,
        answers: Mapping[str, str] = ANSWERS,
        owners: Mapping[str, str] | None = None,
    ) -> None:
        """From where a round may begin to the open vote."""
        await self.cue()
        await self.cue()
        await self.submit(answers, owners or dict(zip("ABC", SEATS, strict=True)))
        self.clock.at += 10
        await self.showrunner.do(c.MoveOn(round=self.showrunner.state.number), "crew")
        for _ in answers:
            await self.cue()
        await self.cue()

    async def close_vote(self) -> None:
        """Close the vote and wait for its tally."""
        await self.showrunner.do(
            c.CloseGate(round=self.showrunner.state.number, gate="vote"), "host"
        )
        await self.showrunner.until(lambda state: state.round.counts is not None)

    async def step(self) -> None:
        """The next step towards the standings, with a clock that is never in the way."""
        self.clock.at += 1
        deadline = self.showrunner.state.deadlines.get("phase")
        if self.showrunner.state.phase is Phase.APPEAL and deadline is not None:
            self.clock.at = deadline
            await self.showrunner.do(c.TimeUp(what="phase", deadline=deadline), "crew")
        else:
            await self.cue()

    async def name_all(self, but: int = 0) -> None:
        """From the closed vote to the last name but `but`, without a judge."""
        letters = sorted(self.showrunner.state.round.letters)
        for letter in letters:
            number = self.showrunner.state.number
            await self.showrunner.do(
                c.MissVerdict(round=number, letter=letter, reason="none"), "crew"
            )
        while self.showrunner.state.step < len(REVEAL_PARTS) + len(letters) - but:
            await self.step()

    async def finish_round(self) -> None:
        """From the closed vote to the standings, without a judge."""
        await self.name_all()
        await self.step()


@asynccontextmanager
async def house(
    folder: Path, epoch: int = 1, writer_type: type[Writer] = Writer, plan: Rundown | None = None
) -> AsyncIterator[House]:
    """Open the show in that folder, or go on with it."""
    clock, tasks, passes = StillClock(), Tasks(), Passes(KEY)
    data = Folder(folder)
    data.prepare()
    writer = writer_type(data.open_show())
    showrunner = Showrunner(EventLog(writer), clock, epoch)
    await showrunner.open(plan or rundown())
    box = BallotBox(showrunner, writer, passes, clock)
    box.start(tasks)
    door = Door(passes, CODE, ROOM_KEY, clock)
    gateway = Gateway(showrunner, box, door, clock)
    gateway.start(tasks)
    try:
        yield House(clock, showrunner, writer, passes, box, door, gateway, tasks)
    finally:
        await tasks.stop()
        writer.close()


class Server(uvicorn.Server):
    """uvicorn's server, which says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@asynccontextmanager
async def served(gateway: Gateway, port: int = 0) -> AsyncIterator[str]:
    """The gateway behind a real server on loopback; the host and port it listens on."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    config = uvicorn.Config(
        gateway,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    server = Server(config)
    serving = asyncio.ensure_future(server.serve([listener]))
    await server.ready.wait()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()
