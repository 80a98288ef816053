"""Finalists try their models before the first round: streamed to their page, recorded nowhere."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from finale.clock import Tasks
from finale.crew.streaming import BROKE, LISTEN_EVERY_S, TOO_SILENT
from finale.llm.base import FIRST_TOKEN_S, Endpoint, EndpointError, Prompt
from finale.llm.hearing import Hearing
from finale.logs.logger import logger
from finale.show.commands import EMPTY_REPLY, Outcome
from finale.show.refused import Refused
from finale.show.rules_finalist import practice_of
from finale.showrunner import Showrunner

log = logger(__name__)


@dataclass(slots=True)
class PracticeDraft:
    """One reply to the practice question; `outcome` None while it runs. Times in seconds."""

    prompt: Prompt
    streaming: Hearing
    outcome: Outcome | None = None
    reason: str = ""
    total_s: float | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class Practice:
    """The last practice draft of each finalist, in memory until the show leaves the lobby."""

    def __init__(self, showrunner: Showrunner, tasks: Tasks, tell: Callable[[str], None]) -> None:
        """`tell` is called with the seat whose draft has grown or ended."""
        self._showrunner = showrunner
        self._tasks = tasks
        self._tell = tell
        self._drafts: dict[str, PracticeDraft] = {}
        showrunner.subscribe(self._look)

    def draft(self, seat: str) -> PracticeDraft | None:
        """The finalist's last practice draft."""
        return self._drafts.get(seat)

    def streaming(self, seat: str) -> Hearing | None:
        """The finalist's practice draft while it runs."""
        draft = self._drafts.get(seat)
        return draft.streaming if draft is not None and draft.outcome is None else None

    def start(self, seat: str, endpoint: Endpoint, prompt: Prompt) -> None:
        """Ask the model; Refused while the draft before still runs."""
        if self.streaming(seat) is not None:
            raise Refused("A draft is still running. Cancel it first, or wait for it.")
        draft = PracticeDraft(prompt, Hearing(self._showrunner.clock.now()))
        self._drafts[seat] = draft
        draft.task = self._tasks.start(self._run(seat, draft, endpoint), f"practice of {seat}")
        self._tell(seat)

    def cancel(self, seat: str) -> None:
        """Stop the finalist's practice draft, if one runs."""
        draft = self._drafts.get(seat)
        if draft is None or draft.outcome is not None:
            return
        # Ended before its task is: a model that hangs keeps nobody from trying again.
        self._end(seat, draft, ("cancelled", ""))
        if draft.task is not None:
            draft.task.cancel()

    def _look(self) -> None:
        """Whoever may not practise any more has no practice draft."""
        state = self._showrunner.state
        for seat in [seat for seat in self._drafts if practice_of(state, seat) is None]:
            self.cancel(seat)
            del self._drafts[seat]

    async def _run(self, seat: str, draft: PracticeDraft, endpoint: Endpoint) -> None:
        end: tuple[Outcome, str] = ("finished", "")
        try:
            await self._stream(seat, draft, endpoint)
        except TimeoutError:
            end = ("failed", TOO_SILENT)
        except EndpointError as error:
            end = ("failed", str(error))
        except Exception:
            log.exception("model broke", seat=seat)
            end = ("failed", BROKE)
        if end[0] == "finished" and draft.streaming.is_empty:
            end = ("failed", EMPTY_REPLY)
        self._end(seat, draft, end)

    def _end(self, seat: str, draft: PracticeDraft, end: tuple[Outcome, str]) -> None:
        if draft.outcome is not None:
            return
        draft.outcome, draft.reason = end
        draft.total_s = self._showrunner.clock.now() - draft.streaming.started_at
        self._tell(seat)

    async def _stream(self, seat: str, draft: PracticeDraft, endpoint: Endpoint) -> None:
        clock, streaming, told = self._showrunner.clock, draft.streaming, 0.0
        async with (
            aclosing(endpoint.stream(draft.prompt)) as chunks,
            asyncio.timeout(FIRST_TOKEN_S / clock.speed) as patience,
        ):
            async for chunk in chunks:
                if draft.outcome is not None:
                    return
                now = clock.now()
                streaming.add(chunk, now)
                if streaming.first_token_s is not None:
                    patience.reschedule(None)
                if now - told >= LISTEN_EVERY_S * clock.speed:
                    told = now
                    self._tell(seat)
