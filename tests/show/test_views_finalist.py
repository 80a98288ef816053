"""What one finalist may see: the own drafts, and the sentence about 0:00."""

from dataclasses import replace

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.views.common import ClockView
from finale.show.views.finalist import DraftView, FinalistView, finalist_view
from finale.show.views.panel import JudgedAnswer
from finale.show.views.stage import AppealView

V, W, X = "finalist-v", "finalist-w", "finalist-x"


@pytest.fixture
def story() -> Story:
    return Story(rundown(finalists=3, panel=3, rounds=2))


def view(story: Story, seat: str = V) -> FinalistView:
    return finalist_view(story.state, seat)


NOTHING = "At 0:00 nothing is submitted: you have no draft yet. Generate one."


def test_sentence_about_zero_follows_what_the_buzzer_would_take(story: Story) -> None:
    said = [view(story).at_zero]
    story.to_tuning()
    said.append(view(story).at_zero)
    story.start(V)
    said.append(view(story).at_zero)
    story.record(V, "An answer.")
    said.append(view(story).at_zero)
    story.draft(V, "Another.")
    said.append(view(story).at_zero)
    story.pin(V, 1)
    said.append(view(story).at_zero)
    story.submit(V, 2)
    said.append(view(story).at_zero)

    assert said == [
        "",
        NOTHING,
        "At 0:00 what draft 1 has written by then is submitted.",
        "At 0:00 your last finished draft is submitted. That is draft 1.",
        "At 0:00 your last finished draft is submitted. That is draft 2.",
        "At 0:00 your pinned draft is submitted. That is draft 1.",
        "Draft 2 is submitted. That is final.",
    ]


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("cut", "At 0:00 what draft 1 had written is submitted."),
        ("failed", NOTHING),
        ("cancelled", NOTHING),
    ],
)
def test_sentence_about_zero_after_a_draft_that_broke_off(
    story: Story, outcome: c.Outcome, sentence: str
) -> None:
    story.to_tuning()
    story.start(V)
    story.record(V, "Half an ans", outcome)

    assert view(story).at_zero == sentence


def test_own_drafts_are_shown_in_full_with_exact_times(story: Story) -> None:
    story.to_tuning()
    story.draft(V, "An answer of five words.", (0.81, 6.32))
    story.pin(V, 1)
    story.start(V, "Be short.")

    assert view(story).drafts == (
        DraftView(
            1, "Be kind.", 0.7, 0.9, "An answer of five words.", "finished", "", 5, 0.81, 6.32,
            is_pinned=True, is_submitted=False,
        ),
        DraftView(
            2, "Be short.", 0.7, 0.9, "", "running", "", 0, None, None,
            is_pinned=False, is_submitted=False,
        ),
    )  # fmt: skip
    assert (view(story).running, view(story).to_submit) == ((2,), 1)


def test_nothing_of_another_finalist_is_in_the_view(story: Story) -> None:
    story.to_tuning()
    before = view(story, W)
    story.start(V, "The secret prompt.")
    story.record(V, "The secret answer.")
    story.pin(V, 1)

    assert view(story, W) == before


def test_console_opens_with_tuning_and_closes_with_hold_and_submission(story: Story) -> None:
    story.to(Phase.QUESTION)
    can_tune = [view(story).can_tune]
    story.to_tuning()
    can_tune.append(view(story).can_tune)
    story.ask(c.HoldShow())
    can_tune.append(view(story).can_tune)
    assert view(story).notice == "The host has stopped the show. Your text is kept."

    story.ask(c.ResumeShow())
    story.submit(V, story.draft(V, "An answer."))
    can_tune.append(view(story).can_tune)
    assert can_tune == [False, True, False, False]
    assert view(story).notice == (
        "You are in. Please do not react: the hall does not know whose answer is whose."
    )
    assert view(story).submitted == 1


def test_every_phase_has_a_notice(story: Story) -> None:
    story.play_level_round()
    story.ask(c.CallBreak())
    notices = {story.state.phase: view(story).notice}
    story.to_tuning()
    story.buzzer()
    notices[story.state.phase] = view(story).notice
    story.move_on()
    story.to(Phase.SUDDEN_DEATH)
    notices[story.state.phase] = view(story).notice
    story.to_reading()
    while story.state.phase is not Phase.CHAMPION:
        notices[story.state.phase] = view(story).notice
        if story.state.phase is Phase.MARKING and story.state.round.gates["vote"]:
            story.give_marks()
        story.time_up() if story.state.phase is Phase.APPEAL else story.next()
    notices[story.state.phase] = view(story).notice

    assert set(notices) == set(Phase) - {Phase.LOBBY, Phase.QUESTION, Phase.TUNING}
    assert "" not in notices.values()


