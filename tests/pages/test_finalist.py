"""A finalist's console: nothing typed is lost, and what happens at 0:00 is always said."""

import json

import pytest
from nicegui import ElementFilter, ui
from pages.staff_show import (
    House,
    button,
    is_in_sight,
    last_button,
    stations,
    texts,
    the,
    turn,
    type_prompt,
)
from story import Story, question, rundown

from finale.llm.base import UNSENT
from finale.pages.finalist import build_finalist
from finale.pages.kept_text import KeptText
from finale.pages.panel import build_panel
from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase

SEAT = "finalist-v"
KEY = f"prompt:{SEAT}"


@pytest.fixture
async def house() -> House:
    story = Story()
    story.to_tuning()
    return House(story)


async def test_what_is_typed_and_set_is_there_again_after_a_reload(house: House) -> None:
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, "Decide first.")
        button(user, "+").click()
        await turn()
        await user.open("/")
        assert the(user, KeptText).props["value"] == "Decide first."
        assert "0.95" in texts(user).splitlines()
    kept = json.loads(house.memory.texts[KEY])
    assert kept == {"system": "Decide first.", "temperature": 0.7, "top_p": 0.95}


async def test_generate_sends_what_was_typed_with_settings_in_the_models_range(
    house: House,
) -> None:
    house.memory.texts[KEY] = json.dumps({"system": "Old.", "temperature": 9.0, "top_p": 0.0})
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, "Decide first.")
        button(user, "Generate").click()
        await user.should_see("Draft 1")
    [heard] = house.model.heard
    assert (heard.system, heard.temperature, heard.top_p) == ("Decide first.", 1.5, 0.01)


async def test_a_prompt_that_is_too_long_is_refused_in_words_and_kept(house: House) -> None:
    longest = house.story.plan.settings.longest_prompt
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, "x" * (longest + 1))
        button(user, "Generate").click()
        await user.should_see("The system prompt has 4,001 characters; 4,000 are allowed.")
    assert len(json.loads(house.memory.texts[KEY])["system"]) == longest + 1
    assert house.story.state.round.drafts == {}


async def test_a_paste_too_long_to_send_is_refused_without_touching_what_was_kept(
    house: House,
) -> None:
    async with house.page(build_finalist, SEAT) as user:
        type_prompt(user, "Decide first.")
        await turn()
        type_prompt(user, None, length=102_400)
        button(user, "Generate").click()
        await user.should_see("The system prompt has 102,400 characters; 4,000 are allowed.")
    assert json.loads(house.memory.texts[KEY])["system"] == "Decide first."
    assert house.model.heard == []


async def test_a_running_draft_grows_in_one_element(house: House) -> None:
    house.model.pieces = ("Offer ", None, "cover.")
    async with house.page(build_finalist, SEAT) as user:
        button(user, "Generate").click()
        await turn()
        await user.should_see("Streaming")
        with user:
            [prose] = [e for e in ElementFilter(kind=ui.html) if "prose" in e.classes]
        before = prose.content
        streaming = house.drafter.streaming(SEAT)
        assert streaming is not None
        streaming.text = "Offer **cover** <img src=x>"
        the_listeners_are_told(house)
        assert before == '<p dir="auto">Offer</p>\n'
        assert prose.content == (
            '<p dir="auto">Offer <strong>cover</strong> &lt;img src=x&gt;</p>\n'
        )
        house.model.go_on.set()
        await user.should_see("Your drafts")


def the_listeners_are_told(house: House) -> None:
    house.drafter._listeners[SEAT].tell()


async def test_cancel_ends_the_running_draft_and_says_it_cannot_be_submitted(
    house: House,
) -> None:
    house.model.pieces = ("Offer ", None)
    async with house.page(build_finalist, SEAT) as user:
        button(user, "Generate").click()
        await turn()
        button(user, "Cancel").click()
        await user.should_see("It cannot be pinned or submitted.")
    [draft] = house.story.state.round.drafts[SEAT]
    assert (draft.outcome, draft.text) == ("cancelled", "Offer ")


@pytest.mark.parametrize(
    ("total_s", "told"),
    [(6.3, "First token 0.8 s, 6.3 s in all"), (None, "First token 0.8 s")],
)
async def test_a_cut_draft_shows_the_time_that_was_measured(
    house: House, total_s: float | None, told: str
) -> None:
    house.story.start(SEAT)
    house.story.record(SEAT, "Half an", "cut", (0.8, total_s))
    async with house.page(build_finalist, SEAT) as user:
        await user.should_see("Cut off.")
        assert "0.8 s" in texts(user).splitlines()
        house.story.buzzer()
        house.runner.announce()
        await user.should_see("Locked.")
        assert told in texts(user).splitlines()


