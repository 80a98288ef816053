"""What the crew reports: time, drafts, the tally."""

import math
from typing import Literal

import pytest
from pydantic import ValidationError
from story import Story

from finale.show import commands as c
from finale.show import events as e
from finale.show.phases import Phase
from finale.show.state import GRACE_S

V, W, X = "finalist-v", "finalist-w", "finalist-x"


def time_up(story: Story, what: Literal["phase", "vote"] = "phase") -> c.TimeUp:
    return c.TimeUp(what=what, deadline=story.state.deadlines[what])


# ---- time


def test_the_clock_starts_tuning_and_its_deadline_counts_from_then() -> None:
    story = Story()
    story.to(Phase.QUESTION)
    events = story.time_up()

    assert events == [
        e.PhaseEntered(phase=Phase.TUNING, round=0, deadlines={"phase": story.now + 90})
    ]


def test_a_deadline_that_has_not_passed_or_was_moved_ends_nothing(marking: Story) -> None:
    early = time_up(marking, "vote")
    assert marking.refusal(early, "crew") == "That deadline has not passed."

    marking.ask(c.MoveDeadline(seconds=15))
    marking.wait(46)
    assert marking.refusal(early, "crew") == "That deadline no longer stands."


def test_no_deadline_passes_in_hold(marking: Story) -> None:
    command = time_up(marking, "vote")
    marking.ask(c.HoldShow())
    marking.wait(1000)

    assert marking.refusal(command, "crew") == "That deadline no longer stands."


def test_deadlines_from_before_a_hold_are_stale_after_it(marking: Story) -> None:
    command = time_up(marking, "vote")
    marking.ask(c.HoldShow())
    marking.wait(100)
    marking.ask(c.ResumeShow())

    assert marking.refusal(command, "crew") == "That deadline no longer stands."


def test_each_gate_closes_at_its_own_time(marking: Story) -> None:
    assert marking.time_up("vote") == [e.GateClosed(round=0, gate="vote")]
    assert list(marking.state.deadlines) == ["marks"]
    assert marking.time_up("marks") == [e.GateClosed(round=0, gate="marks")]
    assert marking.state.deadlines == {}


@pytest.mark.parametrize("deadline", [math.nan, math.inf, 0.0])
def test_a_deadline_that_there_is_not_is_refused(deadline: float) -> None:
    command = c.TimeUp(what="phase", deadline=deadline)

    assert Story().refusal(command, "crew") == "That deadline no longer stands."


def test_time_ends_neither_tuning_nor_the_lock_by_time_up(tuning: Story) -> None:
    command = time_up(tuning)
    tuning.wait(100)
    assert tuning.refusal(command, "crew") == "The buzzer ends this tuning for all."

    tuning.end_tuning()
    command = time_up(tuning)
    tuning.wait(10)
    assert tuning.refusal(command, "crew") == "The clock does not end this phase."


# ---- the buzzer


def test_tuning_ends_750_ms_after_its_deadline_and_not_before(tuning: Story) -> None:
    tuning.now = tuning.state.deadlines["phase"] + GRACE_S - 0.001
    early = c.EndTuning(round=0, order=(0, 1, 2))
    assert tuning.refusal(early, "crew") == "Tuning has not ended."

    tuning.wait(0.001)
    assert tuning.ask(early, "crew")[-1] == e.PhaseEntered(
        phase=Phase.LOCKED, round=0, deadlines={"phase": tuning.now + 3}
    )


def test_tuning_ends_at_once_when_everybody_has_submitted(tuning: Story) -> None:
    for seat in tuning.finalists:
        tuning.submit(seat, tuning.draft(seat, f"An answer from {seat[-1]}."))
    events = tuning.end_tuning((X, V, W))

    assert events[:-1] == [e.LettersDrawn(round=0, letters={"A": X, "B": V, "C": W})]
    assert tuning.state.phase is Phase.LOCKED


def test_hold_keeps_tuning_open_even_if_all_have_submitted(tuning: Story) -> None:
    for seat in tuning.finalists:
        tuning.submit(seat, tuning.draft(seat, "An answer."))
    tuning.ask(c.HoldShow())
    assert tuning.refusal(c.EndTuning(round=0, order=(0, 1, 2)), "crew") == "Tuning is not running."

    tuning.ask(c.ResumeShow())
    tuning.end_tuning()
    assert tuning.state.phase is Phase.LOCKED


