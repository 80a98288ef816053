"""Which device sits at a chair: pages, their cookies, and the door that knows the newest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finale.show.events_amend import SeatHanded
from finale.showrunner import Events

if TYPE_CHECKING:
    from simulation.life import Life
    from simulation.world import World

MOVED = "This seat has moved to another device."


@dataclass(frozen=True, slots=True)
class Page:
    """An open page of a seat, with its cookie; `turn` counts how often the seat was handed on."""

    seat: str
    turn: int
    cookies: dict[str, str]


class Pages:
    """Opens pages by their links, and lets in what the show's own access lets in."""

    def __init__(self, world: "World", promise: Callable[..., None]) -> None:
        """`promise` is what must hold whenever a page comes to the door."""
        self._world = world
        self._promise = promise

    def open(self, life: "Life", seat: str) -> Page:
        """A page on the device that sits there now."""
        turn = self._world.audit.promises.turns.get(seat, 0)
        return Page(seat, turn, {life.access.cookie_name(seat): life.access.cookie(seat)})

    def comes_in(self, life: "Life", page: Page | None) -> bool:
        """Whether the page may do anything; None is somebody who has found the newest."""
        if page is None:
            return True
        is_let_in = life.access.holds(page.cookies, page.seat)
        self._world.check(self._promise, page, is_let_in)
        return is_let_in

    def handed(self, life: "Life", events: Events) -> None:
        """As the desk does it: a chair that was handed on gets a new link at once."""
        for event in events:
            if isinstance(event, SeatHanded):
                turns = self._world.audit.promises.turns
                life.access.renew(event.seat)
                turns[event.seat] = turns.get(event.seat, 0) + 1
