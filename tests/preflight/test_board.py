"""One run at a time, seen by all who watch; the show goes first."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from in_browser import SHOW
from pages.checks import SUBJECTS, Played, board_of
from pages.staff_show import Runner, stations, turn
from story import Story, rundown

from finale.cast import Means
from finale.clock import Clock, Tasks
from finale.config import ROOT, read_show
from finale.llm.wire import Wire
from finale.preflight.base import Finding
from finale.preflight.board import BROKE, NOT_NOW, STOPPED, Board, Checks
from finale.preflight.machine import Place
from finale.preflight.run import Flight, check
from finale.show.phases import Phase
from finale.show.refused import Refused

GOOD = Finding("This machine", "disk", "go", "Fast.")
BAD = Finding("Ada Byron’s model", "reply", "no-go", "Throttled.", "Ask for a higher quota.")


class Hangar:
    """A story, its board, and how often the board has told its watcher."""

    def __init__(self) -> None:
        self.story = Story()
        self.runner = Runner(self.story)
        self.played = Played()
        self.tasks = Tasks()
        self.board: Board = board_of(self.runner, self.played, self.tasks)
        self.told = 0
        self.leave = self.board.subscribe(self._tell)

    def _tell(self) -> None:
        self.told += 1


@pytest.fixture
async def hangar() -> AsyncIterator[Hangar]:
    made = Hangar()
    yield made
    await made.tasks.stop()


async def test_a_run_tells_each_finding_as_it_comes_and_ends_in_go(hangar: Hangar) -> None:
    board, played = hangar.board, hangar.played
    assert (board.run.how, board.run.subjects, board.run.is_go) == ("never", SUBJECTS, None)
    board.start()
    await turn()
    played.tell(GOOD)
    played.through("This machine")
    run = board.run
    assert (run.how, run.findings, run.through, run.is_go) == (
        *("running", (GOOD,)),
        frozenset({"This machine"}),
        None,
    )
    played.go_on.set()
    await turn()
    assert (board.run.how, board.run.is_go, hangar.told) == ("done", True, 4)


async def test_one_no_go_is_no_go_and_the_next_run_begins_with_nothing(hangar: Hangar) -> None:
    board, played = hangar.board, hangar.played
    board.start()
    await turn()
    for finding in (GOOD, BAD):
        played.tell(finding)
    played.go_on.set()
    await turn()
    assert (board.run.findings, board.run.is_go) == ((GOOD, BAD), False)
    board.start()
    await turn()
    assert (board.run.findings, board.run.is_go) == ((), True)


async def test_whoever_starts_it_twice_runs_it_once(hangar: Hangar) -> None:
    hangar.board.start()
    hangar.board.start()
    await turn()
    assert (hangar.played.runs, len(hangar.tasks)) == (1, 1)


async def test_it_is_refused_while_finalists_judge_or_votes_need_the_machine() -> None:
    hangar = Hangar()
    hangar.story = hangar.runner.story = Story(rundown(rounds=2))
    allowed = [
        phase for phase in stations(hangar.story, "finalist-v") if not hangar.board.why_not()
    ]
    assert allowed == [Phase.LOBBY, Phase.STANDINGS, Phase.BREAK, Phase.CHAMPION]

    hangar.story = hangar.runner.story = Story()
    hangar.story.to(Phase.QUESTION)
    with pytest.raises(Refused, match="Not now: the checks ask every model") as refused:
        hangar.board.start()
    assert (str(refused.value), len(hangar.tasks)) == (NOT_NOW, 0)


async def test_a_run_stops_when_the_show_goes_on_and_tells_nothing_after_that(
    hangar: Hangar,
) -> None:
    hangar.board.start()
    await turn()
    hangar.played.tell(GOOD)
    hangar.story.to(Phase.QUESTION)
    hangar.runner.announce()
    await turn()
    hangar.played.tell(BAD)
    hangar.played.through("This machine")
    run = hangar.board.run
    assert (run.how, run.trouble, run.is_go, run.findings) == ("stopped", STOPPED, None, (GOOD,))
    assert (run.through, len(hangar.tasks)) == (frozenset(), 0)


async def test_a_check_that_breaks_says_so_and_can_be_run_again(hangar: Hangar) -> None:
    hangar.played.fault = RuntimeError("broken")
    hangar.board.start()
    await turn()
    assert (hangar.board.run.how, hangar.board.run.trouble) == ("stopped", BROKE)
    hangar.played.fault = None
    hangar.board.start()
    await turn()
    assert hangar.board.run.how == "running"


async def test_whoever_has_left_is_told_nothing_more(hangar: Hangar) -> None:
    hangar.leave()
    hangar.leave()
    hangar.board.start()
    assert hangar.told == 0


async def test_the_real_checks_are_through_with_every_subject(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(SHOW.format(questions=ROOT / "questions"), encoding="utf-8")
    tasks, show = Tasks(), Runner(Story())
    async with Wire() as wire:
        means = Means(wire, Clock(), {})
        place = Place(tmp_path, "127.0.0.1", 8080, is_serving=True)
        flight = Flight(read_show(tmp_path / "show.toml"), means, place)
        board = Board(Checks(flight.subjects(), partial(check, flight)), show, means.clock, tasks)
        ended = asyncio.Event()
        board.subscribe(lambda: ended.set() if not board.run.is_running else None)
        board.start()
        await asyncio.wait_for(ended.wait(), 60)
    run = board.run
    assert (run.how, run.through) == ("done", frozenset(run.subjects))
    assert {finding.subject for finding in run.findings} == set(run.subjects)
