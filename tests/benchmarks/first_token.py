"""What drafter and page add to a model's stream: time to the first token and to the end.

    PYTHONPATH=tests uv run python -m benchmarks.first_token
    PYTHONPATH=tests uv run python -m benchmarks.first_token --runs 9 --words 200

One stand-in, in a process of its own, is read in turn by a bare httpx stream; by the drafter up to
the console's listener; by the console's page, from the press on Generate to the frame on its socket
that brings the word to the browser; and, one at a time, by Chromium, from the click to the word in
the document. One finalist, then five at once. Exit code 1 if the page's socket has the first token
more than 10 ms later than the bare stream, or takes more than 1.05 times as long.
"""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from benchmarks import ways
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

MOST_MS, MOST_RATIO = 10.0, 1.05
BARE, DRAFTER = "bare httpx stream", "drafter, to the listener"
PAGE, CHROMIUM = "page, to its socket", "page in Chromium"


@dataclass(slots=True)
class Found:
    """All that was measured: by how many at once, and by way."""

    taken: dict[tuple[int, str], list[ways.Taken]] = field(default_factory=dict)

    def add(self, many: int, way: str, taken: list[ways.Taken]) -> None:
        """One run of one way."""
        self.taken.setdefault((many, way), []).extend(taken)

    def medians(self, many: int, way: str) -> ways.Taken:
        """Over runs and finalists."""
        of = self.taken[many, way]
        return ways.Taken(median(t.first_s for t in of), median(t.total_s for t in of))

    def added(self, many: int, way: str) -> tuple[float, float]:
        """Milliseconds more than bare to the first token, and the ratio of the totals."""
        own, least = self.medians(many, way), self.medians(many, BARE)
        return (own.first_s - least.first_s) * 1000, own.total_s / least.total_s


async def measure(pace: ways.Pace, runs: int, progress: Progress) -> Found:
    """Every way once to warm up, then in turn, `runs` times."""
    found = Found()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        base = await stack.enter_async_context(ways.standing_in(pace))
        show = await stack.enter_async_context(ways.served(folder / "page", base))
        all_ways: dict[str, ways.Way] = {
            BARE: await stack.enter_async_context(ways.bare(base)),
            DRAFTER: await stack.enter_async_context(ways.by_drafter(folder / "drafter", base)),
            PAGE: await stack.enter_async_context(ways.by_page(show)),
        }
        chromium = await stack.enter_async_context(ways.by_chromium(show))
        alone = all_ways | ({CHROMIUM: chromium} if chromium is not None else {})
        bar = progress.add_task("first token", total=(len(alone) + len(all_ways)) * (runs + 1))
        for many, those in ((1, alone), (len(ways.SEATS), all_ways)):
            for run in range(runs + 1):
                for name, way in those.items():
                    taken = await asyncio.gather(*(way.ask(s) for s in ways.SEATS[:many]))
                    if run > 0:
                        found.add(many, name, list(taken))
                    progress.advance(bar)
    return found


def table_of(found: Found) -> Table:
    """Medians, and what they are beside the bare stream."""
    table = Table("at once", "way", "first token", "more", "ratio", "in all", "ratio", "answers")
    for many, way in found.taken:
        own, least = found.medians(many, way), found.medians(many, BARE)
        more_ms, ratio = found.added(many, way)
        table.add_row(
            str(many),
            way,
            f"{own.first_s * 1000:.1f} ms",
            f"{more_ms:+.1f} ms",
            f"{own.first_s / least.first_s:.3f}",
            f"{own.total_s:.3f} s",
            f"{ratio:.3f}",
            str(len(found.taken[many, way])),
        )
    return table


def main(
    runs: Annotated[int, typer.Option(min=1, help="How often to try.")] = 7,
    first: Annotated[float, typer.Option(help="Seconds before the first word.")] = 0.3,
    pause: Annotated[float, typer.Option(help="Seconds after each word.")] = 0.025,
    words: Annotated[int, typer.Option(min=1, help="Words of an answer.")] = 80,
) -> None:
    """Print the medians, with their ratios to the bare stream."""
    console = Console(highlight=False, width=100)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        found = asyncio.run(measure(ways.Pace(first, pause, words), runs, progress))
    console.print(table_of(found))
    added = [found.added(many, PAGE) for many in (1, len(ways.SEATS))]
    is_met = all(more <= MOST_MS and ratio <= MOST_RATIO for more, ratio in added)
    console.print(
        f"Target, {PAGE}: first token at most {MOST_MS:+g} ms, in all at most {MOST_RATIO:g}: "
        f"{'met' if is_met else 'missed'}."
    )
    raise typer.Exit(int(not is_met))


if __name__ == "__main__":
    typer.run(main)
