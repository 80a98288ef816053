"""The presenter's monitor: cue, notes, names, and no result before the stage unless it is set."""

import pytest
from blind import swapped, watched_frames
from story import Story, rundown

from finale.show import commands as c
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.show.views.prompter import PrompterView, prompter_view

V, W = "finalist-v", "finalist-w"
HALL = Hall(phones=9, ballots=4)


def shown(story: Story) -> PrompterView:
    return prompter_view(story.state, HALL)


def marked(**settings: object) -> Story:
    """Two finalists; W has answered as A and is ahead; both gates are closed."""
    story = Story(rundown(finalists=2, panel=2, rounds=1, **settings))
    story.to_marking([W, V])
    story.give_marks({"A": 9, "B": 2}, {"A": 5, "B": 1}, {"A": 90, "B": 10})
    return story


def test_notes_come_with_the_question_and_not_before() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=2))
    lobby = shown(story)
    story.next()
    asked = shown(story)
    story.play_round([V, W])
    after = shown(story)

    assert [(view.short, view.notes) for view in (lobby, asked, after)] == [
        ("", ""),
        ("Question 1?", "Notes for question 1."),
        ("", ""),
    ]


def test_names_have_their_places_once_a_round_is_played() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=2))
    before = [name.row for name in shown(story).names]
    story.play_round([W, V])

    assert before == [None, None]
    assert [(n.tag.name, n.row.placed) for n in shown(story).names if n.row] == [
        ("Ada Byron", "2"),
        ("Bao Ling", "1"),
    ]


def test_results_are_those_that_the_stage_has_named() -> None:
    story = marked()
    found = [len(shown(story).results)]
    story.to(Phase.APPEAL)
    found.append(len(shown(story).results))
    story.time_up()
    while story.state.phase is Phase.REVEAL:
        found.append(len(shown(story).results))
        story.next()

    assert found == [0, 0, 0, 0, 0, 0, 1, 2]
    assert not shown(story).is_early


def test_results_come_with_the_judges_marks_where_the_show_is_set_to_that() -> None:
    story = marked(prompter_results=True)
    before = shown(story)
    story.next()
    after = shown(story)

    assert (before.is_early, before.results) == (False, ())
    assert after.is_early
    assert [(r.place, r.letter, r.tag.name, r.total) for r in after.results] == [
        (1, "A", "Bao Ling", pytest.approx(100.0)),
        (2, "B", "Ada Byron", pytest.approx(40.0)),
    ]


def test_lines_say_what_the_presenter_should_know_now() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    lobby = shown(story).lines
    story.to_marking([V, W])
    vote = shown(story).lines
    story.ask(c.HoldShow())
    story.ask(c.BlackOut(is_black=True))
    stopped = shown(story).lines
    story.ask(c.ResumeShow())
    story.ask(c.BlackOut(is_black=False))
    story.give_marks()
    story.to(Phase.APPEAL)
    story.appeal(V)

    assert [lobby, vote, stopped, shown(story).lines] == [
        ("9 phones have joined.",),
        ("4 of 9 phones have voted.",),
        ("The show is on hold.", "The stage is black.", "4 of 9 phones have voted."),
        ("Appeal on answer A, factual error: 0 of 2 experts have voted.",),
    ]


def test_the_wait_for_appeals_does_not_tell_who_may_still_appeal() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=2))
    story.to_marking([V, W])
    story.give_marks()
    story.to(Phase.APPEAL)
    story.appeal(V)
    story.vote_appeal("panel-1", "A", is_upheld=False)
    story.time_up()
    story.to(Phase.STANDINGS)
    story.to_marking([V, W])
    story.ask(c.MissVerdict(round=1, letter="B", reason="No verdict."), "crew")
    story.judge("A")
    story.mark("panel-1", "A")
    for gate in ("vote", "marks"):
        story.ask(c.CloseGate(round=story.number, gate=gate))
    story.tally({"A": 4, "B": 5})
    story.to(Phase.APPEAL)
    state, other = story.state, swapped(story.state, "A", "B")

    # The desk may know: V has no appeal left, W has one.
    assert next_cue(state) != next_cue(other)
    assert prompter_view(state, HALL) == prompter_view(other, HALL)
    assert watched_frames(state, HALL) == watched_frames(other, HALL)


def test_the_wait_is_for_an_open_appeal_and_over_with_the_clock() -> None:
    story = marked()
    story.to(Phase.APPEAL)
    waits = [shown(story).cue]
    story.appeal(V, "B")
    waits.append(shown(story).cue)
    story.time_up()
    for panellist in story.panel:
        story.vote_appeal(panellist, "B", is_upheld=True)
    waits.append(shown(story).cue)

    assert [cue and cue.waits_for for cue in waits] == [
        "the appeal clock",
        "the experts’ vote on answer B",
        "",
    ]
