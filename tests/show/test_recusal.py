"""Recusals and the practice answer: said by name before the doors, left out without a trace."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events_amend as ea
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.result import marks_of, score_of
from finale.show.rundown import Calibration, Panellist, Rundown
from finale.show.views.common import Hall
from finale.show.views.panel import CalibrationCard, panel_view
from finale.show.views.phone import phone_view
from finale.show.views.stage import stage_view
from scoring.rubric import PANEL_RUBRIC

V, W, X = "finalist-v", "finalist-w", "finalist-x"
PRACTICE = Calibration(
    question="How many letters has “strawberry”?",
    answer="Ten.",
    marks={"generalization": 3.0, "response_quality": 4.0, "efficiency": 5.0},
    reason="Right and short.",
)


def recuse(
    panellist: str = "panel-1", finalist: str = V, is_recused: bool = True
) -> ca.DeclareRecusal:
    return ca.DeclareRecusal(panellist=panellist, finalist=finalist, is_recused=is_recused)


def lobby(panel: int = 5) -> Story:
    return Story(rundown(finalists=3, panel=panel, rounds=2))


# ---- declared


def test_a_recusal_is_declared_and_taken_back_before_the_first_question() -> None:
    story = lobby()
    assert story.ask(recuse()) == [
        ea.RecusalDeclared(panellist="panel-1", finalist=V, is_recused=True)
    ]
    assert story.state.recusals == {("panel-1", V)}
    story.ask(recuse(is_recused=False))
    assert story.state.recusals == frozenset()


def test_recusals_of_the_plan_stand_from_the_doors_on() -> None:
    plan = rundown(finalists=3, panel=2)
    panel = (Panellist(id="panel-1", name="Expert 1", recused=(V, X)), plan.panel[1])
    story = Story(plan.model_copy(update={"panel": panel}))

    assert story.state.recusals == {("panel-1", V), ("panel-1", X)}
    assert story.refusal(recuse()) == "That is declared already."


def test_recusals_are_refused_by_name() -> None:
    story = lobby()
    assert story.refusal(recuse("panel-9")) == "There is no expert “panel-9” in this show."
    assert story.refusal(recuse(finalist="panel-1")) == (
        "There is no finalist “panel-1” in this show."
    )
    assert story.refusal(recuse(is_recused=False)) == "That is declared already."
    assert story.refusal(recuse(), "panel-1") == "This is for the host."
    story.to(Phase.QUESTION)
    assert story.refusal(recuse()) == (
        "A recusal is declared before the first question; the show is running."
    )


# ---- left out


def marked(story: Story, owners: tuple[str, ...] = (V, W, X)) -> Story:
    """Both gates closed; A gets 1, 5, 3, 5, 3 from experts 1 to 5, B and C get 4 and 3 from all."""
    story.to_marking(owners)
    for letter, mark in {"B": 4.0, "C": 3.0}.items():
        for panellist in story.panel:
            story.mark(panellist, letter, mark)
    for panellist, mark in zip(story.panel, (1.0, 5.0, 3.0, 5.0, 3.0), strict=False):
        story.mark(panellist, "A", mark)
    for letter in "ABC":
        story.judge(letter, 7)
    story.time_up("vote")
    story.tally({"A": 9, "B": 9, "C": 9})
    story.time_up("marks")
    return story


def panel_marks(story: Story) -> dict[str, float | None]:
    scores = score_of(story.state.round, story.plan.settings).scores
    return {seat: scores[seat].parts["panel"].mark for seat in (V, W, X)}


def test_the_card_of_a_recused_expert_does_not_count_in_any_round() -> None:
    story = lobby(panel=3)
    plain = marked(lobby(panel=3))
    story.ask(recuse())
    marked(story)

    # Three cards: the median of 20, 100, 60. Two cards: the mean of 100 and 60.
    assert panel_marks(plain) == {V: 60.0, W: 80.0, X: 60.0}
    assert panel_marks(story) == {V: 80.0, W: 80.0, X: 60.0}
    assert not score_of(plain.state.round, plain.plan.settings).reduced
    # The smallest number of cards chooses the estimator for all answers.
    assert score_of(story.state.round, story.plan.settings).reduced
    story.to_standings()
    story.to(Phase.QUESTION)
    assert story.state.round.left_out == {("panel-1", V)}


def test_a_recused_card_leaves_four_and_the_median_serves_all() -> None:
    story = lobby()
    story.ask(recuse())
    marked(story)

    assert len(marks_of(story.state.round, story.plan.settings).scorecards) == 15
    # Without 20 the median of 60, 60, 100, 100; with it the mean of 60, 60, 100 would be 73.3.
    assert panel_marks(story) == {V: pytest.approx(80.0), W: 80.0, X: 60.0}
    assert panel_marks(marked(lobby()))[V] == pytest.approx(220 / 3)


def test_until_a_mark_is_shown_nobody_can_tell_a_recusal() -> None:
    def frames(is_recused: bool) -> list[str]:
        story = lobby()
        if is_recused:
            story.ask(recuse())
        marked(story)
        views: list[Any] = [stage_view(story.state, Hall()), phone_view(story.state)]
        views += [panel_view(story.state, seat) for seat in story.panel]
        story.to(Phase.JUDGE_REVEAL)
        views += [stage_view(story.state, Hall()), phone_view(story.state)]
        return [json.dumps(asdict(view)) for view in views]

    assert frames(is_recused=True) == frames(is_recused=False)


@pytest.mark.parametrize("owners", [(V, W, X), (W, V, X), (X, W, V)])
def test_a_recused_expert_marks_every_answer_and_locks_like_the_others(
    owners: tuple[str, ...],
) -> None:
    story = lobby()
    story.ask(recuse())
    story.to_marking(owners)
    for letter in "ABC":
        story.mark("panel-1", letter)
    view = panel_view(story.state, "panel-1")

    assert (view.done, [card.is_complete for card in view.cards]) == (3, [True, True, True])
    assert story.ask(c.LockScorecards(round=0), "panel-1")


# ---- the practice answer


def calibrated() -> Story:
    plan: Rundown = rundown(finalists=2, panel=2).model_copy(update={"calibration": PRACTICE})
    return Story(plan)


def test_every_expert_marks_the_practice_answer_once() -> None:
    story = calibrated()
    for criterion in PANEL_RUBRIC.keys:
        assert story.ask(c.MarkPractice(criterion=criterion, mark=2.5), "panel-1") == [
            ea.PracticeMarked(panellist="panel-1", criterion=criterion, mark=2.5)
        ]
    assert story.state.practice == {"panel-1": dict.fromkeys(PANEL_RUBRIC.keys, 2.5)}

    again = c.MarkPractice(criterion="efficiency", mark=5)
    assert story.refusal(again, "panel-1") == "You have seen the practice marks."
    assert story.ask(again, "panel-2")


def test_a_practice_mark_can_be_moved_until_all_are_given() -> None:
    story = calibrated()
    story.ask(c.MarkPractice(criterion="efficiency", mark=2.0), "panel-1")
    story.ask(c.MarkPractice(criterion="efficiency", mark=4.0), "panel-1")

    assert story.state.practice == {"panel-1": {"efficiency": 4.0}}


def test_practice_marks_count_for_nothing_and_are_refused_by_name() -> None:
    story = calibrated()
    mark = c.MarkPractice(criterion="efficiency", mark=5)
    assert story.refusal(mark, V) == "This is for the panel."
    assert story.refusal(c.MarkPractice(criterion="depth", mark=5), "panel-1") == (
        "depth: not a criterion of the panel rubric"
    )
    assert story.refusal(c.MarkPractice(criterion="efficiency", mark=5.5), "panel-1") == (
        "Efficiency: 5.5 is not a mark from 1 to 5 in steps of 0.5"
    )
    story.ask(mark, "panel-1")
    story.to(Phase.QUESTION)
    only = "The practice answer is marked before the first question only."
    assert story.refusal(mark, "panel-2") == only
    assert story.state.round.cards == {}
    assert lobby().refusal(mark, "panel-1") == only


def test_an_expert_sees_the_practice_marks_after_the_own_ones_are_complete() -> None:
    story = calibrated()
    seen = [panel_view(story.state, "panel-1").calibration]
    for criterion in PANEL_RUBRIC.keys:
        story.ask(c.MarkPractice(criterion=criterion, mark=2.5), "panel-1")
    seen.append(panel_view(story.state, "panel-1").calibration)
    other = panel_view(story.state, "panel-2").calibration
    story.to(Phase.QUESTION)

    text = (PRACTICE.question, PRACTICE.answer)
    blank = CalibrationCard(*text, {}, {}, "")
    own = dict.fromkeys(sorted(PANEL_RUBRIC.keys), 2.5)
    assert (seen[0], other) == (blank, blank)
    assert seen[1] == CalibrationCard(*text, own, PRACTICE.marks, "Right and short.")
    assert panel_view(story.state, "panel-1").calibration is None


def test_next_counts_who_is_calibrated() -> None:
    story = calibrated()
    notes = [next_cue(story.state)]
    for criterion in PANEL_RUBRIC.keys:
        story.ask(c.MarkPractice(criterion=criterion, mark=2.5), "panel-1")
    notes.append(next_cue(story.state))
    story.to(Phase.QUESTION)
    notes.append(next_cue(story.state))

    told = [cue.note if cue else None for cue in notes]
    assert told == ["0 of 2 calibrated", "1 of 2 calibrated", ""]
