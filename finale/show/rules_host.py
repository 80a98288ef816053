"""What the host may do."""

import math
from typing import Final

from finale.show import commands as c
from finale.show import events as e
from finale.show import events_judge as ej
from finale.show.cues import Cue, can_break, next_cue
from finale.show.moves import enter
from finale.show.phases import Phase
from finale.show.progress import has_both_gates_closed
from finale.show.refused import Refused
from finale.show.state import ShowState

NUDGE_S: Final = 15
"""How far one press moves the deadlines, in seconds."""

_AT_ONCE: Final = {"phase": "end tuning", "vote": "close the vote", "marks": "close the marks"}


def call_cue(state: ShowState, command: c.CallCue, by: str, now: float) -> list[e.Event]:
    """Take the step that the button named."""
    cue = next_cue(state)
    if cue is None:
        raise Refused("The show is over; the result is locked.")
    if cue.id != command.cue:
        raise Refused("That step was already taken.")
    if state.is_held:
        raise Refused("The show is on hold. Resume first.")
    if "host" not in cue.by:
        raise Refused(f"“{cue.label}” runs by itself; it waits for {cue.waits_for or 'the clock'}.")
    if cue.waits_for and not (command.is_forced and cue.can_force):
        raise Refused(f"“{cue.label}” waits for {cue.waits_for}.")
    return take_step(state, cue, now)


def take_step(state: ShowState, cue: Cue, now: float) -> list[e.Event]:
    """The events of that step, which must be the next one."""
    if cue.target is Phase.JUDGE_REVEAL:
        return [*_give_up_waiting(state), *enter(state, Phase.JUDGE_REVEAL, now)]
    if cue.target is not None:
        return enter(state, cue.target, now)
    if state.phase is Phase.MARKING:
        gate: c.Gate = "vote" if state.round.is_open("vote") else "marks"
        return [e.GateClosed(round=state.number, gate=gate)]
    answer_s = state.rundown.settings.seconds.reading
    is_timed = state.phase is Phase.READING
    return [
        e.StepTaken(step=state.step + 1, deadlines={"answer": now + answer_s} if is_timed else {})
    ]


def _give_up_waiting(state: ShowState) -> list[e.Event]:
    known = {*state.round.opinions, *state.round.missed}
    return [
        ej.VerdictMissed(round=state.number, letter=letter, reason="The host went on without it.")
        for letter in sorted(state.round.letters)
        if letter not in known
    ]


def call_break(state: ShowState, command: c.CallBreak, by: str, now: float) -> list[e.Event]:
    """Put up the slate between two rounds."""
    if not can_break(state):
        raise Refused("A break can be called between two rounds, from the standings.")
    return enter(state, Phase.BREAK, now)


def hold(state: ShowState, command: c.HoldShow, by: str, now: float) -> list[e.Event]:
    """A flag over any phase but the end: clocks stand, nobody plays, and no step is taken."""
    if state.phase is Phase.CHAMPION:
        raise Refused("The show is over; the result is locked.")
    if state.is_held:
        raise Refused("The show is already on hold.")
    return [e.HoldSet(at=now)]


def resume(state: ShowState, command: c.ResumeShow, by: str, now: float) -> list[e.Event]:
    """Let the clock run on for as long as it had left."""
    if state.held_at is None:
        raise Refused("The show is not on hold.")
    stood = max(0.0, now - state.held_at)
    return [e.HoldLifted(deadlines={name: at + stood for name, at in state.deadlines.items()})]


def can_nudge(state: ShowState) -> bool:
    """Whether a clock runs that the host may move."""
    return state.phase in (Phase.TUNING, Phase.MARKING) and bool(state.deadlines)


def too_little_left(state: ShowState, now: float) -> str:
    """Why 15 seconds cannot be taken from the clock now; empty if they can."""
    if not can_nudge(state):
        return ""
    name = min(state.deadlines, key=lambda name: state.deadlines[name])
    # As the desk's clock rounds: 15 s are left until it shows 14.
    left = max(0, math.ceil(state.deadlines[name] - state.clock_at(now) - 0.001))
    if left > NUDGE_S:
        return ""
    are = "is" if left == 1 else "are"
    return f"{left} s {are} left: −{NUDGE_S} s would {_AT_ONCE[name]} at once."


def move_deadline(state: ShowState, command: c.MoveDeadline, by: str, now: float) -> list[e.Event]:
    """Give or take 15 seconds for all; never so many that a clock would be over."""
    if not can_nudge(state):
        raise Refused("The clock can be moved in tuning and in marking only.")
    if state.phase is Phase.TUNING and state.round.at_buzzer is not None:
        raise Refused("Only a credited clock runs now; the others are locked.")
    if command.seconds < 0 and (reason := too_little_left(state, now)):
        raise Refused(reason)
    moved = {name: at + command.seconds for name, at in state.deadlines.items()}
    return [e.DeadlinesMoved(deadlines=moved, seconds=command.seconds, why="host")]


def black_out(state: ShowState, command: c.BlackOut, by: str, now: float) -> list[e.Event]:
    """Stage dark, or back."""
    if state.is_black == command.is_black:
        raise Refused("The stage is already dark." if state.is_black else "The stage is not dark.")
    return [e.StageBlacked(is_black=command.is_black)]


def open_gate(state: ShowState, command: c.OpenGate, by: str, now: float) -> list[e.Event]:
    """Open a closed gate again; never once a mark was shown."""
    if state.phase is not Phase.MARKING:
        raise Refused("Vote and marks can be opened in marking only, before any mark was shown.")
    if not state.round.is_closed(command.gate):
        raise Refused("It is open already.")
    if has_both_gates_closed(state):
        raise Refused("Your desk has shown marks; vote and marks stay closed from then on.")
    if command.gate == "vote" and state.round.is_forgotten:
        raise Refused("The ballots of this vote were deleted after the count; it stays closed.")
    seconds = state.rundown.settings.seconds
    length = seconds.vote if command.gate == "vote" else seconds.marks
    return [
        e.GateOpened(round=state.number, gate=command.gate, deadline=state.clock_at(now) + length)
    ]


def close_gate(state: ShowState, command: c.CloseGate, by: str, now: float) -> list[e.Event]:
    """Close vote or marks before their time."""
    if state.phase is not Phase.MARKING or not state.round.is_open(command.gate):
        raise Refused("It is not open.")
    return [e.GateClosed(round=state.number, gate=command.gate)]


def seat_robot(state: ShowState, command: c.SeatRobot, by: str, now: float) -> list[e.Event]:
    """Put a robot on a chair."""
    if command.seat not in state.rundown.seats:
        raise Refused(f"There is no seat “{command.seat}” in this show.")
    if command.seat in state.robots:
        raise Refused("A robot sits there already.")
    return [e.RobotSeated(seat=command.seat)]


def unseat_robot(state: ShowState, command: c.UnseatRobot, by: str, now: float) -> list[e.Event]:
    """Give a chair back to a person."""
    if command.seat not in state.robots:
        raise Refused("No robot sits there.")
    return [e.RobotUnseated(seat=command.seat)]
