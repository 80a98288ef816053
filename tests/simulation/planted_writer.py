"""Bugs put in on purpose where every command is decided and logged, and where time is kept."""

import asyncio
from collections.abc import Sequence
from typing import Any

from simulation.life import NamedShowrunner

from finale.crew.timekeeper import Timekeeper
from finale.show import commands as c
from finale.show import events as e
from finale.show.cues import next_cue
from finale.show.evolve import evolve
from finale.show.refused import Refused
from finale.show.rundown import Rundown
from finale.show.state import ShowState
from finale.showrunner import Events
from finale.store.event_log import Logged


class AcksBeforeCommit(NamedShowrunner):
    """Answers when the events are decided, and logs them in its own time."""

    async def _record(self, events: Sequence[Any], request: c.Request, received: float) -> None:
        said = (request.by, request.id, received)
        seq = self.version
        self._apply([Logged(seq + n, received, *said[:2], x, "") for n, x in enumerate(events, 1)])
        self._writing = asyncio.ensure_future(
            self._log.append(events, said, self._at_the_box(events))
        )


class ForgetsIds(NamedShowrunner):
    """Remembers nobody's id: what is asked twice is decided twice."""

    async def _do(self, request: c.Request, received: float) -> Events:
        self._answers.pop((request.by, request.id), None)
        return await super()._do(request, received)


class ForgetsIdsAtRestart(NamedShowrunner):
    """Remembers ids, but not over a restart."""

    async def open(self, rundown: Rundown) -> bool:
        is_continued = await super().open(rundown)
        self._answers.clear()
        return is_continued


class KindToTheLate(NamedShowrunner):
    """Takes what comes up to three seconds late for what was on time."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        deadline = self.state.deadlines.get("phase", received)
        is_late = isinstance(request.command, c.Submit) and deadline < received < deadline + 3
        return super()._decide(request, deadline if is_late else received)


class EndsTuningLate(Timekeeper):
    """Gives tuning two seconds more than it says."""

    def _due(self, state: ShowState) -> tuple[float, c.Command | None] | None:
        due = super()._due(state)
        is_end = due is not None and isinstance(due[1], c.EndTuning) and due[0] > 0
        return (due[0] + 2, due[1]) if due is not None and is_end else due


class CountsFromOneAgain(NamedShowrunner):
    """Says after a restart that it is the first time."""

    async def open(self, rundown: Rundown) -> bool:
        is_continued = await super().open(rundown)
        self.epoch, self.version = 1, 0 if is_continued else self.version
        return is_continued


class EvolvesByTheWall(NamedShowrunner):
    """Counts deadlines from when the event was applied, not from what it says."""

    def _apply(self, entries: Sequence[Logged]) -> None:
        super()._apply(entries)
        last = entries[-1]
        if isinstance(last.event, e.GateOpened):
            late = self.clock.now() - last.at
            at = {**self.state.deadlines, last.event.gate: last.event.deadline + late}
            self._state = evolve(self.state, e.HoldLifted(deadlines=at))


class AnyTabIsNext(NamedShowrunner):
    """Takes every press on Next for the next step, whatever step the button named."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        cue = next_cue(self.state)
        if isinstance(request.command, c.CallCue) and request.by == "host" and cue is not None:
            command = request.command.model_copy(update={"cue": cue.id})
            request = request.model_copy(update={"command": command})
        return super()._decide(request, received)


class TakesTheSeatFromThePage(NamedShowrunner):
    """Lets any finalist pin and submit for the one who sits on the left."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        leftmost = self.state.rundown.finalists[0].id
        if isinstance(request.command, c.PinDraft) and request.by in self.state.rundown.seats:
            moved = request.model_copy(update={"by": leftmost})
            try:
                return super()._decide(moved, received)
            except Refused as refused:
                self._refusals[request.by, request.id] = str(refused)
                raise
        return super()._decide(request, received)
