"""The host's next step: what Next will do, and what it waits for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from finale.show.phases import Move, Mover, Phase, moves_from
from finale.show.progress import calibrated, missing_cards, unmarked
from finale.show.result import places_of, tied_leaders
from finale.show.state import ShowState

REVEAL_PARTS = ("panel", "audience", "total")


@dataclass(frozen=True, slots=True)
class Cue:
    """One step of the rundown. `waits_for` is empty when it can be called now."""

    id: str
    label: str
    by: tuple[Mover, ...] = ("host",)
    target: Phase | None = None
    waits_for: str = ""
    can_force: bool = False
    note: str = ""


def next_cue(state: ShowState) -> Cue | None:
    """The step that comes next; None after the champion."""
    step = _STEPS.get(state.phase, _no_step)(state)
    if step is not None:
        return step
    for move in moves_from(state.phase):
        if move.target is not Phase.BREAK and _APPLIES.get(move.guard, _always)(state):
            return _cue_of(state, move)
    return None


def blind_cue(state: ShowState) -> Cue | None:
    """The next step, for those who may not know who owns which letter.

    Whether anybody may still appeal hangs on that; here appeals wait for their clock. So does
    which cards are left out for a recusal; here all of them count.
    """
    cue = next_cue(state)
    if cue is not None and cue.note and state.phase is Phase.MARKING:
        return replace(cue, note=_cards(state, unmarked(state.round, frozenset())))
    if cue is None or state.phase is not Phase.APPEAL or state.open_appeal() is not None:
        return cue
    return replace(cue, waits_for="the appeal clock" if "phase" in state.deadlines else "")


def can_break(state: ShowState) -> bool:
    """Whether a break may be called: between two rounds."""
    return state.phase is Phase.STANDINGS and _rounds_left(state)


def place_of(state: ShowState) -> str:
    """A name for where the show stands, so that a button acts only where it was drawn."""
    again = f".{state.repeats}" if state.repeats else ""
    return f"{state.number + 1}.{state.phase}.{state.step}{again}"


def undo_of(state: ShowState) -> Phase | None:
    """The phase that an undo leads back to; None if the last step showed something new.

    A vote is never closed by an undo: a ballot may have been cast the moment it opened. An appeal
    that was offered has been said on stage.
    """
    if state.phase in (Phase.BREAK, Phase.SUDDEN_DEATH):
        return Phase.STANDINGS
    if state.phase is Phase.TUNING and not (state.round.drafts or state.round.submissions):
        return Phase.QUESTION
    if state.phase is Phase.APPEAL and "phase" in state.deadlines:
        is_quiet = not (state.round.appeals or state.round.offered)
        return Phase.JUDGE_REVEAL if is_quiet else None
    return None


def _cue_of(state: ShowState, move: Move) -> Cue:
    label = move.label.format(round=len(state.rounds) + 1)
    waits_for, can_force = _WAITS.get(move.guard, _no_wait)(state)
    name, note = _id(state, f"to-{move.target}"), _calibration(state)
    return Cue(name, label, move.by, move.target, waits_for, can_force, note)


def _calibration(state: ShowState) -> str:
    """How many experts have marked the practice answer; nothing waits for them."""
    if state.phase is not Phase.LOBBY or state.rundown.calibration is None:
        return ""
    experts = state.experts()
    return f"{len(calibrated(state))} of {len(experts)} calibrated" if experts else ""


def _id(state: ShowState, name: str) -> str:
    return f"{place_of(state)}.{name}"


def _no_step(state: ShowState) -> Cue | None:
    return None


def _reading_step(state: ShowState) -> Cue | None:
    letters = sorted(state.round.letters)
    if state.step >= len(letters):
        return None
    return Cue(_id(state, "step"), f"Show answer {letters[state.step]}")


def _marking_step(state: ShowState) -> Cue | None:
    if state.round.is_open("vote"):
        return Cue(_id(state, "close-vote"), "Close the vote", ("host", "clock"))
    if state.round.is_open("marks"):
        note = _cards(state, unmarked(state.round, state.round.left_out))
        return Cue(_id(state, "close-marks"), "Close the marks", ("host", "clock"), note=note)
    return None


def _cards(state: ShowState, bare: Sequence[str]) -> str:
    """How many cards are open, and what it costs if an answer has none that counts: `bare`."""
    missing = missing_cards(state)
    count = f"{missing} cards are" if missing > 1 else "1 card is"
    said = f"{count} not complete" if missing else "All cards are complete"
    if not bare:
        return said
    return f"{said}; the panel is void without one for {', '.join(bare)}"


def _reveal_step(state: ShowState) -> Cue | None:
    letters = len(state.round.letters)
    if state.step >= len(REVEAL_PARTS) + letters:
        return None
    if state.step < len(REVEAL_PARTS):
        label = ("Reveal the experts", "Reveal the audience", "Reveal the totals")[state.step]
    else:
        label = _name_of(list(places_of(state.round, state.rundown.settings).values()), state.step)
    return Cue(_id(state, "step"), label)


def _name_of(places: list[int], step: int) -> str:
    """Whose name is next, last place first, and which of how many equals."""
    at = len(places) + len(REVEAL_PARTS) - step - 1
    place, equals = places[at], places.count(places[at])
    named = {0: "Name an author", 1: "Name the round’s winner"}
    label = named.get(place, f"Name place {place}")
    return f"{label} ({places[at:].count(place)} of {equals})" if equals > 1 else label


_STEPS: dict[Phase, Callable[[ShowState], Cue | None]] = {
    Phase.READING: _reading_step,
    Phase.MARKING: _marking_step,
    Phase.REVEAL: _reveal_step,
}


def _always(state: ShowState) -> bool:
    return True


def _rounds_left(state: ShowState) -> bool:
    return len(state.rounds) < len(state.rundown.rounds)


def _tied(state: ShowState) -> bool:
    was_played = any(round_.is_sudden_death for round_ in state.rounds)
    return not _rounds_left(state) and not was_played and bool(tied_leaders(state))


_APPLIES: dict[str, Callable[[ShowState], bool]] = {
    "no_answers": lambda state: not state.round.letters,
    "some_answers": lambda state: bool(state.round.letters),
    "rounds_left": _rounds_left,
    "tied": _tied,
    "decided": lambda state: not _rounds_left(state) and not _tied(state),
}


def _no_wait(state: ShowState) -> tuple[str, bool]:
    return "", False


def _tuning_over(state: ShowState) -> tuple[str, bool]:
    left = len(state.at_work())
    return (f"the clock, or {left} more to submit" if left else "", False)


def _all_marked(state: ShowState) -> tuple[str, bool]:
    if state.round.counts is None:
        return "the count of the ballots", False
    done = len(state.round.opinions) + len(state.round.missed)
    if done < len(state.round.letters):
        return f"the judge: {done} of {len(state.round.letters)} answers marked", True
    return "", False


def may_appeal(state: ShowState, seat: str) -> bool:
    """Whether a finalist still has the appeal: one a show, kept if upheld, if anybody votes."""
    if seat not in state.round.letters.values() or seat in state.withdrawn or not state.experts():
        return False
    used = [a for r in state.rounds for a in r.appeals if seat in a.backers]
    return all(appeal.is_upheld for appeal in used)


def _no_open_appeal(state: ShowState) -> tuple[str, bool]:
    appeal = state.open_appeal()
    if appeal is not None:
        return f"the experts’ vote on answer {appeal.letter}", False
    if "phase" not in state.deadlines:
        return "", False
    filed = {appeal.letter for appeal in state.round.appeals if appeal.is_filed}
    is_possible = any(
        len(state.experts()) >= 2 or may_appeal(state, state.round.letters[letter])
        for letter in state.round.opinions
        if letter not in filed
    )
    return ("the appeal clock" if is_possible else "", False)


_WAITS: dict[str, Callable[[ShowState], tuple[str, bool]]] = {
    "tuning_over": _tuning_over,
    "all_marked": _all_marked,
    "no_open_appeal": _no_open_appeal,
}
