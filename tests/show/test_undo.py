"""Undo, replaced questions, chairs handed over, and the appeal that a check calls for."""

import pytest
from story import Story, question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.cues import undo_of
from finale.show.phases import Phase
from finale.show.question import Check
from finale.show.result import contradictions
from finale.show.views.amends import amends

V, W, X = "finalist-v", "finalist-w", "finalist-x"
GONE_ON = "The show has gone on; that step cannot be undone any more."
SHOWN = "The last step showed something new, so it cannot be undone."


def trio(rounds: int = 2) -> Story:
    return Story(rundown(finalists=3, panel=3, rounds=rounds))


# ---- undo


def test_tuning_that_nobody_has_used_goes_back_to_its_question() -> None:
    story = trio()
    story.to_tuning()
    story.wait(5)

    assert story.ask(ca.UndoCue(at="1.tuning.0")) == [
        ea.CueUndone(phase=Phase.QUESTION, deadlines={"phase": story.now + 20})
    ]
    assert story.state.phase is Phase.QUESTION
    assert story.next()[0] == e.PhaseEntered(
        phase=Phase.TUNING, round=0, deadlines={"phase": story.now + 90}
    )


def test_a_clock_that_has_run_out_is_not_given_twice() -> None:
    story = trio()
    story.to_tuning()
    story.wait(90)
    over = "Time is up, and everybody has seen that; it is not given twice."
    assert story.refusal(ca.UndoCue(at="1.tuning.0")) == over
    story.now -= 0.001
    story.ask(ca.UndoCue(at="1.tuning.0"))

    story.to_marking()
    story.give_marks()
    story.to(Phase.APPEAL)
    story.wait(60)
    assert story.refusal(ca.UndoCue(at="1.appeal.0.1")) == over


def test_the_desk_offers_an_undo_with_its_phase_and_none_in_hold() -> None:
    story = trio()
    seen = [amends(story.state).undo]
    story.to_tuning()
    seen.append(amends(story.state).undo)
    story.ask(c.HoldShow())
    seen.append(amends(story.state).undo)

    assert seen == ["", "question", ""]


def test_tuning_in_which_somebody_has_generated_is_not_undone() -> None:
    story = trio()
    story.to_tuning()
    story.start(V)

    assert story.refusal(ca.UndoCue(at="1.tuning.0")) == SHOWN


def test_a_break_goes_back_to_the_standings() -> None:
    story = trio()
    story.play_round()
    story.ask(c.CallBreak())

    assert story.ask(ca.UndoCue(at="1.break.0")) == [ea.CueUndone(phase=Phase.STANDINGS)]
    assert story.ask(c.CallBreak())


def test_appeals_that_nobody_has_used_go_back_to_the_judges_marks() -> None:
    story = trio()
    story.to_marking((V, W, X))
    story.give_marks()
    story.to(Phase.APPEAL)
    assert story.ask(ca.UndoCue(at="1.appeal.0")) == [ea.CueUndone(phase=Phase.JUDGE_REVEAL)]

    story.to(Phase.APPEAL)
    story.appeal("panel-1", "A")
    assert story.refusal(ca.UndoCue(at="1.appeal.0.1")) == SHOWN


@pytest.mark.parametrize(
    "phase",
    [p for p in Phase if p not in (Phase.TUNING, Phase.APPEAL, Phase.BREAK, Phase.SUDDEN_DEATH)],
)
def test_what_showed_something_new_is_not_undone(phase: Phase) -> None:
    story = trio(rounds=1)
    if phase is Phase.QUESTION:
        story.to(phase)
    if phase is Phase.LOCKED:
        story.to_tuning()
        story.buzzer()
    if phase in (Phase.READING, Phase.MARKING):
        story.to_reading((V, W, X))
        story.to(phase)
    if phase in (Phase.JUDGE_REVEAL, Phase.REVEAL):
        story.to_marking((V, W, X))
        story.give_marks()
        story.to(Phase.JUDGE_REVEAL)
    if phase is Phase.REVEAL:
        story.to(Phase.APPEAL)
        story.time_up()
    if phase in (Phase.STANDINGS, Phase.CHAMPION):
        story.play_round()
        story.to(phase)

    assert story.state.phase is phase
    assert story.refusal(ca.UndoCue(at=amends(story.state).at)) == SHOWN


def test_an_undo_acts_only_where_its_button_was_drawn_and_not_in_hold() -> None:
    story = trio()
    story.to_tuning()
    assert story.refusal(ca.UndoCue(at="1.question.0")) == GONE_ON
    story.ask(c.HoldShow())
    assert story.refusal(ca.UndoCue(at="1.tuning.0")) == "The show is on hold. Resume first."
    assert story.refusal(ca.UndoCue(at="1.tuning.0"), "crew") == "This is for the host."


