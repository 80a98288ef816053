"""The drafter on real connections: it lets go at once, leaves nothing, and slows nobody down."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from backstage import Backstage, backstage
from browser.scripted_show import SkippingClock
from crew.booth import COOL, OPEN, V, W
from llm.asking import ADAPTERS, KEYS, Place, signed_in
from standin import Seen, StandIn
from standin.words import WORDS

from finale.crew.drafter import Drafter
from finale.crew.timekeeper import Timekeeper
from finale.llm.base import Chunk, Endpoint, Prompt, Range
from finale.llm.wire import Wire
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.state import Submission

AT_ONCE_S = 0.1
TRIES = 4
LONGEST_S = 20.0
MOST_SLOWED = 1.5
MOST_HELD_UP_S = 0.25
"""Half of what any wait for the other model would cost: it is asked again after 0.5 s."""
WORDS_SAID = 30
DEATHS = ("stall-before", "stall-after", "throttled", "cut", "long-line")
BEGUN = "".join(WORDS[:4])
Running = asyncio.Task[Any]


@dataclass(slots=True)
class Timed:
    """A model as it is, with a note of when each of its chunks came, on the loop's clock."""

    inner: Endpoint
    label: str = "timed"
    temperature: Range = COOL
    top_p: Range = OPEN
    came: list[float] = field(default_factory=list)

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """What the model says."""
        async with aclosing(self.inner.stream(prompt)) as chunks:
            async for chunk in chunks:
                self.came.append(asyncio.get_running_loop().time())
                yield chunk


@dataclass(slots=True)
class Hall:
    """A show in tuning whose models are asked over sockets."""

    show: Backstage
    place: StandIn
    models: dict[str, Timed]
    drafter: Drafter

    async def generate(self, seat: str, text: str) -> None:
        """Start a draft; back once it is under way and has that text, or asked if that is ""."""
        asked = len(self.place.asks)
        await self.drafter.generate(seat, 0, "Be kind.", 0.7, 0.9)
        async with asyncio.timeout(LONGEST_S):
            while len(self.place.asks) == asked or self._text(seat) != text:
                await asyncio.sleep(0)

    def _text(self, seat: str) -> str:
        streaming = self.drafter.streaming(seat)
        return streaming.text if streaming else ""


@asynccontextmanager
async def hall(folder: Path, adapter: str, behaviours: dict[str, str]) -> AsyncIterator[Hall]:
    """The behaviours by seat."""
    settings = {"finalists": 2, "panel": 2, "rounds": 1, "drafts_at_once": 2}
    with signed_in():
        async with (
            StandIn(keys=KEYS) as place,
            Wire() as wire,
            backstage(folder, SkippingClock(), None, **settings) as show,
        ):
            at = Place(place, wire)
            models = {seat: Timed(ADAPTERS[adapter](at, how)) for seat, how in behaviours.items()}
            drafter = Drafter(show.showrunner, models, show.scratch, show.tasks)
            await show.to(Phase.TUNING)
            yield Hall(show, place, models, drafter)


async def until(happened: Callable[[], bool], within_s: float = LONGEST_S) -> None:
    """Give way to others until it has happened; TimeoutError if it does not."""
    async with asyncio.timeout(within_s):
        while not happened():
            await asyncio.sleep(0)


# ---- cancel


@pytest.mark.parametrize("adapter", ["openai", "lmi-messages", "bedrock"])
@pytest.mark.parametrize(
    ("behaviour", "text"), [("stall-before", ""), ("stall-after-head", ""), ("stall-after", BEGUN)]
)
async def test_cancel_returns_within_100_ms_and_closes_the_connection(
    tmp_path: Path, adapter: str, behaviour: str, text: str
) -> None:
    loop = asyncio.get_running_loop()
    returned, closed = [], []
    async with hall(tmp_path, adapter, {V: behaviour}) as h:
        for number in range(1, TRIES + 1):
            await h.generate(V, text)
            asked = h.place.asks[-1]
            assert asked.closed_at is None
            began = loop.time()
            await h.drafter.cancel(V)
            returned.append(loop.time() - began)
            await until(lambda seen=asked: seen.closed_at is not None)  # type: ignore[misc]
            closed.append(_closed_at(asked) - began)
            draft = h.show.state.round.draft(V, number)
            assert draft is not None
            assert (draft.outcome, draft.text) == ("cancelled", text)

    # The best of some: other work on the machine may hold up any single one.
    assert (min(returned) < AT_ONCE_S, min(closed) < AT_ONCE_S) == (True, True), (returned, closed)


