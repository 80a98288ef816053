"""What an expert may do, and appeals."""

import math
from typing import get_args

import pytest
from pydantic import ValidationError
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events as e
from finale.show.cues import may_appeal, next_cue
from finale.show.phases import Phase
from finale.show.result import score_of

P1, P2, P3 = "panel-1", "panel-2", "panel-3"
V, W, X = "finalist-v", "finalist-w", "finalist-x"
CLOSED = "Marks are taken from reading on, until the marks close."
NO_APPEAL = "You have no appeal left in this show, or no answer in this round."


@pytest.fixture
def reading() -> Story:
    story = Story(rundown(finalists=3, panel=3))
    story.to_reading((V, W, X))
    return story


@pytest.fixture
def appeal(reading: Story) -> Story:
    reading.to(Phase.MARKING)
    reading.give_marks()
    reading.to(Phase.APPEAL)
    return reading


def mark(letter: str = "A", criterion: str = "efficiency", value: float = 3.5) -> c.MarkScorecard:
    return c.MarkScorecard(round=0, letter=letter, criterion=criterion, mark=value)


# ---- marks


def test_marks_are_taken_from_reading_on_and_the_last_one_counts(reading: Story) -> None:
    reading.ask(mark(value=2.0), P1)
    assert reading.ask(mark(value=4.5), P1) == [
        e.ScorecardMarked(round=0, panellist=P1, letter="A", criterion="efficiency", mark=4.5)
    ]
    reading.to(Phase.MARKING)
    reading.ask(mark(criterion="generalization"), P1)

    assert reading.state.round.cards == {(P1, "A"): {"efficiency": 4.5, "generalization": 3.5}}


ALLOWED = "is not a mark from 1 to 5 in steps of 0.5"
MARK_REFUSALS = [
    (mark(letter="D"), "There is no answer D in this round."),
    (mark(letter=""), "There is no answer  in this round."),
    (mark(criterion="taste"), "taste: not a criterion of the panel rubric"),
    (mark(value=0.5), f"Efficiency: 0.5 {ALLOWED}"),
    (mark(value=5.5), f"Efficiency: 5.5 {ALLOWED}"),
    (mark(value=3.25), f"Efficiency: 3.25 {ALLOWED}"),
    (mark(value=math.nan), f"Efficiency: nan {ALLOWED}"),
    (mark(value=math.inf), f"Efficiency: inf {ALLOWED}"),
]


@pytest.mark.parametrize(("command", "sentence"), MARK_REFUSALS)
def test_a_mark_off_the_rubric_is_refused(
    reading: Story, command: c.MarkScorecard, sentence: str
) -> None:
    assert reading.refusal(command, P1) == sentence


def test_marks_are_refused_before_reading_and_after_marking() -> None:
    story = Story(rundown(finalists=2, panel=2))
    story.to_tuning()
    assert story.refusal(mark(), P1) == CLOSED

    story.to_marking()
    story.give_marks()
    assert story.refusal(mark(), P1) == "The marks are closed."

    story.next()
    assert story.refusal(mark(), P1) == CLOSED
    assert story.refusal(c.LockScorecards(round=0), P1) == CLOSED


def test_cards_are_locked_when_complete_and_stay_so(reading: Story) -> None:
    lock = c.LockScorecards(round=0)
    reading.mark(P1, "A")
    reading.ask(mark("B"), P1)
    assert reading.refusal(lock, P1) == "2 of 3 answers are not fully marked yet."

    reading.mark(P1, "B")
    reading.mark(P1, "C")
    assert reading.ask(lock, P1) == [e.ScorecardsLocked(round=0, panellist=P1)]
    assert reading.refusal(lock, P1) == "You have locked your cards for this round."
    assert reading.refusal(mark(), P1) == "You have locked your cards for this round."
    assert len(reading.ask(mark(), P2)) == 1


def test_hold_takes_no_mark_away(reading: Story) -> None:
    reading.next()
    reading.ask(c.HoldShow())

    assert len(reading.ask(mark(), P1)) == 1


