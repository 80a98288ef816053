"""Long tasks on the stage's page during a reveal, beside those of a bare NiceGUI page.

    PYTHONPATH=tests uv run python -m benchmarks.stage_tasks
    PYTHONPATH=tests uv run python -m benchmarks.stage_tasks --runs 9

A task is long above 50 ms of the page's one thread, by the browser's Long Tasks API. One Chromium
has both pages open in turn: the stage from before the experts' marks to the standings, one step a
second, and for as long the bare page, whose one line of text changes once a second. What both do
while they load is counted apart. Exit code 1 if the stage has a long task during the reveal and the
bare page has none.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from hall import answer
from in_browser import CHROMIUM, FLAGS, People, Served, free_port
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.progress import track
from rich.table import Table

STEPS = 10
STEP_S = 1.0
WATCH = """() => { window.tasks = []; new PerformanceObserver(list => {
    for (const one of list.getEntries()) window.tasks.push(one.duration);
}).observe({type: "longtask", buffered: true}); }"""
TAKEN = "() => new Promise(go => setTimeout(() => go(window.tasks.splice(0)), 200))"


@dataclass(frozen=True, slots=True)
class Tasks:
    """How long each long task took, in milliseconds: while loading, and afterwards."""

    loading: tuple[float, ...]
    after: tuple[float, ...]


def watched(page: Page) -> tuple[float, ...]:
    """Begin to count on a page that stands; the long tasks of its loading."""
    page.wait_for_function("() => window.did_handshake === true")
    page.evaluate(WATCH)
    page.wait_for_timeout(2000)
    return tuple(page.evaluate(TAKEN))


def stage_tasks(browser: Browser) -> Tasks:
    """A reveal on the stage, one step a second, from before the experts' marks."""
    with tempfile.TemporaryDirectory() as folder:
        served, people = Served(Path(folder), [9, 8, 7, 6, 5]), People(browser)
        try:
            to_the_reveal(served)
            page = people.open(served.links["stage"], 1920, 1080)
            loading = watched(page)
            for _ in range(STEPS):
                served.order("next")
                time.sleep(STEP_S)
            return Tasks(loading, tuple(page.evaluate(TAKEN)))
        finally:
            people.close()
            served.stop()


def to_the_reveal(served: Served) -> None:
    """Everything up to the judge's marks, with the appeals over."""
    served.order("next")
    served.order("next")
    answer(served, "Offer cover with conditions. " * 30)
    for _ in range(8):
        served.order("next")
    served.order("wait for tally")
    served.order("wait for verdicts")
    served.order("next")
    served.order("next")
    served.order("skip", seconds=6)
    served.order("wait for phase", phase="reveal")


@contextmanager
def bare_server() -> Iterator[str]:
    """The address of the bare page."""
    port = free_port()
    words = [sys.executable, "-m", "benchmarks.bare_page", str(port)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        while "ready" not in server.stdout.readline():
            pass
        yield f"http://127.0.0.1:{port}/"
        server.terminate()


def bare_tasks(browser: Browser, address: str) -> Tasks:
    """The bare page for as long."""
    people = People(browser)
    page = people.open(address, 1920, 1080)
    loading = watched(page)
    page.wait_for_timeout(STEPS * STEP_S * 1000)
    found = Tasks(loading, tuple(page.evaluate(TAKEN)))
    people.close()
    return found


def main(
    runs: Annotated[int, typer.Option(min=1, help="How often each page is measured.")] = 3,
) -> None:
    """Print how many long tasks each page had, and how long they took."""
    console = Console(highlight=False)
    flags = [flag for flag in FLAGS if "reduced-motion" not in flag]
    found: dict[str, list[Tasks]] = {"stage, a reveal": [], "bare NiceGUI page": []}
    with sync_playwright() as playwright, bare_server() as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        for _ in track(range(runs), console=console):
            found["bare NiceGUI page"].append(bare_tasks(browser, address))
            found["stage, a reveal"].append(stage_tasks(browser))
        browser.close()
    table = Table("page", "while loading", "afterwards", "longest afterwards")
    for name, of in found.items():
        longest = max((task for one in of for task in one.after), default=0.0)
        table.add_row(
            name,
            said([one.loading for one in of]),
            said([one.after for one in of]),
            f"{longest:.0f} ms",
        )
    console.print(table, f"Long tasks (over 50 ms) in {runs} runs of {STEPS * STEP_S:.0f} s each.")
    stage, bare = (sum(len(one.after) for one in of) for of in found.values())
    raise typer.Exit(int(stage > 0 and bare == 0))


def said(of: list[tuple[float, ...]]) -> str:
    """How many, and how long in all."""
    tasks = [task for one in of for task in one]
    return f"{len(tasks)}, {sum(tasks):.0f} ms"


if __name__ == "__main__":
    typer.run(main)
