"""`export`, `verify` and `reset`: the record of a show."""

from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy import Connection

from finale.clock import Clock
from finale.commands.table import standings_table
from finale.commands.terminal import fail, out
from finale.store import ballots
from finale.store.event_log import Logged, check_chain, read_entries
from finale.store.folder import Folder
from finale.store.record import BallotRow, replay, write_record
from finale.store.verify import verify_record
from finale.store.writer import StoreError


def run_export(folder: Path, data: Path) -> None:
    """Write the record of the show in `data` into `folder`."""
    try:
        with show_in(data).reading_show() as connection:
            write_record(folder, *read_record(connection))
    except OSError as error:
        raise fail(cannot_write(folder, error)) from error
    except (StoreError, ValueError) as problem:
        raise fail(problem) from problem
    out.print(f"The record is in {folder}: results.json, results.csv, events.jsonl, ballots.csv.")


def cannot_write(folder: Path, error: OSError) -> str:
    """The sentence for a record that its folder does not take."""
    return f"The record cannot be written to {folder} ({error.strerror}). Name another folder."


def show_in(data: Path) -> Folder:
    """The folder of a show; fails with a sentence if there is none in it."""
    if not Folder(data).show_db.exists():
        raise fail(f"There is no show in {data}. Name its folder with --data.")
    return Folder(data)


def read_record(connection: Connection) -> tuple[list[Logged], list[BallotRow]]:
    """The log and the counted ballots. Raises ValueError that names the first broken entry."""
    entries = check_chain(read_entries(connection))
    show_id = entries[0].hash[:16] if entries else ""
    rows = [
        BallotRow(number + 1, receipt, letter)
        for number, round_ in enumerate(replay(entries).rounds)
        if round_.counts is not None
        for receipt, letter in ballots.count(connection, show_id, number).rows
    ]
    return entries, rows


def run_verify(folder: Path) -> None:
    """Recompute the record in `folder`; exit 1 at the first difference."""
    try:
        state = verify_record(folder)
    except FileNotFoundError as missing:
        raise fail(
            f"{folder} is no whole record: {missing.filename} is missing. `export` writes one."
        ) from missing
    except (ValueError, OSError) as problem:
        raise fail(problem) from problem
    out.print(standings_table(state))
    out.print("The record agrees with its log, to the last digit.")
    forgotten = [str(number) for number, r in enumerate(state.rounds, 1) if r.is_forgotten]
    if forgotten:
        out.print(
            f"The ballots of round {', '.join(forgotten)} were deleted after the count: the "
            "counts are those of the log, and no ballot can be checked against them.",
            soft_wrap=True,
        )


def run_reset(data: Path, is_sure: bool) -> None:
    """Set the log of `data` aside."""
    folder = show_in(data)
    if not is_sure:
        typer.confirm(f"Begin a new log in {data}? The old one is kept.", abort=True)
    stamp = datetime.fromtimestamp(Clock().now(), UTC).strftime("%Y%m%d-%H%M%S")
    try:
        with folder.held():
            moved = folder.set_aside(stamp)
    except (OSError, StoreError) as problem:
        raise fail(problem) from problem
    out.print(f"A new log begins at the next start. The old one is {moved[0]}.")
