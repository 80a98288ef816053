"""The embedded model: it answers from the question banks, with true temperature and top_p.

An understudy stands in for a finalist's endpoint in a rehearsal. It needs no network, and knows
no more than sentences of the banks' reference answers, never using those of the question asked.
"""

import hashlib
import re
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from finale.llm.answer import Frame, closings, cost, fitted, length, openers, room, set_out
from finale.llm.base import Chunk, Identity, Prompt, Range
from finale.llm.manner import Manner, read_manner
from finale.llm.passages import Passage, passages
from finale.llm.sampler import draw
from finale.llm.wording import Fit, key_phrases, words
from finale.show.question import Question

__all__ = ["Pace", "Passage", "Understudy", "five_understudies", "passages"]

SHARPNESS = 32.0
"""Logits per unit of fit: at temperature 1 fitting sentences lead, at 1.5 others get in."""
SYSTEM_PULL = 0.35
HOME_PULL = 0.15
"""What a sentence gains if its domain is the one that the question seems to be of."""
NEAREST = 8
"""Of a domain so many sentences say how near the question is to it."""
TASTE = 0.05
"""What a seeded liking for a sentence adds at most, so that no two understudies are alike."""
REPEAT_PENALTY = 0.5
PLAIN_WORDS = 18

_Choose = Callable[[Sequence[float]], int]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an understudy speaks: seconds to its first word, then words a second, about.

    `sleep` waits for the given seconds on whichever clock the show runs on.
    """

    first_token_s: float
    words_per_s: float
    sleep: Callable[[float], Awaitable[None]]


class Understudy:
    """An endpoint without a model: it draws sentences that fit the question and the system prompt.

    What it says follows from (seed, prompt, take) alone, where `take` counts how often it was
    asked this very prompt and does not matter at temperature 0; never from who asked first.
    """

    def __init__(self, label: str, passages: Sequence[Passage], seed: int, pace: Pace) -> None:
        """Raises ValueError for a label that does not say what this is."""
        if "understudy" not in label:
            raise ValueError(f'the label of an understudy must say "understudy", not {label!r}')
        self.label = label
        self.temperature = Range(0.0, 2.0)
        self.top_p = Range(0.0, 1.0, is_low_open=True)
        self.passages = tuple(passages)
        self.pace = pace
        self._seed = seed
        self._takes = Counter[bytes]()
        self._questions = [" ".join(words(passage.question_text)) for passage in self.passages]
        self._subjects = Fit([f"{p.question_text} {p.sentence}" for p in self.passages])
        self._sentences = Fit([passage.sentence for passage in self.passages])
        self._tastes = [Random(f"{seed} {p.sentence}").uniform(0, TASTE) for p in self.passages]

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The answer, word by word; settings out of range are clamped.

        Raises ValueError at once for a setting that is not a number, and nothing later.
        """
        heard = replace(
            prompt,
            temperature=self.temperature.clamp(prompt.temperature),
            top_p=self.top_p.clamp(prompt.top_p),
        )
        return self._speak(heard, self._chance(heard))

    async def identity(self) -> Identity:
        """What it can say follows from its seed and its passages: those are its configuration."""
        known = repr((self._seed, self.passages)).encode()
        return Identity(self.label, hashlib.sha256(known).hexdigest(), status="embedded")

    def _chance(self, heard: Prompt) -> Random:
        key = hashlib.sha256(repr(heard).encode()).digest()
        take = 0 if heard.temperature == 0.0 else self._takes[key]
        self._takes[key] += 1
        return Random(f"{self._seed} {key.hex()} {take}")

    async def _speak(self, heard: Prompt, random: Random) -> AsyncGenerator[Chunk, None]:
        answer = self._answer(heard, random)
        delay = self.pace.first_token_s * random.uniform(0.8, 1.25)
        for word in re.findall(r"\S+\s*", answer):
            await self.pace.sleep(delay)
            yield Chunk(word)
            delay = random.uniform(0.5, 1.5) / self.pace.words_per_s

    def _answer(self, heard: Prompt, random: Random) -> str:
        manner = read_manner(heard.system)
        choose = partial(draw, temperature=heard.temperature, top_p=heard.top_p, random=random)
        points = key_phrases(heard.question, self._subjects, 2) or ["this question"]
        frame = Frame(
            _one_of(openers(manner, " and ".join(points)), choose),
            _one_of(closings(manner, points[-1]), choose),
        )
        frame = fitted(frame, points[0], manner)
        return set_out(frame, self._drawn(heard, frame, manner, choose), manner)

    def _drawn(self, heard: Prompt, frame: Frame, manner: Manner, choose: _Choose) -> list[str]:
        left = room(frame, manner)
        least_left = manner.most - manner.enough
        scores = self._scores(heard, manner)
        costs = [cost(passage.sentence, manner) for passage in self.passages]
        open_ = self._allowed(heard.question)
        drawn: list[str] = []
        while left > least_left and (fitting := [i for i in open_ if costs[i] <= left]):
            index = fitting[choose([scores[i] for i in fitting])]
            drawn.append(self.passages[index].sentence)
            left -= costs[index]
            open_.remove(index)
            scores = self._without_repeats(scores, drawn[-1])
        return drawn

    def _allowed(self, question: str) -> list[int]:
        """The passages of other questions, found by the text of the question asked."""
        asked = f" {' '.join(words(question))} "
        return [i for i, known in enumerate(self._questions) if f" {known} " not in asked]

    def _scores(self, heard: Prompt, manner: Manner) -> list[float]:
        asked = self._subjects.cosines(heard.question)
        told = self._sentences.cosines(heard.system)
        home = self._home(asked)
        at_home = [HOME_PULL * (passage.domain == home) for passage in self.passages]
        fits = zip(asked, told, self._tastes, at_home, strict=True)
        scores = [SHARPNESS * (a + SYSTEM_PULL * t + taste + h) for a, t, taste, h in fits]
        if not manner.is_plain:
            return scores
        excess = [max(0, length(passage.sentence) - PLAIN_WORDS) for passage in self.passages]
        return [score - over / 3 for score, over in zip(scores, excess, strict=True)]

    def _home(self, fits: Sequence[float]) -> str:
        """The domain whose nearest sentences are nearest to the question."""
        near: dict[str, list[float]] = {}
        for passage, fit in sorted(
            zip(self.passages, fits, strict=True), key=lambda pair: -pair[1]
        ):
            near.setdefault(passage.domain, []).append(fit)
        return max(near, key=lambda domain: sum(near[domain][:NEAREST]), default="")

    def _without_repeats(self, scores: Sequence[float], said: str) -> list[float]:
        near = self._sentences.cosines(said)
        return [s - SHARPNESS * REPEAT_PENALTY * n for s, n in zip(scores, near, strict=True)]


def _one_of(texts: Sequence[str], choose: _Choose) -> str:
    return texts[choose([-rank / 2 for rank in range(len(texts))])]


def five_understudies(
    questions: Sequence[Question], seed: int, pace: Pace, names: int = 5
) -> tuple[Understudy, ...]:
    """As many understudies as `names` says, "understudy 1" and on, a little apart in pace.

    Each misses a different part of the questions, dealt by `seed`; two at least know each passage.
    """
    known = passages(questions)
    ids = list(dict.fromkeys(passage.question_id for passage in known))
    Random(f"{seed} parts").shuffle(ids)
    part = {question_id: place % names for place, question_id in enumerate(ids)}
    missed = max(0, min(names // 2, names - 2))
    return tuple(
        Understudy(
            f"understudy {number + 1}",
            [p for p in known if (part[p.question_id] - number) % names >= missed],
            seed + number,
            _own_pace(pace, Random(f"{seed} pace {number}")),
        )
        for number in range(names)
    )


def _own_pace(pace: Pace, random: Random) -> Pace:
    slowness = random.uniform(0.85, 1.2)
    return replace(
        pace,
        first_token_s=pace.first_token_s * slowness,
        words_per_s=pace.words_per_s / slowness,
    )
