"""What every endpoint and everyone who asks one relies on."""

import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finale.llm.base import EndpointError, Range

numbers = st.floats(-100.0, 100.0)


def test_range_keeps_values_within() -> None:
    assert [Range(0.0, 2.0).clamp(x) for x in (-1.0, 0.0, 0.7, 2.0, 9.0)] == [0, 0, 0.7, 2, 2]


def test_range_stays_off_open_ends() -> None:
    both_open = Range(0.0, 1.0, is_low_open=True, is_high_open=True)
    assert [both_open.clamp(x) for x in (0.0, 0.5, 1.0)] == [0.01, 0.5, 0.99]
    assert not both_open.contains(0.0)
    assert not both_open.contains(1.0)


@given(x=numbers, is_low_open=st.booleans(), is_high_open=st.booleans())
def test_range_contains_exactly_what_clamp_leaves_alone(
    x: float, is_low_open: bool, is_high_open: bool
) -> None:
    allowed = Range(0.0, 2.0, is_low_open, is_high_open)
    assert allowed.contains(x) == (allowed.clamp(x) == x)
    assert allowed.contains(allowed.clamp(x))


@given(one=numbers, other=numbers)
def test_range_clamp_keeps_order(one: float, other: float) -> None:
    allowed = Range(0.0, 1.0, is_low_open=True)
    low, high = sorted((one, other))
    assert allowed.clamp(low) <= allowed.clamp(high)


def test_range_refuses_what_is_no_number() -> None:
    assert not Range(0.0, 2.0).contains(math.nan)
    with pytest.raises(ValueError, match="must be a number"):
        Range(0.0, 2.0).clamp(math.nan)


def test_endpoint_error_reads_as_its_text() -> None:
    error = EndpointError("not ready", "Endpoint 2 is still starting.")
    assert (str(error), error.kind) == ("Endpoint 2 is still starting.", "not ready")


def test_endpoint_error_survives_a_copy() -> None:
    copy = pickle.loads(pickle.dumps(EndpointError("cut", "The stream broke off.")))
    assert (copy.kind, str(copy)) == ("cut", "The stream broke off.")
