"""An expert's tablet: every touch is a saved mark; what the browser turns to is known."""

import pytest
from nicegui import ElementFilter
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction
from pages.staff_show import House, button, stations, texts, the, turn, typed_in
from story import Story, question, rundown

from finale.pages.kept_text import KeptText
from finale.pages.panel import build_panel
from finale.pages.panel_marks import Scales
from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from scoring.rubric import PANEL_RUBRIC

SEAT = "panel-1"


@pytest.fixture
async def house() -> House:
    story = Story(rundown(finalists=2))
    story.to_reading()
    return House(story)


async def touch(user: User, criterion: str, mark: float, letter: str = "A", round_: int = 0) -> str:
    """What the browser sends when a target is touched; its id."""
    id_ = f"{letter}-{criterion}-{mark}"
    touched = {"id": id_, "round": round_, "letter": letter, "criterion": criterion, "mark": mark}
    UserInteraction(user, {the(user, Scales)}, None).trigger("touched", touched)
    await turn()
    return id_


async def turn_to(user: User, letter: str, round_: int = 0) -> None:
    """What the browser says when it has turned to an answer."""
    turned = {"round": round_, "letter": letter}
    UserInteraction(user, {the(user, Scales)}, None).trigger("turned", turned)
    await turn()


async def fill(user: User, letter: str, mark: float = 4.0) -> None:
    for criterion in PANEL_RUBRIC.keys:
        await touch(user, criterion, mark, letter)


def to_the_appeals(house: House) -> None:
    """Every answer is marked, and appeals are open."""
    house.story.to(Phase.MARKING)
    house.story.give_marks()
    house.story.to(Phase.APPEAL)


async def test_a_touch_is_a_mark_and_saved_only_when_it_is_durable(house: House) -> None:
    async with house.page(build_panel, SEAT) as user:
        house.runner.gate.clear()
        id_ = await touch(user, "efficiency", 4.5)
        assert house.runner.asked == [
            (c.MarkScorecard(round=0, letter="A", criterion="efficiency", mark=4.5), SEAT, id_)
        ]
        assert "Saved" not in texts(user)
        house.runner.gate.set()
        await user.should_see("You can change it until you lock.")
        assert [card["marks"] for card in the(user, Scales).props["cards"]] == [
            {"efficiency": 4.5},
            {},
        ]
    assert house.story.state.round.cards == {(SEAT, "A"): {"efficiency": 4.5}}


async def test_a_mark_that_was_not_written_is_not_called_saved(house: House) -> None:
    house.runner.is_broken = True
    async with house.page(build_panel, SEAT) as user:
        await touch(user, "efficiency", 4.5)
        await user.should_see("Not saved yet: the show’s log cannot be written at the moment.")
        assert "You can change it until you lock." not in texts(user)
        house.runner.is_broken = False
        await touch(user, "efficiency", 4.5)
        await user.should_see("You can change it until you lock.")


async def test_a_touch_left_over_from_another_round_is_not_sent(house: House) -> None:
    async with house.page(build_panel, SEAT) as user:
        await touch(user, "efficiency", 4.5, round_=1)
    assert house.runner.asked == []


async def test_one_answer_alone_is_not_called_answers() -> None:
    story = Story(rundown(finalists=2))
    story.to_tuning()
    story.submit("finalist-v", story.draft("finalist-v", "Offer."))
    story.buzzer()
    story.move_on()
    house = House(story)
    async with house.page(build_panel, SEAT) as user:
        await fill(user, "A")
        await user.should_see("Your answer")
        assert the(user, Scales).props["all"] == "answer"
        assert "one answer" not in texts(user)


async def test_cards_lock_when_held_and_not_before_all_are_marked(house: House) -> None:
    async with house.page(build_panel, SEAT) as user:
        await fill(user, "A")
        await fill(user, "B", 5.0)
        button(user, "Hold to lock my scores").click()
        assert house.story.state.round.locked == frozenset()
        button(user, "Hold to lock my scores").trigger("held")
        await user.should_see("Your cards are locked.")
    assert house.story.state.round.locked == {SEAT}


async def test_a_mark_after_the_marks_closed_is_refused_in_words(house: House) -> None:
    house.story.to(Phase.MARKING)
    async with house.page(build_panel, SEAT) as user:
        house.story.ask(c.CloseGate(round=house.story.number, gate="marks"))
        await touch(user, "efficiency", 4.0)
        assert "The marks are closed." in texts(user)
    assert house.story.state.round.cards == {}


