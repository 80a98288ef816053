"""No screen keeps anybody out: axe-core finds nothing serious, and each says its language."""

from gallery.__main__ import opened, served
from gallery.barriers import barriers
from gallery.screens import SCREENS
from gallery.tale import moments
from in_browser import People

MOMENT = "marking"


def test_axe_finds_nothing_serious_on_any_screen(people: People) -> None:
    [moment] = [one for one in moments() if one.name == MOMENT]
    found = {}
    with served(moment) as show:
        for screen in SCREENS:
            page = opened(show, screen, people)
            found[screen.name] = barriers(page), page.evaluate("document.documentElement.lang")
            page.context.close()

    assert found == {screen.name: ([], "en") for screen in SCREENS}
