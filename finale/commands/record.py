"""`export`, `verify` and `reset`: the record of a show."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy import Connection

from finale.clock import Clock
from finale.commands.table import standings_table
from finale.commands.terminal import fail, out
from finale.store import ballots
from finale.store.event_log import EventLog, Logged
from finale.store.folder import Folder
from finale.store.record import BallotRow, replay, verify_record, write_record
from finale.store.writer import StoreError, Writer


def run_export(folder: Path, data: Path) -> None:
    """Write the record of the show in `data` into `folder`."""
    if not Folder(data).show_db.exists():
        raise fail(f"There is no show in {data}. Name its folder with --data.")
    try:
        asyncio.run(_export(folder, data))
    except (StoreError, ValueError, OSError) as problem:
        raise fail(problem) from problem
    out.print(f"The record is in {folder}: results.json, results.csv, events.jsonl, ballots.csv.")


async def _export(folder: Path, data: Path) -> None:
    writer = Writer(Folder(data).open_show())
    try:
        await export_record(writer, folder)
    finally:
        writer.close()


async def export_record(writer: Writer, folder: Path) -> None:
    """Write the record of the open database into `folder`. Raises ValueError on a broken log."""
    entries = await EventLog(writer).read()
    rows = await writer.run(lambda connection: _ballots(connection, entries))
    write_record(folder, entries, rows)


def _ballots(connection: Connection, entries: list[Logged]) -> list[BallotRow]:
    state = replay(entries)
    show_id = entries[0].hash[:16]
    return [
        BallotRow(number + 1, receipt, letter)
        for number, round_ in enumerate(state.rounds)
        if round_.counts is not None
        for receipt, letter in ballots.count(connection, show_id, number).rows
    ]


def run_verify(folder: Path) -> None:
    """Recompute the record in `folder`; exit 1 at the first difference."""
    try:
        state = verify_record(folder)
    except (ValueError, OSError) as problem:
        raise fail(problem) from problem
    out.print(standings_table(state))
    out.print("The record agrees with its log, to the last digit.")


def run_reset(data: Path, is_sure: bool) -> None:
    """Set the log of `data` aside."""
    folder = Folder(data)
    if not folder.show_db.exists():
        raise fail(f"There is no show in {data}. Name its folder with --data.")
    if not is_sure:
        typer.confirm(f"Begin a new log in {data}? The old one is kept.", abort=True)
    stamp = datetime.fromtimestamp(Clock().now(), UTC).strftime("%Y%m%d-%H%M%S")
    try:
        moved = folder.set_aside(stamp)
    except OSError as problem:
        raise fail(problem) from problem
    out.print(f"A new log begins at the next start. The old one is {moved[0]}.")
