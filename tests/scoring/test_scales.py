"""Marks to points: the three scales, the floors, and how far a better mark can be trusted."""

import math
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.scales import Scale, audience_floor, points, rater_floor

SCALES: tuple[Scale, ...] = get_args(Scale)


def test_spread_gives_100_to_the_favourite_and_40_to_the_last() -> None:
    assert points({"A": 90, "B": 80, "C": 70}, "spread") == {"A": 100, "B": 70, "C": 40}
    assert points({"A": 90, "B": 75, "C": 70}, "spread") == {"A": 100, "B": 55, "C": 40}


def test_spread_floor_keeps_small_differences_small() -> None:
    # mid 78, span max(4, 10): 70 + 60 · ±2/10
    assert points({"A": 80, "B": 76, "C": 78}, "spread", 10) == {"A": 82, "B": 58, "C": 70}


def test_spread_floor_below_the_range_changes_nothing() -> None:
    assert points({"A": 90, "B": 70}, "spread", 20) == points({"A": 90, "B": 70}, "spread")


@pytest.mark.parametrize("floor", [0.0, 5.0])
def test_spread_of_equal_marks_is_the_middle(floor: float) -> None:
    assert points({"A": 80, "B": 80}, "spread", floor) == {"A": 70, "B": 70}


def test_spread_does_not_stretch_the_last_bits() -> None:
    assert points({"A": 80.0, "B": math.nextafter(80.0, 81.0)}, "spread") == {"A": 70, "B": 70}


def test_spread_keeps_full_precision() -> None:
    assert points({"A": 90, "B": 80, "C": 60}, "spread")["B"] == 80.0
    assert points({"A": 100, "B": 80, "C": 10}, "spread")["B"] == pytest.approx(
        70 + 60 * 25 / 90, abs=1e-12
    )


def test_raw_leaves_the_marks() -> None:
    assert points({"A": 80.5, "B": 12}, "raw", 10) == {"A": 80.5, "B": 12}


def test_rank_spaces_the_places_evenly() -> None:
    marks = {"A": 90, "B": 20, "C": 89, "D": 50, "E": 88}
    assert points(marks, "rank") == {"A": 100, "B": 40, "C": 85, "D": 55, "E": 70}


def test_rank_ties_share_the_mean_of_their_places() -> None:
    # places 1, 2.5, 2.5, 4
    assert points({"A": 90, "B": 80, "C": 80, "D": 10}, "rank") == {
        "A": 100,
        "B": 70,
        "C": 70,
        "D": 40,
    }
    assert points({"A": 90, "B": 90, "C": 90}, "rank") == {"A": 70, "B": 70, "C": 70}


def test_rank_ties_are_not_broken_by_the_last_bits() -> None:
    assert points({"A": 80.0, "B": math.nextafter(80.0, 81.0)}, "rank") == {"A": 70, "B": 70}


@pytest.mark.parametrize(("scale", "given_points"), [("spread", 100), ("rank", 100), ("raw", 33)])
def test_lone_answer_gets_everything_unless_raw(scale: Scale, given_points: float) -> None:
    assert points({"A": 33}, scale, 10) == {"A": given_points}


@pytest.mark.parametrize("scale", SCALES)
def test_no_marks_give_no_points(scale: Scale) -> None:
    assert points({}, scale, 10) == {}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("mark", [math.nan, math.inf, -math.inf])
def test_mark_that_is_no_number_is_refused(scale: Scale, mark: float) -> None:
    with pytest.raises(ValueError, match=rf"^B: {mark} is not a mark$"):
        points({"A": 80, "B": mark}, scale)


@pytest.mark.parametrize("floor", [math.nan, math.inf, -1.0])
def test_floor_that_is_no_number_is_refused(floor: float) -> None:
    with pytest.raises(ValueError, match=rf"^{floor} is not a floor$"):
        points({"A": 80, "B": 70}, "spread", floor)


def test_unknown_scale_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^stretch is not a scale$"):
        points({"A": 80}, "stretch")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ballots", "floor"), [(1, 100), (4, 50), (100, 10), (400, 5), (10_000, 5)]
)
def test_audience_floor_shrinks_with_the_hall(ballots: int, floor: float) -> None:
    assert audience_floor(ballots) == floor


@pytest.mark.parametrize("ballots", [0, -3])
def test_audience_floor_needs_a_ballot(ballots: int) -> None:
    with pytest.raises(ValueError, match=rf"^{ballots} ballots have no floor$"):
        audience_floor(ballots)


