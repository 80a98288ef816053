"""Ends a phase when its time is up, and keeps the heartbeat that dates a crash."""

import asyncio
import random
from collections.abc import Callable, Sequence

from finale.clock import Tasks
from finale.crew.drafter import Drafter
from finale.logs.logger import logger
from finale.show.commands import Command, Compensate, EndTuning, MoveOn, TimeUp
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.rules_crew import ends_at, next_zero
from finale.show.state import GRACE_S, ShowState
from finale.showrunner import Showrunner
from finale.store.scratch import HEARTBEAT, Scratch
from finale.store.writer import StoreError

log = logger(__name__)

HEARTBEAT_EVERY_S = 0.15
LOOK_AGAIN_S = 0.05
RETRY_S = 0.5

Shuffle = Callable[[int, Sequence[str]], tuple[int, ...]]
"""(round, finalists) to a permutation of their places."""


def fresh_order(round_: int, finalists: Sequence[str]) -> tuple[int, ...]:
    """A permutation from the operating system's randomness: what a show uses."""
    places = list(range(len(finalists)))
    random.SystemRandom().shuffle(places)
    return tuple(places)


class Timekeeper:
    """Waits for the nearest deadline and says so; never decides anything itself."""

    def __init__(self, showrunner: Showrunner, drafter: Drafter, shuffle: Shuffle) -> None:
        """`shuffle` draws the letters: from chance in a show, from the seed in a rehearsal."""
        self._showrunner = showrunner
        self._drafter = drafter
        self._shuffle = shuffle
        self._cut_at = 0.0
        self._changed = asyncio.Event()
        showrunner.subscribe(self._changed.set)

    async def run(self) -> None:
        """Keep time until cancelled."""
        clock = self._showrunner.clock
        while True:
            self._changed.clear()
            due = self._due(self._showrunner.state)
            if due is None:
                await self._changed.wait()
                continue
            at, command = due
            if clock.now() < at:
                await self._wait(at)
            elif command is None:
                await self._cut(at)
            else:
                await self._call(command)

    async def _wait(self, at: float) -> None:
        clock = self._showrunner.clock
        left = max(0.0, at - clock.now()) / clock.speed
        try:
            # Not wait_for, which may swallow the cancel that ends the show (before Python 3.12).
            async with asyncio.timeout(left):
                await self._changed.wait()
        except TimeoutError:
            return

    def _due(self, state: ShowState) -> tuple[float, Command | None] | None:
        """The next thing that time brings, and when; None while nothing runs."""
        if state.is_held:
            return None
        if state.phase is Phase.TUNING:
            return self._due_in_tuning(state)
        if state.phase is Phase.LOCKED:
            return state.deadlines["phase"], MoveOn(round=state.number)
        timed = {name: at for name, at in state.deadlines.items() if name != "answer"}
        if not timed:
            return None
        what = min(timed, key=lambda name: timed[name])
        return timed[what] + GRACE_S, TimeUp(what=what, deadline=timed[what])

    def _due_in_tuning(self, state: ShowState) -> tuple[float, Command | None]:
        """The next end of a clock; None is 0:00 itself: drafts stop, submissions still count."""
        at, ends = next_zero(state), ends_at(state)
        zeros = [state.closes_at(seat) for seat in state.at_work()]
        zero = min((zero for zero in zeros if zero > self._cut_at), default=at)
        if zero < at:
            return zero, None
        # Kept from the first buzzer until the last clock ended, too, it goes straight to the end.
        if at < ends and self._showrunner.clock.now() < ends:
            return at, TimeUp(what="phase", deadline=state.deadlines["phase"])
        order = self._shuffle(state.number, state.round.finalists)
        return ends, EndTuning(round=state.number, order=order)

    async def _cut(self, zero: float) -> None:
        """Stop the drafts of those whose own clock shows 0:00; a credited one runs on."""
        self._cut_at = zero
        state = self._showrunner.state
        if state.phase is Phase.TUNING:
            await self._drafter.cut([f for f in state.at_work() if state.closes_at(f) <= zero])

    async def _call(self, command: Command) -> None:
        state = self._showrunner.state
        if isinstance(command, EndTuning):
            await self._drafter.cut()
        elif state.phase is Phase.TUNING:
            # A clock that ended early, for its credit was declined: what has streamed counts.
            now = self._showrunner.clock.now()
            await self._drafter.cut([f for f in state.at_work() if state.closes_at(f) <= now])
        try:
            await self._showrunner.do(command, "crew")
        except Refused:
            # The host was quicker by a moment; look again at what stands now.
            await asyncio.sleep(LOOK_AGAIN_S)
        except StoreError:
            # The host has been told; time goes on as soon as the log can be written again.
            await asyncio.sleep(RETRY_S)


class Heartbeat:
    """Writes the time into the scratch store, so that a restart knows how long it was down."""

    def __init__(
        self,
        showrunner: Showrunner,
        scratch: Scratch,
        tasks: Tasks,
        every_s: float = HEARTBEAT_EVERY_S,
    ) -> None:
        """Nothing is written before `begin`."""
        self._every_s = every_s
        self._showrunner = showrunner
        self._scratch = scratch
        self._tasks = tasks

    async def begin(self, is_continued: bool) -> float:
        """Give back the downtime of a show that goes on, then beat; the seconds given back."""
        down_s = 0.0
        text = self._scratch.get(HEARTBEAT)
        if is_continued and text:
            now = self._showrunner.clock.now()
            # An entry newer than the last beat was made by a server that lived, if only to give
            # back this very downtime and crash again before its first beat.
            alive_at = max(float(text), self._showrunner.logged_at)
            down_s = max(0.0, now - alive_at)
            await self._showrunner.do(Compensate(seconds=down_s), "crew")
            await self._scratch.put(HEARTBEAT, repr(now))
        self._tasks.start(self._beat(), "heartbeat")
        return down_s

    async def _beat(self) -> None:
        was_written = True
        while True:
            try:
                await self._scratch.put(HEARTBEAT, repr(self._showrunner.clock.now()))
                was_written = True
            except StoreError as error:
                if was_written:
                    log.warning("heartbeat not written", error=error)
                was_written = False
            await asyncio.sleep(self._every_s)
