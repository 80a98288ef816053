"""Nothing stands on a ground that the table of contrasts does not have it on."""

import pytest
from contrast.seen import strangers
from gallery.__main__ import drawn, opened, served
from gallery.screens import SCREENS
from gallery.tale import moments
from hall import SETTLED
from in_browser import People

MOMENTS = ("lobby", "tuning-last", "reading-first", "appeal-filed", "reveal-fifth")


@pytest.mark.parametrize("name", MOMENTS)
def test_nothing_is_drawn_that_the_table_does_not_have(people: People, name: str) -> None:
    moment = next(one for one in moments() if one.name == name)
    found = []
    with served(moment) as show:
        pages = {s: opened(show, s, people) for s in SCREENS if s.is_at(name)}
        drawn(show, pages, 1)
        for screen, page in pages.items():
            page.evaluate(SETTLED)
            is_stage = screen.name in ("stage", "overlay")
            found += [f"{screen.name}: {one}" for one in strangers(page, is_stage=is_stage)]
    assert found == []