async def test_the_box_says_which_draft_goes_in_at_zero(house: House) -> None:
    async with house.page(build_finalist, SEAT) as user:
        await user.should_see("At 0:00 nothing is submitted: you have no draft yet.")
        house.story.draft(SEAT, "First.")
        house.story.draft(SEAT, "Second.")
        house.runner.announce()
        await user.should_see("That is draft 2.")
        last_button(user, "Pin").click()
        await user.should_see("At 0:00 your pinned draft is submitted.")
        await user.should_see("That is draft 1.")
    assert house.story.state.round.pins == {SEAT: 1}


async def test_submit_asks_once_and_only_then_submits(house: House) -> None:
    house.story.draft(SEAT, "My answer.")
    async with house.page(build_finalist, SEAT) as user:
        button(user, "Submit draft 1 now").click()
        await user.should_see("Submit draft 1?")
        assert house.runner.asked == []
        button(user, "Submit draft 1").click()
        await user.should_see("Submitted.")
        await user.should_see("It is locked for everyone, the host included.")
    assert [command for command, _, _ in house.runner.asked] == [c.Submit(round=0, draft=1)]


async def test_a_submission_that_comes_too_late_says_so(house: House) -> None:
    house.story.draft(SEAT, "My answer.")
    async with house.page(build_finalist, SEAT) as user:
        button(user, "Submit draft 1 now").click()
        house.story.wait(91)
        button(user, "Submit draft 1").click()
        await user.should_see("Too late: 1,000 ms after 0:00. The server’s clock decides.")
    assert house.story.state.round.submissions == {}


async def test_a_full_disk_is_told_and_the_draft_is_not_lost(house: House) -> None:
    house.story.draft(SEAT, "My answer.")
    house.runner.is_broken = True
    async with house.page(build_finalist, SEAT) as user:
        button(user, "Pin").click()
        await user.should_see("Not done: the show’s log cannot be written at the moment.")
        assert "My answer." in texts(user)


async def test_the_console_is_locked_until_the_clock_starts(house: House) -> None:
    waiting = House(Story())
    waiting.story.to(Phase.QUESTION)
    async with waiting.page(build_finalist, SEAT) as user:
        await user.should_see("Read the question. Your console opens when the clock starts.")
        assert the(user, KeptText).props["locked"] is True
        assert [the(user, ui.slider, at).enabled for at in (0, 1)] == [False, False]
        waiting.story.to(Phase.TUNING)
        waiting.runner.announce()
        assert the(user, KeptText).props["locked"] is False
        assert [the(user, ui.slider, at).enabled for at in (0, 1)] == [True, True]


async def test_a_setting_that_the_model_is_never_told_is_locked_and_says_so(house: House) -> None:
    house.model.top_p = UNSENT
    async with house.page(build_finalist, SEAT) as user:
        await user.should_see("Not in effect: your model takes only the other setting.")
        assert [the(user, ui.slider, at).enabled for at in (0, 1)] == [True, False]
        button(user, "Generate").click()
        await user.should_see("Draft 1")
        assert [the(user, ui.slider, at).enabled for at in (0, 1)] == [True, False]
    assert [heard.top_p for heard in house.model.heard] == [1.0]


async def test_a_hold_locks_the_console_and_says_why(house: House) -> None:
    async with house.page(build_finalist, SEAT) as user:
        await house.runner.do(c.HoldShow(), "host")
        await user.should_see("The host has stopped the show. Your text is kept.")
        assert the(user, KeptText).props["locked"] is True


async def test_the_field_and_its_text_outlive_a_whole_round(house: House) -> None:
    async with house.page(build_finalist, SEAT) as user:
        field = the(user, KeptText)
        house.story.to_marking()
        house.runner.announce()
        assert not is_in_sight(field)
        house.story.give_marks()
        house.story.to_standings()
        house.story.to_tuning()
        house.runner.announce()
        assert is_in_sight(field)
        assert the(user, KeptText) is field


