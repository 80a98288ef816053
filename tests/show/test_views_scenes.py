"""Which parts of the stage's frame are there in each phase; all others are empty."""

from frames import filled, filled_by_phase
from story import Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.state import ShowState
from finale.show.views.common import Hall
from finale.show.views.stage import StageView, stage_view

HALL = Hall(phones=9, ballots=4)
ALWAYS = {"judge", "finalists", "scale_note"}
ASKED = {"short", "clock", "question", "domain", "tiles"}
SCORES = {"short", "shown", "weights", "bars"}


def stage(state: ShowState) -> StageView:
    return stage_view(state, HALL)


def test_every_scene_has_its_own_parts_and_no_others() -> None:
    assert filled_by_phase(stage, ALWAYS) == {
        "lobby": {"phones", "seated", "rules_hash"},
        "question": ASKED,
        "tuning": ASKED,
        "locked": {"short", "clock", "answers"},
        "reading": {"short", "answers"},
        "marking": {
            *("short", "clock", "answers", "phones", "ballots"),
            *("is_vote_open", "is_marking_open"),
        },
        "judge_reveal": SCORES,
        "appeal": SCORES | {"clock"},
        "reveal": SCORES,
        "standings": {"notes", "standings"},
        "champion": {"standings", "champions"},
    }


def test_a_held_and_dark_stage_says_so() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to(Phase.TUNING)
    story.ask(c.HoldShow())
    story.ask(c.BlackOut(is_black=True))

    assert filled(stage(story.state), ALWAYS) == ASKED | {"is_held", "is_black"}
