"""A draft while it streams."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from finale.llm.base import FIRST_TOKEN_S
from finale.llm.hearing import Hearing
from finale.show.commands import Outcome

LISTEN_EVERY_S = 0.08

TOO_SILENT = f"No first token within {FIRST_TOKEN_S:.0f} s. Generate again."
BROKE = "The model broke in a way that nobody foresaw. Generate again."


@dataclass(slots=True)
class Streaming(Hearing):
    """A draft that counts, while it runs: whose round, and what stops it."""

    round: int = field(kw_only=True)
    number: int = field(kw_only=True)
    stopped: Outcome | Literal[""] = ""
    reason: str = ""
    task: asyncio.Task[None] | None = field(default=None, repr=False)
    watch: asyncio.Task[None] | None = field(default=None, repr=False)

    def end(self) -> tuple[Outcome, str] | None:
        """How it was stopped and why; None if it was not."""
        return (self.stopped, self.reason) if self.stopped else None
