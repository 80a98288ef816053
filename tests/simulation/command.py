"""Plays many simulated shows, or tells the story of one.

    uv run python tests/simulate.py --shows 10000 --jobs 2    seeds 0 to 9999
    uv run python tests/simulate.py --shows 500 --from 20000  seeds 20000 to 20499
    uv run python tests/simulate.py --seed 48                 the story of seed 48
    uv run python tests/simulate.py --plant "two tabs take two steps"

The first broken promise ends the run with its seed, its name and the last lines of the story,
and exit code 1.
"""

import gc
import logging
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from simulation.life import Parts
from simulation.planted import PLANTED
from simulation.world import Outcome, simulate

LAST_LINES = 30

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What is kept of a show: commands asked for, kinds of events, and what was broken, if any."""

    seed: int
    asked: frozenset[type[Any]]
    happened: frozenset[str]
    broken: str = ""
    story: str = ""


def play(seed: int, plant: str = "") -> Result:
    """One show."""
    outcome = simulate(seed, _parts(plant))
    if outcome.violation is None:
        return Result(seed, outcome.asked, outcome.happened)
    story = "\n".join(outcome.story.lines(LAST_LINES))
    return Result(seed, outcome.asked, outcome.happened, _broken(outcome), story)


def settle() -> None:
    """Once in each process: what the house logs is for the auditor, and what was imported stays.

    The search for garbage need not look through all of that each time.
    """
    gc.freeze()
    logging.getLogger("finale").propagate = False
    logging.getLogger("asyncio").propagate = False


def _parts(plant: str) -> Parts:
    return PLANTED[plant].parts if plant else Parts()


def _broken(outcome: Outcome) -> str:
    assert outcome.violation is not None
    return f"seed {outcome.seed} breaks {outcome.violation.invariant}: {outcome.violation.text}"


def results(seeds: range, jobs: int = 1, plant: str = "") -> Iterator[Result]:
    """Every show of `seeds`, in as many processes, whichever ends first."""
    one = partial(play, plant=plant)
    if jobs == 1:
        settle()
        yield from map(one, seeds)
        return
    with multiprocessing.get_context("spawn").Pool(jobs, settle) as pool:
        yield from pool.imap_unordered(one, seeds, chunksize=8)


@app.command()
def main(
    shows: Annotated[int, typer.Option(help="How many shows.")] = 200,
    seed: Annotated[int | None, typer.Option(help="Tell the story of this one show.")] = None,
    first: Annotated[int, typer.Option("--from", help="The first seed.")] = 0,
    jobs: Annotated[int, typer.Option(help="Processes.", min=1)] = 1,
    plant: Annotated[str, typer.Option(help="Put this bug in.")] = "",
) -> None:
    """Play simulated shows; exit code 1 if one of them breaks a promise."""
    console = Console(highlight=False)
    if seed is not None:
        raise typer.Exit(_tell(console, seed, plant))
    happened = Counter[str]()
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("shows", total=shows)
        for result in results(range(first, first + shows), jobs, plant):
            progress.advance(bar)
            happened.update(result.happened)
            if result.broken:
                progress.stop()
                console.print(result.story, markup=False)
                console.print(result.broken, markup=False, style="bold red")
                raise typer.Exit(1)
    often = ", ".join(f"{kind} {n}" for kind, n in sorted(happened.items()))
    console.print(f"In how many shows: {often}.", markup=False)
    seconds = progress.tasks[bar].elapsed or 0.0
    console.print(f"{shows} shows from seed {first} on in {seconds:.0f} s: every promise was kept.")


def _tell(console: Console, seed: int, plant: str) -> int:
    settle()
    outcome = simulate(seed, _parts(plant))
    for line in outcome.story.lines():
        console.print(line, markup=False, soft_wrap=True)
    console.print(f"story {outcome.story.digest()}\nlog   {outcome.last_hash}")
    if outcome.violation is not None:
        console.print(_broken(outcome), markup=False, style="bold red")
    return int(outcome.violation is not None)
