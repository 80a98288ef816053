import hashlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine
from sqlmodel import SQLModel

from finale.store.ballots import (
    PASSES_AT_ONCE,
    Ballot,
    Cast,
    Gate,
    Result,
    cast,
    close_gate,
    count,
    number,
    open_gate,
    own,
)
from scoring.ballot import Ballot as Voice
from scoring.ballot import tally

TABLES = [SQLModel.metadata.tables[str(table.__tablename__)] for table in (Ballot, Gate)]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{tmp_path / 'ballots.db'}")
    SQLModel.metadata.create_all(engine, tables=TABLES)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def ballot(pass_id: str, letter: str, rev: int = 1, round_: int = 0, show: str = "s") -> Cast:
    return Cast(show, round_, pass_id, letter, rev, f"{pass_id}-{letter}-{rev}", 5.0)


def test_cast_into_an_open_gate_counts(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    one = ballot("p", "A")
    assert cast(connection, [one]) == [Result("counted", one)]
    assert own(connection, "s", "p") == [one]


def test_cast_without_a_gate_is_closed_and_leaves_nothing(connection: Connection) -> None:
    assert cast(connection, [ballot("p", "A")]) == [Result("closed", None)]
    assert number(connection, "s", 0) == 0


def test_cast_after_the_close_keeps_what_stood(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    one = ballot("p", "A")
    cast(connection, [one])
    close_gate(connection, "s", 0)
    assert cast(connection, [ballot("p", "B", 2)]) == [Result("closed", one)]
    assert own(connection, "s", "p") == [one]


def test_cast_again_after_the_close_answers_as_before(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    one = ballot("p", "A")
    before = cast(connection, [one])
    close_gate(connection, "s", 0)
    assert cast(connection, [one]) == before


def test_cast_into_a_gate_opened_again_counts(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    close_gate(connection, "s", 0)
    open_gate(connection, "s", 0)
    assert cast(connection, [ballot("p", "A")]) == [Result("counted", ballot("p", "A"))]


def test_older_ballot_does_not_replace_a_newer(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    newer = ballot("p", "B", 2)
    cast(connection, [newer])
    assert cast(connection, [ballot("p", "A", 1)]) == [Result("newer", newer)]


def test_one_batch_keeps_the_last_rev_of_each_pass(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    second, first, other = ballot("p", "B", 2), ballot("p", "A", 1), ballot("q", "A", 1)
    assert cast(connection, [second, first, other]) == [
        Result("counted", second),
        Result("newer", second),
        Result("counted", other),
    ]
    assert number(connection, "s", 0) == 2


def test_gate_of_another_round_or_show_lets_nothing_in(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    ballots = [ballot("p", "A", round_=1), ballot("p", "A", show="other")]
    assert cast(connection, ballots) == [Result("closed", None), Result("closed", None)]


def test_cast_of_nothing_is_nothing(connection: Connection) -> None:
    assert cast(connection, []) == []


def test_batch_larger_than_one_look_up_has_a_result_each(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    many = [ballot(f"p{n}", "A") for n in range(2 * PASSES_AT_ONCE + 1)]
    assert cast(connection, many) == [Result("counted", one) for one in many]


def test_count_has_letters_rows_and_digest(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    cast(connection, [ballot("q", "B"), ballot("p", "A"), ballot("r", "B")])
    counted = count(connection, "s", 0)
    assert counted.counts == {"A": 1, "B": 2}
    assert counted.rows == (("p-A-1", "A"), ("q-B-1", "B"), ("r-B-1", "B"))
    lines = b"p-A-1 A\nq-B-1 B\nr-B-1 B\n"
    assert counted.digest == hashlib.sha256(lines).hexdigest()


def test_own_has_every_round_of_that_pass(connection: Connection) -> None:
    open_gate(connection, "s", 0)
    open_gate(connection, "s", 1)
    first, second = ballot("p", "A"), ballot("p", "C", round_=1)
    cast(connection, [second, ballot("q", "B"), first])
    assert own(connection, "s", "p") == [first, second]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("pqr"), st.sampled_from("ABC"), st.integers(1, 3)), max_size=14
    ),
    st.randoms(use_true_random=False),
)
def test_order_and_batches_do_not_matter(said: list[tuple[str, str, int]], random: Random) -> None:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine, tables=TABLES)
    ballots = [ballot(*one) for one in said]
    random.shuffle(ballots)
    with engine.connect() as connection:
        open_gate(connection, "s", 0)
        while ballots:
            size = random.randint(1, len(ballots))
            cast(connection, ballots[:size])
            del ballots[:size]
        counted = count(connection, "s", 0).counts
    engine.dispose()
    assert counted == tally(Voice(*one) for one in said).counts
