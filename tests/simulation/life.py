"""One start of the server: every real part of a show, wired as the house wires them."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from simulation.disk import Disk
from simulation.loop import Process
from simulation.models import LyingEndpoint, LyingJudge
from simulation.weather import Crash, stream

from finale.access import Access
from finale.audience.ballot_box import BallotBox
from finale.audience.door import Door
from finale.audience.gateway import Gateway
from finale.audience.passes import Pass, Passes
from finale.clock import Tasks
from finale.crew.baseline import Baseline
from finale.crew.drafter import Drafter
from finale.crew.fingerprints import Fingerprints
from finale.crew.judge import Judge
from finale.crew.timekeeper import Heartbeat, Timekeeper
from finale.show.commands import Command
from finale.show.state import ShowState
from finale.show.views.judge import judge_view
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.show.views.stage import stage_view
from finale.showrunner import Events, Showrunner
from finale.store.event_log import EventLog
from finale.store.folder import Folder
from finale.store.scratch import Scratch

if TYPE_CHECKING:
    from simulation.world import World

KEY = b"a key of thirty-two simulated ..".ljust(32)
CODE, ROOM_KEY = "FINALE", "THEFINALEROOMKEY"


class NamedShowrunner(Showrunner):
    """The showrunner; what has no id of its own gets one that the seed gives again."""

    _asked = 0

    async def do(self, command: Command, by: str, id: str = "") -> Events:  # noqa: A002
        """As the showrunner's."""
        self._asked += 1
        return await super().do(command, by, id or f"{self.clock.now()}-{self._asked}")


class SeededPasses(Passes):
    """Passes whose chance comes from the seed."""

    def __init__(self, random: Random) -> None:
        super().__init__(KEY)
        self._random = random

    def issue(self, first_round: int = 0) -> tuple[Pass, str]:
        """A new pass."""
        new = Pass(f"pass-{self._random.getrandbits(64):016x}", first_round)
        return new, self._signer.sign(f"{new.id}-{first_round}").decode()


View = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a server is built from; a planted bug puts a part of its own in one place."""

    showrunner: type[NamedShowrunner] = NamedShowrunner
    access: type[Access] = Access
    scratch: type[Scratch] = Scratch
    drafter: type[Drafter] = Drafter
    judge: type[Judge] = Judge
    timekeeper: type[Timekeeper] = Timekeeper
    heartbeat: type[Heartbeat] = Heartbeat
    ballot_box: type[BallotBox] = BallotBox
    gateway: type[Gateway] = Gateway
    views: dict[str, View] = field(
        default_factory=lambda: {
            "stage": stage_view,
            "phone": phone_view,
            "panel": panel_view,
            "judge": judge_view,
        }
    )


class Life:
    """From one start of the server to its end. `is_ready` once people can be answered."""

    showrunner: NamedShowrunner
    access: Access
    scratch: Scratch
    drafter: Drafter
    gateway: Gateway

    def __init__(self, world: "World", number: int) -> None:
        self._world = world
        self.number = number
        self.is_ready = False
        self.is_dead = False
        self.was_ready = False
        self.began_at = 0.0
        self.down_s = 0.0
        self._commits = 0
        self._process = Process(world.loop)
        self._disks: list[Disk] = []
        self._tasks = Tasks()
        crashes = world.weather.crashes
        self._crash: Crash | None = crashes[number] if number < len(crashes) else None
        self._full_until = 0.0
        self._random = stream(world.seed, f"life {number}")
        if self._crash is not None:
            world.loop.call_later(self._crash.seconds, self.kill)

    @property
    def state(self) -> ShowState:
        """Where the show stands, as this process believes."""
        return self.showrunner.state

    def serve(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something for somebody outside; it ends with the process."""
        self._process.start(self._serve(work))

    async def _serve(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except OSError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the auditor wants to know
            self._world.report(f"answering a person: {error!r}")

    async def start(self) -> None:
        """Open the folder and begin, or go on; returns when the server runs, or has died."""
        opening = self._process.start(self._open())
        await asyncio.wait([opening])
        if not opening.cancelled():
            opening.result()

    async def _open(self) -> None:
        world = self._world
        folder = Folder(world.folder)
        writer = self._disk(folder.open_show(), self._fate)
        self.access = world.parts.access(KEY, folder.turns(), folder.keep_turns)
        self.scratch = world.parts.scratch(self._disk(folder.open_scratch(), lambda: ""))
        await self.scratch.load()
        epoch = await self.scratch.next_epoch()
        self.showrunner = world.parts.showrunner(EventLog(writer), world.clock, epoch)
        is_continued = await self.showrunner.open(world.plan)
        self.showrunner.subscribe(world.changed)
        models = self._models()
        self.drafter = world.parts.drafter(self.showrunner, models, self.scratch, self._tasks)
        beat_s = world.weather.beat_s
        heart = world.parts.heartbeat(self.showrunner, self.scratch, self._tasks, beat_s)
        self.began_at = world.clock.now()
        self.down_s = await heart.begin(is_continued)
        await self.drafter.recover()
        marker = LyingJudge(world.weather.judge, self._random, world.judged)
        Baseline(self.showrunner, models, self._tasks)
        Fingerprints(self.showrunner, models, self._tasks)
        world.parts.judge(self.showrunner, marker, self._tasks)
        keeper = world.parts.timekeeper(self.showrunner, self.drafter, self._shuffle)
        self._tasks.start(keeper.run(), "timekeeper")
        self._open_hall(writer)
        for disk in self._disks:
            disk.stalls = world.weather.stalls
        self.is_ready = True

    def _open_hall(self, writer: Disk) -> None:
        world, passes = self._world, SeededPasses(self._random)
        box = world.parts.ballot_box(self.showrunner, writer, passes, world.clock)
        door = Door(passes, CODE, ROOM_KEY, world.clock)
        self.gateway = world.parts.gateway(self.showrunner, box, door, world.clock)
        box.start(self._tasks)
        self.gateway.start(self._tasks)

    def _disk(self, engine: Any, fate: Callable[[], str]) -> Disk:
        disk = Disk(engine, fate, self._random)
        disk.crash = self.kill
        self._disks.append(disk)
        return disk

    def _models(self) -> dict[str, LyingEndpoint]:
        world = self._world
        return {
            finalist.id: LyingEndpoint(
                *(finalist.endpoint, world.weather.models, self._random),
                partial(world.lost, finalist.id),
            )
            for finalist in self.showrunner.state.rundown.finalists
        }

    def _shuffle(self, round_: int, finalists: Sequence[str]) -> tuple[int, ...]:
        places = list(range(len(finalists)))
        stream(self._world.seed, f"letters {round_}").shuffle(places)
        return tuple(places)

    def _fate(self) -> str:
        """What becomes of this commit of the show's database."""
        self._commits += 1
        if self._crash is not None and self._commits == self._crash.commit:
            return self._crash.moment
        now = self._world.loop.time()
        if self.is_ready and self._random.random() < self._world.weather.full:
            self._full_until = now + self._random.uniform(0, 3)
        return "full" if now < self._full_until else ""

    def kill(self) -> None:
        """The process is gone, with everything in its memory."""
        if self.is_dead:
            return
        self.was_ready = self.is_ready
        self.is_dead, self.is_ready = True, False
        for disk in self._disks:
            disk.close()
        self._process.kill()
        self._world.died(self)
