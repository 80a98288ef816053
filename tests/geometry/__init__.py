"""What of a page's texts is cut, out of sight or lies on another, found by where they stand."""

from pathlib import Path

from playwright.sync_api import Page

_LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")

BY_DESIGN = (
    *(".visually-hidden", ".host-canvas"),
    *(".opening-text", ".seat-place", ".one-line", ".two-lines", ".three-lines"),
    ".host-chair-name",
)
"""Not looked at: what screen readers read, the small stage, lines that are cut with a sign."""


def misplaced(page: Page) -> dict[str, list[str]]:
    """Texts that are cut, out of the window, or on one another, by kind; no empty kind."""
    page.evaluate("document.fonts.ready.then(() => 0)")
    found: dict[str, list[str]] = page.evaluate(_LOOK, ", ".join(BY_DESIGN))
    return {kind: texts for kind, texts in found.items() if texts}
