"""The screens that only show: overlay, commentary, prompter and test card, phase by phase."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

import pytest
from nicegui import ElementFilter, ui
from nicegui.testing import User
from pages.staff_show import House, stations, texts
from story import Story, rundown

from finale.pages.commentary import build_commentary
from finale.pages.overlay import Lower, build_overlay, lower
from finale.pages.overlay_choices import Choices
from finale.pages.prompter import build_prompter, next_words
from finale.pages.testcard import build_testcard
from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.show.views.overlay import overlay_view
from finale.show.views.prompter import prompter_view

V, W = "finalist-v", "finalist-w"

Builder = Callable[[Any, str], None]


def overlay(**choices: Any) -> Builder:
    return lambda backstage, seat: build_overlay(backstage, Choices(**choices))


BUILDERS: dict[str, Builder] = {
    "overlay": overlay(),
    "commentary": build_commentary,
    "prompter": build_prompter,
    "testcard": lambda backstage, seat: build_testcard(backstage),
}


def opened(story: Story, build: Builder) -> tuple[House, AbstractAsyncContextManager[User]]:
    house = House(story)
    return house, house.page(build, "x")


def heard(user: User) -> set[type[Any]]:
    """The kinds of elements that would hear a browser; dark mode only of itself."""
    with user:
        return {type(e) for e in ElementFilter(local_scope=False) if e._event_listeners}


@pytest.mark.parametrize("name", BUILDERS)
async def test_every_phase_is_drawn_and_nothing_can_be_asked(name: str) -> None:
    story = Story(rundown(finalists=3, panel=2, rounds=2))
    house, page = opened(story, BUILDERS[name])
    seen = set()
    async with page as user:
        for phase in stations(story, V):
            house.runner.announce()
            seen.add(phase)
            assert texts(user)
            assert heard(user) == {ui.dark_mode}

    assert seen == set(Phase) - {Phase.SUDDEN_DEATH}


# ---- overlay


@pytest.mark.parametrize("part", ["lower", "clock", "score"])
async def test_a_part_can_be_a_source_of_its_own(part: str) -> None:
    story = Story()
    story.to(Phase.TUNING)
    own = {"lower": "Question 1?", "clock": "Tuning", "score": "Bao Ling"}
    _, page = opened(story, overlay(parts=(part,)))
    async with page as user:
        lines = texts(user).splitlines()

    assert {name for name, text in own.items() if text in lines} == {part}


async def test_a_black_stage_takes_everything_off_the_picture() -> None:
    story = Story()
    house, page = opened(story, overlay())
    async with page as user:
        before = texts(user)
        story.ask(c.BlackOut(is_black=True))
        house.runner.announce()
        dark = texts(user)
        story.ask(c.BlackOut(is_black=False))
        house.runner.announce()

        assert dark.strip() == ""
        assert texts(user) == before


def test_the_lower_third_says_where_the_show_stands() -> None:
    story = Story(rundown(finalists=3, panel=1, rounds=1))
    story.to_marking([W, V])
    said = {"marking": lower(overlay_view(story.state))}
    story.give_marks({"A": 9, "B": 2, "C": 2}, {"A": 5, "B": 2, "C": 1}, {"A": 8, "B": 2, "C": 2})
    story.to(Phase.APPEAL)
    story.time_up()
    while story.state.step < 6:
        story.next()
    said["named"] = lower(overlay_view(story.state))
    story.to(Phase.STANDINGS)
    said["standings"] = lower(overlay_view(story.state))
    story.to(Phase.CHAMPION)
    said["champion"] = lower(overlay_view(story.state))

    assert said == {
        "marking": Lower("Question 1?", "The Finale · Round 1 of 1 · Vote and marks", mark="1"),
        "named": Lower(
            "Bao Ling", "Answer A · understudy model", "", "W", "100.0", "points this round"
        ),
        "standings": Lower(
            "Bao Ling", "leads after round 1 · understudy model", "", "W", "100.0", "points"
        ),
        "champion": Lower("Bao Ling", "Champion · understudy model", "", "W", "100.0", "points"),
    }


def test_those_who_share_the_title_are_both_named() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    story.play_level_round()
    story.to(Phase.SUDDEN_DEATH)
    announced = lower(overlay_view(story.state))
    story.play_level_round()
    story.to(Phase.CHAMPION)

    assert announced == Lower("Sudden death", "The Finale")
    assert lower(overlay_view(story.state)) == Lower("Ada Byron and Bao Ling", "share the title")


# ---- prompter

prompted = partial(prompter_view, hall=Hall())


def test_the_next_cue_says_what_it_waits_for() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1))
    found = [next_words(prompted(story.state))]
    for phase in (Phase.QUESTION, Phase.TUNING):
        story.to(phase)
        found.append(next_words(prompted(story.state)))
    story.ask(c.HoldShow())
    found.append(next_words(prompted(story.state)))
    story.ask(c.ResumeShow())
    for seat in (V, W):
        story.submit(seat, story.draft(seat, f"By {seat[-1]}."))
    story.end_tuning()
    found.append(next_words(prompted(story.state)))

    assert found == [
        ("Show question 1", "Waits for the host."),
        ("Start tuning", "By the clock, or earlier by the host."),
        ("Lock the answers", "Waits for the clock, or 2 more to submit."),
        ("Lock the answers", "On hold: it waits for the host."),
        ("Show the answers", "Comes by itself."),
    ]


async def test_names_and_how_to_say_them_stand_there_and_notes_with_the_question() -> None:
    plan = rundown(finalists=2, panel=1, rounds=1)
    said = [f.model_copy(update={"say": f"{f.lectern}-say"}) for f in plan.finalists]
    story = Story(plan.model_copy(update={"finalists": tuple(said)}))
    house, page = opened(story, build_prompter)
    async with page as user:
        lobby = texts(user)
        story.next()
        house.runner.announce()
        asked = texts(user)

    for text in ("Ada Byron", "V-say · understudy", "9 phones have joined."):
        assert text in lobby
    assert "Notes for question 1." not in lobby
    assert "Notes for question 1." in asked


async def test_results_before_the_reveal_are_marked_as_such() -> None:
    story = Story(rundown(finalists=2, panel=1, rounds=1, prompter_results=True))
    story.to_marking([W, V])
    story.give_marks()
    story.next()
    _, page = opened(story, build_prompter)
    async with page as user:
        assert "Not on stage yet: the round as it stands" in texts(user)


# ---- commentary


async def test_commentators_see_the_standing_with_its_gaps_and_the_reference_when_they_may() -> (
    None
):
    story = Story(rundown(finalists=3, panel=1, rounds=2))
    house, page = opened(story, build_commentary)
    async with page as user:
        story.play_round([V, W, "finalist-x"], {"A": 9, "B": 5, "C": 2})
        story.to(Phase.TUNING)
        house.runner.announce()
        tuning = texts(user)
        story.to_reading([V, W, "finalist-x"])
        house.runner.announce()
        reading = texts(user)

    _, second, third = overlay_view(story.state).standings
    above = second.total - third.total
    for text in (
        f"leads by {second.gap:.1f}",
        f"−{third.gap:.1f} to the lead, −{above:.1f} to the next",
        "Reference answer and key facts come here when tuning is over.",
        "Model: understudy 1",
    ):
        assert text in tuning
    assert story.state.round.question.reference not in tuning
    assert story.state.round.question.reference in reading
    assert "first fact" in reading