@pytest.mark.parametrize("by", ["host", "crew", V])
@pytest.mark.parametrize(
    "command",
    [mark(), c.LockScorecards(round=0), c.VoteAppeal(round=0, letter="A", is_upheld=True)],
    ids=lambda command: type(command).__name__,
)
def test_nobody_but_the_panel_marks_and_votes(reading: Story, command: c.Command, by: str) -> None:
    assert reading.refusal(command, by) == "This is for the panel."


def test_an_unknown_expert_is_refused(reading: Story) -> None:
    assert reading.refusal(mark(), "panel-4") == "There is no seat “panel-4” in this show."


# ---- who may appeal


def test_a_finalist_appeals_for_the_own_answer_whatever_letter_the_page_names(
    appeal: Story,
) -> None:
    assert appeal.appeal(W, "A") == [
        e.AppealBacked(round=0, letter="B", ground="factual error", by=W)
    ]
    assert [(a.letter, a.is_open) for a in appeal.state.round.appeals] == [("B", True)]


def test_an_expert_needs_a_second_one(appeal: Story) -> None:
    appeal.appeal(P1, "A")
    assert appeal.state.open_appeal() is None
    assert appeal.refusal(_file("A"), P1) == "Answer A is under appeal already."

    appeal.appeal(P2, "A", "format fault")
    opened = appeal.state.open_appeal()
    assert opened is not None
    assert (opened.letter, opened.ground, opened.backers) == ("A", "factual error", (P1, P2))
    assert appeal.refusal(_file("A"), P3) == "Answer A is under appeal already."


def _file(letter: str) -> c.FileAppeal:
    return c.FileAppeal(round=0, letter=letter, ground="factual error")


def test_a_finalist_who_joins_a_lone_expert_uses_the_own_appeal_and_ground(appeal: Story) -> None:
    appeal.appeal(P1, "B", "format fault")
    appeal.appeal(W, "B", "rubric misread")
    opened = appeal.state.open_appeal()

    assert opened is not None
    assert (opened.ground, opened.backers) == ("rubric misread", (P1, W))
    assert not may_appeal(appeal.state, W)


def test_appeals_are_for_answers_that_the_judge_marked(reading: Story) -> None:
    reading.to(Phase.MARKING)
    for letter in "AB":
        reading.judge(letter)
    reading.next()
    reading.next()
    reading.tally({})
    reading.next(is_forced=True)
    reading.next()

    sentence = "The judge gave no marks to appeal against."
    assert reading.refusal(_file("C"), P1) == sentence
    assert reading.refusal(_file("Z"), P1) == sentence
    assert reading.refusal(_file("A"), X) == sentence


def test_a_finalist_without_an_answer_has_nothing_to_appeal() -> None:
    story = Story(rundown(finalists=2, panel=2))
    story.to_tuning()
    story.submit(V, story.draft(V, "An answer."))
    story.buzzer()
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks()
    story.to(Phase.APPEAL)

    assert story.refusal(_file("A"), W) == NO_APPEAL


def test_appeals_are_for_the_appeal_phase_and_its_minute(reading: Story) -> None:
    assert reading.refusal(_file("A"), V) == "Appeals are open after the judge’s marks were shown."

    reading.to(Phase.MARKING)
    reading.give_marks()
    reading.to(Phase.APPEAL)
    reading.wait(60)
    assert len(reading.appeal(V)) == 1
    reading.wait(0.001)
    assert reading.refusal(_file("A"), W) == "The time for appeals is over."


def test_hold_stops_the_minute_of_the_appeals(appeal: Story) -> None:
    appeal.wait(50)
    appeal.ask(c.HoldShow())
    appeal.wait(100)

    assert len(appeal.appeal(V)) == 1


@pytest.mark.parametrize("by", ["host", "crew"])
def test_neither_host_nor_crew_appeals(appeal: Story, by: str) -> None:
    assert appeal.refusal(_file("A"), by) == "This is for the finalist or the panel."


# ---- the vote


RULINGS = [
    ((True, True, False), True),
    ((True, False, False), False),
    ((False, False, False), False),
    ((True, True, True), True),
]


