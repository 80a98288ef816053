"""A reply while it is heard."""

from dataclasses import dataclass

from finale.llm.base import Chunk, Finish


@dataclass(slots=True)
class Hearing:
    """What has come so far of a reply asked for at `started_at`, in epoch seconds."""

    started_at: float
    text: str = ""
    first_token_s: float | None = None
    finish: Finish | None = None

    def add(self, chunk: Chunk, now: float) -> None:
        """One more piece, read at `now`; one without text is no first token."""
        if self.first_token_s is None and chunk.text:
            self.first_token_s = now - self.started_at
        self.text += chunk.text
        self.finish = chunk.finish or self.finish

    @property
    def tokens(self) -> int | None:
        """The length of the reply as the backend counted it; None if it has not told."""
        return self.finish.tokens if self.finish else None

    @property
    def is_empty(self) -> bool:
        """Whether not a word has come."""
        return not self.text.strip()
