"""The lobby before the first question: calibration on the tablets, checks on the host's desk."""

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.rundown import Calibration
from finale.show.views.common import Hall
from finale.show.views.host import host_view
from finale.show.views.panel import CalibrationCard, panel_view

P1, P2, V = "panel-1", "panel-2", "finalist-v"
SHOWN = {"efficiency": 4.0, "generalization": 3.5, "response_quality": 3.0}
REASON = "Right questions, but no decision."
CALIBRATION = Calibration(
    question="What do you ask?", answer="How far.", marks=SHOWN, reason=REASON
)


@pytest.fixture
def story() -> Story:
    plan = rundown(finalists=2, panel=2, rounds=1)
    return Story(plan.model_copy(update={"calibration": CALIBRATION}))


def card(story: Story, seat: str = P1) -> CalibrationCard | None:
    return panel_view(story.state, seat).calibration


def mark(story: Story, seat: str = P1, *criteria: str) -> None:
    for criterion in criteria or tuple(SHOWN):
        story.ask(c.MarkPractice(criterion=criterion, mark=2.5), seat)


def test_the_shown_marks_come_with_the_last_of_the_own(story: Story) -> None:
    assert card(story) == CalibrationCard("What do you ask?", "How far.", {}, {}, "")
    mark(story, P1, "response_quality", "efficiency")
    own = {"efficiency": 2.5, "response_quality": 2.5}
    assert card(story) == CalibrationCard("What do you ask?", "How far.", own, {}, "")
    before = card(story, P2)

    mark(story, P1, "generalization")
    seen = card(story)
    assert seen == CalibrationCard(
        "What do you ask?", "How far.", own | {"generalization": 2.5}, SHOWN, REASON
    )
    assert seen is not None
    assert seen.is_complete
    assert card(story, P2) == before


def test_there_is_no_calibration_after_the_lobby_nor_for_the_withdrawn(story: Story) -> None:
    story.ask(ca.WithdrawPanellist(panellist=P2, reason="Called away."))
    assert card(story, P2) is None
    story.to(Phase.QUESTION)
    assert card(story) is None
    assert card(Story(rundown(panel=2))) is None


def test_the_host_sees_how_many_have_calibrated_and_waits_for_nobody(story: Story) -> None:
    notes = []
    for seat in (P1, P2):
        cue = next_cue(story.state)
        assert cue is not None
        notes.append((cue.note, cue.waits_for))
        mark(story, seat)
    story.ask(ca.WithdrawPanellist(panellist=P2, reason="Called away."))
    cue = next_cue(story.state)
    assert cue is not None

    assert notes == [("0 of 2 calibrated", ""), ("1 of 2 calibrated", "")]
    assert cue.note == "1 of 1 calibrated"
    plain = next_cue(Story().state)
    assert plain is not None
    assert plain.note == ""


def test_the_chairs_show_checks_and_calibration_until_the_show_begins(story: Story) -> None:
    hall = Hall(seats=frozenset({V, P1, P2}), checks={V: "Checked, 7 ms", P1: "Checked, 12 ms"})
    mark(story, P1)
    mark(story, P2)
    desk = host_view(story.state, hall)
    assert [seat.status for seat in desk.finalists] == ["Checked, 7 ms", "Ready"]
    assert [seat.status for seat in desk.panel] == [
        "Checked, 12 ms, calibrated",
        "Ready, calibrated",
    ]

    story.to(Phase.QUESTION)
    desk = host_view(story.state, hall)
    assert {seat.status for seat in (*desk.finalists, *desk.panel)} == {"Ready"}


def test_a_withdrawn_expert_is_told_and_has_nothing_to_mark(story: Story) -> None:
    story.to_marking()
    story.ask(ca.WithdrawPanellist(panellist=P2, reason="Called away."))
    gone, there = panel_view(story.state, P2), panel_view(story.state, P1)

    assert (gone.is_open, there.is_open) == (False, True)
    assert gone.notice == (
        "You have been withdrawn from the panel. What you have marked in full stays."
    )
