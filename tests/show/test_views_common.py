"""Masks, clocks and steps that several views share."""

from dataclasses import asdict

import pytest
from story import NOON, Story, rundown

from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.views.common import (
    ClockView,
    Hall,
    clock_view,
    half_steps,
    head,
    main_clock,
    scale_note,
)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(None, None), (0.0, 0.0), (0.01, 0.5), (0.5, 0.5), (0.51, 1.0), (7.3, 7.5)],
)
def test_times_go_up_to_the_half_second(seconds: float | None, shown: float | None) -> None:
    assert half_steps(seconds) == shown


def test_clock_gives_deadline_and_length_and_in_hold_what_is_left() -> None:
    story = Story()
    story.to_tuning()
    assert clock_view(story.state, "phase") == ClockView(NOON + 90, 90)

    story.wait(30)
    story.ask(c.HoldShow())
    story.wait(500)
    assert clock_view(story.state, "phase") == ClockView(NOON + 90, 90, 60)
    assert clock_view(story.state, "vote") is None


def test_a_hold_after_the_deadline_leaves_nothing() -> None:
    story = Story()
    story.to_tuning()
    story.wait(90.5)
    story.ask(c.HoldShow())

    assert clock_view(story.state, "phase") == ClockView(NOON + 90, 90, 0.0)


def test_main_clock_is_the_phases_then_the_votes_then_the_marks_then_the_answers() -> None:
    story = Story(rundown(finalists=2))
    seen = [main_clock(story.state)]
    story.to_reading()
    seen.append(main_clock(story.state))
    story.next()
    seen.append(main_clock(story.state))
    story.to(Phase.MARKING)
    seen.append(main_clock(story.state))
    story.next()
    seen.append(main_clock(story.state))
    start = story.now

    assert seen == [
        None,
        None,
        ClockView(start + 15, 15),
        ClockView(start + 45, 45),
        ClockView(start + 120, 120),
    ]


def test_round_label_counts_and_names_sudden_death() -> None:
    story = Story(rundown(finalists=2, rounds=2))
    labels = [head(story.state, None)["round_label"]]
    story.play_level_round()
    labels.append(head(story.state, None)["round_label"])
    story.play_level_round()
    labels.append(head(story.state, None)["round_label"])
    story.to_tuning()
    labels.append(head(story.state, None)["round_label"])

    assert list(map(str, labels)) == ["", "Round 1 of 2", "Round 2 of 2", "Sudden death"]


SPREAD = (
    "Each jury gives up to 100 to its favourite and down to 40 to its least favourite; "
    "when it hardly differs, so do the points."
)
NOTES = [
    ({}, SPREAD),
    ({"judge": "raw", "panel": "raw", "audience": "raw"}, "Each jury’s marks count as they are."),
    (
        {"judge": "rank", "panel": "rank", "audience": "rank"},
        "Each jury gives 100 to its favourite and 40 to its least favourite, "
        "the others evenly between.",
    ),
    (
        {"judge": "rank"},
        "How marks become points: AI judge: rank, experts: spread, audience: spread.",
    ),
]


@pytest.mark.parametrize(("scales", "note"), NOTES)
def test_scale_note_says_how_marks_become_points(scales: dict[str, str], note: str) -> None:
    assert str(scale_note(rundown(scales=scales))) == note


def test_a_hall_is_empty_until_somebody_comes() -> None:
    assert asdict(Hall()) == {
        "phones": 0,
        "ballots": 0,
        "seats": frozenset(),
        "trouble": "",
        "checks": {},
        "lost": frozenset(),
    }
