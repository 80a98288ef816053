"""Models that fail, hang and lie: the finalists' endpoints and the judge."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from random import Random

from finale.judging.base import PASSES, Brief, Heard, Marked, Opinion, Reply, ReplyOutcome, marked
from finale.llm.base import FIRST_TOKEN_S, Chunk, EndpointError, Identity, Prompt, Range
from scoring.rubric import JUDGE_RUBRIC

A_MOMENT_S = 0.01

SECRET = "secret-of-"
"""Begins every system prompt: it may reach its own finalist and model, and nobody else."""

GARBAGE = ("\x00\u2028\u202e", "<script>alert(1)</script>", "x" * 5000, "Ada Byron", "[name]", "∅")


class LyingEndpoint:
    """A finalist's model; how it behaves is drawn for each call."""

    temperature = Range(0.0, 2.0)
    top_p = Range(0.0, 1.0, is_low_open=True)

    def __init__(
        self, label: str, trouble: float, random: Random, failed: Callable[[float], None]
    ) -> None:
        """`failed` is told, as it happens, how many seconds a call took that came to nothing."""
        self.label = label
        self._trouble = trouble
        self._random = random
        self._failed = failed
        self._calls = 0

    async def identity(self) -> Identity:
        """A model that is swapped now and then, where it can be told at all."""
        if self._random.random() < self._trouble:
            raise EndpointError("no access", "The model may not be described.")
        return Identity(self._random.choice(("llama", "llama", "mistral")))

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """A reply of some kind."""
        self._calls += 1
        manners = (_failing, _breaking, _bursting, _empty, _hanging, _stubborn, _lying, _endless)
        is_sound = self._random.random() >= self._trouble
        manner = _sound if is_sound else self._random.choice(manners)
        return self._told(manner(self._random, f"An answer, the {self._calls}th, by nobody."))

    async def _told(self, words: AsyncGenerator[Chunk, None]) -> AsyncGenerator[Chunk, None]:
        """`words`, and what they cost: an error, or silence for as long as nobody has to wait."""
        loop = asyncio.get_running_loop()
        began, is_silent = loop.time(), True
        try:
            async with aclosing(words):
                async for chunk in words:
                    is_silent = is_silent and not chunk.text
                    yield chunk
        except Exception:
            self._failed(loop.time() - began)
            raise
        except asyncio.CancelledError:
            if is_silent and loop.time() - began > FIRST_TOKEN_S - A_MOMENT_S:
                self._failed(loop.time() - began)
            raise


async def _sound(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    await asyncio.sleep(random.uniform(0.1, 1.5))
    for word in text.split():
        yield Chunk(f"{word} ")
        await asyncio.sleep(random.uniform(0.01, 0.3))


async def _failing(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    await asyncio.sleep(random.uniform(0, 3))
    raise EndpointError("unreachable", "The model cannot be reached.")
    yield Chunk(text)


async def _breaking(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    yield Chunk(text)
    raise EndpointError("broken", "The reply broke off.")


async def _bursting(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    yield Chunk(text)
    raise ZeroDivisionError(text)


async def _empty(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    await asyncio.sleep(random.uniform(0, 2))
    yield Chunk(random.choice(("", " \n\t")))


async def _hanging(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    if random.random() < 0.5:
        yield Chunk(text)
    await asyncio.sleep(10_000)


async def _stubborn(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    yield Chunk(text)
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        # A client library that cleans up for longer than anybody wants to wait.
        await asyncio.sleep(random.uniform(0, 5))
        raise


async def _lying(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    await asyncio.sleep(random.uniform(0, 1))
    yield Chunk(random.choice(GARBAGE))


async def _endless(random: Random, text: str) -> AsyncGenerator[Chunk, None]:
    while True:
        yield Chunk(f"{text} ")
        await asyncio.sleep(2)


class LyingJudge:
    """The judge's model; what it makes of an answer is drawn for the answer, not for each pass."""

    label = "understudy judge"

    def __init__(self, trouble: float, random: Random, seen: Callable[[Brief], None]) -> None:
        self._trouble = trouble
        self._random = random
        self._seen = seen

    async def mark(self, brief: Brief, heard: Heard) -> Marked:
        """Three passes of some kind, with a flag now and then."""
        passes = [self._pass(brief, take, heard) for take in range(1, PASSES + 1)]
        opinions = await asyncio.gather(*passes)
        flags = ("It seems to speak to the judge.",) if self._random.random() < 0.3 else ()
        return marked(opinions, self.label, flags)

    async def _pass(self, brief: Brief, take: int, heard: Heard) -> Opinion:
        self._seen(brief)
        random = self._random
        await asyncio.sleep(random.uniform(0.1, 3))
        if random.random() >= self._trouble / 3:
            heard(_reply(take, "So I say.", "read"))
            return Opinion({key: random.randint(1, 10) for key in JUDGE_RUBRIC.keys}, "So I say.")
        trouble = random.choice(("out", "broken", "late", "silent", "malformed", "absurd"))
        if trouble == "out":
            heard(_reply(take, random.choice(GARBAGE), "failed"))
            raise EndpointError("throttled", "The judge is overloaded.")
        if trouble == "broken":
            raise KeyError("choices")
        if trouble in ("late", "silent"):
            await asyncio.sleep(random.uniform(5, 40) if trouble == "late" else 10_000)
        marks = {"absurd": 11, "malformed": 0}.get(trouble, 5)
        keys = JUDGE_RUBRIC.keys[: 2 if trouble == "malformed" else None]
        return Opinion(dict.fromkeys(keys, marks), random.choice(GARBAGE))


def _reply(take: int, text: str, outcome: ReplyOutcome) -> Reply:
    return Reply(
        take=take,
        attempt=1,
        is_probe=False,
        judge=LyingJudge.label,
        model="a model",
        prompt_hash="0" * 16,
        temperature=0.5,
        text=text,
        outcome=outcome,
        why="",
        tokens=None,
        ms=100,
    )
