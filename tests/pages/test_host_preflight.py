"""The preflight on the host's desk: live rows, one verdict, one run for every host's page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from nicegui import ElementFilter, ui
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from pages.checks import Played, board_of
from pages.staff_show import Runner, button, texts, turn
from story import Story, rundown

from finale.clock import Tasks
from finale.pages.host import build_host
from finale.pages.sounds import Sounds
from finale.preflight.base import Finding
from finale.preflight.board import NOT_NOW, STOPPED
from finale.show.phases import Phase
from finale.show.views.common import Hall

GOOD = Finding("This machine", "disk", "go", "Fast.")
SLOW = Finding("Ada Byron’s model", "speed", "watch", "Slow.", "Deploy it elsewhere.")
BAD = Finding("Ada Byron’s model", "reply", "no-go", "Throttled.", "Ask for a higher quota.")


class House:
    """A story, the host's desk and checks that are played by hand."""

    def __init__(self) -> None:
        self.story = Story(rundown(finalists=2, panel=2))
        self.runner = Runner(self.story)
        self.runner.trouble = ""  # type: ignore[attr-defined]
        self.played = Played()
        self.tasks = Tasks()
        self.board = board_of(self.runner, self.played, self.tasks)

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[User]:
        backstage: Any = SimpleNamespace(
            showrunner=self.runner,
            beat=self.runner,
            clock=self.runner,
            hall=lambda: Hall(seats=frozenset(self.story.plan.seats)),
            links=dict,
            public_url="http://show",
            sounds=Sounds(),
            join_url="http://show/?KEY",
            code="FGHJ",
            preflight=self.board,
        )
        async with user_simulation(lambda: build_host(backstage, "host")) as user:
            client = await user.open("/")
            try:
                yield user
            finally:
                client.delete()
                await self.tasks.stop()

    async def begin(self, user: User) -> None:
        """Open the dialog and press the button."""
        button(user, "Preflight").click()
        await turn()
        button(user, "Run the checks").click()
        await turn()


@pytest.fixture
def house() -> House:
    return House()


def lines(user: User) -> list[str]:
    return [line for line in texts(user).splitlines() if line]


def block(user: User) -> list[str]:
    """Every word of the list of findings."""
    with user:
        [found] = [
            element
            for element in ElementFilter(local_scope=False)
            if "host-preflight-list" in element.classes
        ]
    said = (getattr(element, "text", "") for element in found.descendants())
    return [text for text in said if text]


async def test_rows_appear_as_they_come_and_the_end_is_no_go(house: House) -> None:
    async with house.desk() as user:
        await house.begin(user)
        shown = lines(user)
        assert "0 of 2 checked. Still: This machine, Ada Byron’s model." in shown
        assert block(user) == ["This machine", "checking", "Ada Byron’s model", "checking"]
        house.played.tell(GOOD)
        house.played.through("This machine")
        house.played.tell(SLOW)
        assert "1 of 2 checked. Still: Ada Byron’s model." in lines(user)
        assert block(user) == [
            *("This machine", "disk", "GO", "Fast."),
            *("Ada Byron’s model", "checking", "speed", "WATCH", "Slow.", "Deploy it elsewhere."),
        ]
        house.played.tell(BAD)
        house.played.go_on.set()
        await turn()
        shown = lines(user)
        at = shown.index("Run again")
        assert shown[at - 2 : at] == [
            "NO-GO",
            "1 to put right, 1 to watch, 1 in order. It took 0 s. Put right: Ada Byron’s model.",
        ]


async def test_nothing_to_put_right_is_go_and_it_can_be_run_again(house: House) -> None:
    async with house.desk() as user:
        await house.begin(user)
        house.played.tell(GOOD)
        house.played.go_on.set()
        await turn()
        shown = lines(user)
        at = shown.index("Run again")
        assert shown[at - 2 : at] == ["GO", "1 in order. It took 0 s."]
        button(user, "Run again").click()
        await turn()
    assert house.played.runs == 2


async def test_a_page_that_opens_later_sees_the_same_run(house: House) -> None:
    async with house.desk() as user:
        await house.begin(user)
        house.played.tell(BAD)
        await user.open("/")
        assert block(user)[2:] == [
            *("Ada Byron’s model", "checking", "reply", "NO-GO", "Throttled."),
            "Ask for a higher quota.",
        ]
        assert is_on(user, "Checking") is False


async def test_while_the_show_runs_it_is_off_and_says_why(house: House) -> None:
    async with house.desk() as user:
        house.story.to(Phase.TUNING)
        house.runner.announce()
        assert is_on(user, "Run the checks") is False
        assert NOT_NOW in lines(user)
        house.story.to_marking()
        house.story.give_marks()
        house.story.to_standings()
        house.runner.announce()
        assert is_on(user, "Run the checks") is True
        assert NOT_NOW not in lines(user)


async def test_a_run_that_the_show_overtakes_stops_and_says_so(house: House) -> None:
    async with house.desk() as user:
        await house.begin(user)
        house.story.to(Phase.QUESTION)
        house.runner.announce()
        assert STOPPED in lines(user)
        assert is_on(user, "Run again") is False


def is_on(user: User, text: str) -> bool:
    (element,) = button(user, text).elements
    assert isinstance(element, ui.button)
    return element.enabled
