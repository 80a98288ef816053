"""What the picture of a broadcast may carry: nothing that the stage does not show."""

from dataclasses import dataclass

from finale.show.phases import Phase
from finale.show.result import places_of
from finale.show.state import ShowState
from finale.show.views.bars import Bar, Row, bars, played_of, table
from finale.show.views.common import (
    BETWEEN,
    Head,
    Tag,
    champions,
    head,
    main_clock,
    playing,
)


@dataclass(frozen=True, slots=True)
class OverlayView(Head):
    """One frame of the overlay; `is_black` takes all of it off the picture.

    `short` is there while a question is played. `played` rounds are in `standings`. `named` is
    the answer whose name was called last.
    """

    is_black: bool
    short: str
    finalists: tuple[Tag, ...]
    standings: tuple[Row, ...]
    played: int
    named: Bar | None
    champions: tuple[Tag, ...]


def overlay_view(state: ShowState) -> OverlayView:
    """The overlay's frame now."""
    return OverlayView(
        **head(state, main_clock(state)),
        is_black=state.is_black,
        short="" if state.phase in BETWEEN else state.round.question.short,
        finalists=playing(state),
        standings=table(state),
        played=played_of(state),
        named=last_named(state),
        champions=champions(state),
    )


def last_named(state: ShowState) -> Bar | None:
    """The answer whose name was called last, while the names are called."""
    if state.phase is not Phase.REVEAL:
        return None
    shown = {bar.letter: bar for bar in bars(state) if bar.tag is not None}
    order = places_of(state.round, state.rundown.settings)
    return next((shown[letter] for letter in order if letter in shown), None)
