"""Several drafts at once, prompt rules as they are typed, and rounds that begin anew."""

import json
from typing import Any

import pytest
from nicegui import ElementFilter
from nicegui.element import Element
from nicegui.testing import User
from pages.staff_show import House, button, last_button, texts, the, turn, type_prompt
from story import Story, rundown

from finale.pages.finalist import build_finalist
from finale.pages.kept_text import KeptText
from finale.show import commands as c
from finale.show.phases import Phase

SEAT = "finalist-v"
DOZEN_AND_ONE = " ".join(f"word{i}" for i in range(13))
COPIED = (
    "More than 12 words in a row are those of a finished answer. "
    "Tell the model how to answer, not what. Your text is kept."
)


def house_of(**settings: Any) -> House:
    """In tuning, under those settings."""
    story = Story(rundown(finalists=2, panel=2, **settings))
    story.to_tuning()
    return House(story)


def lines(user: User) -> list[str]:
    return [line for line in texts(user).splitlines() if line]


def actions(user: User) -> list[str]:
    """What can be pressed of these, in their order on the page."""
    keys = ("Generate", "Cancel", "Watch", "Read")
    return [line for line in lines(user) if line in keys or line.startswith("Generating")]


async def generate(user: User) -> None:
    button(user, "Generate").click()
    await turn()


async def test_with_one_at_once_generate_waits_for_the_running_draft() -> None:
    house = house_of()
    house.model.pieces = ("Offer ", None)
    async with house.page(build_finalist, SEAT) as user:
        await generate(user)
        assert actions(user) == ["Generating draft 1", "Cancel"]


async def test_a_second_press_while_the_first_is_under_way_leaves_no_refusal() -> None:
    house = house_of()
    house.model.pieces = ("Offer ", None)
    async with house.page(build_finalist, SEAT) as user:
        house.runner.gate.clear()
        for _ in range(2):
            await generate(user)
        house.runner.gate.set()
        await turn()
        assert actions(user) == ["Generating draft 1", "Cancel"]
        assert [line for line in lines(user) if "still running" in line] == []


async def test_with_two_at_once_generate_stays_open_while_one_runs() -> None:
    house = house_of(drafts_at_once=2)
    house.model.pieces = ("Offer ", None)
    async with house.page(build_finalist, SEAT) as user:
        await generate(user)
        assert actions(user) == ["Generate", "Cancel"]
        await generate(user)
        assert actions(user) == ["Generating drafts 1 and 2", "Cancel", "Watch", "Cancel"]
        button(user, "Watch").click()
        await turn()
        heads = [line for line in lines(user) if line.startswith("Draft ")]
        assert heads == ["Draft 1", "Draft 2", "Draft 1"]


async def test_each_running_draft_can_be_cancelled() -> None:
    house = house_of(drafts_at_once=3)
    house.model.pieces = ("Offer ", None)
    async with house.page(build_finalist, SEAT) as user:
        for _ in range(3):
            await generate(user)
        # The last card is of the oldest draft, not of the one in the middle.
        last_button(user, "Cancel").click()
        await turn()
        assert ended(house) == [("cancelled", 1)]
        last_button(user, "Watch").click()
        await turn()
        assert lines(user).count("Draft 2") == 2
        assert "Generate" in actions(user)
    assert [heard.system for heard in house.model.heard] == ["", "", ""]


async def test_the_cards_of_other_drafts_stay_as_they_are() -> None:
    house = house_of()
    for text in ("First.", "Second."):
        house.story.draft(SEAT, text)
    async with house.page(build_finalist, SEAT) as user:
        kept = element_of(user, "First.")
        house.story.draft(SEAT, "Third.")
        house.runner.announce()
        await turn()
        heads = [line for line in lines(user) if line.startswith("Draft ")]
        assert heads == ["Draft 3", "Draft 3", "Draft 2", "Draft 1"]
        assert element_of(user, "First.") is kept


def element_of(user: User, text: str) -> Element:
    with user:
        return next(iter(ElementFilter(content=text, local_scope=False)))


def ended(house: House) -> list[tuple[str, int]]:
    drafts = house.story.state.round.drafts[SEAT]
    return [(draft.outcome, draft.number) for draft in drafts if draft.outcome]


async def test_the_watched_draft_alone_grows_in_the_middle() -> None:
    house = house_of(drafts_at_once=2)
    house.model.pieces = ("First.", None)
    async with house.page(build_finalist, SEAT) as user:
        await generate(user)
        house.model.pieces = ("Second.", None)
        await generate(user)
        assert [line for line in lines(user) if line.startswith("<p ")] == [
            '<p dir="auto">Second.</p>'
        ]
        button(user, "Watch").click()
        await turn()
        assert [line for line in lines(user) if line.startswith("<p ")] == [
            '<p dir="auto">First.</p>'
        ]


