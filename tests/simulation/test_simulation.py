"""Simulated shows keep every promise, and a seed plays the same show again."""

import os
import subprocess
import sys
from typing import get_args

import pytest
from simulation.command import Result, results
from simulation.drawing import TABLE
from simulation.planted import PLANTED
from simulation.world import simulate

from finale.config import ROOT
from finale.show.events import Event
from finale.show.rules import known_commands

SHOWS = 200
MOST_SEEDS = 500
STORMY = 12
"""A seed with several crashes."""


@pytest.fixture(scope="module")
def shows() -> list[Result]:
    return list(results(range(SHOWS), jobs=2))


def test_two_hundred_shows_keep_every_promise(shows: list[Result]) -> None:
    assert [(show.broken, show.story) for show in shows if show.broken] == []
    assert len(shows) == SHOWS


def test_every_command_of_the_show_has_its_line_and_is_asked_for(shows: list[Result]) -> None:
    assert set(TABLE) == set(known_commands())
    assert frozenset().union(*(show.asked for show in shows)) == set(known_commands())


def test_everything_that_can_happen_happens(shows: list[Result]) -> None:
    kinds = {event.__name__ for event in get_args(Event)}
    assert frozenset().union(*(show.happened for show in shows)) == kinds


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_found_within_500_seeds(name: str) -> None:
    planted = PLANTED[name]
    seeds = (*range(planted.since, MOST_SEEDS), *range(planted.since))
    found = (simulate(seed, planted.parts).violation for seed in seeds)
    first = next(violation for violation in found if violation is not None)

    assert first.invariant in planted.breaks


@pytest.mark.parametrize("hashes", ["1", "2"])
def test_a_seed_plays_the_same_show_in_every_process(hashes: str) -> None:
    here = simulate(STORMY)
    command = [sys.executable, "tests/simulate.py", "--seed", str(STORMY)]
    environment = {**os.environ, "PYTHONHASHSEED": hashes, "COLUMNS": "10000"}
    there = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert there.stdout.splitlines() == [
        *"\n".join(here.story.lines()).splitlines(),
        f"story {here.story.digest()}",
        f"log   {here.last_hash}",
    ]


def test_another_seed_plays_another_show() -> None:
    assert simulate(1).last_hash != simulate(2).last_hash


def test_a_broken_promise_ends_the_command_with_its_story() -> None:
    command = [sys.executable, "tests/simulate.py", "--plant", "acks before the commit"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 1
    assert "seed 0 breaks the_log_alone_gives_the_state" in run.stdout
    assert "server       starts" in run.stdout
