"""The code screen in a real browser."""

from pathlib import Path

import pytest
from audience.phone_house import CODE, ROOM_KEY, House, house, served
from playwright.async_api import Page, expect

from finale.audience.bucket import BURST
from finale.audience.door import WRONG_CODES

CODE_SCREEN = "Type the code from the big screen"
AT_LEAST_PX = 60
RETURN_MS = 20_000


async def is_in(page: Page) -> None:
    await expect(page.get_by_role("heading")).to_have_text("You are in.", timeout=RETURN_MS)


async def say(page: Page, code: str) -> None:
    await page.get_by_label("Room code").fill(code)
    await page.get_by_role("button", name="Join the room").click()


@pytest.mark.parametrize("code", [CODE.lower(), ROOM_KEY])
async def test_address_of_the_big_screen_joins_and_drops_the_code(
    show: House, host: str, page: Page, code: str
) -> None:
    await page.goto(f"http://{host}/?{code}")
    await is_in(page)
    assert page.url == f"http://{host}/"


async def test_typed_code_and_enter_join_and_a_reload_needs_neither(
    show: House, host: str, page: Page
) -> None:
    await page.goto(f"http://{host}/")
    await expect(page.get_by_role("heading")).to_have_text(CODE_SCREEN)
    await page.keyboard.type(CODE.lower())
    assert await page.locator(".boxes span").all_inner_texts() == list(CODE)
    await page.keyboard.press("Enter")
    await is_in(page)
    await page.reload()
    await is_in(page)
    assert show.gateway.phones == 1


async def test_wrong_code_says_so_and_the_right_one_follows(
    show: House, host: str, page: Page
) -> None:
    await page.goto(f"http://{host}/?FGHK")
    hint = page.locator("#hint")
    again = "is not the code. Please look at the big screen once more."
    await expect(hint).to_have_text(f"FGHK {again}")
    assert page.url == f"http://{host}/"
    await say(page, "KKKK")
    await expect(hint).to_have_text(f"KKKK {again}")
    assert await page.locator(".boxes span").all_inner_texts() == [""] * 4
    await say(page, "FGH")
    await expect(hint).to_have_text("The code has four letters.")
    await say(page, CODE)
    await is_in(page)


@pytest.mark.parametrize("pasted", [CODE.lower(), f" http://hall.example/?{ROOM_KEY} "])
async def test_pasted_code_or_link_takes_the_place_of_what_was_typed(
    show: House, host: str, page: Page, pasted: str
) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(f"http://{host}/")
    await expect(page.get_by_label("Room code")).to_be_focused()
    await page.keyboard.type("KK")
    await page.evaluate("text => navigator.clipboard.writeText(text)", pasted)
    await page.keyboard.press("Control+V")
    await page.keyboard.press("Enter")
    await is_in(page)


async def test_targets_are_large_enough_for_a_thumb(host: str, page: Page) -> None:
    await page.goto(f"http://{host}/")
    await expect(page.get_by_role("heading")).to_have_text(CODE_SCREEN)
    for target in (page.get_by_label("Room code"), page.get_by_role("button")):
        box = await target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= AT_LEAST_PX


async def test_code_after_too_many_tries_is_sent_on_a_new_line(
    show: House, host: str, page: Page
) -> None:
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    await page.goto(f"http://{host}/")
    for number in range(BURST - 1):
        wrong = "KKK" + CODE[number % 4]
        await say(page, wrong)
        await expect(page.locator("#hint")).to_contain_text(wrong)
    assert len(sockets) == 1
    await say(page, CODE)
    await is_in(page)
    assert len(sockets) == 2


async def test_after_too_many_wrong_codes_the_phone_says_so_and_joins_later_by_itself(
    show: House, host: str, page: Page
) -> None:
    await page.goto(f"http://{host}/")
    for _ in range(WRONG_CODES):
        assert show.door.admit("", "FGHK") is None
    await say(page, CODE)
    await expect(page.locator("#hint")).to_have_text(
        "Too many wrong codes. Scan the square code on the big screen instead, "
        "or try again in 10 s."
    )
    show.clock.at += 10
    await is_in(page)


async def test_letters_typed_while_the_server_is_gone_are_sent_when_it_is_back(
    folder: Path, page: Page
) -> None:
    async with house(folder) as show:
        async with served(show.gateway) as host:
            await page.goto(f"http://{host}/")
            await page.get_by_label("Room code").fill(CODE[:3])
        gone = "This page keeps trying. Is this phone in the hall’s Wi-Fi?"
        await expect(page.locator("#hint")).to_have_text(gone, timeout=RETURN_MS)
        await page.keyboard.type(CODE[3:])
        assert await page.locator(".boxes span").all_inner_texts() == list(CODE)
        await page.keyboard.press("Enter")
        async with served(show.gateway, int(host.split(":")[1])):
            await is_in(page)
