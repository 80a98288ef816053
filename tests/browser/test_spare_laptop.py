"""A finalist goes on at a spare laptop in mid-tuning: the host makes a new link by clicking."""

import re
from collections.abc import Callable

from doorway import Opened, cookies, line, opened, status_of, visitor
from hall import PATIENCE_MS, hold, picture, put_right
from in_browser import People, Served
from playwright.sync_api import Page, expect

SEAT = "finalist-v"
PINNED_TEXT = "Say what you would insure."
LATER_TEXT = f"{PINNED_TEXT} Name the deductible first."
MOVED = (
    "This seat has moved to another device. Everything typed is there. "
    "If you are to go on here, ask the host for a new link."
)
DEAD_LINK = "This link is not one of this show’s. Ask the host for the current one."

# The browser keeps its own copy of what is typed until the server has it.
ALL_SENT = "() => !Object.keys({...sessionStorage}).some(key => key.endsWith('prompt:finalist-v'))"


def work(page: Page) -> None:
    """One draft, pinned; then the prompt goes on."""
    page.get_by_label("System prompt").fill(PINNED_TEXT)
    page.get_by_role("button", name="Generate").click()
    page.get_by_role("button", name="Pin").click(timeout=PATIENCE_MS)
    expect(page.get_by_text("At 0:00 your pinned draft is submitted.")).to_be_visible()
    page.get_by_label("System prompt").fill(LATER_TEXT)
    page.wait_for_function(ALL_SENT)


def hand_over(host: Page) -> str:
    """The host clicks the new link; what the dialog shows."""
    put_right(host, "New link for a seat", {"Seat": "Vera Example"})
    hold(host, "Hold: New link for Vera Example")
    expect(host.get_by_text("The new link of Vera Example")).to_be_visible()
    picture(host, "spare-1-new-link")
    return host.locator(".host-link-address").filter(visible=True).inner_text()


def test_everything_is_there_on_the_spare_laptop_and_the_old_one_can_do_nothing(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve([])
    served.order("next")
    served.order("next")
    host = people.open(served.links["host"], 1440, 900)
    old = people.open(served.links[SEAT], 1440, 900)
    work(old)
    with visitor(served, SEAT) as stubborn:
        page = opened(stubborn.get("/finalist").text, "Alt+G")
        cookie = {"Cookie": cookies(stubborn, SEAT)}
        # A page that will not go: its socket was let in while the seat was its own.
        with line(served, page.client_id, **cookie) as socket:
            link = hand_over(host)
            socket.say("event", **press(page))
        after = {
            "page": stubborn.get("/finalist").text,
            "link": stubborn.get(served.links[SEAT]).text,
            "socket": status_of(served, page.client_id, **cookie),
        }
    assert after == {"page": MOVED, "link": DEAD_LINK, "socket": 403}
    expect(old.locator("body")).to_have_text(MOVED)
    new = people.open(link, 1440, 900)
    check_all_there(new)
    assert people.complaints == [
        "Failed to load resource: the server responded with a status of 403 (Forbidden)"
    ]


def press(page: Opened) -> dict[str, object]:
    """A press on the button of that page, as its browser would say it."""
    return {
        "id": page.button,
        "client_id": page.client_id,
        "listener_id": page.listener,
        "args": [],
    }


def check_all_there(page: Page) -> None:
    """The text as typed last, the pinned draft, and no draft that nobody asked for; it works."""
    expect(page.get_by_label("System prompt")).to_have_value(LATER_TEXT)
    expect(page.get_by_role("heading", name=re.compile("^Draft "))).to_have_text(["Draft 1"] * 2)
    expect(page.get_by_text("At 0:00 your pinned draft is submitted.")).to_be_visible()
    picture(page, "spare-2-new-laptop")
    page.get_by_role("button", name="Generate").click()
    expect(page.locator(".draft-card")).to_have_count(2, timeout=PATIENCE_MS)
