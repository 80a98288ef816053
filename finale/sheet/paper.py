"""From the run sheet's HTML to a PDF, by a Chromium that is installed here."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("msedge", "microsoft-edge", "brave-browser"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
"""What it is called on one system or another."""

PATIENCE_S = 60
_FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class CannotPrint(Exception):
    """No PDF can be made; the text says what to do."""


def find_browser() -> str | None:
    """The program that prints, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def pdf_of(html: str, browser: str | None) -> bytes:
    """The pages as PDF, printed by `browser`. Raises CannotPrint."""
    if browser is None:
        raise CannotPrint(
            "A PDF needs Chromium or Chrome, and none is installed here. Install one, or write "
            "the sheet as HTML (--out run-sheet.html) and print that from any browser."
        )
    # A folder for its owner alone: the page has the role links in it.
    with tempfile.TemporaryDirectory(prefix="finale-sheet-") as folder:
        page, paper = Path(folder, "sheet.html"), Path(folder, "sheet.pdf")
        page.write_text(html, encoding="utf-8")
        said = _print(browser, page, paper)
        if not paper.exists():
            raise CannotPrint(f"{browser} printed nothing. {said}Write the sheet as HTML instead.")
        return paper.read_bytes()


def _print(browser: str, page: Path, paper: Path) -> str:
    """Have it print; the last line that it said."""
    # The superuser's Chromium starts only without its sandbox; the page is this program's own.
    is_superuser = hasattr(os, "geteuid") and os.geteuid() == 0
    words = [browser, *_FLAGS, *(["--no-sandbox"] if is_superuser else [])]
    words += [f"--user-data-dir={page.parent / 'profile'}", f"--print-to-pdf={paper}"]
    try:
        done = subprocess.run(
            [*words, page.as_uri()], capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"It took longer than {PATIENCE_S} s. "
    said = done.stderr.strip().splitlines()
    return f"It said: {said[-1]}. " if said else ""
