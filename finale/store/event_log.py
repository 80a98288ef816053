"""The log of a show: append and replay, each entry hash-chained to the one before."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlmodel import Field, SQLModel

from finale.show.events import ANY_EVENT, Event
from finale.store.refusals import Refusals
from finale.store.writer import Writer

GENESIS = "0" * 64

PRIVATE = {"DraftStarted": ("system",), "DraftRecorded": ("text",)}
"""What of an event is a finalist's own, by the event's kind."""

SEALED = "sealed, sha256 "


def seal(text: str) -> str:
    """What stands for a text whose words are kept private; sealed once more, it stays the same."""
    if not text or text.startswith(SEALED):
        return text
    return f"{SEALED}{hashlib.sha256(text.encode()).hexdigest()}"


class Entry(SQLModel, table=True):
    """One logged event. `at` is in epoch seconds; `cause` the id of the command behind it."""

    __tablename__ = "entry"

    seq: int = Field(primary_key=True)
    at: float
    by: str
    cause: str = Field(index=True)
    event: str
    hash: str


_INSERT = insert(Entry)


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as it is read back: the event, and everything that its hash covers."""

    seq: int
    at: float
    by: str
    cause: str
    event: Event
    hash: str

    def line(self) -> str:
        """The entry as one line of `events.jsonl`."""
        values = {
            "seq": self.seq,
            "at": self.at,
            "by": self.by,
            "cause": self.cause,
            "event": self.event.model_dump(mode="json"),
            "hash": self.hash,
        }
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chain(previous: str, values: dict[str, Any]) -> str:
    """SHA-256 over the previous hash and the canonical JSON of an entry without its hash.

    Prompts and drafts stand in it by their own hashes, so that a record can leave their words out.
    """
    kept = {**values, "event": _sealed(values["event"])}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def _sealed(event: Any) -> Any:
    """The event without its private words; what is no event stays as it is."""
    if not isinstance(event, dict):
        return event
    names = [name for name in PRIVATE.get(event.get("kind", ""), ()) if name in event]
    return {**event, **{name: seal(str(event[name])) for name in names}}


class EventLog:
    """The only way to add to the log. Not thread-safe: the showrunner alone appends."""

    def __init__(self, writer: Writer) -> None:
        """Start before any entry; `read` continues an existing log."""
        self._writer = writer
        self.refusals = Refusals(writer)
        self._seq = 0
        self._hash = GENESIS

    @property
    def last_hash(self) -> str:
        """The hash of the newest entry: it stands for the whole log."""
        return self._hash

    async def read(self) -> list[Logged]:
        """Every entry in order. Raises ValueError that names the first broken one."""
        rows = await self._writer.run(read_entries)
        entries = list(check_chain(rows))
        if entries:
            self._seq, self._hash = entries[-1].seq, entries[-1].hash
        return entries

    async def append(
        self,
        events: Sequence[Event],
        said: tuple[str, str, float],
        also: Callable[[Connection], None] | None = None,
    ) -> list[Logged]:
        """Append `events` durably, all or none; `said` is (by, cause, at).

        `also` runs in the same transaction. Raises StoreError if it could not be committed.
        """
        by, cause, at = said
        entries: list[Logged] = []
        previous, seq = self._hash, self._seq
        for event in events:
            seq += 1
            bare = _bare(seq, at, by, cause, event)
            previous = chain(previous, bare)
            entries.append(Logged(seq, at, by, cause, event, previous))
        await self._writer.run(lambda connection: _write(connection, entries, also))
        self._seq, self._hash = seq, previous
        return entries


def _bare(seq: int, at: float, by: str, cause: str, event: Event) -> dict[str, Any]:
    dumped = event.model_dump(mode="json")
    return {"seq": seq, "at": at, "by": by, "cause": cause, "event": dumped}


def _write(
    connection: Connection, entries: list[Logged], also: Callable[[Connection], None] | None
) -> None:
    rows = [
        {
            "seq": entry.seq,
            "at": entry.at,
            "by": entry.by,
            "cause": entry.cause,
            "event": entry.event.model_dump_json(),
            "hash": entry.hash,
        }
        for entry in entries
    ]
    connection.execute(_INSERT, rows)
    if also is not None:
        also(connection)


def _columns() -> list[Any]:
    return list(SQLModel.metadata.tables["entry"].columns)


def read_entries(connection: Connection) -> list[dict[str, Any]]:
    """The rows of the log in order, events still as values."""
    rows = connection.execute(select(*_columns()).order_by("seq"))
    return [{**row, "event": json.loads(row["event"])} for row in rows.mappings()]


def check_chain(rows: Sequence[dict[str, Any]]) -> list[Logged]:
    """The entries, each checked against the one before; ValueError names the first that differs."""
    entries: list[Logged] = []
    previous = GENESIS
    for place, row in enumerate(rows, 1):
        bare = {key: row[key] for key in ("seq", "at", "by", "cause", "event")}
        if row["seq"] != place:
            raise ValueError(f"entry {place} is missing: the log goes on with {row['seq']}")
        if chain(previous, bare) != row["hash"]:
            raise ValueError(f"entry {place} was changed: its hash does not fit")
        previous = row["hash"]
        event = ANY_EVENT.validate_python(row["event"], strict=False)
        entries.append(Logged(place, row["at"], row["by"], row["cause"], event, previous))
    return entries
