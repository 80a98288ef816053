"""A real show with a scripted judge and a line of JSON in for each step of the absent seats.

Run as a program by the browser tests: arguments as JSON in argv[1]; each line on standard input is
answered by one line on standard output.
"""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from finale import app
from finale.clock import Clock
from finale.llm.understudy_judge import Brief, Opinion
from finale.show import commands
from finale.show.refused import Refused


class ScriptedJudge:
    """Gives the n-th different answer it reads the n-th mark, on every criterion and pass."""

    label = "scripted judge"

    def __init__(self, marks: Sequence[int]) -> None:
        self._marks = iter(marks)
        self._given: dict[str, int] = {}

    async def mark(self, brief: Brief, take: int) -> Opinion:
        if brief.answer not in self._given:
            self._given[brief.answer] = next(self._marks)
        mark = self._given[brief.answer]
        return Opinion(dict.fromkeys(brief.rubric.keys, mark), f"Scripted: {mark}.")


def in_order(round_: int, finalists: Sequence[str]) -> tuple[int, ...]:
    """A is the first lectern, B the second, and so on."""
    return tuple(range(len(finalists)))


async def obey(show: app.Show, order: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one line for a seat that nobody sits on."""
    runner = show.showrunner
    if order["do"] == "generate":
        number = runner.state.number
        for seat in order["seats"]:
            await show.drafter.generate(seat, number, f"Plain words for {seat}.", 0.0, 1.0)
        await runner.until(lambda s: not any(s.round.running(seat) for seat in order["seats"]))
        return {"drafts": len(order["seats"])}
    if order["do"] == "state":
        state = runner.state
        return {
            "phase": state.phase.value,
            "round": state.number,
            "deadlines": dict(state.deadlines),
            "now": runner.clock.now(),
            "down_s": show.down_s,
        }
    command = getattr(commands, order["do"])(**order["values"])
    try:
        events = await runner.do(command, order["seat"])
    except Refused as refused:
        return {"refused": str(refused)}
    return {"events": [event.kind for event in events]}


async def main(options: dict[str, Any]) -> None:
    """Serve until standard input ends."""
    settings = app.Settings(
        show=Path(options["show"]),
        data=Path(options["data"]),
        port=options["port"],
        clock=Clock(),
        shuffle=in_order,
    )
    listener = app.listen(settings.host, settings.port)
    async with app.opened(settings, ScriptedJudge(options["marks"])) as show:
        ready = asyncio.Event()
        serving = show.tasks.start(app.serve(show, listener, ready.set), "server")
        await ready.wait()
        say({"links": show.links(), "code": show.backstage.code})
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            say(await obey(show, json.loads(line)))
        serving.cancel()


def say(answer: Mapping[str, Any]) -> None:
    """One line out."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
