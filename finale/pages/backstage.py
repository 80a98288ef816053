"""What every page is built from, and who has one open."""

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import Client

from finale.clock import Clock
from finale.crew.drafter import Drafter
from finale.show.views.common import Hall
from finale.showrunner import Showrunner
from finale.store.scratch import Scratch


class Presence:
    """Which seats have a page open; one seat may have several."""

    def __init__(self, showrunner: Showrunner) -> None:
        """Nobody is there yet."""
        self._showrunner = showrunner
        self._open: dict[str, str] = {}

    @property
    def seats(self) -> frozenset[str]:
        """Seats with at least one page open."""
        return frozenset(self._open.values())

    def follow(self, page: Client, seat: str) -> None:
        """Count `page` for the seat as long as a socket of it is open; it may have two for a while.

        Sockets are not counted: NiceGUI does not tell of each that opens, but of each that closes.
        """

        def leave() -> None:
            if not page.has_socket_connection:
                self.leave(page.id)

        page.on_connect(lambda: self.join(page.id, seat))
        page.on_disconnect(leave)

    def join(self, page: str, seat: str) -> None:
        """The page of that id is there; said twice, it changes nothing."""
        if page not in self._open:
            self._open[page] = seat
            self._showrunner.announce()

    def leave(self, page: str) -> None:
        """The page of that id has gone; said twice, it changes nothing."""
        if self._open.pop(page, None) is not None:
            self._showrunner.announce()


@dataclass(frozen=True, slots=True)
class Backstage:
    """Handed to every page builder; `links` maps a seat to its full role link."""

    showrunner: Showrunner
    drafter: Drafter
    scratch: Scratch
    clock: Clock
    presence: Presence
    hall: Callable[[], Hall]
    links: Callable[[], dict[str, str]]
    public_url: str
    code: str
    key: str

    @property
    def join_url(self) -> str:
        """What a phone's camera opens: the public address, with the room's key."""
        return f"{self.public_url}/?{self.key}"