# ---- another question


def replace(of_round: int, spare: str = "question-51") -> ca.ReplaceQuestion:
    return ca.ReplaceQuestion(of_round=of_round, question=spare, reason="It was in the press.")


def test_a_question_on_screen_is_replaced_and_begins_anew() -> None:
    story = trio()
    story.to(Phase.QUESTION)
    story.wait(15)

    assert story.ask(replace(0)) == [
        ea.QuestionReplaced(of_round=0, question="question-51", reason="It was in the press."),
        e.PhaseEntered(phase=Phase.QUESTION, round=0, deadlines={"phase": story.now + 20}),
    ]
    assert story.state.round.question.id == "question-51"


def test_a_question_ahead_is_replaced_and_played_in_its_round() -> None:
    story = trio()
    assert story.ask(replace(1)) == [
        ea.QuestionReplaced(of_round=1, question="question-51", reason="It was in the press.")
    ]
    story.play_round()
    assert story.state.round.question.id == "question-1"
    story.to(Phase.QUESTION)
    assert story.state.round.question.id == "question-51"


def test_the_reserve_question_of_a_sudden_death_can_be_replaced_too() -> None:
    story = trio(rounds=1)
    story.play_level_round()
    story.to(Phase.QUESTION)
    assert story.state.round.question.id == "question-99"
    story.ask(replace(1))

    assert story.state.round.question.id == "question-51"


def test_questions_are_replaced_before_their_tuning_only() -> None:
    story = trio()
    before = "A question can be replaced before its tuning only."
    story.to_tuning()
    assert story.refusal(replace(0)) == before
    assert story.refusal(replace(2)) == before
    assert story.refusal(replace(-1)) == before
    # An undo leads back to before the tuning.
    story.ask(ca.UndoCue(at="1.tuning.0"))
    assert len(story.ask(replace(0))) == 2


def test_replaced_questions_are_refused_by_name() -> None:
    story = trio()
    story.to(Phase.QUESTION)
    assert story.refusal(replace(0, "question-2")) == (
        "“question-2” is not among the spare questions of this show."
    )
    story.ask(replace(1))
    assert story.refusal(replace(0)) == "“question-51” has been used already."
    story.ask(c.HoldShow())
    assert story.refusal(replace(0, "question-52")) == "The show is on hold. Resume first."
    no_reason = ca.ReplaceQuestion(of_round=0, question="question-52", reason="")
    assert story.refusal(no_reason) == "Say why: the reason stands in the record."


def test_no_question_is_replaced_after_the_champion() -> None:
    story = trio(rounds=1)
    story.play_round()
    story.to(Phase.CHAMPION)

    assert story.refusal(replace(1)) == "The show is over; the result is locked."


# ---- a chair at another device


def test_a_chair_goes_on_at_another_device_in_any_phase() -> None:
    story = trio(rounds=1)
    assert story.ask(ca.HandSeat(seat="panel-2")) == [ea.SeatHanded(seat="panel-2")]
    story.play_round()
    story.to(Phase.CHAMPION)
    assert story.ask(ca.HandSeat(seat=V)) == [ea.SeatHanded(seat=V)]
    assert story.refusal(ca.HandSeat(seat="host")) == "There is no seat “host” in this show."


# ---- the appeal that a check calls for


@pytest.fixture
def trap() -> Story:
    """A checkable question: A and C are right, B is wrong; the judge marks A and B at 4, C at 5."""
    plan = rundown(finalists=3, panel=3, rounds=1)
    checked = question(1, check=Check(kind="number", expect=3))
    story = Story(plan.model_copy(update={"rounds": (checked,)}))
    story.to_reading((V, W, X), {V: "There are 3.", W: "There are 2.", X: "I count 3."})
    story.to(Phase.MARKING)
    story.give_marks({"A": 4, "B": 4, "C": 5})
    story.to(Phase.JUDGE_REVEAL)
    return story


def test_an_offered_appeal_opens_the_appeals_at_once(trap: Story) -> None:
    assert trap.ask(ca.OfferAppeal(round=0, letter="A")) == [
        e.PhaseEntered(phase=Phase.APPEAL, round=0, deadlines={"phase": trap.now + 60}),
        ea.AppealOffered(round=0, letter="A"),
    ]
    assert trap.state.round.offered == {"A"}
    assert trap.appeal(V) == [e.AppealBacked(round=0, letter="A", ground="factual error", by=V)]


