"""Runs a finalist's prompt on the finalist's own model, streams it, records the draft."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal

from finale.clock import Tasks
from finale.llm.base import Endpoint, EndpointError, Prompt, Range
from finale.show.commands import Outcome, RecordDraft, StartDraft
from finale.show.events import DraftStarted
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.showrunner import Showrunner
from finale.store.scratch import Scratch
from finale.store.writer import StoreError

log = logging.getLogger(__name__)

LISTEN_EVERY_S = 0.08
SAVE_EVERY_S = 0.25
RETRY_S = 0.5
STOP_S = 1.0


@dataclass(slots=True)
class Streaming:
    """A draft while it streams. Times in seconds of the show's clock."""

    round: int
    number: int
    started_at: float
    text: str = ""
    first_token_s: float | None = None
    stopped: Literal["", "cancelled", "cut"] = ""
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class Drafter:
    """One running draft per finalist; a finalist's failing model touches nobody else's."""

    def __init__(
        self,
        showrunner: Showrunner,
        endpoints: Mapping[str, Endpoint],
        scratch: Scratch,
        tasks: Tasks,
    ) -> None:
        """`endpoints` by finalist's seat."""
        self._showrunner = showrunner
        self._endpoints = endpoints
        self._scratch = scratch
        self._tasks = tasks
        self._streaming: dict[str, Streaming] = {}
        self._listeners: dict[str, list[Callable[[], None]]] = {}

    def range_of(self, seat: str) -> tuple[Range, Range]:
        """The temperatures and the values of top_p that the finalist's model takes."""
        endpoint = self._endpoints[seat]
        return endpoint.temperature, endpoint.top_p

    def label(self, seat: str) -> str:
        """What the finalist's model is called on screens."""
        return self._endpoints[seat].label

    def streaming(self, seat: str) -> Streaming | None:
        """The finalist's running draft, if one runs."""
        return self._streaming.get(seat)

    def listen(self, seat: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` as the finalist's draft grows; returns the way to stop that."""
        listeners = self._listeners.setdefault(seat, [])
        listeners.append(callback)

        def stop() -> None:
            if callback in listeners:
                listeners.remove(callback)

        return stop

    async def generate(
        self,
        seat: str,
        round: int,  # noqa: A002
        system: str,
        temperature: float,
        top_p: float,
    ) -> None:
        """Start a draft; settings are clamped to the model's ranges. Raises Refused."""
        temperatures, top_ps = self.range_of(seat)
        command = StartDraft(
            round=round,
            system=system,
            temperature=temperatures.clamp(temperature),
            top_p=top_ps.clamp(top_p),
        )
        events = await self._showrunner.do(command, seat)
        started = next(event for event in events if isinstance(event, DraftStarted))
        clock = self._showrunner.clock
        streaming = Streaming(started.round, started.draft, clock.now())
        self._streaming[seat] = streaming
        streaming.task = self._tasks.start(self._run(seat, streaming, started), f"draft of {seat}")

    async def cancel(self, seat: str) -> None:
        """Stop the finalist's running draft; Refused if none runs."""
        streaming = self._streaming.get(seat)
        if streaming is None:
            raise Refused("No draft is running.")
        await self._stop(seat, streaming, "cancelled")

    async def cut(self) -> None:
        """0:00: stop every running draft; what has streamed so far is kept."""
        running = list(self._streaming.items())
        await asyncio.gather(*(self._stop(seat, streaming, "cut") for seat, streaming in running))

    async def _stop(
        self, seat: str, streaming: Streaming, how: Literal["cancelled", "cut"]
    ) -> None:
        streaming.stopped = streaming.stopped or how
        if streaming.task is None:
            return
        streaming.task.cancel()
        await asyncio.wait([streaming.task], timeout=STOP_S)
        # A task cancelled before its first step cannot report itself; nor can a model that hangs.
        await self._end(seat, streaming, (streaming.stopped, ""))

    async def recover(self) -> None:
        """After a restart: drafts that ran when the server died end with what was saved of them."""
        state = self._showrunner.state
        if state.phase is not Phase.TUNING:
            return
        for seat in state.round.finalists:
            running = state.round.running(seat)
            if running is None:
                continue
            key = _draft_key(seat, state.number, running.number)
            text, first_token_s = json.loads(self._scratch.get(key) or '["", null]')
            await self._record(
                seat,
                Streaming(state.number, running.number, 0.0, text, first_token_s),
                ("cut", "The server was restarted while this draft ran. Generate again."),
            )

    async def _run(self, seat: str, streaming: Streaming, started: DraftStarted) -> None:
        end: tuple[Outcome, str] = ("finished", "")
        try:
            await self._stream(seat, streaming, started)
        except asyncio.CancelledError:
            if not streaming.stopped:
                # The server is stopping: the next start recovers the draft as after a crash.
                raise
        except EndpointError as error:
            end = ("failed", str(error))
        except Exception:
            log.exception("the model of %s broke", seat)
            end = ("failed", "The model broke in a way that nobody foresaw. Generate again.")
        if not streaming.stopped and self._is_over():
            streaming.stopped = "cut"
        await self._end(seat, streaming, (streaming.stopped, "") if streaming.stopped else end)

    async def _end(self, seat: str, streaming: Streaming, end: tuple[Outcome, str]) -> None:
        if self._streaming.get(seat) is not streaming:
            return
        del self._streaming[seat]
        await self._record(seat, streaming, end)
        self._tell(seat)

    async def _stream(self, seat: str, streaming: Streaming, started: DraftStarted) -> None:
        clock = self._showrunner.clock
        question = self._showrunner.state.round.question.text
        prompt = Prompt(started.system, question, started.temperature, started.top_p)
        told = saved = 0.0
        stream = self._endpoints[seat].stream(prompt)
        async with aclosing(stream) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                if self._is_over():
                    return
                now = clock.now()
                if streaming.first_token_s is None:
                    streaming.first_token_s = now - streaming.started_at
                streaming.text += chunk.text
                if now - told >= LISTEN_EVERY_S * clock.speed:
                    told = now
                    self._tell(seat)
                if now - saved >= SAVE_EVERY_S * clock.speed:
                    saved = now
                    self._save(seat, streaming)

    def _is_over(self) -> bool:
        """Whether the clock shows 0:00; while the show is held it stands, and drafts go on."""
        state = self._showrunner.state
        now = state.clock_at(self._showrunner.clock.now())
        return state.phase is not Phase.TUNING or now >= state.deadlines["phase"]

    def _save(self, seat: str, streaming: Streaming) -> None:
        key = _draft_key(seat, streaming.round, streaming.number)
        text = json.dumps([streaming.text, streaming.first_token_s])
        self._tasks.start(self._scratch.put(key, text), "save a draft")

    async def _record(self, seat: str, streaming: Streaming, end: tuple[Outcome, str]) -> None:
        now = self._showrunner.clock.now()
        command = RecordDraft(
            round=streaming.round,
            finalist=seat,
            draft=streaming.number,
            text=streaming.text,
            outcome=end[0],
            reason=end[1],
            first_token_s=streaming.first_token_s,
            total_s=now - streaming.started_at if streaming.started_at else None,
        )
        while True:
            try:
                await self._showrunner.do(command, "crew")
            except Refused:
                # Tuning ended between the last chunk and here; the buzzer rule has spoken.
                return
            except StoreError:
                # The host has been told; the draft is kept until the log can be written.
                await asyncio.sleep(RETRY_S)
            else:
                return

    def _tell(self, seat: str) -> None:
        for callback in list(self._listeners.get(seat, ())):
            try:
                callback()
            except Exception:
                # One broken page must not stop the draft or the finalist's other pages.
                log.exception("a listener failed")


def _draft_key(seat: str, round_: int, number: int) -> str:
    return f"draft:{seat}:{round_}:{number}"
