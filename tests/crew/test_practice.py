"""Practice in the lobby: a finalist's own model answers, and the show knows nothing of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from backstage import Backstage, HandClock, backstage
from crew.booth import Deaf, Scripted, V, W
from logged import lines
from story import question, rundown

from finale.clock import Clock
from finale.crew.drafter import Drafter
from finale.llm.base import EndpointError, Prompt
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.refused import Refused

PRACTICE = question(77)


@asynccontextmanager
async def lobby(
    folder: Path, model: Scripted, clock: Clock | None = None
) -> AsyncIterator[tuple[Backstage, Drafter]]:
    """Doors open: V has `model`, W another one."""
    plan = rundown(finalists=2, panel=2, rounds=1).model_copy(update={"practice": PRACTICE})
    async with backstage(folder, clock, plan) as show:
        models = {V: model, W: Scripted(HandClock(), ("By W.",))}
        yield show, Drafter(show.showrunner, models, show.scratch, show.tasks)


async def ended(drafter: Drafter, seat: str = V) -> tuple[str | None, str, str]:
    """Outcome, text and reason of the practice draft once it has ended."""
    draft = drafter.practice(seat)
    assert draft is not None
    while draft.outcome is None:
        await asyncio.sleep(0)
    return draft.outcome, draft.streaming.text, draft.reason


async def test_the_model_answers_the_practice_question_and_nothing_is_recorded(
    tmp_path: Path,
) -> None:
    clock = HandClock()
    model = Scripted(clock, (0.75, "An ", 1.5, "answer."))
    async with lobby(tmp_path, model, clock) as (show, drafter):
        version, notes = show.showrunner.version, dict(show.scratch._texts)
        await drafter.practise(V, "Be short.", 2.0, 0.0)

        assert await ended(drafter) == ("finished", "An answer.", "")
        draft = drafter.practice(V)
        assert draft is not None
        assert (draft.streaming.first_token_s, draft.total_s) == (0.75, 2.25)
        assert model.prompts == [Prompt("Be short.", PRACTICE.text, 1.0, 0.01)]
        assert (show.showrunner.version, show.scratch._texts) == (version, notes)
        assert len(await show.log()) == 1


async def test_it_streams_to_its_own_seat_alone(tmp_path: Path) -> None:
    go = asyncio.Event()
    model = Scripted(HandClock(), ("One ", 0.1, "two ", go, 0.1, "three"))
    async with lobby(tmp_path, model, model.clock) as (_, drafter):
        seen: list[str] = []
        told_w: list[str] = []
        drafter.listen(V, lambda: seen.append(text_of(drafter)))
        drafter.listen(W, lambda: told_w.append("told"))
        await drafter.practise(V, "", 0.7, 0.9)
        while text_of(drafter) != "One two ":
            await asyncio.sleep(0)
        go.set()
        await ended(drafter)

        assert seen == ["", "One ", "One two ", "One two three", "–"]
        assert told_w == []


def text_of(drafter: Drafter) -> str:
    streaming = drafter.streaming(V)
    return "–" if streaming is None else streaming.text


async def test_one_at_a_time_per_seat(tmp_path: Path) -> None:
    model = Scripted(HandClock(), ("Half", asyncio.Event()))
    async with lobby(tmp_path, model) as (_, drafter):
        await drafter.practise(V, "", 0.7, 0.9)
        with pytest.raises(Refused, match=r"^A draft is still running\."):
            await drafter.practise(V, "", 0.7, 0.9)
        await drafter.practise(W, "", 0.7, 0.9)

        assert await ended(drafter, W) == ("finished", "By W.", "")


@pytest.mark.parametrize("kind", [Scripted, Deaf])
async def test_cancel_stops_it_and_another_can_begin(tmp_path: Path, kind: type[Scripted]) -> None:
    is_over = asyncio.Event()
    steps = (is_over,) if kind is Deaf else ("Half an answer", is_over)
    model = kind(HandClock(), steps)
    async with lobby(tmp_path, model) as (_, drafter):
        await drafter.practise(V, "", 0.7, 0.9)
        while text_of(drafter) != "Half an answer":
            await asyncio.sleep(0)
        await drafter.cancel(V)
        assert await ended(drafter) == ("cancelled", "Half an answer", "")

        await drafter.practise(V, "", 0.7, 0.9)
        assert text_of(drafter) == ""
        is_over.set()


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (
            (EndpointError("network", "The model cannot be reached."),),
            "The model cannot be reached.",
        ),
        ((" ",), "The model returned an empty answer."),
    ],
)
async def test_a_model_that_fails_says_why(
    tmp_path: Path, steps: tuple[str | Exception, ...], reason: str
) -> None:
    async with lobby(tmp_path, Scripted(HandClock(), steps)) as (show, drafter):
        await drafter.practise(V, "", 0.7, 0.9)

        outcome, _, said = await ended(drafter)
        assert (outcome, said) == ("failed", reason)
        assert show.showrunner.version == 1


async def test_a_model_that_breaks_is_in_the_organisers_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with lobby(tmp_path, Scripted(HandClock(), (RuntimeError("a bug"),))) as (_, drafter):
        await drafter.practise(V, "", 0.7, 0.9)

        assert (await ended(drafter))[2].startswith("The model broke in a way")
        assert [line["event"] for line in lines(caplog)] == ["model broke"]


async def test_a_silent_model_has_failed_after_ten_seconds(tmp_path: Path) -> None:
    silent = Scripted(HandClock(), (asyncio.Event(),))
    async with lobby(tmp_path, silent, Clock(speed=200)) as (_, drafter):
        await drafter.practise(V, "", 0.7, 0.9)
        draft = drafter.practice(V)
        assert draft is not None
        assert draft.task is not None
        await draft.task

        assert await ended(drafter) == ("failed", "", "No first token within 10 s. Generate again.")


async def test_it_stops_and_is_forgotten_when_the_show_begins(tmp_path: Path) -> None:
    model = Scripted(HandClock(), ("Half", asyncio.Event()))
    async with lobby(tmp_path, model) as (show, drafter):
        await drafter.practise(V, "", 0.7, 0.9)
        while text_of(drafter) != "Half":
            await asyncio.sleep(0)
        draft = drafter.practice(V)
        await show.next()

        assert (drafter.practice(V), drafter.streaming(V)) == (None, None)
        assert draft is not None
        assert draft.task is not None
        await asyncio.wait([draft.task])
        assert model.closed == 1
        with pytest.raises(Refused, match=r"^There is nothing to practise now\."):
            await drafter.practise(V, "", 0.7, 0.9)
        await show.to(Phase.TUNING)
        with pytest.raises(Refused, match=r"^There is nothing to practise now\."):
            await drafter.practise(V, "", 0.7, 0.9)


async def test_what_the_rules_refuse_asks_no_model(tmp_path: Path) -> None:
    model = Scripted(HandClock())
    async with lobby(tmp_path, model) as (show, drafter):
        with pytest.raises(Refused, match=r"^The system prompt has 4,001 characters"):
            await drafter.practise(V, "x" * 4001, 0.7, 0.9)
        await show.do(ca.WithdrawFinalist(finalist=V, reason="Ill."))
        with pytest.raises(Refused, match=r"^There is nothing to practise now\."):
            await drafter.practise(V, "", 0.7, 0.9)

    async with backstage(tmp_path / "none", finalists=2) as show:
        drafter = Drafter(show.showrunner, {V: model}, show.scratch, show.tasks)
        with pytest.raises(Refused, match=r"^There is nothing to practise now\."):
            await drafter.practise(V, "", 0.7, 0.9)
    assert model.prompts == []
