"""What the host puts right: what is asked for, what the button says, what a change leaves alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from nicegui import ElementFilter, ui
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from pages.checks import idle_board
from pages.staff_show import Runner, button, is_in_sight, texts, turn
from story import Story, rundown

from finale.pages.host import build_host
from finale.pages.sounds import Sounds
from finale.show import commands_amend as ca
from finale.show.phases import Phase
from finale.show.views.common import Hall
from finale.store.writer import StoreError

V, W = "finalist-v", "finalist-w"
SAY_WHY = "Say why: the reason stands in the record."


class House:
    """A story and the host's desk; `handed` are the seats that got a new link."""

    def __init__(self, panel: int = 3) -> None:
        self.story = Story(rundown(finalists=3, panel=panel))
        self.runner = Runner(self.story)
        self.handed: list[str] = []
        self.is_full = False

    def renew(self, seat: str) -> None:
        if self.is_full:
            raise StoreError("turns.json cannot be written (No space left on device).")
        self.handed.append(seat)

    def links(self) -> dict[str, str]:
        return {seat: f"http://show/{seat}/{len(self.handed)}" for seat in self.story.finalists}

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[User]:
        there = Hall(seats=frozenset(self.story.plan.seats))
        backstage: Any = SimpleNamespace(
            showrunner=self.runner,
            beat=self.runner,
            clock=self.runner,
            hall=lambda: there,
            links=self.links,
            renew=self.renew,
            public_url="http://show",
            sounds=Sounds(),
            join_url="http://show/?KEY",
            code="FGHJ",
            preflight=idle_board(self.runner),
        )
        self.runner.trouble = ""
        async with user_simulation(lambda: build_host(backstage, "host")) as user:
            client = await user.open("/")
            try:
                yield user
            finally:
                client.delete()


@pytest.fixture
def house() -> House:
    return House()


def why_off(user: User, text: str) -> str:
    """Why the newest button with that text is off; "" if it is on."""
    (element,) = button(user, text).elements
    assert isinstance(element, ui.button)
    return "" if element.enabled else str(element.props["title"])


def say(user: User, text: str) -> None:
    """Give the reason; a message to people has a field of its own, of one line."""
    reason_field(user).value = text


def reason_field(user: User) -> ui.textarea:
    with user:
        fields = ElementFilter(kind=ui.textarea, local_scope=False)
        (field,) = [field for field in fields if field.props["maxlength"] == "500"]
    return field


def marked(house: House) -> None:
    """A round whose marks are closed and counted."""
    house.story.to_reading()
    house.story.to(Phase.MARKING)
    house.story.give_marks()
    house.story.to(Phase.JUDGE_REVEAL)


async def test_what_cannot_be_put_right_now_says_why(house: House) -> None:
    async with house.desk() as user:
        found = {
            name: why_off(user, name)
            for name in (
                "Void a jury",
                "Count a jury again",
                "Correct a mark",
                "Withdraw a finalist",
                "Withdraw an expert",
                "Replace a question",
                "Recusal of an expert",
                "New link for a seat",
            )
        }
        assert found == dict.fromkeys(found, "") | dict.fromkeys(
            ("Void a jury", "Count a jury again", "Correct a mark"),
            "Once a round’s answers are in.",
        )
        house.story.next()
        house.runner.announce()
        assert why_off(user, "Recusal of an expert") == "Before the first question only."


async def test_a_withdrawal_needs_a_name_a_reason_and_a_hold(house: House) -> None:
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, "Withdraw a finalist").click()
        assert why_off(user, "Hold: Withdraw a finalist") == "Choose: finalist."
        button(user, "Bao Ling").click()
        assert why_off(user, "Hold: Withdraw Bao Ling") == SAY_WHY
        say(user, "  ")
        assert why_off(user, "Hold: Withdraw Bao Ling") == SAY_WHY
        say(user, "Taken ill.")
        assert why_off(user, "Hold: Withdraw Bao Ling") == ""
        button(user, "Hold: Withdraw Bao Ling").click()
        assert house.runner.asked == []
        button(user, "Hold: Withdraw Bao Ling").trigger("held")
        await user.should_see("Withdrawn")
    command = ca.WithdrawFinalist(finalist=W, reason="Taken ill.")
    assert [asked for asked, _, _ in house.runner.asked] == [command]