@pytest.mark.parametrize(("votes", "is_upheld"), RULINGS)
def test_the_last_vote_rules_by_majority(
    appeal: Story, votes: tuple[bool, ...], is_upheld: bool
) -> None:
    appeal.appeal(V)
    for panellist, vote in zip(appeal.panel, votes, strict=True):
        events = appeal.vote_appeal(panellist, "A", vote)

    assert events[-1] == e.AppealRuled(round=0, letter="A", is_upheld=is_upheld)
    assert appeal.state.open_appeal() is None


def test_a_tie_of_all_votes_rejects() -> None:
    story = Story(rundown(finalists=2, panel=2))
    story.to_marking((V, W))
    story.give_marks()
    story.to(Phase.APPEAL)
    story.appeal(V)
    story.vote_appeal(P1, "A", True)

    assert story.vote_appeal(P2, "A", False)[-1] == e.AppealRuled(
        round=0, letter="A", is_upheld=False
    )


@pytest.mark.parametrize(
    ("votes", "is_upheld"), [((), False), ((True,), True), ((True, False), False)]
)
def test_the_host_rules_with_the_votes_there_are_and_a_tie_rejects(
    appeal: Story, votes: tuple[bool, ...], is_upheld: bool
) -> None:
    appeal.appeal(V)
    for panellist, vote in zip(appeal.panel, votes, strict=False):
        appeal.vote_appeal(panellist, "A", vote)

    rule = c.RuleAppeal(round=0, letter="A", reason=" Two tablets are dead. ")
    assert appeal.ask(rule) == [
        e.AppealRuled(round=0, letter="A", is_upheld=is_upheld, reason="Two tablets are dead.")
    ]
    assert appeal.refusal(rule) == "There is no open appeal on that answer."


def test_votes_are_cut_off_for_a_reason_only(appeal: Story) -> None:
    appeal.appeal(V)
    appeal.vote_appeal(P1, "A", True)
    rule = c.RuleAppeal(round=0, letter="A", reason=" ")

    assert appeal.refusal(rule) == "Say why: the reason stands in the record."
    votes = [appeal.vote_appeal(panellist, "A", True) for panellist in appeal.panel[1:]]
    assert votes[-1][-1] == e.AppealRuled(round=0, letter="A", is_upheld=True, reason="")


def test_a_recused_expert_appeals_and_votes_like_the_others() -> None:
    """A refusal, or a vote left out of the count, would tell that A is the answer of V."""
    story = Story(rundown(finalists=3, panel=3, rounds=1))
    for panellist in (P1, P2):
        story.ask(ca.DeclareRecusal(panellist=panellist, finalist=V, is_recused=True))
    story.to_marking((V, W, X))
    story.give_marks()
    story.to(Phase.APPEAL)
    said = [story.appeal(panellist, letter) for letter in "AB" for panellist in (P1, P2)]
    assert [type(event) for [event] in said] == [e.AppealBacked] * 4
    for letter in "AB":
        for panellist, is_upheld in zip(story.panel, (True, True, False), strict=True):
            story.vote_appeal(panellist, letter, is_upheld)

    assert [appeal.is_upheld for appeal in story.state.round.appeals] == [True, True]


def test_a_vote_is_given_once_and_on_the_open_appeal_alone(appeal: Story) -> None:
    vote = c.VoteAppeal(round=0, letter="A", is_upheld=True)
    assert appeal.refusal(vote, P1) == "There is no vote on that answer."

    appeal.appeal(W)
    assert appeal.refusal(vote, P1) == "There is no vote on that answer."

    appeal.vote_appeal(P1, "B", True)
    again = c.VoteAppeal(round=0, letter="B", is_upheld=False)
    assert appeal.refusal(again, P1) == "You have voted on this appeal."


def test_appeals_are_voted_on_one_after_the_other(appeal: Story) -> None:
    appeal.appeal(W)
    appeal.appeal(V)
    assert appeal.refusal(c.VoteAppeal(round=0, letter="A", is_upheld=True), P1) == (
        "There is no vote on that answer."
    )

    appeal.ask(c.RuleAppeal(round=appeal.number, letter="B", reason="Two tablets are dead."))
    opened = appeal.state.open_appeal()
    assert opened is not None
    assert opened.letter == "A"


