"""A small question bank and a clock that never waits, for everything asked of the understudies."""

from collections.abc import Callable
from pathlib import Path

import pytest

from finale.llm.understudy import Pace, Understudy, passages
from finale.questions import read_bank
from finale.show.question import Question


async def at_once(seconds: float) -> None:
    """Wait for no time at all."""


@pytest.fixture(scope="session")
def questions() -> tuple[Question, ...]:
    return read_bank(Path(__file__).with_name("bank.toml")).question


@pytest.fixture
def understudy(questions: tuple[Question, ...]) -> Understudy:
    return Understudy("understudy 1", passages(questions), seed=7, pace=Pace(0.5, 25.0, at_once))


@pytest.fixture
def instant() -> Pace:
    return Pace(0.5, 25.0, at_once)


@pytest.fixture
def twin(questions: tuple[Question, ...]) -> Callable[[int], Understudy]:
    """One more understudy that knows the whole bank, with a seed of its own."""

    def build(seed: int) -> Understudy:
        return Understudy("understudy 2", passages(questions), seed, Pace(0.5, 25.0, at_once))

    return build
