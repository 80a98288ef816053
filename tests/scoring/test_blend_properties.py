"""What holds of every round, whatever was marked: order, names, appeals, better marks."""

import random
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ballot import Tally
from scoring.blend import COMPONENTS, RoundMarks, RoundScore, Scales, Weights, score_round
from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC
from scoring.scales import Scale
from scoring.scorecard import Scorecard
from scoring.verdict import Verdict

NAMES = ("A", "B", "C", "D", "E")
EXPERTS = ("e1", "e2", "e3", "e4", "e5")
PASS = st.fixed_dictionaries(dict.fromkeys(JUDGE_RUBRIC.keys, st.integers(1, 10)))
VERDICT = st.lists(PASS, min_size=1, max_size=3).map(lambda passes: Verdict(tuple(passes)))
CARD_MARKS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(PANEL_RUBRIC.keys, st.integers(2, 10).map(lambda half: half / 2))
)
SCALE = st.sampled_from(get_args(Scale))
SCALES = st.builds(Scales, SCALE, SCALE, SCALE)
SOME_NAMES = st.frozensets(st.sampled_from(NAMES))


@st.composite
def rounds(draw: st.DrawFn) -> RoundMarks:
    cards = draw(
        st.dictionaries(st.tuples(st.sampled_from(EXPERTS), st.sampled_from(NAMES)), CARD_MARKS)
    )
    return RoundMarks(
        finalists=NAMES,
        answered=draw(SOME_NAMES),
        verdicts=draw(st.dictionaries(st.sampled_from(NAMES), VERDICT)),
        scorecards=tuple(Scorecard(*seat, marks) for seat, marks in cards.items()),
        tally=draw(
            st.none() | st.dictionaries(st.sampled_from(NAMES), st.integers(0, 90)).map(Tally)
        ),
        left_out=draw(st.frozensets(st.sampled_from(sorted(cards)) if cards else st.nothing())),
        void=draw(st.frozensets(st.sampled_from(COMPONENTS), max_size=1)),
        upheld=draw(SOME_NAMES),
    )


def full_round() -> RoundMarks:
    """Two answers, the judge's three passes and five experts of one mind."""

    def verdict(mark: int) -> Verdict:
        return Verdict((dict.fromkeys(JUDGE_RUBRIC.keys, mark),) * 3)

    return RoundMarks(
        finalists=("A", "B"),
        answered=frozenset("AB"),
        verdicts={"A": verdict(6), "B": verdict(7)},
        scorecards=tuple(
            Scorecard(expert, answer, dict.fromkeys(PANEL_RUBRIC.keys, 3.0))
            for expert in EXPERTS
            for answer in "AB"
        ),
        tally=Tally({"A": 50, "B": 50}),
    )


def score(marks: RoundMarks, scales: Scales) -> RoundScore:
    return score_round(marks, Weights(), scales)


@given(rounds(), SCALES)
def test_totals_are_the_sum_of_weighted_parts(marks: RoundMarks, scales: Scales) -> None:
    result = score(marks, scales)
    assert tuple(result.scores) == NAMES
    for finalist, of in result.scores.items():
        parts = of.parts.values()
        assert of.total == pytest.approx(sum(part.points * part.weight for part in parts))
        assert -1e-9 <= of.total <= 100 + 1e-9
        assert finalist in marks.answered or of.total == 0
    assert sum(map(result.weights.of, COMPONENTS)) == pytest.approx(0 if result.is_void else 1)
    assert result.is_void == (set(result.void) == set(COMPONENTS))


@given(rounds(), SCALES)
def test_void_components_give_nothing_to_anybody(marks: RoundMarks, scales: Scales) -> None:
    result = score(marks, scales)
    given_points = [of.parts[void].points for of in result.scores.values() for void in result.void]
    assert given_points == [0.0] * len(given_points)
    assert marks.void <= set(result.void)
    assert set(result.void.values()).isdisjoint({""})


@given(rounds(), SCALES, st.randoms(use_true_random=False))
def test_order_of_marks_does_not_matter(
    marks: RoundMarks, scales: Scales, chance: random.Random
) -> None:
    shuffled = replace(
        marks,
        scorecards=tuple(chance.sample(marks.scorecards, len(marks.scorecards))),
        verdicts=dict(chance.sample([*marks.verdicts.items()], len(marks.verdicts))),
    )
    assert score(shuffled, scales) == score(marks, scales)


