"""The panel's cards, which of them count, and the estimator that serves all answers."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.scorecard import PanelMark, Scorecard, counted, panel_marks


def card(panellist: str, answer: str, mark: float) -> Scorecard:
    """A card with `mark` (1–5) for every criterion, so worth mark · 20."""
    marks = {"generalization": mark, "response_quality": mark, "efficiency": mark}
    return Scorecard(panellist, answer, marks)


def cards(answer: str, *marks: float) -> list[Scorecard]:
    return [card(f"expert {i}", answer, mark) for i, mark in enumerate(marks, 1)]


def test_mark_is_mean_of_criteria_times_20() -> None:
    marks = {"generalization": 4.5, "response_quality": 5.0, "efficiency": 2.5}
    assert Scorecard("ines", "A", marks).mark == 80.0  # (4.5 + 5 + 2.5) / 3 · 20


def test_incomplete_card_has_no_mark() -> None:
    unfinished = Scorecard("ines", "A", {"generalization": 4.5})
    assert not unfinished.is_complete
    with pytest.raises(ValueError, match=r"no mark for response_quality, efficiency$"):
        _ = unfinished.mark


def test_card_off_the_rubric_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^Efficiency: 4.2 is not a mark"):
        Scorecard("ines", "A", {"efficiency": 4.2})


@pytest.mark.parametrize(
    ("given_marks", "expected"),
    [
        ([1, 2, 3, 4, 4.5, 5], PanelMark(67.5, 6, "trimmed mean", False)),  # (40+60+80+90)/4
        ([1, 2, 3, 4, 5], PanelMark(60.0, 5, "trimmed mean", False)),  # (40+60+80)/3
        ([5, 1, 5, 4, 5], PanelMark(280 / 3, 5, "trimmed mean", False)),  # (80+100+100)/3
        ([1, 2, 4, 5], PanelMark(60.0, 4, "median", False)),  # (40+80)/2
        ([1, 4, 5], PanelMark(80.0, 3, "median", False)),
        ([1, 4], PanelMark(50.0, 2, "mean", True)),  # (20+80)/2
        ([4], PanelMark(80.0, 1, "mean", True)),
    ],
)
def test_estimator_follows_the_number_of_cards(
    given_marks: Sequence[float], expected: PanelMark
) -> None:
    assert panel_marks(cards("A", *given_marks), ["A"]) == {"A": expected}


def test_fewest_cards_choose_the_estimator_for_all() -> None:
    full, short = cards("A", 1, 2, 3, 4, 4), cards("B", 1, 4, 5, 5)
    assert panel_marks([*full, *short], ["A", "B"]) == {
        "A": PanelMark(60.0, 5, "median", False),
        "B": PanelMark(90.0, 4, "median", False),
    }


def test_left_out_card_changes_the_estimator_for_all() -> None:
    both = [*cards("A", 1, 2, 3, 4, 4), *cards("B", 1, 2, 3, 4, 5)]
    assert panel_marks(both, ["A", "B"], {("expert 5", "B")}) == {
        "A": PanelMark(60.0, 5, "median", False),
        "B": PanelMark(50.0, 4, "median", False),  # 20, 40, 60, 80
    }


def test_reduced_panel_is_flagged_for_all() -> None:
    both = [*cards("A", 1, 2, 3), *cards("B", 4, 5)]
    assert panel_marks(both, ["A", "B"]) == {
        "A": PanelMark(40.0, 3, "mean", True),
        "B": PanelMark(90.0, 2, "mean", True),
    }


def test_answer_without_cards_is_absent_and_decides_nothing() -> None:
    assert panel_marks(cards("A", 1, 4, 5), ["A", "B"]) == {
        "A": PanelMark(80.0, 3, "median", False)
    }
    assert panel_marks([], ["A"]) == {}


def test_incomplete_and_foreign_cards_do_not_count() -> None:
    unfinished = Scorecard("expert 4", "A", {"efficiency": 1})
    heard = [*cards("A", 1, 4, 5), unfinished, card("expert 1", "Z", 1)]
    assert counted(heard, ["A", "B"]) == {
        "A": {"expert 1": 20.0, "expert 2": 80.0, "expert 3": 100.0},
        "B": {},
    }
    assert panel_marks(heard, ["A"]) == {"A": PanelMark(80.0, 3, "median", False)}


def test_second_card_of_a_panellist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^ines has two scorecards for A$"):
        panel_marks([card("ines", "A", 1), card("ines", "A", 2)], ["A"])


HALF_POINTS = st.integers(2, 10).map(lambda half: half / 2)
PANELS = st.lists(st.tuples(HALF_POINTS, HALF_POINTS), min_size=1, max_size=7)


@given(PANELS, st.randoms(use_true_random=False))
def test_order_of_cards_does_not_matter(
    panel: list[tuple[float, float]], chance: random.Random
) -> None:
    heard = [
        c for i, (a, b) in enumerate(panel) for c in (card(f"{i}", "A", a), card(f"{i}", "B", b))
    ]
    shuffled = chance.sample(heard, len(heard))
    assert panel_marks(shuffled, ["A", "B"]) == panel_marks(heard, ["A", "B"])


@given(st.lists(HALF_POINTS, min_size=1, max_size=7), st.data())
def test_better_card_never_lowers_the_panel_mark(panel: list[float], data: st.DataObject) -> None:
    raised = data.draw(st.integers(0, len(panel) - 1))
    better = data.draw(HALF_POINTS.filter(lambda mark: mark >= panel[raised]))
    before = panel_marks(cards("A", *panel), ["A"])["A"].mark
    panel[raised] = better
    assert panel_marks(cards("A", *panel), ["A"])["A"].mark >= before - 1e-9


@given(st.lists(HALF_POINTS, min_size=1, max_size=7))
def test_panel_mark_stays_among_its_cards(panel: list[float]) -> None:
    mark = panel_marks(cards("A", *panel), ["A"])["A"].mark
    assert min(panel) * 20 - 1e-9 <= mark <= max(panel) * 20 + 1e-9
