"""One voice per pass, the last one counts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ballot import Ballot, Tally, tally


def test_last_revision_of_each_pass_counts() -> None:
    ballots = [
        Ballot("p1", "A", 1),
        Ballot("p2", "A", 1),
        Ballot("p1", "B", 3),
        Ballot("p1", "C", 2),
    ]
    assert tally(ballots) == Tally({"A": 1, "B": 1})


def test_same_ballot_twice_is_one_voice() -> None:
    assert tally([Ballot("p1", "A", 1), Ballot("p1", "A", 1)]) == Tally({"A": 1})


@pytest.mark.parametrize("choices", [("A", "B"), ("B", "A")])
def test_equal_revisions_count_the_choice_that_sorts_last(choices: tuple[str, str]) -> None:
    assert tally([Ballot("p1", choice, 4) for choice in choices]) == Tally({"B": 1})


def test_counts_are_in_the_order_of_choices() -> None:
    ballots = [Ballot("p1", "C", 1), Ballot("p2", "A", 1), Ballot("p3", "B", 1)]
    assert list(tally(ballots).counts) == ["A", "B", "C"]


def test_share_is_out_of_100() -> None:
    counts = Tally({"A": 3, "B": 1})
    assert (counts.total, counts.share("A"), counts.share("B"), counts.share("Z")) == (4, 75, 25, 0)


def test_no_ballots_share_nothing() -> None:
    assert tally([]) == Tally({})
    assert Tally({}).share("A") == 0.0


def test_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A: -1 is not a number of ballots$"):
        Tally({"A": -1})


BALLOTS = st.lists(
    st.builds(Ballot, st.sampled_from("pqrst"), st.sampled_from("ABC"), st.integers(0, 3)),
    max_size=20,
)


@given(BALLOTS, st.randoms(use_true_random=False))
def test_order_of_ballots_does_not_matter(ballots: list[Ballot], chance: random.Random) -> None:
    assert tally(chance.sample(ballots, len(ballots))) == tally(ballots)


@given(BALLOTS)
def test_total_is_the_number_of_passes(ballots: list[Ballot]) -> None:
    counts = tally(ballots)
    assert counts.total == len({ballot.pass_id for ballot in ballots})
    assert sum(map(counts.share, "ABC")) == pytest.approx(100 if ballots else 0)
