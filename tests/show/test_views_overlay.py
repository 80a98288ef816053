"""The overlay carries what the stage shows, and nothing that it does not."""

from frames import filled_by_phase
from story import Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.views.overlay import overlay_view

V, W = "finalist-v", "finalist-w"


def test_every_phase_has_its_own_parts_and_no_others() -> None:
    asked = {"short"}
    table = {"standings", "played"}
    assert filled_by_phase(overlay_view, {"finalists"}) == {
        "lobby": set(),
        "question": asked | {"clock"},
        "tuning": asked | {"clock"},
        "locked": asked | {"clock"},
        "reading": asked,
        "marking": asked | {"clock"},
        "judge_reveal": asked,
        "appeal": asked | {"clock"},
        "reveal": asked,
        "standings": table,
        "champion": table | {"champions"},
    }


def test_the_table_is_that_of_the_last_round_until_the_standings_are_shown() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=2))
    story.play_round([V, W])
    shown = overlay_view(story.state).standings
    story.to_marking([W, V])
    story.give_marks()
    story.to(Phase.APPEAL)
    story.time_up()
    while story.state.step < 5:
        story.next()
    assert overlay_view(story.state).standings == shown
    assert overlay_view(story.state).played == 1

    story.to(Phase.STANDINGS)
    assert overlay_view(story.state).played == 2
    assert overlay_view(story.state).standings != shown


def test_the_name_that_was_called_last_is_the_one_on_it() -> None:
    story = Story(rundown(finalists=3, panel=1, rounds=1))
    story.to_marking(["finalist-x", W, V])
    story.give_marks()
    story.to(Phase.APPEAL)
    story.time_up()
    called = []
    while story.state.phase is Phase.REVEAL:
        named = overlay_view(story.state).named
        called.append("" if named is None or named.tag is None else named.letter + named.tag.name)
        story.next()

    assert called == ["", "", "", "", "CAda Byron", "BBao Ling", "ACleo Marsh"]


def test_a_black_stage_is_told() -> None:
    story = Story()
    story.ask(c.BlackOut(is_black=True))

    assert overlay_view(story.state).is_black
