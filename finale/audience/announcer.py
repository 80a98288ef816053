"""Tells the pages that the hall's numbers changed, a few times a second at most."""

import asyncio
from collections.abc import Awaitable, Callable

PAUSE_S = 0.25


class Announcer:
    """Gathers nudges: however many arrive, one announcement every quarter of a second."""

    def __init__(self, announce: Callable[[], Awaitable[None]]) -> None:
        """`announce` is awaited once for all nudges since the last time."""
        self._announce = announce
        self._is_nudged = asyncio.Event()

    def nudge(self) -> None:
        """The numbers changed."""
        self._is_nudged.set()

    async def run(self) -> None:
        """Announce for ever."""
        while True:
            await self._is_nudged.wait()
            self._is_nudged.clear()
            await self._announce()
            # Real seconds, not the show's: it spares the processor, however fast a show runs.
            await asyncio.sleep(PAUSE_S)
