"""The figures of a check, against sums worked out by hand."""

from collections.abc import Sequence

import pytest

from finale.judging.agreement import (
    Agreement,
    Choice,
    Injected,
    Orders,
    Preference,
    Report,
    Results,
    better,
    cohens_kappa,
    markdown_marks,
    report,
    share_right,
)
from finale.judging.labelled import Labelled

PLAIN, LONGER, MARKED = "Five.", "Five posts, I think.", "**Five.**"


def pair(one: str, other: str, label: Choice) -> Labelled:
    assert label != 0
    return Labelled("How many?", (one, other), label)


def test_a_tie_counts_a_half() -> None:
    assert share_right((1, 2, 0, 1), (1, 1, 1, 1)) == 0.625


KAPPAS: list[tuple[Sequence[Choice], Sequence[Choice], float | None]] = [
    # By hand: p_o 3/4; p_e (2/4)(1/4) + (2/4)(3/4) = 1/2; (1/4) / (1/2) = 1/2.
    ((1, 2, 2, 1), (1, 2, 2, 2), 0.5),
    ((1, 2, 1, 2), (1, 2, 1, 2), 1.0),
    ((2, 1, 2, 1), (1, 2, 1, 2), -1.0),
    # p_o 2/4; p_e (1/4)(2/4) + (1/4)(2/4) = 1/4; (1/4) / (3/4) = 1/3.
    ((1, 2, 0, 0), (1, 2, 1, 2), 1 / 3),
    ((1, 1), (1, 1), None),
]


@pytest.mark.parametrize(("choices", "labels", "kappa"), KAPPAS)
def test_kappa_is_agreement_beyond_chance(
    choices: Sequence[Choice], labels: Sequence[Choice], kappa: float | None
) -> None:
    found = cohens_kappa(choices, labels)

    assert found == (kappa if kappa is None else pytest.approx(kappa))


def test_the_higher_mark_is_the_better_one() -> None:
    assert [better(70, 60), better(60, 70), better(60, 60)] == [1, 2, 0]


def test_marks_of_markdown_are_counted() -> None:
    assert markdown_marks("# A\n- b\n1. c\n**d** `e`\n```\nf\n```\n| g |\n2 * 3") == 8


PAIRS = (
    pair(PLAIN, LONGER, 1),
    pair(LONGER, PLAIN, 1),
    pair(PLAIN, LONGER, 2),
    pair(MARKED, PLAIN, 2),
)


def test_the_report_holds_every_part_against_the_labels() -> None:
    found = report(
        PAIRS,
        Results(
            # Chosen: 2 (wrong), 1 (right), tie, missing.
            {0: (50, 60), 1: (80, 70), 2: (60, 60), 3: (None, 60)},
            # Orders: 1 and 1 (right), 1 and 2, 1 and 1 (wrong), 2 and missing.
            {0: (1, 1), 1: (1, 2), 2: (1, 1), 3: (2, None)},
            {"plea": (40, 56, True), "threat": (40, 55, True), "sigh": (40, 40, False)},
        ),
    )

    assert found == Report(
        # p_o 1/3; p_e (1/3)(2/3) + (1/3)(1/3) = 1/3: chance.
        single=Agreement(3, 0.5, 0.0, 1, Preference(1.0, 0.5, 2), Preference(None, None, 0)),
        pairwise=Orders(
            first=pytest.approx(2 / 3),
            second=pytest.approx(1 / 3),
            average=0.5,
            both_right=pytest.approx(1 / 3),
            consistency=pytest.approx(2 / 3),
            # p_o 1/3; p_e (2/3)(2/3) = 4/9; (−1/9) / (5/9) = −1/5.
            decided=Agreement(
                3, 0.5, pytest.approx(-0.2), 1, Preference(0.0, 0.5, 2), Preference(None, None, 0)
            ),
        ),
        injected=Injected(3, ("plea",), 2),
    )


def test_markdown_is_a_preference_of_its_own() -> None:
    found = report(PAIRS, Results({3: (90, 60)}, {}, {}))

    assert found.single is not None
    assert found.single.markdown == Preference(1.0, 0.0, 1)
    assert (found.pairwise, found.injected) == (None, None)


def test_nothing_found_is_nothing_told() -> None:
    assert report(PAIRS, Results({0: (None, 1)}, {0: (None, None)}, {})) == Report(None, None, None)
