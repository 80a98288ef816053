"""The cues: each asks the showrunner for what a press on the host's desk would ask for."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Header

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show.commands import HostCommand
from finale.show.rundown import Frozen
from finale.showrunner import Showrunner

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern="^[A-Za-z0-9_-]{0,40}$",
        description="A name for this request: sent again, it gets the same answer and changes "
        "nothing more, also after a restart.",
    ),
]

# Steps that carry nothing: a body may be left out, but not be of another form.
_HOLD, _RESUME, _BREAK = c.HoldShow(), c.ResumeShow(), c.CallBreak()


class Done(Frozen):
    """It is on disk: what happened, in the words of the log, and the show's version now."""

    events: tuple[str, ...]
    version: int


class Cues:
    """Every POST of the API. What changes a result or a seat is for the desk alone."""

    def __init__(self, showrunner: Showrunner) -> None:
        """The show must be open."""
        self._showrunner = showrunner

    def router(self) -> APIRouter:
        """The cues by their paths."""
        router = APIRouter(tags=["Cues"])
        for path, cue in (
            ("/next", self.next),
            ("/hold", self.hold),
            ("/resume", self.resume),
            ("/nudge", self.nudge),
            ("/blackout", self.blackout),
            ("/break", self.call_break),
            ("/undo", self.undo),
            ("/gates/open", self.open_gate),
            ("/gates/close", self.close_gate),
            ("/robots/seat", self.seat_robot),
            ("/robots/unseat", self.unseat_robot),
            ("/credit", self.decide_credit),
            ("/judge/again", self.ask_judge_again),
            ("/appeals/offer", self.offer_appeal),
            ("/message", self.send_message),
            ("/message/clear", self.clear_message),
        ):
            router.add_api_route(path, cue, methods=["POST"])
        return router

    async def next(self, command: c.CallCue, key: Key = "") -> Done:
        """Take the next step: the one whose `id` `GET /next` gave, and no other.

        If the show has gone on since, nothing happens. `is_forced` goes on without what the step
        waits for, where `can_force` says so.
        """
        return await self._do(command, key)

    async def hold(self, command: c.HoldShow = _HOLD, key: Key = "") -> Done:
        """Stop the show, in any phase: clock, editing, Generate, Submit, and the next step."""
        return await self._do(command, key)

    async def resume(self, command: c.ResumeShow = _RESUME, key: Key = "") -> Done:
        """Let the clock run on."""
        return await self._do(command, key)

    async def nudge(self, command: c.MoveDeadline, key: Key = "") -> Done:
        """Give or take 15 seconds for all, in tuning and in marking."""
        return await self._do(command, key)

    async def blackout(self, command: c.BlackOut, key: Key = "") -> Done:
        """The stage dark, or back."""
        return await self._do(command, key)

    async def call_break(self, command: c.CallBreak = _BREAK, key: Key = "") -> Done:
        """A slate between two rounds; `POST /next` ends it."""
        return await self._do(command, key)

    async def undo(self, command: ca.UndoCue, key: Key = "") -> Done:
        """Take back the last step if it showed nothing new; `at` as in `undo` of `GET /show`."""
        return await self._do(command, key)

    async def open_gate(self, command: c.OpenGate, key: Key = "") -> Done:
        """Open vote or marks again, before any mark was shown; rounds from 0."""
        return await self._do(command, key)

    async def close_gate(self, command: c.CloseGate, key: Key = "") -> Done:
        """Close vote or marks before their time; rounds from 0."""
        return await self._do(command, key)

    async def seat_robot(self, command: c.SeatRobot, key: Key = "") -> Done:
        """Put a robot on a chair."""
        return await self._do(command, key)

    async def unseat_robot(self, command: c.UnseatRobot, key: Key = "") -> Done:
        """Give a chair back to a person."""
        return await self._do(command, key)

    async def decide_credit(self, command: ca.DecideCredit, key: Key = "") -> Done:
        """Grant or decline the seconds that a finalist's failing model cost; rounds from 0."""
        return await self._do(command, key)

    async def ask_judge_again(self, command: ca.AskJudgeAgain, key: Key = "") -> Done:
        """Have an answer judged anew, before the judge's marks are shown; rounds from 0."""
        return await self._do(command, key)

    async def offer_appeal(self, command: ca.OfferAppeal, key: Key = "") -> Done:
        """Open the appeals at once: the check contradicts the judge; rounds from 0."""
        return await self._do(command, key)

    async def send_message(self, command: cs.SendMessage, key: Key = "") -> Done:
        """A short line to a seat, or to `finalists`, `panel` or `phones`; a new one replaces it."""
        return await self._do(command, key)

    async def clear_message(self, command: cs.ClearMessage, key: Key = "") -> Done:
        """Take the line back from wherever it still stands."""
        return await self._do(command, key)

    async def _do(self, command: HostCommand, key: str) -> Done:
        """Ask as the host; the id in the log says that the API was the hand."""
        id_ = f"api.{type(command).__name__}.{key or secrets.token_hex(8)}"
        events = await self._showrunner.do(command, "host", id_)
        kinds = tuple(event.kind for event in events)
        return Done(events=kinds, version=self._showrunner.version)
