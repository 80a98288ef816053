"""What the host may see: everything that moves the show, marks only after both gates."""

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.progress import has_both_gates_closed
from finale.show.views.common import Hall
from finale.show.views.faults import Fault
from finale.show.views.host import HostView, host_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
HALL = Hall(phones=9, ballots=4, seats=frozenset({V, W, X, "panel-1", "panel-2"}))


@pytest.fixture
def story() -> Story:
    return Story(rundown(finalists=3, panel=2, rounds=2))


def desk(story: Story, hall: Hall = HALL) -> HostView:
    return host_view(story.state, hall)


def test_marks_are_hidden_until_vote_and_marks_are_closed_and_counted(story: Story) -> None:
    story.to_marking((W, V, X))
    for letter, marks in zip("ABC", (9, 5, 2), strict=True):
        story.judge(letter, marks)
        for panellist in story.panel:
            story.mark(panellist, letter)
    seen = [desk(story)]
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    seen.append(desk(story))
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    seen.append(desk(story))

    assert [(view.scores, view.void, view.influence) for view in seen] == [((), {}, {})] * 3
    assert (seen[0].judge_done, seen[0].cards_done) == (3, 6)

    story.tally({"A": 3, "B": 2, "C": 2})
    scores = desk(story).scores
    assert [(row.letter, row.tag.lectern) for row in scores] == [("A", "W"), ("B", "V"), ("C", "X")]
    assert [row.parts["judge"].mark for row in scores] == pytest.approx([90, 50, 20])
    assert [row.spread for row in scores] == [0, 0, 0]


def test_progress_of_the_judge_and_the_experts_is_counted_without_marks(story: Story) -> None:
    story.to_marking()
    story.judge("A", 9)
    story.ask(c.MissVerdict(round=0, letter="B", reason="No answer."), "crew")
    story.mark("panel-1", "A", 4.5)
    view = desk(story)

    assert (view.judge_done, view.judge_failed, view.answers, view.cards_done) == (1, 1, 3, 1)
    assert [seat.status for seat in view.panel] == ["1 of 3 cards", "0 of 3 cards"]
    assert view.faults[0] == Fault(
        "The judge could not mark answer B.",
        "Ask again, or go on: an unmarked answer takes its own panel points.",
    )


def test_at_zero_says_what_the_buzzer_takes_of_each(story: Story) -> None:
    assert desk(story).at_zero == ()
    story.to_tuning()
    story.draft(V, "An answer.")
    story.pin(V, 1)
    story.start(W)

    assert [(tag.lectern, text) for tag, text in desk(story).at_zero] == [
        ("V", "Pinned draft 1"),
        ("W", "Running draft"),
        ("X", "No answer"),
    ]

    story.submit(V)
    story.record(W, "An answer.")
    story.start(X)
    story.record(X, "Half an", "cut")
    assert [text for _, text in desk(story).at_zero] == ["Submitted 1", "Draft 1", "Draft 1"]


def test_seats_say_how_far_each_finalist_is_and_what_failed(story: Story) -> None:
    story.to_tuning()
    story.draft(V, "An answer.")
    story.start(W)
    story.start(X)
    command = c.RecordDraft(
        round=0, finalist=X, draft=1, text="", outcome="failed", reason="No reply in 10 s."
    )
    story.ask(command, "crew")
    view = desk(story)

    assert [(seat.status, seat.detail, seat.fault) for seat in view.finalists] == [
        ("Tuning", "1 draft", ""),
        ("Generating draft 1", "0 drafts", ""),
        ("Tuning", "1 draft", "No reply in 10 s."),
    ]
    assert view.faults[0] == Fault(
        "Cleo Marsh: No reply in 10 s.",
        "Ask them to generate again.",
    )


def test_a_draft_that_ran_at_the_buzzer_reads_as_cut(story: Story) -> None:
    story.to_tuning()
    story.start(V)
    story.record(V, "Half", "cancelled")
    for seat in (V, W):
        story.start(seat)
        story.record(seat, "Half an", "cut")
    story.start(X)
    command = c.RecordDraft(
        round=0, finalist=X, draft=1, text="Half", outcome="cut", reason="The server was restarted."
    )
    story.ask(command, "crew")
    story.buzzer()

    assert [seat.status for seat in desk(story).finalists] == [
        "Draft 2, cut at 0:00",
        "Draft 1, cut at 0:00",
        "Draft 1, cut off",
    ]


