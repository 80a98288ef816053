"""What becomes of a draft: saved as it grows, recorded when it ends, recovered after a crash."""

import asyncio
import json
from contextlib import suppress

from finale.clock import Tasks
from finale.crew.streaming import BROKE, Streaming
from finale.llm.clean import cleaned
from finale.logs.logger import logger
from finale.show.commands import Command, Outcome, RecordDraft
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.showrunner import Showrunner
from finale.store.scratch import Scratch
from finale.store.writer import StoreError

log = logger(__name__)

RETRY_S = 0.5


async def report(showrunner: Showrunner, command: Command) -> None:
    """Do `command` as the crew, as soon as the log can be written. Raises Refused."""
    while True:
        try:
            await showrunner.do(command, "crew")
        except StoreError:
            # The host has been told; what is reported is kept until then.
            await asyncio.sleep(RETRY_S)
        else:
            return


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
        # Refused: tuning ended between the last chunk and here; the buzzer rule has spoken.
        with suppress(Refused):
            try:
                await report(self._showrunner, self._ended(seat, streaming, end))
            except Refused:
                raise
            except Exception:
                # A draft that is never recorded would lock its finalist out for ever.
                log.exception("draft cannot be recorded as it is", seat=seat)
                await report(self._showrunner, _bare(seat, streaming, end[0]))

    def _ended(self, seat: str, streaming: Streaming, end: tuple[Outcome, str]) -> RecordDraft:
        now = self._showrunner.clock.now()
        return RecordDraft(
            round=streaming.round,
            finalist=seat,
            draft=streaming.number,
            text=streaming.text,
            outcome=end[0],
            reason=end[1],
            first_token_s=streaming.first_token_s,
            total_s=now - streaming.started_at if streaming.started_at else None,
            tokens=streaming.tokens,
            finish=streaming.finish.reason if streaming.finish else "",
        )

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
                    Streaming(0.0, text, first_token_s, round=state.number, number=running.number),
                    ("cut", "The server was restarted while this draft ran. Generate again."),
                )


def _bare(seat: str, streaming: Streaming, outcome: Outcome) -> RecordDraft:
    """The draft as failed, with its text made fit to be kept and nothing else that came."""
    # What 0:00 has cut may still be submitted.
    return RecordDraft(
        round=streaming.round,
        finalist=seat,
        draft=streaming.number,
        text=cleaned(streaming.text),
        outcome=outcome if outcome == "cut" else "failed",
        reason=BROKE,
    )


def _key(seat: str, round_: int, number: int) -> str:
    return f"draft:{seat}:{round_}:{number}"
