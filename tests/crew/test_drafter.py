"""A finalist's model, streamed and recorded, whatever becomes of it."""

import asyncio
import math
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from backstage import HandClock, backstage, fill_disk, free_disk
from crew.booth import COOL, OPEN, Deaf, Scripted, Step, V, W, booth
from logged import lines

from finale.clock import Clock
from finale.crew.drafter import Drafter
from finale.crew.streaming import BROKE
from finale.llm.base import Chunk, EndpointError, Finish, Prompt
from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.rules_finalist import at_buzzer
from finale.show.state import GRACE_S, Draft, Submission
from finale.show.views.common import Hall
from finale.show.views.faults import faults


async def test_a_reply_is_streamed_timed_and_recorded(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = (0.75, "An ", 1.5, "answer.", 0.25)
        await b.generate(system="Be short.")
        draft = await b.ended()

        assert draft == Draft(
            1, "Be short.", 0.7, 0.9, "An answer.", "finished", "", 0.75, 2.5, ended=1
        )
        question = b.show.state.round.question.text
        assert b.v.prompts == [Prompt("Be short.", question, 0.7, 0.9)]
        assert b.drafter.streaming(V) is None
        assert (b.drafter.label(V), b.v.closed) == ("scripted 1", 1)


async def test_settings_are_clamped_to_what_the_model_takes(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.drafter.generate(V, 0, "", 2.0, 0.0)
        await b.ended()

        assert (b.v.prompts[0].temperature, b.v.prompts[0].top_p) == (1, 0.01)
        assert b.drafter.range_of(V) == (COOL, OPEN)


async def test_what_the_rules_refuse_asks_no_model(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        with pytest.raises(Refused, match=r"The system prompt has 4,001 characters"):
            await b.generate(system="x" * 4001)
        with pytest.raises(ValueError, match="a setting must be a number"):
            await b.drafter.generate(V, 0, "", math.nan, 0.9)

        assert b.v.prompts == []


async def test_a_growing_draft_can_be_watched(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        go = asyncio.Event()
        b.v.steps = ("One ", 0.1, "two ", go, 0.1, "three")
        seen: list[str] = []
        stop = b.drafter.listen(V, lambda: seen.append(_text(b.drafter)))
        await b.generate()
        await b.said("One two ")
        stop()
        go.set()
        await b.ended()

        assert seen == ["One ", "One two "]


def _text(drafter: Drafter) -> str:
    streaming = drafter.streaming(V)
    return streaming.text if streaming else ""


async def test_a_broken_page_stops_no_draft(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with booth(tmp_path) as b:

        def broken() -> None:
            raise RuntimeError("a page broke")

        b.drafter.listen(V, broken)
        await b.generate()

        assert (await b.ended()).outcome == "finished"
        assert {line["event"] for line in lines(caplog)} == {"listener failed"}


# ---- cancel and cut


async def test_cancel_stops_the_model_and_keeps_what_it_wrote(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = ("Half an ans", asyncio.Event())
        await b.generate()
        await b.said("Half an ans")
        await b.drafter.cancel(V)
        draft = b.show.state.round.draft(V, 1)

        assert draft is not None
        assert (draft.outcome, draft.text, b.v.closed) == ("cancelled", "Half an ans", 1)
        with pytest.raises(Refused, match=r"^No draft is running"):
            await b.drafter.cancel(V)
        await b.generate()
        assert b.show.state.round.running(V) is not None


async def test_cancel_at_once_is_recorded_too(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = (asyncio.Event(),)
        await b.generate()
        await b.drafter.cancel(V)

        draft = b.show.state.round.draft(V, 1)
        assert draft is not None
        assert (draft.outcome, draft.text) == ("cancelled", "")
        assert b.drafter.streaming(V) is None


async def test_whoever_asks_and_leaves_has_a_draft_that_can_be_cancelled(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = ("Half an ans", asyncio.Event())
        asking = asyncio.ensure_future(b.generate())
        started = asyncio.Event()
        stop = b.show.showrunner.subscribe(started.set)
        await started.wait()
        asking.cancel()
        await asyncio.wait([asking])
        stop()
        assert b.drafter.streaming(V) is not None
        await b.drafter.cancel(V)
        assert [draft.outcome for draft in b.show.state.round.drafts[V]] == ["cancelled"]


async def test_whoever_is_withdrawn_stops_at_once(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = ("Half an ans", asyncio.Event())
        b.w.steps = ("Going on", asyncio.Event())
        await b.generate(V)
        await b.generate(W)
        await b.said("Half an ans", V)
        await b.said("Going on", W)
        await b.show.do(ca.WithdrawFinalist(finalist=V, reason="Taken ill."))
        draft = await b.ended(V)

        assert (draft.outcome, draft.text, b.v.closed) == ("cut", "Half an ans", 1)
        assert b.drafter.streaming(V) is None
        assert b.drafter.streaming(W) is not None


async def test_cancel_twice_at_once_records_once(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = ("Half", asyncio.Event())
        await b.generate()
        await b.said("Half")
        await asyncio.gather(b.drafter.cancel(V), b.drafter.cancel(V))

        draft = b.show.state.round.draft(V, 1)
        assert draft is not None
        assert draft.outcome == "cancelled"


async def test_buzzer_cuts_every_draft_and_takes_what_had_streamed(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        for model, text in ((b.v, "By nobody, one"), (b.w, "By nobody, two")):
            model.steps = (text, asyncio.Event())
        await b.generate(V)
        await b.generate(W)
        await b.said("By nobody, one", V)
        await b.said("By nobody, two", W)
        await b.drafter.cut()
        await b.show.clock.sleep_until(b.show.state.deadlines["phase"] + GRACE_S)
        await b.show.do(c.EndTuning(round=0, order=(1, 0)), "crew")
        round_ = b.show.state.round

        assert round_.letters == {"A": W, "B": V}
        assert round_.submissions == {V: Submission(1, "running"), W: Submission(1, "running")}
        assert [round_.answer(letter).text for letter in "AB"] == [
            "By nobody, two",
            "By nobody, one",
        ]
        assert {task.get_name() for task in b.show.tasks._tasks} <= {"save a draft"}


async def test_cut_without_a_running_draft_does_nothing(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.drafter.cut()

        assert b.show.state.round.drafts == {}


async def test_a_model_that_will_not_stop_does_not_hold_up_the_buzzer(tmp_path: Path) -> None:
    async with booth(tmp_path, Deaf) as b:
        is_over = asyncio.Event()
        b.v.steps = (is_over,)
        await b.generate()
        await b.said("Half an answer")
        await b.drafter.cut()
        draft = b.show.state.round.draft(V, 1)
        version = b.show.showrunner.version
        is_over.set()
        await b.show.tasks.stop()

        assert draft is not None
        assert (draft.outcome, draft.text) == ("cut", "Half an answer")
        assert b.show.showrunner.version == version


# ---- failures

FAILURES = [
    (("Half", EndpointError("timeout", "No reply in 10 s.")), "No reply in 10 s.", "Half"),
    ((EndpointError("http", "503 from the endpoint."),), "503 from the endpoint.", ""),
    ((), "The model returned an empty answer.", ""),
    (("  ", "\n"), "The model returned an empty answer.", "  \n"),
    (
        ("Half", ZeroDivisionError()),
        "The model broke in a way that nobody foresaw. Generate again.",
        "Half",
    ),
]


@pytest.mark.parametrize(("steps", "reason", "text"), FAILURES)
async def test_a_failure_is_recorded_and_touches_nobody_else(
    tmp_path: Path, steps: tuple[Step, ...], reason: str, text: str
) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = steps
        await b.generate(V)
        await b.generate(W)
        failed, fine = await b.ended(V), await b.ended(W)

        assert (failed.outcome, failed.reason, failed.text) == ("failed", reason, text)
        assert (fine.outcome, fine.text) == ("finished", "An answer.")
        assert at_buzzer(b.show.state.round, V) == Submission(0, "none")

        b.v.steps = ("Better.",)
        await b.generate(V)
        assert (await b.ended(V, 2)).text == "Better."


async def test_a_draft_is_kept_until_the_log_can_be_written(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        go = asyncio.Event()
        b.v.steps = ("x" * 9000, go)
        await b.generate()
        await b.said("x" * 9000)
        await fill_disk(b.show.writer)
        failing = asyncio.Event()
        b.show.showrunner.subscribe(failing.set)
        go.set()
        await failing.wait()
        assert "cannot be written" in b.show.showrunner.trouble

        await free_disk(b.show.writer)
        draft = await b.ended()
        assert (draft.outcome, draft.text) == ("finished", "x" * 9000)
        assert b.show.showrunner.trouble == ""


async def test_a_draft_that_ends_after_tuning_is_let_go(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        go = asyncio.Event()
        b.v.steps = ("Late.", go)
        await b.generate()
        await b.said("Late.")
        await b.show.clock.sleep_until(b.show.state.deadlines["phase"] + GRACE_S)
        await b.show.do(c.EndTuning(round=0, order=(0, 1)), "crew")
        version = b.show.showrunner.version
        streaming = b.drafter.streaming(V)
        assert streaming is not None
        assert streaming.task is not None
        go.set()
        await streaming.task

        assert b.show.showrunner.version == version
        assert b.drafter.streaming(V) is None


# ---- restart


async def test_a_draft_that_ran_at_a_restart_ends_with_what_was_saved(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = (0.75, "Half an ans", asyncio.Event())
        await b.generate()
        await b.said("Half an ans")
        await b.show.scratch.put("other", "the first text is saved before this one")
    async with booth(tmp_path) as b:
        await b.drafter.recover()
        draft = b.show.state.round.draft(V, 1)

        assert draft is not None
        assert (draft.outcome, draft.text, draft.reason) == (
            "cut",
            "Half an ans",
            "The server was restarted while this draft ran. Generate again.",
        )
        assert (draft.first_token_s, draft.total_s) == (0.75, None)
        assert at_buzzer(b.show.state.round, V) == Submission(1, "running")
        await b.generate()
        assert (await b.ended(V, 2)).outcome == "finished"


async def test_a_draft_without_a_word_at_a_restart_ends_empty(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        b.v.steps = (asyncio.Event(),)
        await b.generate()
    async with booth(tmp_path) as b:
        await b.drafter.recover()
        draft = b.show.state.round.draft(V, 1)

        assert draft is not None
        assert (draft.outcome, draft.text, draft.first_token_s) == ("cut", "", None)


async def test_recover_leaves_a_show_alone_that_is_not_tuning(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.show.clock.sleep_until(b.show.state.deadlines["phase"] + GRACE_S)
        await b.show.do(c.EndTuning(round=0, order=(0, 1)), "crew")
        version = b.show.showrunner.version
        await b.drafter.recover()

        assert b.show.showrunner.version == version


async def test_a_model_that_says_nothing_has_failed_after_ten_seconds(tmp_path: Path) -> None:
    clock = Clock(speed=200)
    async with backstage(tmp_path, clock, finalists=2, panel=2, rounds=1) as show:
        silent = Scripted(HandClock(), steps=(asyncio.Event(),))
        drafter = Drafter(show.showrunner, {V: silent}, show.scratch, show.tasks)
        await show.to(Phase.TUNING)
        await drafter.generate(V, 0, "Be kind.", 0.7, 0.9)
        state = await show.showrunner.until(lambda s: bool(s.round.credits))

        draft = state.round.draft(V, 1)
        assert draft is not None
        assert (draft.outcome, draft.reason, draft.first_token_s) == (
            "failed",
            "No first token within 10 s. Generate again.",
            None,
        )
        assert draft.total_s is not None
        assert 10 <= state.round.credits[V].pending == draft.total_s < 30
        assert (silent.closed, drafter.streaming(V)) == (1, None)


# ---- several at once


async def test_as_many_drafts_run_at_once_as_the_show_allows(tmp_path: Path) -> None:
    async with booth(tmp_path, drafts_at_once=2) as b:
        b.v.steps = ("Half", asyncio.Event())
        await b.generate()
        await b.said("Half")
        await b.generate()
        await b.said("Half")
        with pytest.raises(Refused) as refused:
            await b.generate()

        assert str(refused.value) == (
            "2 drafts are still running. Cancel one first, or wait for it."
        )
        assert [d.number for d in b.show.state.round.running(V)] == [1, 2]
        await b.drafter.cancel(V, 1)
        assert [d.number for d in b.show.state.round.running(V)] == [2]
        assert (b.drafter.streaming(V, 1), b.v.closed) == (None, 1)


async def test_of_several_cut_at_zero_the_newest_with_text_counts(tmp_path: Path) -> None:
    async with booth(tmp_path, drafts_at_once=3) as b:
        for text in ("First", "Second", ""):
            b.v.steps = (text, asyncio.Event()) if text else (asyncio.Event(),)
            await b.generate()
            await b.said(text)
        await b.drafter.cut({V})

        assert [d.outcome for d in b.show.state.round.drafts[V]] == ["cut", "cut", "cut"]
        assert at_buzzer(b.show.state.round, V) == Submission(2, "running")
        assert b.v.closed == 3


async def test_how_the_model_ended_is_recorded(tmp_path: Path) -> None:
    class Counting(Scripted):
        async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
            yield Chunk("Cut at the limit")
            yield Chunk("", Finish("length", 512))

    async with booth(tmp_path, Counting) as b:
        await b.generate()
        draft = await b.ended()

        assert (draft.tokens, draft.finish) == (512, "length")


ODD = [("A good answer.", Finish("\ud800")), ("\x00\ud800", Finish("stop")), ("A", Finish("", -1))]


@pytest.mark.parametrize(("text", "finish"), ODD)
async def test_a_draft_that_cannot_be_recorded_as_it_is_ends_and_keeps_its_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str, finish: Finish
) -> None:
    class Odd(Scripted):
        async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
            yield Chunk(text)
            yield Chunk("", finish)

    async with booth(tmp_path, Odd) as b:
        await b.generate()
        draft = await b.ended()
        await b.generate()
        hall = Hall(seats=frozenset({V, W, "panel-1", "panel-2"}))

        kept = text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
        assert (draft.outcome, draft.text, draft.reason) == ("failed", kept, BROKE)
        assert (await b.ended(V, 2)).outcome == "failed"
        assert [fault.line for fault in faults(b.show.state, hall)] == [f"Ada Byron: {BROKE}"]
        assert {line["event"] for line in lines(caplog)} == {"draft cannot be recorded as it is"}
