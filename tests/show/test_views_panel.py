"""What one expert and the judge may see."""

from dataclasses import asdict

import pytest
from story import Story, question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.views.common import Answer
from finale.show.views.finalist import finalist_view
from finale.show.views.judge import JudgeView, judge_view
from finale.show.views.panel import AppealVote, Card, JudgedAnswer, PanelView, panel_view
from finale.show.views.stage import AppealView

V, W = "finalist-v", "finalist-w"
P1, P2 = "panel-1", "panel-2"
WAITS = {
    Phase.LOBBY: "You are in. The first question comes when the host opens the show.",
    Phase.QUESTION: "The question is on stage. The answers come to this tablet after tuning.",
    Phase.TUNING: "The finalists are tuning. The answers come here when the clock ends.",
}


def checkable() -> Story:
    plan = rundown(finalists=2, panel=2, rounds=1)
    trap = question(1, check={"kind": "number", "expect": 3})
    return Story(plan.model_copy(update={"rounds": (trap,)}))


@pytest.fixture
def story() -> Story:
    story = Story(rundown(finalists=2, panel=2, rounds=1))
    story.to_tuning()
    story.submit(V, story.draft(V, "Ada says three.", (0.31, 4.07)))
    story.submit(W, story.draft(W, "Four, I think.", (1.93, 11.4)))
    story.end_tuning((W, V))
    return story


def view(story: Story, seat: str = P1) -> PanelView:
    return panel_view(story.state, seat)


def test_nothing_is_there_to_mark_before_reading() -> None:
    story = Story(rundown(finalists=2, panel=2))
    for phase, notice in WAITS.items():
        story.to(phase)
        seen = view(story)
        assert (seen.cards, seen.reference, seen.key_facts, seen.notice) == ((), "", (), notice)


def test_reference_comes_with_the_lock_and_answers_with_reading(story: Story) -> None:
    locked = view(story)
    assert (locked.reference, locked.cards) == (story.state.round.question.reference, ())

    story.move_on()
    assert view(story).cards == (
        Card(Answer("A", "Four, I think.", 3, 2.0, 11.5), {}, is_complete=False),
        Card(Answer("B", "[name] says three.", 3, 0.5, 4.5), {}, is_complete=False),
    )
    assert view(story).is_open


def test_an_expert_sees_the_own_marks_alone(story: Story) -> None:
    story.move_on()
    before = view(story, P2)
    story.mark(P1, "A", 4.5)

    assert view(story, P2) == before
    card = view(story).cards[0]
    marks = {"efficiency": 4.5, "generalization": 4.5, "response_quality": 4.5}
    assert (card.marks, card.is_complete, view(story).done) == (marks, True, 1)
    assert list(card.marks) == sorted(card.marks)


def test_order_of_marks_does_not_show_in_the_view(story: Story) -> None:
    story.move_on()
    for panellist, order in ((P1, ("efficiency", "generalization")), (P2, ("generalization",))):
        for criterion in order:
            mark = c.MarkScorecard(round=0, letter="A", criterion=criterion, mark=3)
            story.ask(mark, panellist)
    story.ask(c.MarkScorecard(round=0, letter="A", criterion="efficiency", mark=3), P2)

    assert str(view(story, P1).cards) == str(view(story, P2).cards)


LATER = {
    Phase.LOCKED: "The answers are being shuffled.",
    Phase.READING: "",
    Phase.MARKING: "",
    Phase.JUDGE_REVEAL: "The AI judge’s marks are on stage.",
    Phase.APPEAL: "",
    Phase.REVEAL: "The scores are on stage.",
    Phase.STANDINGS: "The standings are on stage. Every question is played.",
    Phase.CHAMPION: "The show is over. Thank you for your marks.",
}


def test_every_phase_has_its_notice_and_its_clock(story: Story) -> None:
    seen = {}
    while story.state.phase is not Phase.CHAMPION:
        now = view(story)
        seen[story.state.phase] = now.notice, now.clock and now.clock.deadline - story.now
        story.step()
    seen[Phase.CHAMPION] = view(story).notice, view(story).clock

    clocks = {Phase.LOCKED: 3, Phase.MARKING: 120, Phase.APPEAL: 60}
    assert seen == {phase: (notice, clocks.get(phase)) for phase, notice in LATER.items()}


def test_break_and_sudden_death_have_their_notices() -> None:
    level = Story(rundown(finalists=2, panel=2, rounds=2))
    level.play_level_round()
    seen = [view(level).notice]
    level.ask(c.CallBreak())
    seen.append(view(level).notice)
    level.play_level_round()
    level.to(Phase.SUDDEN_DEATH)
    seen.append(view(level).notice)

    assert seen == [
        "The standings are on stage. The next question comes soon.",
        "There is a break. Stay near your tablet.",
        "Sudden death: the tied finalists play one more question.",
    ]


def test_notices_say_why_marks_are_not_taken(story: Story) -> None:
    story.move_on()
    for letter in "AB":
        story.mark(P1, letter)
    story.ask(c.LockScorecards(round=0), P1)
    assert (view(story).notice, view(story).is_locked) == ("Your cards are locked.", True)

    story.next()
    story.ask(c.HoldShow())
    assert view(story, P2).notice == "The host has stopped the show. Your marks are kept."
    story.ask(c.ResumeShow())

    story.to(Phase.MARKING)
    story.ask(c.CloseGate(round=story.number, gate="marks"))
    assert view(story, P2).notice == "The marks are closed."


def test_check_of_a_trap_stands_beside_each_answer() -> None:
    story = checkable()
    story.to_reading((W, V), {V: "There are 3.", W: "There are 2."})

    assert [card.check for card in view(story).cards] == [False, True]


