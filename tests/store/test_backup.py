"""A copy of a show that runs: whole, checked, and a show to go on with."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from pathlib import Path

import pytest
from backstage import Backstage, backstage
from story import rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.state import ShowState
from finale.store import ballots
from finale.store.backup import back_up
from finale.store.ballots import Cast
from finale.store.folder import Folder
from finale.store.writer import StoreError


@asynccontextmanager
async def marking(folder: Path) -> AsyncIterator[Backstage]:
    """A show whose vote is open."""
    async with backstage(folder, plan=rundown(3, 2)) as show:
        Folder(folder).key()
        await show.to_reading()
        await show.to(Phase.MARKING)
        yield show


async def vote(show: Backstage, number: int) -> str:
    """One ballot; the pass whose ballot is safe."""
    cast = Cast(show.showrunner.show_id, 0, f"phone-{number}", "A", 1, f"R{number}", 0.0)
    await show.writer.run(partial(ballots.cast, ballots=[cast]))
    return cast.pass_id


async def busy(show: Backstage, safe: list[tuple[str, str]]) -> None:
    """Vote, type and black out without an end; `safe` is what was acknowledged."""
    number = 0
    while True:
        number += 1
        safe.append(("pass", await vote(show, number)))
        await show.scratch.put(f"typed {number}", "half a thought")
        safe.append(("note", f"typed {number}"))
        await show.do(c.BlackOut(is_black=bool(number % 2)), id=f"black-{number}")
        safe.append(("cause", f"black-{number}"))


def kept(folder: Path) -> set[tuple[str, str]]:
    """What stands in the databases of a folder."""
    queries = {
        "show.db": (("pass", "SELECT pass_id FROM ballot"), ("cause", "SELECT cause FROM entry")),
        "scratch.db": (("note", "SELECT key FROM note"),),
    }
    found = set()
    for name, asked in queries.items():
        with closing(sqlite3.connect(folder / name)) as database:
            for kind, query in asked:
                found |= {(kind, row) for (row,) in database.execute(query)}
    return found


async def test_a_copy_has_all_that_was_acknowledged_before_it_began(tmp_path: Path) -> None:
    source, place = tmp_path / "data", tmp_path / "copy"
    async with marking(source) as show:
        safe: list[tuple[str, str]] = []
        writing = asyncio.ensure_future(busy(show, safe))
        while len(safe) < 300:
            await asyncio.sleep(0)
        before = list(safe)
        copied = await asyncio.to_thread(back_up, Folder(source), place, [])
        during = len(safe) - len(before)
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        assert show.showrunner.trouble == ""

    assert during > 0
    assert set(before) <= kept(place)
    assert (copied.state.phase, copied.show_file) == (Phase.MARKING, None)
    assert copied.ballots >= 100


async def test_a_show_goes_on_from_its_copy(tmp_path: Path) -> None:
    source, place = tmp_path / "data", tmp_path / "copy"
    async with marking(source) as show:
        await vote(show, 1)
        await show.scratch.put("typed", "half a thought")
        copied = back_up(Folder(source), place, [])
        state: ShowState = show.state

    assert copied.state == state
    assert Folder(place).key() == Folder(source).key()
    async with backstage(place, plan=rundown(3, 2)) as again:
        assert again.is_continued
        assert again.state == state
        assert again.scratch.get("typed") == "half a thought"
        await vote(again, 2)
        await again.do(c.CloseGate(round=again.state.number, gate="vote"))
        assert (
            await again.writer.run(partial(ballots.count, show=again.showrunner.show_id, round=0))
        ).counts == {"A": 2}


async def test_a_copy_is_its_owners_alone(tmp_path: Path) -> None:
    async with marking(tmp_path / "data"):
        back_up(Folder(tmp_path / "data"), tmp_path / "copy", [])

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "copy").iterdir()}
    assert modes == {"show.db": 0o600, "scratch.db": 0o600, "key": 0o600}
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["full", "file"])
async def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "file").write_text("mine")
    place = tmp_path / name
    async with marking(tmp_path / "data"):
        with pytest.raises(StoreError) as refused:
            back_up(Folder(tmp_path / "data"), place, [])

    assert str(refused.value) == (
        f"{place} is there already. Nothing was copied: name a new folder."
    )
    assert (tmp_path / "full" / "mine").read_text() == (tmp_path / "file").read_text() == "mine"


async def test_a_broken_log_makes_no_copy(tmp_path: Path) -> None:
    async with marking(tmp_path / "data"):
        pass
    with closing(sqlite3.connect(tmp_path / "data" / "show.db")) as database, database:
        database.execute("UPDATE entry SET at = at + 1 WHERE seq = 3")
    with pytest.raises(ValueError, match=r"^entry 3 was changed: its hash does not fit$"):
        back_up(Folder(tmp_path / "data"), tmp_path / "copy", [])

    assert [path.name for path in tmp_path.iterdir()] == ["data"]


async def test_ballots_that_do_not_give_their_digest_make_no_copy(tmp_path: Path) -> None:
    async with marking(tmp_path / "data") as show:
        await vote(show, 1)
        await show.do(c.CloseGate(round=show.state.number, gate="vote"))
        found = await show.writer.run(partial(ballots.count, show=show.showrunner.show_id, round=0))
        await show.do(c.RecordTally(round=0, counts={"A": 1}, digest=found.digest), "crew")
        back_up(Folder(tmp_path / "data"), tmp_path / "good", [])
    with closing(sqlite3.connect(tmp_path / "data" / "show.db")) as database, database:
        database.execute("UPDATE ballot SET letter = 'B'")
    with pytest.raises(ValueError, match=r"^the ballots of round 1 do not give their digest$"):
        back_up(Folder(tmp_path / "data"), tmp_path / "bad", [])


async def test_the_plan_lies_in_the_copy_as_it_lay_before(tmp_path: Path) -> None:
    show, bank = tmp_path / "shows" / "mine.toml", tmp_path / "banks" / "one.toml"
    for path in (show, bank):
        path.parent.mkdir()
        path.write_text(path.name)
    async with marking(tmp_path / "data"):
        plan = [show, tmp_path / "shows" / ".." / "banks" / "one.toml"]
        copied = back_up(Folder(tmp_path / "data"), tmp_path / "copy", plan)

    assert copied.show_file == Path("plan/shows/mine.toml")
    assert (tmp_path / "copy" / "plan" / "shows" / "mine.toml").read_text() == "mine.toml"
    assert (tmp_path / "copy" / "plan" / "banks" / "one.toml").read_text() == "one.toml"
