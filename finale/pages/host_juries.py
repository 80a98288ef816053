"""The strip under the clock: the doors, what 0:00 would take, or how far the juries are."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from finale.pages.host_desk import Desk, DeskView
from finale.pages.parts import badge, box, button, heading, hold_button, words
from finale.pages.parts_clock import clock, clock_face
from finale.pages.parts_marks import token
from finale.show.commands import CloseGate, Gate, OpenGate
from finale.show.commands_amend import AskJudgeAgain
from finale.show.phases import Phase
from finale.show.views.common import ClockView, Tag

AtZero = tuple[tuple[Tag, str], ...]

_BEFORE: Final = (Phase.LOBBY, Phase.QUESTION, Phase.TUNING)


@dataclass(frozen=True, slots=True)
class Doors:
    """How the hall gets in, and how many chairs are taken."""

    address: str
    code: str
    taken: int
    chairs: int


@dataclass(frozen=True, slots=True)
class Jury:
    """One jury's block: the figure, what it counts, and what is wrong or who it is."""

    name: str
    figure: str
    caption: str
    fault: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GateFace:
    """One gate: its state in words, its clock, and the way it can be moved."""

    round: int
    gate: Gate
    state: str
    clock: ClockView | None = None
    can_close: bool = False
    can_open: bool = False


def build_strip(desk: Desk) -> None:
    """The strip; what it shows changes with the phase, its place does not."""
    with box("panel host-strip"):
        desk.region(lambda view: _doors(desk, view), _draw_doors, "host-strip-face")
        desk.region(_zero, _draw_zero, "host-strip-face")
        with box("host-juries host-strip-face"):
            with box():
                desk.region(_judge, _draw_jury)
                desk.region(_again, lambda lines: _draw_again(desk, lines))
            with box():
                desk.region(_experts, _draw_jury)
                desk.region(_marks_gate, lambda gate: _draw_gate(desk, gate))
            with box():
                desk.region(_audience, _draw_jury)
                desk.region(_vote_gate, lambda gate: _draw_gate(desk, gate))
        desk.line("juries")


def _doors(desk: Desk, view: DeskView) -> Doors | None:
    if view.show.phase is not Phase.LOBBY:
        return None
    chairs = (*view.show.finalists, *view.show.panel)
    taken = sum(chair.is_connected for chair in chairs)
    return Doors(desk.backstage.public_url, desk.backstage.code, taken, len(chairs))


def _draw_doors(doors: Doors | None) -> None:
    if doors is None:
        return
    with box("line loose host-doors"):
        with box("stack tight grow"):
            heading("Phones join at")
            words(doors.address, "title one-line host-address")
        with box("stack tight keep"):
            heading("Room code")
            words(doors.code, "figure code")
        with box("stack tight keep"):
            heading("Chairs taken")
            words(f"{doors.taken} of {doors.chairs}", "figure")


def _zero(view: DeskView) -> AtZero | None:
    return view.show.at_zero if view.show.phase in (Phase.QUESTION, Phase.TUNING) else None


def _draw_zero(at_zero: AtZero | None) -> None:
    if at_zero is None:
        return
    with box("stack snug"):
        heading("If time runs out now")
        if not at_zero:
            words("Nothing yet: the consoles open when the tuning clock starts.", "quiet")
        with box("host-zero").style(f"--columns: {_columns(len(at_zero))}"):
            for tag, kept in at_zero:
                with box("line snug"):
                    token(tag.lectern, "s")
                    words(kept, "one-line")


def _columns(lecterns: int) -> int:
    """At most five in a row; six to eight stand in two even rows."""
    return max(1, lecterns) if lecterns <= 5 else (lecterns + 1) // 2


def _judge(view: DeskView) -> Jury | None:
    show = view.show
    if show.phase in _BEFORE:
        return None
    missing = show.answers - show.judge_done - show.judge_failed
    caption = f"marked, {missing} missing" if missing else "marked"
    fault = f"{show.judge_failed} failed" if show.judge_failed else show.void.get("judge", "")
    figure = f"{show.judge_done} of {show.answers}"
    # The line has room for the judge's name or for the way to ask again.
    return Jury("AI judge", figure, caption, fault, "" if _again(view) else show.judge)


