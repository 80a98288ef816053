"""A finalist leaves: what was scored stays and is marked, and the places close up."""

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.phases import Phase
from finale.show.result import score_of, standings_of, tied_leaders, withdrawn_of
from finale.show.rules_crew import ends_at
from finale.show.views.bars import rows
from finale.show.views.common import Hall
from finale.show.views.finalist import finalist_view
from finale.show.views.stage import stage_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
LEVEL_TWO = {"verdicts": {"A": 9, "B": 9, "C": 5}, "cards": {"A": 5.0, "B": 5.0, "C": 3.0}}


def trio(rounds: int = 2) -> Story:
    return Story(rundown(finalists=3, panel=3, rounds=rounds))


def withdraw(story: Story, seat: str = X) -> list[e.Event]:
    """The host withdraws that finalist."""
    return story.ask(ca.WithdrawFinalist(finalist=seat, reason=" Taken ill. "))


def in_phase(phase: Phase) -> Story:
    """A show of three in its first round (or after it), in that phase; V, W, X own A, B, C."""
    story = trio()
    if phase in (Phase.LOBBY, Phase.QUESTION, Phase.TUNING):
        story.to(phase)
        return story
    story.to_tuning()
    for seat in (V, W, X):
        story.submit(seat, story.draft(seat, f"An answer, number {seat[-1]}."))
    story.end_tuning((V, W, X))
    if phase is not Phase.LOCKED:
        story.move_on()
    if phase not in (Phase.LOCKED, Phase.READING):
        story.to(Phase.MARKING)
    if phase not in (Phase.LOCKED, Phase.READING, Phase.MARKING):
        story.give_marks()
        go_past_marking(story, phase)
    return story


def go_past_marking(story: Story, phase: Phase) -> None:
    """From marked answers to that phase."""
    story.to(Phase.JUDGE_REVEAL)
    if phase is not Phase.JUDGE_REVEAL:
        story.to(Phase.APPEAL)
    if phase not in (Phase.JUDGE_REVEAL, Phase.APPEAL):
        story.time_up()
    if phase in (Phase.STANDINGS, Phase.BREAK):
        story.to(Phase.STANDINGS)
    if phase is Phase.BREAK:
        story.ask(c.CallBreak())


ROUND_OF = {
    Phase.LOBBY: 0,
    Phase.QUESTION: 0,
    Phase.TUNING: 0,
    Phase.LOCKED: 1,
    Phase.READING: 1,
    Phase.MARKING: 1,
    Phase.JUDGE_REVEAL: 1,
    Phase.APPEAL: 1,
    Phase.REVEAL: 1,
    Phase.STANDINGS: 1,
    Phase.BREAK: 1,
}
"""The first round without that finalist, counted from 0: once letters are drawn, the next."""


@pytest.mark.parametrize("phase", ROUND_OF)
def test_in_every_phase_before_the_end_a_finalist_may_be_withdrawn(phase: Phase) -> None:
    story = in_phase(phase)
    assert story.state.phase is phase

    assert withdraw(story) == [
        ea.FinalistWithdrawn(finalist=X, from_round=ROUND_OF[phase], reason="Taken ill.")
    ]
    assert story.state.withdrawn == {X: "Taken ill."}
    assert story.state.active() == (V, W)
    # The round that runs keeps the answer once letters are drawn: a gap would tell whose it is.
    if ROUND_OF[phase]:
        assert story.letters == ("A", "B", "C")
        assert [round_.finalists for round_ in story.state.rounds] == [(V, W, X)]
    elif story.state.rounds:
        assert story.state.round.finalists == (V, W)


def test_the_show_plays_on_without_them_to_its_champion() -> None:
    story = in_phase(Phase.TUNING)
    withdraw(story)
    for seat in (V, W):
        story.submit(seat, story.draft(seat, f"An answer, number {seat[-1]}."))
    assert ends_at(story.state) == 0.0
    story.end_tuning((V, W))
    story.move_on()
    story.to(Phase.MARKING)
    story.give_marks(counts={"A": 50, "B": 30})
    story.to_standings()
    story.play_round((V, W), counts={"A": 50, "B": 30})
    story.to(Phase.CHAMPION)

    assert [(s.finalist, s.place, s.total) for s in standings_of(story.state)] == [
        (V, 1, pytest.approx(200)),
        (W, 2, pytest.approx(80)),
    ]


def test_what_was_scored_stays_below_the_table_and_places_close_up() -> None:
    story = trio()
    # V, W, X are first, second, third with 100, 70 and 40 points from every jury.
    story.play_round((V, W, X), counts={"A": 50, "B": 30, "C": 10})
    withdraw(story, V)

    assert [(s.finalist, s.place, s.total) for s in standings_of(story.state)] == [
        (W, 1, pytest.approx(70)),
        (X, 2, pytest.approx(40)),
    ]
    assert [(s.finalist, s.total) for s in withdrawn_of(story.state)] == [(V, pytest.approx(100))]
    assert [(r.tag.lectern, r.place, r.total, r.is_withdrawn) for r in rows(story.state)] == [
        ("W", 1, pytest.approx(70), False),
        ("X", 2, pytest.approx(40), False),
        ("V", 0, pytest.approx(100), True),
    ]
    # Rounds that were played are not scored anew: W was second there and stays so.
    assert score_of(story.state.rounds[0], story.plan.settings).scores[W].total == pytest.approx(70)


