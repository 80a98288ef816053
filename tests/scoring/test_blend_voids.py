"""Components that do not count, alone and together, and whose weight they leave to whom."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def verdict(mark: int) -> Verdict:
    return Verdict(({"relevance": mark, "depth": mark, "coherence": mark},))


def card(expert: str, answer: str, mark: float) -> Scorecard:
    marks = {"generalization": mark, "response_quality": mark, "efficiency": mark}
    return Scorecard(expert, answer, marks)


def marks() -> RoundMarks:
    """Four answers: judge 90 80 60 50, panel 100 80 60 40, audience 10 20 30 40 of 100 ballots."""
    answers = ("A", "B", "C", "D")
    return RoundMarks(
        finalists=answers,
        answered=frozenset(answers),
        verdicts=dict(zip(answers, map(verdict, (9, 8, 6, 5)), strict=True)),
        scorecards=tuple(card("ines", a, m) for a, m in zip(answers, (5, 4, 3, 2), strict=True)),
        tally=Tally(dict(zip(answers, (10, 20, 30, 40), strict=True))),
    )


def score(of: RoundMarks) -> RoundScore:
    return score_round(of, Weights(), Scales())


def effective(result: RoundScore) -> tuple[float, ...]:
    return tuple(round(result.weights.of(component), 12) for component in COMPONENTS)


def without_verdicts(*answers: str) -> RoundMarks:
    kept = {a: of for a, of in marks().verdicts.items() if a not in answers}
    return replace(marks(), verdicts=kept)


def test_weights_refuse_another_sum() -> None:
    with pytest.raises(ValueError, match=r"^the weights sum to 0.9, not to 1$"):
        Weights(0.4, 0.4, 0.1)
    with pytest.raises(ValueError, match=r"^the weights sum to 0, not to 1$"):
        Weights(0, 0, 0)
    with pytest.raises(ValueError, match=r"^the weights sum to 1, not to 0$"):
        Weights(is_void=True)


@pytest.mark.parametrize("weight", [-0.1, math.nan, math.inf])
def test_weights_refuse_what_is_no_weight(weight: float) -> None:
    with pytest.raises(ValueError, match=rf"^panel: {weight} is not a weight$"):
        Weights(0.5, weight, 0.5)


@pytest.mark.parametrize(
    ("void", "expected"),
    [
        ([], (0.4, 0.4, 0.2)),
        (["judge"], (0, 2 / 3, 1 / 3)),
        (["panel"], (2 / 3, 0, 1 / 3)),
        (["audience"], (0.5, 0.5, 0)),
        (["judge", "panel"], (0, 0, 1)),
        (["judge", "audience"], (0, 1, 0)),
        (["panel", "audience"], (1, 0, 0)),
        (["judge", "panel", "audience"], (0, 0, 0)),
    ],
)
def test_void_weight_is_shared_in_proportion(
    void: list[Component], expected: tuple[float, ...]
) -> None:
    left = Weights().without(void)
    assert tuple(map(left.of, COMPONENTS)) == pytest.approx(expected)
    assert left.is_void == (len(void) == 3)


def test_weightless_rest_is_void() -> None:
    assert Weights(0, 0, 1).without(["audience"]) == Weights(0, 0, 0, is_void=True)


@given(st.tuples(*[st.floats(0, 1)] * 3).filter(sum), st.sets(st.sampled_from(COMPONENTS)))
def test_effective_weights_sum_to_one_and_keep_their_proportions(
    raw: tuple[float, float, float], void: set[Component]
) -> None:
    total = math.fsum(raw)
    nominal = Weights(*(part / total for part in raw))
    left = nominal.without(void)
    assert math.fsum(map(left.of, COMPONENTS)) == pytest.approx(0 if left.is_void else 1)
    assert all(left.of(component) == 0 for component in void)
    kept = [c for c in COMPONENTS if c not in void and not left.is_void]
    for one in kept:
        for other in kept:
            assert left.of(one) * nominal.of(other) == pytest.approx(
                left.of(other) * nominal.of(one)
            )


@pytest.mark.parametrize("component", COMPONENTS)
def test_host_may_void_a_component(component: Component) -> None:
    result = score(replace(marks(), void=frozenset({component})))
    assert result.void == {component: "void by the host"}
    assert result.weights == Weights().without([component])
    void = Part(None, 0, 0, 0, "void by the host")
    assert [of.parts[component] for of in result.scores.values()] == [void] * 4
    assert set(result.floors) == set(COMPONENTS) - {component}


def test_void_weight_goes_to_the_others_for_all() -> None:
    result = score(replace(marks(), void=frozenset({"audience"})))
    # judge points 100 85 55 40, panel points 100 80 60 40, half each
    assert [round(of.total, 9) for of in result.scores.values()] == [100, 82.5, 57.5, 40]


def test_everything_void_makes_the_round_void() -> None:
    result = score(replace(marks(), void=frozenset(COMPONENTS)))
    assert (result.is_void, effective(result), result.floors) == (True, (0, 0, 0), {})
    assert [of.total for of in result.scores.values()] == [0, 0, 0, 0]


def test_half_unscored_still_counts_and_more_is_void() -> None:
    assert score(without_verdicts("A", "B")).void == {}
    result = score(without_verdicts("A", "B", "C"))
    assert result.void == {"judge": "no verdict for 3 of 4 answers"}
    assert result.unscored == ("A", "B", "C")
    assert effective(result) == (0, 0.666666666667, 0.333333333333)


def test_no_verdict_at_all_voids_the_judge() -> None:
    assert score(replace(marks(), verdicts={})).void == {"judge": "no verdict for 4 of 4 answers"}


def test_unscored_and_panel_void_leaves_the_audience() -> None:
    result = score(replace(without_verdicts("A"), void=frozenset({"panel"})))
    assert result.void == {
        "judge": "no verdict for 1 of 4 answers, and no panel points to stand in",
        "panel": "void by the host",
    }
    assert effective(result) == (0, 0, 1)
    assert not result.is_void


def test_unscored_and_no_panel_and_no_quorum_void_the_round() -> None:
    result = score(replace(without_verdicts("A"), scorecards=(), tally=Tally({"A": 4})))
    assert result.void == {
        "judge": "no verdict for 1 of 4 answers, and no panel points to stand in",
        "panel": "no scorecards",
        "audience": "4 ballots, quorum 5",
    }
    assert result.is_void


def test_no_scorecard_voids_the_panel() -> None:
    assert score(replace(marks(), scorecards=())).void == {"panel": "no scorecards"}
    unfinished = (Scorecard("ines", "A", {"efficiency": 3}),)
    assert score(replace(marks(), scorecards=unfinished)).void == {"panel": "no scorecards"}


def test_answer_without_any_scorecard_voids_the_panel() -> None:
    result = score(replace(marks(), left_out=frozenset({("ines", "A")})))
    assert result.void == {"panel": "no scorecard for 1 of 4 answers"}
    assert not result.reduced


@pytest.mark.parametrize(
    ("tally", "void"),
    [
        (None, {"audience": "no ballots"}),
        (Tally({}), {"audience": "no ballots"}),
        (Tally({"A": 1}), {"audience": "1 ballot, quorum 5"}),
        (Tally({"A": 3, "B": 1}), {"audience": "4 ballots, quorum 5"}),
        (Tally({"A": 3, "B": 2}), {}),
    ],
)
def test_quorum_is_the_fewest_ballots_that_count(
    tally: Tally | None, void: dict[Component, str]
) -> None:
    assert score(replace(marks(), tally=tally)).void == void


def test_no_ballot_is_void_whatever_the_quorum() -> None:
    result = score(replace(marks(), tally=Tally({}), quorum=0))
    assert result.void == {"audience": "no ballots"}


def test_reasons_and_notes_name_no_answer() -> None:
    """They may be shown while answers go by letter: a name here would give an answer away."""
    heard = replace(without_verdicts("A", "B"), left_out=frozenset({("ines", "A")}))
    result = score(replace(heard, upheld=frozenset({"C"}), tally=None))
    said = [*result.void.values(), *result.notes]
    said += [part.note for of in result.scores.values() for part in of.parts.values()]
    assert sorted(set(said)) == [
        "no ballots",
        "no scorecard for 1 of 4 answers",
        "no verdict for 2 of 4 answers, and no panel points to stand in",
    ]


def test_ballot_that_reaches_the_quorum_can_lower_its_choice() -> None:
    """A leads with judge and panel; the fifth ballot, A's own, lets the audience count."""
    four = score(replace(marks(), tally=Tally({"B": 4})))
    five = score(replace(marks(), tally=Tally({"A": 1, "B": 4})))
    assert (four.scores["A"].total, five.scores["A"].total < 95) == (100, True)


