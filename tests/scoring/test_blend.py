"""One round scored: weights, parts, stand-ins, remedies, and what each component's void does."""

import math
from dataclasses import replace

import pytest

from scoring.ballot import Tally
from scoring.blend import (
    COMPONENTS,
    Component,
    Part,
    RoundMarks,
    RoundScore,
    Scales,
    Weights,
    score_round,
)
from scoring.scorecard import Scorecard
from scoring.verdict import Verdict

SPREAD = Scales()
RAW = Scales("raw", "raw", "raw")
EXPERTS = ("e1", "e2", "e3", "e4", "e5")


def verdict(*marks: int) -> Verdict:
    """One pass per mark, the same mark for every criterion: worth its median · 10."""
    return Verdict(tuple({"relevance": m, "depth": m, "coherence": m} for m in marks))


def cards(**marks: float) -> tuple[Scorecard, ...]:
    """Five experts of one mind: each answer worth mark · 20."""
    return tuple(card(expert, answer, mark) for answer, mark in marks.items() for expert in EXPERTS)


def card(expert: str, answer: str, mark: float) -> Scorecard:
    marks = {"generalization": mark, "response_quality": mark, "efficiency": mark}
    return Scorecard(expert, answer, marks)


def three() -> RoundMarks:
    """ada, ben and cleo, and dov who gave no answer; on `spread` each jury's points are literals.

    judge 90, 80, 70 → 100, 70, 40; panel 60, 100, 40 → 60, 100, 40; audience 50, 10, 40 (100
    ballots, floor 10) → 100, 40, 85.
    """
    return RoundMarks(
        finalists=("ada", "ben", "cleo", "dov"),
        answered=frozenset({"ada", "ben", "cleo"}),
        verdicts={
            "ada": verdict(9, 9, 9),
            "ben": verdict(8, 8, 8),
            "cleo": verdict(7, 7, 7),
        },
        scorecards=cards(ada=3, ben=5, cleo=2),
        tally=Tally({"ada": 50, "ben": 10, "cleo": 40}),
    )


def score(marks: RoundMarks, scales: Scales = SPREAD) -> RoundScore:
    return score_round(marks, Weights(), scales)


def points(result: RoundScore, component: Component) -> dict[str, float]:
    return {finalist: of.parts[component].points for finalist, of in result.scores.items()}


def totals(result: RoundScore) -> dict[str, float]:
    return {finalist: round(of.total, 9) for finalist, of in result.scores.items()}


def test_round_blends_40_40_20() -> None:
    result = score(three())
    assert points(result, "judge") == {"ada": 100, "ben": 70, "cleo": 40, "dov": 0}
    assert points(result, "panel") == {"ada": 60, "ben": 100, "cleo": 40, "dov": 0}
    assert points(result, "audience") == {"ada": 100, "ben": 40, "cleo": 85, "dov": 0}
    assert totals(result) == {"ada": 84, "ben": 76, "cleo": 49, "dov": 0}
    assert (result.weights, result.void, result.reduced) == (Weights(), {}, False)
    assert (result.unscored, result.is_void, result.notes) == ((), False, ())
    assert result.floors == {"judge": 5, "panel": 5, "audience": 10}


def test_parts_are_kept() -> None:
    parts = score(three()).scores["ada"].parts
    assert tuple(parts) == COMPONENTS
    assert parts["judge"] == Part(90, 100, 0.4, 40)
    assert parts["panel"] == Part(60, 60, 0.4, 24)
    assert parts["audience"] == Part(50, 100, 0.2, 20)


def test_no_answer_is_zero_everywhere_and_nobodys_minimum() -> None:
    with_dov, without_dov = (
        score(three()),
        score(replace(three(), finalists=("ada", "ben", "cleo"))),
    )
    assert with_dov.scores["dov"].parts == {
        component: Part(None, 0, weight, 0, "no answer")
        for component, weight in zip(COMPONENTS, (0.4, 0.4, 0.2), strict=True)
    }
    assert {**without_dov.scores, "dov": with_dov.scores["dov"]} == with_dov.scores


def test_raw_scales_use_the_marks() -> None:
    result = score(three(), RAW)
    assert totals(result) == {"ada": 70, "ben": 74, "cleo": 52, "dov": 0}


def test_scales_are_chosen_per_component() -> None:
    result = score(three(), Scales(judge="raw", panel="rank", audience="spread"))
    assert points(result, "judge") == {"ada": 90, "ben": 80, "cleo": 70, "dov": 0}
    assert points(result, "panel") == {"ada": 70, "ben": 100, "cleo": 40, "dov": 0}
    assert points(result, "audience") == {"ada": 100, "ben": 40, "cleo": 85, "dov": 0}


def test_nothing_is_rounded_inside() -> None:
    marks = replace(three(), tally=Tally({"ada": 5, "ben": 1, "cleo": 1}))
    part = score(marks, RAW).scores["ada"].parts["audience"]
    assert part == Part(500 / 7, 500 / 7, 0.2, 500 / 7 * 0.2)


def test_lone_answer_gets_100_from_every_jury() -> None:
    lone = replace(three(), answered=frozenset({"cleo"}))
    assert totals(score(lone)) == {"ada": 0, "ben": 0, "cleo": 100, "dov": 0}


def test_marks_of_a_withdrawn_answer_are_passed_over() -> None:
    result = score(replace(three(), answered=frozenset({"ada", "ben"})))
    assert points(result, "judge") == {"ada": 100, "ben": 40, "cleo": 0, "dov": 0}


