"""The one protocol by which the show talks to a model, whatever serves it."""

import math
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

Kind = Literal[
    "not found",
    "not ready",
    "throttled",
    "refused settings",
    "no access",
    "unreachable",
    "no first token",
    "stalled",
    "cut",
    "endless",
    "garbage",
    "empty",
    "failed",
]
"""What went wrong with a model, told apart as far as the host would do something else about it."""

FIRST_TOKEN_S = 10.0
"""Seconds after which a model that has said nothing counts as failed, the same for all."""

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
class Finish:
    """How a reply ended: "stop", "length" or "filtered", else in the backend's own word.

    `tokens` is the length of the reply as the backend counted it, None where it does not tell.
    """

    reason: str
    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a reply; the texts of all chunks, joined with nothing between, are the reply.

    Only the last chunk may have a `finish`, and only then may its text be empty.
    """

    text: str
    finish: Finish | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a reply may take, in real seconds, and how much of it is read.

    `first_token_s` counts from the call and bounds both tries; `gap_s` is the longest silence
    after the first token; `text_bytes` also bounds what is read without a word in it.
    """

    max_tokens: int = 512
    connect_s: float = 3.0
    first_token_s: float = FIRST_TOKEN_S
    gap_s: float = 15.0
    total_s: float = 120.0
    retry_pause_s: float = 0.5
    text_bytes: int = 256 * 1024
    tokens: int = 4096


@dataclass(frozen=True, slots=True)
class Identity:
    """What a backend tells of the model behind an endpoint; two equal ones are one model.

    `digest` is a SHA-256 over the configuration and `created` in seconds since the epoch; both
    are empty where the backend does not tell. `status` is its own word, such as "InService".
    """

    model: str
    digest: str = ""
    created: float | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """The values a backend accepts for a setting; an open end is kept off by `OPEN_END_MARGIN`.

    One that is not `is_sent` is left out of every request, so it has no effect.
    """

    low: float
    high: float
    is_low_open: bool = False
    is_high_open: bool = False
    is_sent: bool = True

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


UNSENT = Range(1.0, 1.0, is_sent=False)
"""A setting that a model is never told: it stands at 1, where most backends begin."""


class EndpointError(Exception):
    """A model failed: `kind` is for programs, the text is one plain line for the host's screen.

    The text never quotes what a backend sent, which could hold a key, an account or a prompt.
    """

    def __init__(self, kind: Kind, text: str) -> None:
        super().__init__(kind, text)
        self.kind: Kind = kind
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

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The reply; raises EndpointError, before or amid the chunks.

        Cancelling the task that reads it, or closing it with `aclose()`, stops it at once.
        """
        ...


@dataclass(frozen=True, slots=True)
class Lease:
    """How long credentials last: until `ends_at`, in epoch seconds, None if nobody tells an end.

    Those that are renewed by themselves end when what they are renewed with does, which nobody
    tells; `ends_at` is when the present ones end. Those that are temporary end for certain, also
    when nobody tells when.
    """

    ends_at: float | None
    is_renewed: bool = False
    is_temporary: bool = False


@runtime_checkable
class Credentialed(Protocol):
    """An endpoint that is asked with credentials of an account."""

    async def lease(self) -> Lease:
        """How long they last; raises EndpointError."""
        ...


@runtime_checkable
class Described(Protocol):
    """An endpoint that can say which model stands behind it."""

    async def identity(self) -> Identity:
        """What the backend tells of the model now; raises EndpointError."""
        ...
