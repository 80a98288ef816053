"""Messages of the host: the dialog on the desk, the line on consoles and tablets."""

import pytest
from nicegui import ui
from pages.staff_show import House, button, host_dialog, texts, the, turn
from story import Story, rundown

from finale.pages.finalist import build_finalist
from finale.pages.finalist_console import NOT_SAVED
from finale.pages.message_line import clock_time
from finale.pages.panel import build_panel
from finale.show.commands_message import ClearMessage, DismissMessage, SendMessage

V, ONE = "finalist-v", "panel-1"
TEXT = "Two <b>minutes</b>, please."
PAGES = {V: build_finalist, ONE: build_panel}


@pytest.fixture
async def house() -> House:
    return House(Story(rundown(finalists=2, panel=2)))


async def tell(house: House, to: str, text: str = TEXT) -> None:
    await house.runner.do(SendMessage(to=to, text=text), "host")


async def test_a_message_is_chosen_written_and_sent(house: House) -> None:
    async with host_dialog(house, "Message") as user:
        assert "Choose who is to read it." in texts(user)
        button(user, "Bao Ling").click()
        await user.should_see("Write the message.")
        the(user, ui.textarea).set_value(" Two minutes. ")
        await turn()
        button(user, "Send to Bao Ling").click()
        await user.should_see("Not read yet")

        assert house.runner.asked == [
            (SendMessage(to="finalist-w", text=" Two minutes. "), "host", "")
        ]
        assert the(user, ui.textarea).value == ""
        assert "Two minutes." in texts(user)


async def test_what_is_typed_stays_while_the_show_goes_on(house: House) -> None:
    async with host_dialog(house, "Message") as user:
        button(user, "All experts").click()
        the(user, ui.textarea).set_value("Please speak up.")
        house.story.to_tuning()
        house.runner.announce()
        await user.should_see("Send to All experts")

        assert the(user, ui.textarea).value == "Please speak up."


async def test_a_refused_message_stays_typed(house: House) -> None:
    async with host_dialog(house, "Message") as user:
        button(user, "All phones").click()
        the(user, ui.textarea).set_value("\u200b")
        await turn()
        button(user, "Send to All phones").click()
        await user.should_see("Write the message first.")

        assert the(user, ui.textarea).value == "\u200b"


async def test_what_stands_can_be_taken_back(house: House) -> None:
    await tell(house, "phones")
    async with host_dialog(house, "Message") as user:
        assert "Until each phone closes it" in texts(user)
        button(user, "Take back").click()
        await user.should_see("Nothing. A message stands until it is closed there, or taken back.")

    assert house.runner.asked[-1][0] == ClearMessage(to="phones")


async def test_the_host_sees_how_many_have_read_it(house: House) -> None:
    await tell(house, "panel")
    async with host_dialog(house, "Message") as user:
        assert "Read by 0 of 2" in texts(user)
        await house.runner.do(DismissMessage(number=1), ONE)
        await user.should_see("Read by 1 of 2")


@pytest.mark.parametrize("seat", PAGES)
async def test_the_line_stands_with_its_time_until_it_is_closed(house: House, seat: str) -> None:
    async with house.page(PAGES[seat], seat) as user:
        assert "From the host" not in texts(user)
        await tell(house, seat)
        await user.should_see(f"From the host, {clock_time(house.story.now)}")
        await user.should_see(TEXT)
        await user.open("/")
        await user.should_see(TEXT)
        button(user, "Close").click()
        await turn()
        assert "From the host" not in texts(user)
        await user.open("/")
        assert "From the host" not in texts(user)

    assert house.runner.asked[-1][:2] == (DismissMessage(number=1), seat)


@pytest.mark.parametrize("seat", PAGES)
async def test_a_line_that_is_taken_back_or_replaced_is_gone(house: House, seat: str) -> None:
    async with house.page(PAGES[seat], seat) as user:
        await tell(house, seat)
        await tell(house, seat, "Go on.")
        await user.should_see("Go on.")
        assert TEXT not in texts(user)
        await house.runner.do(ClearMessage(to=seat), "host")
        await turn()
        assert "From the host" not in texts(user)


async def test_a_line_that_could_not_be_closed_says_why(house: House) -> None:
    await tell(house, V)
    async with house.page(build_finalist, V) as user:
        house.runner.is_broken = True
        button(user, "Close").click()
        await user.should_see(NOT_SAVED)
        assert TEXT in texts(user)