def test_seats_say_which_draft_was_taken_and_how(story: Story) -> None:
    story.to_tuning()
    for seat in (V, W):
        story.draft(seat, "An answer.")
    story.submit(V)
    story.pin(W, 1)
    story.buzzer()

    assert [seat.status for seat in desk(story).finalists] == [
        "Draft 1 (submitted)",
        "Draft 1 (pinned)",
        "No answer",
    ]


def test_trouble_of_the_store_comes_before_every_other_fault(story: Story) -> None:
    view = desk(story, Hall(trouble="The disk is full."))

    assert view.faults[0] == Fault(
        "The disk is full.",
        "Press the button again when that is done; the show waits.",
    )


def test_an_empty_chair_is_told_unless_a_robot_sits_there(story: Story) -> None:
    hall = Hall(seats=frozenset({V, "panel-1", "panel-2"}))
    story.ask(c.SeatRobot(seat=W))

    assert [fault.line for fault in desk(story, hall).faults] == ["Not connected: Cleo Marsh."]
    story.ask(c.SeatRobot(seat=X))
    assert desk(story, hall).faults == ()


def test_clocks_and_gates_of_marking(story: Story) -> None:
    story.to_marking()
    view = desk(story)

    assert {name: clock.length for name, clock in view.clocks.items()} == {
        "vote": 45,
        "marks": 120,
    }
    assert (view.can_nudge, view.is_vote_open, view.is_marking_open) == (True, True, True)

    story.give_marks()
    assert not desk(story).can_nudge


def test_rundown_marks_what_is_past_and_what_is_now(story: Story) -> None:
    story.to_tuning()

    assert [(row.label, row.status) for row in desk(story).rundown] == [
        ("Question, 20 s", "past"),
        ("Tuning, 90 s", "now"),
        ("Lock and shuffle", "later"),
        ("Read the answers", "later"),
        ("Vote and marks", "later"),
        ("Judge’s marks", "later"),
        ("Appeals", "later"),
        ("Reveal", "later"),
        ("Standings", "later"),
    ]


def test_influence_is_of_finished_rounds_and_stays_through_sudden_death() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=2))
    story.play_round((V, W))
    first = desk(story).influence
    story.play_round((W, V))
    both = desk(story).influence
    story.to(Phase.SUDDEN_DEATH)

    assert sum(first.values()) == pytest.approx(1)
    assert desk(story).influence == both
    assert set(both) == {"judge", "panel", "audience"}


def test_a_void_component_is_told_once_the_marks_may_be_seen(story: Story) -> None:
    story.to_marking()
    story.give_marks(counts={"A": 2})

    assert desk(story).void == {"audience": "2 ballots, quorum 5"}


@pytest.mark.parametrize(("experts", "is_reduced"), [(2, True), (3, False)])
def test_a_reduced_panel_is_told_once_the_marks_may_be_seen(experts: int, is_reduced: bool) -> None:
    story = Story(rundown(finalists=3, panel=experts, rounds=2))
    assert not desk(story).is_panel_reduced
    story.to_marking()
    for panellist in story.panel:
        for letter in "ABC":
            story.mark(panellist, letter)
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    assert not desk(story).is_panel_reduced

    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 9})
    assert desk(story).is_panel_reduced is is_reduced


def test_host_reads_notes_of_the_first_question_before_the_doors(story: Story) -> None:
    assert desk(story).notes == "Notes for question 1."
    story.to(Phase.QUESTION)
    assert desk(story).reference == story.state.round.question.reference


def test_marks_may_be_seen_once_there_is_a_count_and_the_experts_are_done(story: Story) -> None:
    seen = [has_both_gates_closed(story.state)]
    story.to_marking()
    seen.append(has_both_gates_closed(story.state))
    story.give_marks()
    seen.append(has_both_gates_closed(story.state))

    assert seen == [False, False, True]
