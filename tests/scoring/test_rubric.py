"""What the two rubrics allow, and what they say when they refuse."""

import re

import pytest

from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC, Rubric


def test_keys_are_in_marking_order() -> None:
    assert JUDGE_RUBRIC.keys == ("relevance", "depth", "coherence")
    assert PANEL_RUBRIC.keys == ("generalization", "response_quality", "efficiency")


@pytest.mark.parametrize(
    ("rubric", "marks"), [(JUDGE_RUBRIC, [1, 4, 7, 10]), (PANEL_RUBRIC, [1, 3, 5])]
)
def test_anchors_are_written_at_fixed_marks(rubric: Rubric, marks: list[float]) -> None:
    assert [list(criterion.anchors) for criterion in rubric.criteria] == [marks] * 3
    assert all(text for criterion in rubric.criteria for text in criterion.anchors.values())


@pytest.mark.parametrize("mark", [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5])
def test_panel_check_allows_half_points(mark: float) -> None:
    marks = {"efficiency": mark}
    PANEL_RUBRIC.check(marks)
    assert not PANEL_RUBRIC.is_complete(marks)


@pytest.mark.parametrize("mark", [0.5, 5.5, 4.25, -1, float("nan"), float("inf"), float("-inf")])
def test_panel_check_names_criterion_value_and_range(mark: float) -> None:
    refusal = f"Efficiency: {mark!r} is not a mark from 1 to 5 in steps of 0.5"
    with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
        PANEL_RUBRIC.check({"generalization": 3, "efficiency": mark})


@pytest.mark.parametrize("mark", [0, 11, 7.5, float("nan")])
def test_judge_check_refuses_all_but_whole_marks(mark: float) -> None:
    refusal = f"Depth: {mark!r} is not a mark from 1 to 10 in steps of 1"
    with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
        JUDGE_RUBRIC.check({"depth": mark})


def test_check_says_the_label_and_a_whole_mark_without_a_fraction() -> None:
    refusal = "Response quality: 7 is not a mark from 1 to 5 in steps of 0.5"
    with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
        PANEL_RUBRIC.check({"response_quality": 7.0})


def test_check_names_an_unknown_criterion() -> None:
    with pytest.raises(ValueError, match=r"^charm: not a criterion of the judge rubric$"):
        JUDGE_RUBRIC.check({"charm": 5})


def test_complete_means_every_criterion() -> None:
    marks = {"relevance": 1, "depth": 2}
    assert not JUDGE_RUBRIC.is_complete(marks)
    assert JUDGE_RUBRIC.is_complete({**marks, "coherence": 3})
