"""Bugs put in on purpose, each a part of its own, to show that the auditor finds such bugs."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulation.life import NamedShowrunner, Parts, View
from simulation.planted_amend import (
    ChangesBetweenNames,
    CreditsEverybody,
    EndsWithTheFirst,
    ForgetsInSilence,
    HearsTheDismissed,
    KeepsSeatsOfTheWithdrawn,
    KnowsOneClock,
    OffersWithoutEnd,
    UndoesAppeals,
    panel_without_recused,
    stage_with_credits,
)
from simulation.planted_ballots import (
    AcksBallotsFirst,
    CountsBeforeTheClose,
    HasNoGate,
    TakesTheLatestToArrive,
)

from finale.crew.judge import Judge
from finale.crew.timekeeper import Heartbeat, Timekeeper
from finale.show import commands as c
from finale.show import events as e
from finale.show.cues import next_cue
from finale.show.evolve import evolve
from finale.show.refused import Refused
from finale.show.rundown import Rundown
from finale.show.state import ShowState
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.showrunner import Events
from finale.store.event_log import Logged
from finale.store.scratch import Scratch


@dataclass(frozen=True, slots=True)
class Planted:
    """The parts that have a bug, and the promises of which it may break one first."""

    parts: Parts
    breaks: frozenset[str]


# ---- the one writer


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


# ---- the judge


class NeverForced(NamedShowrunner):
    """Lets the host go on only when every verdict is in."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        if isinstance(request.command, c.CallCue) and request.command.is_forced:
            raise Refused("The judge has not marked every answer.")
        return super()._decide(request, received)


class WaitsForTheJudge(Judge):
    """Keeps an outage to itself."""

    async def _report(self, command: c.Command) -> None:
        if isinstance(command, c.RecordVerdict):
            await super()._report(command)


# ---- backstage


class KeepsTheDowntime(Heartbeat):
    """Goes on after a crash as if no time had passed."""

    async def begin(self, is_continued: bool) -> float:
        return await super().begin(False)


class GivesTheDowntimeTwice(Heartbeat):
    """Gives the downtime back, and then gives it back."""

    async def begin(self, is_continued: bool) -> float:
        down_s = await super().begin(is_continued)
        if down_s:
            await self._showrunner.do(c.Compensate(seconds=down_s), "crew")
        return down_s


class WritesWhenItSuits(Scratch):
    """Says that typing is kept when it is kept in memory."""

    async def put(self, key: str, text: str) -> None:
        if key.startswith("prompt"):
            self._texts[key] = text
        else:
            await super().put(key, text)


# ---- views


def _views(**changed: View) -> dict[str, View]:
    return {**Parts().views, **changed}


def panel_in_seat_order(state: ShowState, seat: str) -> object:
    """A tablet that lists the answers by lectern."""
    return panel_view(state, seat), sorted(
        state.round.letters if state.rounds else (), key=lambda x: state.round.letters[x]
    )


def phone_in_lectern_colours(state: ShowState) -> object:
    """A phone that shows each letter in its finalist's colour."""
    letters = state.round.letters if state.rounds else {}
    colours = {letter: state.rundown.finalist(letters[letter]).lectern for letter in letters}
    return phone_view(state), colours


def _bug(breaks: str, **parts: Any) -> Planted:
    return Planted(Parts(**parts), frozenset(breaks.split()))


PLANTED: dict[str, Planted] = {
    "acks before the commit": _bug(
        "an_answer_is_durable the_log_alone_gives_the_state", showrunner=AcksBeforeCommit
    ),
    "decides a repeated id again": _bug(
        "a_repeat_answers_the_same an_answer_is_durable", showrunner=ForgetsIds
    ),
    "forgets ids at a restart": _bug(
        "an_answer_is_durable a_repeat_answers_the_same", showrunner=ForgetsIdsAtRestart
    ),
    "takes submissions after the grace": _bug(
        "only_the_servers_clock_decides", showrunner=KindToTheLate, timekeeper=EndsTuningLate
    ),
    "version goes back at a restart": _bug(
        "epoch_and_version_only_grow", showrunner=CountsFromOneAgain
    ),
    "evolves by the wall clock": _bug("the_log_alone_gives_the_state", showrunner=EvolvesByTheWall),
    "two tabs take two steps": _bug("one_cue_is_one_step", showrunner=AnyTabIsNext),
    "pins for somebody else": _bug("each_acts_for_oneself", showrunner=TakesTheSeatFromThePage),
    "a judge's outage stops the host": _bug(
        "the_show_goes_on", showrunner=NeverForced, judge=WaitsForTheJudge
    ),
    "downtime is not given back": _bug("downtime_is_given_back", heartbeat=KeepsTheDowntime),
    "downtime is given back twice": _bug("downtime_is_given_back", heartbeat=GivesTheDowntimeTwice),
    "typing is lost in a crash": _bug("typing_is_kept", scratch=WritesWhenItSuits),
    "no gate before the ballots": _bug(
        "votes_come_in_through_the_open_gate the_tally_is_of_the_ballots", ballot_box=HasNoGate
    ),
    "an older ballot replaces a newer one": _bug(
        "no_acked_ballot_is_lost an_acked_ballot_is_durable", ballot_box=TakesTheLatestToArrive
    ),
    "acks a ballot before its commit": _bug(
        "an_acked_ballot_is_durable", ballot_box=AcksBallotsFirst
    ),
    "counts before the close": _bug("the_tally_is_of_the_ballots", ballot_box=CountsBeforeTheClose),
    "tablets list answers by lectern": _bug(
        "letters_hide_their_owners", views=_views(panel=panel_in_seat_order)
    ),
    "phones colour letters by lectern": _bug(
        "letters_hide_their_owners", views=_views(phone=phone_in_lectern_colours)
    ),
    "tablets leave out who is recused": _bug(
        "letters_hide_their_owners", views=_views(panel=panel_without_recused)
    ),
    "the stage marks who had more time": _bug(
        "letters_hide_their_owners", views=_views(stage=stage_with_credits)
    ),
    "a credited clock is cut": _bug(
        "only_the_servers_clock_decides", showrunner=EndsWithTheFirst, timekeeper=KnowsOneClock
    ),
    "a credit is everybody's": _bug("only_the_servers_clock_decides", showrunner=CreditsEverybody),
    "credits have no end": _bug("only_the_servers_clock_decides", showrunner=OffersWithoutEnd),
    "an appeal is undone": _bug("an_undo_takes_nothing_back", showrunner=UndoesAppeals),
    "the withdrawn play on": _bug(
        "whoever_left_is_waited_for_no_more", showrunner=KeepsSeatsOfTheWithdrawn
    ),
    "an expert who left still marks": _bug("only_who_may_puts_right", showrunner=HearsTheDismissed),
    "a result changes between two names": _bug(
        "a_shown_result_stands", showrunner=ChangesBetweenNames
    ),
    "ballots are deleted in silence": _bug(
        "forgotten_ballots_are_gone the_result_recomputes", showrunner=ForgetsInSilence
    ),
}
"""The bug in a few words, which is its name, and what has it."""