def test_check_of_a_trap_stands_in_the_appeals_and_in_the_vote() -> None:
    for letter, owner, is_right in (("A", W, False), ("B", V, True)):
        story = checkable()
        story.to_reading((W, V), {V: "There are 3.", W: "There are 2."})
        story.to(Phase.MARKING)
        story.give_marks()
        story.to(Phase.APPEAL)
        assert [card.check for card in view(story).cards] == [False, True]
        story.appeal(owner)

        vote = view(story).vote
        assert vote is not None
        assert (vote.letter, vote.check) == (letter, is_right)


def test_check_is_of_the_answer_as_it_was_given_not_as_it_is_masked() -> None:
    plan = rundown(finalists=2, panel=2, rounds=1)
    trap = question(1, check={"kind": "word", "expect": "Byron"})
    story = Story(plan.model_copy(update={"rounds": (trap,)}))
    story.to_reading((W, V), {V: "Ada Byron wrote it.", W: "Nobody did."})

    assert [card.check for card in view(story).cards] == [False, True]


def test_judges_marks_are_shown_in_the_appeals_by_letter(story: Story) -> None:
    story.move_on()
    story.to(Phase.MARKING)
    story.judge("B", 6)
    story.next()
    story.next()
    story.tally({})
    story.next(is_forced=True)
    assert view(story).judged == ()

    story.next()
    marks = {"relevance": 6.0, "depth": 6.0, "coherence": 6.0}
    judged = JudgedAnswer("B", marks, 60.0, "It is a 6.", can_appeal=True)
    assert view(story).judged == (judged,)


def test_a_lone_experts_backing_is_seen_by_nobody_else(story: Story) -> None:
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks()
    story.to(Phase.APPEAL)
    before = view(story, P2)
    story.appeal(P1, "A")

    assert view(story, P2) == before
    assert [(j.can_appeal, j.is_backed_by_you) for j in view(story).judged] == [
        (False, True),
        (True, False),
    ]


def test_the_vote_shows_the_masked_answer_and_the_own_vote_alone(story: Story) -> None:
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks({"A": 9, "B": 6})
    story.to(Phase.APPEAL)
    story.appeal(V)
    story.vote_appeal(P1, "B", True)
    marks = {"relevance": 6.0, "depth": 6.0, "coherence": 6.0}
    judged = JudgedAnswer("B", marks, 60.0, "It is a 6.", can_appeal=False)

    assert view(story, P2).vote == AppealVote(
        "B", "factual error", "[name] says three.", judged, None
    )
    own = view(story).vote
    assert own is not None
    assert own.your_vote is True


def test_a_ruling_is_shown_by_letter_to_every_expert(story: Story) -> None:
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks({"A": 9, "B": 6}, {"A": 2, "B": 4})
    story.to(Phase.APPEAL)
    story.appeal(V)
    story.vote_appeal(P1, "B", True)
    assert [judged.ruled for judged in view(story).judged] == [None, None]

    story.vote_appeal(P2, "B", True)
    ruled = AppealView("B", "factual error", 2, 2, "upheld", 16.0, 40.0, 2, 40.0)
    for seat in (P1, P2):
        assert [judged.ruled for judged in view(story, seat).judged] == [None, ruled]
    assert view(story).vote is None


def test_an_offered_appeal_is_told_by_letter_until_somebody_appeals() -> None:
    story = checkable()
    story.to_reading((W, V), {V: "There are 3.", W: "There are 2."})
    story.to(Phase.MARKING)
    story.give_marks({"A": 9, "B": 1})
    story.to(Phase.JUDGE_REVEAL)
    story.ask(ca.OfferAppeal(round=0, letter="B"))
    seen = {seat: panel_view(story.state, seat) for seat in (P1, P2)}
    own = {seat: finalist_view(story.state, seat).judged for seat in (V, W)}

    assert [view.offered for view in seen.values()] == [("B",), ("B",)]
    assert [[j.is_offered for j in view.judged] for view in seen.values()] == [[False, True]] * 2
    assert {seat: judged.is_offered for seat, judged in own.items() if judged} == {
        V: True,
        W: False,
    }

    story.appeal(V)
    story.ask(c.RuleAppeal(round=story.number, letter="B", reason="Two tablets are dead."))
    assert view(story).offered == ()
    assert [judged.is_offered for judged in view(story).judged] == [False, False]


def test_an_offer_ends_with_the_time_for_appeals() -> None:
    story = checkable()
    story.to_reading((W, V), {V: "There are 3.", W: "There are 2."})
    story.to(Phase.MARKING)
    story.give_marks({"A": 9, "B": 1})
    story.to(Phase.APPEAL)
    story.ask(ca.OfferAppeal(round=0, letter="B"))
    story.appeal(W)
    story.ask(c.RuleAppeal(round=story.number, letter="A", reason="Two tablets are dead."))
    assert view(story).offered == ("B",)
    story.time_up()

    assert (story.state.phase, view(story).offered) == (Phase.APPEAL, ())


def test_judge_sees_question_reference_facts_and_the_masked_answer_alone(story: Story) -> None:
    asked = story.state.round.question

    assert judge_view(story.state, "B") == JudgeView(
        asked.text, asked.reference, asked.key_facts, "[name] says three."
    )
    assert set(asdict(judge_view(story.state, "A"))) == {
        "question",
        "reference",
        "key_facts",
        "answer",
    }


def test_judge_has_no_view_of_a_letter_that_was_not_drawn(story: Story) -> None:
    with pytest.raises(KeyError):
        judge_view(story.state, "C")