def test_rater_floor_grows_with_disagreement() -> None:
    # residuals ±10 in all four cells: σ² = 400/1, floor 2.5 · 20 / √2
    assert rater_floor([[80, 60], [60, 80]]) == pytest.approx(2.5 * 20 / math.sqrt(2))
    # row means 60, 60, 60; column means 60, 60, 60; squares 6 · 100; σ² = 600/4
    rows = [[70, 60, 50], [60, 50, 70], [50, 70, 60]]
    assert rater_floor(rows) == pytest.approx(2.5 * math.sqrt(150) / math.sqrt(3))


def test_rater_floor_ignores_strict_and_mild_raters() -> None:
    assert rater_floor([[90, 50], [80, 40], [70, 30]]) == 5.0


@pytest.mark.parametrize("ratings", [[], [[80, 70]], [[80], [70]], [[], []]])
def test_rater_floor_is_10_where_nothing_can_be_told(ratings: list[list[float]]) -> None:
    assert rater_floor(ratings) == 10.0


def test_rater_floor_refuses_gaps() -> None:
    with pytest.raises(ValueError, match=r"^every rater must have marked every answer$"):
        rater_floor([[80, 70], [60]])


@pytest.mark.parametrize("mark", [math.nan, math.inf])
def test_rater_floor_refuses_what_is_no_number(mark: float) -> None:
    with pytest.raises(ValueError, match=r"^a rating is not a finite number$"):
        rater_floor([[80, mark], [60, 50]])


MARK = st.floats(0, 100)
MARKS = st.dictionaries(st.sampled_from("ABCDEFGH"), MARK, min_size=1)
FLOOR = st.floats(0, 50)
SCALE = st.sampled_from(SCALES)


@given(MARKS, FLOOR)
def test_spread_and_rank_stay_between_40_and_100(marks: dict[str, float], floor: float) -> None:
    for scale in ("spread", "rank"):
        given_points = points(marks, scale, floor)
        assert set(given_points) == set(marks)
        assert all(40 - 1e-9 <= value <= 100 + 1e-9 for value in given_points.values())


@given(MARKS, FLOOR, SCALE)
def test_better_marked_never_gets_fewer_points(
    marks: dict[str, float], floor: float, scale: Scale
) -> None:
    given_points = points(marks, scale, floor)
    in_order = sorted(marks, key=lambda answer: marks[answer])
    got = [given_points[answer] for answer in in_order]
    assert all(lower <= higher + 1e-9 for lower, higher in pairwise(got))


@given(MARKS, FLOOR, SCALE, MARK, st.data())
def test_better_mark_never_lowers_its_own_points_under_a_fixed_floor(
    marks: dict[str, float], floor: float, scale: Scale, other: float, data: st.DataObject
) -> None:
    raised = data.draw(st.sampled_from(sorted(marks)))
    better = {**marks, raised: max(marks[raised], other)}
    assert points(better, scale, floor)[raised] >= points(marks, scale, floor)[raised] - 1e-9


@given(MARKS, FLOOR, SCALE, st.permutations("ABCDEFGH"))
def test_renaming_answers_renames_the_points(
    marks: dict[str, float], floor: float, scale: Scale, names: list[str]
) -> None:
    renamed = dict(zip("ABCDEFGH", names, strict=True))
    turned = points({renamed[a]: marks[a] for a in reversed([*marks])}, scale, floor)
    assert turned == {renamed[a]: value for a, value in points(marks, scale, floor).items()}


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6), st.data())
def test_another_ballot_never_lowers_its_choice(counts: list[int], data: st.DataObject) -> None:
    def audience(votes: list[int]) -> dict[str, float]:
        total = sum(votes)
        shares = {str(i): 100 * count / total for i, count in enumerate(votes)}
        return points(shares, "spread", audience_floor(total))

    counts[0] += 1
    choice = data.draw(st.integers(0, len(counts) - 1))
    before = audience(counts)[str(choice)]
    counts[choice] += 1
    assert audience(counts)[str(choice)] >= before - 1e-9


def test_rater_who_marks_better_than_the_rest_can_lower_the_points() -> None:
    """The third rater's 95 lifts B's mean by 10 and the floor from 5 to 17.7."""

    def spread(ratings: dict[str, list[float]]) -> dict[str, float]:
        means = {answer: sum(marks) / len(marks) for answer, marks in ratings.items()}
        return points(means, "spread", rater_floor([*ratings.values()]))

    before = spread({"A": [60, 60, 60], "B": [65, 65, 65]})
    after = spread({"A": [60, 60, 60], "B": [65, 65, 95]})
    assert before == {"A": 40, "B": 100}
    # range 15; residual variance 30²/6, so the floor is 2.5 · 30/√6 / √3 = 75/√18
    assert after["B"] == pytest.approx(70 + 60 * 7.5 / (75 / math.sqrt(18)))
    assert after["B"] < 96
