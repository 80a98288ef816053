"""What the models say untuned: asked from the lock on, recorded, and counted nowhere."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from backstage import Backstage, HandClock, backstage
from crew.booth import Scripted, Step, V, W

from finale.crew.baseline import Baseline
from finale.llm.base import Chunk, EndpointError, Finish, Prompt
from finale.show import commands as c
from finale.show.events_model import BaselineRecorded
from finale.show.phases import Phase
from finale.show.state import GRACE_S, ShowState


@asynccontextmanager
async def asked(
    folder: Path, v: Sequence[Step] = ("One.",), w: Sequence[Step] = ("Two.",)
) -> AsyncIterator[tuple[Backstage, Scripted, Scripted]]:
    """A show in which both finalists have submitted, locked a moment ago."""
    clock = HandClock()
    async with backstage(folder, clock, finalists=2, panel=1, rounds=1) as show:
        models = Scripted(clock, v), Scripted(clock, w)
        Baseline(show.showrunner, dict(zip((V, W), models, strict=True)), show.tasks)
        await show.to(Phase.TUNING)
        for seat in (V, W):
            number = await show.draft(seat, f"By nobody, {seat[-1]}.")
            await show.do(c.Submit(round=0, draft=number), seat)
        await show.do(c.EndTuning(round=0, order=(0, 1)), "crew")
        yield show, *models


def has(*seats: str) -> Callable[[ShowState], bool]:
    """Whether those finalists' untuned answers are there."""
    return lambda state: state.round.baselines == set(seats)


async def recorded(show: Backstage) -> dict[str, BaselineRecorded]:
    """What the log has of them, by seat."""
    events = [entry.event for entry in await show.log()]
    return {e.finalist: e for e in events if isinstance(e, BaselineRecorded)}


async def test_both_are_asked_without_a_system_prompt_at_temperature_0(tmp_path: Path) -> None:
    async with asked(tmp_path, (0.5, "An untuned ", 1.0, "answer.")) as (show, v, w):
        await show.showrunner.until(has(V, W))
        question = show.state.round.question.text
        of = await recorded(show)

        assert v.prompts == w.prompts == [Prompt("", question, 0.0, 1.0)]
        assert of[V] == BaselineRecorded(
            round=0,
            finalist=V,
            text="An untuned answer.",
            outcome="finished",
            first_token_s=0.5,
            total_s=1.5,
        )
        assert of[W].text == "Two."


async def test_the_round_goes_on_while_one_hangs(tmp_path: Path) -> None:
    async with asked(tmp_path, (asyncio.Event(),)) as (show, v, _):
        await show.showrunner.until(has(W))
        await show.clock.sleep_until(show.state.deadlines["phase"] + GRACE_S)
        await show.do(c.MoveOn(round=0), "crew")

        assert show.state.phase is Phase.READING
        assert v.closed == 0
    assert v.closed == 1


async def test_failures_are_recorded_as_such_and_are_not_tried_again(tmp_path: Path) -> None:
    broken = (EndpointError("throttled", "Too many requests."),)
    async with asked(tmp_path, broken, ("  ",)) as (show, v, w):
        await show.showrunner.until(has(V, W))
        await show.do(c.HoldShow())
        of = await recorded(show)

        assert [(of[s].outcome, of[s].reason) for s in (V, W)] == [
            ("failed", "Too many requests."),
            ("failed", "The model returned an empty answer."),
        ]
        assert (len(v.prompts), len(w.prompts)) == (1, 1)


async def test_the_models_own_count_of_tokens_is_kept(tmp_path: Path) -> None:
    class Counting(Scripted):
        async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
            yield Chunk("Counted.")
            yield Chunk("", Finish("stop", 7))

    clock = HandClock()
    async with backstage(tmp_path, clock, finalists=2, panel=1, rounds=1) as show:
        both = {V: Counting(clock), W: Counting(clock)}
        Baseline(show.showrunner, both, show.tasks)
        await show.to(Phase.TUNING)
        await show.clock.sleep_until(show.state.deadlines["phase"] + GRACE_S)
        await show.do(c.EndTuning(round=0, order=(0, 1)), "crew")
        await show.showrunner.until(has(V, W))

        assert [e.tokens for e in (await recorded(show)).values()] == [7, 7]
