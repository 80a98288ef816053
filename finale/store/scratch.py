"""What is typed and not yet submitted, and the heartbeat: apart from the log."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, delete, select, text
from sqlmodel import Field, SQLModel

from finale.listeners import Listeners
from finale.store.writer import Writer

HEARTBEAT = "heartbeat"
SHOW_FILE = "show file"
"""Under this key stands which show file the folder was last served with."""
EPOCH = "epoch"


class Note(SQLModel, table=True):
    """One thing that is typed, by its key."""

    __tablename__ = "note"

    key: str = Field(primary_key=True)
    text: str


_UPSERT = text(
    """
    INSERT INTO note ("key", text) VALUES (:key, :text)
    ON CONFLICT ("key") DO UPDATE SET text = excluded.text
    """
)


class Scratch:
    """Text by key, read from memory, written durably within milliseconds; the last one wins."""

    def __init__(self, writer: Writer) -> None:
        """Empty until `load`."""
        self._writer = writer
        self._texts: dict[str, str] = {}
        self._listeners: Listeners[[str]] = Listeners()

    async def load(self) -> None:
        """Read everything back after a start."""
        self._texts = await self._writer.run(_read)

    def get(self, key: str) -> str:
        """The text under `key`, or ""."""
        return self._texts.get(key, "")

    async def put(self, key: str, text: str) -> None:
        """Keep `text`; returns after it is durable."""
        await self.put_all({key: text})

    async def put_all(self, texts: Mapping[str, str]) -> None:
        """Keep all of `texts`, or none after a crash; returns after they are durable."""
        self._texts.update(texts)
        for key in texts:
            self._listeners.tell(key)
        await self._writer.run(lambda connection: _upsert(connection, texts))

    def listen(self, callback: Callable[[str], object]) -> Callable[[], None]:
        """Call `callback` with the key of every text from now on; returns the way out."""
        return self._listeners.add(callback)

    async def read(self, key: str) -> str:
        """The text under `key` as the database has it, or ""."""
        row = await self._writer.run(lambda connection: _text(connection, key))
        return row or ""

    async def next_epoch(self) -> int:
        """One more than at the last start."""
        epoch = int(self.get(EPOCH) or 0) + 1
        await self.put(EPOCH, str(epoch))
        return epoch

    async def clear(self, prefix: str) -> None:
        """Forget every text whose key begins with `prefix`."""
        gone = [key for key in self._texts if key.startswith(prefix)]
        for key in gone:
            del self._texts[key]
        await self._writer.run(
            lambda c: c.execute(delete(Note).where(Note.key.in_(gone)))  # type: ignore[attr-defined]
        )


def _read(connection: Connection) -> dict[str, str]:
    return {row.key: row.text for row in connection.execute(select(Note))}


def _text(connection: Connection, key: str) -> str | None:
    found: str | None = connection.execute(
        select(Note.text).where(Note.key == key)  # type: ignore[call-overload]
    ).scalar_one_or_none()
    return found


def _upsert(connection: Connection, texts: Mapping[str, str]) -> None:
    connection.execute(_UPSERT, [{"key": key, "text": text} for key, text in texts.items()])
