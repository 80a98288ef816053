"""The HTTP API among the links: its token, an example, a new token for the old."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from nicegui import ElementFilter, ui
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction
from nicegui.testing.user_simulation import user_simulation
from pages.staff_show import texts

from finale.access import API
from finale.pages.host_api import ApiDoor, example
from finale.store.writer import StoreError

EXAMPLE = 'curl -H "Authorization: Bearer token-{}" http://show/api/v1/show'
NEW = "This is the new token; the old one is dead."
FULL = "turns.json cannot be written (No space left on device)."


class Door:
    """Keeps which seats got a new secret."""

    def __init__(self) -> None:
        self.renewed: list[str] = []
        self.is_full = False

    def renew(self, seat: str) -> None:
        if self.is_full:
            raise StoreError(FULL)
        self.renewed.append(seat)

    @asynccontextmanager
    async def page(self) -> AsyncIterator[User]:
        backstage: Any = SimpleNamespace(
            api_token=lambda: f"token-{len(self.renewed)}",
            renew=self.renew,
            public_url="http://show",
        )
        async with user_simulation(lambda: ApiDoor(backstage).draw(ui.element())) as user:
            await user.open("/")
            yield user


def held(user: User) -> UserInteraction[ui.button]:
    """The button that has to be held."""
    with user:
        found = {b for b in ElementFilter(kind=ui.button) if "data-hold-ms" in b.props}
    return UserInteraction(user, found, None)


@pytest.fixture
def door() -> Door:
    return Door()


async def test_the_token_and_an_example_stand_there(door: Door) -> None:
    async with door.page() as user:
        shown = texts(user)

    assert example("http://show/api/v1", "token-0") == EXAMPLE.format(0)
    assert shown.split("\n").count("token-0") == 1
    assert EXAMPLE.format(0) in shown
    assert "The old token is dead at once." in shown


async def test_a_new_token_takes_the_place_of_the_old(door: Door) -> None:
    async with door.page() as user:
        held(user).trigger("held")
        await user.should_see(NEW)
        shown = texts(user)

    assert door.renewed == [API]
    assert EXAMPLE.format(1) in shown
    assert "token-0" not in shown


async def test_a_token_that_cannot_be_kept_leaves_the_old_one(door: Door) -> None:
    door.is_full = True
    async with door.page() as user:
        held(user).trigger("held")
        await user.should_see(f"The old token still lives. {FULL}")
        shown = texts(user)

    assert EXAMPLE.format(0) in shown