def _closed_at(seen: Seen) -> float:
    assert seen.closed_at is not None
    return seen.closed_at


# ---- the buzzer


async def test_after_the_buzzer_no_task_is_left(tmp_path: Path) -> None:
    async with hall(tmp_path, "openai", {V: "stall-after", W: "stall-before"}) as h:
        keeper = Timekeeper(h.show.showrunner, h.drafter, lambda round_, finalists: (0, 1))
        h.show.tasks.start(keeper.run(), "timekeeper")
        known = asyncio.all_tasks()
        for _ in range(2):
            await h.generate(V, BEGUN)
            await h.generate(W, "")
        at_work = _names(asyncio.all_tasks() - known)
        assert isinstance(h.show.clock, SkippingClock)
        h.show.clock.skip(h.show.state.deadlines["phase"] - h.show.clock.now())
        h.show.showrunner.announce()
        await h.show.showrunner.until(lambda state: state.phase is not Phase.TUNING)
        left_at_once = _names(asyncio.all_tasks() - known)
        # Texts that are being saved, and the stand-in, which hears of the end over the network.
        await until(lambda: not asyncio.all_tasks() - known - h.place._tasks)
        await until(lambda: not asyncio.all_tasks() - known)
        kept = {task.get_name() for task in h.show.tasks._tasks}
        state, asks = h.show.state, h.place.asks

    assert {f"{what} of {seat}" for what in ("draft", "silence") for seat in (V, W)} <= at_work
    assert {name for name in left_at_once if " of " in name} == set()
    assert kept == {"timekeeper"}
    assert [seen.closed_at is not None for seen in asks] == [True] * 4
    assert state.round.submissions == {V: Submission(2, "running"), W: Submission(0, "none")}


def _names(tasks: Collection[Running]) -> set[str]:
    return {task.get_name() for task in tasks}


# ---- one dying endpoint


@pytest.mark.parametrize("death", DEATHS)
async def test_a_dying_endpoint_does_not_slow_anothers_stream(tmp_path: Path, death: str) -> None:
    async with hall(tmp_path, "openai", {V: "plain", W: "dying"}) as h:
        h.place.pause_s, h.place.reply = 0.01, lambda seen: "word " * WORDS_SAID
        seen = [await _beside(h, death)]
        while not _is_unharmed(seen[-1]) and len(seen) < TRIES:
            seen.append(await _beside(h, death))

    assert _is_unharmed(seen[-1]), seen


def _is_unharmed(harm: tuple[float, float]) -> bool:
    return harm[0] <= MOST_HELD_UP_S and harm[1] <= MOST_SLOWED


async def _beside(h: Hall, death: str) -> tuple[float, float]:
    """Beside a dying endpoint: seconds more to the first word, and how many times the gap."""
    h.place.plays["dying"] = "plain"
    alone = await _timed(h)
    h.place.plays["dying"] = death
    dying, asked = asyncio.ensure_future(_die(h)), len(h.place.asks)
    await until(lambda: len(h.place.asks) > asked)
    beside = await _timed(h)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert dying.cancelled() or dying.exception() is None
    if h.drafter.streaming(W) is not None:
        await h.drafter.cancel(W)
    h.drafter._breakers[W].worked()
    return beside[0] - alone[0], beside[1] / alone[1]


async def _die(h: Hall) -> None:
    """Generate again and again, as somebody does whose model fails; one that hangs just hangs."""
    while True:
        try:
            await h.drafter.generate(W, 0, "Be kind.", 0.7, 0.9)
        except Refused:
            return
        while h.drafter.streaming(W) is not None:
            await asyncio.sleep(0.001)


async def _timed(h: Hall) -> tuple[float, float]:
    """Seconds to the first word of a whole answer, and between two of its words."""
    came = h.models[V].came
    came.clear()
    began = asyncio.get_running_loop().time()
    await h.drafter.generate(V, 0, "Be kind.", 0.7, 0.9)
    await h.show.showrunner.until(lambda state: not state.round.running(V))
    assert len(came) == WORDS_SAID + 1
    return came[0] - began, median(b - a for a, b in pairwise(came))
