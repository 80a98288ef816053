"""What a judge gets to see, what it gives back, and the one protocol by which it is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from finale.show.commands import ReplyOutcome
from scoring.rubric import Rubric

PASSES = 3
"""How often an answer is marked; scoring takes the median of each criterion."""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a judge gets to see of one submission: no names, no letter, no system prompt."""

    question: str
    reference: str
    key_facts: Sequence[str]
    answer: str
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class Opinion:
    """One pass of a judge: an integer for every criterion of the rubric, and why, in a sentence."""

    marks: Mapping[str, int]
    reason: str
    is_suspicious: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """What a judge makes of one answer: every pass, one reason, and what the host should know.

    `judge` is the label of the judge who marked; `flags` are plain sentences.
    """

    passes: tuple[Mapping[str, int], ...]
    reason: str
    judge: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One raw reply of a judge model, read or not, for the audit.

    `take` counts passes from 1, `attempt` is 2 for the second try of a pass, `is_probe` says that
    the answer was read without its suspicious sentences. `prompt_hash` leaves the nonce out, so
    that all passes of one answer share it. `why` says why the reply could not be used.
    """

    take: int
    attempt: int
    is_probe: bool
    judge: str
    model: str
    prompt_hash: str
    temperature: float
    text: str
    outcome: ReplyOutcome
    why: str
    tokens: int | None
    ms: int


Heard = Callable[[Reply], None]
"""Told of every raw reply as it comes."""


class Marker(Protocol):
    """A judge, whatever it is made of."""

    @property
    def label(self) -> str:
        """What a screen calls it."""
        ...

    async def mark(self, brief: Brief, heard: Heard) -> Marked:
        """The marks of one answer, from as many passes as it takes; raises EndpointError."""
        ...


def unheard(reply: Reply) -> None:
    """For whoever keeps no audit."""


def marked(opinions: Sequence[Opinion], judge: str, flags: Sequence[str] = ()) -> Marked:
    """The passes of one judge put together; the reason is that of the first."""
    passes = tuple(dict(opinion.marks) for opinion in opinions)
    return Marked(passes, opinions[0].reason, judge, tuple(flags))
