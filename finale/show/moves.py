"""Entering a phase: the events and deadlines that belong to each."""

from finale.show.events import Event, GateOpened, PhaseEntered, RoundStarted
from finale.show.phases import Phase
from finale.show.result import tied_leaders
from finale.show.state import ShowState


def enter(state: ShowState, target: Phase, now: float, is_again: bool = False) -> list[Event]:
    """The events of a move to `target`; `is_again` begins the running round's question anew."""
    if target is Phase.QUESTION and not is_again:
        return _start_round(state, now)
    entered = PhaseEntered(
        phase=target, round=state.number, deadlines=deadlines_of(state, target, now)
    )
    if target is not Phase.MARKING:
        return [entered]
    seconds = state.rundown.settings.seconds
    gates: list[Event] = [GateOpened(round=state.number, gate="vote", deadline=now + seconds.vote)]
    if state.rundown.panel:
        marks = GateOpened(round=state.number, gate="marks", deadline=now + seconds.marks)
        gates.append(marks)
    return [entered, *gates]


def _start_round(state: ShowState, now: float) -> list[Event]:
    number = len(state.rounds)
    is_sudden_death = state.phase is Phase.SUDDEN_DEATH
    finalists = tied_leaders(state) if is_sudden_death else state.active()
    return [
        RoundStarted(round=number, finalists=finalists, is_sudden_death=is_sudden_death),
        PhaseEntered(
            phase=Phase.QUESTION,
            round=number,
            deadlines=deadlines_of(state, Phase.QUESTION, now),
        ),
    ]


def deadlines_of(state: ShowState, target: Phase, now: float) -> dict[str, float]:
    """The clocks that begin with that phase, in epoch seconds by name."""
    seconds = state.rundown.settings.seconds
    timed = {
        Phase.QUESTION: seconds.question,
        Phase.TUNING: seconds.tuning,
        Phase.LOCKED: seconds.locked,
        Phase.APPEAL: seconds.appeal,
    }
    return {"phase": now + timed[target]} if target in timed else {}
