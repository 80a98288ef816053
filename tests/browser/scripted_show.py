"""A real show with a scripted judge and a line of JSON in for each step of the absent seats.

Runs in a process of its own: each line that comes by its socket is answered by one line.
"""

import asyncio
import gc
import json
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nicegui import Client

from finale import app, server
from finale.clock import Clock
from finale.judging.base import PASSES, Brief, Heard, Marked
from finale.show import commands, commands_message
from finale.show.cues import next_cue
from finale.show.events import ANY_EVENT
from finale.show.refused import Refused
from finale.showrunner import Showrunner
from finale.store.event_log import EventLog
from finale.store.folder import Folder
from finale.store.writer import Writer


class ScriptedJudge:
    """Gives the n-th different answer it reads the n-th mark, on every criterion and pass.

    `given` has answers whose mark does not hang on that order; `reason` goes to every answer.
    """

    label = "scripted judge"

    def __init__(self, marks: Sequence[int], given: Mapping[str, int], reason: str) -> None:
        self._marks = iter(marks)
        self._given = dict(given)
        self._reason = reason

    async def mark(self, brief: Brief, heard: Heard) -> Marked:
        if brief.answer not in self._given:
            self._given[brief.answer] = next(self._marks)
        mark = self._given[brief.answer]
        reason = self._reason or f"Scripted: {mark}."
        return Marked((dict.fromkeys(brief.rubric.keys, mark),) * PASSES, reason, self.label)


class SkippingClock(Clock):
    """A clock that a line can move ahead."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0

    def now(self) -> float:
        return super().now() + self._ahead

    def skip(self, seconds: float) -> None:
        self._ahead += seconds


class StoppedClock(Clock):
    """A clock that stands still: no deadline comes."""

    def __init__(self, at: float) -> None:
        super().__init__()
        self._at = at

    def now(self) -> float:
        return self._at

    async def sleep(self, seconds: float) -> None:
        await asyncio.Event().wait()


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
            "submitted": {seat: kept.how for seat, kept in state.round.submissions.items()}
            if state.rounds
            else {},
            "deadlines": dict(state.deadlines),
            "now": runner.clock.now(),
            "down_s": show.down_s,
            "pages": len(Client.instances),
            "rules_hash": state.rundown.rules_hash(),
        }
    if order["do"] == "renew":
        show.backstage.renew(order["seat"])
        return {"token": show.backstage.api_token()}
    if order["do"] in _STAGING:
        return await _STAGING[order["do"]](runner, order)
    if order["do"] == "end step":
        return await end_step(show, order)
    home = commands if hasattr(commands, order["do"]) else commands_message
    command = getattr(home, order["do"])(**order["values"])
    try:
        events = await runner.do(command, order["seat"])
    except Refused as refused:
        return {"refused": str(refused)}
    return {"events": [event.kind for event in events]}


async def call_next(runner: Showrunner, order: Mapping[str, Any]) -> dict[str, Any]:
    """The host's Next, whatever it is now."""
    cue = next_cue(runner.state)
    assert cue is not None
    await runner.do(commands.CallCue(cue=cue.id), "host")
    return {"label": cue.label}


async def skip(runner: Showrunner, order: Mapping[str, Any]) -> dict[str, Any]:
    """Let `seconds` pass at once."""
    assert isinstance(runner.clock, SkippingClock)
    runner.clock.skip(order["seconds"])
    runner.announce()
    return {}


async def wait_for_phase(runner: Showrunner, order: Mapping[str, Any]) -> dict[str, Any]:
    """Answer when the show has come to `phase`."""
    await runner.until(lambda state: state.phase.value == order["phase"])
    return {}


async def wait_for_no_clock(runner: Showrunner, order: Mapping[str, Any]) -> dict[str, Any]:
    """Until no deadline runs."""
    await runner.until(lambda state: not state.deadlines)
    return {}


async def wait_for_verdicts(runner: Showrunner, order: Mapping[str, Any]) -> dict[str, Any]:
    """Answer when the judge has marked every answer."""
    await runner.until(lambda state: len(state.round.opinions) == len(state.round.letters))
    return {}


async def wait_for_tally(runner: Showrunner, order: Mapping[str, Any]) -> dict[str, Any]:
    """Answer when the ballots are counted."""
    await runner.until(lambda state: state.round.counts is not None)
    return {}


async def tell_cards(runner: Showrunner, order: Mapping[str, Any]) -> dict[str, Any]:
    """The marks of the expert on `seat` by letter."""
    marked = runner.state.round.cards.items()
    return {letter: dict(marks) for (seat, letter), marks in marked if seat == order["seat"]}


async def end_step(show: app.Show, order: Mapping[str, Any]) -> dict[str, Any]:
    """Tell every open page, once it is drawn, that step number `step` is over."""
    drawn = asyncio.Event()
    leave = show.backstage.beat.subscribe(drawn.set)
    show.backstage.beat.announce()
    await drawn.wait()
    leave()
    for client in list(Client.instances.values()):
        client.run_javascript(f"window.step = {order['step']}")
    return {}


_STAGING = {
    "next": call_next,
    "skip": skip,
    "wait for phase": wait_for_phase,
    "wait for no clock": wait_for_no_clock,
    "wait for verdicts": wait_for_verdicts,
    "wait for tally": wait_for_tally,
    "cards": tell_cards,
}


async def fill(data: Path, log: Path, at: float) -> None:
    """A data folder whose show is `log`, one event a line, as if all of it happened at `at`."""
    folder = Folder(data)
    folder.prepare()
    writer = Writer(folder.open_show())
    events = [
        ANY_EVENT.validate_json(line) for line in log.read_text(encoding="utf-8").splitlines()
    ]
    await EventLog(writer).append(events, ("crew", "told", at))
    writer.close()


async def serve(options: Mapping[str, Any], line_in: socket.socket) -> None:
    """Serve until nobody is at the other end."""
    order = tuple(options.get("order", ()))
    stands_at = options.get("at")
    if stands_at is not None:
        await fill(Path(options["data"]), Path(options["log"]), stands_at)
    settings = app.Settings(
        show=Path(options["show"]),
        data=Path(options["data"]),
        port=options["port"],
        clock=SkippingClock() if stands_at is None else StoppedClock(stands_at),
        beat_s=options.get("beat_s", 0.0),
        rounds=options.get("rounds"),
        shuffle=(lambda round_, finalists: order) if order else in_order,
    )
    judge = ScriptedJudge(options["marks"], options.get("given", {}), options.get("reason", ""))
    listener = server.listen(settings.host, settings.port)
    async with app.opened(settings, judge) as show:
        ready = asyncio.Event()
        serving = show.tasks.start(server.serve(show.front, listener, ready.set), "server")
        serving.add_done_callback(lambda _: ready.set())
        await ready.wait()
        if serving.done():
            await serving
        reader, writer = await asyncio.open_connection(sock=line_in)
        stage = show.backstage
        said = {"links": show.links(), "code": stage.code, "token": stage.api_token()}
        writer.write(_line(said))
        while asked := await reader.readline():
            writer.write(_line(await obey(show, json.loads(asked))))
        serving.cancel()
        writer.close()


def _line(answer: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(answer)}\n".encode()


def run(options: Mapping[str, Any], line_in: socket.socket) -> None:
    """The whole of the process; what it was born with stays, and is not searched for garbage."""
    gc.freeze()
    asyncio.run(serve(options, line_in))
