"""One rehearsal: robots on every chair, a robot host, and a crowd of phones in a process apart."""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from finale.clock import Clock
from finale.crew.timekeeper import Shuffle
from finale.rehearsal.host import RobotHost
from finale.show.commands import SeatRobot
from finale.show.phases import Phase
from finale.showrunner import Showrunner


class CrowdFailed(Exception):
    """The phones' process went wrong; the text says how."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Where the phones go, how many, and what they derive their choices from."""

    url: str
    phones: int
    seed: int


def seeded_shuffle(seed: int) -> Shuffle:
    """Letters from the seed, the round and the finalists: the same rehearsal every time."""

    def shuffle(round_: int, finalists: object) -> tuple[int, ...]:
        names = tuple(finalists)  # type: ignore[arg-type,var-annotated]
        places = list(range(len(names)))
        Random(f"{seed} letters {round_} {names}").shuffle(places)
        return tuple(places)

    return shuffle


async def play(
    showrunner: Showrunner, clock: Clock, crowd: Crowd, tell: Callable[[], None]
) -> None:
    """Play from the doors to the champion; `tell` is called after every change.

    Raises CrowdFailed if a phone's ballot was lost.
    """
    for seat in showrunner.state.rundown.seats:
        if seat not in showrunner.state.robots:
            await showrunner.do(SeatRobot(seat=seat), "host")
    host = RobotHost(showrunner, clock)
    process = await _start_crowd(crowd)
    stop = showrunner.subscribe(tell)
    phones = asyncio.create_task(_listen(process, host))  # noqa: TID251
    playing = asyncio.create_task(host.play())  # noqa: TID251
    try:
        await asyncio.wait((phones, playing), return_when=asyncio.FIRST_COMPLETED)
        if not playing.done():
            # The crowd ended early: it says why.
            await phones
            raise CrowdFailed("The phones left before the champion was crowned.")
        await playing
        await phones
    finally:
        stop()
        for task in (phones, playing):
            task.cancel()
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def _start_crowd(crowd: Crowd) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "finale.rehearsal.crowd",
        crowd.url,
        "--phones",
        str(crowd.phones),
        "--seed",
        str(crowd.seed),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )


async def _listen(process: asyncio.subprocess.Process, host: RobotHost) -> None:
    assert process.stdout is not None
    lost = 0
    async for line in process.stdout:
        said = json.loads(line)
        if list(said) == ["joined"]:
            host.phones_in()
        if "voted" in said:
            host.phones_done(int(said["voted"]))
        lost = int(said.get("lost", lost))
    code = await process.wait()
    if code or lost:
        raise CrowdFailed(f"The phones ended with code {code}; {lost} ballots were lost.")


def is_whole(showrunner: Showrunner) -> bool:
    """Whether the show went from the doors to the champion."""
    return showrunner.state.phase is Phase.CHAMPION
