"""What a phone says of a round that is over: void, named one by one, or a sudden death."""

from pathlib import Path

import pytest
from audience.phone_house import CODE, House, house, rundown, served
from playwright.async_api import Browser, Page, expect

from finale.show import commands as c

CUT = """() => [...document.querySelectorAll('header > *, main *')].filter(
    part => part.getBoundingClientRect().right > innerWidth).map(part => part.outerHTML)"""
"""What reaches over the phone's edge."""


async def vote(show: House, page: Page, letter: str) -> None:
    await show.open_vote()
    await page.get_by_label(f"Vote for {letter}").click()
    await expect(page.get_by_role("heading")).to_have_text(f"Your vote for {letter} is in")
    await show.close_vote()


async def play_void_round(show: House, page: Page, standing: str) -> list[list[str]]:
    """What the phone says at the buzzer and at the standings of a round without an answer."""
    await show.cue()
    await show.cue()
    show.clock.at += 100
    await show.showrunner.do(
        c.EndTuning(round=show.showrunner.state.number, order=(0, 1, 2)), "crew"
    )
    seen = [await told(page, "It counts for nobody.")]
    show.clock.at += 10
    await show.showrunner.do(c.MoveOn(round=show.showrunner.state.number), "crew")
    seen.append(await told(page, standing))
    return seen


async def told(page: Page, last: str) -> list[str]:
    """The headline and the quiet lines, once `last` is there."""
    await expect(page.get_by_text(last, exact=True)).to_be_visible()
    lines = page.locator("main h1, main > p.quiet, main > p.aside")
    return await lines.all_inner_texts()


async def test_a_round_without_answers_is_called_void(show: House, host: str, page: Page) -> None:
    await page.goto(f"http://{host}/?{CODE}")
    ends = ("It counts for nobody. Out of 100. 1 round to go.",)
    ends += ("It counts for nobody. Every round is played.",)
    seen = [await play_void_round(show, page, end) for end in ends]
    headline = "No answers in this round"
    assert seen == [[[headline, "It counts for nobody."], [headline, end]] for end in ends]


async def test_footer_follows_the_names_one_by_one(
    show: House, host: str, browser: Browser
) -> None:
    pages = [await (await browser.new_context()).new_page() for _ in "BBCC"]
    for page in pages:
        await page.goto(f"http://{host}/?{CODE}")
        await expect(page.get_by_role("heading")).to_have_text("You are in.")
    await show.open_vote()
    for page, letter in zip(pages, "BBC", strict=False):
        await page.get_by_label(f"Vote for {letter}").click()
        await expect(page.get_by_role("heading")).to_have_text(f"Your vote for {letter} is in")
    await show.close_vote()
    await show.name_all(but=3)
    first, _, other, none = [page.locator("#foot") for page in pages]
    seen = []
    for then in ("names come last", "other names follow", "other names follow", "standings come"):
        for foot in (first, other, none):
            await expect(foot).to_contain_text(then)
        seen.append([await foot.inner_text() for foot in (first, other, none)])
        await show.step()
    last, rest = "The names come last.", "The other names follow."
    end, no_vote = "The standings come next.", "You did not vote in this round."
    who, other_vote = "Your vote: B\n\nWho wrote it?", "Your vote went to Xenia Specimen."
    assert seen == [
        [f"{who} {last}", f"Your vote: C\n\nWho wrote it? {last}", f"{no_vote}\n\n{last}"],
        [f"{who} {rest}", f"Your vote: C\n\nWho wrote it? {rest}", f"{no_vote}\n\n{rest}"],
        [f"{who} {rest}", f"{other_vote}\n\n{rest}", f"{no_vote}\n\n{rest}"],
        [f"You picked the winner.\n\n{end}", f"{other_vote}\n\n{end}", f"{no_vote}\n\n{end}"],
    ]


async def test_sudden_death_is_no_round_among_the_votes(folder: Path, page: Page) -> None:
    base = rundown()
    one_round = base.model_copy(update={"rounds": base.rounds[:1]})
    async with house(folder, plan=one_round) as show, served(show.gateway) as host:
        await page.goto(f"http://{host}/?{CODE}")
        await expect(page.get_by_role("heading")).to_have_text("You are in.")
        await show.open_vote()
        await show.close_vote()
        await show.finish_round()
        await show.cue()
        await vote(show, page, "B")
        await show.finish_round()
        await show.cue()
        await expect(page.locator(".crown")).to_have_count(1)
        assert await page.locator(".receipt dt").all_inner_texts() == ["Sudden death: B"]


@pytest.mark.parametrize("width", [195, 280])
async def test_narrowest_phone_shows_its_whole_clock(
    show: House, host: str, browser: Browser, width: int
) -> None:
    context = await browser.new_context(viewport={"width": width, "height": 422})
    page = await context.new_page()
    await page.goto(f"http://{host}/?{CODE}")
    await expect(page.get_by_role("heading")).to_have_text("You are in.")
    await show.open_vote()
    await expect(page.locator("#clock.runs")).to_be_visible()
    assert await page.evaluate(CUT) == []
    await page.get_by_label("Vote for B").click()
    await expect(page.get_by_role("heading")).to_have_text("Your vote for B is in")
    assert await page.evaluate(CUT) == []
