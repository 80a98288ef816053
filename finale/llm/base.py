"""The one protocol by which the show talks to a model, whatever serves it."""

import math
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

OPEN_END_MARGIN = 0.01
"""How far inside an open end the nearest allowed value lies: one step of the console's sliders."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a finalist sends to a model: all that the model gets to see."""

    system: str
    question: str
    temperature: float
    top_p: float


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a reply; the texts of all chunks, joined with nothing between, are the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Range:
    """The values a backend accepts for a setting; an open end is kept off by `OPEN_END_MARGIN`."""

    low: float
    high: float
    is_low_open: bool = False
    is_high_open: bool = False

    def clamp(self, x: float) -> float:
        """The allowed value nearest to `x`; raises ValueError if `x` is not a number."""
        if math.isnan(x):
            raise ValueError("a setting must be a number")
        return min(max(x, self._least()), self._most())

    def contains(self, x: float) -> bool:
        """Whether `x` may be sent as it is, that is, whether `clamp` would leave it alone."""
        return self._least() <= x <= self._most()

    def _least(self) -> float:
        return self.low + OPEN_END_MARGIN if self.is_low_open else self.low

    def _most(self) -> float:
        return self.high - OPEN_END_MARGIN if self.is_high_open else self.high


class EndpointError(Exception):
    """A model failed: `kind` is for programs, the text is one plain line for the host's screen."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(kind, text)
        self.kind = kind
        self.text = text

    def __str__(self) -> str:
        return self.text


class Endpoint(Protocol):
    """A model that can be asked."""

    @property
    def label(self) -> str:
        """What a screen calls it, for example "understudy 3"."""
        ...

    @property
    def temperature(self) -> Range:
        """The temperatures it accepts; anything else is clamped before it is sent."""
        ...

    @property
    def top_p(self) -> Range:
        """The values of top_p it accepts; anything else is clamped before it is sent."""
        ...

    def stream(self, prompt: Prompt) -> AsyncIterator[Chunk]:
        """The reply, as an async generator; raises EndpointError, before or amid the chunks.

        Cancelling the task that reads it, or closing it with `aclose()`, stops it at once.
        """
        ...
