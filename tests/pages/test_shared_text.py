"""One text in several windows: what a window has not seen is set aside, never lost."""

from typing import Any

import pytest
from pages.staff_show import Memory

from finale.pages.shared_text import MOST_ASIDE, SharedText, revision


@pytest.fixture
def shared() -> SharedText:
    memory: Any = Memory()
    return SharedText(memory, ("note", "note:aside"))


def state(shared: SharedText) -> tuple[str, list[str]]:
    return shared.text, shared.asides


def test_a_revision_is_the_length_and_the_check_sum_of_the_bytes() -> None:
    found = [revision(text) for text in ("", "abc", "Größe 🙂")]
    assert found == ["0-0", "3-891568578", "12-2530980430"]


async def test_a_window_that_has_seen_the_text_replaces_it(shared: SharedText) -> None:
    await shared.write("One.", {revision("")})
    await shared.write("Two.", {revision("Nothing"), revision("One.")})
    assert state(shared) == ("Two.", [])


async def test_a_window_that_has_not_seen_the_text_sets_it_aside(shared: SharedText) -> None:
    await shared.write("A long thought.", {revision("")})
    await shared.write("b", {revision("")})
    assert state(shared) == ("b", ["A long thought."])
    await shared.write("be", {revision("b")})
    assert state(shared) == ("be", ["A long thought."])


async def test_what_stands_whole_in_the_newer_text_is_not_set_aside(shared: SharedText) -> None:
    await shared.write("Half", {revision("")})
    await shared.write("Half a thought.", {revision("")})
    assert state(shared) == ("Half a thought.", [])


async def test_every_text_set_aside_comes_round(shared: SharedText) -> None:
    for text in ("One.", "Two.", "Three."):
        await shared.write(text, set())
    seen = []
    for _ in range(3):
        await shared.swap()
        seen.append(shared.text)
    assert seen == ["Two.", "One.", "Three."]


async def test_swapping_with_nothing_aside_changes_nothing(shared: SharedText) -> None:
    await shared.write("One.", set())
    await shared.swap()
    assert state(shared) == ("One.", [])


async def test_the_oldest_goes_when_there_are_too_many(shared: SharedText) -> None:
    texts = [f"Text {chr(65 + n)}." for n in range(MOST_ASIDE + 2)]
    for text in texts:
        await shared.write(text, set())
    assert state(shared) == (texts[-1], texts[-2:0:-1])
