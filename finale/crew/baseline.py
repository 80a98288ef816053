"""Asks every finalist's model once a round without any tuning, for the record alone."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing

from finale.clock import Tasks
from finale.crew.streaming import BROKE, TOO_SILENT
from finale.llm.base import Endpoint, EndpointError, Prompt
from finale.llm.hearing import Hearing
from finale.logs.logger import logger
from finale.show.commands import EMPTY_REPLY
from finale.show.commands_model import RecordBaseline
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.showrunner import Showrunner
from finale.store.writer import StoreError

log = logger(__name__)

LONGEST_S = 60.0
"""Seconds of the show's clock after which an untuned answer is given up."""


class Baseline:
    """From the lock on, when no draft needs the endpoints any more; nobody waits for it."""

    def __init__(
        self, showrunner: Showrunner, endpoints: Mapping[str, Endpoint], tasks: Tasks
    ) -> None:
        """Start watching. `endpoints` by finalist's seat."""
        self._showrunner = showrunner
        self._endpoints = endpoints
        self._tasks = tasks
        self._begun: set[tuple[int, str]] = set()
        showrunner.subscribe(self.look)
        self.look()

    def look(self) -> None:
        """Begin with every finalist of the round whose untuned answer is missing."""
        state = self._showrunner.state
        if state.phase is not Phase.LOCKED:
            return
        for seat in state.round.finalists:
            key = (state.number, seat)
            if key in self._begun or seat in state.round.baselines or seat in state.withdrawn:
                continue
            self._begun.add(key)
            self._tasks.start(self._ask(*key), f"untuned answer of {seat}")

    async def _ask(self, number: int, seat: str) -> None:
        clock = self._showrunner.clock
        question = self._showrunner.state.rounds[number].question.text
        endpoint = self._endpoints[seat]
        prompt = Prompt("", question, endpoint.temperature.clamp(0.0), endpoint.top_p.clamp(1.0))
        hearing, reason = Hearing(clock.now()), ""
        try:
            async with asyncio.timeout(LONGEST_S / clock.speed):
                await self._read(endpoint, prompt, hearing)
        except TimeoutError:
            reason = "It took too long." if hearing.text else TOO_SILENT
        except EndpointError as error:
            reason = str(error)
        except Exception:
            log.exception("model broke", seat=seat)
            reason = BROKE
        if not reason and hearing.is_empty:
            reason = EMPTY_REPLY
        await self._record((number, seat), hearing, reason)

    async def _read(self, endpoint: Endpoint, prompt: Prompt, hearing: Hearing) -> None:
        async with aclosing(endpoint.stream(prompt)) as chunks:
            async for chunk in chunks:
                hearing.add(chunk, self._showrunner.clock.now())

    async def _record(self, which: tuple[int, str], hearing: Hearing, reason: str) -> None:
        number, seat = which
        command = RecordBaseline(
            round=number,
            finalist=seat,
            text=hearing.text,
            outcome="failed" if reason else "finished",
            reason=reason,
            first_token_s=hearing.first_token_s,
            total_s=self._showrunner.clock.now() - hearing.started_at,
            tokens=hearing.tokens,
        )
        try:
            await self._showrunner.do(command, "crew")
        except (Refused, StoreError) as problem:
            # The next round has begun, or the disk is full: it counts for nothing and is let go.
            log.warning("untuned answer lost", seat=seat, why=str(problem))
