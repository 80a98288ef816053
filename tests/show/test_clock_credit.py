"""Seconds that a finalist's own failing model cost: offered, decided, and a clock of one's own."""

import pytest
from story import Story

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.phases import Phase
from finale.show.rules_crew import ends_at, next_zero, over_at
from finale.show.state import GRACE_S, Credit, Submission

V, W, X = "finalist-v", "finalist-w", "finalist-x"
LOCKED = "Your clock is over. What counts is what was pinned or finished at 0:00."


def fail(story: Story, seat: str, seconds: float | None) -> list[e.Event]:
    """The model of that finalist fails after so many seconds."""
    story.start(seat)
    return story.record(seat, "", "failed", times=(None, seconds))


def decide(story: Story, seat: str, is_granted: bool) -> list[e.Event]:
    """The host grants or declines."""
    return story.ask(ca.DecideCredit(round=story.number, finalist=seat, is_granted=is_granted))


def zero(story: Story) -> float:
    """0:00 for whoever has no credit."""
    return story.state.deadlines["phase"]


def overtime(story: Story, seat: str = V, seconds: float = 20.0) -> Story:
    """The buzzer has sounded for all but that finalist, who lost so many seconds."""
    for other in story.finalists:
        if other != seat:
            story.draft(other, "An answer in time.")
    fail(story, seat, seconds)
    story.time_up()
    return story


# ---- the offer


def test_a_failed_draft_offers_the_seconds_that_it_cost(tuning: Story) -> None:
    assert fail(tuning, V, 8.5)[1:] == [ea.CreditOffered(round=0, finalist=V, draft=1, seconds=8.5)]
    assert tuning.state.round.credits == {V: Credit(offered=8.5, pending=8.5)}


@pytest.mark.parametrize(("seconds", "offered"), [(1.0, [1.0]), (0.999, []), (None, [])])
def test_less_than_a_second_is_not_offered(
    tuning: Story, seconds: float | None, offered: list[float]
) -> None:
    assert [x.seconds for x in fail(tuning, V, seconds)[1:]] == offered  # type: ignore[union-attr]


def test_a_round_offers_thirty_seconds_in_all_declined_ones_too(tuning: Story) -> None:
    assert [x.seconds for x in fail(tuning, V, 12.0)[1:]] == [12.0]  # type: ignore[union-attr]
    decide(tuning, V, is_granted=False)
    assert [x.seconds for x in fail(tuning, V, 40.0)[1:]] == [18.0]  # type: ignore[union-attr]
    assert fail(tuning, V, 40.0)[1:] == []
    assert tuning.state.round.credits == {V: Credit(offered=30.0, pending=18.0)}


@pytest.mark.parametrize("outcome", ["finished", "cancelled", "cut"])
def test_only_a_failure_is_credited(tuning: Story, outcome: c.Outcome) -> None:
    tuning.start(V)
    tuning.record(V, "An answer.", outcome, times=(0.5, 20.0))

    assert tuning.state.round.credits == {}


def test_whoever_has_submitted_is_offered_nothing(tuning: Story) -> None:
    tuning.draft(V, "An answer.")
    tuning.start(V)
    tuning.submit(V, 1)
    tuning.record(V, "", "failed", times=(None, 9.0))

    assert tuning.state.round.credits == {}


def test_a_hold_costs_no_seconds_because_the_clock_stood(tuning: Story) -> None:
    tuning.start(V)
    tuning.wait(4)
    tuning.ask(c.HoldShow())
    tuning.wait(6)
    tuning.record(V, "", "failed", times=(None, 10.0))

    assert tuning.state.round.credits == {V: Credit(offered=4.0, pending=4.0)}


# ---- the host decides


