"""A copy of a data folder while a show runs on it, checked before anybody relies on it."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from finale.show.state import ShowState
from finale.store import ballots
from finale.store.event_log import Logged, check_chain, read_entries
from finale.store.folder import Folder
from finale.store.record import replay
from finale.store.writer import StoreError

PLAN = "plan"
"""Where the show file and its banks lie in a copy, as they lay to each other."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: where its show file is, how far the log goes, how many ballots."""

    show_file: Path | None
    entries: tuple[Logged, ...]
    state: ShowState
    ballots: int


def back_up(folder: Folder, place: Path, plan: Sequence[Path]) -> Copied:
    """Copy `folder` to `place`, which must not be there; `plan` is the show file, then its banks.

    The running show is only read, in one look at each database. `place` appears when the whole
    copy is on the disk and has been checked. Raises StoreError or ValueError, with what to do.
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise StoreError(f"{place} is there already. Nothing was copied: name a new folder.")
    part = place.with_name(f".{place.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, mode=0o700)
        copied = _fill(folder, part, plan)
        _sync(part)
        part.replace(place)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"The copy {place} could not be made ({error}). Free space, or name another folder."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return copied


def _fill(folder: Folder, part: Path, plan: Sequence[Path]) -> Copied:
    copy = Folder(part)
    # What is typed first: a draft that ends in between is in the log then, and not lost in both.
    for source, target in ((folder.scratch_db, copy.scratch_db), (folder.show_db, copy.show_db)):
        _copy_database(source, target)
    _copy_file(folder.key_file, copy.key_file)
    if folder.turns_file.exists():
        _copy_file(folder.turns_file, copy.turns_file)
    show_file = _copy_plan(part / PLAN, plan)
    entries, state, number = _check(copy)
    for path in list(part.iterdir()):
        # Left by looking at a database that nobody has open: empty, and made again when needed.
        if path.name.endswith(("-wal", "-shm")):
            path.unlink()
    return Copied(show_file, entries, state, number)


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's own copy: all that was committed before it began, from a connection that reads."""
    target.touch(mode=0o600)
    reading = sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)
    try:
        writing = sqlite3.connect(target)
        try:
            # In one step: in several, each commit of the show in between would begin it anew.
            reading.backup(writing, pages=-1)
        finally:
            writing.close()
    finally:
        reading.close()


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    target.write_bytes(source.read_bytes())


def _copy_plan(place: Path, plan: Sequence[Path]) -> Path | None:
    """The files of the plan, as they lay to each other: a show file names its banks that way."""
    if not plan:
        return None
    sources = [Path(os.path.normpath(path.absolute())) for path in plan]
    root = Path(os.path.commonpath([path.parent for path in sources]))
    for path in sources:
        _copy_file(path, place / path.relative_to(root))
    return place.relative_to(place.parent) / sources[0].relative_to(root)


def _check(copy: Folder) -> tuple[tuple[Logged, ...], ShowState, int]:
    """Read the whole copy as a start would. Raises ValueError that names what differs."""
    with copy.reading_show() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        if found != "ok":
            raise ValueError(f"the copy of the database is broken: {found}")
        entries = tuple(check_chain(read_entries(connection)))
        state = replay(entries)
        show_id = entries[0].hash[:16]
        for number, round_ in enumerate(state.rounds):
            counted = ballots.count(connection, show_id, number)
            is_listed = round_.counts is not None and not round_.is_forgotten
            if is_listed and counted.digest != round_.digest:
                raise ValueError(f"the ballots of round {number + 1} do not give their digest")
        total = sum(ballots.number(connection, show_id, n) for n in range(len(state.rounds)))
    return entries, state, total


def _sync(folder: Path) -> None:
    """Until it is on the disk: a copy is often pulled out of its socket a moment later."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
