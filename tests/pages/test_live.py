"""Open pages hear of a moment's changes at once, after what people asked for."""

import asyncio
from collections.abc import Callable

from finale.listeners import Listeners
from finale.pages.live import Beat


class Changing:
    """Something that changes."""

    def __init__(self) -> None:
        self._listeners: Listeners[[]] = Listeners()

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        return self._listeners.add(callback)

    def change(self) -> None:
        self._listeners.tell()


class Page:
    """Counts how often it is told, and waits for it."""

    def __init__(self, beat: Beat) -> None:
        self.times = 0
        self.told = asyncio.Event()
        self.leave = beat.subscribe(self._hear)

    def _hear(self) -> None:
        self.times += 1
        self.told.set()


async def test_the_changes_of_one_moment_are_told_once() -> None:
    show = Changing()
    page = Page(Beat(show))
    for _ in range(5):
        show.change()
    await page.told.wait()
    assert page.times == 1


async def test_the_next_change_is_told_again_and_whoever_left_hears_nothing() -> None:
    show = Changing()
    beat = Beat(show)
    stays, leaves = Page(beat), Page(beat)
    for _ in range(2):
        show.change()
        await stays.told.wait()
        stays.told.clear()
        leaves.leave()
    assert (stays.times, leaves.times) == (2, 1)


async def test_a_page_may_ask_to_be_drawn_though_the_show_has_not_changed() -> None:
    beat = Beat(Changing())
    page = Page(beat)
    beat.announce()
    await page.told.wait()
    assert page.times == 1


async def test_work_begun_with_the_change_goes_before_the_pages() -> None:
    show, order = Changing(), []
    beat = Beat(show)
    page = Page(beat)
    beat.subscribe(lambda: order.append("page"))

    async def ask_the_model() -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        order.append("model")

    show.change()
    asking = asyncio.ensure_future(ask_the_model())
    await page.told.wait()
    await asking
    assert order == ["model", "page"]