@pytest.mark.parametrize(("is_granted", "seconds"), [(True, 8.5), (False, 0.0)])
def test_granted_before_the_buzzer_moves_that_clock_and_declined_does_not(
    tuning: Story, is_granted: bool, seconds: float
) -> None:
    fail(tuning, V, 8.5)

    assert decide(tuning, V, is_granted) == [
        ea.CreditDecided(round=0, finalist=V, seconds=8.5, is_granted=is_granted)
    ]
    assert tuning.state.round.credits == {V: Credit(8.5, 0.0, seconds)}
    assert tuning.state.closes_at(V) == zero(tuning) + seconds
    assert tuning.state.closes_at(W) == zero(tuning)


def test_an_offer_is_decided_once(tuning: Story) -> None:
    fail(tuning, V, 8.5)
    decide(tuning, V, is_granted=True)
    again = ca.DecideCredit(round=0, finalist=V, is_granted=False)

    assert tuning.refusal(again) == "No seconds are on offer for that finalist."


def test_there_is_nothing_to_decide_without_an_offer_or_after_tuning(tuning: Story) -> None:
    command = ca.DecideCredit(round=0, finalist=W, is_granted=True)
    assert tuning.refusal(command) == "No seconds are on offer for that finalist."

    fail(tuning, W, 5.0)
    tuning.buzzer()
    assert tuning.refusal(command) == "Tuning is over; no clock can be credited any more."


def test_credit_is_for_the_host(tuning: Story) -> None:
    fail(tuning, V, 8.5)
    command = ca.DecideCredit(round=0, finalist=V, is_granted=True)

    assert tuning.refusal(command, V) == "This is for the host."


# ---- the buzzer


def test_the_buzzer_takes_all_but_the_credited(tuning: Story) -> None:
    tuning.draft(W, "W in time.")
    fail(tuning, V, 20.0)

    assert tuning.time_up() == [
        e.Submitted(round=0, finalist=W, draft=1, how="last finished"),
        e.Submitted(round=0, finalist=X, draft=0, how="none"),
        ea.BuzzerSounded(round=0),
    ]
    assert tuning.state.phase is Phase.TUNING
    assert tuning.state.at_work() == (V,)


def test_the_buzzer_for_the_others_has_the_grace_of_750_ms_too(tuning: Story) -> None:
    fail(tuning, V, 20.0)
    tuning.draft(W, "W at the last moment.")
    tuning.now = zero(tuning) + GRACE_S - 0.001
    early = c.TimeUp(what="phase", deadline=zero(tuning))

    assert tuning.refusal(early, "crew") == "That deadline has not passed."
    assert tuning.submit(W) == [e.Submitted(round=0, finalist=W, draft=1, how="submitted")]
    tuning.wait(0.001)
    assert tuning.ask(early, "crew") == [
        e.Submitted(round=0, finalist=X, draft=0, how="none"),
        ea.BuzzerSounded(round=0),
    ]


def test_undecided_at_the_buzzer_the_clock_stays_open_for_the_offered_seconds(
    tuning: Story,
) -> None:
    overtime(tuning)
    assert ends_at(tuning.state) == zero(tuning) + 20 + GRACE_S

    tuning.now = zero(tuning) + 20
    number = tuning.draft(V, "V with the credit.")
    tuning.now = zero(tuning) + 20 + GRACE_S
    assert tuning.submit(V, number) == [e.Submitted(round=0, finalist=V, draft=2, how="submitted")]
    tuning.end_tuning((V, W, X))
    assert tuning.state.round.letters == {"A": V, "B": W, "C": X}


def test_a_credited_clock_ends_750_ms_after_its_own_zero(tuning: Story) -> None:
    overtime(tuning)
    tuning.draft(V, "V with the credit.")
    tuning.now = zero(tuning) + 20.875
    command = c.Submit(round=0, draft=2)

    assert tuning.refusal(command, V) == "Too late: 875 ms after 0:00. The server’s clock decides."