def test_verdict_that_ends_a_stand_in_can_lower_its_answer() -> None:
    """Unscored, A takes the panel's 100; the judge then puts A in the middle."""
    late = replace(without_verdicts("A"), verdicts={**marks().verdicts, "A": verdict(7)})
    before, after = score(without_verdicts("A")), score(late)
    assert (before.scores["A"].parts["judge"].points, after.scores["A"].parts["judge"].points) == (
        100,
        80,
    )


def test_card_that_changes_the_estimator_can_lower_its_answer() -> None:
    """With a third card the mean of two gives way to the median, for B too, who gains more."""
    two = [card("e1", "A", 5), card("e2", "A", 4)]
    three = [card("e1", "B", 5), card("e2", "B", 5), card("e3", "B", 1)]
    pair = replace(marks(), answered=frozenset({"A", "B"}))
    before = score(replace(pair, scorecards=(*two, *three)))
    after = score(replace(pair, scorecards=(*two, *three, card("e3", "A", 5))))
    assert [r.scores["A"].parts["panel"].mark for r in (before, after)] == [90, 100]
    assert [r.scores["B"].parts["panel"].mark for r in (before, after)] == [
        pytest.approx(220 / 3),
        100,
    ]
    assert after.scores["A"].parts["panel"].points == 70
    assert before.scores["A"].parts["panel"].points > 90
