"""The one writer: command, decide, log, evolve, publish, one at a time."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlalchemy import Connection

from finale.clock import Clock, carried_out
from finale.listeners import Listeners
from finale.logs.logger import logger
from finale.show.commands import Command, Request
from finale.show.events import BallotsForgotten, Event, GateClosed, GateOpened, ShowOpened
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.reopening import reopened
from finale.show.rules import decide
from finale.show.rundown import Rundown
from finale.show.state import ShowState
from finale.store.ballots import close_gate, forget, open_gate
from finale.store.event_log import EventLog, Logged
from finale.store.writer import StoreError

log = logger(__name__)

Events: TypeAlias = tuple[Event, ...]
REMEMBERED_REFUSALS = 10_000
"""So many are in memory, to be answered without asking the database."""

ONCE = "once."
"""Begins the id of a command that came without one: nobody can ask for that again."""

_FACTS = (
    *("finalist", "panellist", "seat", "phase", "gate", "step", "draft", "outcome", "how"),
    *("seconds", "why", "is_black", "first_token_s", "total_s"),
)
"""What of an event its line in the log names. No letter: that would tie a finalist to an answer."""


class Showrunner:
    """Holds the state; everything that changes the show goes through `do`."""

    def __init__(self, log_: EventLog, clock: Clock, epoch: int) -> None:
        """`epoch` grows at each start, so that a client sees a restart."""
        self.clock = clock
        self.epoch = epoch
        self.version = 0
        self.show_id = ""
        self.logged_at = 0.0
        self.trouble = ""
        self._log = log_
        self._state: ShowState | None = None
        self._lock = asyncio.Lock()
        self._answers: dict[tuple[str, str], Events] = {}
        self._refusals: dict[tuple[str, str], str] = {}
        self._are_all_in_memory = True
        self._listeners: Listeners[[]] = Listeners()

    @property
    def state(self) -> ShowState:
        """Where the show stands; RuntimeError before `open`."""
        if self._state is None:
            raise RuntimeError("the show is not open")
        return self._state

    async def open(self, rundown: Rundown) -> bool:
        """Replay the log, or begin one; True if the show goes on from before.

        A log that has left the lobby keeps the plan it began with; before, a plan that changed is
        taken, and with it what the lobby has seen so far, as far as it fits.
        """
        self._refusals = await self._log.refusals.newest(REMEMBERED_REFUSALS)
        self._are_all_in_memory = len(self._refusals) == await self._log.refusals.count()
        entries = await self._log.read()
        for entry in entries:
            self._apply([entry])
        is_begun = self._state is not None and self._state.phase is not Phase.LOBBY
        opening: list[Event] = []
        if self._state is None:
            opening = [ShowOpened(rundown=rundown, rules_hash=rundown.rules_hash())]
        elif not is_begun and self._state.rundown != rundown:
            opening = reopened(self._state, rundown)
        if opening:
            self._apply(await self._log.append(opening, ("crew", "open", self.clock.now())))
        return is_begun

    async def do(self, command: Command, by: str, id: str = "") -> Events:  # noqa: A002
        """Ask for `command` as `by`; the events it led to, after they are durable.

        The same `id` answers the same again and changes nothing. Raises Refused when the rules say
        no, StoreError when the log cannot be written.
        """
        received = self.clock.now()
        request = Request(id=id or f"{ONCE}{secrets.token_hex(8)}", by=by, command=command)
        # A page that closes in mid-commit must not part the state from the log.
        return await carried_out(self._do(request, received))

    async def _do(self, request: Request, received: float) -> Events:
        key = (request.by, request.id)
        async with self._lock:
            if key in self._answers:
                return self._answers[key]
            if why := await self._refused(key):
                raise Refused(why)
            try:
                events = self._decide(request, received)
            except Refused as refused:
                await self._keep_refused(key, str(refused))
                raise
            if events:
                await self._record(events, request, received)
            self._answers[key] = tuple(events)
        self.announce()
        return tuple(events)

    async def _refused(self, key: tuple[str, str]) -> str:
        """Why that id was refused, "" if it was not."""
        if key in self._refusals or self._are_all_in_memory or key[1].startswith(ONCE):
            return self._refusals.get(key, "")
        return await self._log.refusals.why(key)

    async def _keep_refused(self, key: tuple[str, str], why: str) -> None:
        """Durable before it is heard; if that fails, it is asked and decided again."""
        if key[1].startswith(ONCE):
            return
        try:
            await self._log.refusals.keep(key, why)
        except StoreError as error:
            self._tell_trouble(error)
            raise
        # Its text alone: the exception would keep this moment's whole stack alive.
        self._refusals[key] = why
        if len(self._refusals) > REMEMBERED_REFUSALS:
            del self._refusals[next(iter(self._refusals))]
            self._are_all_in_memory = False

    def _decide(self, request: Request, received: float) -> list[Event]:
        try:
            return decide(self.state, request, received)
        except Refused as refused:
            log.info(
                "refused", command=type(request.command).__name__, by=request.by, why=str(refused)
            )
            raise

    async def _record(self, events: Sequence[Event], request: Request, received: float) -> None:
        try:
            said = (request.by, request.id, received)
            entries = await self._log.append(events, said, self._at_the_box(events))
        except StoreError as error:
            self._tell_trouble(error)
            raise
        self.trouble = ""
        self._apply(entries)
        for entry in entries:
            log.info(entry.event.kind, seq=entry.seq, by=entry.by, **_facts(entry.event))

    def _tell_trouble(self, error: StoreError) -> None:
        if not self.trouble:
            log.error("log not written", error=error)
        self.trouble = str(error)
        self.announce()

    def _at_the_box(self, events: Sequence[Event]) -> Callable[[Connection], None] | None:
        """What these events do to the ballots, in the transaction that logs them."""
        moved = [
            event
            for event in events
            if isinstance(event, BallotsForgotten)
            or (isinstance(event, GateOpened | GateClosed) and event.gate == "vote")
        ]
        if not moved:
            return None

        def move(connection: Connection) -> None:
            for event in moved:
                if isinstance(event, BallotsForgotten):
                    forget(connection, self.show_id)
                else:
                    is_opening = isinstance(event, GateOpened)
                    (open_gate if is_opening else close_gate)(connection, self.show_id, event.round)

        return move

    def _apply(self, entries: Sequence[Logged]) -> None:
        for entry in entries:
            self._state = evolve(self._state, entry.event)
            self.version = entry.seq
            self.logged_at = entry.at
            self.show_id = self.show_id or entry.hash[:16]
            key = (entry.by, entry.cause)
            self._answers[key] = (*self._answers.get(key, ()), entry.event)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` in the loop after every change; returns the way to stop that."""
        return self._listeners.add(callback)

    async def until(self, is_so: Callable[[ShowState], bool]) -> ShowState:
        """Wait until `is_so` of the state; returns that state."""
        changed = asyncio.Event()
        stop = self.subscribe(changed.set)
        try:
            while not is_so(self.state):
                changed.clear()
                await changed.wait()
            return self.state
        finally:
            stop()

    def announce(self) -> None:
        """Tell all who watch that something changed, in the state or in the hall."""
        self._listeners.tell()


def _facts(event: Event) -> dict[str, object]:
    names = {"finalist": "seat", "panellist": "seat"}
    found = [name for name in _FACTS if hasattr(event, name)]
    return {names.get(name, name): getattr(event, name) for name in found}