async def test_an_appeal_needs_a_ground_and_a_confirmation(house: House) -> None:
    house.story.to_marking([SEAT])
    house.story.give_marks()
    house.story.to(Phase.APPEAL)
    async with house.page(build_finalist, SEAT) as user:
        await user.should_see("AI judge: understudy judge")
        [appeal] = button(user, "Choose a ground to appeal").elements
        assert appeal.enabled is False
        button(user, "Rubric misread").click()
        button(user, "Appeal").click()
        assert house.runner.asked == []
        button(user, "Appeal").click()
        await user.should_see("Your appeal is filed.")
    filed = c.FileAppeal(round=0, letter="A", ground="rubric misread")
    assert [command for command, _, _ in house.runner.asked] == [filed]


async def test_an_appeal_pressed_twice_is_asked_about_once(house: House) -> None:
    house.story.to_marking([SEAT])
    house.story.give_marks()
    house.story.to(Phase.APPEAL)
    async with house.page(build_finalist, SEAT) as user:
        button(user, "Rubric misread").click()
        appeal = button(user, "Appeal")
        for _ in range(2):
            appeal.click()
        await turn()
        assert texts(user).count("The show waits while the experts vote.") == 1


async def test_an_appeal_shows_its_ruling_and_then_that_appeals_are_closed(house: House) -> None:
    house.story.to_marking([SEAT])
    house.story.give_marks({"A": 3, "B": 9}, {"A": 5, "B": 1})
    house.story.to(Phase.APPEAL)
    async with house.page(build_finalist, SEAT) as user:
        await user.should_see("Appeals close at 0:00.")
        house.story.appeal(SEAT)
        house.runner.announce()
        await user.should_see("The experts are voting on an appeal.")
        house.story.time_up()
        for number, panellist in enumerate(house.story.panel):
            house.story.vote_appeal(panellist, "A", is_upheld=number > 0)
        house.runner.announce()
        await user.should_see("Your appeal: upheld.")
        await user.should_see(
            "The judge’s points go from 16.0 to 40.0 of 40. 4 of 5 votes to uphold."
        )
        await user.should_see("You keep your appeal.")
        await user.should_see("Appeals are closed.")
        await user.should_not_see("Appeals close at 0:00.")


async def test_a_credit_is_told_on_the_own_console_alone(house: House) -> None:
    said = "Your model failed and cost 8 s. The host decides; undecided, they are added."
    house.story.start(SEAT)
    house.story.record(SEAT, "", "failed", times=(None, 8.0))
    async with house.page(build_finalist, SEAT) as user:
        assert said in texts(user).splitlines()
        house.story.ask(ca.DecideCredit(round=0, finalist=SEAT, is_granted=True))
        house.runner.announce()
        assert "8 s were added to your clock." in texts(user).splitlines()
        assert said not in texts(user)
    async with house.page(build_finalist, "finalist-w") as user:
        assert "8 s" not in texts(user)


async def test_the_others_are_locked_while_a_credited_clock_runs_on(house: House) -> None:
    house.story.start(SEAT)
    house.story.record(SEAT, "", "failed", times=(None, 8.0))
    house.story.draft("finalist-w", "In time.")
    async with house.page(build_finalist, "finalist-w") as user:
        house.story.time_up()
        house.runner.announce()
        shown = texts(user).splitlines()
        assert {"Locked.", "Answers are locked."} <= set(shown)
    async with house.page(build_finalist, SEAT) as user:
        assert "Generate" in texts(user).splitlines()


async def test_the_withdrawn_have_a_plain_notice_and_their_draft_is_stopped(house: House) -> None:
    house.model.pieces = ("Offer ", None)
    async with house.page(build_finalist, SEAT) as user:
        button(user, "Generate").click()
        await turn()
        await house.runner.do(ca.WithdrawFinalist(finalist=SEAT, reason="Taken ill."), "host")
        await turn()
        shown = texts(user).splitlines()
        assert {
            "Withdrawn.",
            "You have been withdrawn from the show. What you have scored stays.",
        } <= set(shown)
        assert [word for word in ("Generate", "Cancel", "Your drafts") if word in shown] == []
    [draft] = house.story.state.round.drafts[SEAT]
    assert (draft.outcome, draft.text) == ("cut", "Offer ")


