"""What the host may put right now: each with what the dialog needs, empty where nothing may be."""

from dataclasses import dataclass

from finale.show.cues import place_of, undo_of
from finale.show.phases import Phase
from finale.show.result import contradictions
from finale.show.rules_amend import why_locked, why_nobody_leaves
from finale.show.state import ShowState
from finale.show.views.common import Tag, tag
from scoring.blend import COMPONENTS, Component


@dataclass(frozen=True, slots=True)
class Offer:
    """Seconds that a finalist's failing model cost, for the host to decide."""

    seat: str
    tag: Tag
    seconds: float


@dataclass(frozen=True, slots=True)
class Spare:
    """A question that may replace another."""

    id: str
    short: str


@dataclass(frozen=True, slots=True)
class CardMark:
    """A complete or partial card whose marks may be corrected; `round` counts from 0."""

    round: int
    panellist: str
    name: str
    letter: str
    marks: tuple[tuple[str, float], ...]


OfRound = tuple[int, Component]


@dataclass(frozen=True, slots=True)
class Amends:
    """What may be put right now.

    `undo` names the phase that an undo leads back to, "" if none, and `at` what the command
    carries. `voted_on` is the answer whose appeal waits for votes. `voidable` and `voided` are
    juries with their round; rounds count from 0, as in `replaceable`. `why_locked` says why no
    result may change, `why_nobody_leaves` why no finalist can be withdrawn, each "" if it may.
    """

    at: str
    undo: str
    offers: tuple[Offer, ...] = ()
    appeals: tuple[str, ...] = ()
    voted_on: tuple[str, ...] = ()
    voidable: tuple[OfRound, ...] = ()
    voided: tuple[OfRound, ...] = ()
    cards: tuple[CardMark, ...] = ()
    active: tuple[tuple[str, Tag], ...] = ()
    experts: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[tuple[Tag, str], ...] = ()
    replaceable: tuple[int, ...] = ()
    spares: tuple[Spare, ...] = ()
    recusals: tuple[tuple[str, str], ...] = ()
    can_recuse: bool = False
    why_locked: str = ""
    why_nobody_leaves: str = ""


def amends(state: ShowState) -> Amends:
    """What the host may put right now."""
    undo = undo_of(state)
    return Amends(
        at=place_of(state),
        undo=str(undo) if undo and not state.is_held else "",
        offers=_offers(state),
        appeals=_appeals(state),
        voted_on=(appeal.letter,) if (appeal := state.open_appeal()) else (),
        voidable=_juries(state, is_void=False),
        voided=_juries(state, is_void=True),
        cards=_cards(state),
        active=() if _is_over(state) else tuple((s, tag(state, s)) for s in state.active()),
        experts=() if _is_over(state) else _experts(state),
        withdrawn=tuple((tag(state, s), why) for s, why in state.withdrawn.items()),
        replaceable=_replaceable(state),
        spares=_spares(state),
        recusals=tuple(sorted(state.recusals)),
        can_recuse=state.phase is Phase.LOBBY,
        why_locked=_why_locked(state),
        why_nobody_leaves=why_nobody_leaves(state),
    )


def _is_over(state: ShowState) -> bool:
    return state.phase is Phase.CHAMPION


def _experts(state: ShowState) -> tuple[tuple[str, str], ...]:
    still_here = state.experts()
    return tuple((p.id, p.name) for p in state.rundown.panel if p.id in still_here)


def _offers(state: ShowState) -> tuple[Offer, ...]:
    if state.phase is not Phase.TUNING:
        return ()
    return tuple(
        Offer(seat, tag(state, seat), credit.pending)
        for seat, credit in state.round.credits.items()
        if credit.pending and seat in state.at_work()
    )


def _appeals(state: ShowState) -> tuple[str, ...]:
    """The letters whose appeal may be offered at once."""
    if state.phase not in (Phase.JUDGE_REVEAL, Phase.APPEAL):
        return ()
    if state.phase is Phase.APPEAL and "phase" not in state.deadlines:
        return ()
    known = {appeal.letter for appeal in state.round.appeals if appeal.is_filed}
    known |= state.round.offered
    found = contradictions(state.round)
    return tuple(letter for letter, is_right in found.items() if is_right and letter not in known)


def _why_locked(state: ShowState) -> str:
    if not any(round_.letters for round_ in state.rounds):
        return "Once a round’s answers are in."
    return why_locked(state, state.number)


def _juries(state: ShowState, *, is_void: bool) -> tuple[OfRound, ...]:
    """The juries that the host has voided or has not, of every round that may change."""
    return tuple(
        (number, component)
        for number, round_ in enumerate(state.rounds)
        if round_.letters and not why_locked(state, number)
        for component in COMPONENTS
        if (component in round_.voided) is is_void
    )


def _cards(state: ShowState) -> tuple[CardMark, ...]:
    names = {panellist.id: panellist.name for panellist in state.rundown.panel}
    return tuple(
        CardMark(number, panellist, names[panellist], letter, tuple(sorted(marks.items())))
        for number, round_ in enumerate(state.rounds)
        if round_.is_closed("marks") and round_.counts is not None
        if not why_locked(state, number)
        for (panellist, letter), marks in sorted(round_.cards.items())
    )


def _replaceable(state: ShowState) -> tuple[int, ...]:
    if _is_over(state):
        return ()
    first = state.number if state.phase is Phase.QUESTION else len(state.rounds)
    ahead = range(first, len(state.rundown.rounds))
    is_reserve = state.phase is Phase.QUESTION and state.round.is_sudden_death
    return (state.number,) if is_reserve else tuple(ahead)


def _spares(state: ShowState) -> tuple[Spare, ...]:
    spares = state.rundown.spares
    return tuple(Spare(q.id, q.short) for q in spares if q.id not in state.used_spares)
