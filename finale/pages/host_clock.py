"""The phase, the big clock, Hold and the quarter minutes."""

from dataclasses import dataclass
from typing import Final, Literal

from nicegui import ui

from finale.pages.host_desk import Desk, DeskView
from finale.pages.parts import SETTLE_MS, Rank, badge, box, button, heading, words
from finale.pages.parts_clock import clock, clock_bar, clock_face, clock_stave, phase_name
from finale.pages.parts_scores import MINUS
from finale.show.commands import HoldShow, MoveDeadline, ResumeShow
from finale.show.phases import Phase
from finale.show.rules_host import NUDGE_S
from finale.show.views.common import ClockView

_NAMES: Final = {"phase": "", "vote": "Audience vote", "marks": "Expert marks", "answer": ""}

_NO_CLOCK: Final = "No clock is running: nothing to move. Hold keeps the next step back."

# A stave of more measures than this is too dense to count.
_LONGEST_STAVE_S: Final = 180


# Often enough that the desk's figures are never a second behind the clock.
TICK_S: Final = 0.25


@dataclass(frozen=True, slots=True)
class Key:
    """One of the clock's buttons: why it is off, and whether it answers to its key alone."""

    why_off: str
    is_locked: bool


def build_clock(desk: Desk) -> None:
    """The panel with phase, big clock, stave and the three buttons."""
    with box("panel host-clock"):
        desk.region(lambda view: _main(view)[1], lambda it: _draw_clock(desk, it), "host-digits")
        with box("host-clock-side"):
            with box("line spread host-clock-head"):
                desk.region(_title, _draw_title)
                desk.region(lambda view: _main(view)[1], lambda it: _draw_stave(desk, it))
            with box("host-clock-keys"):
                desk.region(_hold, lambda face: _draw_hold(desk, *face))
                desk.region(_back, lambda key: _draw_nudge(desk, -NUDGE_S, key))
                desk.region(_on, lambda key: _draw_nudge(desk, NUDGE_S, key))
            desk.line("clock", _hint)
    ui.timer(TICK_S, desk.tick)


def _main(view: DeskView) -> tuple[str, ClockView | None]:
    """The clock that matters most, and its name."""
    for name in _NAMES:
        if name in view.show.clocks:
            return name, view.show.clocks[name]
    return "", None


def _title(view: DeskView) -> tuple[str, bool]:
    """What the big clock counts down, else the phase; and whether it is held."""
    name = _NAMES.get(_main(view)[0], "")
    return name or phase_name(view.show.phase), view.show.is_held


def _hold(view: DeskView) -> tuple[bool, Key]:
    is_over = view.show.phase is Phase.CHAMPION
    return view.show.is_held, Key("The show is over." if is_over else "", view.is_locked)


def _back(view: DeskView) -> Key:
    # Without the seconds that are left: the button would be drawn anew with each of them.
    too_little = "Too little time is left." if view.too_little_left else ""
    return Key(_why_no_nudge(view) or too_little, view.is_locked)


def _on(view: DeskView) -> Key:
    return Key(_why_no_nudge(view), view.is_locked)


def _why_no_nudge(view: DeskView) -> str:
    if not view.show.clocks:
        return _NO_CLOCK
    return "" if view.show.can_nudge else "The clock can be moved in tuning and in marking only."


def _hint(view: DeskView) -> str:
    reason = _why_no_nudge(view) or view.too_little_left
    if reason or view.show.phase is not Phase.TUNING:
        return reason or "Applies to everyone."
    return "Applies to everyone. Hold freezes the consoles; running drafts finish."


def _draw_title(title: tuple[str, bool]) -> None:
    name, is_held = title
    with box("line snug"):
        heading(name, "title")
        if is_held:
            badge("On hold", "strong")


def _draw_clock(desk: Desk, view: ClockView | None) -> None:
    if view is None:
        words("No clock", "title quiet host-no-clock")
    else:
        clock(clock_face(view, desk.now()), "l", is_announced=True)


def _draw_stave(desk: Desk, view: ClockView | None) -> None:
    if view is None:
        return
    face = clock_face(view, desk.now())
    if view.length <= _LONGEST_STAVE_S:
        clock_stave(face)
    else:
        clock_bar(face).classes("host-bar")


def _draw_hold(desk: Desk, is_held: bool, key: Key) -> None:
    command = ResumeShow() if is_held else HoldShow()
    rank: Rank = "primary" if is_held else "secondary"
    name = "Resume" if is_held else "Hold"
    element = button(name, lambda: desk.ask(command, "clock"), rank, key="H")
    element.props["data-settle-ms"] = SETTLE_MS
    _set_key(element, key)


def _draw_nudge(desk: Desk, seconds: Literal[-15, 15], key: Key) -> None:
    name = "ArrowRight" if seconds > 0 else "ArrowLeft"
    text = f"{'+' if seconds > 0 else MINUS}{NUDGE_S} s"
    command = MoveDeadline(seconds=seconds)
    element = button(text, lambda: desk.ask(command, "clock"), key=name)
    _set_key(element, key)


def _set_key(element: ui.button, key: Key) -> None:
    if key.why_off:
        turn_off(element, key.why_off)
    if key.is_locked:
        without_key(element)


def turn_off(element: ui.button, why: str) -> None:
    """Draw the button as one that cannot be pressed now, and say why where it is pointed at."""
    element.disable()
    element.props["title"] = why


def without_key(element: ui.button) -> None:
    """Let the button answer to the pointer alone; the key it had is drawn dim."""
    element.props.pop("data-key", None)
    element.classes("has-key-off")
