"""One row per show, round and pass; the gate on the phase is in the statement that writes it."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, text
from sqlmodel import Field, SQLModel

Outcome = Literal["counted", "newer", "closed"]

PASSES_AT_ONCE = 500
"""Passes looked up in one statement, well below SQLite's limit of variables."""


class Ballot(SQLModel, table=True):
    """What one phone chose in one round. `round` counts from 0, `at` is epoch seconds."""

    __tablename__ = "ballot"

    show: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    pass_id: str = Field(primary_key=True)
    letter: str
    rev: int
    receipt: str
    at: float


class Gate(SQLModel, table=True):
    """Whether the vote of a round is open; moved in the transaction of the event that says so."""

    __tablename__ = "gate"

    show: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    is_open: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot as it arrived; `rev` grows each time that phone changes its mind."""

    show: str
    round: int
    pass_id: str
    letter: str
    rev: int
    receipt: str
    at: float


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a ballot, and the ballot that stands for its pass now, if any.

    "newer": another ballot of the same pass stands. "closed": the gate was closed.
    """

    outcome: Outcome
    stands: Cast | None


@dataclass(frozen=True, slots=True)
class Count:
    """A counted round: ballots by letter, (receipt, letter) of each in order, and their digest."""

    counts: Mapping[str, int]
    rows: tuple[tuple[str, str], ...]
    digest: str


# Equal revs never come from one phone; should they, the later letter stands, as in scoring.ballot.
_CAST = text(
    """
    INSERT INTO ballot (show, round, pass_id, letter, rev, receipt, at)
    SELECT :show, :round, :pass_id, :letter, :rev, :receipt, :at
    WHERE EXISTS (SELECT 1 FROM gate WHERE show = :show AND round = :round AND is_open)
    ON CONFLICT (show, round, pass_id) DO UPDATE SET
        letter = excluded.letter, rev = excluded.rev,
        receipt = excluded.receipt, at = excluded.at
    WHERE (excluded.rev, excluded.letter) > (ballot.rev, ballot.letter)
    """
)

_MOVE_GATE = text(
    """
    INSERT INTO gate (show, round, is_open) VALUES (:show, :round, :is_open)
    ON CONFLICT (show, round) DO UPDATE SET is_open = excluded.is_open
    """
)

_STANDING = text(
    """
    SELECT show, round, pass_id, letter, rev, receipt, at FROM ballot
    WHERE show = :show AND round = :round AND pass_id IN :passes
    """
).bindparams(bindparam("passes", expanding=True))

_OWN = text(
    """
    SELECT show, round, pass_id, letter, rev, receipt, at FROM ballot
    WHERE show = :show AND pass_id = :pass_id ORDER BY round
    """
)

_FORGET = text("DELETE FROM ballot WHERE show = :show")

_NUMBER = text("SELECT count(*) FROM ballot WHERE show = :show AND round = :round")

_ROWS = text("SELECT receipt, letter FROM ballot WHERE show = :show AND round = :round")


def open_gate(connection: Connection, show: str, round: int) -> None:  # noqa: A002
    """Let ballots of that round in."""
    connection.execute(_MOVE_GATE, {"show": show, "round": round, "is_open": True})


def close_gate(connection: Connection, show: str, round: int) -> None:  # noqa: A002
    """Let no more ballots of that round in."""
    connection.execute(_MOVE_GATE, {"show": show, "round": round, "is_open": False})


def cast(connection: Connection, ballots: Sequence[Cast]) -> list[Result]:
    """Write the newest ballot of each pass where its gate is open; one result for each, in order.

    A ballot that was written before gets the same result again, gate open or closed.
    """
    newest: dict[tuple[str, int, str], Cast] = {}
    for ballot in ballots:
        key = _key(ballot)
        newest[key] = max(newest.get(key, ballot), ballot, key=_age)
    if newest:
        connection.execute(_CAST, [_values(ballot) for ballot in newest.values()])
    stand = _standing(connection, list(newest))
    return [_result(ballot, stand.get(_key(ballot))) for ballot in ballots]


def _key(ballot: Cast) -> tuple[str, int, str]:
    return ballot.show, ballot.round, ballot.pass_id


def _age(ballot: Cast) -> tuple[int, str]:
    return ballot.rev, ballot.letter


def _values(ballot: Cast) -> dict[str, object]:
    return {name: getattr(ballot, name) for name in Cast.__slots__}


def _result(ballot: Cast, stands: Cast | None) -> Result:
    if stands is None or _age(stands) < _age(ballot):
        return Result("closed", stands)
    return Result("counted" if _age(stands) == _age(ballot) else "newer", stands)


def _standing(
    connection: Connection, keys: Sequence[tuple[str, int, str]]
) -> dict[tuple[str, int, str], Cast]:
    passes: dict[tuple[str, int], list[str]] = {}
    for show, round_, pass_id in keys:
        passes.setdefault((show, round_), []).append(pass_id)
    found: dict[tuple[str, int, str], Cast] = {}
    for (show, round_), ids in passes.items():
        for start in range(0, len(ids), PASSES_AT_ONCE):
            some = ids[start : start + PASSES_AT_ONCE]
            rows = connection.execute(_STANDING, {"show": show, "round": round_, "passes": some})
            found |= {_key(ballot): ballot for ballot in (Cast(*row) for row in rows)}
    return found


def own(connection: Connection, show: str, pass_id: str) -> list[Cast]:
    """The ballots of one pass in this show, first round first."""
    rows = connection.execute(_OWN, {"show": show, "pass_id": pass_id})
    return [Cast(*row) for row in rows]


def number(connection: Connection, show: str, round: int) -> int:  # noqa: A002
    """How many ballots the round has so far."""
    return int(connection.execute(_NUMBER, {"show": show, "round": round}).scalar_one())


def count(connection: Connection, show: str, round: int) -> Count:  # noqa: A002
    """The ballots of a round, counted; letters without a ballot are left out."""
    found = connection.execute(_ROWS, {"show": show, "round": round})
    rows = tuple(sorted((receipt, letter) for receipt, letter in found))
    counts = Counter(letter for _, letter in rows)
    return Count(dict(sorted(counts.items())), rows, digest(rows))


def forget(connection: Connection, show: str) -> None:
    """Delete every ballot of the show, and with it which phone chose what."""
    connection.execute(_FORGET, {"show": show})


def digest(rows: Sequence[tuple[str, str]]) -> str:
    """SHA-256 over one line "receipt letter" for each ballot, sorted: the same for any order."""
    lines = sorted(f"{receipt} {letter}\n" for receipt, letter in rows)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