@pytest.mark.parametrize("order", [(), (0, 1), (0, 1, 1), (1, 2, 3), (0, 1, 2, 3), (-1, 0, 1)])
def test_letters_need_a_permutation(tuning: Story, order: tuple[int, ...]) -> None:
    tuning.wait(100)

    assert tuning.refusal(c.EndTuning(round=0, order=order), "crew") == (
        "The order of the letters is not a permutation of the finalists."
    )


def test_letters_number_the_answers_there_are(tuning: Story) -> None:
    tuning.draft(V, "An answer.")
    tuning.draft(X, "Another.")
    tuning.buzzer((X, W, V))

    assert tuning.state.round.letters == {"A": X, "B": V}


def test_tuning_ends_once(tuning: Story) -> None:
    tuning.buzzer()

    assert tuning.refusal(c.EndTuning(round=0, order=(0, 1, 2)), "crew") == "Tuning is not running."


def test_lock_ends_after_its_beat_in_reading_or_in_a_void_round(tuning: Story) -> None:
    assert tuning.refusal(c.MoveOn(round=0), "crew") == "Nothing runs by itself now."

    tuning.buzzer()
    assert tuning.refusal(c.MoveOn(round=0), "crew") == "The beat is not over."
    tuning.move_on()
    phases = [tuning.state.phase]
    tuning.to_tuning()
    tuning.draft(V, "An answer.")
    tuning.buzzer()
    tuning.move_on()
    assert [*phases, tuning.state.phase] == [Phase.STANDINGS, Phase.READING]


def test_hold_keeps_the_lock(tuning: Story) -> None:
    tuning.buzzer()
    tuning.ask(c.HoldShow())
    tuning.wait(100)

    assert tuning.refusal(c.MoveOn(round=0), "crew") == "Nothing runs by itself now."


# ---- downtime


def test_downtime_is_given_back_to_every_running_clock(marking: Story) -> None:
    assert marking.ask(c.Compensate(seconds=12.5), "crew") == [
        e.DeadlinesMoved(
            deadlines={"vote": marking.now + 57.5, "marks": marking.now + 132.5},
            seconds=12.5,
            why="downtime",
        )
    ]


def test_no_downtime_without_a_running_clock(marking: Story) -> None:
    assert Story().ask(c.Compensate(seconds=5), "crew") == []
    assert marking.ask(c.Compensate(seconds=0), "crew") == []

    marking.ask(c.HoldShow())
    assert marking.ask(c.Compensate(seconds=5), "crew") == []
    marking.wait(5)
    marking.ask(c.ResumeShow())
    assert marking.state.deadlines == {"vote": marking.now + 45, "marks": marking.now + 120}


@pytest.mark.parametrize("seconds", [-1.0, math.nan, math.inf])
def test_downtime_is_a_finite_number_of_seconds(seconds: float) -> None:
    with pytest.raises(ValidationError):
        c.Compensate(seconds=seconds)


# ---- drafts


def test_an_empty_reply_is_a_failure_that_costs_no_seconds(tuning: Story) -> None:
    tuning.start(V)
    [recorded] = tuning.record(V, " \n ")

    assert isinstance(recorded, e.DraftRecorded)
    assert (recorded.outcome, recorded.reason) == (
        "failed",
        "The model returned an empty answer.",
    )


def test_a_draft_ends_once(tuning: Story) -> None:
    tuning.draft(V, "An answer.")
    again = c.RecordDraft(round=0, finalist=V, draft=1, text="Another.", outcome="finished")

    assert tuning.refusal(again, "crew") == "That draft is not running."


@pytest.mark.parametrize(("finalist", "draft"), [(V, 2), (V, 0), (W, 1), ("nobody", 1)])
def test_a_draft_that_was_not_started_is_refused(tuning: Story, finalist: str, draft: int) -> None:
    tuning.start(V)
    command = c.RecordDraft(round=0, finalist=finalist, draft=draft, text="x", outcome="finished")

    assert tuning.refusal(command, "crew") == "That draft is not running."