def _again(view: DeskView) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the judge can be asked for again: missing marks, and flagged ones nobody has seen."""
    show = view.show
    found = (("No verdict on", show.judge_again), ("Flagged:", show.judge_flagged))
    return tuple((text, letters) for text, letters in found if letters)


def _draw_again(desk: Desk, lines: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    for text, letters in lines:
        with box("line snug host-gate"):
            words(f"{text} {', '.join(letters)}", "bold small")
            again = partial(_ask_again, desk, letters)
            button("Ask again", again, "outline").classes("host-small push")


async def _ask_again(desk: Desk, letters: tuple[str, ...]) -> None:
    number = desk.view().show.round
    for letter in letters:
        await desk.ask(AskJudgeAgain(round=number, letter=letter), "juries")


def _experts(view: DeskView) -> Jury | None:
    show = view.show
    if show.phase in _BEFORE:
        return None
    if not show.panel:
        return Jury("Experts", "None", "in this show")
    figure = f"{show.cards_done} of {show.experts * show.answers}"
    fault = "reduced panel" if show.is_panel_reduced else show.void.get("panel", "")
    return Jury("Experts", figure, "cards complete", fault)


def _audience(view: DeskView) -> Jury | None:
    show = view.show
    if show.phase in _BEFORE:
        return None
    ballots = "ballot" if show.ballots == 1 else "ballots"
    phones = "phone" if show.phones == 1 else "phones"
    caption = f"{ballots} from {show.phones} {phones}"
    return Jury("Audience", f"{show.ballots}", caption, show.void.get("audience", ""))


def _draw_jury(jury: Jury | None) -> None:
    if jury is None:
        return
    with box("line snug spread host-jury-name"):
        heading(jury.name)
        if jury.fault:
            badge(jury.fault, "alarm").classes("one-line").props["title"] = jury.fault
    with box("line snug line-base"):
        words(jury.figure, "title host-jury-figure")
        words(jury.caption, "quiet small one-line")
    if jury.detail:
        words(jury.detail, "quiet small two-lines").props["title"] = jury.detail


def _marks_gate(view: DeskView) -> GateFace | None:
    show = view.show
    if show.phase in _BEFORE or not show.panel:
        return None
    if show.phase is Phase.READING:
        return GateFace(show.round, "marks", "Open early, while reading")
    return _gate("marks", view, is_open=show.is_marking_open)


def _vote_gate(view: DeskView) -> GateFace | None:
    if view.show.phase in _BEFORE:
        return None
    return _gate("vote", view, is_open=view.show.is_vote_open)


def _gate(gate: Gate, view: DeskView, *, is_open: bool) -> GateFace:
    phase = view.show.phase
    if phase in (Phase.LOCKED, Phase.READING):
        return GateFace(view.show.round, gate, "Not open yet")
    can_move = phase is Phase.MARKING
    # Once the desk has shown marks, no gate opens again.
    can_open = can_move and not is_open and not view.show.scores
    state = "Open" if is_open else "Closed"
    clock_ = view.show.clocks.get(gate)
    return GateFace(view.show.round, gate, state, clock_, can_move and is_open, can_open)


def _draw_gate(desk: Desk, face: GateFace | None) -> None:
    if face is None:
        return
    with box("line snug host-gate"):
        words(face.state, "bold small")
        if face.clock is not None:
            clock(clock_face(face.clock, desk.now()))
        if face.can_close:
            close = CloseGate(round=face.round, gate=face.gate)
            element = hold_button("Hold to close", lambda: desk.ask(close, "juries"), "outline")
            element.classes("host-small push")
        if face.can_open:
            again = OpenGate(round=face.round, gate=face.gate)
            element = button("Open again", lambda: desk.ask(again, "juries"), "outline")
            element.classes("host-small push")