async def test_of_an_endless_answer_a_growing_draft_shows_the_beginning_and_how_much_more() -> None:
    house = house_of()
    house.model.pieces = ("[" * 156_000, None)
    async with house.page(build_finalist, SEAT) as user:
        await generate(user)
        shown = [line for line in lines(user) if line.startswith("<p ")]
    assert shown == [
        f'<p dir="auto">{"[" * 3_000}</p>',
        f'<p dir="auto">{"[" * 3_000}</p>',
        '<p dir="auto">… and 150,000 more characters</p>',
    ]


async def test_a_draft_that_reached_the_token_limit_says_so() -> None:
    house = house_of()
    house.story.start(SEAT)
    draft = {"round": 0, "finalist": SEAT, "draft": 1, "text": "Half a sentence"}
    house.story.ask(c.RecordDraft(**draft, outcome="finished", finish="length"), "crew")
    async with house.page(build_finalist, SEAT) as user:
        shown = lines(user)
    assert (shown.count("Stopped at the token limit."), shown.count("Token limit")) == (1, 2)


async def test_a_draft_that_ended_by_itself_speaks_of_no_limit() -> None:
    house = house_of()
    house.story.draft(SEAT, "A whole sentence.")
    async with house.page(build_finalist, SEAT) as user:
        assert "limit" not in texts(user)


async def test_what_the_rules_say_stands_beside_generate_as_it_is_typed() -> None:
    house = house_of()
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, f"Say: {DOZEN_AND_ONE}")
        await turn()
        assert lines(user).count(COPIED) == 1
        await generate(user)
        assert lines(user).count(COPIED) == 1
        type_prompt(user, "Say it briefly.")
        await turn()
        assert COPIED not in lines(user)
    assert json.loads(house.memory.texts[f"prompt:{SEAT}"])["system"] == "Say it briefly."
    assert house.model.heard == []


async def test_a_prompt_kept_from_before_is_held_against_the_new_question() -> None:
    house = House(Story(rundown(finalists=2, panel=2)))
    house.memory.texts[f"prompt:{SEAT}"] = json.dumps({"system": f"Say: {DOZEN_AND_ONE}"})
    async with house.page(build_finalist, SEAT) as user:
        assert COPIED not in lines(user)
        house.story.to(Phase.TUNING)
        house.runner.announce()
        assert lines(user).count(COPIED) == 1


async def test_the_limits_that_are_the_same_for_all_are_printed() -> None:
    async with house_of(max_tokens=256).page(build_finalist, SEAT) as user:
        said = "The same for all: 256 tokens, 10 s to the first, 15 s between two."
        assert said in lines(user)


def second_round(house: House) -> None:
    house.story.to_marking()
    house.story.give_marks()
    house.story.to_standings()
    house.story.to_tuning()
    house.runner.announce()


@pytest.mark.parametrize(
    ("carry_over", "typed", "keys"),
    [
        (True, "Decide first.", ["prompt:finalist-v"]),
        (False, "", ["prompt:finalist-v", "prompt:finalist-v:2"]),
    ],
)
async def test_without_carry_over_a_round_begins_empty_and_loses_nothing(
    carry_over: bool, typed: str, keys: list[str]
) -> None:
    house = house_of(carry_over=carry_over)
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, "Decide first.")
        button(user, "+").click()
        await turn()
        keep = the(user, KeptText).props["keep"]
        second_round(house)
        field = the(user, KeptText)
        assert field.text == typed
        assert (field.props["keep"] == keep) is carry_over
        await generate(user)
        assert house.model.heard[-1].system == typed
        type_prompt(user, "Begin anew.")
        await turn()
        await user.open("/")
        assert the(user, KeptText).props["value"] == "Begin anew."
        assert "0.95" in lines(user)
    assert sorted(key for key in house.memory.texts if key.startswith("prompt:")) == keys
    first = json.loads(house.memory.texts[keys[0]])["system"]
    assert first == ("Begin anew." if carry_over else "Decide first.")


async def test_what_was_set_outlives_a_reload_in_a_round_where_nothing_is_typed_yet() -> None:
    house = house_of(carry_over=False)
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, "Decide first.")
        button(user, "+").click()
        await turn()
        second_round(house)
        await user.open("/")
        assert the(user, KeptText).props["value"] == ""
        assert "0.95" in lines(user)


async def test_a_text_of_the_round_before_that_comes_late_is_not_taken_for_this_one() -> None:
    house = house_of(carry_over=False)
    async with house.page(build_finalist, SEAT) as user:
        late = the(user, KeptText).props["keep"]
        second_round(house)
        type_prompt(user, "Too late.", keep=late)
        await turn()
        assert the(user, KeptText).text == ""
    assert house.memory.texts == {}
