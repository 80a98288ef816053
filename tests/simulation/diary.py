"""What happened in a simulated show, in lines that a person can read."""

import hashlib
from collections.abc import Callable
from typing import Any

from finale.show.rundown import Frozen

LONGEST = 60


class Diary:
    """Who did what and when; the lines are made only when somebody reads them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._notes: list[tuple[float, str, str, tuple[object, ...]]] = []

    def note(self, who: str, what: str, *about: object) -> None:
        """Keep a line; `about` fills the braces in `what` when the story is read."""
        self._notes.append((self._now(), who, what, about))

    def lines(self, last: int = 0) -> list[str]:
        """The story, or its last lines."""
        return [
            f"{at:9.3f}  {who:<12} {what.format(*map(_said, about))}"
            for at, who, what, about in self._notes[-last:]
        ]

    def digest(self) -> str:
        """SHA-256 over the whole story: equal stories were equal shows."""
        return hashlib.sha256("\n".join(self.lines()).encode()).hexdigest()


def _said(about: object) -> str:
    if isinstance(about, Frozen):
        values = ", ".join(f"{name}={_short(value)}" for name, value in about)
        return f"{type(about).__name__}({values})"
    if isinstance(about, tuple):
        return ", ".join(_kind(one) for one in about) or "nothing"
    return f"{about:.3f}" if isinstance(about, float) else str(about)


def _kind(one: Any) -> str:
    kind = str(getattr(one, "kind", one))
    phase = getattr(one, "phase", None)
    return f"{kind} {phase}" if phase else kind


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)})"
