"""What may no longer change, what is lost only once, and who no longer counts."""

from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.cues import next_cue
from finale.show.phases import Phase
from finale.show.result import standings_of
from finale.show.state import Credit
from finale.show.views.common import Hall
from finale.show.views.host import host_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
E1, E2 = "panel-1", "panel-2"


def in_sudden_death() -> Story:
    """Two of three play the reserve question, level before it."""
    story = Story(rundown(finalists=3, panel=1, rounds=1))
    story.to_marking((V, W, X))
    level = dict.fromkeys("ABC", 10)
    story.give_marks(dict.fromkeys("ABC", 7), {"A": 4, "B": 4, "C": 3.5}, level)
    story.to_standings()
    story.to(Phase.SUDDEN_DEATH)
    story.to_tuning()
    return story


def test_the_result_that_sudden_death_rests_on_does_not_change_while_it_is_played() -> None:
    story = in_sudden_death()
    why = "Sudden death rests on this result, so it can no longer change."
    mark = ca.CorrectMark(
        of_round=0, panellist=E1, letter="C", criterion="efficiency", mark=4, reason="A slip."
    )
    void = ca.VoidComponent(of_round=0, component="judge", reason="Out.")

    assert story.state.round.finalists == (V, W)
    assert [story.refusal(command) for command in (mark, void)] == [why, why]


def failed(story: Story, seconds: float, seat: str = V) -> None:
    """The finalist's draft fails after so many seconds of the wall's clock."""
    story.record(seat, "", "failed", times=(None, seconds))


def test_a_hold_that_was_lifted_is_not_sold_back_as_lost_seconds() -> None:
    story = Story(rundown(finalists=2))
    story.to_tuning()
    story.start(V)
    story.wait(1)
    story.ask(c.HoldShow())
    story.wait(25)
    story.ask(c.ResumeShow())
    story.wait(1)
    failed(story, 27)

    assert story.state.round.credits[V].offered == 2


def test_a_draft_after_a_hold_lost_all_of_its_seconds() -> None:
    story = Story(rundown(finalists=2))
    story.to_tuning()
    story.ask(c.HoldShow())
    story.wait(25)
    story.ask(c.ResumeShow())
    story.start(V)
    story.wait(8)
    failed(story, 8)

    assert story.state.round.credits[V].offered == 8


def test_what_several_drafts_lose_at_the_same_time_is_lost_once() -> None:
    story = Story(rundown(finalists=2, drafts_at_once=3))
    story.to_tuning()
    for _ in range(3):
        story.start(V)
        story.wait(1)
    story.wait(7)
    for draft, seconds in ((1, 10), (2, 9), (3, 8)):
        command = c.RecordDraft(
            round=0, finalist=V, draft=draft, text="", outcome="failed", total_s=seconds
        )
        story.ask(command, "crew")

    assert story.state.round.credits[V] == Credit(10, 10, 0, story.now)


def test_a_button_drawn_for_the_old_question_does_not_start_the_new_one() -> None:
    story = Story(rundown(finalists=2))
    story.next()
    drawn = next_cue(story.state)
    assert drawn is not None
    story.ask(ca.ReplaceQuestion(of_round=0, question="question-51", reason="It was leaked."))

    assert story.refusal(c.CallCue(cue=drawn.id)) == "That step was already taken."
    story.to_tuning()
    assert story.state.round.question.id == "question-51"


def test_the_lobby_shows_the_notes_of_the_question_that_will_be_asked() -> None:
    story = Story(rundown(finalists=2))
    story.ask(ca.ReplaceQuestion(of_round=0, question="question-51", reason="It was leaked."))

    assert host_view(story.state, Hall()).notes == "Notes for question 51."


def test_without_experts_there_is_no_appeal_to_wait_for() -> None:
    story = Story(rundown(finalists=2, panel=0, rounds=1))
    story.to_marking()
    story.give_marks()
    story.to(Phase.APPEAL)
    command = c.FileAppeal(round=0, letter="A", ground="factual error")

    assert story.refusal(command, V) == "This show has no experts to vote on an appeal."
    story.to(Phase.REVEAL)


def appealed() -> Story:
    """Three experts are asked about the appeal on A."""
    story = Story(rundown(finalists=2, panel=3, rounds=1))
    story.to_marking((V, W))
    story.give_marks()
    story.to(Phase.APPEAL)
    return story


def test_an_appeal_of_two_experts_needs_two_who_are_there() -> None:
    story = appealed()
    story.appeal(E1, "A")
    story.ask(ca.WithdrawPanellist(panellist=E1, reason="Taken ill."))
    story.appeal(E2, "A")

    assert [(a.backers, a.is_filed) for a in story.state.round.appeals] == [((E2,), False)]


def test_a_withdrawn_finalist_appeals_no_more() -> None:
    story = appealed()
    story.ask(ca.WithdrawFinalist(finalist=V, reason="Taken ill."))
    command = c.FileAppeal(round=0, letter="A", ground="factual error")

    assert story.refusal(command, V) == (
        "You have no appeal left in this show, or no answer in this round."
    )


def test_a_vote_whose_ballots_were_deleted_is_not_opened_again() -> None:
    story = Story(rundown(finalists=2))
    story.to_marking()
    story.ask(c.CloseGate(round=story.number, gate="vote"))
    story.tally({"A": 5, "B": 4})
    story.ask(c.ForgetBallots(), "crew")

    assert story.refusal(c.OpenGate(round=story.number, gate="vote")) == (
        "The ballots of this vote were deleted after the count; it stays closed."
    )


def test_ballots_that_do_not_count_in_their_round_break_no_tie() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1, quorum=5))
    story.to_marking((V, W))
    level = dict.fromkeys("AB", 7)
    story.give_marks(level, dict.fromkeys("AB", 3.0), {"A": 3, "B": 1})
    table = standings_of(story.state)
    assert [(s.finalist, s.place, s.ballots, s.decided_by) for s in table] == [
        (V, 1, 0, ""),
        (W, 1, 0, ""),
    ]
