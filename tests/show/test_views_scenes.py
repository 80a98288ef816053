"""Which parts of the stage's frame are there in each phase; all others are empty."""

from dataclasses import fields

from story import Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.show.views.stage import StageView, stage_view

HALL = Hall(phones=9, ballots=4)
ALWAYS = {"scene", "title", "rounds", "judge", "finalists", "scale_note"}
EMPTY: tuple[object, ...] = (None, "", 0, False, (), {})
ROUND = {"round", "round_label", "short"}
ASKED = ROUND | {"clock", "question", "domain", "tiles"}
SCORES = ROUND | {"shown", "weights", "bars"}


def filled(story: Story) -> set[str]:
    view = stage_view(story.state, HALL)
    there = {field.name for field in fields(StageView)}
    return {name for name in there if getattr(view, name) not in EMPTY} - ALWAYS


def test_every_scene_has_its_own_parts_and_no_others() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    seen = {}
    while True:
        seen.setdefault(str(story.state.phase), filled(story))
        if story.state.phase is Phase.CHAMPION:
            break
        if story.state.phase is Phase.TUNING:
            for seat in story.finalists:
                story.submit(seat, story.draft(seat, f"By {seat[-1]}."))
            story.end_tuning()
        else:
            story.step()

    assert seen == {
        "lobby": {"phones", "seated", "rules_hash"},
        "question": ASKED,
        "tuning": ASKED,
        "locked": ROUND | {"clock", "answers"},
        "reading": ROUND | {"answers"},
        "marking": ROUND
        | {"clock", "answers", "phones", "ballots", "is_vote_open", "is_marking_open"},
        "judge_reveal": SCORES,
        "appeal": SCORES | {"clock"},
        "reveal": SCORES,
        "standings": {"notes", "round", "round_label", "standings"},
        "champion": {"round", "round_label", "standings", "champions"},
    }


def test_a_held_and_dark_stage_says_so() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to(Phase.TUNING)
    story.ask(c.HoldShow())
    story.ask(c.BlackOut(is_black=True))

    assert filled(story) == ASKED | {"is_held", "is_black"}
