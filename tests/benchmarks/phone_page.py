"""The phone page on a slow phone and a slow network, in every language.

    PYTHONPATH=tests uv run python -m benchmarks.phone_page
    PYTHONPATH=tests uv run python -m benchmarks.phone_page --runs 9

Bytes are counted on a bare socket: status line, headers and compressed body. The times are those
of Chromium with a processor six times as slow and the network that its developer tools call “Slow
3G”: 2,000 ms to and fro, 50,000 bytes a second each way. “drawn” is the first text on the screen,
“may vote” the moment at which the letters can be tapped, with all answers there; both from the
start of the navigation, with an empty cache, while a vote is open. Exit code 1 if a page has more
than 14,336 bytes or needs more than one request and one socket.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from audience.phone_house import CODE, SCREEN, house, served
from audience.wire import over_the_wire
from in_browser import CHROMIUM, FLAGS
from playwright.async_api import Browser, Page, async_playwright
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from finale.show.phrase import LANGUAGES, Language

MOST_BYTES = 14_336
SLOW_3G = {
    "offline": False,
    "latency": 2_000,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
SLOWER = 6
PATIENCE_MS = 60_000
WATCH = """() => { new MutationObserver(() => {
    if (!window.mayVoteMs && document.querySelector('.vote button:not(:disabled)'))
        window.mayVoteMs = performance.now()
}).observe(document, { subtree: true, childList: true, attributes: true }) }"""
DRAWN = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass(frozen=True, slots=True)
class Opened:
    """One time that the page was opened: milliseconds, requests and sockets."""

    drawn_ms: float
    may_vote_ms: float
    requests: int
    sockets: int


@asynccontextmanager
async def slow_phone(browser: Browser, language: Language) -> AsyncIterator[Page]:
    """A page with an empty cache on a slow phone of that language."""
    context = await browser.new_context(viewport=SCREEN, locale=language)  # type: ignore[arg-type]
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", SLOW_3G)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.add_init_script(f"({WATCH})()")
    yield page
    await context.close()


async def opened(browser: Browser, host: str, language: Language) -> Opened:
    """Open the page once, up to the first tap that would count."""
    requests: list[str] = []
    sockets: list[str] = []
    async with slow_phone(browser, language) as page:
        page.on("request", lambda request: requests.append(request.url))
        page.on("websocket", lambda socket: sockets.append(socket.url))
        await page.goto(f"http://{host}/?{CODE}", timeout=PATIENCE_MS)
        await page.wait_for_function("() => window.mayVoteMs", timeout=PATIENCE_MS)
        drawn, may_vote = await page.evaluate(DRAWN), await page.evaluate("window.mayVoteMs")
    return Opened(drawn, may_vote, len(requests), len(sockets))


async def measure(runs: int, progress: Progress) -> dict[Language, tuple[int, list[Opened]]]:
    """By language: the bytes over the wire, and every run."""
    found: dict[Language, tuple[int, list[Opened]]] = {}
    bar = progress.add_task("phone page", total=runs * len(LANGUAGES))
    async with async_playwright() as playwright, open_vote() as host:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language in LANGUAGES:
            found[language] = (len(await over_the_wire(host, language)), [])
        for _ in range(runs):
            for language in LANGUAGES:
                found[language][1].append(await opened(browser, host, language))
                progress.advance(bar)
        await browser.close()
    return found


@asynccontextmanager
async def open_vote() -> AsyncIterator[str]:
    """A show in which the vote is open, and where it is."""
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder) / "data") as show, served(show.gateway) as host:
            await show.open_vote(dict.fromkeys("ABC", "word " * 250))
            yield host


def table_of(found: dict[Language, tuple[int, list[Opened]]]) -> Table:
    """Medians of the times, the most of requests and sockets."""
    table = Table("language", "bytes", "left", "requests", "sockets", "drawn", "may vote")
    for language, (size, runs) in found.items():
        table.add_row(
            language,
            f"{size:,}",
            f"{MOST_BYTES - size:,}",
            str(max(run.requests for run in runs)),
            str(max(run.sockets for run in runs)),
            f"{median(run.drawn_ms for run in runs) / 1000:.2f} s",
            f"{median(run.may_vote_ms for run in runs) / 1000:.2f} s",
        )
    return table


def main(runs: Annotated[int, typer.Option(min=1, help="How often to try.")] = 5) -> None:
    """Print sizes and medians of the times."""
    if CHROMIUM is None:
        raise typer.BadParameter("There is no Chromium here: install the package chromium.")
    console = Console(highlight=False, width=100)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        found = asyncio.run(measure(runs, progress))
    console.print(table_of(found))
    is_met = all(
        size <= MOST_BYTES and all((run.requests, run.sockets) == (1, 1) for run in every)
        for size, every in found.values()
    )
    console.print(
        f"Target, at most {MOST_BYTES:,} bytes in one request beside the socket: "
        f"{'met' if is_met else 'missed'}."
    )
    raise typer.Exit(int(not is_met))


if __name__ == "__main__":
    typer.run(main)
