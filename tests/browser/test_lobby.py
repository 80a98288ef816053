"""The lobby in a real browser: practice on the console, the check, calibration on the tablet."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

from in_browser import SHOW, People, Served
from playwright.sync_api import Page, expect

PATIENCE_MS = 20_000
FITTED = """
practice = "lapsed-sprinkler-contract"
[calibration]
question = "What do you ask?"
answer = "How far the heater stands from the canvas."
reason = "Right question, but no decision."
marks = {{ generalization = 3.5, response_quality = 3.0, efficiency = 4.0 }}
[settings]
"""
LOBBY = SHOW.replace("[settings]\n", FITTED, 1)
WINDOWS = {
    "finalist-v": ((1440, 900), (1024, 768)),
    "panel-1": ((1024, 768), (768, 1024)),
}

# How far the page runs off sideways, and buttons that are out of sight sideways or below.
FAULTS = """() => [
    document.documentElement.scrollWidth - innerWidth,
    [...document.querySelectorAll("button")].filter(b => b.checkVisibility()
        && (b.getBoundingClientRect().right > innerWidth + 1
        || b.getBoundingClientRect().bottom > innerHeight + 1)).map(b => b.innerText)]"""


def checked(page: Page) -> dict[str, str]:
    """Each row of the check by its name: its state, once all is measured."""
    page.locator('.check-again:text-is("Check again")').wait_for(timeout=PATIENCE_MS)
    rows = page.locator(".check-row").all()
    return {
        row.get_attribute("data-check") or "": row.get_attribute("data-state") or "" for row in rows
    }


def events(served: Served) -> int:
    """How many events the show's log has."""
    with closing(sqlite3.connect(served.data / "show.db")) as log:
        return int(log.execute("SELECT count(*) FROM entry").fetchone()[0])


def test_practice_streams_cancels_and_leaves_no_trace_but_the_prompt(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([9], show=LOBBY)
    page = people.open(served.links["finalist-v"], 1440, 900)
    assert checked(page) == {
        "Connection": "good",
        "Saving": "good",
        "Model": "open",
        "Screen": "good",
    }
    before = events(served)
    page.get_by_label("System prompt").fill("Decide first.")
    page.get_by_role("button", name="Generate").click()
    page.get_by_text("Streaming").wait_for(timeout=PATIENCE_MS)
    page.wait_for_function("document.querySelector('.stream-text').innerText.length > 20")
    page.keyboard.press("Escape")
    page.get_by_text("Cancelled.").wait_for(timeout=PATIENCE_MS)
    assert checked(page)["Model"] == "good"
    page.get_by_role("button", name="Generate").click()
    page.get_by_text("in all").wait_for(timeout=PATIENCE_MS)
    assert events(served) == before

    page.get_by_role("button", name="Generate").click()
    page.get_by_text("Streaming").wait_for(timeout=PATIENCE_MS)
    served.order("next")
    page.get_by_text("Tuning starts at 0:00.").wait_for(timeout=PATIENCE_MS)
    expect(page.get_by_label("System prompt")).to_have_value("Decide first.")
    page.get_by_text("No drafts yet.").wait_for(timeout=PATIENCE_MS)
    assert page.locator(".check").count() == 0
    served.order("next")
    page.get_by_role("button", name="Generate").click()
    page.get_by_role("heading", name="Draft 1").first.wait_for(timeout=PATIENCE_MS)
    assert people.complaints == []


def test_the_practice_answer_is_marked_by_touch_and_the_shown_marks_appear(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([9], show=LOBBY)
    host = people.open(served.links["host"], 1440, 900)
    page = people.open(served.links["panel-1"], 1024, 768)
    assert checked(page) == {"Connection": "good", "Saving": "good", "Screen": "good"}
    for label, mark in (("Generalization", "4"), ("Response quality", "3"), ("Efficiency", "2.5")):
        scale = page.get_by_role("radiogroup", name=label)
        scale.get_by_role("radio", name=mark, exact=True).click()
    page.get_by_text("Right question, but no decision.").wait_for(timeout=PATIENCE_MS)
    said = page.locator(".lobby-result .title").all_inner_texts()
    assert said == ["You 4, shown 3.5", "You 3, shown 3", "You 2.5, shown 4"]
    host.get_by_text("1 of 5 calibrated.").wait_for(timeout=PATIENCE_MS)
    host.get_by_text(", calibrated").wait_for(timeout=PATIENCE_MS)

    page.reload()
    page.get_by_text("You 2.5, shown 4").wait_for(timeout=PATIENCE_MS)
    assert people.complaints == []


def test_the_check_says_what_is_wrong_and_looks_again(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([9], show=LOBBY)
    host = people.open(served.links["host"], 1440, 900)
    page = people.open(served.links["finalist-v"], 900, 600)
    assert checked(page)["Screen"] == "bad"
    page.get_by_text("Too small: 900×600, at least 1024×640").wait_for(timeout=PATIENCE_MS)
    host.get_by_text("Check: window too small").wait_for(timeout=PATIENCE_MS)

    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_text("Fits: 1440×900").wait_for(timeout=PATIENCE_MS)
    host.get_by_text("Checked, ").wait_for(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Check again").click()
    assert checked(page)["Saving"] == "good"


def test_the_lobby_fits_its_windows(serve: Callable[..., Served], people: People) -> None:
    served = serve([9], show=LOBBY)
    found = {}
    for seat, sizes in WINDOWS.items():
        for size in sizes:
            page = people.open(served.links[seat], *size)
            checked(page)
            page.evaluate("document.fonts.ready.then(() => 0)")
            found[seat, size] = page.evaluate(FAULTS)

    assert found == {key: [0, []] for key in found}
    assert people.complaints == []
    assert {url.split("/")[2] for url in people.requests} == {served.links["host"].split("/")[2]}
