"""One question to one judge model: time-outs, the nonce, the strict reading, one second try."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from finale.clock import Clock
from finale.judging.base import Heard, Reply
from finale.judging.fence import Task
from finale.judging.reply import Unreadable
from finale.llm.base import FIRST_TOKEN_S, Endpoint, EndpointError, Prompt
from finale.llm.hearing import Hearing
from finale.show.commands import ReplyOutcome

T = TypeVar("T")

LONGEST_REPLY = 32_000
"""Characters of a reply that are read; a verdict has a few hundred."""

LONGEST_KEPT = 4_000
"""Characters of a reply that the audit keeps."""

PAUSE_S = 1.0
"""Seconds before a model that failed is asked once more."""

_PASSING = frozenset({"throttled", "not ready", "cut", "failed"})
"""Failures that may be over in a second; the others are not worth a second try."""


def fresh_nonce() -> str:
    """A code that nobody can guess."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Manner:
    """How judges are asked. Times in seconds of the show's clock.

    `at_once` bounds the calls that run at the same time, over all answers; `is_plain` strips
    markdown from what the judge reads.
    """

    temperature: float = 0.5
    at_once: int = 15
    first_token_s: float = FIRST_TOKEN_S
    total_s: float = 45.0
    is_plain: bool = False
    nonce: Callable[[], str] = fresh_nonce


@dataclass(frozen=True, slots=True)
class Pass:
    """Which reading of an answer a call belongs to, and who is told of the reply."""

    take: int
    heard: Heard
    is_probe: bool = False


@dataclass(slots=True)
class _Call:
    """What came of one call, as far as it came."""

    prompt_hash: str
    temperature: float
    attempt: int
    hearing: Hearing
    ms: int = 0


@dataclass(slots=True)
class Chair:
    """One judge model behind the shared limit; `model` is its id in the audit."""

    endpoint: Endpoint
    clock: Clock
    manner: Manner
    slots: asyncio.Semaphore
    model: str = field(default="")

    def __post_init__(self) -> None:
        self.model = self.model or self.endpoint.label

    async def ask(self, task: Task[T], which: Pass) -> T:
        """What the reply says; asks once more if the first cannot be had. Raises EndpointError.

        A reply that cannot be read is mended by telling the judge what was wrong with it.
        """
        try:
            return await self._try(task, which, 1, "")
        except Unreadable as unread:
            fault = unread.text
        except EndpointError as error:
            if error.kind not in _PASSING:
                raise
            fault = ""
            await self.clock.sleep(PAUSE_S)
        return await self._try(task, which, 2, fault)

    async def _try(self, task: Task[T], which: Pass, attempt: int, fault: str) -> T:
        nonce = self._nonce(task.data)
        turn = task.turn(nonce, fault)
        temperature = self.endpoint.temperature.clamp(self.manner.temperature)
        prompt = Prompt(turn.system, turn.user, temperature, self.endpoint.top_p.clamp(1.0))
        call = _Call(turn.fingerprint(nonce), temperature, attempt, Hearing(self.clock.now()))
        try:
            await self._hear(prompt, call)
            said = task.read(call.hearing.text, nonce)
        except EndpointError as error:
            outcome: ReplyOutcome = "unreadable" if isinstance(error, Unreadable) else "failed"
            which.heard(self._reply(call, which, outcome, error.text))
            raise
        which.heard(self._reply(call, which, "read", ""))
        return said

    def _nonce(self, data: str) -> str:
        nonce = self.manner.nonce()
        while nonce in data:
            nonce = self.manner.nonce()
        return nonce

    async def _hear(self, prompt: Prompt, call: _Call) -> None:
        async with self.slots:
            hearing = call.hearing = Hearing(self.clock.now())
            try:
                await self._read(prompt, hearing)
            except TimeoutError:
                raise self._too_slow(hearing) from None
            finally:
                call.ms = round(1000 * (self.clock.now() - hearing.started_at))

    def _too_slow(self, hearing: Hearing) -> EndpointError:
        who, manner = self.endpoint.label, self.manner
        if hearing.text:
            return EndpointError("stalled", f"{who}: no whole reply within {manner.total_s:g} s.")
        text = f"{who}: no first token within {manner.first_token_s:g} s."
        return EndpointError("no first token", text)

    async def _read(self, prompt: Prompt, hearing: Hearing) -> None:
        """The stream, as far as it may go: what comes later than `total_s` is not waited for."""
        real = 1 / self.clock.speed
        async with (
            asyncio.timeout(self.manner.total_s * real),
            asyncio.timeout(self.manner.first_token_s * real) as patience,
            aclosing(self.endpoint.stream(prompt)) as chunks,
        ):
            async for chunk in chunks:
                hearing.add(chunk, self.clock.now())
                if hearing.text:
                    patience.reschedule(None)
                if len(hearing.text) > LONGEST_REPLY:
                    raise Unreadable(f"The reply had more than {LONGEST_REPLY:,} characters.")

    def _reply(self, call: _Call, which: Pass, outcome: ReplyOutcome, why: str) -> Reply:
        return Reply(
            take=which.take,
            attempt=call.attempt,
            is_probe=which.is_probe,
            judge=self.endpoint.label,
            model=self.model,
            prompt_hash=call.prompt_hash,
            temperature=call.temperature,
            text=writable(call.hearing.text[:LONGEST_KEPT]),
            outcome=outcome,
            why=writable(why),
            tokens=call.hearing.tokens,
            ms=call.ms,
        )


def writable(text: str) -> str:
    """The text without halves of characters, which no file and no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


async def together(work: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    """All results in order, or the first error, with what still runs cancelled."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
    return [task.result() for task in tasks]