def test_no_answers_void_the_round() -> None:
    result = score(replace(three(), answered=frozenset()))
    assert totals(result) == {"ada": 0, "ben": 0, "cleo": 0, "dov": 0}
    assert result.void == dict.fromkeys(COMPONENTS, "no answers")
    assert (result.is_void, result.weights.is_void, result.reduced) == (True, True, False)


def test_judge_floor_is_twice_as_wide_where_the_passes_cannot_tell() -> None:
    single = {"ada": verdict(9), "ben": verdict(8), "cleo": verdict(9)}
    result = score(replace(three(), verdicts=single))
    assert result.floors["judge"] == 10
    assert points(result, "judge") == {"ada": 100, "ben": 40, "cleo": 100, "dov": 0}


def test_judge_floor_reads_the_passes_all_verdicts_have() -> None:
    # passes 90 80 | 70 80 (a third is passed over): residual ±5, σ² = 100, floor 25/√2 · 1
    verdicts = {"ada": verdict(9, 8), "ben": verdict(7, 8, 1)}
    marks = replace(three(), answered=frozenset({"ada", "ben"}), verdicts=verdicts)
    result = score(marks)
    assert result.floors["judge"] == pytest.approx(25 / math.sqrt(2))
    assert result.notes == ("judge floor from 2 of 3 passes",)


def test_panel_floor_reads_only_who_marked_every_answer() -> None:
    # e1: 60 80, e2: 80 60, so residual ±10 and σ = 20; e3 saw ada alone
    heard = (card("e1", "ada", 3), card("e1", "ben", 4), card("e2", "ada", 4), card("e2", "ben", 3))
    marks = replace(three(), answered=frozenset({"ada", "ben"}))
    without = score(replace(marks, scorecards=heard))
    with_third = score(replace(marks, scorecards=(*heard, card("e3", "ada", 5))))
    recused = score(
        replace(
            marks,
            scorecards=(*heard, card("e3", "ada", 5), card("e3", "ben", 1)),
            left_out=frozenset({("e3", "ben")}),
        )
    )
    floor = pytest.approx(2.5 * 20 / math.sqrt(2))
    assert [r.floors["panel"] for r in (without, with_third, recused)] == [floor, floor, floor]
    assert recused.scores == with_third.scores
    assert [r.reduced for r in (without, with_third, recused)] == [True, True, True]


def test_left_out_card_does_not_count() -> None:
    heard = (*cards(ada=3, ben=5, cleo=2)[1:], card("e1", "ada", 1))
    marks = replace(three(), scorecards=heard)
    left_out = replace(marks, left_out=frozenset({("e1", "ada")}))
    assert score(left_out, RAW).scores["ada"].parts["panel"].mark == 60


def test_unscored_answer_takes_its_panel_points() -> None:
    verdicts = {"ada": verdict(9, 9, 9), "cleo": verdict(7, 7, 7)}
    result = score(replace(three(), verdicts=verdicts))
    note = "unscored: panel points stand in"
    assert result.unscored == ("ben",)
    assert result.scores["ben"].parts["judge"] == Part(None, 100, 0.4, 40, note)
    assert points(result, "judge") == {"ada": 100, "ben": 100, "cleo": 40, "dov": 0}
    assert result.void == {}


def test_one_of_two_scored_gets_the_middle() -> None:
    two = replace(three(), answered=frozenset({"ada", "ben"}), verdicts={"ada": verdict(9)})
    assert points(score(two), "judge") == {"ada": 70, "ben": 100, "cleo": 0, "dov": 0}
    assert points(score(two, RAW), "judge") == {"ada": 90, "ben": 100, "cleo": 0, "dov": 0}


def test_upheld_appeal_lifts_judge_points_to_panel_points() -> None:
    before, after = score(three()), score(replace(three(), upheld=frozenset({"ben"})))
    lifted = Part(80, 100, 0.4, 40, "appeal upheld: 70.0 → 100.0")
    assert after.scores["ben"].parts == {**before.scores["ben"].parts, "judge": lifted}
    others = ("ada", "cleo", "dov")
    assert [after.scores[f] for f in others] == [before.scores[f] for f in others]


def test_upheld_appeal_leaves_higher_judge_points() -> None:
    after = score(replace(three(), upheld=frozenset({"ada"})))
    assert after.scores["ada"].parts["judge"] == Part(
        90, 100, 0.4, 40, "appeal upheld: 100.0 → 100.0"
    )


def test_upheld_appeal_of_an_unscored_answer_changes_no_points() -> None:
    verdicts = {"ada": verdict(9, 9, 9), "cleo": verdict(7, 7, 7)}
    before = replace(three(), verdicts=verdicts)
    after = score(replace(before, upheld=frozenset({"ben"})))
    assert totals(after) == totals(score(before))
    assert after.scores["ben"].parts["judge"].note == (
        "unscored: panel points stand in; appeal upheld: 100.0 → 100.0"
    )


def test_upheld_appeal_has_no_effect_while_the_panel_is_void() -> None:
    void = replace(three(), void=frozenset({"panel"}))
    assert totals(score(replace(void, upheld=frozenset({"ben"})))) == totals(score(void))


@pytest.mark.parametrize(
    "stranger",
    [
        {"answered": frozenset({"A"})},
        {"verdicts": {"A": verdict(5)}},
        {"scorecards": cards(A=3)},
        {"tally": Tally({"A": 9})},
        {"upheld": frozenset({"A"})},
    ],
    ids=lambda stranger: next(iter(stranger)),
)
def test_marks_for_a_stranger_are_refused(stranger: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^not among the finalists: A$"):
        replace(three(), **stranger)  # type: ignore[arg-type]


def test_finalist_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a finalist is named twice$"):
        replace(three(), finalists=("ada", "ada", "ben", "cleo"))
