"""The stage in every language in a browser: nothing is cut or covered; Arabic from the right."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from gallery.__main__ import opened, served
from gallery.screens import SCREENS
from gallery.tale import moments
from hall import PATIENCE_MS, SETTLED
from in_browser import People
from playwright.sync_api import Page

from finale.show.phrase import LANGUAGES, Language

[STAGE] = [screen for screen in SCREENS if screen.name == "stage"]
[OVERLAY] = [screen for screen in SCREENS if screen.name == "overlay"]

TEXTS = """() => {
    const bare = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const seen = e => getComputedStyle(e).visibility !== 'hidden' && e.getClientRects().length;
    const all = [...document.querySelectorAll('.stage-canvas *')];
    return all.filter(e => bare(e) && seen(e) && !e.closest('svg')).map(e => {
        const range = document.createRange();
        range.selectNodeContents(e);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(e).fontSize);
        const isClock = e.dataset.form !== undefined;
        return { text: e.textContent, left, right, top, bottom, size, isClock };
    });
}"""
"""Every text on the canvas: where its letters lie, in pixels of 1920×1080."""

FITTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""The page fits its texts in the frame after they were drawn."""

CUT = """() => [...document.querySelectorAll('.stage-canvas [data-ladder]')]
    .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 5)
    .map(e => e.textContent)"""


@contextmanager
def on_stage(name: str, language: Language, people: People) -> Iterator[Page]:
    """The stage of the gallery's tale at that moment."""
    [moment] = [one for one in moments(language) if one.name == name]
    with served(moment) as show:
        page = opened(show, STAGE, people)
        page.wait_for_selector(".scene", timeout=PATIENCE_MS)
        page.evaluate(FITTED)
        page.evaluate(SETTLED)
        yield page


def covered(texts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other by more than the blank of their lines."""
    found = []
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            lines = min(t["bottom"] - t["top"] for t in (one, other))
            if across > 2 and down > 0.3 * lines:
                found.append((one["text"], other["text"]))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["lobby", "standings-again"])
def test_no_text_is_cut_covered_or_small(name: str, language: Language, people: People) -> None:
    with on_stage(name, language, people) as page:
        texts = page.evaluate(TEXTS)
        assert len(texts) > 10
        assert page.evaluate(CUT) == []
        assert [text for text in texts if text["size"] < 32] == []
        assert covered(texts) == []
        outside = [t for t in texts if t["left"] < 90 or t["right"] > 1830 or t["bottom"] > 1044]
        assert outside == []
        assert page.evaluate("document.documentElement.lang") == language


def test_arabic_runs_from_the_right_and_letters_do_not(people: People) -> None:
    with on_stage("marking", "ar", people) as page:
        assert page.evaluate("document.documentElement.dir") == "rtl"
        mark = page.locator(".name-mark").bounding_box()
        clock = page.locator(".stage-countdown").bounding_box()
        assert mark is not None
        assert clock is not None
        assert mark["x"] > 960 > clock["x"] + clock["width"]

        tiles = page.locator(".marking-tiles .blind-tile")
        boxes = [tiles.nth(n).bounding_box() for n in range(tiles.count())]
        lefts = [box["x"] for box in boxes if box is not None]
        assert tiles.all_text_contents() == list("ABCDE")
        assert lefts == sorted(lefts)
        spacing = page.evaluate(
            "getComputedStyle(document.querySelector('.stage-headline')).letterSpacing"
        )
        assert spacing in ("0px", "normal")


def test_an_overlay_speaks_the_language_of_its_address(people: People) -> None:
    [moment] = [one for one in moments("de") if one.name == "standings"]
    with served(moment) as show:
        address = show.links["stage"].removesuffix("stage") + "overlay"
        said = {}
        for query in ("", "?lang=ja", "?lang=en"):
            page = people.open(address + query, OVERLAY.width, OVERLAY.height)
            caption = page.locator(".overlay-caption")
            caption.wait_for(timeout=PATIENCE_MS)
            language = page.evaluate("document.documentElement.lang")
            said[query] = (language, caption.text_content())
            page.context.close()
    assert said == {
        "": ("de", "Nach Runde 1"),
        "?lang=ja": ("ja", "ラウンド1終了後"),
        "?lang=en": ("en", "After round 1"),
    }
