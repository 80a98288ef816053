"""What goes wrong in one show, drawn from its seed: some shows are calm, some are storms."""

from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from story import rundown

from finale.show.question import Check
from finale.show.rundown import Calibration, Rundown
from scoring.rubric import PANEL_RUBRIC

CHECK = Check(kind="word", expect="answer")
"""What a sound model's answer passes, and garbage does not."""

PRACTICE = Calibration(
    question="Is this a question?",
    answer="If this is an answer.",
    marks=dict.fromkeys(PANEL_RUBRIC.keys, 3.0),
    reason="It is short.",
)

Moment = Literal["before", "after"]


def stream(seed: int, name: str) -> Random:
    """Chance of its own for every part, so that one more draw in one part moves no other."""
    return Random(f"{seed} {name}")


@dataclass(frozen=True, slots=True)
class Crash:
    """The process dies in the commit of that number, or after so many seconds of running."""

    commit: int
    moment: Moment
    seconds: float


@dataclass(frozen=True, slots=True)
class Weather:
    """Shares are probabilities for each message or call; times are virtual seconds."""

    lost: float
    doubled: float
    slowest_s: float
    stalls: float
    full: float
    models: float
    judge: float
    absent: float
    rude_every_s: float
    two_tabs: float
    down_s: float
    beat_s: float
    crashes: tuple[Crash, ...]
    burns_at: float | None
    amends: float
    forgets: bool


def draw_weather(seed: int) -> Weather:
    """The weather of a seed; each kind of trouble is left out of many shows altogether."""
    random = stream(seed, "weather")

    def share(most: float) -> float:
        return random.choice((0.0, random.uniform(0, most), most))

    return Weather(
        lost=share(0.25),
        doubled=share(0.4),
        slowest_s=random.choice((0.02, 0.3, 2.0)),
        stalls=share(0.05),
        full=share(0.02),
        models=share(0.7),
        judge=share(0.8),
        absent=share(0.4),
        rude_every_s=random.choice((1.5, 5.0, 10.0)),
        two_tabs=share(0.6),
        down_s=random.choice((0.3, 3.0, 30.0)),
        beat_s=0.15 if random.random() < 0.05 else 2.0,
        crashes=tuple(_crash(random) for _ in range(random.choice((0, 1, 1, 2, 4)))),
        burns_at=random.uniform(1, 60) if random.random() < 0.05 else None,
        amends=share(1.0),
        forgets=random.random() < 0.3,
    )


def _crash(random: Random) -> Crash:
    is_early = random.random() < 0.3
    commit = random.randint(1, 4) if is_early else random.randint(4, 120)
    seconds = random.expovariate(1 / 60)
    return Crash(commit, random.choice(("before", "after")), seconds)


def draw_plan(seed: int) -> Rundown:
    """A small show with short clocks: as many turns of fate as a long one, in less time."""
    random = stream(seed, "plan")
    finalists, rounds = random.choice((2, 2, 3, 4)), random.choice((1, 1, 1, 1, 2, 3))
    scales = ("spread", "spread", "raw", "rank")
    settings: dict[str, Any] = {
        "seconds": {
            "question": random.choice((0, 2, 4)),
            "tuning": random.choice((10, 10, 15)),
            "locked": random.choice((0, 1)),
            "reading": random.choice((1, 3)),
            "vote": random.choice((5, 8)),
            "marks": random.choice((5, 10)),
            "appeal": random.choice((5, 7)),
        },
        "scales": {jury: random.choice(scales) for jury in ("judge", "panel", "audience")},
        "quorum": random.choice((0, 1, 3)),
        "longest_prompt": 200,
    }
    return _odd(rundown(finalists, random.choice((0, 1, 2, 3)), rounds, **settings), random)


def _odd(plan: Rundown, random: Random) -> Rundown:
    """Some questions with a check, some experts who may not mark everybody, some practice."""
    seats = [finalist.id for finalist in plan.finalists]
    panel = [
        expert.model_copy(
            update={"recused": tuple(seat for seat in seats if random.random() < 0.3)}
        )
        for expert in plan.panel
    ]
    checked = [
        question.model_copy(update={"check": random.choice((None, CHECK))})
        for question in plan.rounds
    ]
    return plan.model_copy(
        update={
            "panel": tuple(random.choice((plan.panel, plan.panel, panel))),
            "rounds": tuple(checked),
            "calibration": random.choice((None, PRACTICE)),
        }
    )
