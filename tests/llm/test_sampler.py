"""Temperature and top_p do what they promise, on every list of scores."""

import math
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finale.llm.sampler import draw, nucleus, softmax

scores_lists = st.lists(st.floats(-50.0, 50.0), min_size=1, max_size=12)
wild_scores = st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=12)
temperatures = st.floats(0.01, 5.0)
top_ps = st.floats(0.001, 1.0)


@given(scores=wild_scores, temperature=st.floats(0.0, 1e308))
def test_softmax_is_stable_for_any_scores_and_temperature(
    scores: list[float], temperature: float
) -> None:
    probabilities = softmax(scores, temperature)
    assert all(0.0 <= probability <= 1.0 for probability in probabilities)
    assert math.isclose(math.fsum(probabilities), 1.0, abs_tol=1e-9)


@given(scores=scores_lists, temperature=temperatures)
def test_softmax_keeps_the_order_of_scores(scores: list[float], temperature: float) -> None:
    probabilities = softmax(scores, temperature)
    ranked = sorted(zip(scores, probabilities, strict=True))
    assert [p for _, p in ranked] == sorted(probabilities)


@given(scores=scores_lists, one=temperatures, other=temperatures)
def test_softmax_favours_the_best_less_as_temperature_rises(
    scores: list[float], one: float, other: float
) -> None:
    cold, hot = sorted((one, other))
    best = scores.index(max(scores))
    assert softmax(scores, cold)[best] >= softmax(scores, hot)[best] - 1e-12


@given(scores=st.lists(st.integers(-9, 9), min_size=1, max_size=9, unique=True))
def test_softmax_near_zero_is_the_argmax(scores: list[int]) -> None:
    assert softmax(scores, 5e-324) == softmax(scores, 0.0)


@given(scores=scores_lists, temperature=temperatures, top_p=top_ps)
def test_nucleus_is_minimal(scores: list[float], temperature: float, top_p: float) -> None:
    probabilities = softmax(scores, temperature)
    kept = nucleus(probabilities, top_p)
    assert sum(probabilities[i] for i in kept) >= min(top_p, 1 - 1e-9)
    assert sum(probabilities[i] for i in kept[:-1]) < top_p
    left_out = set(range(len(scores))) - set(kept)
    assert all(probabilities[i] <= probabilities[kept[-1]] for i in left_out)


@given(scores=scores_lists, temperature=temperatures, one=top_ps, other=top_ps)
def test_nucleus_is_nested_in_top_p(
    scores: list[float], temperature: float, one: float, other: float
) -> None:
    probabilities = softmax(scores, temperature)
    narrow, wide = (nucleus(probabilities, top_p) for top_p in sorted((one, other)))
    assert wide[: len(narrow)] == narrow


@given(scores=scores_lists, seed=st.integers())
def test_draw_at_zero_takes_the_first_best_and_no_chance(scores: list[float], seed: int) -> None:
    random = Random(seed)
    before = random.getstate()
    assert draw(scores, 0.0, 0.5, random) == scores.index(max(scores))
    assert random.getstate() == before


@given(scores=wild_scores, temperature=temperatures, top_p=top_ps, seed=st.integers(0, 99))
def test_draw_stays_in_the_nucleus(
    scores: list[float], temperature: float, top_p: float, seed: int
) -> None:
    drawn = draw(scores, temperature, top_p, Random(seed))
    assert drawn in nucleus(softmax(scores, temperature), top_p)


@pytest.mark.parametrize("temperature", [0.4, 1.0, 1.8])
def test_draw_frequencies_match_the_softmax(temperature: float) -> None:
    scores, draws = [1.0, 0.2, -0.5, 0.9, 0.0], 20_000
    random = Random(2024)
    seen = Counter(draw(scores, temperature, 1.0, random) for _ in range(draws))
    expected = [draws * probability for probability in softmax(scores, temperature)]
    chi_square = sum((seen[i] - e) ** 2 / e for i, e in enumerate(expected))
    assert chi_square < 18.47  # the 99.9th percentile for four degrees of freedom


def test_draw_frequencies_in_a_nucleus_are_renormalised() -> None:
    scores, draws = [math.log(6), math.log(3), math.log(1)], 20_000
    random = Random(2025)
    seen = Counter(draw(scores, 1.0, 0.85, random) for _ in range(draws))
    chi_square = sum((seen[i] - draws * p) ** 2 / (draws * p) for i, p in enumerate((2 / 3, 1 / 3)))
    assert seen[2] == 0
    assert chi_square < 10.83  # the 99.9th percentile for one degree of freedom


@pytest.mark.parametrize(
    ("scores", "temperature", "top_p", "says"),
    [
        ([], 1.0, 1.0, "must be scores"),
        ([1.0, math.inf], 1.0, 1.0, "must be finite"),
        ([1.0], -0.1, 1.0, "temperature must be 0 or more"),
        ([1.0], math.nan, 1.0, "temperature must be 0 or more"),
        ([1.0], 1.0, 0.0, "top_p must be above 0"),
        ([1.0], 1.0, 1.1, "top_p must be above 0"),
    ],
)
def test_draw_refuses_what_has_no_meaning(
    scores: list[float], temperature: float, top_p: float, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        draw(scores, temperature, top_p, Random(1))
