"""How close the judge comes to the ideal schedule: five answers, three passes, fixed latency.

    PYTHONPATH=tests uv run python -m benchmarks.judge_schedule
    PYTHONPATH=tests uv run python -m benchmarks.judge_schedule --latency 0.5 --at-once 4

The ideal is ceil(15 / at once) times the latency. Exit code 1 above 1.2 times that.
"""

import asyncio
import math
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from statistics import median
from typing import Annotated

import typer
from judging.scripted import brief, nonce_of, verdict
from rich.console import Console
from rich.progress import track

from finale.clock import Clock
from finale.judging.asking import Manner
from finale.judging.base import unheard
from finale.judging.llm_judge import Seat, seated_judge
from finale.llm.base import Chunk, Prompt, Range

ANSWERS, PASSES = 5, 3
MOST = 1.2


@dataclass(frozen=True, slots=True)
class Steady:
    """A judge that takes the same time for every reply."""

    latency_s: float
    label: str = "steady judge"
    temperature: Range = Range(0.0, 1.0)  # noqa: RUF009
    top_p: Range = Range(0.0, 1.0)  # noqa: RUF009

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """A verdict, after the latency."""
        await asyncio.sleep(self.latency_s)
        yield Chunk(verdict(nonce_of(prompt)))


async def once(latency_s: float, at_once: int) -> float:
    """Seconds from the lock to the last verdict."""
    judge = seated_judge(Seat(Steady(latency_s)), None, Clock(), Manner(at_once=at_once))
    answers = [brief(f"A fence of that length needs {n} posts. " * 40) for n in range(ANSWERS)]
    began = time.perf_counter()
    await asyncio.gather(*(judge.mark(answer, unheard) for answer in answers))
    return time.perf_counter() - began


def main(
    latency: Annotated[float, typer.Option(help="Seconds of every reply.")] = 1.0,
    at_once: Annotated[int, typer.Option(min=1, help="Calls at the same time.")] = 15,
    runs: Annotated[int, typer.Option(min=1, help="How often to try.")] = 5,
) -> None:
    """Print the ratio of the median run to the ideal schedule."""
    console = Console(highlight=False)
    ideal = math.ceil(ANSWERS * PASSES / at_once) * latency
    taken = [asyncio.run(once(latency, at_once)) for _ in track(range(runs), console=console)]
    ratio = median(taken) / ideal
    console.print(
        f"{ANSWERS} answers × {PASSES} passes, {at_once} at once, latency {latency:g} s: "
        f"{median(taken):.3f} s, ideal {ideal:.3f} s, ratio {ratio:.3f} "
        f"(at most {MOST:g}; worst of {runs} runs {max(taken) / ideal:.3f})."
    )
    raise typer.Exit(int(ratio > MOST))


if __name__ == "__main__":
    typer.run(main)
