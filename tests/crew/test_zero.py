"""0:00 of the clock, wherever hold and ±15 s put it: drafts stop there, submissions still count."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from backstage import HandClock, backstage
from crew.booth import Booth, Step, V, W, booth

from finale.crew.drafter import Drafter
from finale.crew.timekeeper import Timekeeper, fresh_order
from finale.llm.base import EndpointError
from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.state import GRACE_S, Draft, Submission

TUNING_S = 90.0
PATIENCE_S = 20.0
"""Real seconds after which a test that would hang has failed."""


async def turn() -> None:
    """Let everything run that is ready to run."""
    for _ in range(25):
        await asyncio.sleep(0)


# ---- the drafter keeps nothing that came later, however late anybody wakes


LATE: list[tuple[tuple[Step, ...], str]] = [
    (("In time. ", TUNING_S, "Too late."), "In time. "),
    (
        ("In time. ", TUNING_S - 0.01, "In time, too. ", 0.01, "Too late."),
        "In time. In time, too. ",
    ),
    (("In time. ", TUNING_S), "In time. "),
    (("In time. ", TUNING_S, EndpointError("http", "503 from the endpoint.")), "In time. "),
    ((TUNING_S, "Too late."), ""),
]


@pytest.mark.parametrize(("steps", "text"), LATE)
async def test_what_streams_at_zero_or_later_is_not_kept(
    tmp_path: Path, steps: tuple[Step, ...], text: str
) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = steps
        await b.generate()
        draft = await b.ended()

        first_token_s = 0.0 if text else None
        assert draft == Draft(
            *(1, "Be kind.", 0.7, 0.9, text, "cut", ""),
            first_token_s,
            pytest.approx(TUNING_S),
            ended=1,
        )
        assert b.v.closed == 1


async def test_a_draft_that_ends_before_zero_is_finished(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = ("In time.", TUNING_S - 0.01)
        await b.generate()

        assert (await b.ended()).outcome == "finished"


async def test_a_running_draft_finishes_while_the_show_is_held(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        go = asyncio.Event()
        b.v.steps = ("One ", go, 2 * TUNING_S, "two.")
        await b.generate()
        await b.said("One ")
        await b.show.do(c.HoldShow())
        go.set()
        draft = await b.ended()

        assert (draft.outcome, draft.text) == ("finished", "One two.")


@pytest.mark.parametrize(
    ("seconds", "outcome", "text"), [(15, "finished", "One two."), (-15, "cut", "One ")]
)
async def test_zero_moves_with_the_deadline_while_a_draft_runs(
    tmp_path: Path, seconds: int, outcome: str, text: str
) -> None:
    async with booth(tmp_path) as b:
        go = asyncio.Event()
        b.v.steps = ("One ", go, TUNING_S + seconds / 2, "two.")
        await b.generate()
        await b.said("One ")
        await b.show.do(c.MoveDeadline(seconds=seconds))
        go.set()
        draft = await b.ended()

        assert (draft.outcome, draft.text) == (outcome, text)


# ---- the timekeeper stops what does not stream at that moment


@asynccontextmanager
async def kept_time(folder: Path) -> AsyncIterator[Booth]:
    """A booth with a timekeeper, and a draft of each finalist that hangs after a few words."""
    async with booth(folder) as b:
        keeper = Timekeeper(b.show.showrunner, b.drafter, fresh_order)
        b.show.tasks.start(keeper.run(), "timekeeper")
        b.v.steps = b.w.steps = ("Half an", asyncio.Event())
        for seat in (V, W):
            await b.generate(seat)
            await b.said("Half an", seat)
        yield b


async def at(b: Booth, seconds: float) -> None:
    """Set the clock to so many seconds of tuning, and have everybody look at it."""
    b.v.clock.at = b.began + seconds
    b.show.showrunner.announce()
    await turn()


def is_running(b: Booth) -> bool:
    """Whether both drafts still run; anything but both or none fails."""
    (found,) = {b.drafter.streaming(seat) is not None for seat in (V, W)}
    return found


async def test_running_drafts_are_cut_at_zero_and_submissions_count_until_the_grace_is_over(
    tmp_path: Path,
) -> None:
    async with booth(tmp_path) as b:
        keeper = Timekeeper(b.show.showrunner, b.drafter, fresh_order)
        b.show.tasks.start(keeper.run(), "timekeeper")
        await b.generate(W)
        await b.ended(W)
        b.v.steps = ("Half an", asyncio.Event())
        await b.generate(V)
        await b.said("Half an")
        await at(b, TUNING_S - 0.001)
        assert b.drafter.streaming(V) is not None

        await at(b, TUNING_S)
        draft = await b.ended()
        assert (draft.outcome, draft.text) == ("cut", "Half an")
        assert (draft.first_token_s, draft.total_s) == (0.0, TUNING_S)
        assert b.show.state.phase is Phase.TUNING

        b.v.clock.at += GRACE_S
        await b.show.do(c.Submit(round=0, draft=1), W)
        state = await b.show.showrunner.until(lambda s: s.phase is Phase.LOCKED)
        assert state.round.submissions == {
            V: Submission(1, "running"),
            W: Submission(1, "submitted"),
        }


async def test_nothing_is_cut_in_hold_nor_before_the_time_that_was_left_is_over(
    tmp_path: Path,
) -> None:
    async with kept_time(tmp_path) as b:
        await at(b, TUNING_S - 10)
        await b.show.do(c.HoldShow())
        await at(b, TUNING_S + 100)
        assert is_running(b)

        await b.show.do(c.ResumeShow())
        await at(b, TUNING_S + 109.999)
        assert is_running(b)

        await at(b, TUNING_S + 110)
        assert not is_running(b)


async def test_time_that_the_host_gives_is_the_drafts_too(tmp_path: Path) -> None:
    async with kept_time(tmp_path) as b:
        await at(b, TUNING_S - 1)
        await b.show.do(c.MoveDeadline(seconds=15))
        await at(b, TUNING_S + 14.999)
        assert is_running(b)

        await at(b, TUNING_S + 15)
        assert not is_running(b)


async def test_time_that_the_host_takes_away_is_the_drafts_too(tmp_path: Path) -> None:
    async with kept_time(tmp_path) as b:
        await at(b, TUNING_S - 20)
        await b.show.do(c.MoveDeadline(seconds=-15))
        await at(b, TUNING_S - 15.001)
        assert is_running(b)

        await at(b, TUNING_S - 15)
        assert not is_running(b)


async def test_a_draft_of_time_given_after_zero_is_cut_at_the_new_zero(tmp_path: Path) -> None:
    async with kept_time(tmp_path) as b:
        await at(b, TUNING_S)
        await b.ended(V)
        await b.ended(W)
        await b.show.do(c.MoveDeadline(seconds=15))
        await b.generate(V)
        await b.said("Half an")
        await at(b, TUNING_S + 14.999)
        assert b.drafter.streaming(V) is not None

        await at(b, TUNING_S + 15)
        assert (await b.ended(V, 2)).outcome == "cut"
        assert b.show.state.phase is Phase.TUNING


@pytest.mark.parametrize("ticks", range(5))
async def test_the_timekeeper_ends_even_if_the_show_changes_at_that_moment(
    tmp_path: Path, ticks: int
) -> None:
    async with booth(tmp_path) as b:
        keeper = Timekeeper(b.show.showrunner, b.drafter, fresh_order)
        keeping = b.show.tasks.start(keeper.run(), "timekeeper")
        await turn()
        b.show.showrunner.announce()
        for _ in range(ticks):
            await asyncio.sleep(0)
        keeping.cancel()
        await turn()

        assert keeping.cancelled()


async def test_a_log_that_was_full_from_the_buzzer_to_a_credited_end_stops_no_show(
    tmp_path: Path,
) -> None:
    """Both ends have passed when it can be written again, and the first must not wait for ever."""
    clock = HandClock()
    async with backstage(tmp_path, clock, finalists=2, panel=1, rounds=1) as show:
        drafter = Drafter(show.showrunner, {}, show.scratch, show.tasks)
        await show.to(Phase.TUNING)
        start = c.StartDraft(round=0, system="", temperature=0.7, top_p=0.9)
        await show.do(start, V)
        failed = c.RecordDraft(
            round=0, finalist=V, draft=1, text="", outcome="failed", reason="No.", total_s=2.0
        )
        await show.do(failed, "crew")
        clock.at = show.state.closes_at(V) + 60
        keeper = Timekeeper(show.showrunner, drafter, fresh_order)
        show.tasks.start(keeper.run(), "timekeeper")

        async with asyncio.timeout(PATIENCE_S):
            await show.showrunner.until(lambda s: s.phase is Phase.LOCKED)
        assert show.state.round.submissions.keys() == {V, W}
