"""A whole book in the clipboard: what is far too long is not taken in, and no key waits for it."""

from collections.abc import Callable

from hall import PATIENCE_MS
from in_browser import People, Served
from playwright.sync_api import Page, expect

# The quickest of three ways to lay the text out anew, in milliseconds.
LAYOUT_MS = """([area, text]) => Math.min(...[1, 2, 3].map((round) => {
    area.value = "";
    area.scrollHeight;
    const before = performance.now();
    area.value = text + round;
    area.scrollHeight;
    return performance.now() - before;
}))"""


def console(serve: Callable[[list[int]], Served], people: People) -> Page:
    """Vera's console in tuning."""
    served = serve([])
    served.order("next")
    served.order("next")
    page = people.open(served.links["finalist-v"], 1440, 900)
    page.get_by_role("button", name="Generate").wait_for(timeout=PATIENCE_MS)
    return page


def paste(page: Page, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("ControlOrMeta+V")


def test_far_too_long_a_paste_changes_nothing(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    page = console(serve, people)
    prompt = page.get_by_label("System prompt")
    prompt.fill("Be kind.")
    prompt.press("ControlOrMeta+A")
    paste(page, "x" * 100_000)
    expect(page.locator(".kept-over")).to_have_text(
        "Not pasted: it has 100,000 characters, and 4,000 are allowed. Your text is as it was."
    )
    expect(prompt).to_have_value("Be kind.")
    prompt.press("End")
    page.keyboard.type(" Be short.")
    expect(page.locator(".kept-over")).to_have_count(0)
    page.reload()
    expect(prompt).to_have_value("Be kind. Be short.")
    assert people.complaints == []


def test_a_paste_that_can_be_shortened_is_taken_in(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    page = console(serve, people)
    prompt = page.get_by_label("System prompt")
    prompt.fill("Be kind.")
    paste(page, "x" * 5_000)
    expect(page.locator(".kept-over")).to_have_text("1,008 characters too many; nothing was cut.")
    expect(prompt).to_have_value("Be kind." + "x" * 5_000)


def test_a_text_without_a_space_is_laid_out_like_any_other(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    area = console(serve, people).get_by_label("System prompt").element_handle()
    words, word = (
        area.evaluate(f"(area, text) => ({LAYOUT_MS})([area, text])", text)
        for text in ("to be or " * 2_200, "x" * 19_800)
    )
    # Both take some milliseconds; with kerning the second takes some seventy times as many.
    assert word < 10 * max(words, 5)
