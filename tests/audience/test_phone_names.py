"""Names on the phone, from the lobby to the champion: whole words, and who is an understudy."""

from pathlib import Path

import pytest
from audience.phone_house import CODE, House, house, rundown, served
from playwright.async_api import Browser, Page, expect

from finale.show.rundown import Rundown

LONG_NAMES = (
    "Bartholomew Featherstonehaugh",
    "Anastasia Papadimitriou-Konstantinidou",
    "Maximiliana Wolfeschlegelsteinhausen",
)
BROKEN_WORDS = r"""() => [...document.querySelectorAll('h1, .name b')].flatMap(node => {
  const text = node.firstChild
  return [...text.data.matchAll(/[^\s-]+/g)].filter(word => {
    const range = document.createRange()
    range.setStart(text, word.index)
    range.setEnd(text, word.index + word[0].length)
    return range.getClientRects().length > 1
  }).map(word => word[0])
})"""
LINES = """rows => rows.map(row => [...row.children]
  .filter(part => part.className !== 'name').map(part => part.textContent).join(' '))"""
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


def plan(rounds: int, names: tuple[str, ...] = ()) -> Rundown:
    """Three finalists; the second one's endpoint is no understudy."""
    base = rundown()
    finalists = [
        finalist.model_copy(update={"name": name})
        for finalist, name in zip(
            base.finalists, names or [f.name for f in base.finalists], strict=True
        )
    ]
    finalists[1] = finalists[1].model_copy(update={"endpoint": "tuned-7b"})
    return base.model_copy(
        update={"finalists": tuple(finalists), "rounds": base.rounds[:rounds]},
    )


async def names_on(page: Page) -> list[list[str]]:
    """The lines of each finalist's name, from the top."""
    return [name.strip().split("\n") for name in await page.locator(".name").all_inner_texts()]


async def vote_and_name(show: House, page: Page, letter: str) -> None:
    await show.open_vote()
    await page.get_by_label(f"Vote for {letter}").click()
    await expect(page.get_by_role("heading")).to_have_text(f"Your vote for {letter} is in")
    await show.close_vote()
    await show.name_all()


async def test_every_row_of_an_understudy_says_so(folder: Path, page: Page) -> None:
    async with house(folder, plan=plan(1)) as show, served(show.gateway) as host:
        await page.goto(f"http://{host}/?{CODE}")
        await expect(page.get_by_role("heading")).to_have_text("You are in.")
        assert await names_on(page) == [
            ["Vera Example", "understudy"],
            ["Wim Placeholder", "tuned-7b"],
            ["Xenia Specimen", "understudy"],
        ]
        await vote_and_name(show, page, "C")
        await expect(page.get_by_role("heading")).to_have_text("Xenia Specimen takes round 1")
        table = [
            ["Xenia Specimen", "understudy"],
            ["Vera Example", "understudy"],
            ["Wim Placeholder"],
        ]
        assert await names_on(page) == [["Xenia Specimen Your vote", "understudy"], *table[1:]]
        await show.step()
        await expect(page.get_by_role("heading")).to_have_text("Xenia Specimen leads by 60.0")
        assert await names_on(page) == table
        await show.cue()
        await expect(page.get_by_role("heading").first).to_have_text("Xenia Specimen")
        assert await page.locator(".crown p").all_inner_texts() == ["is the champion", "understudy"]
        assert await names_on(page) == table


async def test_place_that_was_kept_is_told_by_nothing(folder: Path, page: Page) -> None:
    async with house(folder, plan=plan(2)) as show, served(show.gateway) as host:
        await page.goto(f"http://{host}/?{CODE}")
        await vote_and_name(show, page, "C")
        await show.step()
        await expect(page.get_by_role("heading")).to_have_text("Xenia Specimen leads by 60.0")
        assert await lines_of_table(page) == ["1 X 100.0", "2= V 40.0", "2= W 40.0"]
        await vote_and_name(show, page, "B")
        await show.step()
        await expect(page.get_by_role("heading")).to_have_text("The lead is shared")
        assert await lines_of_table(page) == ["1= W ▲ 1 140.0", "1= X 140.0", "3 V ▽ 1 80.0"]


async def lines_of_table(page: Page) -> list[str]:
    """Each row of the standings without its name."""
    lines: list[str] = await page.locator(".stand").evaluate_all(LINES)
    return lines


async def test_one_round_is_told_as_one(folder: Path, page: Page) -> None:
    async with house(folder, plan=plan(1)) as show, served(show.gateway) as host:
        await page.goto(f"http://{host}/?{CODE}")
        await expect(page.locator(".aside")).to_contain_text("One vote a round, 1 round in all.")
        await show.open_vote({"A": "Yes.", "B": "No, no.", "C": "Perhaps."})
        counts = page.locator(".answer .tiny")
        await expect(counts).to_have_count(3)
        assert sorted(await counts.all_inner_texts()) == ["1 word", "1 word", "2 words"]


@pytest.mark.parametrize("width", [320, 390])
async def test_names_break_between_words_alone(folder: Path, browser: Browser, width: int) -> None:
    context = await browser.new_context(viewport={"width": width, "height": 700})
    page = await context.new_page()
    async with house(folder, plan=plan(1, LONG_NAMES)) as show, served(show.gateway) as host:
        await page.goto(f"http://{host}/?{CODE}")
        await expect(page.locator(".name")).to_have_count(3)
        found = [await misfits(page)]
        await vote_and_name(show, page, "C")
        await expect(page.get_by_role("heading")).to_have_text(
            "Maximiliana Wolfeschlegelsteinhausen takes round 1"
        )
        found.append(await misfits(page))
        await show.step()
        await expect(page.get_by_role("heading")).to_have_text(
            "Maximiliana Wolfeschlegelsteinhausen leads by 60.0"
        )
        found.append(await misfits(page))
        await show.cue()
        await expect(page.locator(".crown")).to_have_count(1)
        found.append(await misfits(page))
    assert found == [([], False)] * 4


async def misfits(page: Page) -> tuple[list[str], bool]:
    """The words that are broken over two lines, and whether the page is wider than the phone."""
    return await page.evaluate(BROKEN_WORDS), await page.evaluate(IS_TOO_WIDE)
