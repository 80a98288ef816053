"""Gathers ballots for a few milliseconds, commits them together, and counts a closed vote."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from finale.audience.announcer import Announcer
from finale.audience.messages import Own, Vote
from finale.audience.passes import Pass, Passes
from finale.clock import Clock, Tasks
from finale.logs.logger import logger
from finale.show.commands import RecordTally
from finale.show.phrase import Phrase, phrase
from finale.show.refused import Refused
from finale.show.state import GRACE_S
from finale.showrunner import Showrunner
from finale.store import ballots
from finale.store.ballots import Cast, Result
from finale.store.writer import StoreError, Writer

log = logger(__name__)

GATHER_S = 0.004
LARGEST_BATCH = 1000
RETRY_S = 1.0


class NotTaken(Refused):
    """The vote is refused: why, and whether it would have counted earlier."""

    def __init__(self, why: Phrase, *, is_too_late: bool = False) -> None:
        """`why` is fit for the phone's screen."""
        super().__init__(why)
        self.why = why
        self.is_too_late = is_too_late


JOINED_LATE: Final = phrase("You joined while the vote was open. Your first vote is the next one.")
CLOSED: Final = phrase("The vote is closed.")


@dataclass(frozen=True, slots=True)
class _Waiting:
    ballot: Cast
    result: asyncio.Future[Result]


class BallotBox:
    """One voice per pass and round; an answer comes only after the commit."""

    def __init__(
        self, showrunner: Showrunner, writer: Writer, passes: Passes, clock: Clock
    ) -> None:
        """Closed until `start`."""
        self._showrunner = showrunner
        self._writer = writer
        self._passes = passes
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._has_waiting = asyncio.Event()
        self._has_changed = asyncio.Event()
        self._announcer = Announcer(self._announce)
        self._number = -1
        self.ballots = 0
        self.trouble = ""

    def start(self, tasks: Tasks) -> None:
        """Begin to gather and to count; also a vote that was closed before a restart."""
        tasks.start(self._gather(), "ballot box")
        tasks.start(self._count(), "tally")
        tasks.start(self._announcer.run(), "ballot numbers")
        self._showrunner.subscribe(self._changed)
        self._changed()
        self._announcer.nudge()

    async def cast(self, pass_: Pass, vote: Vote) -> Own:
        """The ballot that counts for the pass now; it is durable.

        Casting the same vote again changes nothing and answers the same. Raises NotTaken. A
        vote that is opened again stays closed to whoever joined while it was open the first time.
        """
        self._check(pass_, vote)
        if self._is_too_late():
            return await self._counted_before(pass_.id, vote)
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(self._ballot(pass_.id, vote), result))
        self._has_waiting.set()
        settled = await result
        if settled.outcome == "closed" or settled.stands is None:
            raise self._not_open(vote.round)
        return _own(settled.stands)

    async def _counted_before(self, pass_id: str, vote: Vote) -> Own:
        """The ballot of a vote that is only sent again; NotTaken if it is new."""
        for ballot in await self.own(pass_id):
            if (ballot.round, ballot.letter, ballot.rev) == (vote.round, vote.letter, vote.rev):
                return ballot
        raise NotTaken(CLOSED, is_too_late=True)

    async def own(self, pass_id: str) -> tuple[Own, ...]:
        """The counted ballots of a pass, first round first. Raises StoreError."""
        show = self._showrunner.show_id
        found = await self._writer.run(partial(ballots.own, show=show, pass_id=pass_id))
        return tuple(_own(ballot) for ballot in found)

    def _changed(self) -> None:
        if self._number != self._showrunner.state.number:
            self._number, self.ballots = self._showrunner.state.number, 0
        self._has_changed.set()

    def _ballot(self, pass_id: str, vote: Vote) -> Cast:
        receipt = self._passes.receipt(pass_id, vote.round, vote.letter, vote.rev)
        show, now = self._showrunner.show_id, self._clock.now()
        return Cast(show, vote.round, pass_id, vote.letter, vote.rev, receipt, now)

    def _check(self, pass_: Pass, vote: Vote) -> None:
        rounds = self._showrunner.state.rounds
        if vote.round >= len(rounds):
            raise NotTaken(phrase("That round has not begun."))
        if vote.round < pass_.first_round:
            raise NotTaken(JOINED_LATE)
        letters = rounds[vote.round].letters
        if not letters:
            # Nor may it wait for a slow disk until there is a vote: nobody knows the letters yet.
            raise self._not_open(vote.round)
        if vote.letter not in letters:
            raise NotTaken(phrase("There is no answer {letter}.", letter=vote.letter))

    def _is_too_late(self) -> bool:
        """Whether the grace is over, though a busy server has not closed the vote yet."""
        state = self._showrunner.state
        closes_at = state.deadlines.get("vote")
        if closes_at is None or state.is_held:
            return False
        return self._clock.now() > closes_at + GRACE_S

    def _not_open(self, round: int) -> NotTaken:  # noqa: A002
        state = self._showrunner.state
        if round != state.number:
            return NotTaken(phrase("That round is over."), is_too_late=True)
        if "vote" in state.round.gates:
            return NotTaken(CLOSED, is_too_late=True)
        return NotTaken(phrase("The vote is not open yet."))

    async def _gather(self) -> None:
        while True:
            await self._has_waiting.wait()
            await self._clock.sleep(GATHER_S)
            batch = self._waiting[:LARGEST_BATCH]
            del self._waiting[:LARGEST_BATCH]
            if not self._waiting:
                self._has_waiting.clear()
            await self._commit(batch)

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        cast = [waiting.ballot for waiting in batch]
        results = None
        while results is None:
            try:
                results = await self._writer.run(partial(ballots.cast, ballots=cast))
            except StoreError as error:
                # The phones go on waiting: what was not saved is never acknowledged.
                await self._stumble(error)
        self._recover()
        for waiting, result in zip(batch, results, strict=True):
            if not waiting.result.done():
                waiting.result.set_result(result)
        self._announcer.nudge()

    async def _count(self) -> None:
        while True:
            await self._has_changed.wait()
            self._has_changed.clear()
            try:
                await self._count_if_closed()
            except Refused as refused:
                log.info("tally not wanted", why=str(refused))
            except StoreError as error:
                await self._stumble(error)
                self._has_changed.set()

    async def _count_if_closed(self) -> None:
        state = self._showrunner.state
        if not state.rounds or not state.round.is_closed("vote") or state.round.counts is not None:
            return
        number, letters = state.number, sorted(state.round.letters)
        show = self._showrunner.show_id
        counted = await self._writer.run(partial(ballots.count, show=show, round=number))
        counts = {letter: counted.counts.get(letter, 0) for letter in letters}
        tally = RecordTally(round=number, counts=counts, digest=counted.digest)
        await self._showrunner.do(tally, by="crew")
        self._recover()

    async def _announce(self) -> None:
        show, number = self._showrunner.show_id, self._showrunner.state.number
        try:
            self.ballots = await self._writer.run(partial(ballots.number, show=show, round=number))
        except StoreError as error:
            log.warning("ballots not counted", error=error)
        self._showrunner.announce()

    async def _stumble(self, error: StoreError) -> None:
        if not self.trouble:
            log.error("ballots not written", error=error)
        self.trouble = str(error)
        self._showrunner.announce()
        await self._clock.sleep(RETRY_S)

    def _recover(self) -> None:
        self.trouble = ""


def _own(ballot: Cast) -> Own:
    return Own(
        round=ballot.round,
        letter=ballot.letter,
        rev=ballot.rev,
        receipt=ballot.receipt,
        at=ballot.at,
    )
