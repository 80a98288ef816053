"""Countdowns: the server sends a deadline once, the page's script draws every second of it."""

import math
from dataclasses import dataclass
from typing import Final, Literal

from nicegui import ui

from finale.pages.language import tr_phrase
from finale.show.phases import Phase
from finale.show.phrase import phrase
from finale.show.views.common import ClockView

Size = Literal["s", "m", "l"]
LAST_TEN: Final = 10.0
_MOST_SECONDS: Final = 99

_PHASES: Final = {
    Phase.LOBBY: phrase("Doors open"),
    Phase.QUESTION: phrase("Question"),
    Phase.TUNING: phrase("Tuning"),
    Phase.LOCKED: phrase("Answers locked"),
    Phase.READING: phrase("Reading"),
    Phase.MARKING: phrase("Vote and marks"),
    Phase.JUDGE_REVEAL: phrase("Judge’s marks"),
    Phase.APPEAL: phrase("Appeals"),
    Phase.REVEAL: phrase("Reveal"),
    Phase.STANDINGS: phrase("Standings"),
    Phase.BREAK: phrase("Break"),
    Phase.SUDDEN_DEATH: phrase("Sudden death"),
    Phase.CHAMPION: phrase("Champion"),
}


def phase_name(phase: Phase) -> str:
    """What a screen calls the phase that its clock counts down."""
    return tr_phrase(_PHASES[phase])


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What a countdown needs: all in seconds, `deadline` and `now` of the server's clock.

    `now` is when this face was made; `held` is what remains while the host holds the show;
    `total` is the length of the whole, which bars need. No deadline and no `held`: no countdown.
    """

    deadline: float | None
    now: float
    held: float | None = None
    total: float | None = None


def clock_face(view: ClockView | None, now: float) -> ClockFace:
    """The countdown of `view`, stamped with the show's clock."""
    if view is None:
        return ClockFace(None, now)
    return ClockFace(view.deadline, now, view.held_left, view.length or None)


def clock(face: ClockFace, size: Size = "s", *, is_announced: bool = False) -> ui.element:
    """Remaining time as m:ss; one a page may be announced to screen readers (30, 10 and 0 s)."""
    return _counted(face, f"clock clock-{size}", "m:ss", is_announced=is_announced)


def seconds_clock(face: ClockFace, classes: str = "") -> ui.element:
    """Remaining time in bare seconds, as on the stage."""
    return _counted(face, f"clock {classes}", "s")


def short_clock(face: ClockFace, classes: str = "") -> ui.element:
    """Bare seconds as long as two digits can say them, else m:ss."""
    is_long = (face.total or 0) > _MOST_SECONDS
    return _counted(face, f"clock {classes}", "m:ss" if is_long else "s")


def clock_bar(face: ClockFace, classes: str = "drain-bar") -> ui.element:
    """A bar that drains with the countdown; its last ten seconds are red."""
    bar = _counted(face, f"drain {classes}", "bar")
    if face.total:
        bar.style(f"--last-ten: {min(1.0, LAST_TEN / face.total):.4f}")
    return bar


def clock_stave(face: ClockFace) -> ui.element:
    """The countdown as a stave of ten-second measures that ends in a barline."""
    with ui.element("span").classes("stave-clock") as stave:
        measures = max(1, math.ceil((face.total or LAST_TEN) / LAST_TEN))
        clock_bar(face, "drain-stave").style(f"--measures: {measures}")
    return stave


def _counted(face: ClockFace, classes: str, form: str, *, is_announced: bool = False) -> ui.element:
    element = ui.element("div").classes(classes)
    element.props["data-form"] = form
    element.props["data-now"] = f"{face.now:.3f}"
    element.props.set_optional("data-deadline", face.deadline)
    element.props.set_optional("data-held", face.held)
    element.props.set_optional("data-total", face.total)
    element.props.set_bool("data-announced", is_announced)
    return element
