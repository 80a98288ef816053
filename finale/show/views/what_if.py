"""What the table would be by other rules or without an expert; nothing of it is ever logged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from finale.show.progress import has_both_gates_closed
from finale.show.result import standings_of
from finale.show.rundown import ScaleName, ScaleSettings
from finale.show.state import RoundState, ShowState
from finale.show.views.common import Tag, tag
from scoring.blend import COMPONENTS, Component


@dataclass(frozen=True, slots=True)
class Change:
    """What is supposed: the experts whose cards are put aside, and the scales."""

    without: frozenset[str] = frozenset()
    scales: Mapping[Component, ScaleName] | None = None


@dataclass(frozen=True, slots=True)
class Supposed:
    """One row: the place and the total as they are, and as they would be."""

    tag: Tag
    place: int
    total: float
    place_then: int
    total_then: float


def supposed(state: ShowState, change: Change) -> tuple[Supposed, ...]:
    """The table as it would be, the first first; empty while there is nothing to count.

    The running round is in it as soon as both its gates have closed.
    """
    rounds = len(state.rounds) if has_both_gates_closed(state) else state.number
    if rounds < 1:
        return ()
    now = {row.finalist: row for row in standings_of(state, rounds)}
    return tuple(
        Supposed(
            tag(state, row.finalist),
            now[row.finalist].place,
            now[row.finalist].total,
            row.place,
            row.total,
        )
        for row in standings_of(_changed(state, change), rounds)
    )


def scales_now(state: ShowState) -> dict[Component, ScaleName]:
    """The scale of each component by the rules of this show."""
    return {c: getattr(state.rundown.settings.scales, c) for c in COMPONENTS}


def _changed(state: ShowState, change: Change) -> ShowState:
    scales = ScaleSettings.model_validate(scales_now(state) | dict(change.scales or {}))
    settings = state.rundown.settings.model_copy(update={"scales": scales})
    return replace(
        state,
        rundown=state.rundown.model_copy(update={"settings": settings}),
        rounds=tuple(_without(round_, change.without) for round_ in state.rounds),
    )


def _without(round_: RoundState, experts: frozenset[str]) -> RoundState:
    cards = {key: card for key, card in round_.cards.items() if key[0] not in experts}
    return replace(round_, cards=cards)
