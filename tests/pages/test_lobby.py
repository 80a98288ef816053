"""The lobby on consoles and tablets: practice, calibration, the connection check."""

import json
from typing import Any

import pytest
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction
from pages.staff_show import House, button, is_in_sight, texts, the, turn, typed_in
from story import Story, question, rundown

from finale.pages.connection_check import ConnectionCheck, Found, verdict
from finale.pages.finalist import build_finalist
from finale.pages.kept_text import KeptText
from finale.pages.panel import build_panel
from finale.pages.panel_marks import Scales
from finale.show import commands as c
from finale.show.phases import Phase
from finale.show.rundown import Calibration
from finale.show.state import Draft

SEAT, EXPERT = "finalist-v", "panel-1"
KEEPS = "Nothing here counts or is kept. Only your prompt and settings stay, for round 1."
CALIBRATION = Calibration(
    question="What do you ask?",
    answer="How far away it is.",
    marks={"generalization": 3.5, "response_quality": 3.0, "efficiency": 4.0},
    reason="Right questions, but no decision.",
)


def lobby(**changes: Any) -> House:
    """Doors open, with a practice question and a calibration answer unless `changes` say not."""
    both = {"practice": question(77), "calibration": CALIBRATION}
    return House(Story(rundown(finalists=2, panel=2).model_copy(update=both | changes)))


@pytest.fixture
async def house() -> House:
    return lobby()


def send(user: User, kind: type[Any], event: str, args: dict[str, Any], at: int = 0) -> None:
    """What the browser's part of that element says."""
    UserInteraction(user, {the(user, kind, at)}, None).trigger(event, args)


def type_prompt(user: User, text: str) -> None:
    send(user, KeptText, "typed", typed_in(the(user, KeptText), text))


# ---- practice


async def test_the_console_is_open_for_practice_and_says_what_stays(house: House) -> None:
    async with house.page(build_finalist, SEAT) as user:
        await user.should_see("What is question 77?")
        shown = texts(user).splitlines()
        assert ("Practice" in shown, KEEPS in shown) == (True, True)
        assert the(user, KeptText).props.get("locked", False) is False
        assert "After it, prompts and drafts are published with the record." in shown
        assert [word for word in ("Your drafts", "Nothing to submit yet") if word in shown] == []


async def test_practice_streams_ends_and_is_not_recorded(house: House) -> None:
    house.model.pieces = ("Offer ", None, "cover.")
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, "Decide first.")
        button(user, "Generate").click()
        await turn()
        assert {"Practice draft", "Streaming", "Generating"} <= set(texts(user).splitlines())
        assert '<p dir="auto">Offer</p>' in texts(user)
        house.model.go_on.set()
        await turn()
        shown = texts(user)
        assert '<p dir="auto">Offer cover.</p>' in shown
        assert "Generate" in shown.splitlines()
    [heard] = house.model.heard
    assert (heard.system, heard.question) == ("Decide first.", "What is question 77?")
    assert (house.runner.asked, len(house.story.log)) == ([], 1)


async def test_practice_is_cancelled_by_the_same_button(house: House) -> None:
    house.model.pieces = ("Offer ", None)
    async with house.page(build_finalist, SEAT) as user:
        button(user, "Generate").click()
        await turn()
        button(user, "Cancel").click()
        await user.should_see("Cancelled.")
        assert "Generate" in texts(user).splitlines()


async def test_a_practice_prompt_that_is_too_long_is_refused_in_words(house: House) -> None:
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, "x" * 4001)
        button(user, "Generate").click()
        await user.should_see("The system prompt has 4,001 characters; 4,000 are allowed.")
    assert house.model.heard == []


async def test_the_prompt_stays_for_round_one_and_the_draft_goes(house: House) -> None:
    async with house.page(build_finalist, SEAT) as user:
        field = the(user, KeptText)
        type_prompt(user, "Decide first.")
        button(user, "Generate").click()
        await turn()
        house.story.to(Phase.TUNING)
        house.runner.announce()
        shown = texts(user)
        assert the(user, KeptText) is field
        assert is_in_sight(field)
        assert [word for word in ("Offer", KEEPS, "Connection check") if word in shown] == []
        assert "No drafts yet." in shown
        assert house.drafter.practice(SEAT) is None
        button(user, "Generate").click()
        await turn()
    kept = json.loads(house.memory.texts[f"prompt:{SEAT}"])
    assert kept["system"] == "Decide first."
    [draft] = house.story.state.round.drafts[SEAT]
    assert (draft.number, draft.system) == (1, "Decide first.")
    assert isinstance(draft, Draft)


async def test_without_a_practice_question_there_is_welcome_and_the_check() -> None:
    async with lobby(practice=None).page(build_finalist, SEAT) as user:
        await user.should_see("Welcome, Ada Byron.")
        assert the(user, ConnectionCheck).props["model"] is None
        assert "Generate" not in texts(user).splitlines()


# ---- the check


