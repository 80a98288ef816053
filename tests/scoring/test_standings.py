"""Places over rounds, each tie-break in its turn, sudden death and effective influence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.blend import COMPONENTS, Part, RoundScore, Score, Weights
from scoring.standings import (
    Standing,
    effective_influence,
    standings,
    tied_for_first,
    with_sudden_death,
)

Points = tuple[float, float, float]
NOTHING: Points = (0, 0, 0)


def score(points: Points, weights: Weights) -> Score:
    return Score(
        {
            component: Part(
                None, given_points, weights.of(component), given_points * weights.of(component)
            )
            for component, given_points in zip(COMPONENTS, points, strict=True)
        }
    )


def played(points: Mapping[str, Points], weights: Weights | None = None) -> RoundScore:
    """A round with these judge, panel and audience points."""
    used = weights or Weights()
    scores = {finalist: score(of, used) for finalist, of in points.items()}
    return RoundScore(scores, used, {}, False, (), used.is_void)


def flat(**totals: float) -> RoundScore:
    """A round in which every jury gave a finalist the same points."""
    return played({finalist: (total, total, total) for finalist, total in totals.items()})


def void(*finalists: str) -> RoundScore:
    return played(dict.fromkeys(finalists, NOTHING), Weights(0, 0, 0, is_void=True))


def order(
    rounds: Sequence[RoundScore], finalists: str = "AB", ballots: Mapping[str, int] | None = None
) -> list[tuple[str, int, str]]:
    table = standings(rounds, [*finalists], ballots or {})
    return [(standing.finalist, standing.place, standing.decided_by) for standing in table]


def test_standing_sums_the_rounds() -> None:
    rounds = [
        played({"A": (100, 60, 100), "B": (70, 100, 40)}),
        played({"A": (40, 50, 60), "B": (100, 90, 80)}),
    ]
    assert standings(rounds, ["A", "B"], {"A": 60, "B": 40}) == (
        Standing("B", 1, 76 + 92, 1, 190, 170, 40, "", False),
        Standing("A", 2, 84 + 48, 1, 110, 140, 60, "", False),
    )


def test_before_the_first_round_all_share() -> None:
    assert order([], "ABC") == [("A", 1, ""), ("B", 1, ""), ("C", 1, "")]
    assert tied_for_first(standings([], ["A", "B"], {})) == ("A", "B")


def test_total_is_not_rounded_but_compared_so() -> None:
    close = [flat(A=80.004, B=79.996)]
    table = standings(close, ["A", "B"], {})
    assert [standing.place for standing in table] == [1, 1]
    assert table[0].total == pytest.approx(80.004, abs=1e-12)
    assert order([flat(A=80.004, B=80.006)]) == [("B", 1, ""), ("A", 2, "")]


def test_equal_totals_are_not_split_by_the_last_bits() -> None:
    # both sum to 85.035, on a border of 0.01, in floats that differ in their last bits
    rounds = [flat(A=42.308, B=42.582), flat(A=42.727, B=42.453)]
    table = {standing.finalist: standing for standing in standings(rounds, "AB", {})}
    assert round(table["A"].total, 2) != round(table["B"].total, 2)
    assert (table["A"].is_shared, table["B"].is_shared) == (True, True)


def test_first_tie_break_is_panel_points() -> None:
    # A 80 + 80 + 68, B 68 + 68 + 92; A has more rounds, judge points and ballots
    rounds = [played({"A": (100, 60, 80), "B": (40, 90, 80)})] * 2
    rounds += [played({"A": (70, 60, 80), "B": (90, 100, 80)})]
    assert order(rounds, ballots={"A": 9}) == [("B", 1, ""), ("A", 2, "panel points")]


def test_second_tie_break_is_rounds_won() -> None:
    # totals and panel points equal: A wins two rounds of three, B one by more
    rounds = [flat(A=80, B=70), flat(A=80, B=70), flat(A=60, B=80)]
    assert order(rounds, ballots={"B": 9}) == [("A", 1, ""), ("B", 2, "rounds won")]


def test_third_tie_break_counts_back_second_places() -> None:
    # 200 each and one round won each; A came 1st, 3rd and 2nd, B 2nd, 1st and 2nd; the judge
    # gave A more, where the audience gave less
    rounds = [flat(A=80, B=70, C=60), flat(A=60, B=70, C=65), flat(A=60, B=60, C=100)]
    rounds[0] = played({"A": (90, 80, 60), "B": (70, 70, 70), "C": (60, 60, 60)})
    assert order(rounds, "ABC") == [("C", 1, ""), ("B", 2, ""), ("A", 3, "2nd places")]


def test_count_back_goes_on_to_later_places() -> None:
    # 140 each, one round won each, no second place; A came 4th and 1st, B 1st and 3rd
    rounds = [flat(A=60, B=80, C=75, D=65), flat(A=80, B=60, C=75, D=40)]
    assert order(rounds, "ABCD")[1:3] == [("B", 2, ""), ("A", 3, "3rd places")]
    assert order(rounds, "ABCD")[0] == ("C", 1, "")


def test_judge_points_come_after_the_count_back() -> None:
    # judge 10 more for A, audience 20 more for B: the same total
    rounds = [played({"A": (80, 70, 60), "B": (70, 70, 80)})]
    assert order(rounds, ballots={"B": 9}) == [("A", 1, ""), ("B", 2, "judge points")]


def test_last_tie_break_is_ballots() -> None:
    assert order([flat(A=80, B=80)], ballots={"A": 7, "B": 8}) == [
        ("B", 1, ""),
        ("A", 2, "ballots"),
    ]


def test_still_equal_share_the_place_and_the_next_is_skipped() -> None:
    table = standings([flat(A=60, B=80, C=80, D=70)], ["A", "B", "C", "D"], {})
    assert [(s.finalist, s.place, s.decided_by, s.is_shared) for s in table] == [
        ("B", 1, "", True),
        ("C", 1, "", True),
        ("D", 3, "", False),
        ("A", 4, "", False),
    ]
    assert tied_for_first(table) == ("B", "C")


def test_lone_first_is_not_tied() -> None:
    assert tied_for_first(standings([flat(A=60, B=80, C=60)], ["A", "B", "C"], {})) == ()
    assert tied_for_first(()) == ()


def test_equals_in_a_round_have_both_won_it() -> None:
    table = standings([flat(A=80, B=80, C=70)], ["A", "B", "C"], {})
    assert {standing.finalist: standing.rounds_won for standing in table} == {
        "A": 1,
        "B": 1,
        "C": 0,
    }


def test_no_answer_earns_no_place() -> None:
    """B and C gave no answer where A won: they were not second by that."""
    rounds = [flat(A=80, B=0, C=0), flat(A=0, B=80, C=80)]
    assert order(rounds, "ABC") == [("A", 1, ""), ("B", 1, ""), ("C", 1, "")]


def test_nobody_wins_a_void_round() -> None:
    table = standings([void("A", "B")], ["A", "B"], {})
    assert [standing.rounds_won for standing in table] == [0, 0]


def test_withdrawn_finalist_keeps_the_rounds_already_won() -> None:
    # had A won the first round once W was gone, A and B would share
    rounds = [flat(A=70, B=60, W=80), flat(A=60, B=70)]
    table = standings(rounds, ["A", "B"], {})
    assert [(s.finalist, s.place, s.rounds_won) for s in table] == [("B", 1, 1), ("A", 2, 0)]


def test_sudden_death_orders_the_tied_alone() -> None:
    table = standings([flat(A=80, B=80, C=80, D=70)], ["A", "B", "C", "D"], {})
    settled = with_sudden_death(table, flat(A=50, B=90, C=50))
    assert [(s.finalist, s.place, s.decided_by, s.is_shared) for s in settled] == [
        ("B", 1, "", False),
        ("A", 2, "sudden death", True),
        ("C", 2, "", True),
        ("D", 4, "", False),
    ]
    assert {s.finalist: s.total for s in settled} == {s.finalist: s.total for s in table}
    assert tied_for_first(settled) == ()


def test_sudden_death_that_settles_nothing_leaves_the_title_shared() -> None:
    table = standings([flat(A=80, B=80, C=70)], ["A", "B", "C"], {})
    assert with_sudden_death(table, flat(A=60.001, B=60.004)) == table
    assert with_sudden_death(table, void("A", "B")) == table


def test_sudden_death_without_a_tie_changes_nothing() -> None:
    table = standings([flat(A=80, B=70)], ["A", "B"], {})
    assert with_sudden_death(table, flat(A=1, B=2)) == table


def test_sudden_death_needs_a_score_of_each_of_the_tied() -> None:
    table = standings([flat(A=80, B=80)], ["A", "B"], {})
    with pytest.raises(ValueError, match=r"^no score in the sudden death for B$"):
        with_sudden_death(table, flat(A=60))


def test_influence_is_each_components_part_in_the_differences() -> None:
    # scores 84 and 76, so ±4; judge parts 40 and 28 (±6), panel 24 and 40 (∓8), audience 20, 8 (±6)
    influence = effective_influence([played({"A": (100, 60, 100), "B": (70, 100, 40)})])
    assert influence == pytest.approx({"judge": 1.5, "panel": -2.0, "audience": 1.5})


def test_influence_uses_the_weights_in_effect() -> None:
    halves = played({"A": (100, 60, 0), "B": (40, 60, 0)}, Weights(0.5, 0.5, 0))
    assert effective_influence([halves]) == pytest.approx({"judge": 1, "panel": 0, "audience": 0})


@pytest.mark.parametrize(
    "rounds",
    [[], [flat(A=70, B=70)], [flat(A=70)], [void("A", "B")]],
    ids=["none", "level", "lone", "void"],
)
def test_influence_is_zero_while_no_scores_differ(rounds: list[RoundScore]) -> None:
    assert effective_influence(rounds) == {"judge": 0, "panel": 0, "audience": 0}


def test_influence_passes_over_void_rounds() -> None:
    real = played({"A": (100, 60, 100), "B": (70, 100, 40)})
    assert effective_influence([real, void("A", "B")]) == effective_influence([real])


GIVEN = st.tuples(*[st.sampled_from([40.0, 55.0, 70.0, 85.0, 100.0])] * 3)
ROUNDS = st.lists(st.fixed_dictionaries(dict.fromkeys("ABCD", GIVEN)).map(played), max_size=5)
BALLOTS = st.fixed_dictionaries(dict.fromkeys("ABCD", st.integers(0, 2)))


@given(ROUNDS)
def test_influences_sum_to_one_or_zero(rounds: list[RoundScore]) -> None:
    totals = {round(of.total, 9) for one in rounds for of in one.scores.values()}
    assert sum(effective_influence(rounds).values()) == pytest.approx(1 if len(totals) > 1 else 0)


@given(ROUNDS, BALLOTS)
def test_places_are_a_competition_ranking(
    rounds: list[RoundScore], ballots: dict[str, int]
) -> None:
    table = standings(rounds, "ABCD", ballots)
    places = [standing.place for standing in table]
    assert places == [1 + sum(other < place for other in places) for place in places]
    assert [standing.is_shared for standing in table] == [places.count(p) > 1 for p in places]
    totals = [standing.total for standing in table]
    assert totals == pytest.approx(sorted(totals, reverse=True), abs=0.01)


@given(ROUNDS, BALLOTS, st.permutations("ABCD"))
def test_renaming_finalists_renames_the_standings(
    rounds: list[RoundScore], ballots: dict[str, int], names: list[str]
) -> None:
    renamed = dict(zip("ABCD", names, strict=True))
    turned = [
        replace(r, scores={renamed[f]: of for f, of in reversed([*r.scores.items()])})
        for r in rounds
    ]
    table = standings(turned, names, {renamed[f]: n for f, n in ballots.items()})
    assert table == tuple(
        replace(standing, finalist=renamed[standing.finalist])
        for standing in standings(rounds, "ABCD", ballots)
    )


def test_a_finalist_without_ballots_or_rounds_has_none() -> None:
    [first] = standings([], ["A"], {})
    assert (first.place, first.total, first.rounds_won, first.ballots) == (1, 0.0, 0, 0)
    assert (first.panel_points, first.judge_points) == (0.0, 0.0)
    assert (first.decided_by, first.is_shared) == ("", False)