async def test_a_change_of_the_show_keeps_what_is_chosen_and_typed(house: House) -> None:
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, "Withdraw an expert").click()
        button(user, "Expert 2").click()
        say(user, "Called away.")
        for _ in range(2):
            house.story.next()
            house.runner.announce()
        assert reason_field(user).value == "Called away."
        assert why_off(user, "Hold: Withdraw Expert 2") == ""
        house.story.ask(ca.WithdrawPanellist(panellist="panel-2", reason="Called away."))
        house.runner.announce()
        assert why_off(user, "Hold: Withdraw an expert") == "Choose: expert."


@pytest.mark.parametrize(
    ("name", "picks", "deed"),
    [
        ("Void a jury", ("Audience",), "Void: Audience, round 1"),
        ("Count a jury again", ("Experts",), "Count again: Experts, round 1"),
        ("Correct a mark", ("Expert 3", "B", "Efficiency: 4.5", "3"), "Change 4.5 to 3"),
    ],
)
async def test_a_change_of_a_result_needs_a_reason_and_a_hold(
    house: House, name: str, picks: tuple[str, ...], deed: str
) -> None:
    marked(house)
    house.story.ask(ca.VoidComponent(of_round=0, component="panel", reason="A slip."))
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, name).click()
        for text in picks:
            button(user, text).click()
        assert why_off(user, f"Hold: {deed}") == SAY_WHY
        say(user, "A slip of the pen.")
        assert why_off(user, f"Hold: {deed}") == ""
        button(user, f"Hold: {deed}").click()
        await turn()
        assert house.runner.asked == []
        button(user, f"Hold: {deed}").trigger("held")
        await turn()
    assert [asked.reason for asked, _, _ in house.runner.asked] == ["A slip of the pen."]


async def test_a_jury_is_voided_and_counted_again(house: House) -> None:
    marked(house)
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, "Void a jury").click()
        button(user, "Audience").click()
        say(user, "The network was down.")
        button(user, "Hold: Void: Audience, round 1").trigger("held")
        await user.should_see("Audience, void")
        button(user, "Count a jury again").click()
        say(user, "It was not.")
        button(user, "Hold: Count again: Audience, round 1").trigger("held")
        await user.should_not_see("Audience, void")
    assert house.story.state.round.voided == {}


async def test_a_jury_of_an_earlier_round_is_voided_and_counted_again(house: House) -> None:
    house.story.play_round()
    house.story.to(Phase.QUESTION)
    async with house.desk() as user:
        for name, deed in (("Void a jury", "Void"), ("Count a jury again", "Count again")):
            button(user, "Put right").click()
            assert why_off(user, name) == ""
            button(user, name).click()
            button(user, "Audience").click()
            say(user, "The network was down.")
            button(user, f"Hold: {deed}: Audience, round 1").trigger("held")
            await turn()
    why = "The network was down."
    assert [asked for asked, _, _ in house.runner.asked] == [
        ca.VoidComponent(of_round=0, component="audience", reason=why),
        ca.RestoreComponent(of_round=0, component="audience", reason=why),
    ]


async def test_the_round_of_a_jury_is_chosen_among_those_played(house: House) -> None:
    house.story.play_round()
    marked(house)
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, "Void a jury").click()
        assert why_off(user, "Hold: Void a jury") == "Choose: round."
        button(user, "1").click()
        button(user, "Audience").click()
        say(user, "The network was down.")
        button(user, "Hold: Void: Audience, round 1").trigger("held")
        await turn()
    assert [sorted(round_.voided) for round_ in house.story.state.rounds] == [["audience"], []]


@pytest.mark.parametrize(("experts", "told"), [(2, True), (3, False)])
async def test_a_reduced_panel_is_told_on_the_desk(experts: int, told: bool) -> None:
    house = House(experts)
    marked(house)
    async with house.desk() as user:
        found = texts(user)
    assert ("Experts, 40\u202f%, reduced" in found, "reduced panel" in found) == (told, told)


