import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from audience.phone_house import House, StillClock, house
from sqlalchemy import Connection, Engine

from finale.audience.ballot_box import BallotBox
from finale.audience.messages import Vote
from finale.audience.passes import Pass
from finale.show import commands as c
from finale.show.refused import Refused
from finale.show.state import GRACE_S
from finale.store.ballots import digest
from finale.store.writer import Writer

T = TypeVar("T")


def vote(letter: str, rev: int = 1) -> Vote:
    return Vote(kind="vote", id=f"{letter}-{rev}", round=0, letter=letter, rev=rev)


def rows(folder: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(folder / "show.db") as database:
        return database.execute("SELECT pass_id, letter FROM ballot ORDER BY pass_id").fetchall()


async def test_cast_is_answered_only_after_the_commit(show: House, folder: Path) -> None:
    await show.open_vote()
    is_busy, may_go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def hold(_: object) -> None:
        loop.call_soon_threadsafe(is_busy.set)
        may_go_on.wait()

    holding = asyncio.ensure_future(show.writer.run(hold))
    await is_busy.wait()
    casting = asyncio.ensure_future(show.box.cast(Pass("p"), vote("A")))
    while show.writer._jobs.empty():
        await asyncio.sleep(0)
    assert (casting.done(), rows(folder)) == (False, [])
    may_go_on.set()
    assert (await casting).letter == "A"
    assert rows(folder) == [("p", "A")]
    await holding


class CountingWriter(Writer):
    """Remembers the names of the works it was given."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.names: list[str] = []

    async def run(self, work: Callable[[Connection], T]) -> T:
        self.names.append(getattr(getattr(work, "func", work), "__name__", ""))
        return await super().run(work)


class HeldClock(StillClock):
    """Nobody's sleep ends before the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asleep, self.may_wake = asyncio.Event(), asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.is_asleep.set()
        await self.may_wake.wait()


async def test_ballots_of_the_same_moment_share_a_commit(folder: Path) -> None:
    async with house(folder, writer_type=CountingWriter) as show:
        assert isinstance(show.writer, CountingWriter)
        await show.open_vote()
        clock = HeldClock()
        box = BallotBox(show.showrunner, show.writer, show.passes, clock)
        box.start(show.tasks)
        first = asyncio.ensure_future(box.cast(Pass("p"), vote("A")))
        await clock.is_asleep.wait()
        later = [asyncio.ensure_future(box.cast(Pass(f"q{n}"), vote("B"))) for n in range(300)]
        await asyncio.sleep(0)
        clock.may_wake.set()
        await asyncio.gather(first, *later)
        assert show.writer.names.count("cast") == 1


async def test_vote_for_a_letter_that_is_not_drawn_yet_never_waits_for_the_disk(
    show: House,
) -> None:
    await show.cue()
    box = BallotBox(show.showrunner, show.writer, show.passes, HeldClock())
    box.start(show.tasks)
    casting = asyncio.ensure_future(box.cast(Pass("p", 0), vote("B")))
    await asyncio.sleep(0)
    assert casting.done()
    with pytest.raises(Refused, match=r"^The vote is not open yet\.$"):
        await casting


async def test_tally_has_every_letter_and_the_digest_of_all_ballots(show: House) -> None:
    await show.open_vote()
    cast = [await show.box.cast(Pass(pass_id), vote("B")) for pass_id in "pq"]
    cast.append(await show.box.cast(Pass("r"), vote("C")))
    await show.close_vote()
    round_ = show.showrunner.state.round
    assert round_.counts == {"A": 0, "B": 2, "C": 1}
    assert round_.digest == digest([(ballot.receipt, ballot.letter) for ballot in cast])


async def test_vote_opened_again_is_counted_again(show: House) -> None:
    await show.open_vote()
    await show.box.cast(Pass("p"), vote("A"))
    await show.close_vote()
    await show.showrunner.do(c.OpenGate(round=show.showrunner.state.number, gate="vote"), "host")
    await show.box.cast(Pass("q"), vote("A"))
    await show.close_vote()
    assert show.showrunner.state.round.counts == {"A": 2, "B": 0, "C": 0}


async def test_vote_counts_for_as_long_as_the_grace_and_no_longer(show: House) -> None:
    await show.open_vote()
    show.clock.at = show.showrunner.state.deadlines["vote"] + GRACE_S
    in_time = await show.box.cast(Pass("p"), vote("A"))
    show.clock.at += 0.01
    with pytest.raises(Refused, match=r"^The vote is closed\.$"):
        await show.box.cast(Pass("p"), vote("B", 2))
    assert await show.box.cast(Pass("p"), vote("A")) == in_time
    await show.close_vote()
    assert show.showrunner.state.round.counts == {"A": 1, "B": 0, "C": 0}


async def test_no_vote_is_late_while_the_show_is_held(show: House) -> None:
    await show.open_vote()
    await show.showrunner.do(c.HoldShow(), "host")
    show.clock.at = show.showrunner.state.deadlines["vote"] + 10
    assert (await show.box.cast(Pass("p"), vote("A"))).letter == "A"


async def test_vote_closed_before_a_restart_is_counted_after_it(folder: Path) -> None:
    async with house(folder) as first:
        await first.open_vote()
        await first.box.cast(Pass("p"), vote("C"))
        await first.tasks.stop()
        await first.showrunner.do(
            c.CloseGate(round=first.showrunner.state.number, gate="vote"), "host"
        )
        assert first.showrunner.state.round.counts is None
    async with house(folder, epoch=2) as second:
        state = await second.showrunner.until(lambda state: state.round.counts is not None)
    assert state.round.counts == {"A": 0, "B": 0, "C": 1}


async def test_ballot_cast_before_a_restart_answers_the_same_after_it(folder: Path) -> None:
    async with house(folder) as first:
        await first.open_vote()
        before = await first.box.cast(Pass("p"), vote("C"))
    async with house(folder, epoch=2) as second:
        second.clock.at += 60
        assert await second.box.cast(Pass("p"), vote("C")) == before
        assert await second.box.own("p") == (before,)


async def test_live_number_of_ballots_reaches_the_pages(show: House) -> None:
    await show.open_vote()
    told = asyncio.Event()
    show.showrunner.subscribe(lambda: show.box.ballots == 2 and told.set())
    await asyncio.gather(*(show.box.cast(Pass(pass_id), vote("A")) for pass_id in "pq"))
    await told.wait()


async def test_live_number_starts_again_with_the_round(show: House) -> None:
    await show.open_vote()
    told = asyncio.Event()
    show.showrunner.subscribe(lambda: show.box.ballots == 1 and told.set())
    await show.box.cast(Pass("p"), vote("A"))
    await told.wait()
    await show.close_vote()
    await show.finish_round()
    await show.cue()
    assert show.box.ballots == 0
