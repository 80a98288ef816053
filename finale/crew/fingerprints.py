"""Notes which model answers at each finalist's endpoint, before the show and in every round."""

from collections.abc import Mapping

from finale.clock import Tasks
from finale.llm.base import Described, Endpoint, EndpointError, Identity
from finale.logs.logger import logger
from finale.show.commands_model import RecordFingerprint
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.showrunner import Showrunner
from finale.store.writer import StoreError

log = logger(__name__)

PAUSES_S = (2.0, 5.0, 15.0, 60.0, 300.0)
"""How long is waited before each new try while the round lasts, in seconds of the show's clock."""


class Fingerprints:
    """Asks the endpoints that can tell, some more times where one fails.

    What cannot be learned is not recorded; the first of an endpoint is what later ones are held
    against, whenever it was taken.
    """

    def __init__(
        self, showrunner: Showrunner, endpoints: Mapping[str, Endpoint], tasks: Tasks
    ) -> None:
        """Start watching. `endpoints` by finalist's seat."""
        self._showrunner = showrunner
        self._described = {s: e for s, e in endpoints.items() if isinstance(e, Described)}
        self._tasks = tasks
        self._begun: set[tuple[int, str]] = set()
        showrunner.subscribe(self.look)
        self.look()

    def look(self) -> None:
        """Begin with every finalist whose fingerprint of this round is missing."""
        state = self._showrunner.state
        if state.phase not in (Phase.LOBBY, Phase.QUESTION):
            return
        for seat in state.active():
            endpoint, key = self._described.get(seat), (state.number, seat)
            taken = {of_round for of_round, _, _ in state.fingerprints.get(seat, ())}
            if endpoint is None or key in self._begun or state.number in taken:
                continue
            self._begun.add(key)
            self._tasks.start(self._take(endpoint, *key), f"fingerprint of {seat}")

    async def _take(self, endpoint: Described, number: int, seat: str) -> None:
        identity = await self._asked(endpoint, number, seat)
        if identity is None:
            return
        try:
            await self._showrunner.do(_command(number, seat, identity), "crew")
        except (Refused, StoreError) as problem:
            log.info("fingerprint lost", seat=seat, why=str(problem))

    async def _asked(self, endpoint: Described, number: int, seat: str) -> Identity | None:
        """What it says in the end; None if it cannot tell before tries or round are over."""
        for pause in (*PAUSES_S, None):
            try:
                return await endpoint.identity()
            except EndpointError as error:
                log.warning("fingerprint not taken", seat=seat, why=str(error))
            if pause is None:
                break
            await self._showrunner.clock.sleep(pause)
            if self._showrunner.state.number != number:
                break
        return None


def _command(number: int, seat: str, identity: Identity) -> RecordFingerprint:
    created = "" if identity.created is None else f"{identity.created:.0f}"
    digest = f"{identity.digest} {created}".strip()
    return RecordFingerprint(
        of_round=number, finalist=seat, model=identity.model[:200], digest=digest
    )
