"""The table of moves, and that the show takes no other way."""

from itertools import pairwise
from typing import get_args

import pytest
from story import NOON, Story, rundown

from finale.show import cues
from finale.show.commands import CallBreak, Command
from finale.show.cues import next_cue
from finale.show.events import Event, PhaseEntered, ShowOpened
from finale.show.evolve import _ROUND, _SHOW
from finale.show.moves import enter
from finale.show.phases import MOVES, Phase, as_mermaid, moves_from
from finale.show.rules import known_commands

TABLE = {
    "lobby": {"question"},
    "question": {"tuning"},
    "tuning": {"locked"},
    "locked": {"reading", "standings"},
    "reading": {"marking"},
    "marking": {"judge_reveal"},
    "judge_reveal": {"appeal"},
    "appeal": {"reveal"},
    "reveal": {"standings"},
    "standings": {"question", "break", "sudden_death", "champion"},
    "break": {"question"},
    "sudden_death": {"question"},
    "champion": set(),
}


def test_table_has_the_moves_of_the_rules_and_no_other() -> None:
    found = {phase.value: {m.target.value for m in moves_from(phase)} for phase in Phase}

    assert found == TABLE


def test_every_phase_is_reached_from_the_lobby_and_leads_to_the_champion() -> None:
    ahead = {phase: _reached(phase) for phase in Phase}

    assert ahead[Phase.LOBBY] == set(Phase)
    assert all(Phase.CHAMPION in reached for reached in ahead.values())


def _reached(start: Phase) -> set[Phase]:
    reached, waiting = {start}, [start]
    while waiting:
        for move in moves_from(waiting.pop()):
            if move.target not in reached:
                reached.add(move.target)
                waiting.append(move.target)
    return reached


def test_every_guard_is_known_to_the_cues_or_is_a_step_within_its_phase() -> None:
    guards = {move.guard for move in MOVES} - {""}

    # all_read and all_revealed: the steps of reading and reveal come before the move is offered.
    assert guards == {*cues._APPLIES, *cues._WAITS, "all_read", "all_revealed"}


def test_clock_ends_question_tuning_and_appeal_alone() -> None:
    assert {m.source for m in MOVES if "clock" in m.by} == {
        Phase.QUESTION,
        Phase.TUNING,
        Phase.APPEAL,
    }


def test_mermaid_has_one_line_a_move_between_start_and_end() -> None:
    lines = as_mermaid().split("\n")

    assert lines[:3] == [
        "stateDiagram-v2",
        "    [*] --> lobby",
        "    lobby --> question: host",
    ]
    assert lines[3] == "    question --> tuning: host or clock"
    assert lines[-1] == "    champion --> [*]"
    assert len(lines) == len(MOVES) + 3


def test_every_event_changes_the_state_by_one_rule() -> None:
    assert sorted(e.__name__ for e in (*_SHOW, *_ROUND, ShowOpened)) == sorted(
        e.__name__ for e in get_args(Event)
    )


def test_every_command_has_a_rule() -> None:
    assert set(known_commands()) == set(get_args(Command))


def test_show_from_doors_to_champion_enters_phases_by_the_table_alone() -> None:
    story = Story(rundown(rounds=2))
    story.play_level_round()
    story.ask(CallBreak())
    story.to_tuning()
    story.buzzer()
    story.move_on()
    story.to(Phase.SUDDEN_DEATH)
    story.play_round()
    story.to(Phase.CHAMPION)
    phases = [Phase.LOBBY, *(e.phase for e in story.log if isinstance(e, PhaseEntered))]

    steps = {(a.value, b.value) for a, b in pairwise(phases)}
    assert steps == {(a, b) for a, targets in TABLE.items() for b in targets} - {
        ("standings", "question")
    }
    assert next_cue(story.state) is None


@pytest.mark.parametrize(
    ("phase", "seconds"),
    [(Phase.QUESTION, 20), (Phase.TUNING, 90), (Phase.LOCKED, 3), (Phase.APPEAL, 60)],
)
def test_timed_phases_store_a_deadline_by_the_settings(phase: Phase, seconds: int) -> None:
    story = Story()
    story.to(Phase.QUESTION)
    [entered] = [e for e in enter(story.state, phase, NOON) if isinstance(e, PhaseEntered)]

    assert entered.deadlines == {"phase": NOON + seconds}


def test_other_phases_have_no_deadline() -> None:
    story = Story()
    story.to(Phase.QUESTION)
    timed = {Phase.QUESTION, Phase.TUNING, Phase.LOCKED, Phase.APPEAL}
    entered = [enter(story.state, phase, NOON)[0] for phase in Phase if phase not in timed]

    assert [e.deadlines for e in entered if isinstance(e, PhaseEntered)] == [{}] * 9
