"""The chairs: finalists and experts, who sits there, how far they are, robots on and off."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from finale.pages.host_desk import Desk, DeskView, Place
from finale.pages.parts import badge, box, button, heading, hold_button, words
from finale.pages.parts_marks import icon, token
from finale.show.commands import SeatRobot, UnseatRobot
from finale.show.phases import Phase
from finale.show.views.seats import Seat

# From this many experts on, their chairs stand in two columns.
_ONE_COLUMN: Final = 6


def build_seats(desk: Desk) -> None:
    """Finalists above, experts below."""
    show = desk.view().show
    _build_bank(desk, "finalists", len(show.finalists), lambda view: view.show.finalists)
    _build_bank(desk, "panel", len(show.panel), lambda view: view.show.panel)


def _build_bank(
    desk: Desk, place: Place, size: int, pick: Callable[[DeskView], tuple[Seat, ...]]
) -> None:
    is_dense = place == "panel" and size > _ONE_COLUMN
    title = "Finalists" if place == "finalists" else "Experts"
    with box(f"panel host-bank host-bank-{place} {'is-dense' if is_dense else ''}"):
        with box("line spread"):
            heading(title)
            desk.region(lambda view: _taken(pick(view)), _draw_taken)
        desk.line(place)
        with box("host-chairs"):
            for number in range(size):
                with box("host-chair"):
                    _build_chair(desk, place, _at(pick, number))


def _build_chair(desk: Desk, place: Place, pick: Callable[[DeskView], Seat]) -> None:
    """Status and button apart, so that a new status never takes a button from under a press."""
    desk.region(lambda view: _visible(view, pick(view)), _draw_chair, "host-chair-words")
    desk.region(
        lambda view: (pick(view).id, pick(view).is_connected, pick(view).is_robot),
        lambda chair: _draw_robot_button(desk, place, chair),
    )


def _at(pick: Callable[[DeskView], tuple[Seat, ...]], number: int) -> Callable[[DeskView], Seat]:
    return lambda view: pick(view)[number]


def _taken(seats: tuple[Seat, ...]) -> str:
    if not seats:
        return "none in this show"
    return f"{sum(seat.is_connected for seat in seats)} of {len(seats)} connected"


def _visible(view: DeskView, seat: Seat) -> Seat:
    """A failed draft matters while another one can still be made."""
    return seat if view.show.phase is Phase.TUNING else replace(seat, fault="")


def _draw_taken(text: str) -> None:
    words(text, "quiet")


def _draw_chair(seat: Seat) -> None:
    if seat.tag is not None:
        token(seat.tag.lectern, "s", is_absent=not seat.is_connected)
    else:
        icon("tablet").classes("" if seat.is_connected else "is-absent")
    with box("host-chair-lines"):
        name = words(seat.label, "bold host-chair-name")
        name.props["title"] = seat.label
        name.props["data-ladder"] = 2
        with box("line snug host-chair-status"):
            if seat.is_robot:
                badge("Robot", "calm")
            if not seat.is_connected:
                words("Offline", "alarm bold one-line")
            elif seat.fault:
                words(seat.fault, "alarm one-line").props["title"] = seat.fault
            else:
                words(_progress(seat), "quiet one-line").props["title"] = _progress(seat)


def _progress(seat: Seat) -> str:
    """The status; the detail too, where no badge takes its room."""
    return seat.status if seat.is_robot or not seat.detail else f"{seat.status}, {seat.detail}"


def _draw_robot_button(desk: Desk, place: Place, chair: tuple[str, bool, bool]) -> None:
    seat, is_connected, is_robot = chair
    if is_robot:
        give = button("Give back", lambda: desk.ask(UnseatRobot(seat=seat), place), "outline")
        give.classes("host-small")
        return
    command = SeatRobot(seat=seat)
    if not is_connected:
        free = button("Seat a robot", lambda: desk.ask(command, place), "outline")
        free.classes("host-small")
        return
    # Somebody sits there: a slip of the mouse must not take the chair away.
    taken = hold_button("Seat a robot", lambda: desk.ask(command, place), "secondary")
    taken.classes("host-small is-taken").props["title"] = "Somebody sits here. Hold to seat a robot"
