"""Which change of the stage is heard, and as what."""

from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.show.views.sounds import sound_between, ticking
from finale.show.views.stage import StageView, stage_view


def now(story: Story) -> StageView:
    return stage_view(story.state, Hall())


def test_buzzer_every_reveal_and_the_champion_are_heard_and_nothing_else() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    heard, before = [], now(story)
    while story.state.phase is not Phase.CHAMPION:
        if story.state.phase is Phase.TUNING:
            for seat in story.finalists:
                story.submit(seat, story.draft(seat, f"An answer by {seat}."))
            story.end_tuning()
        else:
            story.step()
        heard.append((story.state.phase.value, sound_between(before, now(story))))
        before = now(story)
    assert [one for one in heard if one[1]] == [
        ("locked", "buzzer"),
        ("judge_reveal", "reveal"),
        *[("reveal", "reveal")] * 5,
        ("champion", "champion"),
    ]


def test_a_step_back_and_a_hold_are_silent() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.to_marking()
    story.give_marks()
    story.to(Phase.APPEAL)
    before = now(story)
    story.ask(ca.UndoCue(at="1.appeal.0"))
    assert story.state.phase is Phase.JUDGE_REVEAL
    assert sound_between(before, now(story)) is None


def test_the_clock_ticks_in_tuning_alone_and_not_on_hold() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.next()
    assert ticking(now(story)) is None
    story.next()
    assert ticking(now(story)) == story.state.deadlines["phase"]
    story.ask(c.HoldShow())
    assert ticking(now(story)) is None
