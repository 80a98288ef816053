"""What the stage will show after Next, for the host alone: nothing is logged for it."""

import string
from dataclasses import dataclass, replace

from finale.show.cues import Cue, next_cue
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.rules_finalist import at_buzzer
from finale.show.rules_host import take_step
from finale.show.state import ShowState
from finale.show.views.common import Hall
from finale.show.views.stage import StageView, stage_view


@dataclass(frozen=True, slots=True)
class Coming:
    """The stage after the next step; without a view, `why` says why there is none."""

    view: StageView | None
    why: str = ""


def coming(state: ShowState, hall: Hall, now: float) -> Coming:
    """The next step taken on paper. A new clock stands at its full length; hold and dark are off.

    The host sees no mark here that the desk does not have: the judge’s marks are next only after
    vote and marks are closed and counted.
    """
    cue = next_cue(state)
    if cue is None:
        return Coming(None, "Nothing comes after this.")
    if cue.target is not Phase.LOCKED and cue.waits_for:
        return Coming(None, "Not known yet: see Next.")
    if cue.target is Phase.LOCKED and not any(_has_answer(state, s) for s in state.round.finalists):
        return Coming(None, "Not known yet: nobody has an answer.")
    after = _after(replace(state, held_at=None, is_black=False), cue, now)
    view = stage_view(after, hall)
    clock = view.clock
    if clock is not None and clock.deadline not in state.deadlines.values():
        clock = replace(clock, deadline=0.0, held_left=float(clock.length))
    return Coming(replace(view, clock=clock))


def _after(state: ShowState, cue: Cue, now: float) -> ShowState:
    if cue.target is Phase.LOCKED:
        return _locked(state)
    for event in take_step(state, cue, now):
        state = evolve(state, event)
    return state


def _locked(state: ShowState) -> ShowState:
    """As if the buzzer went now: as many letters as answers. Whose is whose is not drawn yet."""
    seats = [seat for seat in state.round.finalists if _has_answer(state, seat)]
    letters = dict(zip(string.ascii_uppercase, seats, strict=False))
    round_ = replace(state.round, letters=letters)
    return replace(
        state, phase=Phase.LOCKED, step=0, deadlines={}, rounds=(*state.rounds[:-1], round_)
    )


def _has_answer(state: ShowState, seat: str) -> bool:
    return at_buzzer(state.round, seat).how != "none" or bool(state.round.running(seat))