async def test_each_note_is_kept_under_its_own_answer(house: House) -> None:
    async with house.page(build_panel, SEAT) as user:
        with user:
            notes = sorted(ElementFilter(kind=KeptText, local_scope=False), key=lambda e: e.id)
        for note, text in zip(notes, ("Stock phrases.", "Fits."), strict=True):
            UserInteraction(user, {note}, None).trigger("typed", typed_in(note, text))
        await turn()
        assert [note.props["data-of"] for note in notes] == ["A", "B"]
        await user.open("/")
        assert the(user, KeptText, 1).props["value"] == "Fits."
    assert house.memory.texts == {
        "note:panel-1:0:A": "Stock phrases.",
        "note:panel-1:0:B": "Fits.",
    }


async def test_one_experts_appeal_says_that_a_second_is_needed(house: House) -> None:
    to_the_appeals(house)
    async with house.page(build_panel, SEAT) as user:
        await user.should_see("AI judge: understudy judge")
        button(user, "Factual error").click()
        button(user, "Back an appeal on A").click()
        await user.should_see("With a second expert behind it, all of you vote.")
        await house.runner.do(c.FileAppeal(round=0, letter="A", ground="factual error"), "panel-2")
        await user.should_see("Was the AI judge wrong?")


def judged_trap(check: dict[str, object] | None) -> House:
    """In the appeals, with an answer A that the check calls wrong and a B that it calls right."""
    trap = question(1, check=check)
    plan = rundown(finalists=2, panel=3, rounds=1).model_copy(update={"rounds": (trap,)})
    story = Story(plan)
    story.to_reading(("finalist-w", "finalist-v"), {"finalist-v": "3.", "finalist-w": "2."})
    story.to(Phase.MARKING)
    story.give_marks()
    story.to(Phase.APPEAL)
    return House(story)


RIGHT, WRONG = (
    "Right, by the automatic check of the fact",
    "Wrong, by the automatic check of the fact",
)


async def test_the_check_stands_beside_the_judges_marks_in_the_appeals() -> None:
    house = judged_trap({"kind": "number", "expect": 3})
    async with house.page(build_panel, SEAT) as user:
        assert (WRONG in texts(user), RIGHT in texts(user)) == (True, False)
        await turn_to(user, "B")
        assert (WRONG in texts(user), RIGHT in texts(user)) == (False, True)
        house.story.appeal("finalist-v", "B")
        house.runner.announce()
        await user.should_see("Was the AI judge wrong?")
        assert (WRONG in texts(user), RIGHT in texts(user)) == (False, True)


async def test_where_nothing_is_checked_no_check_is_named() -> None:
    house = judged_trap(None)
    async with house.page(build_panel, SEAT) as user:
        seen = texts(user)
        house.story.appeal("finalist-v", "B")
        house.runner.announce()
        await user.should_see("Was the AI judge wrong?")
        assert "automatic check" not in seen + texts(user)


async def test_a_vote_is_chosen_first_and_sent_second(house: House) -> None:
    to_the_appeals(house)
    house.story.appeal("panel-2")
    house.story.appeal("panel-3")
    async with house.page(build_panel, SEAT) as user:
        [send] = button(user, "Choose one").elements
        assert send.enabled is False
        button(user, "Reject appeal").click()
        assert house.runner.asked == []
        button(user, "Send: reject").click()
        await user.should_see("Your vote on A is in.")
    [(command, _, _)] = house.runner.asked
    assert command == c.VoteAppeal(round=0, letter="A", is_upheld=False)


async def test_who_has_voted_may_back_another_appeal_until_the_time_is_over(house: House) -> None:
    to_the_appeals(house)
    house.story.appeal(house.story.state.round.letters["A"])
    async with house.page(build_panel, SEAT) as user:
        await user.should_see("Was the AI judge wrong?")
        assert "Appeals close in" not in texts(user)
        button(user, "Uphold appeal").click()
        button(user, "Send: uphold").click()
        await user.should_see("Your vote on A is in.")
        await user.should_see("This answer is under appeal already.")
        assert "Appeals close in" in texts(user)
        await turn_to(user, "B")
        button(user, "Rubric misread").click()
        button(user, "Back an appeal on B").click()
        await user.should_see("With a second expert behind it, all of you vote.")
        house.story.time_up()
        house.runner.announce()
        await user.should_see("Your vote is in.")
        await user.should_not_see("Back an appeal on B")


async def test_an_expert_withdrawn_in_a_vote_is_told_so_and_asked_nothing(house: House) -> None:
    to_the_appeals(house)
    house.story.appeal("panel-2")
    house.story.appeal("panel-3")
    async with house.page(build_panel, SEAT) as user:
        button(user, "Uphold appeal").click()
        await user.should_see("Send: uphold")
        house.story.ask(ca.WithdrawPanellist(panellist=SEAT, reason="Called away."))
        house.runner.announce()
        await user.should_see("You have been withdrawn from the panel.")
        assert "Send: uphold" not in texts(user)
        assert "Uphold appeal" not in texts(user)