async def test_the_automatic_check_is_for_experts_alone() -> None:
    trap = question(1, check={"kind": "number", "expect": 3})
    house = House(Story(rundown(finalists=2, rounds=1).model_copy(update={"rounds": (trap,)})))
    house.story.to_reading([SEAT], {SEAT: "There are 3.", "finalist-w": "There are 2."})
    house.story.to(Phase.MARKING)
    house.story.give_marks()
    house.story.to(Phase.APPEAL)
    named = {}
    for seat, build in ((SEAT, build_finalist), ("panel-1", build_panel)):
        async with house.page(build, seat) as user:
            named[seat] = "automatic check" in texts(user)
    assert named == {SEAT: False, "panel-1": True}


async def test_an_offered_appeal_is_told_to_the_owner(house: House) -> None:
    trap = question(1, check={"kind": "number", "expect": 3})
    house = House(Story(rundown(finalists=2, rounds=1).model_copy(update={"rounds": (trap,)})))
    house.story.to_reading([SEAT], {SEAT: "There are 3.", "finalist-w": "There are 2."})
    house.story.to(Phase.MARKING)
    house.story.give_marks({"A": 1, "B": 9})
    house.story.to(Phase.JUDGE_REVEAL)
    house.story.ask(ca.OfferAppeal(round=0, letter="A"))
    said = "The check calls this answer right. The host offers an appeal."
    seen = {}
    for seat, build in (
        (SEAT, build_finalist),
        ("finalist-w", build_finalist),
        ("panel-1", build_panel),
    ):
        async with house.page(build, seat) as user:
            shown = texts(user).splitlines()
            seen[seat] = (said in shown, "Answer A." in shown)
    assert seen == {SEAT: (True, False), "finalist-w": (False, False), "panel-1": (True, True)}


async def test_one_word_is_one_word(house: House) -> None:
    house.story.draft(SEAT, "Yes.")
    async with house.page(build_finalist, SEAT) as user:
        shown = texts(user).splitlines()
    assert ("word" in shown, "1 word, 6.3 s" in shown, "words" in shown) == (True, True, False)


async def test_a_card_shows_words_without_the_signs_of_markdown(house: House) -> None:
    house.story.draft(SEAT, "**Offer** cover:\n\n- on *two* conditions")
    async with house.page(build_finalist, SEAT) as user:
        assert "Offer cover: on two conditions" in texts(user).splitlines()
        assert "**" not in texts(user)


async def test_a_finished_show_speaks_of_no_more_tuning() -> None:
    house = House(Story(rundown(rounds=2)))
    seen = {}
    async with house.page(build_finalist, SEAT) as user:
        for phase in stations(house.story, SEAT):
            house.runner.announce()
            seen[phase] = [line for line in texts(user).splitlines() if line]
    over = seen[Phase.CHAMPION]
    assert over[-6:] == [
        *("1", "your place", "200.0", "points in all"),
        *("Thank you for playing.", "Your prompts and drafts are published with the record."),
    ]
    assert [word for word in ("generate", "submit", "points so far") if word in over] == []
    assert "points so far" in seen[Phase.STANDINGS]


async def test_the_own_place_is_told_to_be_shared() -> None:
    house = House(Story(rundown(finalists=2, rounds=1)))
    house.story.to_marking()
    house.story.give_marks({"A": 5, "B": 5}, {"A": 3, "B": 3}, {"A": 4, "B": 4})
    house.story.to_standings()
    async with house.page(build_finalist, SEAT) as user:
        shown = texts(user).splitlines()
        assert shown[shown.index("your place") - 1] == "1="


PICTURES = {
    Phase.LOBBY: "Welcome, Ada Byron.",
    Phase.QUESTION: "Tuning starts at 0:00.",
    Phase.TUNING: "Generate",
    Phase.LOCKED: "Locked.",
    Phase.READING: "On stage.",
    Phase.MARKING: "Marking.",
    Phase.JUDGE_REVEAL: "The judge.",
    Phase.APPEAL: "The judge on your answer",
    Phase.REVEAL: "The reveal.",
    Phase.STANDINGS: "Standings.",
    Phase.BREAK: "A break.",
    Phase.CHAMPION: "First place.",
}


async def test_every_phase_has_its_picture() -> None:
    house = House(Story(rundown(rounds=2)))
    seen = {}
    async with house.page(build_finalist, SEAT) as user:
        for phase in stations(house.story, SEAT):
            house.runner.announce()
            seen[phase] = [line for line in PICTURES.values() if line in texts(user).splitlines()]
    assert seen == {phase: [picture] for phase, picture in PICTURES.items()}