def test_the_next_round_is_played_by_the_others() -> None:
    story = in_phase(Phase.STANDINGS)
    withdraw(story)
    story.to_tuning()

    assert story.state.round.finalists == (V, W)
    start = c.StartDraft(round=1, system="", temperature=0.7, top_p=0.9)
    assert story.refusal(start, X) == "You have been withdrawn from the show."
    assert [tile.tag.lectern for tile in stage_view(story.state, Hall()).tiles] == ["V", "W"]
    assert not finalist_view(story.state, X).can_tune


def test_withdrawn_in_tuning_what_was_submitted_is_no_answer() -> None:
    story = in_phase(Phase.TUNING)
    story.submit(X, story.draft(X, "An answer of somebody who left."))
    withdraw(story)
    story.draft(V, "An answer.")
    story.buzzer((V, W))

    assert story.state.round.letters == {"A": V}
    assert sorted(score_of(story.state.round, story.plan.settings).scores) == [V, W]


def test_a_running_draft_of_the_withdrawn_may_still_end() -> None:
    story = in_phase(Phase.TUNING)
    story.start(X)
    withdraw(story)

    assert [event.kind for event in story.record(X, "", "failed", (None, 9.0))] == ["DraftRecorded"]
    assert story.state.round.credits == {}


def test_the_withdrawal_of_a_leader_leaves_the_tie_to_the_others() -> None:
    story = trio(rounds=1)
    story.play_round((V, W, X), **LEVEL_TWO, counts={"A": 9, "B": 9, "C": 3})  # type: ignore[arg-type]
    assert tied_leaders(story.state) == (V, W)
    withdraw(story, V)

    assert tied_leaders(story.state) == ()
    story.to(Phase.CHAMPION)
    assert stage_view(story.state, Hall()).champions[0].lectern == "W"


def test_no_result_of_sudden_death_outlives_the_withdrawal_of_its_winner() -> None:
    story = trio(rounds=1)
    story.play_round((V, W, X), **LEVEL_TWO, counts={"A": 9, "B": 9, "C": 3})  # type: ignore[arg-type]
    story.to(Phase.QUESTION)
    story.play_round((V, W))
    assert [s.finalist for s in standings_of(story.state)] == [V, W, X]
    withdraw(story, V)

    assert [(s.finalist, s.place) for s in standings_of(story.state)] == [(W, 1), (X, 2)]


@pytest.mark.parametrize("phase", [Phase.SUDDEN_DEATH, Phase.QUESTION, Phase.TUNING])
def test_nobody_is_withdrawn_out_of_a_sudden_death(phase: Phase) -> None:
    story = trio(rounds=1)
    story.play_round((V, W, X), **LEVEL_TWO, counts={"A": 9, "B": 9, "C": 3})  # type: ignore[arg-type]
    story.to(Phase.SUDDEN_DEATH)
    story.to(phase)

    assert story.refusal(ca.WithdrawFinalist(finalist=V, reason="Taken ill.")) == (
        "In sudden death whoever does not answer loses; withdraw at the standings."
    )


def test_refused_by_name() -> None:
    story = trio()

    def said(finalist: str, reason: str = "Taken ill.") -> str:
        return story.refusal(ca.WithdrawFinalist(finalist=finalist, reason=reason))

    assert said(X, " ") == "Say why: the reason stands in the record."
    assert said("finalist-q") == "There is no finalist “finalist-q” in this show."
    withdraw(story)
    assert said(X) == "That finalist has withdrawn already."
    withdraw(story, W)
    assert said(V) == "The last finalist cannot withdraw."


def test_nobody_withdraws_after_the_champion() -> None:
    story = trio(rounds=1)
    story.play_round()
    story.to(Phase.CHAMPION)

    command = ca.WithdrawFinalist(finalist=V, reason="Taken ill.")
    assert story.refusal(command) == "The result is locked."


def test_what_a_withdrawn_finalist_had_scored_is_told_for_all_rounds_or_the_first_ones() -> None:
    story = Story(rundown(finalists=3, panel=1, rounds=2))
    for _ in range(2):
        story.play_round(("finalist-v", "finalist-w", "finalist-x"))
    story.ask(ca.WithdrawFinalist(finalist="finalist-v", reason="ill"))

    totals = [[round(s.total, 2) for s in withdrawn_of(story.state, n)] for n in (None, 2, 1, 0)]
    assert totals == [[198.33], [198.33], [99.16], [0.0]]
