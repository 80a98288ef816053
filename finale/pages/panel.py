"""An expert's tablet: one blind answer at a time, three scales, one lock; then the appeals.

All answers, notes and the overview are drawn once; panel_place.js shows the part in sight.
"""

from collections.abc import Sequence
from functools import partial

from nicegui import ui

from finale.pages import theme
from finale.pages.backstage import Backstage
from finale.pages.live import Drawn, Region, Scenes
from finale.pages.message_line import draw_message
from finale.pages.panel_answer import build_answers
from finale.pages.panel_appeals import backing_slice, draw_backing, draw_vote, vote_slice
from finale.pages.panel_lobby import build_calibration, build_lobby, draw_waiting, waiting_slice
from finale.pages.panel_marks import MarkSheet
from finale.pages.panel_overview import draw_overview, overview_slice
from finale.pages.panel_tablet import Tablet, TabletView
from finale.pages.parts import box, button, words
from finale.pages.parts_clock import ClockFace, clock, clock_stave
from finale.pages.parts_marks import icon, name_mark, round_rail
from finale.show.phases import Phase

CAPTIONS = {
    Phase.QUESTION: "Tuning starts in",
    Phase.TUNING: "Answers come in",
    Phase.MARKING: "Marks close in",
    Phase.APPEAL: "Appeals close in",
}

ClockSlice = tuple[float, float | None, int, str] | None


def build_panel(backstage: Backstage, seat: str) -> None:
    """Build the tablet of the expert on `seat`; StopIteration if there is no such seat."""
    tablet = Tablet(backstage, seat)
    show = tablet.view().show
    theme.frame(f"{show.name} · {show.title}", "paper", sheets=("panel",), now=tablet.now())
    with box("panel-page"):
        _build_top(tablet, show.name)
        tablet.region(
            lambda view: (view.show.message, ""),
            lambda face: draw_message(face, tablet.dismiss),
            "message-line",
        )
        with box("panel-work") as work:
            build_answers(tablet)
            marks = MarkSheet(tablet)
            tablet.region(backing_slice, partial(draw_backing, tablet), "panel-backing stack")
        scenes = Scenes(
            lambda view: view.scene, lambda view: _BUILD[view.scene](tablet), "panel-scene"
        )
    for piece in (marks, scenes, _Shown(work)):
        tablet.add(piece)
    tablet.follow()


class _Shown:
    """Shows the two halves while there is an answer to read, so that notes outlive every scene."""

    def __init__(self, work: ui.element) -> None:
        self._work = work

    def update(self, view: TabletView) -> None:
        self._work.set_visibility(view.scene in ("marks", "appeal"))


def _build_top(tablet: Tablet, name: str) -> None:
    with box("top-bar panel-top", "header"):
        name_mark()
        tablet.region(_round, lambda slice_: _draw_round(*slice_), "line keep panel-round")
        with box("line snug out-of-sync").props("role=status"):
            icon("wifi")
            words("Offline. Your marks wait here.", "bold")
        tablet.region(_clock, lambda slice_: _draw_clock(slice_, tablet.now()), "panel-clock")
        tablet.region(_tabs, lambda slice_: _draw_tabs(slice_[1]), "panel-tabs")
        words(name, "bold panel-name one-line")


def _round(view: TabletView) -> tuple[str, int]:
    return str(view.show.round_label), view.show.begun


def _draw_round(label: str, number: int) -> None:
    if label:
        words(label, "bold")
    rounds = int(label.rpartition(" ")[2]) if label.startswith("Round") else 0
    if rounds:
        round_rail(rounds, number)


def _tabs(view: TabletView) -> tuple[int, tuple[str, ...]]:
    """The letters of the round: what is drawn from them stays, for a press that began before."""
    if view.scene not in ("marks", "appeal"):
        return view.show.round, ()
    return view.show.round, tuple(card.answer.letter for card in view.show.cards)


def _draw_tabs(letters: tuple[str, ...]) -> None:
    for letter in letters:
        tab = button(letter, None, "outline").classes("panel-tab")
        tab.props["data-opens"] = letter
        with tab:
            icon("check")


def _clock(view: TabletView) -> ClockSlice:
    show = view.show
    # While this expert's vote is asked for, the appeal clock means nothing.
    if show.clock is None or show.phase not in CAPTIONS or view.scene == "vote":
        return None
    caption = "On hold" if show.is_held else CAPTIONS[show.phase]
    return show.clock.deadline, show.clock.held_left, show.clock.length, caption


def _draw_clock(slice_: ClockSlice, now: float) -> None:
    if slice_ is None:
        return
    deadline, held, length, caption = slice_
    face = ClockFace(deadline, now, held=held, total=length)
    words(caption, "quiet panel-clock-caption")
    clock(face, "s", is_announced=True)
    clock_stave(face)


def _build_overview(tablet: Tablet) -> Sequence[Drawn[TabletView]]:
    return (Region(overview_slice, partial(draw_overview, tablet), "panel-overview"),)


def _build_vote(tablet: Tablet) -> Sequence[Drawn[TabletView]]:
    return (Region(vote_slice, partial(draw_vote, tablet), "panel-vote"),)


def _build_waiting(tablet: Tablet) -> Sequence[Drawn[TabletView]]:
    return (Region(waiting_slice, draw_waiting, "panel-waiting"),)


def _build_nothing(tablet: Tablet) -> Sequence[Drawn[TabletView]]:
    return ()


_BUILD = {
    "lobby": build_lobby,
    "calibration": build_calibration,
    "marks": _build_overview,
    "appeal": _build_nothing,
    "overview": _build_overview,
    "vote": _build_vote,
    "waiting": _build_waiting,
}
