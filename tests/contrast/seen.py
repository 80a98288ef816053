"""Which colours stand on which on an open page, found by looking at every text on it."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from contrast.pairs import Use, pairs
from finale.pages.colours import theme_colours

_LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Seen:
    """A text, or the edge of a control, in its colour on its ground, as #RRGGBB.

    `is_large` is by WCAG, None for an edge; `where` is one place of it.
    """

    ink: str
    ground: str
    is_large: bool | None
    where: str


def seen_on(page: Page) -> list[Seen]:
    """Every text and every control's edge on the page."""
    return [Seen(*found) for found in page.evaluate(_LOOK)]


def strangers(page: Page, *, is_stage: bool) -> list[str]:
    """What stands on the page and not in the table, or is too small for the stage's level."""
    names = {colour: token for token, colour in theme_colours().items()}
    known = {(pair.ink, pair.ground, pair.use) for pair in pairs()}
    found = []
    for seen in seen_on(page):
        ink, ground = names.get(seen.ink, seen.ink), names.get(seen.ground, seen.ground)
        text: Use = "stage text" if is_stage else "text"
        use: Use = "edge" if seen.is_large is None else text
        is_small = is_stage and seen.is_large is False
        if (ink, ground, use) not in known or is_small:
            found.append(f"{ink} on {ground}{', small' if is_small else ''}: {seen.where}")
    return found
