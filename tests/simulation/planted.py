"""Bugs put in on purpose, each a part of its own, to show that the auditor finds such bugs."""

import asyncio
from dataclasses import dataclass
from typing import Any

from simulation.life import NamedShowrunner, Parts, View
from simulation.planted_amend import (
    ChangesBetweenNames,
    CreditsEverybody,
    EndsWithTheFirst,
    ForgetsInSilence,
    ForgetsThatItIsSuddenDeath,
    ForgetsWhoMoved,
    HearsTheDismissed,
    KeepsSeatsOfTheWithdrawn,
    KnowsOneClock,
    OffersWithoutEnd,
    PaysForTheCancelled,
    StartsTheNewQuestion,
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
from simulation.planted_writer import (
    AcksBeforeCommit,
    AnyTabIsNext,
    CountsFromOneAgain,
    EndsTuningLate,
    EvolvesByTheWall,
    ForgetsIds,
    ForgetsIdsAtRestart,
    KindToTheLate,
    TakesTheSeatFromThePage,
)

from finale.crew.judge import Judge
from finale.crew.timekeeper import Heartbeat
from finale.show import commands as c
from finale.show.refused import Refused
from finale.show.state import ShowState
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.store.scratch import Scratch


@dataclass(frozen=True, slots=True)
class Planted:
    """The parts that have a bug, and the promises of which it may break one first.

    `since` is the seed with which the search of the first 500 begins, which goes round: for a bug
    that few seeds show, shortly before one that does. `--plant` begins with seed 0 all the same.
    """

    parts: Parts
    breaks: frozenset[str]
    since: int = 0


# ---- the judge


class NeverForced(NamedShowrunner):
    """Lets the host go on only when every verdict is in."""

    def _decide(self, request: c.Request, received: float) -> list[Any]:
        if isinstance(request.command, c.CallCue) and request.command.is_forced:
            raise Refused("The judge has not marked every answer.")
        return super()._decide(request, received)


class WaitsForTheJudge(Judge):
    """Keeps an outage to itself."""

    async def _said(self, *about: Any) -> c.RecordVerdict | c.MissVerdict:
        said = await super()._said(*about)
        if isinstance(said, c.MissVerdict):
            await asyncio.Event().wait()
        return said


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


def _bug(breaks: str, since: int = 0, **parts: Any) -> Planted:
    return Planted(Parts(**parts), frozenset(breaks.split()), since)


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
    "credits have no end": _bug("no_more_is_credited_than_was_lost", showrunner=OffersWithoutEnd),
    "a cancelled draft is paid for": _bug(
        "no_more_is_credited_than_was_lost", showrunner=PaysForTheCancelled
    ),
    "sudden death loses its ground": _bug(
        "sudden_death_keeps_its_ground", showrunner=ForgetsThatItIsSuddenDeath
    ),
    "an old Next starts the new question": _bug(
        "an_old_button_starts_no_new_question", 36, showrunner=StartsTheNewQuestion
    ),
    "an old link lives again": _bug("only_the_newest_device_comes_in", 18, access=ForgetsWhoMoved),
    "an appeal is undone": _bug("an_undo_takes_nothing_back", 94, showrunner=UndoesAppeals),
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
