"""What the stage shows after Next is what it shows once Next was pressed."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.views.coming import Coming, coming
from finale.show.views.common import Hall
from finale.show.views.stage import StageView, stage_view

HALL = Hall(phones=9, ballots=4)
UNKNOWN = Coming(None, "Not known yet: see Next.")


def now(story: Story) -> StageView:
    return stage_view(story.state, HALL)


def ahead(story: Story) -> Coming:
    return coming(story.state, HALL, story.now)


def still(view: StageView, running: Collection[float]) -> StageView:
    """With its clock at its full length, but for one that ran before."""
    clock = view.clock
    if clock is None or clock.deadline in running:
        return view
    return replace(view, clock=replace(clock, deadline=0.0, held_left=float(clock.length)))


def press(story: Story) -> Phase:
    """Next, which must lead to what was shown before."""
    seen, running = ahead(story), story.state.deadlines.values()
    story.next()
    assert (seen.why, seen.view) == ("", still(now(story), running))
    return story.state.phase


def test_every_step_of_the_host_was_shown_before_it_was_taken() -> None:
    story = Story(rundown(finalists=3, panel=3, rounds=1))
    reached = [press(story), press(story)]
    for seat in story.finalists:
        story.submit(seat, story.draft(seat, f"An answer by {seat}."))
    story.end_tuning()
    story.move_on()
    reached += [press(story) for _ in range(6)]
    assert ahead(story) == UNKNOWN
    story.tally({"A": 2, "B": 1, "C": 0})
    assert ahead(story) == UNKNOWN
    for letter, mark in zip(story.letters, (9, 7, 5), strict=True):
        story.judge(letter, mark)
    reached += [press(story), press(story)]
    assert ahead(story) == UNKNOWN
    story.time_up()
    while reached[-1] is not Phase.CHAMPION:
        reached.append(press(story))
    assert ahead(story) == Coming(None, "Nothing comes after this.")
    assert set(reached) == set(Phase) - {Phase.LOBBY, Phase.LOCKED, Phase.BREAK, Phase.SUDDEN_DEATH}


def test_a_lock_without_any_answer_is_not_expected() -> None:
    story = Story(rundown(finalists=3, panel=1, rounds=1))
    story.to_tuning()
    assert ahead(story) == Coming(None, "Not known yet: nobody has an answer.")


@pytest.mark.parametrize("answered", [1, 3])
def test_of_the_lock_only_the_number_of_letters_is_known(answered: int) -> None:
    story = Story(rundown(finalists=3, panel=1, rounds=1))
    story.to_tuning()
    for seat in story.finalists[:answered]:
        story.draft(seat, f"An answer by {seat}.")
    before = ahead(story).view
    story.buzzer(story.finalists[:answered][::-1])
    assert before is not None
    assert before.answers == now(story).answers
    assert len(before.answers) == answered


def test_hold_and_blackout_are_of_now_and_not_of_what_comes() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    free = ahead(story)
    story.ask(c.HoldShow())
    story.ask(c.BlackOut(is_black=True))
    assert ahead(story) == free


def test_looking_ahead_changes_nothing_and_shows_no_mark_before_the_count() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to_marking()
    state = story.state
    for letter in story.letters:
        story.judge(letter)
    seen = ahead(story).view
    assert seen is not None
    assert (seen.bars, seen.standings) == ((), ())
    assert state.phase is story.state.phase