def test_an_open_appeal_keeps_host_and_clock_from_going_on(appeal: Story) -> None:
    appeal.appeal(V)

    assert appeal.time_up() == [e.AppealsClosed(round=0)]
    assert (appeal.state.phase, appeal.state.deadlines) == (Phase.APPEAL, {})
    cue = next_cue(appeal.state)
    assert cue is not None
    assert appeal.refusal(c.CallCue(cue=cue.id)) == (
        "“Go to the reveal” waits for the experts’ vote on answer A."
    )
    assert appeal.refusal(_file("B"), W) == "The time for appeals is over."


def test_a_ruling_stands_on_stage_until_the_host_goes_on(appeal: Story) -> None:
    appeal.appeal(V)
    appeal.ask(c.RuleAppeal(round=appeal.number, letter="A", reason="Two tablets are dead."))
    cue = next_cue(appeal.state)
    assert cue is not None
    assert appeal.refusal(c.CallCue(cue=cue.id)) == "“Go to the reveal” waits for the appeal clock."

    appeal.time_up()
    assert appeal.state.phase is Phase.APPEAL
    appeal.next()
    assert appeal.state.phase is Phase.REVEAL


# ---- what an appeal changes


def _judge_points(story: Story) -> dict[str, float]:
    score = score_of(story.state.round, story.plan.settings)
    return {finalist: of.parts["judge"].points for finalist, of in score.scores.items()}


def test_an_upheld_appeal_lifts_the_judges_points_to_the_panels_and_nobody_elses() -> None:
    story = Story(rundown(finalists=3, panel=3))
    story.to_marking((V, W, X))
    story.give_marks({"A": 3, "B": 7, "C": 9}, {"A": 5, "B": 3, "C": 2})
    story.to(Phase.APPEAL)
    before = _judge_points(story)
    story.appeal(V)
    for panellist in story.panel:
        story.vote_appeal(panellist, "A", True)
    after = _judge_points(story)

    assert before[V] == 40
    assert after == before | {V: 100}


def _appeal_in_a_new_round(story: Story, is_upheld: bool) -> None:
    story.to_marking((V, W))
    story.give_marks()
    story.to(Phase.APPEAL)
    story.appeal(V)
    for panellist in story.panel:
        story.vote_appeal(panellist, "A", is_upheld)


def test_one_appeal_a_show_and_an_upheld_one_is_kept() -> None:
    story = Story(rundown(finalists=2, panel=2, rounds=3))
    _appeal_in_a_new_round(story, is_upheld=True)
    assert may_appeal(story.state, V)

    story.to_standings()
    _appeal_in_a_new_round(story, is_upheld=False)
    assert not may_appeal(story.state, V)
    assert may_appeal(story.state, W)

    story.to_standings()
    story.to_marking((V, W))
    story.give_marks()
    story.to(Phase.APPEAL)
    assert story.refusal(c.FileAppeal(round=2, letter="A", ground="factual error"), V) == NO_APPEAL


# ---- when the host need not wait


def test_host_waits_for_the_minute_while_anybody_may_appeal(appeal: Story) -> None:
    cue = next_cue(appeal.state)
    assert cue is not None

    assert cue.waits_for == "the appeal clock"


def test_host_goes_on_at_once_when_nobody_may_appeal_any_more(appeal: Story) -> None:
    for seat in (V, W, X):
        appeal.appeal(seat)
    for letter in "ABC":
        appeal.ask(c.RuleAppeal(round=appeal.number, letter=letter, reason="Two tablets are dead."))

    appeal.next()
    assert appeal.state.phase is Phase.REVEAL


def test_host_goes_on_at_once_when_the_judge_marked_nothing(reading: Story) -> None:
    reading.to(Phase.MARKING)
    reading.next()
    reading.next()
    reading.tally({"A": 9})
    reading.next(is_forced=True)
    reading.next()
    reading.next()

    assert reading.state.phase is Phase.REVEAL


@pytest.mark.parametrize("ground", ["taste", "", "Factual error"])
def test_grounds_are_of_a_list_and_taste_is_none(ground: str) -> None:
    kept = get_args(c.Ground)
    assert kept == ("factual error", "rubric misread", "format fault")
    with pytest.raises(ValidationError, match="Input should be 'factual error', 'rubric misread'"):
        c.FileAppeal.model_validate({"round": 0, "letter": "A", "ground": ground})
