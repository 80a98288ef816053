"""Who has a page open: counted by page, however its sockets come and go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from nicegui import Client, context, core
from nicegui.testing.user_simulation import user_simulation
from pages.staff_show import turn

from finale.pages.backstage import Presence

V, W = "finalist-v", "finalist-w"


class Told:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.times = 0

    def announce(self) -> None:
        self.times += 1


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def presence(told: Told) -> Presence:
    runner: Any = told
    return Presence(runner)


@asynccontextmanager
async def page_of(presence: Presence, seat: str) -> AsyncIterator[Client]:
    """A page of the seat, connected by one socket."""
    async with user_simulation(lambda: presence.follow(context.client, seat)) as user:
        await user.open("/")
        assert user.client is not None
        yield user.client


def first_socket(page: Client) -> str:
    (socket,) = page._socket_to_document_id
    return socket


async def connect(page: Client, socket: str) -> None:
    """One more socket of the same tab."""
    assert page._pinned_tab_id is not None
    await page.handle_handshake(socket, page._pinned_tab_id, None, "document", None)


def test_each_page_counts_once_whatever_is_said_twice(presence: Presence, told: Told) -> None:
    seen = []
    for say in (
        lambda: presence.join("page 1", V),
        lambda: presence.join("page 1", V),
        lambda: presence.join("page 2", V),
        lambda: presence.join("page 3", W),
        lambda: presence.leave("page 1"),
        lambda: presence.leave("page 1"),
        lambda: presence.leave("nobody"),
        lambda: presence.leave("page 2"),
    ):
        say()
        seen.append((sorted(presence.seats), told.times))

    assert seen == [
        ([V], 1),
        ([V], 1),
        ([V], 2),
        ([V, W], 3),
        ([V, W], 4),
        ([V, W], 4),
        ([V, W], 4),
        ([W], 5),
    ]


async def test_a_socket_that_drops_before_it_is_announced_takes_nobody_away(
    presence: Presence,
) -> None:
    async with page_of(presence, V) as page:
        assert page.tab_id is not None
        creation = asyncio.Event()
        core.app.storage._tab_creations[page.tab_id] = creation
        second = asyncio.ensure_future(connect(page, "second"))
        await turn()
        page.handle_disconnect("second")
        creation.set()
        await second
        assert presence.seats == {V}

        page.handle_disconnect(first_socket(page))
        assert presence.seats == frozenset()


async def test_a_page_is_there_until_its_last_socket_has_gone(presence: Presence) -> None:
    async with page_of(presence, V) as page:
        first = first_socket(page)
        await connect(page, "second")
        page.handle_disconnect(first)
        assert presence.seats == {V}

        page.handle_disconnect("second")
        assert presence.seats == frozenset()

        await connect(page, "third")
        assert presence.seats == {V}


def test_a_check_is_kept_while_a_page_of_the_seat_is_open(presence: Presence, told: Told) -> None:
    for page in ("one", "two"):
        presence.join(page, V)
    before = told.times
    for verdict in ("Checked, 7 ms", "Checked, 7 ms", "Checked, 9 ms"):
        presence.check(V, verdict)
    assert told.times == before + 2
    presence.leave("one")
    assert presence.checks == {V: "Checked, 9 ms"}

    presence.leave("two")
    assert presence.checks == {}