def test_an_appeal_can_be_offered_while_appeals_are_open(trap: Story) -> None:
    trap.to(Phase.APPEAL)

    assert trap.ask(ca.OfferAppeal(round=0, letter="A")) == [ea.AppealOffered(round=0, letter="A")]
    assert trap.refusal(ca.OfferAppeal(round=0, letter="A")) == (
        "The appeal on answer A is offered already."
    )


def test_after_an_offer_was_said_on_stage_the_appeals_are_not_undone(trap: Story) -> None:
    trap.to(Phase.APPEAL)
    assert undo_of(trap.state) is Phase.JUDGE_REVEAL
    trap.ask(ca.OfferAppeal(round=0, letter="A"))
    assert undo_of(trap.state) is None


def test_only_a_right_answer_that_was_not_offered_yet_is_on_the_desk(trap: Story) -> None:
    seen = [amends(trap.state).appeals]
    trap.ask(ca.OfferAppeal(round=0, letter="A"))
    seen.append(amends(trap.state).appeals)

    assert seen == [("A",), ()]


def test_a_wrong_answer_with_a_high_mark_calls_for_no_appeal() -> None:
    plan = rundown(finalists=3, panel=3, rounds=1)
    checked = question(1, check=Check(kind="number", expect=3))
    story = Story(plan.model_copy(update={"rounds": (checked,)}))
    story.to_reading((V, W, X), {V: "There are 3.", W: "There are 2.", X: "I count 2."})
    story.to(Phase.MARKING)
    story.give_marks({"A": 4, "B": 7, "C": 6})
    story.to(Phase.JUDGE_REVEAL)

    assert contradictions(story.state.round) == {"A": True, "B": False}
    assert amends(story.state).appeals == ("A",)


def test_no_appeal_is_offered_where_no_expert_is_left_to_vote(trap: Story) -> None:
    for expert in trap.panel:
        trap.ask(ca.WithdrawPanellist(panellist=expert, reason="Called away."))

    assert trap.refusal(ca.OfferAppeal(round=0, letter="A")) == (
        "There is no expert to vote on an appeal."
    )


@pytest.mark.parametrize("letter", ["B", "C", "Z"])
def test_only_a_right_answer_with_a_low_mark_is_offered_an_appeal(trap: Story, letter: str) -> None:
    assert trap.refusal(ca.OfferAppeal(round=0, letter=letter)) == (
        f"The check does not contradict the judge’s low mark of {letter}."
    )


def test_offers_are_refused_by_name(trap: Story) -> None:
    command = ca.OfferAppeal(round=0, letter="A")
    trap.to(Phase.APPEAL)
    trap.ask(c.HoldShow())
    assert trap.refusal(command) == "The show is on hold. Resume first."
    trap.ask(c.ResumeShow())
    trap.appeal(V)
    assert trap.refusal(command) == "Answer A is under appeal already."
    trap.ask(c.RuleAppeal(round=trap.number, letter="A", reason="Two tablets are dead."))
    trap.time_up()
    trap.next()
    assert trap.refusal(command) == "An appeal can be offered once the judge’s marks were shown."


def test_no_appeal_is_offered_that_nobody_could_file_any_more(trap: Story) -> None:
    trap.to(Phase.APPEAL)
    trap.appeal("finalist-w")
    trap.now = trap.state.deadlines["phase"] + 0.5
    assert trap.refusal(ca.OfferAppeal(round=0, letter="A")) == "The time for appeals is over."
    assert amends(trap.state).appeals == ("A",)

    trap.time_up()
    assert trap.refusal(ca.OfferAppeal(round=0, letter="A")) == "The time for appeals is over."
    assert amends(trap.state).appeals == ()


def test_without_a_check_there_is_no_contradiction() -> None:
    story = trio()
    story.to_marking((V, W, X))
    story.give_marks({"A": 1, "B": 1, "C": 1})
    story.to(Phase.JUDGE_REVEAL)

    assert story.refusal(ca.OfferAppeal(round=0, letter="A")) == (
        "The check does not contradict the judge’s low mark of A."
    )


def test_the_desk_has_the_spares_that_were_not_asked_yet() -> None:
    story = trio()
    seen = [[spare.id for spare in amends(story.state).spares]]
    story.ask(replace(of_round=0))
    seen.append([spare.id for spare in amends(story.state).spares])

    assert seen == [["question-51", "question-52"], ["question-52"]]


def test_the_desk_says_why_nothing_can_be_voided() -> None:
    story = trio(rounds=1)
    seen = [amends(story.state).why_locked]
    story.play_round()
    seen.append(amends(story.state).why_locked)
    story.to(Phase.CHAMPION)
    seen.append(amends(story.state).why_locked)

    assert seen == ["Once a round’s answers are in.", "", "The result is locked."]