async def test_a_mark_is_corrected_step_by_step(house: House) -> None:
    marked(house)
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, "Correct a mark").click()
        for text in ("Expert 3", "B", "Efficiency: 4.5", "3"):
            button(user, text).click()
        say(user, "A slip of the pen.")
        button(user, "Hold: Change 4.5 to 3").trigger("held")
        await turn()
    command, _, _ = house.runner.asked[-1]
    assert command == ca.CorrectMark(
        of_round=0,
        panellist="panel-3",
        letter="B",
        criterion="efficiency",
        mark=3.0,
        reason="A slip of the pen.",
    )


async def test_a_recusal_is_declared_and_taken_back(house: House) -> None:
    async with house.desk() as user:
        for deed in ("Declare the recusal", "Take the recusal back"):
            button(user, "Put right").click()
            button(user, "Recusal of an expert").click()
            button(user, "Expert 1").click()
            name = "Ada Byron" if deed.startswith("Declare") else "Ada Byron (declared)"
            button(user, name).click()
            button(user, f"Hold: {deed}").trigger("held")
            await turn()
    assert [asked for asked, _, _ in house.runner.asked] == [
        ca.DeclareRecusal(panellist="panel-1", finalist=V, is_recused=is_recused)
        for is_recused in (True, False)
    ]


async def test_a_question_is_replaced_by_a_spare_one(house: House) -> None:
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, "Replace a question").click()
        button(user, "2").click()
        button(user, "Question 52?").click()
        say(user, "It was in the paper.")
        button(user, "Hold: Replace question 2").trigger("held")
        await turn()
    assert house.story.state.question_of(1).id == "question-52"


async def test_a_new_link_stands_in_the_dialog_at_once(house: House) -> None:
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, "New link for a seat").click()
        button(user, "Ada Byron").click()
        assert "http://show/" not in texts(user)
        button(user, "Hold: New link for Ada Byron").trigger("held")
        await user.should_see("The new link of Ada Byron")
        await user.should_see(f"http://show/{V}/1")
    assert (house.handed, house.runner.asked[-1][0]) == ([V], ca.HandSeat(seat=V))


async def test_a_link_that_cannot_be_kept_is_told_and_the_old_one_lives(house: House) -> None:
    house.is_full = True
    async with house.desk() as user:
        button(user, "Put right").click()
        button(user, "New link for a seat").click()
        button(user, "Ada Byron").click()
        button(user, "Hold: New link for Ada Byron").trigger("held")
        await user.should_see(
            "The old link still lives. turns.json cannot be written (No space left on device)."
        )
        assert "The new link of" not in texts(user)


async def test_undo_says_where_it_leads_and_is_off_with_a_reason(house: House) -> None:
    async with house.desk() as user:
        assert why_off(user, "Undo") == "There is nothing to undo yet."
        house.story.to(Phase.TUNING)
        house.runner.announce()
        assert why_off(user, "Undo: back to the question") == ""
        button(user, "Undo: back to the question").click()
        await user.should_see("Start tuning")
        assert why_off(user, "Undo") == "The last step showed something new."
    assert [asked for asked, _, _ in house.runner.asked] == [ca.UndoCue(at="1.tuning.0")]


async def test_the_line_of_faults_is_decided_by_holding_and_shows_every_fault(house: House) -> None:
    story = house.story
    story.to_tuning()
    story.start(V)
    story.record(V, "", "failed", times=(None, 8.4))
    async with house.desk() as user:
        await user.should_see("Ada Byron’s model failed and cost 8 s.")
        await user.should_see("+ 1 more")
        await user.should_see("Ask them to generate again.")
        button(user, "Hold: grant 8 s").trigger("held")
        await user.should_not_see("Ada Byron’s model failed and cost 8 s.")
        with user:
            left = [
                e
                for e in ElementFilter(content="Hold: decline", local_scope=False)
                if is_in_sight(e)
            ]
        assert left == []
    assert house.runner.asked[-1][0] == ca.DecideCredit(round=0, finalist=V, is_granted=True)


async def test_who_has_withdrawn_holds_no_chair_and_no_place(house: House) -> None:
    house.story.play_round([V])
    async with house.desk() as user:
        await user.should_see("3 of 3 connected")
        house.story.ask(ca.WithdrawFinalist(finalist=W, reason="Taken ill."))
        house.runner.announce()
        await user.should_see("2 of 2 connected")
        await user.should_see("withdrawn")
        assert texts(user).count("Seat a robot") == 5
