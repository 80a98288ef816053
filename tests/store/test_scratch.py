"""What is typed survives; the last text wins."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from backstage import fill_disk

from finale.store.folder import Folder
from finale.store.scratch import Scratch
from finale.store.writer import StoreError, Writer


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Writer]:
    opened = Writer(Folder(tmp_path).open_scratch())
    yield opened
    opened.close()


async def loaded(writer: Writer) -> Scratch:
    scratch = Scratch(writer)
    await scratch.load()
    return scratch


async def test_text_is_there_at_once_and_after_a_restart(writer: Writer) -> None:
    scratch = await loaded(writer)
    assert scratch.get("prompt:finalist-v") == ""

    saving = asyncio.ensure_future(scratch.put("prompt:finalist-v", "Be kind.\x00\u2028"))
    await asyncio.sleep(0)
    assert scratch.get("prompt:finalist-v") == "Be kind.\x00\u2028"

    await saving
    assert (await loaded(writer)).get("prompt:finalist-v") == "Be kind.\x00\u2028"


async def test_the_last_text_wins(writer: Writer) -> None:
    scratch = await loaded(writer)
    await asyncio.gather(*(scratch.put("key", f"text {n}") for n in range(100)))

    assert (await loaded(writer)).get("key") == "text 99"


async def test_texts_are_cleared_by_the_beginning_of_their_keys(writer: Writer) -> None:
    scratch = await loaded(writer)
    for key in ("note:a:1", "note:a:2", "note:b:1", "prompt:a"):
        await scratch.put(key, key)
    await scratch.clear("note:a")
    await scratch.clear("nothing")
    again = await loaded(writer)

    for kept in (scratch, again):
        texts = [kept.get(key) for key in ("note:a:1", "note:a:2", "note:b:1", "prompt:a")]
        assert texts == ["", "", "note:b:1", "prompt:a"]


async def test_a_text_that_cannot_be_saved_stays_on_the_screen(writer: Writer) -> None:
    scratch = await loaded(writer)
    await fill_disk(writer)
    with pytest.raises(StoreError):
        await scratch.put("key", "x" * 100_000)

    assert scratch.get("key") == "x" * 100_000
    assert (await loaded(writer)).get("key") == ""


async def test_a_text_is_read_back_from_the_database_and_not_from_memory(writer: Writer) -> None:
    scratch = await loaded(writer)
    assert await scratch.read("key") == ""
    await scratch.put("key", "written")
    scratch._texts["key"] = "only in memory"

    assert await scratch.read("key") == "written"
