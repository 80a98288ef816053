"""The column of the plan: rundown, standings, who decides, break and blackout."""

from dataclasses import dataclass
from typing import Final

from finale.pages.host_clock import turn_off, without_key
from finale.pages.host_desk import Desk, DeskView
from finale.pages.parts import SETTLE_MS, Rank, box, button, heading, words
from finale.pages.parts_marks import icon, token
from finale.pages.parts_scores import MINUS, jury_name, points_text
from finale.show.commands import BlackOut, CallBreak
from finale.show.commands_amend import UndoCue
from finale.show.phases import Phase
from finale.show.views.bars import Row
from finale.show.views.host import CueRow, HostView
from scoring.blend import COMPONENTS, Component

_NO_BREAK: Final = "A break: between two rounds only."
_NO_UNDO: Final = "The last step showed something new."
_BACK_TO: Final = {
    "question": "the question",
    "judge_reveal": "the judge’s marks",
    "standings": "the standings",
}
_TABLE_PHASES: Final = (Phase.STANDINGS, Phase.BREAK, Phase.SUDDEN_DEATH, Phase.CHAMPION)


@dataclass(frozen=True, slots=True)
class Influence:
    """One jury's share of the differences between scores, and the share that was promised."""

    component: Component
    share: float
    promised: float


def build_plan(desk: Desk) -> None:
    """Rundown, standings, influence, and the buttons that interrupt the plan or take it back."""
    with box("host-plan-lists"):
        with box("panel host-rundown"):
            desk.region(lambda view: (str(view.show.round_label), view.show.rundown), _draw_rundown)
        with box("panel host-standings"):
            desk.region(_table, _draw_table)
        with box("panel host-influence"):
            desk.region(_influence, _draw_influence)
    with box("host-plan-keys"):
        desk.region(lambda view: view.show.can_break, lambda can: _draw_break(desk, can))
        desk.region(
            lambda view: (view.show.is_black, view.is_locked), lambda face: _draw_black(desk, *face)
        )
        desk.region(_undo, lambda face: _draw_undo(desk, *face), "host-undo")
    desk.line("plan", _hint)


def _draw_rundown(plan: tuple[str, tuple[CueRow, ...]]) -> None:
    label, cues = plan
    heading(label or "Rundown")
    past = sum(cue.status == "past" for cue in cues)
    here = next((at for at, cue in enumerate(cues) if cue.status == "now"), past - 1)
    with box("host-cues", "ol"):
        for at, cue in enumerate(cues):
            classes = f"host-cue is-{cue.status} {'is-next' if at == here + 1 else ''}"
            with box(classes, "li"):
                words(cue.label, "one-line grow")
                if cue.status == "past":
                    icon("check")


def _table(view: DeskView) -> tuple[Row, ...]:
    """The table, once a round was played to its end."""
    show = view.show
    is_first = show.begun <= 1 and show.phase not in _TABLE_PHASES
    return () if is_first else show.standings


def _draw_table(rows: tuple[Row, ...]) -> None:
    heading("Standings")
    if not rows:
        words("Come after round 1.", "quiet")
        return
    with box("host-table").props("role=list"):
        for row in rows:
            _draw_row(row)


def _draw_row(row: Row) -> None:
    if row.is_withdrawn:
        _draw_withdrawn(row)
        return
    with box("line snug host-table-row").props("role=listitem") as line:
        words(row.placed, "bold host-place")
        token(row.tag.lectern, "s")
        words(row.tag.short_name, "one-line grow")
        _draw_move(row.moved)
        words(points_text(row.total), "bold")
    decided = f", decided by {row.decided_by}" if row.decided_by else ""
    line.props["title"] = f"{row.tag.name}: {points_text(row.total)}{decided}"


def _draw_withdrawn(row: Row) -> None:
    with box("line snug host-table-row").props("role=listitem") as line:
        words(row.placed, "quiet host-place")
        token(row.tag.lectern, "s", is_absent=True)
        words(row.tag.short_name, "quiet one-line grow")
        words("withdrawn", "quiet small")
    line.props["title"] = f"{row.tag.name}: {points_text(row.total)}, withdrawn"


def _draw_move(moved: int | None) -> None:
    if moved:
        icon("up" if moved > 0 else "down").classes("host-move")


def _influence(view: DeskView) -> tuple[Influence, ...]:
    show: HostView = view.show
    if not show.influence:
        return ()
    return tuple(Influence(c, show.influence[c], show.weights[c]) for c in COMPONENTS)


def _draw_influence(shares: tuple[Influence, ...]) -> None:
    heading("Who decides so far")
    if not shares:
        words("Each jury’s pull on the scores comes after round 1.", "quiet small")
        return
    for share in shares:
        with box("line snug host-pull"):
            words(jury_name(share.component), "small grow")
            with box("host-pull-bar") as bar:
                box("host-pull-promise").style(f"--at: {100 * share.promised:.0f}%")
            bar.style(f"--share: {100 * min(1.0, max(0.0, share.share)):.0f}%")
            words(f"{100 * share.share:.0f}\u202f%".replace("-", MINUS), "small bold host-pull-n")
    bar.props["title"] = "Share of the differences between scores; the line is the promise."


def _draw_break(desk: Desk, can_break: bool) -> None:
    element = button("Break", lambda: desk.ask(CallBreak(), "plan"), "outline")
    if not can_break:
        turn_off(element, _NO_BREAK)


def _undo(view: DeskView) -> tuple[str, str, str]:
    """Where it leads, where it is pressed, and why it is off."""
    now = view.show.amends
    if now.undo:
        return now.undo, now.at, ""
    if view.show.is_held:
        return "", "", "The show is on hold. Resume first."
    return "", "", _NO_UNDO if view.show.begun else "There is nothing to undo yet."


def _draw_undo(desk: Desk, back_to: str, at: str, why_off: str) -> None:
    text = f"Undo: back to {_BACK_TO[back_to]}" if back_to else "Undo"
    element = button(text, lambda: desk.ask(UndoCue(at=at), "plan"), "outline")
    element.classes("is-small").props["data-settle-ms"] = SETTLE_MS
    if why_off:
        turn_off(element, why_off)


def _hint(view: DeskView) -> str:
    if view.show.can_break:
        return f"A break: a slate until question {view.show.begun + 1}."
    return _NO_BREAK


def _draw_black(desk: Desk, is_black: bool, is_locked: bool) -> None:
    text = "Stage back" if is_black else "Blackout"
    command = BlackOut(is_black=not is_black)
    rank: Rank = "alarm" if is_black else "danger"
    element = button(text, lambda: desk.ask(command, "plan"), rank, key="B")
    element.props["data-settle-ms"] = SETTLE_MS
    if is_locked:
        without_key(element)
