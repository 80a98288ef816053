"""The show's databases without a thread: real SQLite, and a disk that is slow, full or cut off.

The files lie in memory (`/dev/shm`) where there is such a place. `synchronous=FULL` stays as it
is and costs nothing there; that a commit outlives a power cut is not what is simulated here.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from finale.store.writer import StoreError, Writer, _Job

T = TypeVar("T")
Fate = Callable[[], str]
"""What becomes of the next commit: "", "full", "before" or "after" (a crash on either side)."""

FULL = "The show's database cannot be written (the disk is full)."


class Disk(Writer):
    """A writer that commits a group some milliseconds after its first job, in virtual time."""

    def __init__(self, engine: Engine, fate: Fate, random: Random) -> None:
        # Not the base's: it starts a thread, and whose turn it is would be the system's choice.
        self._engine = engine
        self._connection = engine.connect()
        self._is_closed = False
        self._fate = fate
        self._random = random
        self._group: list[_Job] = []
        self.stalls = 0.0
        self.crash: Callable[[], None] = lambda: None

    async def run(self, work: Callable[[Connection], T]) -> T:
        """As the writer's; after a crash nothing comes back any more."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._group:
            loop.call_later(self._latency(), self._flush)
        self._group.append(_Job(work, loop, future))
        return await future

    def _latency(self) -> float:
        if self._random.random() < self.stalls:
            return self._random.uniform(0.05, 0.8)
        return self._random.uniform(0.0005, 0.004)

    def _flush(self) -> None:
        group, self._group = self._group, []
        if self._is_closed:
            return
        fate = self._fate()
        if fate == "full":
            for job in group:
                if not job.future.done():
                    job.future.set_exception(StoreError(FULL))
            return
        if fate != "before":
            self._commit(group)
        if fate in ("before", "after"):
            self.crash()

    def close(self) -> None:
        """The process is gone; what waited is lost."""
        self._is_closed = True
        self._connection.close()
        self._engine.dispose()


class Auditor:
    """A second connection to the show's database: what is really there, whoever says what."""

    def __init__(self, path: Path) -> None:
        self._link = sqlite3.connect(path, isolation_level=None)

    def rows_after(self, seq: int) -> list[tuple[Any, ...]]:
        """Entries behind `seq`: (seq, at, by, cause, event, hash)."""
        query = 'SELECT seq, at, "by", cause, event, hash FROM entry WHERE seq > ? ORDER BY seq'
        return self._link.execute(query, (seq,)).fetchall()

    def last_seq(self) -> int:
        """How many entries there are."""
        return int(self._link.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()[0])

    def caused(self, by: str, cause: str) -> list[str]:
        """The events that one command led to, as JSON."""
        query = 'SELECT event FROM entry WHERE cause = ? AND "by" = ? ORDER BY seq'
        return [event for (event,) in self._link.execute(query, (cause, by))]

    def ballot(self, round_: int, pass_id: str) -> tuple[str, int] | None:
        """The letter and the revision that stand for a pass."""
        query = "SELECT letter, rev FROM ballot WHERE round = ? AND pass_id = ?"
        found = self._link.execute(query, (round_, pass_id)).fetchone()
        return None if found is None else (found[0], found[1])

    def ballots(self, round_: int) -> list[tuple[str, str, str]]:
        """Every ballot of a round: (pass, receipt, letter)."""
        query = "SELECT pass_id, receipt, letter FROM ballot WHERE round = ? ORDER BY pass_id"
        return self._link.execute(query, (round_,)).fetchall()

    def close(self) -> None:
        """Look no more."""
        self._link.close()
