"""Everybody is told, in order, whatever the others do."""

import pytest
from logged import lines

from finale.listeners import Listeners


def test_all_are_told_in_the_order_in_which_they_came() -> None:
    heard: list[tuple[str, str]] = []
    listeners: Listeners[[str]] = Listeners()
    listeners.add(lambda what: heard.append(("first", what)))
    listeners.add(lambda what: heard.append(("second", what)))
    listeners.tell("news")
    assert heard == [("first", "news"), ("second", "news")]


def test_who_stops_hears_nothing_more_and_may_stop_twice() -> None:
    heard: list[str] = []
    listeners: Listeners[[str]] = Listeners()
    stop = listeners.add(heard.append)
    listeners.tell("one")
    stop()
    stop()
    listeners.tell("two")
    assert heard == ["one"]


def test_who_leaves_while_being_told_keeps_nobody_else_from_hearing() -> None:
    heard: list[str] = []
    listeners: Listeners[[str]] = Listeners()
    stop = listeners.add(lambda what: stop())
    listeners.add(heard.append)
    listeners.tell("one")
    assert heard == ["one"]


def test_one_that_breaks_is_logged_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []
    listeners: Listeners[[str]] = Listeners()

    def broken(what: str) -> None:
        raise RuntimeError("a page")

    listeners.add(broken)
    listeners.add(heard.append)
    listeners.tell("one")
    assert heard == ["one"]
    assert [line["event"] for line in lines(caplog)] == ["listener failed"]