async def test_each_page_in_the_lobby_has_one_check_and_none_later(house: House) -> None:
    for build, seat, least in (
        (build_finalist, SEAT, [1024, 640]),
        (build_panel, EXPERT, [744, 600]),
    ):
        async with lobby().page(build, seat) as user:
            assert the(user, ConnectionCheck).props["least"] == least
            with pytest.raises(IndexError):
                the(user, ConnectionCheck, 1)
    house.story.to(Phase.QUESTION)
    async with house.page(build_finalist, SEAT) as user:
        with pytest.raises(IndexError):
            the(user, ConnectionCheck)


async def test_a_trip_with_a_text_is_saved_and_one_without_is_not(house: House) -> None:
    async with house.page(build_panel, EXPERT) as user:
        send(user, ConnectionCheck, "asked", {"serial": 1, "text": ""})
        await turn()
        assert house.memory.texts == {}
        send(user, ConnectionCheck, "asked", {"serial": 2, "text": "one two"})
        await turn()
        house.memory.is_broken = True
        send(user, ConnectionCheck, "asked", {"serial": 3, "text": "three"})
        await turn()
    assert house.memory.texts == {f"check:{EXPERT}": "one two"}


async def test_what_the_page_found_is_kept_for_the_host(house: House) -> None:
    async with house.page(build_finalist, SEAT) as user:
        found = {"ms": 12, "is_saved": True, "has_room": True}
        send(user, ConnectionCheck, "found", found)
    assert house.presence.checks == {SEAT: "Checked, 12 ms"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Found(ms=7, is_saved=True, has_room=True), "Checked, 7 ms"),
        (Found(ms=-1, is_saved=False, has_room=True), "Check: no answer in 5 s, typing not saved"),
        (Found(ms=7, is_saved=True, has_room=False), "Check: window too small"),
    ],
)
def test_the_hosts_line_names_every_fault(found: Found, said: str) -> None:
    assert verdict(found) == said


async def test_the_model_is_checked_by_practice(house: House) -> None:
    house.model.pieces = (None, "Offer.")
    async with house.page(build_finalist, SEAT) as user:
        seen = [the(user, ConnectionCheck).props["model"]]
        button(user, "Generate").click()
        await turn()
        seen.append(the(user, ConnectionCheck).props["model"])
        house.model.go_on.set()
        await turn()
        seen.append(the(user, ConnectionCheck).props["model"])
        house.model.pieces = ()
        button(user, "Generate").click()
        await turn()
        seen.append(the(user, ConnectionCheck).props["model"])
    assert seen == [
        ["open", "Not tried: generate once"],
        ["open", "Waiting"],
        ["good", "Answered in 0.0 s"],
        ["bad", "Failed. Tell the host."],
    ]


# ---- calibration


async def touch(user: User, criterion: str, mark: float) -> None:
    touched = {"id": criterion, "round": -1, "letter": "", "criterion": criterion, "mark": mark}
    send(user, Scales, "touched", touched, at=1)
    await turn()


async def test_the_practice_answer_is_marked_and_then_the_shown_marks_stand_beside(
    house: House,
) -> None:
    async with house.page(build_panel, EXPERT) as user:
        await user.should_see("What do you ask?")
        await touch(user, "generalization", 4.0)
        await touch(user, "response_quality", 3.0)
        [card] = the(user, Scales, 1).props["cards"]
        assert card["marks"] == {"generalization": 4.0, "response_quality": 3.0}
        assert "Right questions, but no decision." not in texts(user)
        await touch(user, "efficiency", 2.5)
        shown = texts(user).splitlines()
        assert [line for line in shown if line.startswith("You ") and "shown" in line] == [
            "You 4, shown 3.5",
            "You 3, shown 3",
            "You 2.5, shown 4",
        ]
        assert "Right questions, but no decision." in shown
        assert not is_in_sight(the(user, Scales, 1))
    assert [command for command, _, _ in house.runner.asked] == [
        c.MarkPractice(criterion="generalization", mark=4.0),
        c.MarkPractice(criterion="response_quality", mark=3.0),
        c.MarkPractice(criterion="efficiency", mark=2.5),
    ]


async def test_a_practice_mark_that_was_not_written_is_said_and_can_be_sent_again(
    house: House,
) -> None:
    house.runner.is_broken = True
    async with house.page(build_panel, EXPERT) as user:
        await touch(user, "efficiency", 4.0)
        await user.should_see("Not saved yet: the show’s log cannot be written at the moment.")
        house.runner.is_broken = False
        await touch(user, "efficiency", 4.0)
        await user.should_not_see("Not saved yet")
    assert house.story.state.practice == {EXPERT: {"efficiency": 4.0}}


async def test_calibration_ends_with_the_lobby(house: House) -> None:
    async with house.page(build_panel, EXPERT) as user:
        house.story.to(Phase.QUESTION)
        house.runner.announce()
        shown = texts(user)
    assert ("Practice answer" in shown, "The question is on stage." in shown) == (False, True)