@pytest.mark.parametrize("is_granted", [True, False])
def test_granted_in_overtime_runs_on_and_declined_ends_at_once(
    tuning: Story, is_granted: bool
) -> None:
    overtime(tuning)
    tuning.draft(V, "V in overtime.")
    tuning.wait(5)
    decide(tuning, V, is_granted)

    assert ends_at(tuning.state) == zero(tuning) + GRACE_S + (20 if is_granted else 0)
    tuning.buzzer((V, W, X))
    # What was finished while that clock stood open counts.
    assert tuning.state.round.submissions[V] == Submission(2, "last finished")


@pytest.mark.parametrize(
    "command",
    [
        c.StartDraft(round=0, system="Be kind.", temperature=0.7, top_p=0.9),
        c.PinDraft(round=0, draft=1),
        c.Submit(round=0, draft=1),
    ],
)
def test_the_others_stay_locked_in_overtime(tuning: Story, command: c.Command) -> None:
    overtime(tuning)
    assert tuning.refusal(command, W) == LOCKED

    # The downtime that a restart gives back opens nobody's console again.
    tuning.ask(c.Compensate(seconds=10), "crew")
    assert tuning.refusal(command, W) == LOCKED


def test_a_clock_that_is_credited_less_ends_before_the_other(tuning: Story) -> None:
    tuning.draft(X, "X in time.")
    fail(tuning, V, 10.0)
    fail(tuning, W, 25.0)
    tuning.time_up()
    tuning.draft(V, "V in overtime.")
    assert next_zero(tuning.state) == zero(tuning) + 10 + GRACE_S
    command = c.TimeUp(what="phase", deadline=zero(tuning))
    tuning.now = zero(tuning) + 10 + GRACE_S - 0.001
    assert tuning.refusal(command, "crew") == "That deadline has not passed."

    tuning.now = next_zero(tuning.state)
    assert over_at(tuning.state, tuning.now) == (V,)
    assert tuning.ask(command, "crew") == [
        e.Submitted(round=0, finalist=V, draft=2, how="last finished")
    ]
    start = c.StartDraft(round=0, system="", temperature=0.7, top_p=0.9)
    assert tuning.refusal(start, V) == LOCKED
    assert tuning.start(W) == 2
    tuning.now = ends_at(tuning.state)
    assert tuning.refusal(command, "crew") == "The buzzer ends this tuning for all."


def test_tuning_ends_as_soon_as_the_credited_one_submits(tuning: Story) -> None:
    overtime(tuning)
    tuning.submit(V, tuning.draft(V, "V in overtime."))

    assert ends_at(tuning.state) == 0.0
    assert tuning.end_tuning()[-1] == e.PhaseEntered(
        phase=Phase.LOCKED, round=0, deadlines={"phase": tuning.now + 3}
    )


# ---- hold and ±15 seconds in overtime


def test_hold_stops_the_credited_clock_too(tuning: Story) -> None:
    overtime(tuning)
    left = tuning.state.closes_at(V) - tuning.now
    tuning.ask(c.HoldShow())
    start = c.StartDraft(round=0, system="", temperature=0.7, top_p=0.9)
    assert tuning.refusal(start, V) == "The show is on hold. Wait for the host."

    tuning.wait(100)
    tuning.ask(c.ResumeShow())
    assert tuning.state.closes_at(V) - tuning.now == pytest.approx(left, abs=1e-6)
    assert tuning.refusal(start, W) == LOCKED
    assert tuning.start(V) == 2


@pytest.mark.parametrize("seconds", [-15, 15])
def test_the_clock_of_all_is_not_moved_in_overtime(tuning: Story, seconds: int) -> None:
    overtime(tuning)
    command = c.MoveDeadline.model_validate({"seconds": seconds})

    assert tuning.refusal(command) == "Only a credited clock runs now; the others are locked."


def test_a_clock_is_over_750_ms_after_its_own_zero(tuning: Story) -> None:
    at = zero(tuning) + GRACE_S
    assert [over_at(tuning.state, at - 0.001), over_at(tuning.state, at)] == [(), (V, W, X)]
