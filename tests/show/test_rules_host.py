"""What the host may do: the next step, the clock, the gates, the chairs."""

from typing import Literal

import pytest
from story import NOON, Story, rundown

from finale.show import commands as c
from finale.show import events as e
from finale.show import events_judge as ej
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.rules_host import too_little_left

SHOWN = "Your desk has shown marks; vote and marks stay closed from then on."


def marking(**settings: object) -> Story:
    story = Story(rundown(finalists=3, panel=2, **settings))  # type: ignore[arg-type]
    story.to_marking()
    return story


# ---- the next step


def test_two_tabs_that_call_the_same_cue_take_one_step() -> None:
    story = Story()
    cue = next_cue(story.state)
    assert cue is not None
    both = c.CallCue(cue=cue.id)
    events = story.ask(both)

    assert [type(event) for event in events] == [e.RoundStarted, e.PhaseEntered]
    assert story.refusal(both) == "That step was already taken."


@pytest.mark.parametrize("cue", ["", "x", "1.lobby.0.to-question", "0.lobby.0.to-champion"])
def test_a_cue_that_is_not_the_next_is_refused(cue: str) -> None:
    assert Story().refusal(c.CallCue(cue=cue, is_forced=True)) == "That step was already taken."


def test_next_cannot_end_tuning_and_says_what_does() -> None:
    story = Story()
    story.to_tuning()
    story.submit("finalist-v", story.draft("finalist-v", "An answer."))
    cue = next_cue(story.state)
    assert cue is not None

    assert story.refusal(c.CallCue(cue=cue.id, is_forced=True)) == (
        "“Lock the answers” runs by itself; it waits for the clock, or 4 more to submit."
    )


def test_labels_of_a_whole_round_are_those_on_the_button() -> None:
    story = marking()
    labels: list[str] = []
    story.give_marks()
    while story.state.phase is not Phase.CHAMPION and len(labels) < 12:
        cue = next_cue(story.state)
        assert cue is not None
        labels.append(cue.label)
        if story.state.phase is Phase.APPEAL:
            story.time_up()
        else:
            story.next()

    assert labels == [
        "Reveal the judge’s marks",
        "Open the appeals",
        "Go to the reveal",
        "Reveal the experts",
        "Reveal the audience",
        "Reveal the totals",
        "Name place 3",
        "Name place 2",
        "Name the round’s winner",
        "Show the standings",
        "Show question 2",
        "Start tuning",
    ]


def test_equals_share_the_place_that_is_named() -> None:
    story = marking()
    story.give_marks({"A": 8, "B": 8, "C": 3}, {"A": 4, "B": 4, "C": 2}, {"A": 9, "B": 9, "C": 1})
    story.to(Phase.APPEAL)
    story.time_up()
    labels = []
    while story.state.phase is Phase.REVEAL:
        cue = next_cue(story.state)
        assert cue is not None
        labels.append(cue.label)
        story.next()

    winner = "Name the round’s winner"
    assert labels[3:6] == ["Name place 3", f"{winner} (1 of 2)", f"{winner} (2 of 2)"]


def test_answers_are_shown_one_by_one_each_with_its_clock() -> None:
    story = Story(rundown(finalists=3))
    story.to_reading()
    steps = []
    for _ in range(3):
        steps += story.next()
        story.wait(20)

    start = story.now - 60
    assert steps == [
        e.StepTaken(step=n, deadlines={"answer": start + 20 * (n - 1) + 15}) for n in (1, 2, 3)
    ]
    assert [type(event) for event in story.next()] == [
        e.PhaseEntered,
        e.GateOpened,
        e.GateOpened,
    ]
    assert story.state.deadlines == {"vote": story.now + 45, "marks": story.now + 120}


def test_without_a_panel_only_the_vote_opens_and_the_round_goes_on() -> None:
    story = Story(rundown(finalists=3, panel=0))
    story.to_marking()
    assert story.state.deadlines == {"vote": story.now + 45}

    story.give_marks()
    story.to(Phase.APPEAL)
    assert story.state.round.gates == {"vote": False}


