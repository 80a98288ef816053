"""The chairs on the desk, and what the desk offers and warns of."""

import pytest
from story import Story, question, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.question import Check
from finale.show.rundown import Calibration
from finale.show.views.amends import Offer, amends
from finale.show.views.common import Hall, Tag, tag_of
from finale.show.views.faults import Fault
from finale.show.views.host import host_view
from finale.show.views.seats import Seat, finalist_seat, panel_seat
from scoring.rubric import PANEL_RUBRIC

V, W, X = "finalist-v", "finalist-w", "finalist-x"
P1, P2 = "panel-1", "panel-2"
CHECKED = Hall(seats=frozenset({V, P1}), checks={V: "Slow: 0.9 s", P1: "Good"})


def expert(story: Story, seat: str = P1, hall: Hall = CHECKED) -> Seat:
    return panel_seat(story.state, hall, seat, "Expert")


def tag(story: Story, seat: str) -> Tag:
    return tag_of(story.state.rundown.finalist(seat))


def trio() -> Story:
    return Story(rundown(finalists=3, panel=2, rounds=2))


def test_a_finalists_chair_from_the_doors_to_a_submission() -> None:
    story = trio()
    seen = [finalist_seat(story.state, CHECKED, V), finalist_seat(story.state, CHECKED, W)]
    story.ask(c.SeatRobot(seat=W))
    seen.append(finalist_seat(story.state, CHECKED, W))
    story.to(Phase.QUESTION)
    seen.append(finalist_seat(story.state, CHECKED, V))
    story.to(Phase.TUNING)
    story.draft(V, "One.")
    story.draft(V, "Two.")
    story.pin(V, 2)
    seen.append(finalist_seat(story.state, CHECKED, V))

    first, second = tag(story, V), tag(story, W)
    assert seen == [
        Seat(V, "Ada Byron", True, False, "Slow: 0.9 s", "understudy 1", "", first),
        Seat(W, "Bao Ling", False, False, "Ready", "understudy 2", "", second),
        Seat(W, "Bao Ling", True, True, "Ready", "understudy 2", "", second),
        Seat(V, "Ada Byron", True, False, "Ready", "0 drafts", "", first),
        Seat(V, "Ada Byron", True, False, "Draft 2 pinned", "2 drafts", "", first),
    ]


def test_a_finalist_who_has_left_says_nothing_more() -> None:
    story = trio()
    story.ask(ca.WithdrawFinalist(finalist=V, reason="ill"))

    assert finalist_seat(story.state, CHECKED, V) == Seat(
        V, "Ada Byron", True, False, "Withdrawn", "", "", tag(story, V), True
    )


def test_an_experts_chair_from_the_doors_to_the_lock() -> None:
    story = trio()
    seen = [expert(story), expert(story, P2)]
    story.ask(c.SeatRobot(seat=P2))
    seen.append(expert(story, P2))
    story.to_marking()
    seen.append(expert(story))
    for letter in "ABC":
        story.mark(P1, letter)
    seen.append(expert(story))
    story.ask(c.LockScorecards(round=0), P1)
    seen.append(expert(story))
    story.ask(ca.WithdrawPanellist(panellist=P1, reason="ill"))
    seen.append(expert(story))

    assert seen == [
        Seat(P1, "Expert", True, False, "Good"),
        Seat(P2, "Expert", False, False, "Ready"),
        Seat(P2, "Expert", True, True, "Ready"),
        Seat(P1, "Expert", True, False, "0 of 3 cards"),
        Seat(P1, "Expert", True, False, "3 of 3 cards"),
        Seat(P1, "Expert", True, False, "Locked"),
        Seat(P1, "Expert", True, False, "Withdrawn", is_withdrawn=True),
    ]


def test_an_expert_who_has_practised_is_calibrated_until_the_doors_open() -> None:
    marks = dict.fromkeys(PANEL_RUBRIC.keys, 3.0)
    practice = Calibration(question="Why?", answer="So.", marks=marks, reason="Plain.")
    plan = rundown(finalists=2, panel=2).model_copy(update={"calibration": practice})
    story = Story(plan)
    seen = [expert(story).status]
    for criterion in PANEL_RUBRIC.keys:
        story.ask(c.MarkPractice(criterion=criterion, mark=2.5), P1)
        seen.append(expert(story).status)
    story.to(Phase.QUESTION)
    seen.append(expert(story).status)

    assert seen == ["Good", "Good", "Good", "Good, calibrated", "Ready"]


def test_lost_seconds_are_offered_while_the_finalist_is_at_work() -> None:
    story = trio()
    story.to_tuning()
    for seat in (V, W):
        story.start(seat)
        story.record(seat, "", "failed", times=(None, 8.5))
    offers = [amends(story.state).offers]
    story.ask(ca.DecideCredit(round=0, finalist=W, is_granted=True))
    offers.append(amends(story.state).offers)
    story.draft(V, "An answer.")
    story.submit(V, 2)
    offers.append(amends(story.state).offers)

    first = Offer(V, amends(story.state).active[0][1], 8.5)
    second = Offer(W, amends(story.state).active[1][1], 8.5)
    assert offers == [(first, second), (first,), ()]


@pytest.fixture
def trap() -> Story:
    """A checkable question: V is right and marked low, W is wrong and marked high."""
    checked = question(1, check=Check(kind="number", expect=3))
    plan = rundown(finalists=2, panel=2, rounds=1).model_copy(update={"rounds": (checked,)})
    story = Story(plan)
    story.to_reading((V, W), {V: "There are 3.", W: "There are 2."})
    story.to(Phase.MARKING)
    story.give_marks({"A": 2, "B": 9})
    return story


LOW = Fault(
    "The check calls answer A right, the judge marked it low.", "Offer the appeal on A now."
)
HIGH = Fault(
    "The check calls answer B wrong, the judge marked it high.",
    "Say so if asked; an appeal can only lift a mark.",
)


def contradicted(story: Story) -> list[Fault]:
    found = host_view(story.state, CHECKED).faults
    return [fault for fault in found if fault.line.startswith("The check calls")]


def test_the_desk_warns_when_check_and_judge_contradict_each_other(trap: Story) -> None:
    seen = [contradicted(trap)]
    trap.to(Phase.JUDGE_REVEAL)
    seen.append(contradicted(trap))
    trap.to(Phase.APPEAL)
    seen.append(contradicted(trap))
    trap.appeal(V)
    seen.append(contradicted(trap))

    assert seen == [[], [LOW, HIGH], [LOW, HIGH], [HIGH]]


def test_an_offered_appeal_is_no_fault_any_more(trap: Story) -> None:
    trap.to(Phase.JUDGE_REVEAL)
    trap.ask(ca.OfferAppeal(round=0, letter="A"))

    assert contradicted(trap) == [HIGH]


def test_the_rundown_on_the_desk_is_later_in_the_lobby_and_past_at_the_end() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    seen = [{row.status for row in host_view(story.state, CHECKED).rundown}]
    story.play_round()
    seen.append({row.status for row in host_view(story.state, CHECKED).rundown[:-1]})
    story.to(Phase.CHAMPION)
    seen.append({row.status for row in host_view(story.state, CHECKED).rundown})

    assert seen == [{"later"}, {"past"}, {"past"}]
