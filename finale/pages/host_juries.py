"""The strip under the clock: the doors, what 0:00 would take, or how far the juries are."""

from dataclasses import dataclass
from typing import Literal

from finale.pages.host_clock import clock_face
from finale.pages.host_desk import Desk, DeskView
from finale.pages.host_seats import seat_number
from finale.pages.parts import box, button, heading, hold_button, words
from finale.pages.parts_clock import clock
from finale.pages.parts_marks import token
from finale.show.commands import CloseGate, Gate, OpenGate
from finale.show.phases import Phase
from finale.show.views.common import ClockView, Tag

Kind = Literal["doors", "zero", "juries"]


@dataclass(frozen=True, slots=True)
class GateFace:
    """One gate: its state in words, its clock, and the way it can be moved."""

    gate: Gate
    state: str
    clock: ClockView | None
    can_close: bool
    can_open: bool


@dataclass(frozen=True, slots=True)
class Jury:
    """One jury's block: the figure, what it counts, and what is wrong."""

    name: str
    figure: str
    caption: str
    fault: str


def build_strip(desk: Desk) -> None:
    """The strip; what it shows changes with the phase, its place does not."""
    with box("panel host-strip"):
        desk.region(_kind, lambda kind: _draw_strip(desk, kind), "host-strip-box")
        desk.refusal("juries")


def _kind(view: DeskView) -> tuple[object, ...]:
    match view.show.phase:
        case Phase.LOBBY:
            seats = (*view.show.finalists, *view.show.panel)
            return "doors", sum(seat.is_connected for seat in seats), len(seats)
        case Phase.QUESTION | Phase.TUNING:
            return "zero", view.show.at_zero
    return "juries", _judge(view), _experts(view), _audience(view)


def _draw_strip(desk: Desk, kind: tuple[object, ...]) -> None:
    pass