def test_judges_marks_wait_for_the_count_even_if_forced() -> None:
    story = marking()
    story.next()
    story.next()
    cue = next_cue(story.state)
    assert cue is not None
    sentence = "“Reveal the judge’s marks” waits for the count of the ballots."

    assert story.refusal(c.CallCue(cue=cue.id)) == sentence
    assert story.refusal(c.CallCue(cue=cue.id, is_forced=True)) == sentence


def test_forced_reveal_gives_up_on_the_answers_that_have_no_verdict() -> None:
    story = marking()
    story.judge("B")
    story.next()
    story.next()
    story.tally({"A": 3})
    cue = next_cue(story.state)
    assert cue is not None
    assert story.refusal(c.CallCue(cue=cue.id)) == (
        "“Reveal the judge’s marks” waits for the judge: 1 of 3 answers marked."
    )
    events = story.next(is_forced=True)

    assert events[:-1] == [
        ej.VerdictMissed(round=0, letter=letter, reason="The host went on without it.")
        for letter in "AC"
    ]
    assert story.state.phase is Phase.JUDGE_REVEAL


def test_after_the_champion_nothing_is_left_to_call() -> None:
    story = Story(rundown(rounds=1))
    story.play_round()
    story.to(Phase.CHAMPION)

    assert story.refusal(c.CallCue(cue="x")) == "The show is over; the result is locked."


# ---- break


def test_break_stands_between_two_rounds_only() -> None:
    story = Story(rundown(finalists=2, rounds=2))
    sentence = "A break can be called between two rounds, from the standings."
    assert story.refusal(c.CallBreak()) == sentence

    story.play_round()
    story.ask(c.CallBreak())
    assert story.state.phase is Phase.BREAK
    assert story.refusal(c.CallBreak()) == sentence

    story.play_round()
    assert story.refusal(c.CallBreak()) == sentence


# ---- the clock


def test_hold_keeps_the_time_that_was_left() -> None:
    story = Story()
    story.to_tuning()
    story.wait(30)
    story.ask(c.HoldShow())
    story.wait(1000)
    [lifted] = story.ask(c.ResumeShow())

    assert lifted == e.HoldLifted(deadlines={"phase": story.now + 60})
    assert not story.state.is_held


def test_hold_stops_the_host_too_and_cannot_be_doubled() -> None:
    story = Story()
    story.to(Phase.QUESTION)
    story.ask(c.HoldShow())
    cue = next_cue(story.state)
    assert cue is not None

    assert story.refusal(c.CallCue(cue=cue.id)) == "The show is on hold. Resume first."
    assert story.refusal(c.HoldShow()) == "The show is already on hold."


def test_a_hold_needs_no_clock_and_keeps_the_next_step_back() -> None:
    story = Story()
    assert story.refusal(c.ResumeShow()) == "The show is not on hold."
    assert story.ask(c.HoldShow()) == [e.HoldSet(at=NOON)]
    cue = next_cue(story.state)
    assert cue is not None
    assert story.refusal(c.CallCue(cue=cue.id)) == "The show is on hold. Resume first."

    story.wait(60)
    assert story.ask(c.ResumeShow()) == [e.HoldLifted(deadlines={})]
    story.next()
    assert story.state.phase is Phase.QUESTION


@pytest.mark.parametrize(
    ("after_s", "seconds", "left"), [(10, 15, 95), (10, -15, 65), (74, -15, 1), (74, 15, 31)]
)
def test_nudge_moves_the_deadline(after_s: float, seconds: Literal[-15, 15], left: float) -> None:
    story = Story()
    story.to_tuning()
    story.wait(after_s)
    assert too_little_left(story.state, story.now) == ""
    story.ask(c.MoveDeadline(seconds=seconds))

    assert story.state.deadlines == {"phase": story.now + left}


def test_there_is_no_clock_to_take_seconds_from_in_the_lobby() -> None:
    story = Story()
    assert too_little_left(story.state, story.now) == ""


