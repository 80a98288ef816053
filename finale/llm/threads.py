"""Work that blocks, in threads that nobody has to wait for."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def in_thread(work: Callable[[], T]) -> asyncio.Future[T]:
    """The outcome of `work`, in a thread of its own.

    Whoever waits may leave, by `asyncio.shield` without taking it from others; the thread ends
    with its work, and neither the end of the loop nor that of the program waits for it.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()
    # A failure that nobody is left to hear of is not worth a warning.
    outcome.add_done_callback(lambda done: done.cancelled() or done.exception())

    def tell(how: Callable[[], None]) -> None:
        def once() -> None:
            if not outcome.done():
                how()

        with suppress(RuntimeError):
            # The loop may be closed by now.
            loop.call_soon_threadsafe(once)

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001
            failure = error
            tell(lambda: outcome.set_exception(failure))
        else:
            tell(lambda: outcome.set_result(result))

    Thread(target=run, name="finale-aside", daemon=True).start()
    return outcome
