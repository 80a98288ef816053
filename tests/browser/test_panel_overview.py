"""The overview before the lock: every stem ends at its mean, and no tile leaves the scale."""

from collections.abc import Callable
from typing import Any

import pytest
from hall import PATIENCE_MS
from in_browser import People, Served
from playwright.sync_api import Page
from tablet import SEAT, mark_all, marking

WINDOWS = ((1024, 768), (768, 1024), (1024, 640))

# The means where the stems end, by letter; whether tiles lie on one another or leave the scale or
# the window; whether the lock and what leads back stand in the window.
SCALE = """() => {
    const box = part => part.getBoundingClientRect();
    const axis = box(document.querySelector(".overview-axis"));
    const tiles = [...document.querySelectorAll(".overview-flag .blind-tile")];
    const ends = [...document.querySelectorAll(".overview-stems line")].map(stem => {
        const [from, to] = [["x1", "y1"], ["x2", "y2"]].map(([x, y]) =>
            new DOMPoint(stem[x].baseVal.value, stem[y].baseVal.value)
                .matrixTransform(stem.getScreenCTM()));
        const tile = tiles.find(tile => Math.abs(
            (box(tile).left + box(tile).right) / 2 - from.x) < 1);
        return [tile.innerText, Math.abs(to.y - axis.top) <= 2 &&
            Math.round(100 * (1 + 4 * (to.x - axis.left) / axis.width)) / 100];
    });
    const middles = tiles.map(tile => (box(tile).left + box(tile).right) / 2);
    const beyond = middles.some(at => at < axis.left - 1 || at > axis.right + 1) ||
        tiles.some(tile => box(tile).left < 0 || box(tile).right > innerWidth);
    const lie = tiles.some((tile, i) => tiles.some((other, j) =>
        i < j && box(tile).left < box(other).right && box(other).left < box(tile).right));
    const low = [...document.querySelectorAll(".overview-row .button, .overview-hold")]
        .some(button => box(button).bottom > innerHeight);
    return [Object.fromEntries(ends), beyond, lie, low];
}"""

ALL = [
    {"A": 4.0, "B": 4.0, "C": 4.0, "D": 4.0, "E": 4.0},
    {"A": 5.0, "B": 5.0, "C": 5.0, "D": 5.0, "E": 4.5},
    {"A": 1.0, "B": 1.0, "C": 1.0, "D": 1.5, "E": 1.0},
    {"A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0, "E": 5.0},
]


def overview(tablet: Page, window: tuple[int, int], means: dict[str, float]) -> list[Any]:
    width, height = window
    tablet.set_viewport_size({"width": width, "height": height})
    shown = [f"{means[letter]:.1f}" for letter in "ABCDE"]
    tablet.wait_for_function(
        "shown => JSON.stringify([...document.querySelectorAll('.overview-mean')]"
        ".map(mean => mean.innerText)) === JSON.stringify(shown)",
        arg=shown,
        timeout=PATIENCE_MS,
    )
    found: list[Any] = tablet.evaluate(SCALE)
    return found


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_stems_end_at_the_means_and_tiles_stay_apart(
    serve: Callable[..., Served], people: People, window: tuple[int, int]
) -> None:
    served = serve([9, 8, 7, 6, 5])
    tablet = marking(served, people)
    mark_all(served, ALL[0])
    tablet.get_by_role("button", name="Check your five answers").click()
    found = []
    for means in ALL:
        mark_all(served, means)
        found.append(overview(tablet, window, means))
    assert found == [[means, False, False, False] for means in ALL]
    assert served.command("LockScorecards", SEAT, round=0) == {"events": ["ScorecardsLocked"]}
    assert people.complaints == []
