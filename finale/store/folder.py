"""The data folder: the key, the show's database, the scratch database."""

import json
import os
import re
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from finale.store.ballots import Ballot, Gate
from finale.store.event_log import Entry
from finale.store.refusals import Refusal
from finale.store.scratch import SHOW_FILE, Note
from finale.store.writer import StoreError, sqlite_engine

FORMAT = 1
"""Version of the database format, kept in SQLite's `user_version`."""

KEY_BYTES = 32

_OWN = re.compile(
    r"(\d{8}-\d{6}-)?(show|scratch)\.db(-wal|-shm)?|key|log\.jsonl(\.\d+)?|lock"
    r"|turns\.(json|new)|\.writable"
)
"""What a show puts into its folder; `reset` dates what it sets aside."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a show keeps its files."""

    path: Path

    @property
    def show_db(self) -> Path:
        """Event log and ballots."""
        return self.path / "show.db"

    @property
    def scratch_db(self) -> Path:
        """What is typed, and the heartbeat."""
        return self.path / "scratch.db"

    @property
    def log_file(self) -> Path:
        """What the software says of itself; nothing of the show rests on it."""
        return self.path / "log.jsonl"

    @property
    def key_file(self) -> Path:
        """The signing key, as secret as everything that it signs."""
        return self.path / "key"

    def prepare(self) -> None:
        """Make the folder, for its owner alone; StoreError if it cannot be written.

        One that is there keeps its permissions: it may hold other people's files.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.path / ".writable"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            raise StoreError(
                f"The data folder {self.path} cannot be written ({error.strerror}). "
                "Choose another with --data, or fix its permissions."
            ) from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other Finale out of the folder; the system lets go if this one is killed.

        Raises StoreError if another one is in it.
        """
        lock = FileLock(self.path / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(
                f"Another Finale runs on {self.path}. Stop it first, or choose another folder "
                "with --data."
            ) from error
        try:
            yield
        finally:
            lock.release()

    @property
    def turns_file(self) -> Path:
        """How often each seat was handed to another device."""
        return self.path / "turns.json"

    def key(self) -> bytes:
        """The signing key, made on first use, readable by the owner alone."""
        path = self.key_file
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(KEY_BYTES))
        try:
            key = bytes.fromhex(path.read_text())
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise StoreError(
                f"{path} is not a signing key. Restore it, or delete it for new links."
            )
        return key

    def turns(self) -> dict[str, int]:
        """How often each seat was handed to another device. Raises StoreError."""
        path = self.turns_file
        if not path.exists():
            return {}
        try:
            found = json.loads(path.read_text())
            return {str(seat): int(turn) for seat, turn in found.items()}
        except (ValueError, AttributeError, TypeError) as error:
            raise StoreError(
                f"{path} cannot be read. Restore it, or delete it: handed-over links live again."
            ) from error

    def keep_turns(self, turns: Mapping[str, int]) -> None:
        """Write them so that a crash leaves the old or the new ones. Raises StoreError."""
        path = self.turns_file
        fresh = path.with_suffix(".new")
        try:
            with fresh.open("w") as file:
                json.dump(dict(turns), file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as error:
            raise StoreError(f"{path} cannot be written ({error.strerror}).") from error

    def open_show(self) -> Engine:
        """The show's database; StoreError if it is newer than this program or no database."""
        return self.open_log(self.show_db)

    def open_log(self, path: Path) -> Engine:
        """The database of one of `logs`; StoreError as in `open_show`."""
        return _open(path, (Entry, Ballot, Gate, Refusal))

    def open_scratch(self) -> Engine:
        """The scratch database; StoreError as in `open_show`."""
        return _open(self.scratch_db, (Note,))

    @contextmanager
    def reading_show(self) -> Iterator[Connection]:
        """One look at the show's database as it is now, beside a running show and without a write.

        Raises StoreError as `open_show` does.
        """
        with _reading(self.show_db) as connection:
            yield connection

    def show_file(self) -> Path | None:
        """The show file that this folder was last served with. Raises StoreError as above."""
        if not self.scratch_db.exists():
            return None
        with _reading(self.scratch_db) as connection:
            query = text("SELECT text FROM note WHERE key = :key")
            found = connection.execute(query, {"key": SHOW_FILE}).scalar_one_or_none()
        return None if found is None else Path(found)

    def contents(self) -> list[Path]:
        """Every file that a show has put here; nobody else's."""
        return [path for path in sorted(self.path.glob("*")) if _OWN.fullmatch(path.name)]

    def logs(self) -> list[Path]:
        """The show's database and those that were set aside."""
        return [path for path in self.contents() if path.name.endswith("show.db")]

    def scrub(self, path: Path) -> None:
        """Rewrite a database without what was deleted in it. Raises StoreError."""
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as database:
                database.execute("VACUUM")
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise _cannot_open(path, error) from error

    def set_aside(self, stamp: str) -> list[Path]:
        """Rename the databases so that the next start begins a new log; the new names."""
        moved = []
        for path in (self.show_db, self.scratch_db):
            for suffix in ("", "-wal", "-shm"):
                old = path.with_name(path.name + suffix)
                if old.exists():
                    moved.append(old.rename(path.with_name(f"{stamp}-{path.name}{suffix}")))
        return moved


@contextmanager
def _reading(path: Path) -> Iterator[Connection]:
    engine = create_engine(
        f"sqlite:///file:{quote(str(path))}?mode=ro&uri=true", hide_parameters=True
    )
    try:
        with engine.connect() as connection:
            _check_format(connection, path)
            yield connection
    except SQLAlchemyError as error:
        raise _cannot_open(path, error) from error
    finally:
        engine.dispose()


def _open(path: Path, tables: tuple[type[SQLModel], ...]) -> Engine:
    _keep_private(path)
    engine = sqlite_engine(path)
    try:
        with engine.begin() as connection:
            _check_format(connection, path)
            wanted = [SQLModel.metadata.tables[str(t.__tablename__)] for t in tables]
            SQLModel.metadata.create_all(connection, tables=wanted)
            connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
    except StoreError:
        engine.dispose()
        raise
    except SQLAlchemyError as error:
        engine.dispose()
        raise _cannot_open(path, error) from error
    return engine


def _keep_private(path: Path) -> None:
    """Make the database, or the one that is there, readable by its owner alone."""
    # Where there are no permissions to set, or no folder, opening it tells what is wrong.
    with suppress(OSError):
        path.touch(mode=0o600)
        # SQLite gives the files beside a database the permissions of the database.
        for suffix in ("", "-wal", "-shm"):
            file = path.with_name(path.name + suffix)
            if file.exists():
                file.chmod(0o600)


def _check_format(connection: Connection, path: Path) -> None:
    found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found > FORMAT:
        raise StoreError(
            f"{path} was written by a newer Finale (format {found}; this one reads up to "
            f"{FORMAT}). Update Finale, or choose another folder with --data."
        )


def _cannot_open(path: Path, error: Exception) -> StoreError:
    reason = getattr(error, "orig", error)
    return StoreError(
        f"{path} cannot be opened ({reason}). If another Finale runs on this folder, stop it "
        "first; else restore the file, or choose another folder with --data."
    )