TUNING_ENDS = {
    75: "15 s are left: −15 s would end tuning at once.",
    78: "12 s are left: −15 s would end tuning at once.",
    78.4: "12 s are left: −15 s would end tuning at once.",
    89.2: "1 s is left: −15 s would end tuning at once.",
    90.5: "0 s are left: −15 s would end tuning at once.",
}


@pytest.mark.parametrize(("after_s", "sentence"), TUNING_ENDS.items())
def test_nudge_back_never_ends_tuning_at_once(after_s: float, sentence: str) -> None:
    story = Story()
    story.to_tuning()
    story.wait(after_s)
    deadlines = story.state.deadlines

    assert too_little_left(story.state, story.now) == sentence
    assert story.refusal(c.MoveDeadline(seconds=-15)) == sentence
    assert story.state.deadlines == deadlines


def test_nudge_back_never_closes_a_gate_at_once() -> None:
    story = marking()
    story.wait(33)
    vote = "12 s are left: −15 s would close the vote at once."
    assert story.refusal(c.MoveDeadline(seconds=-15)) == vote

    story.ask(c.CloseGate(round=story.number, gate="vote"))
    assert len(story.ask(c.MoveDeadline(seconds=-15))) == 1
    story.wait(60)
    marks = "12 s are left: −15 s would close the marks at once."
    assert story.refusal(c.MoveDeadline(seconds=-15)) == marks


def test_nudge_in_hold_counts_from_where_the_clock_stands() -> None:
    story = Story()
    story.to_tuning()
    story.wait(70)
    story.ask(c.HoldShow())
    story.wait(100)
    story.ask(c.MoveDeadline(seconds=-15))
    sentence = "5 s are left: −15 s would end tuning at once."
    assert story.refusal(c.MoveDeadline(seconds=-15)) == sentence
    story.ask(c.ResumeShow())
    assert story.state.deadlines == {"phase": story.now + 5}

    story.ask(c.MoveDeadline(seconds=15))
    assert story.state.deadlines == {"phase": story.now + 20}


def test_nudge_moves_both_gates_in_marking() -> None:
    story = marking()
    story.ask(c.MoveDeadline(seconds=15))

    assert story.state.deadlines == {"vote": story.now + 60, "marks": story.now + 135}


def test_nudge_is_for_tuning_and_marking_only() -> None:
    sentence = "The clock can be moved in tuning and in marking only."
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    refused = []
    for phase in (Phase.LOBBY, Phase.QUESTION):
        story.to(phase)
        refused.append(story.refusal(c.MoveDeadline(seconds=15)))
    story.to_reading()
    refused.append(story.refusal(c.MoveDeadline(seconds=15)))
    story.to(Phase.MARKING)
    story.give_marks()
    # Both gates are closed: no clock is left to move.
    refused.append(story.refusal(c.MoveDeadline(seconds=15)))
    story.to(Phase.APPEAL)
    refused.append(story.refusal(c.MoveDeadline(seconds=15)))

    assert refused == [sentence] * 5


# ---- the stage


def test_blackout_goes_on_and_off_once_each() -> None:
    story = Story()
    assert story.refusal(c.BlackOut(is_black=False)) == "The stage is not dark."

    story.ask(c.BlackOut(is_black=True))
    assert story.refusal(c.BlackOut(is_black=True)) == "The stage is already dark."

    story.ask(c.BlackOut(is_black=False))
    assert not story.state.is_black


# ---- the gates


def test_a_gate_is_closed_once() -> None:
    story = marking()

    assert story.ask(c.CloseGate(round=story.number, gate="vote")) == [
        e.GateClosed(round=0, gate="vote")
    ]
    assert story.refusal(c.CloseGate(round=story.number, gate="vote")) == "It is not open."
    assert story.state.deadlines == {"marks": story.now + 120}


