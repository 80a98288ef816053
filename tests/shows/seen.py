"""What people see of a golden show, for the clauses that are about nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from blind import blind_frames, owned_otherwise, unnamed
from shows.golden import Line

from finale.show.evolve import evolve
from finale.show.state import ShowState
from finale.show.views.common import Hall, timed_answers
from finale.show.views.finalist import finalist_view
from finale.show.views.host import host_view
from finale.show.views.phone import phone_view
from finale.show.views.stage import stage_view

HALL = Hall(phones=300, ballots=120)
Frame = tuple[str, ShowState]
"""An event in a word or two, and the state after it."""


def seen(lines: Sequence[Line], what: str) -> object:
    """What the views make of `what`, a field of `Expected`."""
    return _SEEN[what](list(_frames(lines)))


def _frames(lines: Sequence[Line]) -> Iterator[Frame]:
    state: ShowState | None = None
    for line in lines:
        if line.event is not None:
            state = evolve(state, line.happened())
            yield _name(line.event), state


def _name(event: Mapping[str, Any]) -> str:
    """ "GateClosed marks", "StepTaken 2"."""
    more = [event[name] for name in ("gate", "phase", "step") if name in event]
    return " ".join(map(str, (event["kind"], *more)))


def _times(frames: Sequence[Frame]) -> object:
    """First word and whole answer in seconds, by letter, as the experts see them at the end."""
    return {a.letter: [a.first_token_s, a.total_s] for a in timed_answers(frames[-1][1])}


def _consoles(frames: Sequence[Frame]) -> object:
    """Prompt and reply of every draft on each console at the end; and what is not its own."""
    state = frames[-1][1]
    return {f.lectern: _console(state, f.id) for f in state.rundown.finalists}


def _console(state: ShowState, seat: str) -> list[str]:
    view = finalist_view(state, seat)
    others = [
        f"of {owner}: {text}"
        for owner, drafts in state.round.drafts.items()
        for text in (text for draft in drafts for text in (draft.system, draft.text) if text)
        if owner != seat and text in repr(view)
    ]
    return [f"{draft.system} → {draft.text}" for draft in view.drafts] + others


def _desk(frames: Sequence[Frame]) -> object:
    """Of each round, the event after which the host's desk first has marks."""
    return _firsts(frames, lambda state: bool(host_view(state, HALL).scores))


def _hall(frames: Sequence[Frame]) -> object:
    """Of each round, the event after which stage or phones first have the audience's totals."""

    def has_totals(state: ShowState) -> bool:
        shown = (*stage_view(state, HALL).bars, *phone_view(state).bars)
        return any(part.component == "audience" for bar in shown for part in bar.parts)

    return _firsts(frames, has_totals)


def _firsts(frames: Sequence[Frame], has_it: Callable[[ShowState], bool]) -> list[str]:
    found: dict[int, str] = {}
    for name, state in frames:
        if state.number not in found and has_it(state):
            found[state.number] = name
    return list(found.values())


def _alike(frames: Sequence[Frame]) -> object:
    """How often two neighbouring letters could change owners without a sign of it."""
    alike = 0
    for _, state in frames:
        for one, other in pairwise(unnamed(state)):
            there = owned_otherwise(state, one, other)
            alike += repr(blind_frames(there, HALL)) == repr(blind_frames(state, HALL))
    return alike


def _influence(frames: Sequence[Frame]) -> object:
    """The effective influence on the host's desk at the end, in hundredths."""
    found = host_view(frames[-1][1], HALL).influence
    return {jury: round(share, 2) for jury, share in found.items()}


_SEEN: dict[str, Callable[[Sequence[Frame]], object]] = {
    "times": _times,
    "consoles": _consoles,
    "desk": _desk,
    "hall": _hall,
    "alike": _alike,
    "influence": _influence,
}
