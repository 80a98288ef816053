"""The read-outs: each asks for the host's view and says a part of it."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query

from finale.api.readouts import (
    CueOut,
    MarkingOut,
    PeopleOut,
    ScoreOut,
    ShowOut,
    StandingOut,
    StepOut,
)
from finale.show.views.common import Hall
from finale.show.views.host import HostView, host_view
from finale.showrunner import Showrunner

LONGEST_WAIT_S: Final = 30
MOST_WAITING: Final = 16
"""Requests that may wait for a change at the same time."""

_TOO_MANY_WAIT = f"At most {MOST_WAITING} requests may wait for a change."


class Reading:
    """Every GET of the API."""

    def __init__(self, showrunner: Showrunner, hall: Callable[[], Hall]) -> None:
        """The show must be open."""
        self._showrunner = showrunner
        self._hall = hall
        self._waiting = 0

    def router(self) -> APIRouter:
        """The read-outs by their paths."""
        router = APIRouter(tags=["Read-outs"])
        for path, read in (
            ("/show", self.show),
            ("/next", self.next),
            ("/rundown", self.rundown),
            ("/people", self.people),
            ("/marking", self.marking),
            ("/scores", self.scores),
            ("/standings", self.standings),
        ):
            router.add_api_route(path, read, methods=["GET"])
        return router

    async def show(
        self,
        after: Annotated[int | None, Query(ge=0)] = None,
        seconds: Annotated[int, Query(ge=0, le=LONGEST_WAIT_S)] = LONGEST_WAIT_S,
    ) -> ShowOut:
        """Where the show stands: phase, clock, next step, faults.

        With `after`, the answer comes as soon as `version` is another one, or after `seconds`.
        Numbers of phones and who is connected change without a new version.
        """
        if after is not None:
            await self._change(after, seconds)
        runner = self._showrunner
        return ShowOut.of(self._view(), runner.version, runner.clock.now())

    async def next(self) -> CueOut | None:
        """The next step, as the button on the desk names it; null after the last."""
        cue = self._view().cue
        return CueOut.of(cue) if cue else None

    async def rundown(self) -> tuple[StepOut, ...]:
        """The steps of this round: past, now or later."""
        return tuple(StepOut.of(row) for row in self._view().rundown)

    async def people(self) -> PeopleOut:
        """Who is connected, who is a robot, who has withdrawn."""
        return PeopleOut.of(self._view())

    async def marking(self) -> MarkingOut:
        """How far judge, experts and hall are, in counts."""
        return MarkingOut.of(self._view())

    async def scores(self) -> tuple[ScoreOut, ...]:
        """Marks and points by letter; empty until vote and marks are closed and counted."""
        return tuple(ScoreOut.of(row) for row in self._view().scores)

    async def standings(self) -> tuple[StandingOut, ...]:
        """The table after the last finished round."""
        return tuple(StandingOut.of(row) for row in self._view().standings)

    def _view(self) -> HostView:
        return host_view(self._showrunner.state, self._hall())

    async def _change(self, version: int, seconds: int) -> None:
        """Wait until the show's version is another one, real `seconds` at most."""
        if self._waiting >= MOST_WAITING:
            raise HTTPException(429, _TOO_MANY_WAIT, {"Retry-After": "1"})
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                await self._showrunner.until(lambda _: self._showrunner.version != version)
        except TimeoutError:
            return
        finally:
            self._waiting -= 1
