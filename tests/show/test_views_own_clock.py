"""What a finalist is told of the own clock: credits, the buzzer, withdrawal, practice."""

import pytest
from story import Story, question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.views.common import ClockView
from finale.show.views.finalist import PRACTICE, FinalistView, finalist_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
OFFERED = "Your model failed and cost 8 s. The host decides; undecided, they are added."
GRANTED = "8 s were added to your clock."
DECLINED = "The host declined the 8 s."


def view(story: Story, seat: str = V) -> FinalistView:
    return finalist_view(story.state, seat)


def fail(story: Story, seconds: float = 8.0, seat: str = V) -> None:
    story.start(seat)
    story.record(seat, "", "failed", times=(None, seconds))


def decide(story: Story, is_granted: bool) -> None:
    story.ask(ca.DecideCredit(round=0, finalist=V, is_granted=is_granted))


def test_an_offered_credit_is_said_and_already_on_the_own_clock(tuning: Story) -> None:
    zero = tuning.state.deadlines["phase"]
    fail(tuning)

    assert (view(tuning).credit, view(tuning).clock) == (OFFERED, ClockView(zero + 8, 90))
    assert [(view(tuning, s).credit, view(tuning, s).clock) for s in (W, X)] == [
        ("", ClockView(zero, 90))
    ] * 2


@pytest.mark.parametrize(
    ("is_granted", "seconds", "said"), [(True, 8, GRANTED), (False, 0, DECLINED)]
)
def test_what_the_host_decides_is_said_and_on_the_clock(
    tuning: Story, is_granted: bool, seconds: int, said: str
) -> None:
    fail(tuning)
    decide(tuning, is_granted)
    zero = tuning.state.deadlines["phase"]

    assert (view(tuning).credit, view(tuning).clock) == (said, ClockView(zero + seconds, 90))


def test_a_second_failure_is_said_beside_what_was_decided(tuning: Story) -> None:
    fail(tuning)
    decide(tuning, is_granted=True)
    fail(tuning, 5.2)
    both = "Your model failed and cost 5 s. The host decides; undecided, they are added."
    assert view(tuning).credit == f"{both} {GRANTED}"

    decide(tuning, is_granted=False)
    assert view(tuning).credit == f"{GRANTED} The host declined the 5 s."


def test_the_own_clock_is_held_with_its_own_seconds(tuning: Story) -> None:
    fail(tuning)
    tuning.wait(80)
    tuning.ask(c.HoldShow())

    held = [clock.held_left for clock in (view(tuning).clock, view(tuning, W).clock) if clock]
    assert held == [18.0, 10.0]


def test_after_the_buzzer_the_credited_play_on_and_the_others_are_locked(tuning: Story) -> None:
    zero = tuning.state.deadlines["phase"]
    tuning.submit(X, tuning.draft(X, "Early."))
    tuning.draft(W, "In time.")
    fail(tuning)
    tuning.time_up()
    own, others = view(tuning), [view(tuning, seat) for seat in (W, X)]

    assert (own.can_tune, own.is_locked, own.credit) == (True, False, OFFERED)
    assert own.clock == ClockView(zero + 8, 90)
    assert [(v.can_tune, v.is_locked, v.notice) for v in others] == [
        (False, True, "Answers are locked.")
    ] * 2
    assert [(v.credit, v.clock) for v in others] == [("", None)] * 2


def test_who_has_submitted_is_told_of_no_credit(tuning: Story) -> None:
    tuning.draft(V, "In time.")
    fail(tuning)
    tuning.submit(V, 1)

    assert view(tuning).credit == ""


def test_a_credit_is_told_in_its_own_round_alone(tuning: Story) -> None:
    fail(tuning)
    tuning.buzzer()
    assert view(tuning).credit == ""


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.QUESTION, Phase.TUNING])
def test_the_withdrawn_have_a_notice_and_nothing_to_edit(phase: Phase) -> None:
    plan = rundown(finalists=3).model_copy(update={"practice": question(77)})
    story = Story(plan)
    story.to(phase)
    if phase is Phase.TUNING:
        story.start(V)
    story.ask(ca.WithdrawFinalist(finalist=V, reason="Taken ill."))
    seen = view(story)

    assert (seen.is_withdrawn, seen.is_practice, seen.can_tune) == (True, False, False)
    assert (seen.question, seen.drafts, seen.running, seen.at_zero) == ("", (), (), "")
    assert seen.notice == "You have been withdrawn from the show. What you have scored stays."
    assert not view(story, W).is_withdrawn


def test_the_withdrawn_see_no_answer_and_have_no_appeal(tuning: Story) -> None:
    for seat in (V, W, X):
        tuning.submit(seat, tuning.draft(seat, "An answer."))
    tuning.end_tuning((V, W, X))
    tuning.move_on()
    tuning.ask(ca.WithdrawFinalist(finalist=V, reason="Taken ill."))
    tuning.to(Phase.MARKING)
    tuning.give_marks()
    tuning.to(Phase.APPEAL)

    assert (view(tuning).judged, view(tuning).can_appeal, view(tuning).submitted) == (
        None, False, None,
    )  # fmt: skip


def test_the_practice_question_is_there_in_the_lobby_alone() -> None:
    practice = question(77)
    story = Story(rundown(finalists=3).model_copy(update={"practice": practice}))
    seen = view(story)
    assert (seen.is_practice, seen.question, seen.can_tune) == (True, practice.text, False)
    assert (seen.notice, seen.clock, seen.at_zero) == (PRACTICE, None, "")

    story.to(Phase.QUESTION)
    assert (view(story).is_practice, view(story).question) == (False, "What is question 1?")


def test_without_a_practice_question_the_console_waits() -> None:
    seen = view(Story(rundown(finalists=3)))

    assert (seen.is_practice, seen.question) == (False, "")
    assert seen.notice == "You are in. Your console opens when the first clock starts."
