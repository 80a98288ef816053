"""Two drafts side by side."""

from dataclasses import replace

import pytest
from growth import steepest
from hypothesis import given
from hypothesis import strategies as st
from story import Story, rundown

from finale.show.views.compare import Pair, Piece, changes, pair_of, pairs_of
from finale.show.views.finalist import DraftView, finalist_view

SEAT = "finalist-v"


def drafts(*prompts: str) -> tuple[DraftView, ...]:
    story = Story(rundown(finalists=2, panel=1))
    story.to_tuning()
    for number, prompt in enumerate(prompts, 1):
        assert story.start(SEAT, prompt) == number
        story.record(SEAT, f"Answer {number}.")
    return finalist_view(story.state, SEAT).drafts


def text(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{p.text}]" if p.is_changed else p.text for p in pieces)


CASES = [
    ("Be kind.", "Be kind.", "Be kind.", "Be kind."),
    ("", "Be kind.", "", "[Be kind.]"),
    ("Be kind.", "Be brief.", "Be [kind].", "Be [brief]."),
    ("Be complete and structured.", "Be brief.", "Be [complete and structured].", "Be [brief]."),
    ("Décide d’abord.", "Décide d’abord !", "Décide d’abord[.]", "Décide d’abord[ !]"),
    ("one\ntwo", "one\n\ntwo", "one[\n]two", "one[\n\n]two"),
]


@pytest.mark.parametrize(("left", "right", "left_marked", "right_marked"), CASES)
def test_only_what_differs_is_marked_word_by_word(
    left: str, right: str, left_marked: str, right_marked: str
) -> None:
    lefts, rights = changes(left, right)
    assert (text(lefts), text(rights)) == (left_marked, right_marked)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_are_the_text_and_what_is_not_marked_is_the_same(left: str, right: str) -> None:
    lefts, rights = changes(left, right)
    assert ("".join(p.text for p in lefts), "".join(p.text for p in rights)) == (left, right)
    kept = ["".join(p.text for p in side if not p.is_changed).split() for side in (lefts, rights)]
    assert kept[0] == kept[1]


ALIKE = [("a b c d ", "a b d c "), ("a ", "b a "), ("one two ", "two one. ")]


@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_prompts_of_few_words_said_over_and_over_take_no_longer_than_others(
    left: str, right: str
) -> None:
    def compare(text: str) -> object:
        times = len(text) // len(left)
        return changes(left * times, right * times)

    assert steepest(compare, lambda size: "x" * min(size, 20_000)) == ""


def test_long_prompts_that_share_beginning_and_end_differ_in_the_middle_alone() -> None:
    left, right = (f"{'Be kind. ' * 900}{middle}{' Be brief.' * 900}" for middle in ("One", "Two"))

    assert [text(side).count("[") for side in changes(left, right)] == [1, 1]


def test_pairs_are_the_newest_two_first_and_no_draft_that_still_runs() -> None:
    three = drafts("one", "two", "three")
    assert pairs_of(three) == ((2, 3), (1, 3), (1, 2))
    running = (*three[:2], replace(three[2], outcome="running"))
    assert pairs_of(running) == ((1, 2),)
    assert pairs_of(three[:1]) == ()


def test_a_pair_tells_which_settings_differ() -> None:
    left, right = drafts("Be kind.", "Be brief.")
    found = pair_of((left, replace(right, temperature=1.1)), (1, 2))
    assert found == Pair(
        left,
        replace(right, temperature=1.1),
        (Piece("Be ", False), Piece("kind", True), Piece(".", False)),
        (Piece("Be ", False), Piece("brief", True), Piece(".", False)),
    )
    assert (found.is_hotter, found.is_wider) == (True, False)
