"""A showrunner on a real database, and a hand on its clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from story import NOON, rundown

from finale.clock import Clock, Tasks
from finale.show import commands as c
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.rundown import Rundown
from finale.show.state import GRACE_S, ShowState
from finale.showrunner import Events, Showrunner
from finale.store.event_log import EventLog, Logged, check_chain, read_entries
from finale.store.folder import Folder
from finale.store.scratch import Scratch
from finale.store.writer import Writer

HOUR_S = 3600


class HandClock(Clock):
    """A clock that goes only when it is moved, and moves by itself while somebody waits for it."""

    def __init__(self, at: float = NOON) -> None:
        super().__init__()
        self.at = at

    def now(self) -> float:
        """The time it was set to."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Nobody has to wait: the time is there at once."""
        self.at += max(0.0, seconds)


@dataclass(slots=True)
class Backstage:
    """The parts of a show that need no page and no phone."""

    writer: Writer
    scratch: Scratch
    scratch_writer: Writer
    showrunner: Showrunner
    tasks: Tasks
    clock: Clock
    is_continued: bool

    @property
    def state(self) -> ShowState:
        """Where the show stands."""
        return self.showrunner.state

    async def do(self, command: c.Command, by: str = "host", id: str = "") -> Events:  # noqa: A002
        """Ask the showrunner."""
        return await self.showrunner.do(command, by, id)

    async def next(self, is_forced: bool = False) -> Events:
        """The host presses Next."""
        cue = next_cue(self.state)
        return await self.do(c.CallCue(cue=cue.id if cue else "", is_forced=is_forced))

    async def to(self, phase: Phase) -> None:
        """Press Next until `phase`."""
        while self.state.phase is not phase:
            await self.next()

    async def draft(self, seat: str, text: str) -> int:
        """A finished draft, without a drafter; its number."""
        number = self.state.number
        start = c.StartDraft(round=number, system="Be kind.", temperature=0.7, top_p=0.9)
        await self.do(start, seat)
        draft = len(self.state.round.drafts[seat])
        record = c.RecordDraft(
            round=number, finalist=seat, draft=draft, text=text, outcome="finished"
        )
        await self.do(record, "crew")
        return draft

    async def to_reading(self) -> None:
        """Everybody answers; the letters go to the finalists from left to right."""
        await self.to(Phase.TUNING)
        number, finalists = self.state.number, self.state.round.finalists
        for seat in finalists:
            await self.do(
                c.Submit(round=number, draft=await self.draft(seat, f"By nobody, {seat[-1]}.")),
                seat,
            )
        await self.do(c.EndTuning(round=number, order=tuple(range(len(finalists)))), "crew")
        await self.clock.sleep_until(self.state.deadlines["phase"] + GRACE_S)
        await self.do(c.MoveOn(round=number), "crew")

    async def log(self) -> list[Logged]:
        """Every entry as the database has it."""
        return check_chain(await self.writer.run(read_entries))


@asynccontextmanager
async def backstage(
    folder: Path, clock: Clock | None = None, plan: Rundown | None = None, **plan_of: Any
) -> AsyncIterator[Backstage]:
    """Open the show in `folder`, or go on with it; all of it ends when the block does."""
    clock = clock or HandClock()
    place, tasks = Folder(folder), Tasks()
    place.prepare()
    writer, scratch_writer = Writer(place.open_show()), Writer(place.open_scratch())
    try:
        scratch = Scratch(scratch_writer)
        await scratch.load()
        showrunner = Showrunner(EventLog(writer), clock, epoch=1)
        is_continued = await showrunner.open(plan or rundown(**plan_of))
        yield Backstage(writer, scratch, scratch_writer, showrunner, tasks, clock, is_continued)
    finally:
        await tasks.stop()
        writer.close()
        scratch_writer.close()


async def fill_disk(writer: Writer) -> None:
    """No page more for this database, as on a full disk."""
    pages = await writer.run(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    await writer.run(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar_one())


async def free_disk(writer: Writer) -> None:
    """Room again."""
    await writer.run(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000").scalar_one())


def make_read_only(writer: Writer, is_read_only: bool) -> None:
    """Let the database take no write at all, or take them again."""
    link = writer._connection.connection.dbapi_connection
    assert link is not None
    link.execute(f"PRAGMA query_only = {is_read_only:d}")
