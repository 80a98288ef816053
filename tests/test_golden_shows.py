"""Golden shows: what was worked out by hand must come out, and a broken rule must be noticed."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from blind import swapped, unnamed, watched_frames
from shows.breaches import BREACHES
from shows.check import differences
from shows.golden import COMMANDS, HERE, SHOWS, Header, Line, read, text_of
from shows.told import CLAUSES

from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.state import ShowState
from finale.show.views.common import Hall

FILES = sorted(HERE.glob("*.jsonl"))
HALL = Hall(phones=300, ballots=120, seats=frozenset({"finalist-v", "panel-1"}))
CLAUSE_NUMBERS = {"1", "2", "3", "4", "5", "6", "7", "8"}

README = (HERE.parent / "README.md").read_text(encoding="utf-8").splitlines()
TABLE = [line for line in README if line.startswith("| ") and line[2].isdigit()]
WHY_NOT = re.compile(r"\(.+\)")

by_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def states_of(lines: list[Line]) -> list[ShowState]:
    """The state after every event."""
    states: list[ShowState] = []
    for line in lines:
        if line.event is not None:
            states.append(evolve(states[-1] if states else None, line.happened()))
    return states


@by_file
def test_the_outcome_is_the_one_worked_out_by_hand(path: Path) -> None:
    assert differences(*read(path)) == []


@by_file
def test_the_file_is_what_its_story_tells(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == text_of(SHOWS[path.stem])


@by_file
def test_a_breach_of_its_clause_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header, lines = read(path)
    BREACHES[path.stem](monkeypatch)

    assert differences(header, lines) != []


@by_file
def test_no_frame_tells_whose_answer_it_is(path: Path) -> None:
    _, lines = read(path)
    for state in states_of(lines):
        letters = unnamed(state)
        frames = repr(watched_frames(state, HALL)) if len(letters) > 1 else ""
        for one, other in pairwise(letters):
            assert repr(watched_frames(swapped(state, one, other), HALL)) == frames


def test_every_story_has_its_file_and_its_breach_and_a_clause_that_there_is() -> None:
    headers: dict[str, Header] = {path.stem: read(path)[0] for path in FILES}

    assert set(headers) == set(SHOWS) == set(BREACHES)
    assert {clause for header in headers.values() for clause in header.clauses} == CLAUSE_NUMBERS
    assert all(name[0] == header.clauses[0] for name, header in headers.items())
    assert all(header.title and header.look_at and header.by_hand for header in headers.values())
    assert {module.__name__.split("clause_")[1][0] for module in CLAUSES} == CLAUSE_NUMBERS


def test_together_they_pass_through_every_phase_and_ask_every_command() -> None:
    lines = [line for path in FILES for line in read(path)[1]]
    entered = {str(line.event["phase"]) for line in lines if line.event and "phase" in line.event}
    asked = {str(line.asked["is"]) for line in lines if line.asked is not None}

    # A show is in the lobby from its first line on.
    assert entered == {str(phase) for phase in Phase} - {"lobby"}
    assert len(FILES) == 77
    assert asked == set(COMMANDS)


def table() -> list[tuple[str, list[str], list[str]]]:
    """The rows of the README: rule, golden shows, tests."""
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in TABLE]
    return [(rule, _names(shows), _names(tests)) for rule, shows, tests in rows]


def _names(cell: str) -> list[str]:
    """What a cell lists; a note in brackets says why a log has nothing to show."""
    if cell.startswith("("):
        return []
    return [name.strip() for name in cell.split(",") if name.strip()]


def test_the_table_of_the_readme_lists_every_golden_show_once() -> None:
    listed = [name for _, shows, _ in table() for name in shows]

    assert sorted(listed) == sorted(path.stem for path in FILES)
    assert {rule[0] for rule, _, _ in table()} == CLAUSE_NUMBERS


def test_a_rule_without_a_golden_show_says_why() -> None:
    shows = [[cell.strip() for cell in line.split("|")][2] for line in TABLE]

    assert [cell for cell in shows if not (_names(cell) or WHY_NOT.fullmatch(cell))] == []


def test_every_test_that_the_table_names_is_there() -> None:
    named = {name for _, _, tests in table() for name in tests}
    missing = []
    for name in sorted(named):
        path, test = name.split("::")
        if f"def {test}(" not in (HERE.parent / path).read_text(encoding="utf-8"):
            missing.append(name)

    assert missing == []
    assert all(tests for _, _, tests in table())
