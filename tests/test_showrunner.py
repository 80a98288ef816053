"""The one writer, on a real database."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from backstage import Backstage, backstage, fill_disk, free_disk, make_read_only
from logged import lines
from story import NOON, rundown

from finale.config import ROOT
from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events as e
from finale.show.cues import next_cue
from finale.show.events import Event
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.showrunner import Events
from finale.store import ballots
from finale.store.event_log import EventLog
from finale.store.record import replay
from finale.store.writer import StoreError

V = "finalist-v"
SECOND = c.SeatRobot(seat="panel-2")
FULL = (
    "The show's database cannot be written (the database is full or was taken away). Free space "
    "or fix the permissions of the data folder; nothing was acknowledged that was not saved."
)


def seat(name: str) -> c.SeatRobot:
    return c.SeatRobot(seat=name)


# ---- one writer, in order


async def test_what_was_done_is_in_state_log_and_version(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        done = await show.do(seat("panel-1"))
        entries = await show.log()

        assert done == (e.RobotSeated(seat="panel-1"),)
        assert show.state.robots == {"panel-1"}
        assert [(x.seq, x.by, x.at) for x in entries] == [(1, "crew", NOON), (2, "host", NOON)]
        assert show.showrunner.version == 2
        assert replay(entries) == show.state


async def test_fifty_hosts_that_call_one_cue_take_one_step(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        cue = next_cue(show.state)
        assert cue is not None
        calls = [show.do(c.CallCue(cue=cue.id)) for _ in range(50)]
        answers = await asyncio.gather(*calls, return_exceptions=True)

        assert [type(answer) for answer in answers] == [tuple] + [Refused] * 49
        assert {str(answer) for answer in answers[1:]} == {"That step was already taken."}
        assert [x.event.kind for x in await show.log()] == [
            "ShowOpened",
            "RoundStarted",
            "PhaseEntered",
        ]


async def test_many_commands_at_once_are_logged_one_after_the_other(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        names = [*show.state.rundown.seats]
        await asyncio.gather(*(show.do(seat(name)) for name in names))
        entries = await show.log()

        assert [x.event for x in entries[1:]] == [e.RobotSeated(seat=name) for name in names]
        assert replay(entries) == show.state


async def test_watchers_are_told_and_a_broken_one_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with backstage(tmp_path) as show:
        told: list[int] = []

        def broken() -> None:
            raise RuntimeError("a page broke")

        show.showrunner.subscribe(broken)
        stop = show.showrunner.subscribe(lambda: told.append(show.showrunner.version))
        await show.do(seat("panel-1"))
        await show.do(seat("panel-2"))
        stop()
        await show.do(seat("panel-3"))

        assert told == [2, 3]
        assert [line["event"] for line in lines(caplog)] == ["listener failed"] * 3


async def test_until_waits_for_the_state_that_is_asked_for(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        waiting = asyncio.ensure_future(show.showrunner.until(lambda s: len(s.robots) == 2))
        await show.do(seat("panel-1"))
        assert not waiting.done()

        await show.do(seat("panel-2"))
        assert (await waiting).robots == {"panel-1", "panel-2"}


async def test_the_vote_gate_moves_in_the_transaction_of_its_event(tmp_path: Path) -> None:
    async with backstage(tmp_path, finalists=2, panel=0) as show:
        await show.to_reading()
        ballot = ballots.Cast(show.showrunner.show_id, 0, "pass", "A", 1, "receipt", 0.0)

        async def cast() -> str:
            return (await show.writer.run(lambda link: ballots.cast(link, [ballot])))[0].outcome

        found = [await cast()]
        await show.to(Phase.MARKING)
        found.append(await cast())
        await show.do(c.CloseGate(round=show.state.number, gate="vote"))
        ballot = ballots.Cast(show.showrunner.show_id, 0, "other", "A", 1, "receipt", 0.0)
        found.append(await cast())
        await show.do(c.OpenGate(round=show.state.number, gate="vote"))
        found.append(await cast())

        assert found == ["closed", "counted", "closed", "counted"]


# ---- the same id


async def test_a_command_with_the_same_id_happens_once_however_often_it_comes(
    tmp_path: Path,
) -> None:
    async with backstage(tmp_path) as show:
        answers = [await show.do(seat("panel-1"), id="one") for _ in range(5)]
        await show.do(SECOND, id="two")
        answers += await asyncio.gather(*(show.do(seat("panel-1"), id="one") for _ in range(20)))

        assert answers == [(e.RobotSeated(seat="panel-1"),)] * 25
        assert show.showrunner.version == 3


async def test_a_refused_command_is_refused_again_though_it_would_do_now(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        with pytest.raises(Refused, match="No robot sits there") as first:
            await show.do(c.UnseatRobot(seat="panel-1"), id="early")
        await show.do(seat("panel-1"))

        with pytest.raises(Refused, match="No robot sits there") as again:
            await show.do(c.UnseatRobot(seat="panel-1"), id="early")
        assert show.state.robots == {"panel-1"}
        # An exception holds the stack that it passed through: it must not be what is remembered.
        assert again.value is not first.value


async def test_what_was_refused_stays_refused_after_a_restart(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        with pytest.raises(Refused, match="No robot sits there"):
            await show.do(c.UnseatRobot(seat="panel-1"), id="early")
        with pytest.raises(Refused, match="No robot sits there"):
            await show.do(c.UnseatRobot(seat="panel-1"))
        await show.do(seat("panel-1"))
        entries = await show.log()
    async with backstage(tmp_path) as show:
        assert await EventLog(show.writer).refusals.count() == 1
        for _ in range(2):
            with pytest.raises(Refused, match="No robot sits there"):
                await show.do(c.UnseatRobot(seat="panel-1"), id="early")
        assert await show.log() == entries

        [event] = await show.do(c.UnseatRobot(seat="panel-1"), id="late")
        assert isinstance(event, e.RobotUnseated)


async def test_what_was_refused_is_known_after_a_restart_without_the_database(
    tmp_path: Path,
) -> None:
    async with backstage(tmp_path) as show:
        with pytest.raises(Refused, match="No robot sits there"):
            await show.do(c.UnseatRobot(seat="panel-1"), id="early")
    async with backstage(tmp_path) as show:
        await show.do(seat("panel-1"))
        show.writer.close()

        with pytest.raises(Refused, match="No robot sits there"):
            await show.do(c.UnseatRobot(seat="panel-1"), id="early")


async def test_a_refusal_that_leaves_the_memory_is_still_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finale.showrunner.REMEMBERED_REFUSALS", 2)
    async with backstage(tmp_path) as show:
        for id_ in "abcd":
            with pytest.raises(Refused, match="No robot sits there"):
                await show.do(c.UnseatRobot(seat="panel-1"), id=id_)
        await show.do(seat("panel-1"))
        for id_ in "abcd":
            with pytest.raises(Refused, match="No robot sits there"):
                await show.do(c.UnseatRobot(seat="panel-1"), id=id_)


async def test_a_refusal_that_cannot_be_saved_is_no_answer(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.do(seat("panel-1"))
        make_read_only(show.writer, is_read_only=True)
        with pytest.raises(StoreError):
            await show.do(seat("panel-1"), id="twice")
        assert show.showrunner.trouble
        make_read_only(show.writer, is_read_only=False)
        await show.do(c.UnseatRobot(seat="panel-1"))

        assert await show.do(seat("panel-1"), id="twice") == (e.RobotSeated(seat="panel-1"),)
        assert show.showrunner.trouble == ""


async def test_the_same_id_of_another_seat_is_another_command(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.to(Phase.TUNING)
        start = c.StartDraft(round=0, system="", temperature=1, top_p=1)
        await show.do(start, V, id="same")
        await show.do(start, "finalist-w", id="same")

        assert {seat: len(of) for seat, of in show.state.round.drafts.items()} == {
            V: 1,
            "finalist-w": 1,
        }


async def test_commands_replayed_in_any_order_after_a_restart_change_nothing(
    tmp_path: Path,
) -> None:
    commands = {name: seat(name) for name in rundown().seats}
    async with backstage(tmp_path) as show:
        answers = {id_: await show.do(command, id=id_) for id_, command in commands.items()}
        await show.to(Phase.TUNING)
        version = show.showrunner.version
    async with backstage(tmp_path) as show:
        again: dict[str, Events] = {}
        for id_ in Random(1).sample(sorted(commands), len(commands)):
            again[id_] = await show.do(commands[id_], id=id_)

        assert again == answers
        assert show.showrunner.version == version


# ---- restart


async def test_a_restart_is_a_replay(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.to_reading()
        before, show_id, version = show.state, show.showrunner.show_id, show.showrunner.version
    async with backstage(tmp_path, finalists=2) as show:
        # A show file that changed meanwhile does not touch a show that has begun.
        assert show.is_continued
        assert show.state == before
        assert (show.showrunner.show_id, show.showrunner.version) == (show_id, version)

        await show.next()
        assert len(await show.log()) == version + 1


async def test_in_the_lobby_every_change_of_the_show_file_is_taken(tmp_path: Path) -> None:
    plans = [rundown(finalists=n) for n in (5, 4, 3, 3)]
    found = []
    for plan in plans:
        async with backstage(tmp_path, plan=plan) as show:
            found.append((show.is_continued, len(show.state.rundown.finalists)))
            entries = await show.log()

    assert found == [(False, 5), (False, 4), (False, 3), (False, 3)]
    assert [x.event.kind for x in entries] == ["ShowOpened"] * 3


async def test_what_was_declared_in_the_lobby_survives_a_change_of_the_show_file(
    tmp_path: Path,
) -> None:
    async with backstage(tmp_path) as show:
        await show.do(ca.DeclareRecusal(panellist="panel-1", finalist=V, is_recused=True))
        await show.do(ca.WithdrawFinalist(finalist="finalist-w", reason="Ill."))
        await show.do(ca.ReplaceQuestion(of_round=1, question="question-51", reason="Leaked."))
    async with backstage(tmp_path, plan=rundown(quorum=9)) as show:
        state = show.state
        kinds = [entry.event.kind for entry in await show.log()]

        assert (state.rundown.settings.quorum, state.recusals) == (9, {("panel-1", V)})
        assert (state.withdrawn, state.used_spares) == ({"finalist-w": "Ill."}, {"question-51"})
        assert kinds[4:] == [
            *("ShowOpened", "RecusalDeclared", "FinalistWithdrawn", "QuestionReplaced")
        ]
        assert replay(await show.log()) == state


async def test_a_log_that_was_tampered_with_is_not_played(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.do(seat("panel-1"))
        await show.writer.run(
            lambda link: link.exec_driver_sql("UPDATE entry SET by = 'crew' WHERE seq = 2") and None
        )

    with pytest.raises(ValueError, match="entry 2 was changed: its hash does not fit"):
        async with backstage(tmp_path):
            pass


# ---- when the log cannot be written


async def _long_prompt(show: Backstage) -> Events:
    start = c.StartDraft(round=0, system="x" * 4000, temperature=1, top_p=1)
    return await show.do(start, V, id="long")


async def test_what_could_not_be_saved_did_not_happen_and_is_told(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        await show.to(Phase.TUNING)
        told: list[str] = []
        show.showrunner.subscribe(lambda: told.append(show.showrunner.trouble))
        before, entries = show.state, await show.log()
        await fill_disk(show.writer)
        with pytest.raises(StoreError) as failed:
            await _long_prompt(show)

        assert str(failed.value) == FULL
        assert (show.state, await show.log()) == (before, entries)
        assert (show.showrunner.trouble, told) == (FULL, [FULL])

        await free_disk(show.writer)
        [started] = await _long_prompt(show)
        assert isinstance(started, e.DraftStarted)
        assert show.showrunner.trouble == ""
        assert replay(await show.log()) == show.state
    async with backstage(tmp_path) as show:
        assert await _long_prompt(show) == (started,)


async def test_a_read_only_database_is_told_and_written_again_when_it_can_be(
    tmp_path: Path,
) -> None:
    async with backstage(tmp_path) as show:
        make_read_only(show.writer, True)
        with pytest.raises(StoreError, match="attempt to write a readonly database"):
            await show.do(seat("panel-1"))
        assert show.state.robots == frozenset()

        make_read_only(show.writer, False)
        await show.do(seat("panel-1"))
        assert show.state.robots == {"panel-1"}


async def test_who_stops_waiting_in_mid_commit_parts_nothing_from_the_log(tmp_path: Path) -> None:
    async with backstage(tmp_path) as show:
        for number, name in enumerate(show.state.rundown.seats):
            asking = asyncio.ensure_future(show.do(seat(name)))
            for _ in range(number % 4):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        await show.do(c.BlackOut(is_black=True))

        entries = await show.log()
        assert replay(entries) == show.state
        assert isinstance(entries[-1].event, e.StageBlacked)


# ---- kill -9

CHILD = """
import asyncio, sys
from pathlib import Path
from backstage import backstage
from finale.show import commands as c

