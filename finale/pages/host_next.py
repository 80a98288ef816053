"""The one big Next: what it does, what it waits for, how it is guarded."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from nicegui import ui

from finale.pages.host_desk import Desk, DeskView, cue_id
from finale.pages.parts import SETTLE_MS, box, button, hold_button, keycap, words
from finale.pages.parts_marks import icon
from finale.show.commands import CallCue
from finale.show.cues import Cue
from finale.show.phases import Phase

Mode = Literal["press", "hold", "blocked"]
HOLD_MS: Final = 2000

# A refusal up to this many characters leaves room for the hint on the same line.
_SHORT: Final = 40


@dataclass(frozen=True, slots=True)
class NextFace:
    """What decides the button itself; notes change more often and are drawn over it."""

    cue: str
    label: str
    mode: Mode
    is_forced: bool


@dataclass(frozen=True, slots=True)
class NextNote:
    """The line on the button: a refusal, then a hint, the Space key and `after` behind it."""

    text: str
    has_key: bool = False
    after: str = ""
    refusal: str = ""


def build_next(desk: Desk) -> None:
    """Next, the note or the refusal on it, and the lock beside it."""
    with box("host-next"):
        with box("host-next-stack"):
            desk.region(next_face, lambda face: _draw_button(desk, face), "host-next-place")
            desk.region(next_note, _draw_note, "host-next-note")
        desk.region(lambda view: view.is_locked, lambda on: _draw_lock(desk, on), "host-lock-place")


def next_face(view: DeskView) -> NextFace:
    """The button for the view."""
    cue = view.show.cue
    if cue is None:
        return NextFace("", "The show is over", "blocked", False)
    return NextFace(cue_id(view.show), cue.label, _mode(view, cue), cue.can_force)


def next_note(view: DeskView) -> NextNote:
    """Why the last press was refused; else what the button waits for and how it is pressed."""
    refusal, note = view.said_at("next"), _waiting(view)
    if len(refusal) > _SHORT:
        return NextNote("", refusal=refusal)
    return replace(note, refusal=refusal)


def _waiting(view: DeskView) -> NextNote:
    cue = view.show.cue
    if cue is None:
        return NextNote("The result is locked.")
    if view.show.is_held:
        return NextNote("The show is on hold. Resume first.")
    if "host" not in cue.by:
        waits = f": waits for {cue.waits_for}." if cue.waits_for else "."
        return NextNote(f"Runs by itself{waits}")
    if cue.waits_for and not cue.can_force:
        return NextNote(f"Waits for {cue.waits_for}.")
    if cue.waits_for:
        return NextNote(f"Waits for {cue.waits_for}. To go on without, hold", True, "for 2 s")
    extra = f"{cue.note}. " if cue.note else ""
    if _clock_will(view, cue):
        return NextNote(f"{extra}Runs by itself at 0:00. To run it early, hold", True, "for 2 s")
    if cue.target is Phase.CHAMPION:
        return NextNote("This locks the result for good. Hold", True, "for 2 s")
    if view.is_locked:
        return NextNote(f"{extra}Keys are locked. Hold", True, "for 2 s")
    return NextNote(extra, True)


def _mode(view: DeskView, cue: Cue) -> Mode:
    if view.show.is_held or "host" not in cue.by:
        return "blocked"
    if cue.waits_for:
        return "hold" if cue.can_force else "blocked"
    is_guarded = view.is_locked or cue.target is Phase.CHAMPION
    return "hold" if is_guarded or _clock_will(view, cue) else "press"


def _clock_will(view: DeskView, cue: Cue) -> bool:
    """Whether the clock takes the step at 0:00; a filed appeal waits for the host."""
    is_appealed = view.show.phase is Phase.APPEAL and bool(view.show.appeals)
    return "clock" in cue.by and bool(view.show.clocks) and not is_appealed


def _draw_button(desk: Desk, face: NextFace) -> None:
    async def call() -> None:
        await desk.ask(CallCue(cue=face.cue, is_forced=face.is_forced), "next")

    if face.mode == "hold":
        element = hold_button("", call, "primary", ms=HOLD_MS)
    else:
        element = button("", call, "primary")
    element.props["data-key"] = "Space"
    element.props["data-settle-ms"] = SETTLE_MS
    element.props["aria-label"] = face.label
    element.classes(f"host-next-button is-{face.mode}")
    element.clear()
    with element, box("host-next-words", "span"):
        words("Next", "bold host-next-caption")
        words(face.label, "display one-line")
    if face.mode == "blocked":
        element.disable()


def _draw_note(note: NextNote) -> None:
    with box("line snug", "p").props("role=status"):
        if note.refusal:
            icon("alert").classes("is-refusal")
            words(note.refusal, "is-refusal")
        if note.text:
            words(note.text)
        if note.has_key:
            keycap("Space")
        if note.after:
            words(note.after)


def _draw_lock(desk: Desk, is_locked: bool) -> None:
    element: ui.button = button("", desk.toggle_lock, "outline")
    element.props["data-key"] = "L"
    element.props["aria-pressed"] = "true" if is_locked else "false"
    element.classes(f"host-lock {'is-on' if is_locked else ''}")
    element.clear()
    with element, box("host-lock-words", "span"):
        icon("lock")
        words("Keys locked" if is_locked else "Lock keys", "bold")
        keycap("L")
