"""One simulated show: a server that crashes, a world that does not, and an auditor."""

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation import clocks
from simulation import invariants as must
from simulation import invariants_amend as amended
from simulation.audit import Audit, Fall, Frame
from simulation.diary import Diary
from simulation.disk import Disk
from simulation.life import Life, Parts
from simulation.loop import VirtualClock, VirtualLoop
from simulation.network import Answer, Asked, Network
from simulation.pages import Pages
from simulation.people import Expert, Finalist, Host, Person, Rude
from simulation.phones import Phone
from simulation.reports import Reports
from simulation.weather import draw_plan, draw_weather, stream

from finale.judging.base import Brief
from finale.show.commands import ForgetBallots
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.state import ShowState
from finale.store.event_log import EventLog
from finale.store.folder import Folder

HORIZON_S = 900.0
AFTER_S = 2.0
MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that was broken: the invariant's name, and what was seen."""

    invariant: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A show that was simulated."""

    seed: int
    violation: Violation | None
    story: Diary
    last_hash: str
    seconds: float
    asked: frozenset[type[Any]]
    happened: frozenset[str]


class World:
    """Everything of one seed. `play` may be called once."""

    def __init__(self, seed: int, folder: Path, parts: Parts | None = None) -> None:
        self.seed = seed
        self.folder = folder
        self.parts = parts or Parts()
        self.loop = VirtualLoop()
        self.clock = VirtualClock(self.loop)
        self.diary = Diary(self.loop.time)
        self.weather = draw_weather(seed)
        self.plan = draw_plan(seed)
        self.network = Network(self)
        self.pages = Pages(self, amended.only_the_newest_device_comes_in)
        self.audit = Audit(folder / "show.db")
        self.life: Life | None = None
        self.is_over = False
        self.violation: Violation | None = None
        self._lives = 0
        self._random = stream(seed, "world")
        self._ended = asyncio.Event()
        self._fallen = asyncio.Event()

    def play(self) -> Outcome:
        """The whole show."""
        reports = Reports(self.report)
        logging.getLogger("finale").addHandler(reports)
        try:
            self.loop.run_until_complete(self._play())
        finally:
            logging.getLogger("finale").removeHandler(reports)
            self._sweep()
        asked = frozenset(type(asked.command) for asked in self.audit.promises.asked.values())
        seconds = self.loop.time()
        happened = frozenset(entry.event.kind for entry in self.audit.entries)
        last = self.audit.hash
        return Outcome(self.seed, self.violation, self.diary, last, seconds, asked, happened)

    async def _play(self) -> None:
        horizon = self.weather.burns_at or HORIZON_S
        people = [asyncio.ensure_future(person.play()) for person in self._people()]
        keeper = asyncio.ensure_future(self._keep_up())
        try:
            await asyncio.wait_for(self._ended.wait(), horizon)
            await asyncio.sleep(AFTER_S)
        except TimeoutError:
            pass
        self.is_over = True
        await self._close(is_early=self.weather.burns_at is not None)
        for task in (*people, keeper):
            task.cancel()
        for done in await asyncio.gather(*people, keeper, return_exceptions=True):
            if isinstance(done, Exception):
                raise done

    def _people(self) -> list[Person | Phone]:
        absent = self.weather.absent
        chairs: list[Person | Phone] = [Host(self, "host"), Rude(self, "rude")]
        chairs += [Finalist(self, f.id) for f in self.plan.finalists if not self._is(absent)]
        chairs += [Expert(self, p.id) for p in self.plan.panel if not self._is(absent)]
        return chairs + [Phone(self, n) for n in range(self._random.choice((0, 2, 3, 5)))]

    def _is(self, share: float) -> bool:
        return self._random.random() < share

    async def _keep_up(self) -> None:
        """Starts the server again whenever it has died."""
        while not self.is_over:
            await self._live()
            await self._fallen.wait()
            await asyncio.sleep(self._random.uniform(0.1, 1) * self.weather.down_s)

    async def _live(self) -> None:
        self._fallen.clear()
        life = self.life = Life(self, self._lives)
        self._lives += 1
        self.diary.note("server", "starts")
        await life.start()
        if life.is_ready:
            self.diary.note("server", "runs, {} s were lost", life.down_s)
            self.changed()
            self.check(must.typing_is_kept, life)
            stall_s = 2.0 if self.weather.stalls else 0.1
            self.check(must.downtime_is_given_back, life, self.weather.beat_s + stall_s)
            self.audit.fall = None

    async def _close(self, is_early: bool) -> None:
        """The last crash; the log alone brings everything back."""
        if self.violation is not None:
            return
        if not is_early:
            state, hours = self.audit.state, HORIZON_S / 3600
            self.check(must.the_show_goes_on, state, hours)
        if self.life is not None:
            self.life.kill()
        if self.audit.state is None:
            return
        self.check(must.no_acked_ballot_is_lost, self.audit.state)
        self.check(must.the_tally_is_of_the_ballots, self.audit.state)
        self.check(must.the_result_recomputes, self.folder / "record")
        self.check(amended.whoever_left_is_waited_for_no_more, self.audit.state)
        self.check(amended.what_does_not_count_counts_for_nothing, self.audit.state)
        if self.weather.forgets:
            await self._forget(self.audit.state)

    async def _forget(self, before: ShowState) -> None:
        """`forget`: after the show, who voted for what is deleted."""
        disk = Disk(Folder(self.folder).open_show(), lambda: "", self._random)
        try:
            showrunner = self.parts.showrunner(EventLog(disk), self.clock, epoch=0)
            await showrunner.open(self.plan)
            await showrunner.do(ForgetBallots(), "crew")
        except Refused as refused:
            self.diary.note("crew", "may not forget: {}", refused)
            return
        finally:
            disk.close()
        self._read()
        self.check(amended.forgotten_ballots_are_gone, before)
        self.check(must.the_result_recomputes, self.folder / "record")

    def _sweep(self) -> None:
        if self.life is not None:
            self.life.kill()
        while tasks := asyncio.all_tasks(self.loop):
            for task in tasks:
                task.cancel()
            self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()
        self.audit.close()

    # ---- what is told to the world

    def glance(self) -> ShowState | None:
        """What a screen shows while the server runs."""
        return self.life.state if self.life is not None and self.life.is_ready else None

    def changed(self) -> None:
        """The running server says that something changed."""
        life = self.life
        if life is None or life.is_dead or self.violation is not None:
            return
        seen = (life.showrunner.epoch, life.showrunner.version)
        if seen == self.audit.seen:
            return
        self._read()
        state = life.state
        self.check(must.the_log_alone_gives_the_state, state)
        self.check(must.epoch_and_version_only_grow, seen)
        self.check(must.letters_hide_their_owners, state, self.parts.views)
        self.check(must.the_tally_is_of_the_ballots, state)
        self.audit.seen = seen
        if state.phase is Phase.CHAMPION:
            self._ended.set()

    def _read(self) -> None:
        """Whatever is new in the log."""
        now = self.clock.now()
        for entry in self.audit.news():
            self.diary.note(entry.by, "{}", (entry.event,))
            self.check(must.only_the_servers_clock_decides, entry, now)
            self.check(clocks.no_more_is_credited_than_was_lost, entry)
            self.check(must.each_acts_for_oneself, entry)
            self.check(must.one_cue_is_one_step, entry)
            for promise in amended.OF_EVERY_ENTRY:
                self.check(promise, entry)
            self.audit.take(entry)

    def answered(self, life: Life, asked: Asked, answer: Answer) -> None:
        """An answer is on its way to somebody."""
        self.check(must.an_answer_is_durable, asked, answer)
        self.check(must.a_repeat_answers_the_same, life, asked, answer)

    def framed(self, to: tuple[str, str], text: str, frame: Frame) -> None:
        """A frame is on its way to a phone; `to` is its name and pass."""
        phone, pass_id = to
        if frame["kind"] == "code_wanted":
            return
        self.check(must.frames_only_grow, phone, frame)
        self.check(must.no_secret_leaves, text)
        promises = self.audit.promises
        if frame["kind"] == "ack":
            self.check(must.an_acked_ballot_is_durable, pass_id, frame)
            self.check(must.votes_come_in_through_the_open_gate, pass_id, frame)
            key, rev = (frame["own"]["round"], pass_id), frame["own"]["rev"]
            promises.ballots[key] = max(rev, promises.ballots.get(key, 0))

    def lost(self, seat: str, seconds: float) -> None:
        """The finalist's own model has failed just now, after so many seconds."""
        now = self.clock.now()
        self.audit.promises.losses.setdefault(seat, []).append((now - seconds, now))

    def judged(self, brief: Brief) -> None:
        """The judge is shown an answer."""
        self.check(must.the_judge_is_blind, repr(brief))

    def typing(self, key: str, text: str) -> None:
        """Somebody types."""
        self.audit.promises.typing.setdefault(key, []).append(text)

    def typed(self, key: str, text: str) -> None:
        """The server says that it is kept."""
        self.audit.promises.typed[key] = self.audit.promises.typing[key].index(text)

    def died(self, life: Life) -> None:
        """The server is gone."""
        self.diary.note("server", "dies")
        if self.audit.seen != (0, 0):
            self._read()
        now = self.clock.now()
        if life.was_ready and self.audit.state is not None:
            self.audit.fall = Fall(now, dict(self.audit.state.deadlines))
        elif self.audit.fall is not None and life.began_at:
            self.audit.fall.up_s += now - life.began_at
        self._fallen.set()

    def report(self, text: str) -> None:
        """Something broke in a way that nobody foresaw."""
        self.check(must.nothing_breaks_unforeseen, [text])

    def check(self, invariant: Callable[..., None], *about: Any) -> None:
        """Whether the promise is kept; the first that is not ends the show."""
        if self.violation is not None:
            return
        try:
            invariant(self.audit, *about)
        except (AssertionError, ValueError, KeyError) as error:
            self.violation = Violation(invariant.__name__, f"{type(error).__name__}: {error}")
            self.diary.note("auditor", "{}: {}", invariant.__name__, error)
            self._ended.set()


def simulate(seed: int, parts: Parts | None = None) -> Outcome:
    """The show of that seed, in a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="finale-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        return World(seed, folder, parts).play()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