async def main():
    async with backstage(Path(sys.argv[1])) as show:
        for number in range(10_000):
            await show.do(c.BlackOut(is_black=number % 2 == 0), id=f"ack-{number}")
            print(f"ack-{number}", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("acks", [1, 7, 60])
async def test_what_was_acknowledged_survives_kill_9(tmp_path: Path, acks: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )
    with child:
        assert child.stdout is not None
        heard = [child.stdout.readline().strip() for _ in range(acks)]
        child.send_signal(signal.SIGKILL)
        heard += [line.strip() for line in child.stdout if line.endswith("\n")]

    async with backstage(tmp_path) as show:
        causes = [entry.cause for entry in (await show.log())[1:]]
        # Every one that was told is there, and at most the one that was about to be told besides.
        assert heard[0] == "ack-0"
        assert causes[: len(heard)] == heard
        assert len(causes) - len(heard) in (0, 1)
        assert await _told_again(show, causes[-1]) == (e.StageBlacked(is_black=_is_even(causes)),)
        assert show.showrunner.version == len(causes) + 1


async def _told_again(show: Backstage, cause: str) -> tuple[Event, ...]:
    number = int(cause.removeprefix("ack-"))
    return await show.do(c.BlackOut(is_black=number % 2 == 0), id=cause)


def _is_even(causes: list[str]) -> bool:
    return len(causes) % 2 == 1


async def test_what_happens_is_logged_without_a_letter_or_a_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "finale")
    async with backstage(tmp_path, plan=rundown(2, 2)) as show:
        await show.to_reading()
    said = lines(caplog)

    assert next(line for line in said if line["event"] == "DraftStarted") == {
        "event": "DraftStarted",
        "seq": 5,
        "by": "finalist-v",
        "seat": "finalist-v",
        "draft": 1,
    }
    names = {name for line in said for name in line}
    assert names.isdisjoint({"letter", "letters", "text", "system", "mark", "marks", "order"})
    assert {"LettersDrawn", "Submitted", "PhaseEntered"} <= {line["event"] for line in said}


async def test_a_refusal_is_logged_with_who_asked_for_what(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "finale")
    async with backstage(tmp_path) as show:
        with pytest.raises(Refused):
            await show.do(c.BlackOut(is_black=True), "panel-1")

    assert lines(caplog)[-1] == {
        "event": "refused",
        "command": "BlackOut",
        "by": "panel-1",
        "why": "This is for the host.",
    }
