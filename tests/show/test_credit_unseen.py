"""Which finalist plays on by a credit is on no screen but the host's and that finalist's own."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from story import Story, rundown

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.events import Event
from finale.show.phases import Phase
from finale.show.views.commentary import commentary_view
from finale.show.views.common import Hall
from finale.show.views.finalist import finalist_view
from finale.show.views.host import host_view
from finale.show.views.overlay import overlay_view
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.show.views.prompter import prompter_view
from finale.show.views.stage import stage_view

V, W, X = "finalist-v", "finalist-w", "finalist-x"
HALL = Hall(phones=300, seats=frozenset({V, W, X}))


class Filmed(Story):
    """A show of which every public frame is kept, and the host's, from the buzzer on."""

    def __init__(self) -> None:
        super().__init__(rundown(finalists=3, panel=2, rounds=1))
        self.public: list[str] = []
        self.desk: list[str] = []

    def ask(self, command: c.Command, by: str = "host") -> list[Event]:
        """As in a story, with one frame for each who watches."""
        events = super().ask(command, by)
        if self.state.rounds and (
            self.state.round.at_buzzer is not None or self.state.phase is not Phase.TUNING
        ):
            views: list[Any] = [stage_view(self.state, HALL), phone_view(self.state)]
            views += [overlay_view(self.state), commentary_view(self.state)]
            views.append(prompter_view(self.state, HALL))
            views += [panel_view(self.state, seat) for seat in self.panel]
            self.public.append(json.dumps([asdict(view) for view in views]))
            self.desk.append(json.dumps(asdict(host_view(self.state, HALL)), default=str))
        return events


def play(late: str, *, is_granted: bool) -> Filmed:
    """Every model fails once, everybody has an answer, `late` alone has a credit and plays on."""
    story = Filmed()
    story.to_tuning()
    for seat in story.finalists:
        story.draft(seat, f"An answer in time, number {seat[-1]}.")
    story.start(late)
    # A failure of half a second earns the others nothing, so that all tiles show two drafts.
    for seat in story.finalists:
        if seat != late:
            story.start(seat)
            story.record(seat, "", "failed", times=(None, 0.5))
    story.record(late, "", "failed", times=(None, 20.0))
    story.time_up()
    story.ask(ca.DecideCredit(round=0, finalist=late, is_granted=is_granted))
    if is_granted:
        story.start(late)
        story.ask(c.HoldShow())
        story.ask(c.ResumeShow())
        story.record(late, "An answer in overtime.")
        story.pin(late, 3)
    story.buzzer((V, W, X))
    return story


@pytest.mark.parametrize("is_granted", [True, False])
def test_whoever_plays_on_stage_phones_and_panel_are_the_same(is_granted: bool) -> None:
    films = [play(late, is_granted=is_granted) for late in (V, W, X)]
    frames = [film.public for film in films]

    assert len(frames[0]) == (9 if is_granted else 4)
    assert frames[0] == frames[1] == frames[2]
    # The films do differ: the host sees who plays on.
    assert films[0].desk != films[1].desk


def test_in_overtime_every_tile_is_locked_with_the_drafts_of_the_buzzer() -> None:
    story = Filmed()
    story.to_tuning()
    story.draft(W, "An answer in time.")
    story.start(V)
    story.record(V, "", "failed", times=(None, 20.0))
    story.time_up()
    story.draft(V, "An answer in overtime.")

    tiles = stage_view(story.state, HALL).tiles
    assert [(tile.status, tile.drafts) for tile in tiles] == [
        ("locked", 1),
        ("locked", 1),
        ("locked", 0),
    ]


def test_a_credit_before_the_buzzer_is_not_on_stage() -> None:
    story = Filmed()
    story.to_tuning()
    story.start(V)
    story.record(V, "", "failed", times=(None, 20.0))
    offered = stage_view(story.state, HALL)
    story.ask(ca.DecideCredit(round=0, finalist=V, is_granted=True))

    assert stage_view(story.state, HALL) == offered
    assert [(tile.status, tile.drafts) for tile in offered.tiles] == [
        ("tuning", 1),
        ("tuning", 0),
        ("tuning", 0),
    ]


def test_the_credited_alone_may_tune_in_overtime() -> None:
    story = Filmed()
    story.to_tuning()
    story.start(V)
    story.record(V, "", "failed", times=(None, 20.0))
    story.time_up()

    assert [finalist_view(story.state, seat).can_tune for seat in (V, W, X)] == [
        True,
        False,
        False,
    ]
