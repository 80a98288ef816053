"""Blindness: swap the owners of two letters, and every frame before their names is the same."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show.events import Event
from finale.show.phases import Phase
from finale.show.state import ShowState
from finale.show.views.commentary import commentary_view
from finale.show.views.common import Hall
from finale.show.views.judge import judge_view
from finale.show.views.overlay import overlay_view
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.show.views.prompter import prompter_view
from finale.show.views.stage import stage_view

HALL = Hall(phones=300, ballots=120, seats=frozenset({"finalist-v", "panel-2"}))
LETTERS = "ABCDE"
TEXTS = {
    "A": "Ada Byron says: yes, at 1300 degrees.",
    "B": "No. I am Bao, and 48,000 is too much.",
    "C": "Perhaps; ask CLEO MARSH.",
    "D": "**Yes**, with two conditions.",
    "E": "It depends on the tide.",
}
TIMES = {"A": (0.31, 4.07), "B": (1.93, 11.4), "C": (0.5, 6.0), "D": (None, 8.21), "E": (0.7, 7.3)}
Leak = Callable[[ShowState], object]
Manner = Callable[[Story, str, str], None]


class Filmed(Story):
    """A show of which every frame to those who may not know the owners is kept from round 2 on."""

    def __init__(self) -> None:
        super().__init__(rundown(finalists=5, panel=3, rounds=2, quorum=5))
        self.frames: list[bytes] = []
        self.leaked: list[dict[str, object]] = []

    def ask(self, command: c.Command, by: str = "host") -> list[Event]:
        """As in a story, with one frame for each who watches, as bytes."""
        events = super().ask(command, by)
        if self.number == 1:
            self.frames.append(self._frame())
            self.leaked.append({name: leak(self.state) for name, leak in LEAKS.items()})
        return events

    def _frame(self) -> bytes:
        state = self.state
        views: list[Any] = [stage_view(state, HALL), phone_view(state), overlay_view(state)]
        views += [commentary_view(state), prompter_view(state, HALL)]
        views += [panel_view(state, seat) for seat in self.panel]
        views += [judge_view(state, letter) for letter in state.round.letters]
        return json.dumps([asdict(view) for view in views]).encode()


# How the two whose letters are swapped play: alike as far as their tiles can show it.


def submitting(story: Story, seat: str, letter: str) -> None:
    """One draft, submitted."""
    story.submit(seat, story.draft(seat, TEXTS[letter], TIMES[letter]))


def pinning(story: Story, seat: str, letter: str) -> None:
    """Two drafts, of which the first or the second is pinned."""
    is_first = letter in "ADE"
    texts = (TEXTS[letter], "Not this one.")
    story.draft(seat, texts[not is_first], TIMES[letter])
    story.draft(seat, texts[is_first], TIMES[letter])
    story.pin(seat, 1 if is_first else 2)


def running(story: Story, seat: str, letter: str) -> None:
    """A draft that the buzzer cuts."""
    story.start(seat)


def play(story: Story, owners: tuple[str, ...], manner: Manner) -> None:
    """A level first round, then one in which the letters A to E belong to `owners`."""
    story.play_level_round()
    story.to_tuning()
    for seat in story.finalists:
        manner(story, seat, LETTERS[owners.index(seat)])
    if manner is running:
        story.wait(91)
        for seat in story.finalists:
            letter = LETTERS[owners.index(seat)]
            story.record(seat, TEXTS[letter], "cut", TIMES[letter])
    if manner is submitting:
        story.end_tuning(owners)
    else:
        story.buzzer(owners)
    story.move_on()
    mark(story)
    appeal(story, owners)
    story.to(Phase.STANDINGS)


def mark(story: Story) -> None:
    """Reading with a hold and a blackout, then all three juries; the judge misses D."""
    story.next()
    story.ask(c.HoldShow())
    story.ask(c.ResumeShow())
    story.ask(c.BlackOut(is_black=True))
    story.ask(c.BlackOut(is_black=False))
    story.to(Phase.MARKING)
    story.ask(c.MissVerdict(round=1, letter="D", reason="No verdict."), "crew")
    for letter, marks in {"A": 6, "B": 9, "C": 5, "E": 2}.items():
        story.judge(letter, marks)
    for letter, given in {"A": 5.0, "B": 4.0, "C": 3.0, "D": 2.0, "E": 1.5}.items():
        for panellist in story.panel:
            story.mark(panellist, letter, given)
    for panellist in story.panel:
        story.ask(c.LockScorecards(round=1), panellist)
    story.time_up("vote")
    story.tally({"A": 40, "B": 40, "C": 20, "D": 12, "E": 8})
    story.time_up("marks")


def appeal(story: Story, owners: tuple[str, ...]) -> None:
    """Two experts appeal for C; the owner of A appeals and wins."""
    story.to(Phase.APPEAL)
    story.appeal("panel-1", "C")
    story.appeal("panel-3", "C", "format fault")
    story.appeal(owners[0], "A", "rubric misread")
    for letter, is_upheld in (("C", False), ("A", True)):
        for panellist in story.panel:
            story.vote_appeal(panellist, letter, is_upheld)
    story.time_up()


OWNERS = ("finalist-x", "finalist-v", "finalist-z", "finalist-w", "finalist-y")
# Named from the last place up: E, D, C, B, A. As many frames follow the naming of each.
NAMED = {"E": 6, "D": 5, "C": 4, "B": 3, "A": 2}


def played(owners: tuple[str, ...], manner: Manner = submitting) -> Filmed:
    story = Filmed()
    play(story, owners, manner)
    return story


def swapped(one: str, other: str) -> tuple[str, ...]:
    owners = list(OWNERS)
    a, b = LETTERS.index(one), LETTERS.index(other)
    owners[a], owners[b] = owners[b], owners[a]
    return tuple(owners)


def as_they_differ(here: Sequence[object], there: Sequence[object]) -> list[bool]:
    return [a != b for a, b in zip(here, there, strict=True)]


@pytest.mark.parametrize("manner", [submitting, pinning, running])
def test_frames_before_the_names_are_the_same_whoever_owns_the_letters(manner: Manner) -> None:
    here, there = played(OWNERS, manner), played(swapped("A", "B"), manner)
    named = NAMED["B"]

    # From the first of the two names on they differ: the swap is real.
    assert as_they_differ(here.frames, there.frames) == (
        [False] * (len(here.frames) - named) + [True] * named
    )


def test_frames_are_the_same_until_the_first_of_the_two_letters_is_named() -> None:
    plain = played(OWNERS).frames
    found = {
        pair: as_they_differ(plain, played(swapped(*pair)).frames).index(True)
        for pair in pairwise(LETTERS)
    }

    assert found == {pair: len(plain) - NAMED[pair[1]] for pair in pairwise(LETTERS)}


LEAKS: dict[str, Leak] = {
    "owners": lambda state: list(state.round.letters.values()),
    "order": lambda state: sorted(state.round.letters, key=state.round.letters.__getitem__),
    "submissions": lambda state: list(state.round.submissions.values()),
    "appellant": lambda state: [appeal.backers for appeal in state.round.appeals],
    "endpoint": lambda state: [
        state.rundown.finalist(owner).endpoint for owner in state.round.letters.values()
    ],
    "drafts": lambda state: [len(draft.text) for draft in state.round.drafts.get(OWNERS[0], ())],
}


def test_a_planted_leak_is_found() -> None:
    here, there = played(OWNERS, pinning), played(swapped("A", "C"), pinning)
    before = len(here.frames) - NAMED["C"]
    found = {
        name
        for one, other in zip(here.leaked[:before], there.leaked[:before], strict=True)
        for name in LEAKS
        if one[name] != other[name]
    }

    assert found == set(LEAKS)
