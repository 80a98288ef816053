"""The host's desk in ordinary windows: what moves the show is in sight, and no figure is cut."""

from collections.abc import Callable

from browser.test_small_windows import to_appeals
from geometry import misplaced
from hall import PATIENCE_MS, answer, picture
from in_browser import People, Served
from playwright.sync_api import Page

SIZES = ((1440, 900), (1024, 768), (1024, 660), (1280, 720), (1366, 657))
KEYS = ("Next", "Hold", "Break", "Blackout", "Undo", "Lock keys", "Put right", "Preflight", "Links")

# How much the page is wider and taller than its window; which keys are not in it, and what else is
# not. Texts: geometry.misplaced.
FAULTS = """async (keys) => {
    for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
    const root = document.documentElement;
    const all = (selector) =>
        [...document.querySelectorAll(selector)].filter((part) => part.checkVisibility());
    const isOut = (part) => {
        const box = part.getBoundingClientRect();
        return box.right > innerWidth || box.top < 0 || box.bottom > innerHeight;
    };
    const isIt = (button, key) => button.innerText.startsWith(key) && !isOut(button);
    const gone = keys.filter((key) => !all("button").some((button) => isIt(button, key)));
    const out = all(".host-digits .clock, .host-wall-clock, .host-desk button").filter(
        (part) => isOut(part) && !part.closest(".host-seats"));
    return [root.scrollWidth - innerWidth, root.scrollHeight - innerHeight, gone,
        out.map((part) => part.innerText)];
}"""
NONE = [0, 0, [], [], {}]


def faults(page: Page, moment: str) -> dict[tuple[int, int], object]:
    """What is wrong in every window."""
    page.evaluate("document.fonts.ready.then(() => 0)")
    found: dict[tuple[int, int], object] = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found[width, height] = [*page.evaluate(FAULTS, KEYS), misplaced(page)]
        if (width, height) == (1024, 768):
            picture(page, f"window-{moment}-host")
    return found


def test_the_desk_is_in_sight_in_every_window(serve: Callable[..., Served], people: People) -> None:
    served = serve([9, 8, 7, 6, 5], reason="It forgets the neighbours. " * 20)
    host = people.open(served.links["host"], 1440, 900)
    host.get_by_text("Doors open").wait_for(timeout=PATIENCE_MS)
    found = {"doors": faults(host, "doors")}
    for _ in range(2):
        served.order("next")
    host.locator(".host-clock-head", has_text="Tuning").wait_for(timeout=PATIENCE_MS)
    found["tuning"] = faults(host, "tuning")
    answer(served, "Offer cover with conditions. " * 40)
    for criterion in ("generalization", "response_quality", "efficiency"):
        values = {"round": 0, "letter": "A", "criterion": criterion, "mark": 4}
        served.command("MarkScorecard", "panel-1", **values)
    for _ in range(6):
        served.order("next")
    host.get_by_role("button", name="Close the vote").wait_for(timeout=PATIENCE_MS)
    found["marking"] = faults(host, "marking")
    to_appeals(served)
    host.locator(".badge", has_text="no scorecard for 4 of 5").wait_for(timeout=PATIENCE_MS)
    host.get_by_role("cell", name="100.0").first.wait_for(timeout=PATIENCE_MS)
    found["appeals"] = faults(host, "appeals")

    assert found == {moment: dict.fromkeys(SIZES, NONE) for moment in found}
    assert people.complaints == []
