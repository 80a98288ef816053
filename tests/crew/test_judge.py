"""The judge marks beside everything else, and no failure of it stops the show."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest
from backstage import Backstage, backstage, fill_disk, free_disk

from finale.crew.judge import Judge
from finale.judging.base import PASSES, Brief, Heard, Marked, Reply
from finale.llm.base import EndpointError
from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events_judge as ej
from finale.show.phases import Phase
from finale.show.state import ShowState
from scoring.rubric import JUDGE_RUBRIC

FIRST, SECOND = "By nobody, v.", "By nobody, w."


@dataclass(slots=True)
class Marker:
    """A judge whose n-th pass gives `offset` + n as every mark, unless it fails on an answer."""

    failures: Mapping[str, Exception] = field(default_factory=dict)
    offset: int = 4
    gate: asyncio.Event | None = None
    replies: Sequence[Reply] = ()
    flags: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)
    briefs: list[Brief] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    label: str = "scripted judge"

    async def mark(self, brief: Brief, heard: Heard) -> Marked:
        """Three passes."""
        self.asked.append(brief.answer)
        self.briefs.append(brief)
        for reply in self.replies:
            heard(reply)
        try:
            if self.gate is not None:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.stopped.append(brief.answer)
            raise
        if brief.answer in self.failures:
            raise self.failures[brief.answer]
        takes = range(1, PASSES + 1)
        passes = tuple(dict.fromkeys(JUDGE_RUBRIC.keys, self.offset + take) for take in takes)
        return Marked(passes, "So it is.", self.label, self.flags)


@asynccontextmanager
async def judged(folder: Path, marker: Marker) -> AsyncIterator[Backstage]:
    """A show in reading, with A by the first finalist and B by the second, and a judge."""
    async with backstage(folder, finalists=2, panel=0, rounds=1) as show:
        if show.state.phase is Phase.LOBBY:
            await show.to_reading()
        Judge(show.showrunner, marker, show.tasks)
        yield show


def is_settled(state: ShowState) -> bool:
    return len(state.round.opinions) + len(state.round.missed) == len(state.round.letters)


async def test_every_answer_is_marked_in_three_passes(tmp_path: Path) -> None:
    marker = Marker()
    async with judged(tmp_path, marker) as show:
        state = await show.showrunner.until(is_settled)

        assert sorted(marker.asked) == [FIRST, SECOND]
        opinion = state.round.opinions["A"]
        assert opinion.passes == tuple(dict.fromkeys(JUDGE_RUBRIC.keys, 4 + n) for n in (1, 2, 3))
        assert (opinion.reason, opinion.judge) == ("So it is.", "scripted judge")


async def test_brief_holds_question_reference_facts_and_answer_alone(tmp_path: Path) -> None:
    marker = Marker()
    async with judged(tmp_path, marker) as show:
        await show.showrunner.until(is_settled)
        asked = show.state.round.question

        assert marker.briefs[0] == Brief(
            asked.text, asked.reference, asked.key_facts, FIRST, JUDGE_RUBRIC
        )


FAILURES = [
    (
        EndpointError("stalled", "No reply from the judge in 30 s."),
        "No reply from the judge in 30 s.",
    ),
    (ZeroDivisionError(), "The judge broke."),
]


@pytest.mark.parametrize(("failure", "reason"), FAILURES)
async def test_a_failure_is_told_and_the_other_answers_are_marked(
    tmp_path: Path, failure: Exception, reason: str
) -> None:
    async with judged(tmp_path, Marker({FIRST: failure})) as show:
        state = await show.showrunner.until(is_settled)

        assert state.round.missed == {"A": reason}
        assert list(state.round.opinions) == ["B"]


async def test_marks_off_the_rubric_are_no_verdict(tmp_path: Path) -> None:
    async with judged(tmp_path, Marker(offset=10)) as show:
        state = await show.showrunner.until(is_settled)
        sentence = "Relevance: 11 is not a mark from 1 to 10 in steps of 1"

        assert state.round.missed == dict.fromkeys("AB", f"The verdict cannot be read: {sentence}")


async def test_after_a_restart_only_what_has_no_verdict_is_marked(tmp_path: Path) -> None:
    async with judged(tmp_path, Marker({FIRST: EndpointError("failed", "Gone.")})) as show:
        await show.showrunner.until(is_settled)
    marker = Marker()
    async with judged(tmp_path, marker) as show:
        state = await show.showrunner.until(lambda s: not s.round.missed)

        assert marker.asked == [FIRST]
        assert sorted(state.round.opinions) == ["A", "B"]


async def test_a_judge_that_nobody_waits_for_any_more_is_stopped(tmp_path: Path) -> None:
    marker = Marker(gate=asyncio.Event())
    async with judged(tmp_path, marker) as show:
        await show.to(Phase.MARKING)
        await show.next()
        await show.do(c.RecordTally(round=0, counts={"A": 9}, digest=""), "crew")
        await show.next(is_forced=True)
        version = show.showrunner.version
        while len(show.tasks):
            await asyncio.sleep(0)

        assert sorted(marker.stopped) == [FIRST, SECOND]
        assert show.showrunner.version == version
        assert show.state.round.opinions == {}


async def test_a_verdict_is_kept_until_the_log_can_be_written(tmp_path: Path) -> None:
    marker = Marker(gate=asyncio.Event())
    async with judged(tmp_path, marker) as show:
        await fill_disk(show.writer)
        failing = asyncio.Event()
        show.showrunner.subscribe(lambda: failing.set() if show.showrunner.trouble else None)
        assert marker.gate is not None
        marker.label = "a judge with a long name " * 400
        marker.gate.set()
        await failing.wait()
        await free_disk(show.writer)
        state = await show.showrunner.until(is_settled)

        assert sorted(state.round.opinions) == ["A", "B"]


async def test_nothing_is_judged_before_the_lock(tmp_path: Path) -> None:
    marker = Marker()
    async with backstage(tmp_path, finalists=2, panel=0) as show:
        Judge(show.showrunner, marker, show.tasks)
        await show.to(Phase.TUNING)
        await show.draft("finalist-v", FIRST)
        assert (marker.asked, len(show.tasks)) == ([], 0)

        await show.to_reading()
        await show.showrunner.until(is_settled)
        assert sorted(marker.asked) == [FIRST, SECOND]


REPLIES = (
    Reply(1, 1, False, "j", "m-1", "ab12", 0.5, "Seven, I think.", "unreadable", "No.", None, 90),
    Reply(1, 2, False, "j", "m-1", "ab12", 0.5, '{"nonce": "…"}', "read", "", 41, 120),
    Reply(2, 1, True, "j", "m-1", "cd34", 0.5, "", "failed", "Throttled.", None, 5),
)


async def test_every_raw_reply_stands_in_the_log_before_the_verdict(tmp_path: Path) -> None:
    failed = Marker({FIRST: EndpointError("cut", "Cut off.")}, replies=REPLIES)
    async with judged(tmp_path, failed) as show:
        await show.showrunner.until(is_settled)
        told = (ej.JudgeReplied, ej.VerdictRecorded, ej.VerdictMissed)
        logged = [entry.event for entry in await show.log() if isinstance(entry.event, told)]

        for letter, outcome in (("A", ej.VerdictMissed), ("B", ej.VerdictRecorded)):
            of_letter = [event for event in logged if event.letter == letter]
            kept = [asdict(reply) | {"round": 0, "letter": letter, "ask": 0} for reply in REPLIES]
            assert [event.model_dump(exclude={"kind"}) for event in of_letter[:3]] == kept
            assert [type(event) for event in of_letter[3:]] == [outcome]


async def test_flags_are_recorded_with_the_verdict(tmp_path: Path) -> None:
    async with judged(tmp_path, Marker(flags=("It speaks to the judge.",))) as show:
        state = await show.showrunner.until(is_settled)

        assert state.round.opinions["A"].flags == ("It speaks to the judge.",)


async def test_asked_again_the_judge_marks_that_answer_anew(tmp_path: Path) -> None:
    marker = Marker()
    async with judged(tmp_path, marker) as show:
        await show.showrunner.until(is_settled)
        marker.offset = 6
        await show.do(ca.AskJudgeAgain(round=0, letter="A"))
        state = await show.showrunner.until(is_settled)

        assert sorted(marker.asked) == [FIRST, FIRST, SECOND]
        first = {
            letter: opinion.passes[0]["depth"] for letter, opinion in state.round.opinions.items()
        }
        assert first == {"A": 7, "B": 5}


async def test_asked_again_a_judge_that_hangs_is_stopped(tmp_path: Path) -> None:
    marker = Marker(gate=asyncio.Event())
    async with judged(tmp_path, marker) as show:
        while len(marker.asked) < 2:
            await asyncio.sleep(0)
        await show.do(ca.AskJudgeAgain(round=0, letter="A"))
        while len(marker.asked) < 3:
            await asyncio.sleep(0)
        assert marker.gate is not None
        marker.gate.set()
        state = await show.showrunner.until(is_settled)

        assert (marker.stopped, sorted(marker.asked)) == ([FIRST], [FIRST, FIRST, SECOND])
        assert sorted(state.round.opinions) == ["A", "B"]
