"""What changes a result: voids and corrections, each with a reason, until the result is locked."""

from typing import Any

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import events_amend as ea
from finale.show.phases import Phase
from finale.show.result import score_of, standings_of
from finale.show.views.amends import amends
from finale.show.views.bars import void_notes
from scoring.blend import Component

V, W, X = "finalist-v", "finalist-w", "finalist-x"
WHY = "The keyboard slipped."


@pytest.fixture
def marked() -> Story:
    """Both gates closed: V, W, X own A, B, C with 100, 70 and 40 points from every jury."""
    story = Story(rundown(finalists=3, panel=3, rounds=2))
    story.to_marking((V, W, X))
    story.give_marks(counts={"A": 50, "B": 30, "C": 10})
    return story


def void(component: Component, of_round: int = 0, reason: str = WHY) -> ca.VoidComponent:
    return ca.VoidComponent(of_round=of_round, component=component, reason=reason)


def restore(component: Component, of_round: int = 0, reason: str = WHY) -> ca.RestoreComponent:
    return ca.RestoreComponent(of_round=of_round, component=component, reason=reason)


def correct(**changes: Any) -> ca.CorrectMark:
    values = {
        "of_round": 0,
        "panellist": "panel-1",
        "letter": "A",
        "criterion": "efficiency",
        "mark": 4.0,
        "reason": WHY,
    }
    return ca.CorrectMark.model_validate(values | changes)


def totals(story: Story) -> dict[str, float]:
    """The scores of the first round, by lectern."""
    scores = score_of(story.state.rounds[0], story.plan.settings).scores
    return {seat[-1].upper(): round(score.total, 6) for seat, score in scores.items()}


# ---- voids


def test_a_void_component_gives_its_weight_to_the_others_and_the_stage_says_so() -> None:
    # The audience now puts them the other way round: A 40, B 70, C 100 points.
    story = Story(rundown(finalists=3, panel=3, rounds=2))
    story.to_marking((V, W, X))
    story.give_marks(counts={"A": 10, "B": 30, "C": 50})
    # A: 0.8 · 100 + 0.2 · 40; B: 70; C: 0.8 · 40 + 0.2 · 100.
    assert totals(story) == {"V": 88.0, "W": 70.0, "X": 52.0}

    assert story.ask(void("audience")) == [
        ea.ComponentVoided(round=0, component="audience", reason=WHY)
    ]
    # The 20 % go to judge and panel in equal parts: A 100, B 70, C 40.
    assert totals(story) == {"V": 100.0, "W": 70.0, "X": 40.0}
    story.to(Phase.APPEAL)
    story.time_up()
    story.next()
    story.next()
    assert tuple(map(str, void_notes(story.state))) == (
        "The audience does not count in this round: void by the host.",
    )


def test_a_restored_component_counts_as_before(marked: Story) -> None:
    before = totals(marked)
    marked.ask(void("judge"))
    marked.ask(void("panel"))
    assert score_of(marked.state.round, marked.plan.settings).weights.audience == 1.0

    assert marked.ask(restore("judge", reason=" It was right. ")) == [
        ea.ComponentRestored(round=0, component="judge", reason="It was right.")
    ]
    marked.ask(restore("panel"))
    assert totals(marked) == before
    assert marked.state.round.voided == {}


def test_the_desk_offers_to_void_what_counts_and_to_count_what_was_voided() -> None:
    story = Story(rundown(finalists=2, panel=3, rounds=1))
    story.to_marking()
    story.ask(ca.VoidComponent(of_round=0, component="panel", reason="A mix-up."))
    found = amends(story.state)

    assert (found.voidable, found.voided) == (((0, "judge"), (0, "audience")), ((0, "panel"),))


def test_a_round_without_any_component_counts_nothing(marked: Story) -> None:
    components: tuple[Component, ...] = ("judge", "panel", "audience")
    for component in components:
        marked.ask(void(component))

    assert score_of(marked.state.round, marked.plan.settings).is_void
    assert totals(marked) == {"V": 0.0, "W": 0.0, "X": 0.0}


def test_an_earlier_round_can_be_voided_while_another_runs(marked: Story) -> None:
    marked.to_standings()
    marked.to(Phase.QUESTION)
    marked.ask(void("audience", 0))

    assert marked.state.rounds[0].voided == {"audience": WHY}
    assert marked.state.rounds[1].voided == {}
    assert [s.finalist for s in standings_of(marked.state, 1)] == [V, W, X]


def test_voids_are_refused_by_name(marked: Story) -> None:
    marked.ask(void("judge"))

    assert marked.refusal(void("judge")) == "That component is void already."
    assert marked.refusal(restore("panel")) == "You have not voided that component."
    assert marked.refusal(void("panel", reason="")) == "Say why: the reason stands in the record."
    assert marked.refusal(void("panel", 1)) == "Round 2 has not begun."
    assert marked.refusal(void("panel", -1)) == "Round 0 has not begun."
    assert marked.refusal(void("panel"), "panel-1") == "This is for the host."


