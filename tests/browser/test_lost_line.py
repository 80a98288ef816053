"""A finalist without a line: what needs the server is dead and says so; typing goes on."""

from collections.abc import Callable

import pytest
from browser.test_compare import tuned
from browser.test_two_windows import SENT, cut
from hall import PATIENCE_MS, picture
from in_browser import SHOW, People, Served
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLate

SEAT = "finalist-v"
SAID = "No line to the show. What you type is kept; the buttons work again when it is back."
SIZES = ((1440, 900), (1024, 640))
LIVE = """() => [...document.querySelectorAll(":is(.finalist, .q-dialog) .button")]
    .filter(part => part.checkVisibility() && part.getAttribute("aria-disabled") !== "true")
    .map(part => part.innerText)"""
"""The buttons in sight that seem to work."""
CUT_OFF = """() => [...document.querySelectorAll(".finalist-top *")].filter(part =>
    part.checkVisibility() && (part.scrollWidth > part.clientWidth + 1 &&
    getComputedStyle(part).display !== "inline" ||
    part.getBoundingClientRect().right > innerWidth)).map(part => part.innerText)"""


def is_dead(page: Page, moment: str) -> None:
    """It says why, and no button in sight seems to work."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        expect(page.get_by_text(SAID)).to_be_visible(timeout=PATIENCE_MS)
        # A button drawn just now is dead within a look of the page.
        try:
            page.wait_for_function(f"() => !({LIVE})().length && !({CUT_OFF})().length")
        except TooLate:
            assert (page.evaluate(LIVE), page.evaluate(CUT_OFF)) == ([], [])
        picture(page, f"lost-line-{moment}-{width}")


def tuning(served: Served, people: People) -> Page:
    tuned(served)
    page = people.open(served.links[SEAT], 1440, 900)
    page.get_by_role("button", name="Submit draft 3 now").wait_for(timeout=PATIENCE_MS)
    page.wait_for_function("() => window.did_handshake")
    return page


def test_without_a_server_buttons_wait_and_typing_is_kept(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([])
    page = tuning(served, people)
    drafts = page.locator(".draft-card").count()
    served.kill()
    is_dead(page, "tuning")
    editor = page.get_by_label("System prompt")
    editor.fill("Typed while nobody was there.")
    for key in ("Alt+g", "Alt+1", "Control+Enter"):
        page.keyboard.press(key)
    page.get_by_role("slider", name="Temperature").press("ArrowRight")
    page.get_by_role("button", name="Generate").click(force=True)
    value = page.locator(".dial-value").first.inner_text()

    served.start()
    generate = page.get_by_role("button", name="Generate")
    expect(page.get_by_text(SAID)).to_be_hidden(timeout=2 * PATIENCE_MS)
    expect(generate).to_be_enabled(timeout=PATIENCE_MS)
    expect(editor).to_have_value("Typed while nobody was there.")
    page.wait_for_function(SENT)
    assert page.locator(".draft-card").count() == drafts
    assert page.locator(".dial-value").first.inner_text() == value
    generate.click()
    expect(page.locator(".draft-card")).to_have_count(drafts + 1, timeout=PATIENCE_MS)
    page.reload()
    expect(editor).to_have_value("Typed while nobody was there.")


def test_compare_and_the_question_before_submit_wait_as_well(
    serve: Callable[..., Served], people: People
) -> None:
    served = serve([])
    page = tuning(served, people)
    page.keyboard.press("Alt+c")
    page.get_by_role("heading", name="Drafts 2 and 3").wait_for(timeout=PATIENCE_MS)
    cut(page)
    is_dead(page, "compare")
    page.context.set_offline(False)
    expect(page.get_by_text(SAID)).to_be_hidden(timeout=PATIENCE_MS)
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Submit draft 3?").wait_for(timeout=PATIENCE_MS)
    cut(page)
    is_dead(page, "submit")
    page.context.set_offline(False)
    expect(page.get_by_text(SAID)).to_be_hidden(timeout=PATIENCE_MS)
    assert served.order("state")["phase"] == "tuning"


@pytest.mark.parametrize("is_restarted", [False, True])
def test_tuning_begins_by_the_clock_for_a_page_without_a_line(
    serve: Callable[..., Served], people: People, is_restarted: bool
) -> None:
    served = serve([], show=SHOW.replace("question = 600", "question = 8"))
    page = people.open(served.links[SEAT], 1440, 900)
    page.wait_for_function("() => window.did_handshake")
    served.order("next")
    page.locator(".finalist-clock").wait_for(timeout=PATIENCE_MS)
    editor = page.get_by_label("System prompt")
    expect(editor).not_to_be_editable()
    if is_restarted:
        served.kill()
    else:
        cut(page)
    expect(editor).to_be_editable(timeout=PATIENCE_MS)
    editor.fill("Typed when the clock said so.")
    is_dead(page, "question")

    if is_restarted:
        served.start()
    else:
        page.context.set_offline(False)
    expect(page.get_by_role("button", name="Generate")).to_be_enabled(timeout=2 * PATIENCE_MS)
    expect(page.get_by_text(SAID)).to_be_hidden(timeout=PATIENCE_MS)
    expect(editor).to_be_editable()
    expect(editor).to_have_value("Typed when the clock said so.")
    page.wait_for_function(SENT)
    page.reload()
    expect(editor).to_have_value("Typed when the clock said so.")
