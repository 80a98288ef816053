"""The host looks into the scores: why a number is what it is, and what the table might be."""

from pages.staff_show import House, button, host_dialog, texts, turn
from story import Story, rundown

from finale.show.phases import Phase

V, W = "finalist-v", "finalist-w"


async def test_nothing_is_there_before_both_gates_have_closed() -> None:
    house = House(Story(rundown(finalists=2, panel=2)))
    house.story.to_marking((V, W))
    async with host_dialog(house, "Scores") as user:
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
    async with host_dialog(house, "Scores") as user:
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
    async with host_dialog(house, "Scores") as user:
        assert "Then" not in texts(user)
        button(user, "Expert 2").click()
        await turn()
        assert "Then" in texts(user)
        button(user, "Expert 2").click()
        await turn()
        assert "Then" not in texts(user)

    assert (house.runner.asked, house.story.state) == ([], before)
