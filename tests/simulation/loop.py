"""A world in which nobody waits: time jumps to the next thing that happens, and only one does."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from contextvars import Context, ContextVar, copy_context
from typing import Any, TypeVar

from story import NOON

from finale.clock import Clock

T = TypeVar("T")
Alive = dict[asyncio.Task[Any], None]

PROCESS: ContextVar[Alive | None] = ContextVar("process", default=None)
"""The tasks of the process that the running code belongs to; None outside any process."""


class _NoWaiting(selectors.SelectSelector):
    """Where a real selector would wait, the time is there at once."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        """Nothing ever comes from outside; the wait is added to the time."""
        if timeout is None:
            raise RuntimeError("everybody waits, and nothing is left to happen")
        self.at += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on virtual time, in one thread: what happens in it follows from its inputs."""

    def __init__(self) -> None:
        self._virtual = _NoWaiting()
        super().__init__(self._virtual)
        self.set_task_factory(_kept)

    def time(self) -> float:
        """Virtual seconds since the world began."""
        return self._virtual.at

    def _write_to_self(self) -> None:
        """Nobody sleeps in the selector, so nobody has to be woken."""


def _kept(loop: asyncio.AbstractEventLoop, work: Any, **kwargs: Any) -> asyncio.Task[Any]:
    """A task that also stands in the list of its process, so that a crash can end it."""
    context: Context = kwargs.pop("context", None) or copy_context()
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, context=context, **kwargs)
    alive = context.get(PROCESS)
    if alive is not None:
        alive[task] = None
        task.add_done_callback(lambda done: alive.pop(done, None))
    return task


class Process:
    """Everything that one start of the server runs, and the way to end all of it at once."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self._alive: Alive = {}
        self._context = copy_context()
        self._context.run(PROCESS.set, self._alive)

    def start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Run `work` as part of the process."""
        return self._loop.create_task(work, context=self._context.copy())

    def run(self, work: Callable[[], T]) -> T:
        """Call `work` as part of the process."""
        return self._context.copy().run(work)

    def kill(self) -> None:
        """End every task where it stands, and whatever those start while they end."""
        for task in list(self._alive):
            task.cancel()
        if self._alive:
            self._loop.call_soon(self.kill)


class VirtualClock(Clock):
    """The server's clock on the loop's time."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def now(self) -> float:
        """Epoch seconds of the virtual world."""
        return NOON + self._loop.time()
