"""Ballot boxes with a bug put in on purpose."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, text

from finale.audience.ballot_box import BallotBox, _Waiting
from finale.show import commands as c
from finale.store import ballots
from finale.store.ballots import Result
from finale.store.writer import StoreError

_ANYTIME = text(
    """
    INSERT INTO ballot (show, round, pass_id, letter, rev, receipt, at)
    VALUES (:show, :round, :pass_id, :letter, :rev, :receipt, :at)
    ON CONFLICT (show, round, pass_id) DO UPDATE SET
        letter = excluded.letter, rev = excluded.rev,
        receipt = excluded.receipt, at = excluded.at
    """
)
_NEWER = " WHERE excluded.rev > ballot.rev"


class _Careless(BallotBox):
    """Writes each ballot with a statement of its own."""

    statement = _ANYTIME

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        for waiting in batch:
            result = None
            while result is None:
                try:
                    result = await self._writer.run(partial(self._write, waiting.ballot))
                except StoreError as error:
                    await self._stumble(error)
            if not waiting.result.done():
                waiting.result.set_result(result)

    def _write(self, ballot: ballots.Cast, connection: Connection) -> Result:
        connection.execute(self.statement, ballots._values(ballot))
        key = ballots._key(ballot)
        return ballots._result(ballot, ballots._standing(connection, [key]).get(key))


class HasNoGate(_Careless):
    """Takes ballots at any time."""

    statement = text(_ANYTIME.text + _NEWER)


class TakesTheLatestToArrive(_Careless):
    """Lets an older ballot replace a newer one, if it comes later."""

    statement = text(
        _ANYTIME.text.replace(
            "VALUES (:show, :round, :pass_id, :letter, :rev, :receipt, :at)",
            "SELECT :show, :round, :pass_id, :letter, :rev, :receipt, :at WHERE EXISTS "
            "(SELECT 1 FROM gate WHERE show = :show AND round = :round AND is_open)",
        )
    )


class AcksBallotsFirst(BallotBox):
    """Thanks the phone, then writes the ballot."""

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        for waiting in batch:
            if not waiting.result.done():
                waiting.result.set_result(Result("counted", waiting.ballot))
        await super()._commit(batch)


class CountsBeforeTheClose(BallotBox):
    """Keeps the count it made when the vote was last seen open."""

    _early: ballots.Count | None = None

    async def _count_if_closed(self) -> None:
        state = self._showrunner.state
        if not state.rounds:
            return
        show, number = self._showrunner.show_id, state.number
        if state.round.is_open("vote"):
            count = partial(ballots.count, show=show, round=number)
            self._early = await self._writer.run(count)
        if state.round.is_closed("vote") and state.round.counts is None and self._early:
            counts = {x: self._early.counts.get(x, 0) for x in sorted(state.round.letters)}
            tally = c.RecordTally(round=number, counts=counts, digest=self._early.digest)
            await self._showrunner.do(tally, by="crew")
        elif not state.round.is_open("vote"):
            await super()._count_if_closed()
