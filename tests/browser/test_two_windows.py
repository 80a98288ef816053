"""One seat open in two windows: what is typed in one is in the other, and no word is lost."""

from collections.abc import Callable

from hall import PATIENCE_MS, answer, picture
from in_browser import People, Served
from playwright.sync_api import Page, expect

SEAT = "finalist-v"
LONG = "Decide first, then give reasons. " * 20
OTHER = "Another window’s text is kept."
SENT = "() => !Object.keys(sessionStorage).some(key => /:(prompt|note):/.test(key))"
"""The server holds everything that was typed here."""


def cut(page: Page) -> None:
    """The line breaks, and no new one can be opened."""
    page.context.set_offline(True)
    page.evaluate("window.socket.io.engine.close()")
    page.wait_for_function("() => !window.socket.connected")


def windows(served: Served, people: People) -> tuple[Page, Page]:
    served.order("next")
    served.order("next")
    first = people.open(served.links[SEAT], 1440, 900)
    second = people.open(served.links[SEAT], 1024, 640)
    for page in (first, second):
        expect(page.get_by_label("System prompt")).to_be_editable(timeout=PATIENCE_MS)
        page.wait_for_function("() => window.did_handshake")
    return first, second


def test_what_is_typed_in_one_window_is_in_the_other(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    first, second = windows(serve([]), people)
    first.get_by_label("System prompt").fill(LONG)
    first.get_by_role("button", name="Temperature up").click()
    expect(second.get_by_label("System prompt")).to_have_value(LONG)
    expect(second.locator(".kept-count")).to_have_text("660 of 4,000 characters")
    expect(second.locator(".dial-value")).to_have_text(["0.75", "0.90"])

    second.get_by_label("System prompt").press("End")
    second.get_by_label("System prompt").press("b")
    both = second.get_by_label("System prompt").input_value()
    assert len(both) == len(LONG) + 1
    expect(first.get_by_label("System prompt")).to_have_value(both)
    first.reload()
    expect(first.get_by_label("System prompt")).to_have_value(both)
    expect(first.locator(".dial-value")).to_have_text(["0.75", "0.90"])
    expect(first.get_by_text(OTHER)).to_have_count(0)
    first.get_by_role("button", name="Generate").click()
    expect(second.locator(".draft-card")).to_have_count(1, timeout=PATIENCE_MS)
    assert people.complaints == []


def test_a_text_that_is_written_over_unseen_is_one_press_away(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    first, second = windows(served, people)
    cut(second)
    second.get_by_label("System prompt").fill("Typed without a line.")
    first.get_by_label("System prompt").fill(LONG)
    first.wait_for_function(SENT)

    second.context.set_offline(False)
    for page in (first, second):
        expect(page.get_by_text(OTHER)).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_label("System prompt")).to_have_value("Typed without a line.")
    picture(first, "two-windows-1440-finalist")
    picture(second, "two-windows-1024-finalist")
    served.kill()
    served.start()
    first.reload()
    expect(first.get_by_text(OTHER)).to_be_visible(timeout=PATIENCE_MS)
    first.get_by_role("button", name="Show it").click()
    for page in (first, second):
        expect(page.get_by_label("System prompt")).to_have_value(LONG, timeout=PATIENCE_MS)
    first.get_by_role("button", name="Show it").click()
    expect(first.get_by_label("System prompt")).to_have_value("Typed without a line.")


def test_a_line_that_breaks_alone_sets_nothing_aside(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    first, second = windows(served, people)
    first.get_by_label("System prompt").fill("Half a thought")
    expect(second.get_by_label("System prompt")).to_have_value("Half a thought")
    served.kill()
    first.get_by_label("System prompt").fill("Half a thought, gone on.")
    served.start()
    for page in (first, second):
        expect(page.get_by_label("System prompt")).to_have_value(
            "Half a thought, gone on.", timeout=2 * PATIENCE_MS
        )
        expect(page.get_by_text(OTHER)).to_have_count(0)


def test_an_experts_note_is_in_both_windows(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([9, 7, 5, 5, 3])
    served.order("next")
    served.order("next")
    answer(served)
    served.order("next")
    pages = [people.open(served.links["panel-1"], 1024, 768) for _ in range(2)]
    notes = [page.get_by_label("Private note on A") for page in pages]
    for note, page in zip(notes, pages, strict=True):
        note.wait_for(timeout=PATIENCE_MS)
        page.wait_for_function("() => window.did_handshake")
    notes[0].fill("Stock phrases, but a clear decision.")
    expect(notes[1]).to_have_value("Stock phrases, but a clear decision.")
    cut(pages[1])
    notes[1].fill("Fits.")
    notes[0].fill("Fitting, and well said.")
    pages[0].wait_for_function(SENT)
    pages[1].context.set_offline(False)
    for page, note in zip(pages, notes, strict=True):
        expect(page.get_by_text(OTHER)).to_be_visible(timeout=PATIENCE_MS)
        expect(note).to_have_value("Fits.")
    picture(pages[0], "two-windows-panel")
