"""What every page is built from, and who has one open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nicegui import Client

from finale.clock import Clock
from finale.crew.drafter import Drafter
from finale.logs.logger import logger
from finale.pages.live import Beat
from finale.pages.sounds import Sounds
from finale.preflight.board import Board
from finale.show.views.common import Hall
from finale.showrunner import Showrunner
from finale.store.scratch import Scratch

log = logger(__name__)


class Presence:
    """Which seats have a page open; one seat may have several."""

    def __init__(self, showrunner: Showrunner) -> None:
        """Nobody is there yet."""
        self._showrunner = showrunner
        self._open: dict[str, str] = {}
        self._seen: set[str] = set()
        self._checks: dict[str, str] = {}

    @property
    def checks(self) -> Mapping[str, str]:
        """By seat, what the last connection check of a page that is still open found."""
        return dict(self._checks)

    @property
    def seats(self) -> frozenset[str]:
        """Seats with at least one page open."""
        return frozenset(self._open.values())

    @property
    def lost(self) -> frozenset[str]:
        """Seats that had a page open and have none now."""
        return frozenset(self._seen - self.seats)

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
            self._seen.add(seat)
            log.info("page opened", seat=seat)
            self._showrunner.announce()

    def leave(self, page: str) -> None:
        """The page of that id has gone; said twice, it changes nothing."""
        seat = self._open.pop(page, None)
        if seat is not None:
            log.info("page closed", seat=seat)
            if seat not in self.seats:
                self._checks.pop(seat, None)
            self._showrunner.announce()

    def check(self, seat: str, verdict: str) -> None:
        """A page of the seat has checked its device."""
        if self._checks.get(seat) != verdict:
            self._checks[seat] = verdict
            self._showrunner.announce()


@dataclass(frozen=True, slots=True)
class Backstage:
    """Handed to every page builder; `links` maps a seat to its full role link.

    Pages follow the show by `beat`; commands go to `showrunner`.

    `renew` gives a seat a new link and sends the pages of the old one away; StoreError if the new
    link cannot be kept. `api_token` is the secret of the HTTP API, the seat `API`.
    """

    showrunner: Showrunner
    beat: Beat
    drafter: Drafter
    scratch: Scratch
    clock: Clock
    presence: Presence
    hall: Callable[[], Hall]
    links: Callable[[], dict[str, str]]
    renew: Callable[[str], None]
    api_token: Callable[[], str]
    public_url: str
    code: str
    key: str
    preflight: Board
    sounds: Sounds = field(default_factory=Sounds)

    @property
    def join_url(self) -> str:
        """What a phone's camera opens: the public address, with the room's key."""
        return f"{self.public_url}/?{self.key}"
