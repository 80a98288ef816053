"""The host looks into the scores: why a number is what it is, and what the table might be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from pages.checks import idle_board
from pages.staff_show import House, button, texts, turn
from story import Story, rundown

from finale.pages.host import build_host
from finale.show.phases import Phase
from finale.show.views.common import Hall

V, W = "finalist-v", "finalist-w"


@asynccontextmanager
async def desk(house: House) -> AsyncIterator[User]:
    """The host's desk, with the dialog open."""
    backstage: Any = SimpleNamespace(
        showrunner=house.runner,
        beat=house.runner,
        clock=house.runner,
        hall=Hall,
        links=dict,
        public_url="http://show",
        code="FGHJ",
        preflight=idle_board(house.runner),
    )
    house.runner.trouble = ""  # type: ignore[attr-defined]
    async with user_simulation(lambda: build_host(backstage, "host")) as user:
        client = await user.open("/")
        button(user, "Scores").click()
        await turn()
        yield user
        client.delete()


async def test_nothing_is_there_before_both_gates_have_closed() -> None:
    house = House(Story(rundown(finalists=2, panel=2)))
    house.story.to_marking((V, W))
    async with desk(house) as user:
        nothing = "There is nothing to look at before both gates of a round have closed."
        assert nothing in texts(user)
        house.story.give_marks()
        house.runner.announce()
        await turn()
        button(user, "Close").click()
        button(user, "Scores").click()
        await turn()

        assert nothing not in texts(user)


async def test_every_round_and_answer_can_be_chosen() -> None:
    house = House(Story(rundown(finalists=2, panel=2, rounds=2)))
    house.story.play_round((V, W), counts={"A": 50, "B": 10})
    house.story.play_round((V, W), counts={"A": 11, "B": 22})
    assert house.story.state.phase is Phase.STANDINGS
    async with desk(house) as user:
        seen = [line for line in texts(user).splitlines() if "ballots = " in line]
        button(user, "B").click()
        await turn()
        seen += [line for line in texts(user).splitlines() if "ballots = " in line]
        button(user, "1").click()
        await turn()
        seen += [line for line in texts(user).splitlines() if "ballots = " in line]

        assert seen == [
            "11 of 33 ballots = 33.3.",
            "22 of 33 ballots = 66.7.",
            "10 of 60 ballots = 16.7.",
        ]


async def test_what_is_supposed_is_shown_here_alone() -> None:
    house = House(Story(rundown(finalists=2, panel=2)))
    house.story.play_round((V, W), counts={"A": 50, "B": 10})
    before = house.story.state
    async with desk(house) as user:
        assert "Then" not in texts(user)
        button(user, "Expert 2").click()
        await turn()
        assert "Then" in texts(user)
        button(user, "Expert 2").click()
        await turn()
        assert "Then" not in texts(user)

    assert (house.runner.asked, house.story.state) == ([], before)
