"""How a place is written, the same on every screen."""

import pytest
from story import Story, rundown

from finale.show.views.bars import Row, rows
from finale.show.views.common import Tag

TAG = Tag("V", "Ada Byron", "Ada", "", "")


@pytest.mark.parametrize(
    ("place", "is_shared", "is_withdrawn", "placed"),
    [(1, False, False, "1"), (2, True, False, "2="), (0, False, True, "–")],
)
def test_a_place_tells_equals_and_who_has_withdrawn(
    place: int, is_shared: bool, is_withdrawn: bool, placed: str
) -> None:
    row = Row(place, TAG, 50.0, 0.0, 0.0, None, is_shared, "", is_withdrawn=is_withdrawn)
    assert row.placed == placed


def test_equals_after_a_round_share_their_place() -> None:
    story = Story(rundown(finalists=3, rounds=1))
    story.to_marking()
    story.give_marks(dict.fromkeys("ABC", 5), dict.fromkeys("ABC", 3), dict.fromkeys("ABC", 4))
    story.to_standings()
    assert [row.placed for row in rows(story.state)] == ["1=", "1=", "1="]
