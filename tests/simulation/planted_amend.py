"""Bugs put in on purpose where something is put right."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from simulation.life import NamedShowrunner

from finale.access import Access
from finale.crew.timekeeper import Timekeeper
from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.state import GRACE_S, ShowState
from finale.show.views.common import Hall
from finale.show.views.panel import panel_view
from finale.show.views.stage import stage_view


class KnowsOneClock(Timekeeper):
    """Ends the tuning for all at once."""

    def _due_in_tuning(self, state: ShowState) -> tuple[float, c.Command | None]:
        order = self._shuffle(state.number, state.round.finalists)
        return state.deadlines["phase"] + GRACE_S, c.EndTuning(round=state.number, order=order)


class EndsWithTheFirst(NamedShowrunner):
    """Lets the tuning be ended while a credited clock runs."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        kept = self._state
        if isinstance(request.command, c.EndTuning) and self.state.rounds:
            bare = replace(self.state.round, credits={})
            self._state = replace(self.state, rounds=(*self.state.rounds[:-1], bare))
        try:
            return super()._decide(request, received)
        finally:
            self._state = kept


class CreditsEverybody(NamedShowrunner):
    """Lets all play on after the buzzer, while one clock is credited."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        events = super()._decide(request, received)
        is_buzzer = any(isinstance(x, ea.BuzzerSounded) for x in events)
        return [x for x in events if not (is_buzzer and isinstance(x, e.Submitted))]


class OffersWithoutEnd(NamedShowrunner):
    """Offers what was lost as often as it is lost."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        events = super()._decide(request, received)
        more = {"seconds": 31.0}
        return [x.model_copy(update=more) if isinstance(x, ea.CreditOffered) else x for x in events]


class PaysForTheCancelled(NamedShowrunner):
    """Offers the seconds of a draft that its finalist did not want, as if the model had failed."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        events = super()._decide(request, received)
        command = request.command
        if not isinstance(command, c.RecordDraft) or command.outcome != "cancelled":
            return events
        failed = command.model_copy(update={"outcome": "failed"})
        more = super()._decide(request.model_copy(update={"command": failed}), received)
        return [*events, *(x for x in more if isinstance(x, ea.CreditOffered))]


class ForgetsThatItIsSuddenDeath(NamedShowrunner):
    """Lets the result of the rounds that sudden death rests on be changed while it is played."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        kept, command = self._state, request.command
        is_change = isinstance(command, ca.VoidComponent | ca.RestoreComponent | ca.CorrectMark)
        if is_change and self.state.rounds:
            usual = replace(self.state.round, is_sudden_death=False)
            self._state = replace(self.state, rounds=(*self.state.rounds[:-1], usual))
        try:
            return super()._decide(request, received)
        finally:
            self._state = kept


class StartsTheNewQuestion(NamedShowrunner):
    """Takes a press on Next for the question on screen, whichever it was drawn for."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        cue, command = next_cue(self.state), request.command
        is_replaced = (
            self.state.phase is Phase.QUESTION and self.state.number in self.state.replaced
        )
        if cue is not None and is_replaced and isinstance(command, c.CallCue):
            is_alike = _without_count(command.cue) == _without_count(cue.id)
            changed = command.model_copy(update={"cue": cue.id if is_alike else command.cue})
            request = request.model_copy(update={"command": changed})
        return super()._decide(request, received)


def _without_count(cue: str) -> list[str]:
    """Round, phase, step and name, without how often the show has stood there."""
    parts = cue.split(".")
    return [*parts[:3], parts[-1]]


class ForgetsWhoMoved(Access):
    """Forgets at a restart which chairs were handed on, so that the old links live again."""

    def __init__(
        self, key: bytes, turns: Mapping[str, int], keep: Callable[[Mapping[str, int]], None]
    ) -> None:
        super().__init__(key, None, keep)


class UndoesAppeals(NamedShowrunner):
    """Closes the appeals again although somebody has appealed."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        is_host = isinstance(request.command, ca.UndoCue) and request.by == "host"
        if is_host and self.state.phase is Phase.APPEAL and not self.state.is_held:
            return [ea.CueUndone(phase=Phase.JUDGE_REVEAL)]
        return super()._decide(request, received)


class KeepsSeatsOfTheWithdrawn(NamedShowrunner):
    """Goes on with everybody, also with those who have left."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        seats = tuple(finalist.id for finalist in self.state.rundown.finalists)
        return [
            x.model_copy(update={"finalists": seats})
            if isinstance(x, e.RoundStarted) and not x.is_sudden_death
            else x
            for x in super()._decide(request, received)
        ]


class HearsTheDismissed(NamedShowrunner):
    """Takes marks from experts who have left."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        kept = self._state
        if isinstance(request.command, c.MarkScorecard):
            self._state = replace(self.state, withdrawn_panel={})
        try:
            return super()._decide(request, received)
        finally:
            self._state = kept


class ChangesBetweenNames(NamedShowrunner):
    """Lets a result be changed until the end."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        kept, command = self._state, request.command
        if isinstance(command, ca.VoidComponent | ca.CorrectMark) and self.state.rounds:
            self._state = replace(self.state, step=0)
        try:
            return super()._decide(request, received)
        finally:
            self._state = kept


class ForgetsInSilence(NamedShowrunner):
    """Deletes the ballots and says so of no round."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        return [
            x.model_copy(update={"rounds": x.rounds[1:]})
            if isinstance(x, e.BallotsForgotten)
            else x
            for x in super()._decide(request, received)
        ]


def panel_without_recused(state: ShowState, seat: str) -> object:
    """A tablet that leaves out the answer that its expert may not mark."""
    left_out = state.round.left_out if state.rounds else ()
    letters = state.round.letters if state.rounds else {}
    return panel_view(state, seat), [x for x in letters if (seat, letters[x]) not in left_out]


def stage_with_credits(state: ShowState, hall: Hall) -> object:
    """A projector that marks the answers of those who had more time."""
    credited = state.round.credits if state.rounds else {}
    return stage_view(state, hall), [state.round.letter_of(seat) for seat in sorted(credited)]
