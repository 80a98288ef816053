"""The judge's passes and what is made of them."""

import pytest

from scoring.verdict import Verdict


def marks(relevance: int, depth: int, coherence: int) -> dict[str, int]:
    return {"relevance": relevance, "depth": depth, "coherence": coherence}


def test_marks_are_medians_per_criterion() -> None:
    verdict = Verdict((marks(8, 6, 9), marks(7, 9, 9), marks(10, 7, 3)))
    assert verdict.marks == {"relevance": 8.0, "depth": 7.0, "coherence": 9.0}
    assert verdict.mark == 80.0  # (8 + 7 + 9) / 3 · 10


def test_two_passes_meet_halfway() -> None:
    verdict = Verdict((marks(8, 6, 9), marks(7, 6, 9)))
    assert verdict.marks == {"relevance": 7.5, "depth": 6.0, "coherence": 9.0}
    assert verdict.mark == 75.0


def test_spread_is_highest_minus_lowest() -> None:
    verdict = Verdict((marks(8, 6, 9), marks(7, 9, 9), marks(10, 7, 9)))
    assert verdict.spread == {"relevance": 3, "depth": 3, "coherence": 0}


def test_pass_marks_keep_the_order_of_passes() -> None:
    verdict = Verdict((marks(9, 9, 9), marks(1, 1, 1), marks(4, 5, 6)))
    assert verdict.pass_marks == (90.0, 10.0, 50.0)


def test_mark_keeps_full_precision() -> None:
    assert Verdict((marks(7, 8, 8),)).mark == pytest.approx(230 / 3, abs=1e-12)


def test_no_pass_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a verdict needs at least one pass$"):
        Verdict(())


def test_incomplete_pass_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"^a pass has no mark for depth, coherence$"):
        Verdict((marks(8, 6, 9), {"relevance": 5}))


def test_pass_off_the_rubric_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^Depth: 11 is not a mark from 1 to 10 in steps of 1$"):
        Verdict((marks(8, 11, 9),))
