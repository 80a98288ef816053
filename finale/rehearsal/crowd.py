"""A hall full of simulated phones, over real websockets, in a process of their own.

`python -m finale.rehearsal.crowd URL --phones N --seed N` says {"joined": N} on standard output
when every phone is in, {"voted": round} when every phone has its answer in that round, and a report
at the end.
"""

import argparse
import asyncio
import json
import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from finale.rehearsal.habits import Habits
from finale.rehearsal.phone import Phone, PhoneGaveUp, Room, room_code, socket_address


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the phones go, how many, from which seed; votes are spread over real seconds."""

    url: str
    phones: int
    seed: int
    spread_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What the phones saw. `lost` ballots were acknowledged and are gone: it must be 0."""

    joined: int
    acked: int
    refused: int
    dropped: int
    lost: int


async def run(plan: Plan, tell: Callable[[Mapping[str, int]], None]) -> Report:
    """Play every phone until the champion is crowned.

    `tell` gets {"joined": phones} once, and {"voted": round} once a round.
    Raises PhoneGaveUp if a phone cannot get through, or does not know the room code.
    """
    settled: Counter[int] = Counter()

    def settle(round_: int) -> None:
        settled[round_] += 1
        if settled[round_] == plan.phones:
            tell({"voted": round_})

    def join() -> None:
        if room.count["joined"] == plan.phones:
            tell({"joined": plan.phones})

    room = Room(socket_address(plan.url), room_code(plan.url), plan.spread_s, join, settle)
    try:
        async with asyncio.TaskGroup() as group:
            for number in range(plan.phones):
                group.create_task(Phone(room, Habits(plan.seed, number), number).live())
    except* PhoneGaveUp as gave_up:
        raise gave_up.exceptions[0] from None
    count = room.count
    return Report(
        count["joined"], count["acked"], count["refused"], count["dropped"], count["lost"]
    )


async def _run_while_wanted(plan: Plan) -> Report | None:
    playing = asyncio.ensure_future(run(plan, _say))
    ending = asyncio.ensure_future(_end_of_input())
    await asyncio.wait((playing, ending), return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    if playing.done():
        return playing.result()
    playing.cancel()
    await asyncio.wait((playing,))
    return None


async def _end_of_input() -> None:
    """Return when whoever started this process has closed its pipe, or is gone."""
    mode = os.fstat(sys.stdin.fileno()).st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        await asyncio.Event().wait()
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(1024):
        continue


def _say(values: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Read the arguments, play, report; 0, or 1 if a phone gave up, or 2 if the input closed."""
    parser = argparse.ArgumentParser(prog="crowd", description="Simulated phones for a show.")
    parser.add_argument("url", help="the address that a phone opens, with ?CODE")
    parser.add_argument("--phones", type=int, default=120)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--spread", type=float, default=0.0, help="seconds that votes spread over")
    given = parser.parse_args()
    if given.phones < 1:
        parser.error("--phones must be 1 or more")
    plan = Plan(given.url, given.phones, given.seed, given.spread)
    try:
        report = asyncio.run(_run_while_wanted(plan))
    except PhoneGaveUp as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    if report is None:
        return 2
    _say(asdict(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
