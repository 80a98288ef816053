"""The page in a real browser, against a real server."""

from pathlib import Path

from audience.phone_house import ANSWERS, CODE, SCREEN, House, house, served
from playwright.async_api import Browser, Page, expect

from finale.show import commands as c

HOSTILE = {
    **ANSWERS,
    "A": "<img src=x onerror=alert(1)> **bold** ![i](http://x.example/i.png)\n\n- one\n- two",
}


async def code_on(page: Page) -> str:
    return (await page.locator(".code").inner_text()).replace(" ", "")


async def join(page: Page, host: str) -> None:
    await page.goto(f"http://{host}/?{CODE}")
    await expect(page.get_by_role("heading")).to_have_text("You are in.")


async def test_page_is_one_request_and_one_socket(show: House, host: str, page: Page) -> None:
    requests: list[str] = []
    sockets: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    await page.goto(f"http://{host}/?{CODE}")
    await expect(page.get_by_role("heading")).to_have_text("You are in.")
    assert requests == [f"http://{host}/?{CODE}"]
    assert sockets == [f"ws://{host}/ws?en"]
    assert problems == []


async def test_one_tap_votes_and_a_reload_brings_the_receipt_back(
    show: House, host: str, page: Page
) -> None:
    await join(page, host)
    await show.open_vote()
    await page.get_by_label("Vote for B").click()
    await expect(page.get_by_role("heading")).to_have_text("Your vote for B is in")
    code = await code_on(page)
    await page.reload()
    await expect(page.get_by_role("heading")).to_have_text("Your vote for B is in")
    assert await code_on(page) == code
    await show.close_vote()
    await expect(page.get_by_role("heading")).to_contain_text("B is final.")
    assert show.showrunner.state.round.counts == {"A": 0, "B": 1, "C": 0}


async def test_two_pages_of_one_phone_show_the_one_ballot_that_counts(
    show: House, host: str, page: Page
) -> None:
    await join(page, host)
    other = await page.context.new_page()
    await join(other, host)
    await show.open_vote()
    await page.get_by_label("Vote for A").click()
    await expect(other.get_by_role("heading")).to_have_text("Your vote for A is in")
    await other.get_by_label("Vote for B").click()
    for each in (page, other):
        await expect(each.get_by_role("heading")).to_have_text("Your vote for B is in")
    assert await code_on(page) == await code_on(other)
    await show.close_vote()
    await expect(page.get_by_role("heading")).to_contain_text("B is final.")
    assert show.showrunner.state.round.counts == {"A": 0, "B": 1, "C": 0}


async def test_opening_an_answer_closes_the_last_one_and_text_stays_text(
    show: House, host: str, page: Page
) -> None:
    await join(page, host)
    await show.open_vote(HOSTILE)
    await page.get_by_label("Answer A,").click()
    await expect(page.locator(".prose p")).to_have_text("<img src=x onerror=alert(1)> bold i")
    assert await page.locator(".prose b").all_inner_texts() == ["bold"]
    assert await page.locator(".prose li").all_inner_texts() == ["one", "two"]
    assert await page.locator("img").count() == 0
    await page.get_by_label("Answer B,").click()
    await expect(page.locator(".prose p")).to_have_text("Refer it.")


async def test_tap_while_the_server_is_gone_is_sent_when_it_is_back(
    folder: Path, page: Page
) -> None:
    async with house(folder) as first:
        async with served(first.gateway) as host:
            await join(page, host)
            await first.open_vote()
            await expect(page.get_by_text("Tap your favourite")).to_be_visible()
        await page.get_by_label("Vote for C").click()
        await expect(page.get_by_text("C is waiting to be sent")).to_be_visible()
        assert await page.locator(".vote .dash").inner_text() == "C"
    port = int(host.split(":")[1])
    async with house(folder, epoch=2) as second, served(second.gateway, port):
        await expect(page.get_by_text("Back online. C is counted.")).to_be_visible(timeout=20_000)
        await second.close_vote()
        assert second.showrunner.state.round.counts == {"A": 0, "B": 0, "C": 1}


async def test_each_phone_has_its_own_order_and_keeps_it(
    show: House, host: str, browser: Browser
) -> None:
    await show.open_vote()
    passes = ("one", "three", "one")
    orders = [await order_of(browser, host, show, pass_id) for pass_id in passes]
    assert orders == ["CAB", "BCA", "CAB"]


async def order_of(browser: Browser, host: str, show: House, pass_id: str) -> str:
    """The order of the letters on a phone with that pass, before and after a reload."""
    token = show.passes._signer.sign(f"{pass_id}-0").decode()
    page = await (await browser.new_context(viewport=SCREEN)).new_page()  # type: ignore[arg-type]
    await page.add_init_script(f"localStorage.finale = JSON.stringify({{token: {token!r}}})")
    orders = set()
    for _ in range(2):
        await page.goto(f"http://{host}/?{CODE}")
        await expect(page.locator(".vote button")).to_have_count(3)
        orders.add("".join(await page.locator(".vote button").all_inner_texts()))
        orders.add("".join(await page.locator("main .tile").all_inner_texts()))
    (order,) = orders
    return order


async def test_tap_that_came_too_late_says_so(folder: Path, page: Page) -> None:
    async with house(folder) as show:
        async with served(show.gateway) as host:
            await join(page, host)
            await show.open_vote()
            await expect(page.get_by_text("Tap your favourite")).to_be_visible()
        await page.get_by_label("Vote for C").click()
        await show.close_vote()
        async with served(show.gateway, int(host.split(":")[1])):
            heading = page.get_by_role("heading")
            await expect(heading).to_have_text("Sorry, the clock won.", timeout=20_000)
            await expect(page.get_by_text("Not counted: C came too late.")).to_be_visible()
    assert show.showrunner.state.round.counts == {"A": 0, "B": 0, "C": 0}


async def test_phone_that_joins_during_a_vote_is_told_when_it_taps(
    show: House, host: str, page: Page
) -> None:
    await show.open_vote()
    await page.goto(f"http://{host}/?{CODE}")
    await page.get_by_label("Vote for B").click()
    told = page.locator("#banner")
    await expect(told).to_have_text(
        "Not counted: B.You joined while the vote was open. Your first vote is the next one."
    )
    await show.close_vote()
    await expect(page.get_by_role("heading")).to_have_text("You did not vote in this round.")
    await show.finish_round()
    await show.open_vote()
    await page.get_by_label("Vote for B").click()
    await expect(page.get_by_role("heading")).to_have_text("Your vote for B is in")
    await expect(told).to_be_empty()


async def test_last_ten_seconds_are_the_last_call(show: House, host: str, page: Page) -> None:
    await join(page, host)
    await show.open_vote()
    caption = page.locator(".caption")
    await expect(caption).to_have_text("Tap your favouriteOne vote, change it until 0:00")
    show.clock.at = show.showrunner.state.deadlines["vote"] - 25
    await show.showrunner.do(c.MoveDeadline(seconds=-15), "host")
    await page.reload()
    await expect(caption).to_have_text("Last call: tap your favourite")
    await page.get_by_label("Vote for C").click()
    await expect(caption).to_have_text("Changed your mind? TapLast call")
