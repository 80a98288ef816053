"""What every page is built from, and who has one open."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from finale.clock import Clock
from finale.crew.drafter import Drafter
from finale.logs.logger import logger
from finale.show.views.common import Hall
from finale.showrunner import Showrunner
from finale.store.scratch import Scratch

log = logger(__name__)


class Presence:
    """Which seats have a page open; one seat may have several."""

    def __init__(self, showrunner: Showrunner) -> None:
        """Nobody is there yet."""
        self._showrunner = showrunner
        self._open: Counter[str] = Counter()

    @property
    def seats(self) -> frozenset[str]:
        """Seats with at least one page open."""
        return frozenset(self._open)

    def join(self, seat: str) -> None:
        """A page of the seat has connected."""
        self._open[seat] += 1
        log.info("page opened", seat=seat)
        self._showrunner.announce()

    def leave(self, seat: str) -> None:
        """A page of the seat has gone."""
        self._open[seat] -= 1
        log.info("page closed", seat=seat)
        if self._open[seat] <= 0:
            del self._open[seat]
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

    @property
    def join_url(self) -> str:
        """What a phone's camera opens: the public address, with the room code."""
        return f"{self.public_url}/?{self.code}"
