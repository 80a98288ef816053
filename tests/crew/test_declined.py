"""A credit that is declined while another's clock runs on: what has streamed by then counts."""

import asyncio
from pathlib import Path

from backstage import HandClock, backstage
from crew.booth import Booth, Scripted, V, W
from crew.test_zero import TUNING_S

from finale.crew.drafter import Drafter
from finale.crew.timekeeper import Timekeeper
from finale.llm.base import EndpointError
from finale.show.commands_amend import DecideCredit
from finale.show.phases import Phase
from finale.show.state import Submission

ANSWER = "My only answer, nearly done"


async def test_what_streams_when_the_credit_is_declined_is_the_answer(tmp_path: Path) -> None:
    clock = HandClock()
    async with backstage(tmp_path, clock, finalists=3, panel=2, rounds=1) as show:
        models = {V: Scripted(clock), W: Scripted(clock), "finalist-x": Scripted(clock)}
        drafter = Drafter(show.showrunner, models, show.scratch, show.tasks)
        await show.to(Phase.TUNING)
        booth = Booth(show, drafter, models[V], models[W], clock.at)
        keeper = Timekeeper(show.showrunner, drafter, lambda round_, finalists: (0,))
        show.tasks.start(keeper.run(), "timekeeper")
        for seat in (V, W):
            models[seat].steps = (8.0, EndpointError("failed", "503"))
            await booth.generate(seat)
            await booth.ended(seat)
        clock.at = booth.began + TUNING_S + 1.0
        show.showrunner.announce()
        await show.showrunner.until(lambda state: state.round.at_buzzer is not None)
        clock.at += 3.0
        models[V].steps = (ANSWER, asyncio.Event())
        await booth.generate(V)
        await booth.said(ANSWER, V)
        await show.do(DecideCredit(round=0, finalist=V, is_granted=False))
        await show.showrunner.until(lambda state: V in state.round.submissions)

        assert show.state.round.submissions[V] == Submission(2, "running")
        draft = show.state.round.draft(V, 2)
        assert draft is not None
        assert (draft.outcome, draft.text) == ("cut", ANSWER)