@pytest.mark.parametrize("gate", ["vote", "marks"])
def test_gates_move_in_marking_only(gate: c.Gate) -> None:
    story = Story(rundown(finalists=2, panel=2))
    story.to_reading()

    assert story.refusal(c.CloseGate(round=story.number, gate=gate)) == "It is not open."
    assert story.refusal(c.OpenGate(round=story.number, gate=gate)) == (
        "Vote and marks can be opened in marking only, before any mark was shown."
    )


def test_a_reopened_vote_drops_its_count_and_is_counted_again() -> None:
    story = marking()
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 9})
    assert story.refusal(c.OpenGate(round=story.number, gate="marks")) == "It is open already."

    story.wait(5)
    assert story.ask(c.OpenGate(round=story.number, gate="vote")) == [
        e.GateOpened(round=0, gate="vote", deadline=story.now + 45)
    ]
    assert (story.state.round.counts, story.state.round.digest) == (None, "")
    assert story.refusal(c.RecordTally(round=0, counts={"A": 9}, digest=""), "crew") == (
        "The vote is not waiting to be counted."
    )

    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 9, "B": 10})
    assert story.state.round.counts == {"A": 9, "B": 10}


def test_reopened_marks_keep_the_count_of_the_vote() -> None:
    story = marking()
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    story.ask(c.OpenGate(round=story.number, gate="marks"))

    assert story.state.round.is_open("vote")
    assert story.state.deadlines == {"vote": story.now + 45, "marks": story.now + 120}


@pytest.mark.parametrize("gate", ["vote", "marks"])
def test_no_gate_reopens_once_the_desk_has_shown_marks(gate: c.Gate) -> None:
    story = marking()
    story.give_marks()

    assert story.refusal(c.OpenGate(round=story.number, gate=gate)) == SHOWN

    story.next()
    assert story.refusal(c.OpenGate(round=story.number, gate=gate)) == (
        "Vote and marks can be opened in marking only, before any mark was shown."
    )


def test_a_gate_that_opens_in_hold_has_its_whole_time_after_it() -> None:
    story = marking()
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.ask(c.HoldShow())
    story.wait(500)
    story.ask(c.OpenGate(round=story.number, gate="vote"))
    story.wait(500)
    story.ask(c.ResumeShow())

    assert story.state.deadlines == {"vote": story.now + 45, "marks": story.now + 120}


# ---- chairs


def test_a_robot_takes_and_leaves_a_chair() -> None:
    story = Story()

    assert story.ask(c.SeatRobot(seat="panel-1")) == [e.RobotSeated(seat="panel-1")]
    assert story.refusal(c.SeatRobot(seat="panel-1")) == "A robot sits there already."
    assert story.ask(c.UnseatRobot(seat="panel-1")) == [e.RobotUnseated(seat="panel-1")]
    assert story.refusal(c.UnseatRobot(seat="panel-1")) == "No robot sits there."
    assert story.refusal(c.SeatRobot(seat="host")) == "There is no seat “host” in this show."


# ---- who may


HOST_COMMANDS = [
    c.CallCue(cue="x"),
    c.CallBreak(),
    c.HoldShow(),
    c.ResumeShow(),
    c.MoveDeadline(seconds=15),
    c.BlackOut(is_black=True),
    c.OpenGate(round=0, gate="vote"),
    c.CloseGate(round=0, gate="vote"),
    c.SeatRobot(seat="panel-1"),
    c.UnseatRobot(seat="panel-1"),
    c.RuleAppeal(round=0, letter="A", reason="Late."),
]


@pytest.mark.parametrize("by", ["crew", "finalist-v", "panel-1", "stage", ""])
@pytest.mark.parametrize("command", HOST_COMMANDS, ids=lambda command: type(command).__name__)
def test_nobody_but_the_host_moves_the_show(command: c.Command, by: str) -> None:
    assert Story().refusal(command, by) == "This is for the host."


def test_a_seat_that_only_begins_like_the_host_is_no_host() -> None:
    assert Story().refusal(c.CallBreak(), "host-2") == "There is no seat “host-2” in this show."
