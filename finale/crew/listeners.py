"""Who wants to know that a finalist's draft has grown."""

from collections.abc import Callable

from finale.logs.logger import logger

log = logger(__name__)


class Listeners:
    """The pages of each seat, told one after another."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._by_seat: dict[str, list[Callable[[], None]]] = {}

    def listen(self, seat: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` whenever that seat is told of; returns the way to stop that."""
        listeners = self._by_seat.setdefault(seat, [])
        listeners.append(callback)

        def stop() -> None:
            if callback in listeners:
                listeners.remove(callback)

        return stop

    def tell(self, seat: str) -> None:
        """Call all who listen for that seat."""
        for callback in list(self._by_seat.get(seat, ())):
            try:
                callback()
            except Exception:
                # One broken page must not stop the draft or the finalist's other pages.
                log.exception("listener failed", seat=seat)
