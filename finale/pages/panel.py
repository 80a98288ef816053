"""An expert's tablet: one blind answer at a time, three scales, one lock; then the appeals."""

from collections.abc import Sequence
from functools import partial

from nicegui import ui

from finale.pages import theme
from finale.pages.backstage import Backstage
from finale.pages.live import Drawn, Region, Scenes
from finale.pages.panel_answer import build_answer
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
        with box("panel-work") as work:
            build_answer(tablet)
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
        tablet.region(_tabs, partial(_draw_tabs, tablet), "panel-tabs")
        words(name, "bold panel-name one-line")


def _round(view: TabletView) -> tuple[str, int]:
    return view.show.round_label, view.show.round + 1


def _draw_round(label: str, number: int) -> None:
    if label:
        words(label, "bold")
    rounds = int(label.rpartition(" ")[2]) if label.startswith("Round") else 0
    if rounds:
        round_rail(rounds, number)


def _tabs(view: TabletView) -> tuple[tuple[str, bool, bool], ...]:
    if view.scene not in ("marks", "appeal"):
        return ()
    return tuple(
        (card.answer.letter, card.is_complete, card.answer.letter == view.letter)
        for card in view.show.cards
    )


def _draw_tabs(tablet: Tablet, tabs: tuple[tuple[str, bool, bool], ...]) -> None:
    for letter, is_done, is_open in tabs:
        state = f"{'is-done' if is_done else ''} {'is-open' if is_open else ''}"
        tab = button(letter, partial(tablet.open, letter), "outline").classes(f"panel-tab {state}")
        tab.props["data-opens"] = letter
        tab.props["aria-label"] = f"Answer {letter}{', marked' if is_done else ''}"
        tab.props["aria-pressed"] = "true" if is_open else "false"
        if is_done and not is_open:
            with tab:
                icon("check")


def _clock(view: TabletView) -> ClockSlice:
    show = view.show
    # While an appeal is voted on, the show waits and the appeal clock means nothing.
    if show.clock is None or show.phase not in CAPTIONS or show.vote is not None:
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
    "marks": _build_nothing,
    "appeal": _build_nothing,
    "overview": _build_overview,
    "vote": _build_vote,
    "waiting": _build_waiting,
}
