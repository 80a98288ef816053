"""One step a press: two quick presses, a key held down, two tabs; and what cannot be pressed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from hall import answer
from in_browser import People, Served
from playwright.sync_api import Page

JUDGE = [9, 8, 7, 6, 5]
QUICK_MS = 120
PATIENCE_MS = 20_000
NEXT = ".host-next-button:not([disabled]):not(.is-settling)"

# A press, and a second one so many milliseconds after the button was drawn anew.
PRESS_TWICE = """([how, pause]) => new Promise(done => {
    const next = () => document.querySelector(".host-next-button");
    const press = () => how === "click" ? next().click() : ["keydown", "keyup"].forEach(type =>
        document.body.dispatchEvent(new KeyboardEvent(type, {code: "Space", bubbles: true})));
    const first = next();
    new MutationObserver((_, watch) => {
        if (!next() || next() === first) return;
        watch.disconnect();
        setTimeout(() => { press(); done(next().ariaLabel); }, pause);
    }).observe(document.body, {subtree: true, childList: true});
    press();
})"""
PRESS_AT = """at => new Promise(done => setTimeout(() => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", {code: "Space", bubbles: true}));
    done();
}, at - Date.now()))"""
RELEASE = """document.body.dispatchEvent(new KeyboardEvent("keyup", {code: "Space"}))"""

BEFORE_TUNING = ("Show question 1", "Start tuning")
AFTER_TUNING = (
    *(f"Show answer {letter}" for letter in "ABCDE"),
    "Open the vote",
    "Close the vote",
    "Close the marks",
    "Reveal the judge’s marks",
    "Open the appeals",
)
AFTER_APPEALS = (
    *(f"Reveal the {what}" for what in ("experts", "audience", "totals")),
    *(f"Name place {place}" for place in (5, 4, 3, 2)),
    "Name the round’s winner",
    "Show the standings",
)


def ready(page: Page, label: str) -> None:
    """Next says `label` and can be pressed."""
    page.locator(f'{NEXT}[aria-label="{label}"]').wait_for(timeout=PATIENCE_MS)


def steps_taken(served: Served) -> int:
    """How many of the host's commands have changed the show, by its log."""
    with closing(sqlite3.connect(served.data / "show.db")) as log:
        row = log.execute("SELECT COUNT(DISTINCT cause) FROM entry WHERE by = 'host'").fetchone()
    return int(row[0])


@pytest.fixture
def reading(serve: Callable[[list[int]], Served]) -> Served:
    """A show whose answers can be shown one by one."""
    served = serve(JUDGE)
    for _ in BEFORE_TUNING:
        served.order("next")
    answer(served)
    return served


@pytest.mark.parametrize("how", ["key", "click"])
def test_two_quick_presses_take_one_step(reading: Served, people: People, how: str) -> None:
    host = people.open(reading.links["host"], 1440, 900)
    before = steps_taken(reading)
    for shown, then in (("A", "B"), ("B", "C")):
        ready(host, f"Show answer {shown}")
        assert host.evaluate(PRESS_TWICE, [how, QUICK_MS]) == f"Show answer {then}"
    ready(host, "Show answer C")
    assert steps_taken(reading) - before == 2


def test_a_key_that_is_held_down_takes_one_step(reading: Served, people: People) -> None:
    host = people.open(reading.links["host"], 1440, 900)
    before = steps_taken(reading)
    host.evaluate("window.presses = 0; addEventListener('click', () => { window.presses += 1 })")
    ready(host, "Show answer A")
    host.keyboard.down("Space")
    ready(host, "Show answer B")
    for _ in range(20):
        # Every further one is an auto-repeat, until the key is up.
        host.keyboard.down("Space")
    host.keyboard.up("Space")
    assert host.evaluate("window.presses") == 1
    host.keyboard.press("Space")
    ready(host, "Show answer C")
    assert (host.evaluate("window.presses"), steps_taken(reading) - before) == (2, 2)


def press_at_once(tabs: tuple[Page, Page], label: str) -> None:
    """Both tabs press Next in the same instant, and hold it until the step is taken."""
    for tab in tabs:
        ready(tab, label)
    at = tabs[0].evaluate("Date.now()") + 150
    for tab in tabs:
        tab.evaluate(f"window.pressed = ({PRESS_AT})({at}); 0")
    for tab in tabs:
        tab.evaluate("window.pressed")
        tab.locator(f'.host-next-button[aria-label="{label}"]').wait_for(
            state="detached", timeout=PATIENCE_MS
        )
        tab.evaluate(RELEASE)


def test_two_tabs_that_press_next_at_once_take_one_step(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    served = serve(JUDGE)
    tabs = tuple(people.open(served.links["host"], 1440, 900) for _ in range(2))
    taken = 0
    for steps, between in (
        (BEFORE_TUNING, lambda: answer(served)),
        (AFTER_TUNING, lambda: served.order("skip", seconds=5)),
        (AFTER_APPEALS, lambda: None),
    ):
        for label in steps:
            press_at_once((tabs[0], tabs[1]), label)
            taken += 1
            assert steps_taken(served) == taken
        between()
    for tab in tabs:
        ready(tab, "Show question 2")
    assert (steps_taken(served), people.complaints) == (21, [])


def test_a_button_that_is_off_is_drawn_so(
    serve: Callable[[list[int]], Served], people: People
) -> None:
    host = people.open(serve(JUDGE).links["host"], 1440, 900)
    ready(host, "Show question 1")
    look = "button => { const s = getComputedStyle(button); return [s.borderTopStyle, s.opacity] }"
    names = ("Break", "Hold", "Blackout", "Lock keys")
    seen = {name: host.get_by_role("button", name=name).evaluate(look) for name in names}
    off, on = ["dashed", "1"], ["solid", "1"]
    assert seen == {"Break": off, "Hold": on, "Blackout": on, "Lock keys": on}