async def test_the_only_expert_left_is_told_that_an_appeal_takes_two(house: House) -> None:
    to_the_appeals(house)
    async with house.page(build_panel, SEAT) as user:
        await user.should_see("Choose a ground")
        for panellist in house.story.panel[1:]:
            house.story.ask(ca.WithdrawPanellist(panellist=panellist, reason="Called away."))
        house.runner.announce()
        await user.should_see("It takes two experts to appeal.")
        await user.should_not_see("Choose a ground")


async def test_a_choice_that_was_not_sent_is_never_for_the_next_appeal(house: House) -> None:
    to_the_appeals(house)
    for letter in "AB":
        house.story.appeal("panel-2", letter)
        house.story.appeal("panel-3", letter)
    async with house.page(build_panel, SEAT) as user:
        button(user, "Uphold appeal").click()
        await user.should_see("Send: uphold")
        await house.runner.do(
            c.RuleAppeal(
                round=house.runner.state.number, letter="A", reason="Two tablets are dead."
            ),
            "host",
        )
        await user.should_see("Appeal on answer B: factual error. Vote on this one point.")
        [send] = button(user, "Choose one").elements
        assert send.enabled is False


async def test_the_overview_shows_words_without_the_signs_of_markdown() -> None:
    story = Story(rundown(finalists=2))
    texts_of = {"finalist-v": "**Offer** cover.", "finalist-w": "- Refer it."}
    story.to_reading(tuple(texts_of), texts_of)
    house = House(story)
    async with house.page(build_panel, SEAT) as user:
        await fill(user, "A")
        await fill(user, "B")
        assert {"Offer cover.", "Refer it."} <= set(texts(user).splitlines())


async def test_a_ruling_stands_above_the_answers_and_closed_appeals_say_so(house: House) -> None:
    house.story.to(Phase.MARKING)
    house.story.give_marks({"A": 3, "B": 9}, {"A": 1, "B": 5})
    house.story.to(Phase.APPEAL)
    house.story.appeal("panel-2")
    house.story.appeal("panel-3")
    house.story.ask(
        c.RuleAppeal(round=house.story.number, letter="A", reason="Two tablets are dead.")
    )
    async with house.page(build_panel, SEAT) as user:
        await user.should_see("Appeal on A: rejected.")
        await user.should_see("The judge’s points stay at 16.0 of 40. Nobody voted.")
        await turn_to(user, "B")
        await user.should_see("Choose a ground")
        house.story.time_up()
        house.runner.announce()
        await user.should_see("Appeals are closed.")
        await user.should_not_see("Choose a ground")
        await user.should_see("Appeal on A: rejected.")


async def test_a_tablet_shows_the_same_whoever_wrote_the_answers() -> None:
    seen = []
    for owners in (("finalist-v", "finalist-w"), ("finalist-w", "finalist-v")):
        story = Story(rundown(finalists=2))
        story.to_reading(owners, dict(zip(owners, ("Offer.", "Decline."), strict=True)))
        house = House(story)
        async with house.page(build_panel, SEAT) as user:
            seen.append(texts(user))
    assert "Offer." in seen[0]
    assert seen[0] == seen[1]


PICTURES = {
    Phase.LOBBY: "You are in.",
    Phase.QUESTION: "The question is on stage.",
    Phase.TUNING: "The finalists are tuning.",
    Phase.LOCKED: "The answers are being shuffled.",
    Phase.READING: "Key facts",
    Phase.MARKING: "Marks close in",
    Phase.JUDGE_REVEAL: "The AI judge’s marks are on stage.",
    Phase.APPEAL: "The judge on A",
    Phase.REVEAL: "The scores are on stage.",
    Phase.STANDINGS: "The standings are on stage.",
    Phase.BREAK: "There is a break.",
    Phase.CHAMPION: "The show is over.",
}


async def test_every_phase_has_its_picture() -> None:
    house = House(Story(rundown(rounds=2)))
    seen = {}
    async with house.page(build_panel, SEAT) as user:
        for phase in stations(house.story, "finalist-v"):
            house.runner.announce()
            seen[phase] = PICTURES[phase] in texts(user).splitlines()
    assert seen == dict.fromkeys(PICTURES, True)


async def test_a_turn_left_over_from_another_round_moves_nothing(house: House) -> None:
    to_the_appeals(house)
    async with house.page(build_panel, SEAT) as user:
        await turn_to(user, "B", round_=1)
        assert "The judge on A" in texts(user).splitlines()
        await turn_to(user, "B")
        assert "The judge on B" in texts(user).splitlines()
