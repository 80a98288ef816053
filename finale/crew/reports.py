"""What becomes of a draft: saved as it grows, recorded when it ends, recovered after a crash."""

import asyncio
import json

from finale.clock import Tasks
from finale.crew.streaming import Streaming
from finale.llm.base import Finish
from finale.show.commands import Outcome, RecordDraft
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.showrunner import Showrunner
from finale.store.scratch import Scratch
from finale.store.writer import StoreError

RETRY_S = 0.5


class Reports:
    """Writes down how drafts grow and end; a log that cannot be written is waited for."""

    def __init__(self, showrunner: Showrunner, scratch: Scratch, tasks: Tasks) -> None:
        """Nothing to write yet."""
        self._showrunner = showrunner
        self._scratch = scratch
        self._tasks = tasks

    def save(self, seat: str, streaming: Streaming) -> None:
        """Keep what has streamed so far, apart from the log."""
        key = _key(seat, streaming.round, streaming.number)
        text = json.dumps([streaming.text, streaming.first_token_s])
        self._tasks.start(self._scratch.put(key, text), "save a draft")

    async def draft(self, seat: str, streaming: Streaming, end: tuple[Outcome, str]) -> None:
        """Record how the draft ended and why; nothing, if tuning was over first."""
        now = self._showrunner.clock.now()
        finish = streaming.finish or Finish("")
        command = RecordDraft(
            round=streaming.round,
            finalist=seat,
            draft=streaming.number,
            text=streaming.text,
            outcome=end[0],
            reason=end[1],
            first_token_s=streaming.first_token_s,
            total_s=now - streaming.started_at if streaming.started_at else None,
            tokens=finish.tokens,
            finish=finish.reason,
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

    async def recover(self) -> None:
        """After a restart: end the drafts that ran, each with what was saved of it."""
        state = self._showrunner.state
        if state.phase is not Phase.TUNING:
            return
        for seat in state.round.finalists:
            for running in state.round.running(seat):
                saved = self._scratch.get(_key(seat, state.number, running.number))
                text, first_token_s = json.loads(saved or '["", null]')
                await self.draft(
                    seat,
                    Streaming(state.number, running.number, 0.0, text, first_token_s),
                    ("cut", "The server was restarted while this draft ran. Generate again."),
                )


def _key(seat: str, round_: int, number: int) -> str:
    return f"draft:{seat}:{round_}:{number}"
