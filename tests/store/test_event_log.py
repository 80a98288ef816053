"""The hash chain: every entry rests on the one before."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from backstage import fill_disk
from story import Story

from finale.show import events as e
from finale.store.event_log import GENESIS, EventLog, check_chain, read_entries
from finale.store.folder import Folder
from finale.store.writer import StoreError, Writer

SAID = ("host", "cause", 1_800_000_000.25)


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Writer]:
    opened = Writer(Folder(tmp_path).open_show())
    yield opened
    opened.close()


def story_events() -> list[e.Event]:
    story = Story()
    story.play_round()
    return story.log


async def rows_of(writer: Writer) -> list[dict[str, Any]]:
    return await writer.run(read_entries)


async def test_what_was_appended_is_read_back_by_another_log(writer: Writer) -> None:
    events, log = story_events(), EventLog(writer)
    assert log.last_hash == GENESIS
    appended = [entry for event in events for entry in await log.append([event], SAID)]
    other = EventLog(writer)
    read = await other.read()

    assert read == appended
    assert [entry.event for entry in read] == events
    assert [entry.seq for entry in read] == list(range(1, len(events) + 1))
    assert other.last_hash == log.last_hash == read[-1].hash

    # The other goes on where the first one stopped.
    await other.append([e.StageBlacked(is_black=True)], SAID)
    assert len(check_chain(await rows_of(writer))) == len(events) + 1


async def test_events_of_one_command_are_appended_all_or_none(writer: Writer) -> None:
    log = EventLog(writer)
    await log.append(story_events()[:1], SAID)
    before = await rows_of(writer)
    await fill_disk(writer)
    events = [e.RobotSeated(seat="x" * 3000), e.RobotSeated(seat="y" * 3000)]
    with pytest.raises(StoreError):
        await log.append(events, SAID)

    assert await rows_of(writer) == before
    assert log.last_hash == before[-1]["hash"]


async def test_what_goes_along_fails_with_the_events(writer: Writer) -> None:
    log = EventLog(writer)

    def broken(connection: object) -> None:
        raise KeyError("broken")

    with pytest.raises(KeyError):
        await log.append([e.StageBlacked(is_black=True)], SAID, broken)
    assert await rows_of(writer) == []

    [entry] = await log.append([e.StageBlacked(is_black=True)], SAID)
    assert entry.seq == 1


TAMPERED: list[tuple[str, Any]] = [
    ("at", 1_800_000_000.26),
    ("by", "crew"),
    ("cause", "other"),
    ("hash", "0" * 64),
    ("event", {"kind": "StageBlacked", "is_black": False}),
]


@pytest.mark.parametrize("place", [1, 2, 9, 17, 30])
@pytest.mark.parametrize(("field", "value"), TAMPERED, ids=[field for field, _ in TAMPERED])
async def test_a_changed_field_is_found_in_its_entry(
    writer: Writer, place: int, field: str, value: Any
) -> None:
    await EventLog(writer).append(story_events()[:30], SAID)
    rows = await rows_of(writer)
    rows[place - 1][field] = value

    with pytest.raises(ValueError, match=f"^entry {place} was changed: its hash does not fit$"):
        check_chain(rows)


@pytest.mark.parametrize("place", [1, 2, 9, 29])
async def test_a_missing_entry_is_named(writer: Writer, place: int) -> None:
    await EventLog(writer).append(story_events()[:30], SAID)
    rows = await rows_of(writer)
    del rows[place - 1]

    sentence = f"^entry {place} is missing: the log goes on with {place + 1}$"
    with pytest.raises(ValueError, match=sentence):
        check_chain(rows)


async def test_two_entries_cannot_change_places(writer: Writer) -> None:
    await EventLog(writer).append(story_events()[:9], SAID)
    rows = await rows_of(writer)
    rows[3], rows[4] = rows[4] | {"seq": 4}, rows[3] | {"seq": 5}

    with pytest.raises(ValueError, match=r"^entry 4 was changed"):
        check_chain(rows)


async def test_every_leaf_of_every_event_is_covered_by_its_hash(writer: Writer) -> None:
    await EventLog(writer).append(story_events()[:60], SAID)
    rows = await rows_of(writer)
    found = []
    for place, row in enumerate(rows, 1):
        changed = {**row, "event": _touched(row["event"])}
        with pytest.raises(ValueError, match=rf"^entry {place} was changed"):
            check_chain([*rows[: place - 1], changed])
        found.append(place)

    assert found == list(range(1, 61))


def _touched(event: dict[str, Any]) -> dict[str, Any]:
    """The event with its last leaf that can be changed, changed."""
    name = [key for key in event if key != "kind"][-1]
    return event | {name: [event[name]]}


async def test_line_is_the_entry_as_canonical_json(writer: Writer) -> None:
    [entry] = await EventLog(writer).append([e.RobotSeated(seat="Ü\u2028")], SAID)

    assert json.loads(entry.line()) == {
        "at": 1_800_000_000.25,
        "by": "host",
        "cause": "cause",
        "event": {"kind": "RobotSeated", "seat": "Ü\u2028"},
        "hash": entry.hash,
        "seq": 1,
    }
    assert ": " not in entry.line()
