"""Several appeals at once: by order of filing, and none waits for a vote that nobody can give."""

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events as e
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.show.views.panel import PanelView, panel_view
from finale.show.views.stage import AppealView, stage_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
P1, P2, P3, P4, P5 = (f"panel-{number}" for number in range(1, 6))
LEFT = "You have been withdrawn from the panel. What you have marked in full stays."
ALONE = "It takes two experts to appeal, and you are the only one."


@pytest.fixture
def story() -> Story:
    """In the appeals: A is the answer of V, B of W, C of X."""
    story = Story(rundown(finalists=3, panel=5, rounds=1))
    story.to_marking((V, W, X))
    story.give_marks()
    story.to(Phase.APPEAL)
    return story


def leave(story: Story, *panellists: str) -> list[str]:
    """Those experts are withdrawn; what was ruled on with the last of them, in order."""
    events: list[object] = []
    for panellist in panellists:
        events = [*story.ask(ca.WithdrawPanellist(panellist=panellist, reason="Called away."))]
    return [event.letter for event in events if isinstance(event, e.AppealRuled)]


def on_stage(story: Story) -> list[tuple[str, int, str]]:
    """Letter, votes and ruling of each appeal, as the stage has them."""
    return [(a.letter, a.votes, a.ruling) for a in stage_view(story.state, Hall()).appeals]


def tablet(story: Story, seat: str) -> PanelView:
    return panel_view(story.state, seat)


def voted_on(story: Story) -> list[str]:
    """The answer that each tablet of the panel asks about."""
    return [vote.letter if (vote := tablet(story, p).vote) else "" for p in story.panel]


# ---- the line


def test_a_later_appeal_waits_however_early_it_was_backed(story: Story) -> None:
    story.appeal(P1, "A")
    story.appeal(W)
    story.vote_appeal(P1, "B", True)
    story.vote_appeal(P2, "B", True)
    story.appeal(V)

    assert on_stage(story) == [("B", 2, ""), ("A", 0, "")]
    assert voted_on(story) == ["B"] * 5
    for panellist in (P3, P4, P5):
        story.vote_appeal(panellist, "B", False)
    assert on_stage(story) == [("B", 5, "rejected"), ("A", 0, "")]
    assert voted_on(story) == ["A"] * 5


def test_a_second_expert_files_what_the_first_had_only_backed(story: Story) -> None:
    story.appeal(P1, "A")
    story.appeal(P1, "C")
    story.appeal(W)
    story.appeal(P2, "C")
    story.appeal(P3, "A")

    assert [appeal.letter for appeal in story.state.round.appeals] == ["B", "C", "A"]
    assert [appeal.backers for appeal in story.state.round.appeals] == [(W,), (P1, P2), (P1, P3)]
    assert story.replayed() == story.state


def test_the_appeal_that_was_ruled_last_is_the_last_on_stage(story: Story) -> None:
    story.appeal(P1, "C")
    story.appeal(W)
    for panellist in story.panel:
        story.vote_appeal(panellist, "B", False)
    story.appeal(P2, "C")
    for panellist in story.panel:
        story.vote_appeal(panellist, "C", True)

    assert on_stage(story) == [("B", 5, "rejected"), ("C", 5, "upheld")]


# ---- votes that cannot come


def test_who_leaves_in_a_vote_is_told_and_asked_nothing(story: Story) -> None:
    story.appeal(V)
    assert tablet(story, P2).vote is not None
    leave(story, P2)

    seen = tablet(story, P2)
    assert (seen.vote, seen.judged, seen.offered, seen.notice) == (None, (), (), LEFT)
    assert voted_on(story) == ["A", "", "A", "A", "A"]


def test_the_votes_of_those_who_stay_rule_the_first_of_two_appeals(story: Story) -> None:
    story.appeal(P1, "A")
    story.appeal(W)
    for panellist in (P1, P2):
        story.vote_appeal(panellist, "B", True)
    story.appeal(V)
    assert leave(story, P3, P4) == []
    assert leave(story, P5) == ["B"]

    assert on_stage(story) == [("B", 2, "upheld"), ("A", 0, "")]
    assert voted_on(story)[:2] == ["A", "A"]


def test_with_the_last_expert_every_appeal_is_over(story: Story) -> None:
    story.appeal(V)
    story.appeal(W)
    assert leave(story, P1, P2, P3, P4) == []
    story.vote_appeal(P5, "A", True)
    assert leave(story, P5) == ["B"]
    assert on_stage(story) == [("A", 1, "upheld"), ("B", 0, "rejected")]

    cue = next_cue(story.state)
    assert cue is not None
    assert (cue.label, cue.waits_for) == ("Go to the reveal", "")


def test_all_that_wait_are_rejected_when_nobody_is_left_to_vote(story: Story) -> None:
    for seat in (W, V, X):
        story.appeal(seat)

    assert leave(story, *story.panel) == ["B", "A", "C"]
    assert [ruling for _, _, ruling in on_stage(story)] == ["rejected"] * 3


def test_an_appeal_that_nobody_filed_is_not_ruled_on(story: Story) -> None:
    story.appeal(P1, "C")
    story.appeal(V)

    assert leave(story, *story.panel) == ["A"]
    assert [appeal.is_upheld for appeal in story.state.round.appeals] == [None, False]


def test_the_host_rules_on_the_first_alone_while_votes_can_come(story: Story) -> None:
    story.appeal(V)
    story.appeal(W)
    ruled = story.ask(c.RuleAppeal(round=0, letter="A", reason="Two tablets are dead."))

    assert [event.letter for event in ruled if isinstance(event, e.AppealRuled)] == ["A"]
    assert voted_on(story) == ["B"] * 5


# ---- who may back


def test_a_lone_expert_is_offered_no_appeal_and_refused_one(story: Story) -> None:
    leave(story, P3, P4, P5)
    assert [judged.can_appeal for judged in tablet(story, P1).judged] == [True] * 3
    assert not tablet(story, P1).is_alone
    leave(story, P2)

    assert [judged.can_appeal for judged in tablet(story, P1).judged] == [False] * 3
    assert tablet(story, P1).is_alone
    command = c.FileAppeal(round=0, letter="A", ground="factual error")
    assert story.refusal(command, P1) == ALONE
    assert len(story.appeal(V)) == 1


def test_who_has_voted_may_back_another_while_the_others_vote(story: Story) -> None:
    story.appeal(V)
    story.vote_appeal(P1, "A", True)
    assert [judged.can_appeal for judged in tablet(story, P1).judged] == [False, True, True]
    story.appeal(P1, "B")

    view: tuple[AppealView, ...] = stage_view(story.state, Hall()).appeals
    assert [appeal.letter for appeal in view] == ["A"]
