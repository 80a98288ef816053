"""Why a score is what it is, and what the table would be by other rules: one dialog to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, get_args

from nicegui import ui

from finale.pages.host_desk import Desk, DeskView
from finale.pages.host_options import Options, draw_options
from finale.pages.parts import box, button, heading, words
from finale.pages.parts_marks import blind_tile, token
from finale.pages.parts_scores import jury_name, points_text
from finale.show.rundown import ScaleName
from finale.show.state import ShowState
from finale.show.views.what_if import Change, Supposed, scales_now, supposed
from finale.show.views.why import Why, explained, why
from scoring.blend import COMPONENTS, Component

_NOTHING: Final = "There is nothing to look at before both gates of a round have closed."
_SCALES: Final[dict[str, ScaleName]] = {name: name for name in get_args(ScaleName)}


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, and whether anything is supposed at all."""

    rows: tuple[Supposed, ...]
    is_changed: bool


class Look:
    """What is chosen in the dialog, which is kept up to date while it is open."""

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
                desk.region(self._rounds, partial(_draw_group, "Round", self._take_round))
                desk.region(self._letters, partial(_draw_group, "Answer", self._take_letter))
                desk.region(self._why, _draw_why, "scrolls grow")
            with box("stack host-look-if"):
                heading("What if", "heading", 3)
                words("Nothing of this is logged or shown anywhere else.", "quiet small", "p")
                desk.region(self._experts, partial(_draw_group, "Put aside", self._drop))
                for component in COMPONENTS:
                    draw = partial(
                        _draw_group, jury_name(component), partial(self._scale, component)
                    )
                    desk.region(partial(self._scales_of, component), draw)
                desk.region(self._table, _draw_table, "scrolls grow")

    def open(self) -> None:
        """The newest round that can be looked into, and the answer that is chosen on the desk."""
        self._round = max(explained(self._state), default=-1)
        self._keep_letter(self._desk.view().chosen)
        self._frame.open()
        self._desk.refresh()

    @property
    def _state(self) -> ShowState:
        return self._desk.backstage.showrunner.state

    # ---- why

    def _rounds(self, view: DeskView) -> Options:
        known = explained(self._state) if self._frame.value else {}
        return tuple((f"{n}", f"{n + 1}", n == self._round) for n in known)

    def _letters(self, view: DeskView) -> Options:
        letters = self._known_letters() if self._frame.value else ()
        return tuple((x, x, x == self._letter) for x in letters)

    def _known_letters(self) -> tuple[str, ...]:
        return explained(self._state).get(self._round, ())

    def _why(self, view: DeskView) -> Why | None:
        if not self._frame.value or self._letter not in self._known_letters():
            return None
        return why(self._state, self._round, self._letter)

    def _take_round(self, key: str) -> None:
        self._round = int(key)
        self._keep_letter(self._letter)
        self._desk.refresh()

    def _keep_letter(self, letter: str) -> None:
        """That answer, or the first where the round has no such letter."""
        letters = self._known_letters()
        self._letter = letter if letter in letters else next(iter(letters), "")

    def _take_letter(self, key: str) -> None:
        self._letter = key
        self._desk.refresh()

    # ---- what if

    def _experts(self, view: DeskView) -> Options:
        panel = view.show.panel if self._frame.value else ()
        return tuple((seat.id, seat.label, seat.id in self._without) for seat in panel)

    def _scales_of(self, component: Component, view: DeskView) -> Options:
        chosen = self._scales.get(component, scales_now(self._state)[component])
        return tuple((name, name, name == chosen) for name in _SCALES)

    def _table(self, view: DeskView) -> Table:
        if not self._frame.value:
            return Table((), is_changed=False)
        rows = supposed(self._state, Change(self._without, self._scales))
        return Table(rows, bool(self._without or self._scales))

    def _drop(self, seat: str) -> None:
        self._without ^= {seat}
        self._desk.refresh()

    def _scale(self, component: Component, name: str) -> None:
        """What is as the rules have it is not supposed."""
        now = scales_now(self._state)
        chosen = {**self._scales, component: _SCALES[name]}
        self._scales = {c: scale for c, scale in chosen.items() if scale != now[c]}
        self._desk.refresh()


def _draw_group(head: str, take: Callable[[str], None], options: Options) -> None:
    """Nothing while the dialog is closed."""
    if options:
        with box("host-choices"):
            draw_options(head, options, take)


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
            heading(jury_name(reckoning.component), "bold", 4)
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
