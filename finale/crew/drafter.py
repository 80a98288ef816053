"""Runs a finalist's prompt on the finalist's own model, streams it, records the draft."""

import asyncio
import math
from collections.abc import Callable, Collection, Mapping
from contextlib import aclosing

from finale.clock import Tasks, carried_out
from finale.crew.breaker import Breaker
from finale.crew.practice import Practice, PracticeDraft
from finale.crew.reports import Reports
from finale.crew.streaming import BROKE, LISTEN_EVERY_S, TOO_SILENT, Streaming
from finale.listeners import Listeners
from finale.llm.base import FIRST_TOKEN_S, Endpoint, EndpointError, Prompt, Range
from finale.llm.hearing import Hearing
from finale.logs.logger import logger
from finale.show.commands import Outcome, StartDraft
from finale.show.events import DraftStarted
from finale.show.phases import Phase
from finale.show.prompt_rules import check_prompt
from finale.show.refused import Refused
from finale.show.rules_finalist import check_settings, practice_of
from finale.showrunner import Showrunner
from finale.store.scratch import Scratch

log = logger(__name__)

SAVE_EVERY_S = 0.25
STOP_S = 1.0


class Drafter:
    """The running drafts of every finalist; one's failing model touches nobody else's."""

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
        self._tasks = tasks
        self._streaming: dict[tuple[str, int], Streaming] = {}
        self._breakers = {seat: Breaker() for seat in endpoints}
        self._listeners: dict[str, Listeners[[]]] = {seat: Listeners() for seat in endpoints}
        self._reports = Reports(showrunner, scratch, tasks)
        self._practice = Practice(showrunner, tasks, self._tell)
        showrunner.subscribe(self._look)

    def range_of(self, seat: str) -> tuple[Range, Range]:
        """The temperatures and the values of top_p that the finalist's model takes."""
        endpoint = self._endpoints[seat]
        return endpoint.temperature, endpoint.top_p

    def label(self, seat: str) -> str:
        """What the finalist's model is called on screens."""
        return self._endpoints[seat].label

    def streaming(self, seat: str, number: int | None = None) -> Hearing | None:
        """The finalist's running draft of that number, else the newest; in the lobby practice."""
        return self._running(seat, number) or self._practice.streaming(seat)

    def practice(self, seat: str) -> PracticeDraft | None:
        """The finalist's last practice draft; None once the show has left the lobby."""
        return self._practice.draft(seat)

    def listen(self, seat: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` as the finalist's drafts grow; returns the way to stop that."""
        return self._listeners[seat].add(callback)

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
        self._check_breaker(seat)
        # What is logged as started must be started.
        await carried_out(self._start(command, seat))

    async def _start(self, command: StartDraft, seat: str) -> None:
        events = await self._showrunner.do(command, seat)
        started = next(event for event in events if isinstance(event, DraftStarted))
        clock = self._showrunner.clock
        streaming = Streaming(clock.now(), round=started.round, number=started.draft)
        self._streaming[seat, started.draft] = streaming
        streaming.task = self._tasks.start(self._run(seat, streaming, started), f"draft of {seat}")
        streaming.watch = self._tasks.start(self._watch(seat, streaming), f"silence of {seat}")

    async def practise(self, seat: str, system: str, temperature: float, top_p: float) -> None:
        """Try the model on the practice question; nothing of it is recorded. Raises Refused."""
        state = self._showrunner.state
        question = practice_of(state, seat)
        if question is None:
            raise Refused("There is nothing to practise now.")
        if state.is_held:
            raise Refused("The show is on hold. Wait for the host.")
        temperatures, top_ps = self.range_of(seat)
        prompt = Prompt(system, question.text, temperatures.clamp(temperature), top_ps.clamp(top_p))
        check_prompt(state, seat, prompt.system)
        check_settings(prompt.temperature, prompt.top_p)
        self._practice.start(seat, self._endpoints[seat], prompt)

    async def cancel(self, seat: str, number: int | None = None) -> None:
        """Stop the finalist's running draft of that number, else the newest; Refused if none."""
        if self._practice.streaming(seat) is not None:
            self._practice.cancel(seat)
            return
        streaming = self._running(seat, number)
        if streaming is None:
            raise Refused("No draft is running.")
        await self._stop(seat, streaming, "cancelled")

    async def cut(self, seats: Collection[str] | None = None) -> None:
        """0:00 of those seats (all, if None): stop what runs; what has streamed is kept."""
        running = [
            (seat, streaming)
            for (seat, _), streaming in self._streaming.items()
            if seats is None or seat in seats
        ]
        await asyncio.gather(*(self._stop(seat, streaming, "cut") for seat, streaming in running))

    async def recover(self) -> None:
        """After a restart: drafts that ran when the server died end with what was saved of them."""
        await self._reports.recover()

    def _running(self, seat: str, number: int | None) -> Streaming | None:
        if number is not None:
            return self._streaming.get((seat, number))
        running = [streaming for (of, _), streaming in self._streaming.items() if of == seat]
        return running[-1] if running else None

    def _check_breaker(self, seat: str) -> None:
        pause = self._breakers[seat].pause(self._showrunner.clock.now())
        if pause > 0:
            raise Refused(
                f"Your model has failed {self._breakers[seat].failures} times in a row. "
                f"Generate again in {math.ceil(pause)} s; the host knows."
            )

    def _look(self) -> None:
        """Whoever has been withdrawn stops."""
        gone = {seat for seat, _ in self._streaming} & self._showrunner.state.withdrawn.keys()
        if gone:
            self._tasks.start(self.cut(gone), "stop the withdrawn")

    async def _stop(self, seat: str, streaming: Streaming, how: Outcome) -> None:
        streaming.stopped = streaming.stopped or how
        if streaming.task is None:
            return
        streaming.task.cancel()
        await asyncio.wait([streaming.task], timeout=STOP_S)
        # A task cancelled before its first step cannot report itself; nor can a model that hangs.
        await self._end(seat, streaming, (streaming.stopped, streaming.reason))

    async def _watch(self, seat: str, streaming: Streaming) -> None:
        """A model that says nothing has failed, and its finalist need not wait for more."""
        await asyncio.sleep(FIRST_TOKEN_S / self._showrunner.clock.speed)
        if streaming.first_token_s is None and not streaming.stopped:
            streaming.reason = TOO_SILENT
            await self._stop(seat, streaming, "failed")

    async def _run(self, seat: str, streaming: Streaming, started: DraftStarted) -> None:
        end: tuple[Outcome, str] = ("finished", "")
        try:
            await self._stream(seat, streaming, started)
        except asyncio.CancelledError:
            if not streaming.stopped:
                # The server is stopping: the next start recovers the draft as after a crash.
                raise
        except EndpointError as error:
            # An empty answer is no fault of the endpoint: the rules say what it is.
            end = ("finished", "") if error.kind == "empty" else ("failed", str(error))
        except Exception:
            log.exception("model broke", seat=seat)
            end = ("failed", BROKE)
        if not streaming.stopped and self._is_over(seat):
            streaming.stopped = "cut"
        await self._end(seat, streaming, streaming.end() or end)

    async def _end(self, seat: str, streaming: Streaming, end: tuple[Outcome, str]) -> None:
        if self._streaming.get((seat, streaming.number)) is not streaming:
            return
        del self._streaming[seat, streaming.number]
        if streaming.watch is not None and streaming.watch is not asyncio.current_task():
            streaming.watch.cancel()
        if end[0] == "failed":
            self._breakers[seat].failed(self._showrunner.clock.now())
        elif end[0] == "finished":
            self._breakers[seat].worked()
        await self._reports.draft(seat, streaming, end)
        self._tell(seat)

    async def _stream(self, seat: str, streaming: Streaming, started: DraftStarted) -> None:
        clock = self._showrunner.clock
        question = self._showrunner.state.round.question.text
        prompt = Prompt(started.system, question, started.temperature, started.top_p)
        told = saved = 0.0
        async with aclosing(self._endpoints[seat].stream(prompt)) as chunks:
            async for chunk in chunks:
                if self._is_over(seat):
                    return
                now = clock.now()
                streaming.add(chunk, now)
                if now - told >= LISTEN_EVERY_S * clock.speed:
                    told = now
                    self._tell(seat)
                if now - saved >= SAVE_EVERY_S * clock.speed:
                    saved = now
                    self._reports.save(seat, streaming)

    def _tell(self, seat: str) -> None:
        self._listeners[seat].tell()

    def _is_over(self, seat: str) -> bool:
        """Whether the finalist's clock shows 0:00; while held it stands, and drafts go on."""
        state = self._showrunner.state
        if seat in state.withdrawn:
            return True
        now = state.clock_at(self._showrunner.clock.now())
        return state.phase is not Phase.TUNING or now >= state.closes_at(seat)
