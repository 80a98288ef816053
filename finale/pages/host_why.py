"""Why a score is what it is, and what the table would be by other rules: two dialogs to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, get_args

from nicegui import ui

from finale.pages.host_desk import Desk, DeskView
from finale.pages.parts import Rank, box, button, heading, words
from finale.pages.parts_marks import blind_tile, token
from finale.pages.parts_scores import JURIES, points_text
from finale.show.rundown import ScaleName
from finale.show.views.what_if import Change, Supposed, scales_now, supposed
from finale.show.views.why import Why, explained, why
from scoring.blend import COMPONENTS, Component

_NOTHING: Final = "There is nothing to look at before both gates of a round have closed."
Options = tuple[tuple[str, str, bool], ...]
"""What can be chosen: its key, its name, whether it is."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, and whether anything is supposed at all."""

    rows: tuple[Supposed, ...]
    is_changed: bool


class Look:
    """What is chosen in both dialogs; only an open one is kept up to date."""

    def __init__(self, desk: Desk, frame: ui.dialog) -> None:
        """The newest round, answer A; nothing supposed."""
        self._desk = desk
        self._frame = frame
        self._round = -1
        self._letter = ""
        self._without: frozenset[str] = frozenset()
        self._scales: dict[Component, ScaleName] = {}

    def build(self) -> None:
        """Why on the left, what if on the right."""
        desk = self._desk
        with box("line spread"):
            heading("Scores", "title")
            button("Close", self._frame.close, "secondary", key="Escape").classes("is-small")
        with box("host-look-body"):
            with box("stack host-look-why"):
                heading("Why this score", "heading", 3)
                desk.region(self._rounds, partial(_draw_options, "Round", self._take_round))
                desk.region(self._letters, partial(_draw_options, "Answer", self._take_letter))
                desk.region(self._why, _draw_why, "scrolls grow")
            with box("stack host-look-if"):
                heading("What if", "heading", 3)
                words("Nothing of this is logged or shown anywhere else.", "quiet small", "p")
                desk.region(self._experts, partial(_draw_options, "Put aside", self._drop))
                for component in COMPONENTS:
                    draw = partial(
                        _draw_options, JURIES[component], partial(self._scale, component)
                    )
                    desk.region(partial(self._scales_of, component), draw)
                desk.region(self._table, _draw_table, "scrolls grow")

    def open(self) -> None:
        """The newest round that can be looked into, and the answer that is chosen on the desk."""
        known = explained(self._desk.backstage.showrunner.state)
        self._round = max(known, default=-1)
        letters, chosen = known.get(self._round, ()), self._desk.view().chosen
        self._letter = chosen if chosen in letters else next(iter(letters), "")
        self._frame.open()
        self._desk.refresh()

    # ---- why

    def _rounds(self, view: DeskView) -> Options:
        known = explained(self._desk.backstage.showrunner.state) if self._frame.value else {}
        return tuple((f"{n}", f"{n + 1}", n == self._round) for n in known)

    def _letters(self, view: DeskView) -> Options:
        known = explained(self._desk.backstage.showrunner.state) if self._frame.value else {}
        return tuple((x, x, x == self._letter) for x in known.get(self._round, ()))

    def _why(self, view: DeskView) -> Why | None:
        state = self._desk.backstage.showrunner.state
        if not self._frame.value or self._letter not in explained(state).get(self._round, ()):
            return None
        return why(state, self._round, self._letter)

    def _take_round(self, key: str) -> None:
        self._round = int(key)
        letters = explained(self._desk.backstage.showrunner.state).get(self._round, ())
        self._letter = self._letter if self._letter in letters else next(iter(letters), "")
        self._desk.refresh()

    def _take_letter(self, key: str) -> None:
        self._letter = key
        self._desk.refresh()

    # ---- what if

    def _experts(self, view: DeskView) -> Options:
        panel = view.show.panel if self._frame.value else ()
        return tuple((seat.id, seat.label, seat.id in self._without) for seat in panel)

    def _scales_of(self, component: Component, view: DeskView) -> Options:
        now = scales_now(self._desk.backstage.showrunner.state)[component]
        chosen = self._scales.get(component, now)
        return tuple((name, name, name == chosen) for name in get_args(ScaleName))

    def _table(self, view: DeskView) -> Table:
        if not self._frame.value:
            return Table((), is_changed=False)
        change = Change(self._without, self._scales)
        rows = supposed(self._desk.backstage.showrunner.state, change)
        return Table(rows, bool(self._without or self._scales))

    def _drop(self, seat: str) -> None:
        self._without ^= {seat}
        self._desk.refresh()

    def _scale(self, component: Component, name: str) -> None:
        now = scales_now(self._desk.backstage.showrunner.state)[component]
        self._scales.pop(component, None)
        for scale in get_args(ScaleName):
            if scale == name and scale != now:
                self._scales[component] = scale
        self._desk.refresh()


def _draw_options(head: str, take: Callable[[str], None], options: Options) -> None:
    if not options:
        return
    with box("host-choices"):
        words(head, "quiet")
        with box("host-options") as group:
            for key, name, is_chosen in options:
                rank: Rank = "primary" if is_chosen else "outline"
                element = button(name, partial(take, key), rank).classes("is-small")
                element.props["aria-pressed"] = "true" if is_chosen else "false"
        group.props("role=group").props["aria-label"] = head


def _draw_why(found: Why | None) -> None:
    if found is None:
        words(_NOTHING, "quiet")
        return
    with box("line snug"):
        blind_tile(found.letter, "strong", "s")
        token(found.tag.lectern, "s")
        words(found.tag.name, "bold one-line grow")
        words(found.sum, "title keep")
    for reckoning in found.reckonings:
        with box("host-reckoning"):
            heading(JURIES[reckoning.component], "bold", 4)
            for line in reckoning.lines:
                words(line, "small", "p")


def _draw_table(table: Table) -> None:
    with box("host-supposed", "table"):
        with box("", "thead"), box("", "tr"):
            for title in ("", "Finalist", "Now", "Then" if table.is_changed else ""):
                words(title, "", "th")
        with box("", "tbody"):
            for row in table.rows:
                _draw_supposed(row, is_changed=table.is_changed)


def _draw_supposed(row: Supposed, *, is_changed: bool) -> None:
    place = row.place_then if is_changed else row.place
    with box("", "tr"):
        words(f"{place}", "bold", "td")
        with box("", "td"), box("line snug"):
            token(row.tag.lectern, "s")
            words(row.tag.name, "one-line")
        words(f"{row.place}: {points_text(row.total)}", "quiet", "td")
        moved = row.place_then != row.place
        then = f"{row.place_then}: {points_text(row.total_then)}" if is_changed else ""
        words(then, "bold alarm" if moved else "", "td")


def build_look(desk: Desk) -> None:
    """The button in the top bar, and its dialog."""
    with ui.dialog().props("no-refocus") as frame, ui.card().classes("host-look"):
        look = Look(desk, frame)
        look.build()
    button("Scores", look.open, "outline").classes("is-small")
