"""Group commit on one connection: what is told as done is durable, and a failing job is alone."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from backstage import fill_disk, free_disk
from sqlalchemy import Connection, text

from finale.store.folder import Folder
from finale.store.writer import StoreError, Writer

FULL = (
    "The show's database cannot be written (the database is full or was taken away). Free space "
    "or fix the permissions of the data folder; nothing was acknowledged that was not saved."
)


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Writer]:
    opened = Writer(Folder(tmp_path).open_scratch())
    yield opened
    opened.close()


def put(key: str, value: str = "x") -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        values = {"key": key, "text": value}
        connection.execute(text("INSERT INTO note (key, text) VALUES (:key, :text)"), values)
        return key

    return work


async def keys(writer: Writer) -> list[str]:
    def read(connection: Connection) -> list[str]:
        return [key for (key,) in connection.execute(text("SELECT key FROM note ORDER BY rowid"))]

    return await writer.run(read)


async def in_one_group(writer: Writer, *works: Callable[[Connection], object]) -> list[object]:
    """Results of works that are committed together: they pile up behind one that waits."""
    has_begun, is_open = threading.Event(), threading.Event()
    first = asyncio.ensure_future(writer.run(lambda connection: _wait(has_begun, is_open)))
    await asyncio.to_thread(has_begun.wait)
    waiting = [asyncio.ensure_future(writer.run(work)) for work in works]
    await asyncio.sleep(0)
    is_open.set()
    await first
    return await asyncio.gather(*waiting, return_exceptions=True)


def _wait(has_begun: threading.Event, is_open: threading.Event) -> None:
    has_begun.set()
    is_open.wait()


@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", 2), ("journal_mode", "wal"), ("busy_timeout", 2000)]
)
async def test_connection_is_durable_at_power_loss(
    writer: Writer, pragma: str, value: object
) -> None:
    found = await writer.run(lambda c: c.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())

    assert found == value


async def test_works_of_a_group_run_in_the_order_they_came(writer: Writer) -> None:
    names = [f"k{n}" for n in range(200)]

    assert await in_one_group(writer, *(put(name) for name in names)) == names
    assert await keys(writer) == names


async def test_a_work_that_fails_is_alone_in_its_group(writer: Writer) -> None:
    def broken(connection: Connection) -> None:
        put("half")(connection)
        raise KeyError("broken")

    one, failed, two = await in_one_group(writer, put("one"), broken, put("two"))

    assert (one, str(failed), two) == ("one", "'broken'", "two")
    assert await keys(writer) == ["one", "two"]


async def test_a_statement_that_fails_is_told_as_the_stores_trouble(writer: Writer) -> None:
    one, again, two = await in_one_group(writer, put("one"), put("one"), put("two"))

    assert (one, two) == ("one", "two")
    assert isinstance(again, StoreError)
    assert str(again) == FULL.replace(
        "the database is full or was taken away", "UNIQUE constraint failed: note.key"
    )


async def test_a_full_disk_fails_the_whole_group_and_nothing_of_it_is_kept(
    writer: Writer,
) -> None:
    await writer.run(put("before"))
    await fill_disk(writer)
    results = await in_one_group(writer, put("one"), put("big", "x" * 100_000), put("two"))

    assert [str(result) for result in results] == [FULL] * 3
    assert await keys(writer) == ["before"]

    await free_disk(writer)
    assert await writer.run(put("after")) == "after"
    assert await keys(writer) == ["before", "after"]


async def test_a_waiter_who_left_stops_nobody(writer: Writer) -> None:
    is_open = threading.Event()
    first = asyncio.ensure_future(writer.run(lambda connection: is_open.wait()))
    gone, kept = (asyncio.ensure_future(writer.run(put(name))) for name in ("gone", "kept"))
    await asyncio.sleep(0)
    gone.cancel()
    is_open.set()
    await first

    assert await kept == "kept"
    assert await keys(writer) == ["gone", "kept"]


async def test_close_finishes_what_is_queued_and_takes_no_more(tmp_path: Path) -> None:
    writer = Writer(Folder(tmp_path).open_scratch())
    waiting = [asyncio.ensure_future(writer.run(put(f"k{n}"))) for n in range(20)]
    await asyncio.sleep(0)
    writer.close()

    assert await asyncio.gather(*waiting) == [f"k{n}" for n in range(20)]
    with pytest.raises(StoreError, match=r"^The show’s database is closed"):
        await writer.run(put("late"))


async def test_what_was_told_as_done_is_seen_by_another_connection(
    writer: Writer, tmp_path: Path
) -> None:
    await writer.run(put("one"))
    other = Writer(Folder(tmp_path).open_scratch())

    assert await keys(other) == ["one"]
    other.close()
