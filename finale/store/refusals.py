"""What was refused, by who asked and the id of the command: the same id stays refused."""

from sqlalchemy import Connection, func, select, text
from sqlmodel import Field, SQLModel

from finale.store.writer import Writer


class Refusal(SQLModel, table=True):
    """One refused command; `why` is the sentence that was answered."""

    __tablename__ = "refusal"

    by: str = Field(primary_key=True)
    cause: str = Field(primary_key=True)
    why: str


_INSERT = text(
    "INSERT INTO refusal (by, cause, why) VALUES (:by, :cause, :why) ON CONFLICT DO NOTHING"
)
_NEWEST = text("SELECT by, cause, why FROM refusal ORDER BY rowid DESC LIMIT :most")
_WHY = text("SELECT why FROM refusal WHERE by = :by AND cause = :cause")


class Refusals:
    """Refusals of a show, durable. They are no part of its log: nothing has happened."""

    def __init__(self, writer: Writer) -> None:
        """The database must be that of the log."""
        self._writer = writer

    async def keep(self, key: tuple[str, str], why: str) -> None:
        """Returns after it is durable; StoreError if it could not be committed."""
        values = {"by": key[0], "cause": key[1], "why": why}
        await self._writer.run(lambda connection: connection.execute(_INSERT, values) and None)

    async def why(self, key: tuple[str, str]) -> str:
        """The sentence for (by, cause), "" if that was not refused."""
        values = {"by": key[0], "cause": key[1]}

        def find(connection: Connection) -> str:
            return connection.execute(_WHY, values).scalar_one_or_none() or ""

        return await self._writer.run(find)

    async def newest(self, most: int) -> dict[tuple[str, str], str]:
        """The last `most` of them, the oldest first: the sentence by (by, cause)."""

        def find(connection: Connection) -> dict[tuple[str, str], str]:
            rows = connection.execute(_NEWEST, {"most": most}).all()
            return {(by, cause): why for by, cause, why in reversed(rows)}

        return await self._writer.run(find)

    async def count(self) -> int:
        """How many there are."""

        def count(connection: Connection) -> int:
            return connection.execute(select(func.count()).select_from(Refusal)).scalar_one()

        return await self._writer.run(count)