@given(rounds(), SCALES, st.permutations(NAMES))
def test_renaming_finalists_renames_the_scores(
    marks: RoundMarks, scales: Scales, names: list[str]
) -> None:
    renamed = dict(zip(NAMES, names, strict=True))
    turned = RoundMarks(
        finalists=NAMES,
        answered=frozenset(renamed[a] for a in marks.answered),
        verdicts={renamed[a]: of for a, of in marks.verdicts.items()},
        scorecards=tuple(replace(card, answer=renamed[card.answer]) for card in marks.scorecards),
        tally=marks.tally and Tally({renamed[a]: n for a, n in marks.tally.counts.items()}),
        left_out=frozenset((expert, renamed[a]) for expert, a in marks.left_out),
        void=marks.void,
        upheld=frozenset(renamed[a] for a in marks.upheld),
    )
    before, after = score(marks, scales), score(turned, scales)
    assert after.scores == {renamed[a]: of for a, of in before.scores.items()}
    assert set(after.unscored) == {renamed[a] for a in before.unscored}
    assert replace(after, scores={}, unscored=()) == replace(before, scores={}, unscored=())


@given(rounds(), SCALES, st.sampled_from(NAMES))
def test_upholding_an_appeal_moves_nobody_else_and_never_down(
    marks: RoundMarks, scales: Scales, appellant: str
) -> None:
    before = score(replace(marks, upheld=marks.upheld - {appellant}), scales)
    after = score(replace(marks, upheld=marks.upheld | {appellant}), scales)
    assert after.scores[appellant].total >= before.scores[appellant].total
    for other in set(NAMES) - {appellant}:
        assert after.scores[other] == before.scores[other]


@given(rounds(), SCALES, st.data())
def test_vote_that_moves_never_lowers_its_new_choice(
    marks: RoundMarks, scales: Scales, data: st.DataObject
) -> None:
    counts = marks.tally.counts if marks.tally else {}
    old = data.draw(st.sampled_from([choice for choice in counts if counts[choice]] or ["A"]))
    new = data.draw(st.sampled_from(NAMES))
    before = replace(
        marks,
        tally=Tally({**dict.fromkeys(NAMES, 0), "A": 1, **counts, old: 1 + counts.get(old, 0)}),
    )
    assert before.tally is not None
    moved = dict(before.tally.counts)
    moved[old] -= 1
    moved[new] += 1
    after = score(replace(before, tally=Tally(moved)), scales)
    assert after.scores[new].total >= score(before, scales).scores[new].total - 1e-9


@given(rounds(), st.sampled_from(["raw", "rank"]), st.data())
def test_better_mark_never_lowers_its_answer_on_raw_and_rank(
    marks: RoundMarks, scale: Scale, data: st.DataObject
) -> None:
    raised = data.draw(st.sampled_from(NAMES))
    better = replace(
        marks,
        verdicts={a: lifted(of) if a == raised else of for a, of in marks.verdicts.items()},
        scorecards=tuple(
            replace(card, marks={key: min(5, mark + 0.5) for key, mark in card.marks.items()})
            if card.answer == raised
            else card
            for card in marks.scorecards
        ),
    )
    scales = Scales(scale, scale, scale)
    before, after = score(marks, scales).scores[raised], score(better, scales).scores[raised]
    assert after.total >= before.total - 1e-9


def lifted(verdict: Verdict) -> Verdict:
    return Verdict(tuple({key: min(10, m + 1) for key, m in of.items()} for of in verdict.passes))


def test_better_pass_can_lower_its_answer_on_spread() -> None:
    """B's third pass rises from 7 to 10: its median stays, the floor widens from 5 to 17.7."""
    dissent = Verdict(
        (*[dict.fromkeys(JUDGE_RUBRIC.keys, 7)] * 2, dict.fromkeys(JUDGE_RUBRIC.keys, 10))
    )
    better = replace(full_round(), verdicts={**full_round().verdicts, "B": dissent})
    before, after = score(full_round(), Scales()), score(better, Scales())
    floors = [result.floors["judge"] for result in (before, after)]
    assert floors == [5, pytest.approx(17.6776695)]
    judged = [result.scores["B"].parts["judge"] for result in (before, after)]
    assert [part.mark for part in judged] == [70, 70]
    # before: 100, B is the favourite by 10. After: 70 + 60 · 5 / 17.678
    assert [part.points for part in judged] == [100, pytest.approx(86.9705627)]
