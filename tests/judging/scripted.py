"""Judge models that do what they are told, by the host, by the test, or by the answer."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field

from finale.clock import Clock
from finale.judging.asking import Manner
from finale.judging.base import Brief, Reply
from finale.judging.llm_judge import LlmJudge, Seat, chairs
from finale.llm.base import Chunk, Endpoint, Prompt, Range
from scoring.rubric import JUDGE_RUBRIC

QUESTION = "How many posts does the fence need?"
REFERENCE = "A fence of 12 metres with a post every 3 metres needs 5 posts."
FACTS = ("5 posts", "one more post than gaps")
ZERO_TO_ONE, ABOVE_ZERO = Range(0.0, 1.0), Range(0.0, 1.0, is_low_open=True)
NONCE = "feedfacecafebeef"

Said = str | Exception | asyncio.Event


@dataclass(slots=True)
class Talker:
    """A model that says what `reply` makes of the prompt, in parts of seven characters."""

    reply: Callable[[Prompt], Said | Sequence[Said]]
    label: str = "scripted judge"
    temperature: Range = ZERO_TO_ONE
    top_p: Range = ABOVE_ZERO
    prompts: list[Prompt] = field(default_factory=list)
    running: int = 0
    most: int = 0
    closed: int = 0

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The reply, in whatever order it was planned."""
        self.prompts.append(prompt)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await asyncio.sleep(0)
            said = self.reply(prompt)
            for one in [said] if isinstance(said, str | Exception | asyncio.Event) else said:
                if isinstance(one, Exception):
                    raise one
                if isinstance(one, asyncio.Event):
                    await one.wait()
                else:
                    for at in range(0, len(one), 7):
                        yield Chunk(one[at : at + 7])
        finally:
            self.running -= 1
            self.closed += 1


def nonce_of(prompt: Prompt) -> str:
    """The code of the fence, as the last line tells it."""
    found = re.search(r'with "nonce" exactly (\S+):', prompt.question)
    assert found is not None
    return found[1]


def answer_in(prompt: Prompt) -> str:
    """What stands between the two marks that carry the nonce: one line, one JSON string."""
    nonce = re.escape(nonce_of(prompt))
    [line] = re.findall(rf"^BEGIN ANSWER {nonce}\n(.*)\nEND ANSWER {nonce}$", prompt.question, re.M)
    answer = json.loads(line)
    assert isinstance(answer, str)
    return answer


def verdict(nonce: str, mark: int = 6, **changes: object) -> str:
    """A reply in the right form; `changes` replace parts of it."""
    whole = {
        "nonce": nonce,
        "reason": f"It is a {mark}.",
        "marks": dict.fromkeys(JUDGE_RUBRIC.keys, mark),
        "manipulation_suspected": False,
    }
    return json.dumps(whole | changes)


def sober(mark: int = 6) -> Talker:
    """A judge that gives every answer that mark."""
    return Talker(lambda prompt: verdict(nonce_of(prompt), mark))


def judge(*endpoints: Endpoint, passes: int = 3, manner: Manner | None = None) -> LlmJudge:
    """Those models as a judge and its spare."""
    seats = [Seat(endpoint) for endpoint in endpoints]
    return LlmJudge(chairs(seats, Clock(), manner or Manner()), passes)


def brief(answer: str) -> Brief:
    """The answer of somebody, to the question about the fence."""
    return Brief(QUESTION, REFERENCE, FACTS, answer, JUDGE_RUBRIC)


@dataclass(slots=True)
class Ear:
    """Keeps every raw reply."""

    replies: list[Reply] = field(default_factory=list)

    def __call__(self, reply: Reply) -> None:
        self.replies.append(reply)
