"""The one writing connection of a database file, with group commit."""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

T = TypeVar("T")
LARGEST_GROUP = 1024


class StoreError(Exception):
    """The store could not write or read; the text says where and what to do."""


class _TransactionLost(Exception):
    """SQLite rolled the group back by itself."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


def sqlite_engine(path: Path) -> Engine:
    """An engine on a SQLite file in WAL mode with `synchronous=FULL`.

    FULL, because WAL with NORMAL loses acknowledged commits when the power goes.
    """
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA busy_timeout=2000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Writer:
    """Runs work on one connection in one thread; whoever awaits resumes after the commit."""

    def __init__(self, engine: Engine) -> None:
        """Open the connection and start the thread."""
        self._engine = engine
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._connection = engine.connect()
        self._is_closed = False
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in the next group; returns after the commit, raises what `work` raised.

        Raises StoreError if the group could not be committed: then nothing of it happened.
        """
        if self._is_closed:
            raise StoreError("The show’s database is closed.")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, loop, future))
        return await future

    def close(self) -> None:
        """Finish what is queued, then close the connection."""
        self._is_closed = True
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()
        self._engine.dispose()

    def _serve(self) -> None:
        is_open = True
        while is_open:
            first = self._jobs.get()
            group = [] if first is None else [first]
            is_open = first is not None
            while is_open and len(group) < LARGEST_GROUP and not self._jobs.empty():
                job = self._jobs.get()
                is_open = job is not None
                if job is not None:
                    group.append(job)
            if group:
                self._commit(group)

    def _commit(self, group: list[_Job]) -> None:
        results: list[tuple[Any, BaseException | None]] = []
        try:
            with self._connection.begin():
                for job in group:
                    results.append(self._run(job))
                    self._check_transaction()
        except (SQLAlchemyError, _TransactionLost) as error:
            results = [(None, _store_error(error))] * len(group)
        for job, (value, problem) in zip(group, results, strict=True):
            _settle(job, value, problem)

    def _run(self, job: _Job) -> tuple[Any, BaseException | None]:
        try:
            with self._savepoint():
                return job.work(self._connection), None
        except SQLAlchemyError as error:
            return None, _store_error(error)
        except Exception as error:  # noqa: BLE001 - handed to whoever awaits this work
            return None, error

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        """As `begin_nested`, which makes and compiles a new name each time: half of a commit."""
        self._connection.exec_driver_sql("SAVEPOINT job")
        try:
            yield
        except BaseException:
            self._connection.exec_driver_sql("ROLLBACK TO job")
            self._connection.exec_driver_sql("RELEASE job")
            raise
        self._connection.exec_driver_sql("RELEASE job")

    def _check_transaction(self) -> None:
        # A full disk makes SQLite give up the whole transaction, not the statement: what ran
        # before is gone, and what runs after would be saved by itself.
        if not self._connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
            raise _TransactionLost("the database is full or was taken away")


def _store_error(error: Exception) -> StoreError:
    reason = getattr(error, "orig", None) or error
    return StoreError(
        f"The show's database cannot be written ({reason}). Free space or fix the permissions of "
        "the data folder; nothing was acknowledged that was not saved."
    )


def _settle(job: _Job, value: Any, problem: BaseException | None) -> None:
    def settle() -> None:
        if job.future.done():
            return
        if problem is None:
            job.future.set_result(value)
        else:
            job.future.set_exception(problem)

    job.loop.call_soon_threadsafe(settle)
