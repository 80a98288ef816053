"""What the test card shows of a show: its title and who plays, nothing of its course."""

from dataclasses import dataclass

from finale.show.state import ShowState
from finale.show.views.common import Tag, tag_of


@dataclass(frozen=True, slots=True)
class PatternView:
    """The same from the doors to the champion."""

    title: str
    finalists: tuple[Tag, ...]


def pattern_view(state: ShowState) -> PatternView:
    """The test card's frame."""
    finalists = tuple(tag_of(finalist) for finalist in state.rundown.finalists)
    return PatternView(state.rundown.title, finalists)
