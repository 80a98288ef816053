"""Small windows, and pages zoomed to 200 %: nothing runs off, no button covers another."""

from collections.abc import Callable

from hall import answer
from in_browser import People, Served
from playwright.sync_api import Page

from finale.pages.finalist_lobby import LEAST_WINDOW

PATIENCE_MS = 20_000

# Zoomed to 200 %, a window of 1440×900 has 720×450 of the page's own pixels; such a page scrolls.
WINDOWS = (
    ("host", 720, 450),
    ("host", 1024, 768),
    ("panel-1", 512, 384),
    ("panel-1", 384, 512),
    ("panel-1", 1024, 640),
    ("panel-1", 1024, 768),
    ("panel-1", 768, 1024),
    ("finalist-v", 1024, 768),
    ("finalist-v", *LEAST_WINDOW),
    ("finalist-v", 1366, 657),
)
ZOOMED = 720

# How far the page runs off sideways and downwards, pairs of buttons that lie on one another,
# buttons that are out of sight, and what its own box has no room for. Next may lie on what scrolls
# under it, and what stands in a list is reached by scrolling the list.
FAULTS = """zoomed => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    const isZoomed = innerWidth <= zoomed;
    const tall = isZoomed ? 0 : document.documentElement.scrollHeight - innerHeight;
    const low = (button, box) => !isZoomed && box.bottom > innerHeight + 1 &&
        !button.closest(".scrolls, .panel-backing");
    const under = (button, list) => list &&
        button.getBoundingClientRect().bottom > list.getBoundingClientRect().bottom + 1;
    const buttons = [...document.querySelectorAll("button")].filter(button =>
        button.checkVisibility({visibilityProperty: true}) && !button.closest(".host-next") &&
        !under(button, button.closest(".host-seats")));
    const boxes = buttons.map(button => button.getBoundingClientRect());
    const lies = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 &&
        a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const pairs = boxes.flatMap((box, i) => boxes.slice(0, i).flatMap((other, j) =>
        lies(box, other) ? [`${buttons[j].innerText} / ${buttons[i].innerText}`] : []));
    const out = buttons.filter((_, i) => boxes[i].left < 0 || boxes[i].right > innerWidth + 1 ||
        low(buttons[i], boxes[i]));
    const full = [...document.querySelectorAll("h1, .finalist-clock, .stream-head, .stat")].filter(
        part => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1);
    return [wide, tall, pairs, ...[out, full].map(parts => parts.map(part => part.innerText))];
}"""
NONE = [0, 0, [], [], []]


def to_appeals(served: Served) -> None:
    """Close vote and marks, show the judge's marks, open the appeals."""
    served.order("wait for verdicts")
    served.order("next")
    served.order("next")
    served.order("wait for tally")
    served.order("next")
    served.order("next")


def test_small_windows_hold_every_button(serve: Callable[..., Served], people: People) -> None:
    served = serve([9, 8, 7, 6, 5], reason="It forgets the neighbours. " * 20)
    pages = {window: people.open(served.links[window[0]], *window[1:]) for window in WINDOWS}
    found: dict[str, dict[tuple[str, int, int], object]] = {}

    def look(moment: str, **shown: str) -> None:
        for window, page in pages.items():
            wait_for(page, shown[window[0].split("-")[0]])
        found[moment] = {window: page.evaluate(FAULTS, ZOOMED) for window, page in pages.items()}

    look("lobby", host="Doors open", panel="You are in.", finalist="Welcome, Vera.")
    served.order("next")
    served.order("next")
    look("tuning", host="If time runs out now", panel="tuning", finalist="Your drafts")
    answer(served, "Offer cover with conditions. " * 40)
    for _ in range(6):
        served.order("next")
    look("marking", host="Close the vote", panel="Response quality", finalist="Marking.")
    to_appeals(served)
    look("appeals", host="Owner", panel="The judge on A", finalist="Was the judge wrong?")
    served.command("FileAppeal", "finalist-v", round=0, letter="A", ground="factual error")
    look("a vote", host="Appeal: factual", panel="Uphold appeal", finalist="is filed.")

    assert found == {moment: dict.fromkeys(pages, NONE) for moment in found}
    assert people.complaints == []


def wait_for(page: Page, text: str) -> None:
    page.get_by_text(text).filter(visible=True).first.wait_for(timeout=PATIENCE_MS)
    page.evaluate("document.fonts.ready.then(() => 0)")
