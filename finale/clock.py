"""The show's time, and the tasks that live in it."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

from finale.logs.logger import logger

log = logger(__name__)

T = TypeVar("T")


class Clock:
    """Epoch seconds that never step back: wall time at the start, monotonic from there.

    `speed` above 1 makes a show pass faster: one real second is `speed` seconds of the show.
    """

    def __init__(self, speed: float = 1.0) -> None:
        """Start the clock; ValueError unless `speed` is positive."""
        if speed <= 0:
            raise ValueError(f"speed must be positive, not {speed}")
        self.speed = speed
        self._wall = time.time()
        self._mono = time.monotonic()

    def now(self) -> float:
        """Seconds since the epoch, in the show's time."""
        return self._wall + (time.monotonic() - self._mono) * self.speed

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds of the show."""
        await asyncio.sleep(max(0.0, seconds) / self.speed)

    async def sleep_until(self, at: float) -> None:
        """Wait until the show's time is `at`."""
        while (left := at - self.now()) > 0:
            await self.sleep(left)


async def carried_out(work: Coroutine[Any, Any, T]) -> T:
    """The outcome of `work`, which goes on to its end even if whoever waits for it leaves."""
    doing = asyncio.ensure_future(work)
    # Who asked may have left: then a refusal has no reader, and needs none.
    doing.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(doing)


class Tasks:
    """Keeps every background task alive, reports one that fails, ends them all together."""

    def __init__(self) -> None:
        """No task yet."""
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Run `work` in the background under `name`."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("task failed", task=task.get_name(), exc_info=task.exception())

    async def stop(self) -> None:
        """Cancel what still runs and wait until it has ended."""
        running = list(self._tasks)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def __len__(self) -> int:
        return len(self._tasks)
