"""An expert who leaves: nobody waits for more, and what is complete counts."""

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.result import score_of
from finale.show.views.common import Hall
from finale.show.views.host import host_view
from finale.show.views.stage import stage_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
P1, P2, P3 = "panel-1", "panel-2", "panel-3"
GONE = ca.WithdrawPanellist(panellist=P3, reason=" Called away. ")


@pytest.fixture
def story() -> Story:
    return Story(rundown(finalists=3, panel=3, rounds=1))


def test_leaving_is_an_event_with_its_reason(story: Story) -> None:
    assert story.ask(GONE) == [ea.PanellistWithdrawn(panellist=P3, reason="Called away.")]
    assert story.state.experts() == (P1, P2)
    assert story.refusal(GONE) == "That expert has withdrawn already."


def test_it_takes_a_reason_a_name_and_a_result_that_is_not_locked(story: Story) -> None:
    refused = {
        ca.WithdrawPanellist(panellist=P3, reason=" "): (
            "Say why: the reason stands in the record."
        ),
        ca.WithdrawPanellist(panellist="panel-9", reason="Ill."): (
            "There is no expert “panel-9” in this show."
        ),
    }
    for command, sentence in refused.items():
        assert story.refusal(command) == sentence

    story.play_round()
    story.to(Phase.CHAMPION)
    assert story.refusal(GONE) == "The result is locked."


def test_who_has_left_may_do_nothing(story: Story) -> None:
    story.to_marking()
    story.ask(GONE)
    mark = c.MarkScorecard(round=0, letter="A", criterion="efficiency", mark=3.0)

    assert story.refusal(mark, P3) == "You have been withdrawn from the panel."


def test_nobody_waits_for_the_cards_and_complete_ones_count(story: Story) -> None:
    story.to_marking((V, W, X))
    for letter in "ABC":
        story.judge(letter)
        story.mark(P1, letter, 3.0)
        story.mark(P2, letter, 3.0)
    story.mark(P3, "A", 5.0)
    cue = next_cue(story.state)
    assert cue is not None
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 9})
    cue = next_cue(story.state)
    assert cue is not None
    assert cue.note == "2 cards are not complete"

    story.ask(GONE)
    cue = next_cue(story.state)
    assert cue is not None
    assert cue.note == "All cards are complete"
    assert (host_view(story.state, Hall()).cards_done, host_view(story.state, Hall()).experts) == (
        6,
        2,
    )
    story.next()
    # Two cards for B and C, three for A: the mean of all serves everybody.
    marks = {
        seat: score.parts["panel"].mark
        for seat, score in score_of(story.state.round, story.plan.settings).scores.items()
    }
    assert marks == {V: pytest.approx((60 + 60 + 100) / 3), W: 60, X: 60}


def test_one_missing_card_is_one_card(story: Story) -> None:
    story.to_marking((V, W, X))
    for panellist, letters in ((P1, "ABC"), (P2, "ABC"), (P3, "AB")):
        for letter in letters:
            story.mark(panellist, letter)
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    cue = next_cue(story.state)
    assert cue is not None
    assert cue.note == "1 card is not complete"


def test_an_appeal_that_waited_for_this_vote_alone_is_ruled_on(story: Story) -> None:
    story.to_marking((V, W, X))
    story.give_marks()
    story.to(Phase.APPEAL)
    story.appeal(V)
    story.vote_appeal(P1, "A", True)
    story.vote_appeal(P2, "A", True)
    assert stage_view(story.state, Hall()).appeals[0].voters == 3

    assert story.ask(GONE) == [
        ea.PanellistWithdrawn(panellist=P3, reason="Called away."),
        e.AppealRuled(round=0, letter="A", is_upheld=True),
    ]
    assert stage_view(story.state, Hall()).appeals[0].voters == 2


def test_a_vote_that_was_given_counts_after_leaving(story: Story) -> None:
    story.to_marking((V, W, X))
    story.give_marks()
    story.to(Phase.APPEAL)
    story.appeal(V)
    story.vote_appeal(P3, "A", False)
    story.ask(GONE)
    story.vote_appeal(P1, "A", True)

    # Two against one, the vote of the one who left among them.
    assert story.vote_appeal(P2, "A", False)[-1] == e.AppealRuled(
        round=0, letter="A", is_upheld=False
    )
    assert stage_view(story.state, Hall()).appeals[0].voters == 3
