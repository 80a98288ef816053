"""A finalist's console in ordinary laptop windows: whole, uncut, Generate and Submit in sight."""

import re
from collections.abc import Callable

import pytest
from browser.test_compare import tuned
from geometry import misplaced
from hall import PATIENCE_MS, picture
from in_browser import SHOW, People, Served
from playwright.sync_api import Page, expect

from finale.pages.finalist_lobby import LEAST_WINDOW

SEAT = "finalist-v"
SIZES = (LEAST_WINDOW, (1024, 768), (1280, 640), (1280, 720), (1366, 657), (1440, 900))
LONG_NAME = SHOW.replace(
    'name = "Vera Example", short = "Vera"', 'name = "Bartholomew Featherstonehaugh"'
)

# How much the page is wider and taller than its window; what columns have no room for; what is left
# of the texts that scroll, where that is too little. Texts: geometry.misplaced.
FAULTS = """async () => {
    for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
    const root = document.documentElement;
    const all = (selector) =>
        [...document.querySelectorAll(selector)].filter((part) => part.checkVisibility());
    const names = (parts) => parts.map((part) => part.innerText || part.className);
    const full = all(".finalist-prompt, .finalist-right, .compare-side, .scene-waiting").filter(
        (part) => part.scrollHeight > part.clientHeight + 1);
    const low = all(".kept-area, .draft-list, .stream-text").filter(
        (part) => part.clientHeight < 96);
    return [root.scrollWidth - innerWidth, root.scrollHeight - innerHeight,
        ...[full, low].map(names)];
}"""
NONE = [0, 0, [], [], {}]


def faults(page: Page, moment: str) -> dict[tuple[int, int], object]:
    """What is wrong in every window."""
    page.evaluate("document.fonts.ready.then(() => 0)")
    found: dict[tuple[int, int], object] = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found[width, height] = [*page.evaluate(FAULTS), misplaced(page)]
        if (width, height) == LEAST_WINDOW:
            picture(page, f"window-{moment}-finalist")
    return found


def test_the_desk_is_whole_in_every_window(serve: Callable[..., Served], people: People) -> None:
    served = serve([])
    served.order("next")
    page = people.open(served.links[SEAT], 1440, 900)
    found = {}

    def look(moment: str) -> None:
        found[moment] = faults(page, moment)

    page.get_by_text("Tuning starts at 0:00.").wait_for(timeout=PATIENCE_MS)
    look("question")
    served.order("next")
    page.get_by_role("button", name="Generate").wait_for(timeout=PATIENCE_MS)
    look("no drafts")
    tuned(served, begins=False)
    page.get_by_label("System prompt").fill("Decide first, then give reasons. " * 20)
    page.get_by_role("button", name="Submit draft 3 now").wait_for(timeout=PATIENCE_MS)
    look("drafts")
    page.keyboard.press("Alt+c")
    page.get_by_role("heading", name="Drafts 2 and 3").wait_for(timeout=PATIENCE_MS)
    look("compare")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Earlier prompts").wait_for(timeout=PATIENCE_MS)
    page.keyboard.press("Alt+p")
    page.get_by_role("heading", name="Your prompts so far").wait_for(timeout=PATIENCE_MS)
    look("earlier")
    page.keyboard.press("Escape")
    expect(page.locator(".q-dialog")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Submit draft 3?").wait_for(timeout=PATIENCE_MS)
    look("submit")
    page.keyboard.press("Escape")
    served.command("StartDraft", SEAT, round=0, system="Plain.", temperature=0.2, top_p=0.9)
    page.get_by_text("Generating draft 4").wait_for(timeout=PATIENCE_MS)
    look("generating")

    assert found == {moment: dict.fromkeys(SIZES, NONE) for moment in found}
    assert people.complaints == []


@pytest.mark.parametrize("practice", ["", 'practice = "lapsed-sprinkler-contract"\n'])
def test_the_lobby_of_a_long_name_is_whole_in_every_window(
    serve: Callable[..., Served], people: People, practice: str
) -> None:
    served = serve([], show=LONG_NAME.replace("[settings]\n", f"{practice}[settings]\n", 1))
    page = people.open(served.links[SEAT], 1440, 900)
    page.locator('.check-again:text-is("Check again")').wait_for(timeout=PATIENCE_MS)
    found = faults(page, "practice" if practice else "welcome")
    assert found == dict.fromkeys(SIZES, NONE)
    page.set_viewport_size(dict(zip(("width", "height"), LEAST_WINDOW, strict=True)))
    page.get_by_role("button", name="Check again").click()
    said = page.locator('.check-row[data-check="Screen"]')
    expect(said).to_contain_text(re.compile(r"Fits: 1024×640"), timeout=PATIENCE_MS)


def test_generate_stays_in_sight_whatever_stands_above_it(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([])
    tuned(served)
    page = people.open(served.links[SEAT], *LEAST_WINDOW)
    served.command("SendMessage", "host", to="finalists", text="Please speak up. " * 9)
    page.get_by_text("From the host").wait_for(timeout=PATIENCE_MS)
    page.get_by_label("System prompt").fill("word " * 1_000)
    generate = page.get_by_role("button", name="Generate")
    generate.click()
    expect(page.locator(".finalist-said")).to_contain_text(["5,000 characters"])
    for name in (generate, page.get_by_role("button", name="Submit draft 3 now")):
        expect(name).to_be_in_viewport(ratio=1)
    head = page.locator(".kept-head")
    assert head.evaluate("part => part.scrollWidth - part.clientWidth") == 0
    picture(page, "window-message-finalist")
    page.get_by_role("button", name="Earlier prompts").click()
    expect(page.get_by_role("heading", name="Your prompts so far")).to_be_visible()