def test_those_who_are_not_tied_watch_sudden_death() -> None:
    story = Story(rundown(finalists=3, panel=2, rounds=1))
    level = {"A": 4, "B": 4, "C": 2}
    story.play_round((V, W, X), level, level, level)
    story.to(Phase.SUDDEN_DEATH)
    story.to_tuning()
    watching = view(story, X)

    assert (watching.can_tune, watching.question, watching.at_zero) == (False, "", "")
    assert watching.notice == "Sudden death: the tied finalists play this question."
    assert view(story, V).can_tune


def test_place_and_total_are_there_once_a_round_is_finished(story: Story) -> None:
    story.to_marking((W, V, X))
    assert (view(story).place, view(story).placed, view(story).total) == (None, "", None)

    story.give_marks()
    story.to_standings()
    assert (view(story).place, view(story).placed, view(story).total) == (2, "2", 70.0)


def test_judges_reason_is_shown_to_its_owner_in_the_appeals_alone(story: Story) -> None:
    story.to_marking((W, V, X))
    story.give_marks({"A": 9, "B": 5, "C": 3})
    story.to(Phase.JUDGE_REVEAL)
    assert view(story).judged is None

    story.to(Phase.APPEAL)
    marks = {"relevance": 5.0, "depth": 5.0, "coherence": 5.0}
    assert view(story).judged == JudgedAnswer("B", marks, 50.0, "It is a 5.", can_appeal=True)
    assert view(story).can_appeal

    story.appeal(V)
    assert not view(story).can_appeal
    assert view(story).judged == JudgedAnswer(
        "B", marks, 50.0, "It is a 5.", can_appeal=False, is_backed_by_you=True
    )


@pytest.fixture
def appealing(story: Story) -> Story:
    """Appeals are open; A is by W and marked 9, B by V and marked 5, C by X and marked 3."""
    story.to_marking((W, V, X))
    story.give_marks({"A": 9, "B": 5, "C": 3}, {"A": 2, "B": 4, "C": 1})
    story.to(Phase.APPEAL)
    return story


def test_appeals_have_a_countdown_until_they_are_closed(appealing: Story) -> None:
    assert view(appealing).clock == ClockView(appealing.now + 60, 60)
    appealing.appeal(V)
    appealing.time_up()
    assert view(appealing).clock is None


def test_notice_says_how_far_the_appeals_are(appealing: Story) -> None:
    own, other = [view(appealing).notice], [view(appealing, W).notice]
    appealing.appeal(V)
    own.append(view(appealing).notice)
    appealing.ask(c.RuleAppeal(round=appealing.number, letter="B", reason="Two tablets are dead."))
    own.append(view(appealing).notice)
    appealing.time_up()
    for said, seat in ((own, V), (other, W)):
        said.append(view(appealing, seat).notice)

    may = "You may appeal against the judge’s marks of your own answer."
    assert own == [
        may,
        "The experts are voting on an appeal.",
        "Appeals are open. You have none to file.",
        "Appeals are closed.",
    ]
    assert other == [may, "Appeals are closed."]


@pytest.mark.parametrize(
    ("is_upheld", "ruled"),
    [
        (True, AppealView("B", "factual error", 3, 3, "upheld", 24.0, 40.0, 3, 40.0)),
        (False, AppealView("B", "factual error", 3, 3, "rejected", 24.0, 24.0, 0, 40.0)),
    ],
)
def test_ruling_is_shown_to_the_owner_of_the_answer_alone(
    appealing: Story, is_upheld: bool, ruled: AppealView
) -> None:
    others = [view(appealing, seat).judged for seat in (W, X)]
    appealing.appeal(V)
    appealing.vote_appeal("panel-1", "B", is_upheld)
    appealing.vote_appeal("panel-2", "B", is_upheld)
    before = view(appealing).judged
    appealing.vote_appeal("panel-3", "B", is_upheld)

    assert before is not None
    assert before.ruled is None
    assert view(appealing).judged == replace(before, ruled=ruled)
    assert [view(appealing, seat).judged for seat in (W, X)] == others


def test_an_unknown_seat_has_no_console(story: Story) -> None:
    with pytest.raises(KeyError):
        view(story, "finalist-q")


def test_who_is_not_tied_is_told_who_plays_the_sudden_death() -> None:
    story = Story(rundown(finalists=3, panel=2, rounds=1))
    last = {"A": 8, "B": 8, "C": 3}
    story.play_round((V, W, X), last, {"A": 4.0, "B": 4.0, "C": 2.0}, {"A": 9, "B": 9, "C": 1})
    story.to(Phase.SUDDEN_DEATH)
    story.next()
    assert story.state.phase is Phase.QUESTION
    outside = next(seat for seat in story.finalists if seat not in story.state.round.finalists)
    notice = finalist_view(story.state, outside).notice
    assert notice == "Sudden death: the tied finalists play this question."
