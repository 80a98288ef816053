"""Where tiles stand over the scale of the overview."""

from itertools import pairwise

import pytest

from finale.pages.panel_overview import TILE_SHARE, positions


def test_tiles_stand_where_the_means_are() -> None:
    assert positions([1.0, 3.0, 5.0]) == [0.0, 50.0, 100.0]


def test_tiles_of_equal_means_stand_apart_around_them() -> None:
    first, second, third = positions([3.0, 3.0, 3.0])
    assert (first, second, third) == pytest.approx((50 - TILE_SHARE, 50, 50 + TILE_SHARE))


@pytest.mark.parametrize("means", [[1.0] * 5, [5.0] * 5, [1.0, 1.0, 4.9, 5.0, 5.0], [3.0] * 8])
def test_no_tile_stands_beyond_an_end_or_on_another(means: list[float]) -> None:
    places = positions(means)
    assert (min(places) >= 0, max(places) <= 100 + 1e-9) == (True, True)
    gaps = [after - before for before, after in pairwise(places)]
    assert [gap >= TILE_SHARE - 1e-9 for gap in gaps] == [True] * (len(means) - 1)


def test_a_tile_that_has_room_is_not_moved_by_others() -> None:
    *_, last = positions([2.0, 2.0, 2.0, 4.0])
    assert last == 75.0
