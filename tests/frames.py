"""Which fields of a view say something, phase by phase."""

from collections.abc import Callable, Collection
from dataclasses import fields
from typing import Any

from story import Story, rundown

from finale.show.phases import Phase
from finale.show.state import ShowState
from finale.show.views.common import Head

EMPTY: tuple[object, ...] = (None, "", 0, False, (), {})
ALWAYS = {field.name for field in fields(Head)} - {"clock", "is_held"}


def filled(view: Any, always: Collection[str]) -> set[str]:
    """The fields that are not empty, but for those of every phase."""
    there = {field.name for field in fields(view)}
    return {name for name in there if getattr(view, name) not in EMPTY} - ALWAYS - set(always)


def filled_by_phase(
    view: Callable[[ShowState], object], always: Collection[str]
) -> dict[str, set[str]]:
    """`filled` at the beginning of every phase of a show of one round."""
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    seen: dict[str, set[str]] = {}
    while True:
        seen.setdefault(str(story.state.phase), filled(view(story.state), always))
        if story.state.phase is Phase.CHAMPION:
            return seen
        if story.state.phase is Phase.TUNING:
            for seat in story.finalists:
                story.submit(seat, story.draft(seat, f"By {seat[-1]}."))
            story.end_tuning()
        else:
            story.step()
