"""A reply while it streams, whether it counts or is practice."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from finale.llm.base import Chunk, Finish
from finale.show.commands import Outcome

LISTEN_EVERY_S = 0.08

FIRST_TOKEN_S = 10.0
"""Seconds of the show's clock after which a model that has said nothing counts as failed."""

TOO_SILENT = f"No first token within {FIRST_TOKEN_S:.0f} s. Generate again."
BROKE = "The model broke in a way that nobody foresaw. Generate again."


@dataclass(slots=True)
class Streaming:
    """A draft while it streams; practice has no round and no number. Times in seconds."""

    round: int
    number: int
    started_at: float
    text: str = ""
    first_token_s: float | None = None
    stopped: Outcome | Literal[""] = ""
    reason: str = ""
    finish: Finish | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)
    watch: asyncio.Task[None] | None = field(default=None, repr=False)

    def add(self, chunk: Chunk, now: float) -> None:
        """One more piece, read at `now` (epoch seconds); one without text is no first token."""
        if self.first_token_s is None and chunk.text:
            self.first_token_s = now - self.started_at
        self.text += chunk.text
        self.finish = chunk.finish or self.finish

    def end(self) -> tuple[Outcome, str] | None:
        """How it was stopped and why; None if it was not."""
        return (self.stopped, self.reason) if self.stopped else None
