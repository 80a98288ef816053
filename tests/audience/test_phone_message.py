"""A message of the host on a phone: there until it is closed there, or taken back."""

from audience.phone_house import CODE, House
from playwright.async_api import Page, expect

from finale.show.commands_message import ALL_PHONES, ClearMessage, SendMessage

TEXT = "The left door is <b>open</b> again."


async def join(page: Page, host: str) -> None:
    await page.goto(f"http://{host}/?{CODE}")
    await expect(page.get_by_role("heading")).to_have_text("You are in.")


async def tell(show: House, text: str = TEXT) -> None:
    await show.showrunner.do(SendMessage(to=ALL_PHONES, text=text), "host")


async def test_a_message_stands_until_it_is_closed_and_stays_closed(
    show: House, host: str, page: Page
) -> None:
    await join(page, host)
    await tell(show)
    line = page.locator("#banner")
    await expect(line).to_contain_text(TEXT)
    await expect(page.locator("#live")).to_have_text(TEXT)
    await page.reload()
    await expect(line).to_contain_text(TEXT)
    await page.get_by_role("button", name="Close").click()
    await expect(line).to_be_empty()
    await page.reload()
    await expect(page.get_by_role("heading")).to_have_text("You are in.")
    await expect(line).to_be_empty()
    await tell(show, "And closed.")
    await expect(line).to_contain_text("And closed.")


async def test_a_message_that_is_taken_back_is_gone(show: House, host: str, page: Page) -> None:
    await tell(show)
    await join(page, host)
    line = page.locator("#banner")
    await expect(line).to_contain_text(TEXT)
    await show.showrunner.do(ClearMessage(to=ALL_PHONES), "host")
    await expect(line).to_be_empty()


async def test_a_message_takes_no_room_from_the_vote(show: House, host: str, page: Page) -> None:
    await join(page, host)
    await show.open_vote()
    await tell(show, "Please stay seated. " * 10)
    await expect(page.locator("#banner")).to_contain_text("Please stay seated.")
    await page.get_by_label("Vote for B").click()
    await expect(page.get_by_role("heading")).to_have_text("Your vote for B is in")
    await expect(page.locator("#banner")).to_contain_text("Please stay seated.")
