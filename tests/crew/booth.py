"""Two finalists in tuning, with models that do what they are told."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from backstage import Backstage, HandClock, backstage

from finale.crew.drafter import Drafter
from finale.llm.base import Chunk, Prompt, Range
from finale.show.phases import Phase
from finale.show.state import Draft

V, W = "finalist-v", "finalist-w"
COOL, OPEN = Range(0, 1), Range(0, 1, is_low_open=True)
PATIENCE_S = 20.0
"""How long a test waits for what never comes, on the busiest machine."""

Step = str | float | Exception | asyncio.Event


@dataclass(slots=True)
class Scripted:
    """A model that does what it is told: says a text, lets seconds pass, waits, or breaks."""

    clock: HandClock
    steps: Sequence[Step] = ("An answer.",)
    label: str = "scripted 1"
    temperature: Range = COOL
    top_p: Range = OPEN
    prompts: list[Prompt] = field(default_factory=list)
    closed: int = 0

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The steps in order."""
        self.prompts.append(prompt)
        try:
            for step in self.steps:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, asyncio.Event):
                    await step.wait()
                elif isinstance(step, float):
                    self.clock.at += step
                else:
                    yield Chunk(step)
        finally:
            self.closed += 1


class Deaf(Scripted):
    """A model whose connection cannot be closed for as long as it likes."""

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """One chunk, and then no ear for anybody."""
        yield Chunk("Half an answer")
        is_over = self.steps[0]
        assert isinstance(is_over, asyncio.Event)
        while not is_over.is_set():
            try:
                await is_over.wait()
            except asyncio.CancelledError:
                continue


@dataclass(slots=True)
class Booth:
    """A show in tuning since `began`, with a drafter and the scripts of two models."""

    show: Backstage
    drafter: Drafter
    v: Scripted
    w: Scripted
    began: float

    async def generate(self, seat: str = V, system: str = "Be kind.") -> None:
        """Generate, as the console asks it."""
        await self.drafter.generate(seat, 0, system, 0.7, 0.9)

    async def ended(self, seat: str = V, number: int = 1) -> Draft:
        """The draft once it has ended."""
        async with asyncio.timeout(PATIENCE_S):
            state = await self.show.showrunner.until(
                lambda s: _has_ended(s.round.draft(seat, number))
            )
        draft = state.round.draft(seat, number)
        assert draft is not None
        return draft

    async def said(self, text: str, seat: str = V) -> None:
        """Wait until the running draft has that text."""
        async with asyncio.timeout(PATIENCE_S):
            while (now := self.drafter.streaming(seat)) is None or now.text != text:
                await asyncio.sleep(0)


def _has_ended(draft: Draft | None) -> bool:
    return draft is not None and draft.outcome is not None


@asynccontextmanager
async def booth(
    folder: Path, model: type[Scripted] = Scripted, **settings: object
) -> AsyncIterator[Booth]:
    clock = HandClock()
    async with backstage(folder, clock, finalists=2, panel=2, rounds=1, **settings) as show:
        v, w = model(clock), Scripted(clock)
        drafter = Drafter(show.showrunner, {V: v, W: w}, show.scratch, show.tasks)
        if show.state.phase is Phase.LOBBY:
            await show.to(Phase.TUNING)
        yield Booth(show, drafter, v, w, clock.at)
