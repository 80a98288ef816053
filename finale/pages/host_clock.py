"""The phase, the big clock, Hold and the quarter minutes."""

from dataclasses import dataclass
from typing import Final

from nicegui import ui

from finale.pages.host_desk import Desk, DeskView
from finale.pages.parts import Rank, badge, box, button, heading, words
from finale.pages.parts_clock import ClockFace, clock, clock_bar, clock_stave
from finale.pages.parts_scores import MINUS
from finale.show.commands import HoldShow, MoveDeadline, ResumeShow
from finale.show.phases import Phase
from finale.show.views.common import ClockView

PHASES: Final = {
    Phase.LOBBY: "Doors open",
    Phase.QUESTION: "Question",
    Phase.TUNING: "Tuning",
    Phase.LOCKED: "Answers locked",
    Phase.READING: "Reading",
    Phase.MARKING: "Vote and marks",
    Phase.JUDGE_REVEAL: "Judge’s marks",
    Phase.APPEAL: "Appeals",
    Phase.REVEAL: "Reveal",
    Phase.STANDINGS: "Standings",
    Phase.BREAK: "Break",
    Phase.SUDDEN_DEATH: "Sudden death",
    Phase.CHAMPION: "Champion",
}
_NAMES: Final = {"phase": "", "vote": "Audience vote", "marks": "Expert marks", "answer": ""}

# A stave of more measures than this is too dense to count.
_LONGEST_STAVE_S: Final = 180


@dataclass(frozen=True, slots=True)
class Keys:
    """What the clock's buttons may do now."""

    is_held: bool
    has_clock: bool
    can_nudge: bool
    is_locked: bool


def build_clock(desk: Desk) -> None:
    """The panel with phase, big clock, stave and the three buttons."""
    with box("panel host-clock"):
        desk.region(lambda view: _main(view)[1], lambda it: _draw_clock(desk, it), "host-digits")
        with box("host-clock-side"):
            with box("line spread host-clock-head"):
                desk.region(_title, _draw_title)
                desk.region(lambda view: _main(view)[1], lambda it: _draw_stave(desk, it))
            desk.region(_keys, lambda keys: _draw_keys(desk, keys))
            desk.line("clock", _hint)


def clock_face(view: ClockView, now: float) -> ClockFace:
    """A countdown of `view`, stamped with the show's clock."""
    return ClockFace(view.deadline, now, view.held_left, view.length or None)


def _main(view: DeskView) -> tuple[str, ClockView | None]:
    """The clock that matters most, and its name."""
    for name in _NAMES:
        if name in view.show.clocks:
            return name, view.show.clocks[name]
    return "", None


def _title(view: DeskView) -> tuple[str, bool]:
    """What the big clock counts down, else the phase; and whether it is held."""
    name = _NAMES.get(_main(view)[0], "")
    return name or PHASES[view.show.phase], view.show.is_held


def _keys(view: DeskView) -> Keys:
    show = view.show
    return Keys(show.is_held, bool(show.clocks), show.can_nudge, view.is_locked)


def _hint(view: DeskView) -> str:
    if not view.show.clocks:
        return "No clock is running: nothing to hold or to move."
    if not view.show.can_nudge:
        return "The clock can be moved in tuning and in marking only."
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


def _draw_keys(desk: Desk, keys: Keys) -> None:
    hold = ResumeShow() if keys.is_held else HoldShow()
    rank: Rank = "primary" if keys.is_held else "secondary"
    with box("host-clock-keys"):
        named = "Resume" if keys.is_held else "Hold"
        first = button(named, lambda: desk.ask(hold, "clock"), rank, key="H")
        back = _nudge(desk, -15, "ArrowLeft")
        on = _nudge(desk, 15, "ArrowRight")
    if not (keys.has_clock or keys.is_held):
        first.disable()
    for element in (back, on):
        element.set_enabled(keys.can_nudge)
    if keys.is_locked:
        for element in (first, back, on):
            without_key(element)


def _nudge(desk: Desk, seconds: int, key: str) -> ui.button:
    command = MoveDeadline(seconds=15 if seconds > 0 else -15)
    text = f"{'+' if seconds > 0 else MINUS}15 s"
    return button(text, lambda: desk.ask(command, "clock"), key=key)


def without_key(element: ui.button) -> None:
    """Let the button answer to the pointer alone; the key it had is drawn dim."""
    element.props.pop("data-key", None)
    element.classes("has-key-off")