def test_a_round_whose_answers_are_not_in_has_nothing_to_void(marked: Story) -> None:
    marked.to_standings()
    marked.to_tuning()
    no_answers = "That round has no answers, so there is nothing to change."

    assert marked.refusal(void("panel", 1)) == no_answers
    assert marked.refusal(restore("panel", 1)) == no_answers
    assert marked.refusal(correct(of_round=1)) == no_answers


# ---- corrections


def test_a_corrected_mark_is_a_new_event_with_both_values(marked: Story) -> None:
    # All three gave A five points everywhere; now two experts give 5 and one (5 + 5 + 4) / 3.
    assert marked.ask(correct()) == [
        ea.MarkCorrected(
            round=0,
            panellist="panel-1",
            letter="A",
            criterion="efficiency",
            mark=4.0,
            before=5.0,
            reason=WHY,
        )
    ]
    assert marked.state.round.cards["panel-1", "A"] == {
        "generalization": 5.0,
        "response_quality": 5.0,
        "efficiency": 4.0,
    }
    # The median of three cards does not move by one of them.
    assert totals(marked) == {"V": 100.0, "W": 70.0, "X": 40.0}


def test_a_correction_makes_up_no_mark_that_the_expert_did_not_give() -> None:
    story = Story(rundown(finalists=3, panel=1, rounds=1))
    story.to_marking((V, W, X))
    for letter in "AB":
        story.mark("panel-1", letter, 3.0)
    given = c.MarkScorecard(round=0, letter="C", criterion="efficiency", mark=3.0)
    story.ask(given, "panel-1")
    story.time_up("vote")
    story.tally({"A": 9, "B": 9, "C": 9})
    story.time_up("marks")
    for criterion in ("generalization", "response_quality"):
        assert story.refusal(correct(letter="C", criterion=criterion, mark=4.0)) == (
            "That expert gave no such mark; only a mark that was given is corrected."
        )
    story.ask(correct(letter="C", criterion="efficiency", mark=4.0))

    assert score_of(story.state.round, story.plan.settings).void == {
        "judge": "no verdict for 3 of 3 answers",
        "panel": "no scorecard for 1 of 3 answers",
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "Say why: the reason stands in the record."),
        ({"of_round": 7}, "Round 8 has not begun."),
        ({"panellist": "panel-9"}, "There is no expert “panel-9” in this show."),
        ({"panellist": V}, "There is no expert “finalist-v” in this show."),
        ({"letter": "Z"}, "There is no answer Z in that round."),
        ({"criterion": "relevance"}, "relevance: not a criterion of the panel rubric"),
        (
            {"mark": 4.2},
            "Efficiency: 4.2 is not a mark from 1 to 5 in steps of 0.5",
        ),
        ({"mark": 5.0}, "That mark is 5 already."),
    ],
)
def test_corrections_are_refused_by_name(
    marked: Story, changes: dict[str, Any], sentence: str
) -> None:
    assert marked.refusal(correct(**changes)) == sentence


def test_marks_are_not_corrected_before_the_host_may_see_them() -> None:
    story = Story(rundown(finalists=3, panel=3, rounds=1))
    story.to_marking((V, W, X))
    story.mark("panel-1", "A", 5.0)
    assert story.refusal(correct()) == "The marks are still open: the expert can change them."

    story.time_up("vote")
    story.time_up("marks")
    # Not even by the sentence that a mark is the same already.
    assert story.refusal(correct(mark=5.0)) == (
        "The vote is not counted; until then your desk shows no marks."
    )
    story.tally({"A": 9})
    assert story.refusal(correct(mark=5.0)) == "That mark is 5 already."


# ---- when nothing may change


def test_while_names_are_called_the_result_of_the_round_stands(marked: Story) -> None:
    marked.to(Phase.APPEAL)
    marked.time_up()
    for _ in range(3):
        marked.next()
    marked.ask(void("audience"))
    marked.ask(restore("audience"))
    marked.next()
    naming = "The names are being called. Change it at the standings."

    assert marked.refusal(void("audience")) == naming
    assert marked.refusal(restore("audience")) == naming
    assert marked.refusal(correct()) == naming
    marked.to(Phase.STANDINGS)
    assert marked.ask(correct())


def test_nothing_changes_under_an_announced_sudden_death_but_the_announcement_can_be_undone() -> (
    None
):
    story = Story(rundown(finalists=2, panel=3, rounds=1))
    story.play_level_round()
    story.to(Phase.SUDDEN_DEATH)
    command = correct(mark=5.0)
    rests = "Sudden death rests on this result. Undo the announcement first."
    assert story.refusal(command) == rests
    assert story.refusal(void("judge")) == rests

    assert story.ask(ca.UndoCue(at="1.sudden_death.0")) == [
        ea.CueUndone(phase=Phase.STANDINGS, deadlines={})
    ]
    for panellist in ("panel-1", "panel-2"):
        story.ask(correct(panellist=panellist, mark=5.0))
    story.to(Phase.CHAMPION)
    assert [s.place for s in standings_of(story.state)] == [1, 2]


def test_the_result_is_locked_after_the_champion(marked: Story) -> None:
    story = Story(rundown(finalists=3, panel=3, rounds=1))
    story.play_round()
    story.to(Phase.CHAMPION)

    for command in (void("judge"), restore("judge"), correct(), correct(of_round=9)):
        assert story.refusal(command) == "The result is locked."
