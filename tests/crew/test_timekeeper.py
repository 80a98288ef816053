"""Phases end when their time is up, and downtime is given back."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from backstage import Backstage, HandClock, backstage, make_read_only
from logged import lines
from story import NOON, rundown

from finale.clock import Clock
from finale.crew.drafter import Drafter
from finale.crew.timekeeper import Heartbeat, Timekeeper, fresh_order
from finale.llm.understudy import Pace, five_understudies
from finale.show import commands as c
from finale.show.commands import FileAppeal
from finale.show.events import HoldLifted, PhaseEntered
from finale.show.phases import Phase
from finale.show.state import GRACE_S, ShowState, Submission
from finale.store.event_log import Logged
from finale.store.scratch import HEARTBEAT, Scratch
from scoring.rubric import JUDGE_RUBRIC

SPEED = 100.0
SHORT = {"question": 4, "tuning": 10, "locked": 1, "vote": 5, "marks": 8, "appeal": 5}
LATE_S = 600.0
"""Seconds of the show that a busy machine may be late: six real ones at that speed."""


def backwards(round_: int, finalists: Sequence[str]) -> tuple[int, ...]:
    return tuple(reversed(range(len(finalists))))


@dataclass(slots=True)
class Timed:
    """A show that a timekeeper drives on a fast clock."""

    show: Backstage
    drafter: Drafter

    async def until(self, phase: Phase) -> ShowState:
        """Wait for the phase."""
        return await self.show.showrunner.until(lambda s: s.phase is phase)

    async def entry(self, phase: Phase) -> Logged:
        """The entry by which the phase was entered, the last one."""
        entries = [x for x in await self.show.log() if isinstance(x.event, PhaseEntered)]
        return [x for x in entries if x.event.phase is phase][-1]  # type: ignore[union-attr]

    async def late_s(self, phase: Phase, before: Phase) -> float:
        """Seconds between the deadline of `before` and the entry of `phase`."""
        event = (await self.entry(before)).event
        assert isinstance(event, PhaseEntered)
        return (await self.entry(phase)).at - event.deadlines["phase"]

    async def submit_all(self) -> None:
        """Everybody answers and submits."""
        for seat in self.show.state.round.finalists:
            draft = await self.show.draft(seat, f"By nobody, {seat[-1]}.")
            await self.show.do(c.Submit(round=0, draft=draft), seat)

    async def to_appeal(self) -> None:
        """From reading, through marks that all give alike, to the appeals."""
        await self.show.to(Phase.MARKING)
        for letter in self.show.state.round.letters:
            marks = dict.fromkeys(JUDGE_RUBRIC.keys, 7)
            verdict = c.RecordVerdict(
                round=0, letter=letter, passes=(marks,), reason="Fair.", judge="a judge"
            )
            await self.show.do(verdict, "crew")
        await self.show.do(c.CloseGate(round=self.show.state.number, gate="vote"))
        await self.show.do(c.CloseGate(round=self.show.state.number, gate="marks"))
        await self.show.do(c.RecordTally(round=0, counts={"A": 9}, digest=""), "crew")
        await self.show.to(Phase.APPEAL)

    async def in_trouble(self) -> None:
        """Wait until the showrunner has trouble with its log."""
        is_told = asyncio.Event()
        stop = self.show.showrunner.subscribe(
            lambda: is_told.set() if self.show.showrunner.trouble else None
        )
        await is_told.wait()
        stop()


@asynccontextmanager
async def timed(folder: Path, **seconds: int) -> AsyncIterator[Timed]:
    clock = Clock(SPEED)
    plan = rundown(finalists=2, panel=2, rounds=1, seconds=SHORT | seconds)
    async with backstage(folder, clock, plan) as show:
        pace = Pace(0.1, 2.0, clock.sleep)
        models = five_understudies(list(plan.rounds), 1, pace, 2)
        seats = [finalist.id for finalist in plan.finalists]
        endpoints = dict(zip(seats, models, strict=True))
        drafter = Drafter(show.showrunner, endpoints, show.scratch, show.tasks)
        show.tasks.start(Timekeeper(show.showrunner, drafter, backwards).run(), "timekeeper")
        yield Timed(show, drafter)


async def test_question_tuning_and_lock_end_by_themselves(tmp_path: Path) -> None:
    async with timed(tmp_path) as t:
        await t.show.next()
        await t.until(Phase.TUNING)
        await t.show.draft("finalist-v", "By nobody.")
        await t.until(Phase.READING)

        assert GRACE_S <= await t.late_s(Phase.TUNING, Phase.QUESTION) < LATE_S
        assert GRACE_S <= await t.late_s(Phase.LOCKED, Phase.TUNING) < LATE_S
        assert 0 <= await t.late_s(Phase.READING, Phase.LOCKED) < LATE_S
        assert t.show.state.round.letters == {"A": "finalist-v"}


async def test_a_round_without_answers_goes_to_the_standings(tmp_path: Path) -> None:
    async with timed(tmp_path) as t:
        await t.show.next()
        state = await t.until(Phase.STANDINGS)

        assert state.round.letters == {}


async def test_tuning_ends_at_once_when_all_have_submitted(tmp_path: Path) -> None:
    async with timed(tmp_path, tuning=900) as t:
        await t.show.to(Phase.TUNING)
        await t.submit_all()
        await t.until(Phase.LOCKED)

        assert await t.late_s(Phase.LOCKED, Phase.TUNING) < -800
        # The order of the letters is the one that was drawn.
        assert t.show.state.round.letters == {"A": "finalist-w", "B": "finalist-v"}


async def test_buzzer_cuts_the_running_draft_and_takes_its_text(tmp_path: Path) -> None:
    async with timed(tmp_path) as t:
        await t.show.to(Phase.TUNING)
        await t.drafter.generate("finalist-v", 0, "Write as much as you can.", 0.7, 0.9)
        state = await t.until(Phase.READING)
        draft = state.round.answer("A")

        assert draft.outcome == "cut"
        assert state.round.submissions["finalist-v"] == Submission(1, "running")
        assert t.drafter.streaming("finalist-v") is None


async def test_nothing_ends_in_hold(tmp_path: Path) -> None:
    async with timed(tmp_path) as t:
        await t.show.next()
        await t.show.do(c.HoldShow())
        await t.show.clock.sleep(30)
        assert t.show.state.phase is Phase.QUESTION

        await t.show.do(c.ResumeShow())
        await t.until(Phase.TUNING)
        lifted = [x.event for x in await t.show.log() if isinstance(x.event, HoldLifted)]
        entered = await t.entry(Phase.TUNING)
        assert entered.at >= lifted[0].deadlines["phase"] + GRACE_S


async def test_each_gate_closes_at_its_own_time(tmp_path: Path) -> None:
    async with timed(tmp_path, tuning=900) as t:
        await t.show.to(Phase.TUNING)
        await t.submit_all()
        await t.until(Phase.READING)
        await t.show.to(Phase.MARKING)
        state = await t.show.showrunner.until(lambda s: s.round.is_closed("vote"))
        assert state.round.is_open("marks")

        state = await t.show.showrunner.until(lambda s: s.round.is_closed("marks"))
        assert state.deadlines == {}


async def test_appeals_that_nobody_filed_end_by_the_clock(tmp_path: Path) -> None:
    async with timed(tmp_path, question=600, tuning=900, vote=600, marks=900, appeal=300) as t:
        await t.show.to(Phase.TUNING)
        await t.submit_all()
        await t.until(Phase.READING)
        await t.to_appeal()
        await t.until(Phase.REVEAL)


async def test_the_clock_never_ends_an_appeal_that_was_filed(tmp_path: Path) -> None:
    async with timed(tmp_path, question=600, tuning=900, vote=600, marks=900, appeal=300) as t:
        await t.show.to(Phase.TUNING)
        await t.submit_all()
        await t.until(Phase.READING)
        await t.to_appeal()
        await t.show.do(FileAppeal(round=0, letter="A", ground="factual error"), "finalist-w")
        state = await t.show.showrunner.until(lambda s: not s.deadlines)
        assert state.phase is Phase.APPEAL

        for panellist in ("panel-1", "panel-2"):
            vote = c.VoteAppeal(round=0, letter="A", is_upheld=False)
            await t.show.do(vote, panellist)
        assert t.show.state.phase is Phase.APPEAL
        await t.show.next()
        assert t.show.state.phase is Phase.REVEAL


async def test_time_goes_on_when_the_log_can_be_written_again(tmp_path: Path) -> None:
    async with timed(tmp_path) as t:
        await t.show.next()
        make_read_only(t.show.writer, True)
        await t.in_trouble()
        assert t.show.state.phase is Phase.QUESTION

        make_read_only(t.show.writer, False)
        await t.until(Phase.STANDINGS)
        assert t.show.showrunner.trouble == ""


def test_letters_of_a_show_are_a_permutation_that_differs_from_time_to_time() -> None:
    finalists = tuple("VWXYZ")
    orders = {fresh_order(0, finalists) for _ in range(200)}

    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2, 3, 4)}
    assert len(orders) > 50


# ---- the heartbeat


async def begun(show: Backstage) -> float:
    return await Heartbeat(show.showrunner, show.scratch, show.tasks).begin(show.is_continued)


async def test_a_first_start_gives_nothing_back_and_beats(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        assert await begun(show) == 0.0
        while not show.scratch.get(HEARTBEAT):
            await asyncio.sleep(0)

        assert float(show.scratch.get(HEARTBEAT)) == NOON


async def test_downtime_in_tuning_is_given_back_once_to_the_second(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.to(Phase.TUNING)
        await show.scratch.put(HEARTBEAT, repr(NOON + 30))
    async with backstage(tmp_path, HandClock(NOON + 47.5)) as show:
        assert await begun(show) == 17.5
        assert show.state.deadlines == {"phase": NOON + 90 + 17.5}
    # It crashed again before its first beat: only what came after is given back.
    async with backstage(tmp_path, HandClock(NOON + 50)) as show:
        assert await begun(show) == 2.5
        assert show.state.deadlines == {"phase": NOON + 90 + 20}


async def test_a_crash_before_the_next_beat_gives_nothing_back_twice(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.to(Phase.TUNING)
        await show.scratch.put(HEARTBEAT, repr(NOON + 30))
    async with backstage(tmp_path, HandClock(NOON + 47.5)) as show:
        # The deadlines are moved, and the beat that follows is not written any more.
        await show.do(c.Compensate(seconds=17.5), "crew")
    async with backstage(tmp_path, HandClock(NOON + 50)) as show:
        assert await begun(show) == 2.5
        assert show.state.deadlines == {"phase": NOON + 90 + 20}


async def test_nothing_is_given_back_where_no_clock_ran(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.to(Phase.TUNING)
        await show.do(c.HoldShow())
        await show.scratch.put(HEARTBEAT, repr(NOON))
    async with backstage(tmp_path, HandClock(NOON + 1000)) as show:
        version = show.showrunner.version
        await begun(show)
        assert show.showrunner.version == version

        await show.do(c.ResumeShow())
        assert show.state.deadlines == {"phase": NOON + 1090}


async def test_a_clock_that_was_set_back_takes_nothing_away(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.to(Phase.TUNING)
        await show.scratch.put(HEARTBEAT, repr(NOON + 30))
    async with backstage(tmp_path, HandClock(NOON - 500)) as show:
        assert await begun(show) == 0.0
        assert show.state.deadlines == {"phase": NOON + 90}


async def test_the_heart_goes_on_when_a_beat_could_not_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = HandClock()
    async with backstage(tmp_path, clock) as show:
        make_read_only(show.scratch_writer, True)
        await begun(show)
        while not caplog.records:
            await asyncio.sleep(0)
        make_read_only(show.scratch_writer, False)
        clock.at += 5
        while (await saved(show)) != repr(NOON + 5):
            await asyncio.sleep(0)

        assert [line["event"] for line in lines(caplog)] == ["heartbeat not written"]


async def saved(show: Backstage) -> str:
    """The heartbeat as the database has it."""
    again = Scratch(show.scratch_writer)
    await again.load()
    return again.get(HEARTBEAT)