def test_drafts_finish_in_hold(tuning: Story) -> None:
    tuning.start(V)
    tuning.ask(c.HoldShow())
    tuning.record(V, "An answer.")

    draft = tuning.state.round.draft(V, 1)
    assert draft is not None
    assert (draft.outcome, draft.text) == ("finished", "An answer.")


def test_a_draft_recorded_after_tuning_is_refused(tuning: Story) -> None:
    tuning.start(V)
    tuning.buzzer()
    command = c.RecordDraft(round=0, finalist=V, draft=1, text="Late.", outcome="finished")

    assert tuning.refusal(command, "crew") == "Tuning is over."
    assert tuning.state.round.letters == {}


@pytest.mark.parametrize("seconds", [-0.1, math.nan, math.inf])
def test_times_of_a_draft_are_finite(seconds: float) -> None:
    with pytest.raises(ValidationError):
        c.RecordDraft(round=0, finalist=V, draft=1, text="", outcome="finished", total_s=seconds)


# ---- the tally


def test_a_vote_is_counted_once_and_only_when_closed(marking: Story) -> None:
    sentence = "The vote is not waiting to be counted."
    tally = c.RecordTally(round=0, counts={"A": 3, "C": 1}, digest="d" * 64)
    assert marking.refusal(tally, "crew") == sentence

    marking.next()
    assert marking.ask(tally, "crew") == [
        e.BallotBoxClosed(round=0, counts={"A": 3, "C": 1}, digest="d" * 64)
    ]
    assert marking.refusal(tally, "crew") == sentence


TALLY_REFUSALS = [
    ({"D": 1}, "The tally has letters that are not in this round."),
    ({"A": -1}, "The tally has a count that is no number of ballots."),
    ({"A": 10**400}, "The tally has a count that is no number of ballots."),
]


@pytest.mark.parametrize(("counts", "sentence"), TALLY_REFUSALS)
def test_a_tally_that_cannot_be_is_refused(
    marking: Story, counts: dict[str, int], sentence: str
) -> None:
    marking.next()
    command = c.RecordTally(round=0, counts=counts, digest="")

    assert marking.refusal(command, "crew") == sentence


# ---- who may


CREW_COMMANDS = [
    c.TimeUp(what="phase", deadline=0),
    c.EndTuning(round=0, order=()),
    c.MoveOn(round=0),
    c.Compensate(seconds=1),
    c.RecordDraft(round=0, finalist=V, draft=1, text="", outcome="finished"),
    c.RecordVerdict(round=0, letter="A", passes=(), reason="", judge=""),
    c.MissVerdict(round=0, letter="A", reason=""),
    c.RecordTally(round=0, counts={}, digest=""),
]


@pytest.mark.parametrize("by", ["host", V, "panel-1", "stage"])
@pytest.mark.parametrize("command", CREW_COMMANDS, ids=lambda command: type(command).__name__)
def test_nobody_but_the_crew_reports(command: c.Command, by: str) -> None:
    assert Story().refusal(command, by) == "This is for the crew."


# ---- ballots that are forgotten


def test_counted_ballots_are_forgotten_once_and_their_counts_stay(marking: Story) -> None:
    marking.ask(c.CloseGate(round=marking.number, gate="vote"))
    marking.tally({"A": 2, "B": 1})
    forgotten = marking.ask(c.ForgetBallots(), "crew")

    assert forgotten == [e.BallotsForgotten(rounds=(0,))]
    assert marking.state.round.is_forgotten
    assert marking.state.round.counts == {"A": 2, "B": 1}
    assert marking.ask(c.ForgetBallots(), "crew") == []
    assert marking.replayed() == marking.state


def test_ballots_are_not_forgotten_before_they_are_counted(marking: Story) -> None:
    refusal = "The ballots of round 1 are not counted yet."

    assert marking.refusal(c.ForgetBallots(), "crew") == refusal
    marking.ask(c.CloseGate(round=marking.number, gate="vote"))
    assert marking.refusal(c.ForgetBallots(), "crew") == refusal
    assert marking.refusal(c.ForgetBallots(), "host") == "This is for the crew."


def test_a_show_without_a_vote_has_nothing_to_forget(tuning: Story) -> None:
    assert tuning.ask(c.ForgetBallots(), "crew") == []
