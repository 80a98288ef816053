"""Those who want to know: each is told in turn, and one that breaks stops nobody."""

from collections.abc import Callable
from typing import Generic, ParamSpec

from finale.logs.logger import logger

log = logger(__name__)

P = ParamSpec("P")


class Listeners(Generic[P]):
    """Callbacks in the order in which they came; `P` is what they are told."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._callbacks: list[Callable[P, object]] = []

    def add(self, callback: Callable[P, object]) -> Callable[[], None]:
        """Call `callback` from now on; returns the way to stop that."""
        self._callbacks.append(callback)

        def stop() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return stop

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call them all."""
        for callback in list(self._callbacks):
            try:
                callback(*args, **kwargs)
            except Exception:
                # One broken page must not stop the show or the other pages.
                log.exception("listener failed")
