"""The host’s desk: what Next asks for, what a refusal says, what stays away before the gates."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from nicegui import ElementFilter, ui
from nicegui.element import Element
from nicegui.elements.html import Html
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction
from nicegui.testing.user_simulation import user_simulation
from pages.checks import idle_board

from finale.pages.host import build_host
from finale.pages.sounds import Sounds
from finale.pages.untrusted import safe_html
from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show.cues import next_cue
from finale.show.events import Event, ShowOpened
from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.question import Question
from finale.show.rules import decide
from finale.show.rundown import Finalist, Panellist, Rundown
from finale.show.state import GRACE_S, ShowState
from finale.show.views.common import Hall
from scoring.rubric import PANEL_RUBRIC

START = 1_700_000_000.0
FLAG = "The answer seems to speak to the judge."
REASON = "The deductible is named, the indemnity period is not."


def question(name: str) -> Question:
    return Question(
        id=name,
        text="What do you offer the bakery, and why?",
        short="The bakery",
        domain="underwriting",
        reference=" ".join(["Offer cover with conditions."] * 12),
        key_facts=("offer", "conditions", "deductible"),
        notes="The hall watches the ovens.",
    )


def rundown() -> Rundown:
    names = (("v", "Vera Example"), ("w", "Wim Placeholder"))
    return Rundown(
        title="The Cup",
        finalists=tuple(Finalist(id=f"finalist-{s}", lectern=s.upper(), name=n) for s, n in names),
        panel=(Panellist(id="panel-1", name="Expert One"), Panellist(id="panel-2", name="Two")),
        judge="understudy judge",
        rounds=(question("first"), question("second")),
        reserve=question("third"),
    )


class Played:
    """A show in memory with a clock that is set; keeps what was asked for by the host."""

    def __init__(self) -> None:
        plan = rundown()
        self.at = START
        self.trouble = ""
        self.asked: list[c.Command] = []
        self.state: ShowState = evolve(None, ShowOpened(rundown=plan, rules_hash=plan.rules_hash()))
        self._watchers: list[Callable[[], None]] = []

    def now(self) -> float:
        return self.at

    async def do(self, command: c.Command, by: str, id: str = "") -> tuple[Event, ...]:  # noqa: A002
        self.asked.append(command)
        self.act(command, by)
        for watcher in self._watchers:
            watcher()
        return ()

    def act(self, command: c.Command, by: str) -> None:
        """Change the show without telling any page."""
        for event in decide(self.state, c.Request(id="x", by=by, command=command), self.at):
            self.state = evolve(self.state, event)

    def next(self) -> None:
        cue = next_cue(self.state)
        assert cue is not None
        self.act(c.CallCue(cue=cue.id), "host")

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def to_marking(self) -> None:
        """Every finalist has an answer, the judge has marked, and so have the experts."""
        self.next()
        self.next()
        for finalist in self.state.round.finalists:
            asked = c.StartDraft(round=0, system="Be brief.", temperature=0.7, top_p=0.9)
            self.act(asked, finalist)
            draft = {"round": 0, "finalist": finalist, "draft": 1, "text": "An offer."}
            self.act(c.RecordDraft(**draft, outcome="finished"), "crew")
            self.act(c.Submit(round=0, draft=1), finalist)
        self.act(c.EndTuning(round=0, order=(0, 1)), "crew")
        self.at = self.state.deadlines["phase"]
        self.act(c.MoveOn(round=0), "crew")
        for letter, mark in (("A", 8), ("B", 6)):
            marks = dict.fromkeys(("relevance", "depth", "coherence"), mark)
            verdict = {"letter": letter, "passes": (marks,) * 3, "reason": REASON}
            self.act(c.RecordVerdict(round=0, **verdict, judge="understudy judge"), "crew")
            self.next()
        self.next()

    def mark(self) -> None:
        for panellist in ("panel-1", "panel-2"):
            for letter in "AB":
                for criterion in PANEL_RUBRIC.keys:
                    card = {"letter": letter, "criterion": criterion, "mark": 4.0}
                    self.act(c.MarkScorecard(round=0, **card), panellist)


@pytest.fixture
def show() -> Played:
    return Played()


@asynccontextmanager
async def desk(show: Played, hall: Hall | None = None) -> AsyncIterator[User]:
    """The host's page of `show`; everybody is connected unless `hall` says otherwise."""
    there = hall or Hall(phones=7, seats=frozenset(show.state.rundown.seats))
    backstage: Any = SimpleNamespace(
        showrunner=show,
        beat=show,
        clock=show,
        hall=lambda: there,
        links=lambda: {"host": "http://show/enter/secret", "panel-1": "http://show/enter/other"},
        api_token=lambda: "the token of the API",
        public_url="http://show",
        sounds=Sounds(),
        join_url="http://show/?FGHJABCDEFGHIJKL",
        code="FGHJ",
        preflight=idle_board(show),
    )
    async with user_simulation(lambda: build_host(backstage, "host")) as user:
        client = await user.open("/")
        try:
            yield user
        finally:
            # A page that still has something to send would keep the event loop from ending.
            client.delete()


def button(user: User, text: str, at: int = 0) -> UserInteraction[Element]:
    """The button that bears `text`, the one at place `at` of those there are."""
    with user:
        spans = sorted(ElementFilter(content=text, local_scope=False), key=lambda e: e.id)
        holders = [up for e in spans for up in e.ancestors() if isinstance(up, ui.button)]
    return UserInteraction(user, {holders[at]}, None)


def line(user: User, title: str) -> UserInteraction[Element]:
    """The element of that title."""
    with user:
        [found] = [e for e in ElementFilter(local_scope=False) if e.props.get("title") == title]
    return UserInteraction(user, {found}, None)


def texts(user: User) -> str:
    """Every word on the page."""
    with user:
        found = list(ElementFilter(local_scope=False))
    return "\n".join(str(getattr(element, "text", "")) for element in found)


def reasons(user: User) -> list[str]:
    """Every reason of the judge on the page, as HTML."""
    with user:
        drawn = list(ElementFilter(kind=Html, local_scope=False))
    return [element.content for element in drawn if "prose" in element.classes]


async def test_next_asks_for_the_cue_that_the_button_named(show: Played) -> None:
    named = next_cue(show.state)
    assert named is not None
    async with desk(show) as user:
        button(user, named.label).click()
        await user.should_see("Start tuning")
    assert show.asked == [c.CallCue(cue=named.id)]


async def test_next_cannot_take_a_second_step_and_says_so(show: Played) -> None:
    async with desk(show) as user:
        show.next()
        button(user, "Show question 1").click()
        await user.should_see("That step was already taken.")
    assert show.state.phase is Phase.QUESTION


async def test_a_refusal_is_gone_once_the_show_has_moved_on(show: Played) -> None:
    async with desk(show) as user:
        show.next()
        button(user, "Show question 1").click()
        await user.should_see("That step was already taken.")
        cue = next_cue(show.state)
        assert cue is not None
        await show.do(c.CallCue(cue=cue.id), "host")
        assert texts(user).count("That step was already taken.") == 0


async def test_next_must_be_held_while_a_clock_would_take_the_step(show: Played) -> None:
    show.next()
    async with desk(show) as user:
        (element,) = button(user, "Start tuning").elements
        assert element.props["data-hold-ms"] == 2000
        button(user, "Start tuning").click()
        button(user, "Start tuning").trigger("held")
        await user.should_see("Lock the answers")
    assert len(show.asked) == 1


async def test_the_lock_takes_the_keys_away_and_guards_next(show: Played) -> None:
    async with desk(show) as user:
        button(user, "Lock keys").click()
        await user.should_see("Keys locked")
        (dark,) = button(user, "Blackout").elements
        (next_,) = button(user, "Show question 1").elements
    assert (dark.props.get("data-key"), next_.props["data-hold-ms"]) == (None, 2000)


async def test_marks_stay_away_until_both_gates_have_closed(show: Played) -> None:
    show.to_marking()
    show.mark()
    async with desk(show) as user:
        assert (texts(user).count(REASON), texts(user).count("Spread")) == (0, 0)
        await show.do(c.CloseGate(round=show.state.number, gate="vote"), "host")
        await show.do(c.RecordTally(round=0, counts={"A": 5, "B": 2}, digest="d"), "crew")
        assert (texts(user).count(REASON), texts(user).count("Spread")) == (0, 0)
        await show.do(c.CloseGate(round=show.state.number, gate="marks"), "host")
        await user.should_see("Spread")
        await user.should_see("80.0 → ", retries=1)


def off(user: User, *labels: str) -> dict[str, str]:
    """Those of the buttons that cannot be pressed, with the reason each gives."""
    found = {label: element for label in labels for element in button(user, label).elements}
    return {
        label: str(element.props.get("title"))
        for label, element in found.items()
        if isinstance(element, ui.button) and not element.enabled
    }


async def test_the_clock_buttons_are_off_with_a_reason_where_the_rules_refuse(show: Played) -> None:
    keys = ("Hold", "−15 s", "+15 s")
    no_clock = "No clock is running: nothing to move. Hold keeps the next step back."
    not_now = "The clock can be moved in tuning and in marking only."
    async with desk(show) as user:
        await user.should_see(no_clock)
        assert off(user, *keys) == dict.fromkeys(keys[1:], no_clock)
        cue = next_cue(show.state)
        assert cue is not None
        await show.do(c.CallCue(cue=cue.id), "host")
        await user.should_see(not_now)
        assert off(user, *keys) == dict.fromkeys(keys[1:], not_now)


async def test_time_is_not_taken_from_a_clock_that_has_too_little(show: Played) -> None:
    show.next()
    show.next()
    keys = ("Hold", "−15 s", "+15 s")
    async with desk(show) as user:
        assert off(user, *keys) == {}
        show.at = show.state.deadlines["phase"] - 12
        await user.should_see("12 s are left: −15 s would end tuning at once.", retries=20)
        assert off(user, *keys) == {"−15 s": "Too little time is left."}
        button(user, "+15 s").click()
        await user.should_see("Applies to everyone.")
        assert off(user, *keys) == {}
    assert show.asked == [c.MoveDeadline(seconds=15)]


async def test_break_is_off_with_a_reason_except_between_two_rounds(show: Played) -> None:
    async with desk(show) as user:
        assert off(user, "Break") == {"Break": "A break: between two rounds only."}
        show.next()
        show.next()
        show.at = show.state.deadlines["phase"] + GRACE_S
        show.act(c.EndTuning(round=0, order=(0, 1)), "crew")
        show.at = show.state.deadlines["phase"]
        await show.do(c.MoveOn(round=0), "crew")
        await user.should_see("A break: a slate until question 2.")
        assert off(user, "Break") == {}


async def test_an_empty_chair_takes_a_robot_at_once(show: Played) -> None:
    async with desk(show, Hall(seats=frozenset({"finalist-w", "panel-1", "panel-2"}))) as user:
        button(user, "Seat a robot").click()
        await user.should_see("Give back")
    assert show.asked == [c.SeatRobot(seat="finalist-v")]


async def test_a_taken_chair_takes_a_robot_only_when_held(show: Played) -> None:
    async with desk(show) as user:
        (element,) = button(user, "Seat a robot").elements
        assert element.props["data-hold-ms"] == 700
        button(user, "Seat a robot").trigger("held")
        await user.should_see("Give back")
    assert show.asked == [c.SeatRobot(seat="finalist-v")]


async def test_the_judge_is_asked_again_for_what_it_could_not_mark(show: Played) -> None:
    show.to_marking()
    for letter in "AB":
        show.act(ca.AskJudgeAgain(round=0, letter=letter), "host")
    show.act(c.MissVerdict(round=0, letter="B", reason="Cut off.", ask=1), "crew")
    async with desk(show) as user:
        await user.should_see("No verdict on B")
        button(user, "Ask again").click()
        await user.should_not_see("No verdict on B")

    assert show.asked == [ca.AskJudgeAgain(round=0, letter="B")]
    assert show.state.round.asks == {"A": 1, "B": 2}


async def test_a_flag_is_told_while_no_mark_is_shown_and_why_with_the_marks(show: Played) -> None:
    show.to_marking()
    show.act(ca.AskJudgeAgain(round=0, letter="B"), "host")
    marks = (dict.fromkeys(("relevance", "depth", "coherence"), 9),)
    told = {"letter": "B", "passes": marks, "reason": REASON, "judge": "j", "ask": 1}
    show.act(c.RecordVerdict(round=0, **told, flags=(FLAG,)), "crew")
    async with desk(show) as user:
        await user.should_see("The judge’s mark of answer B is flagged.")
        await user.should_see("Flagged: B")
        await user.should_not_see(FLAG)
        button(user, "Ask again").click()
        await user.should_not_see("Flagged: B")
    assert show.asked == [ca.AskJudgeAgain(round=0, letter="B")]
    told["ask"] = 2
    show.act(c.RecordVerdict(round=0, **told, flags=(FLAG,)), "crew")
    show.mark()
    for gate in ("marks", "vote"):
        show.act(c.CloseGate(round=show.state.number, gate=gate), "host")
    show.act(c.RecordTally(round=0, counts={"A": 7}, digest=""), "crew")
    async with desk(show) as user:
        await user.should_see("The judge’s mark of answer B is flagged.")
        line(user, "Show the judge’s reason for B").trigger("click")
        await user.should_see(FLAG)
        assert "Ask again" not in texts(user)


async def test_rule_now_ends_the_vote_on_the_open_appeal(show: Played) -> None:
    show.to_marking()
    show.mark()
    for gate in ("vote", "marks"):
        show.act(c.CloseGate(round=show.state.number, gate=gate), "host")
    show.act(c.RecordTally(round=0, counts={"A": 5, "B": 2}, digest="d"), "crew")
    show.next()
    show.next()
    show.act(c.FileAppeal(round=0, letter="A", ground="format fault"), "finalist-v")
    async with desk(show) as user:
        await user.should_see("0 of 2 experts have voted")
        button(user, "Rule now").click()
        await user.should_see("Nobody waits for the votes that are missing.")
        await user.should_see("Say why: the reason stands in the record.")
        with user:
            fields = ElementFilter(kind=ui.textarea, local_scope=False)
            (why,) = [field for field in fields if field.props["maxlength"] == "500"]
        why.value = "Two tablets are dead."
        button(user, "Hold: Rule on answer A").trigger("held")
        await user.should_see("Rejected: judge 40.0 → 40.0 of 40")
    assert show.asked == [c.RuleAppeal(round=0, letter="A", reason="Two tablets are dead.")]


async def test_the_whole_reason_of_the_judge_is_one_click_away(show: Played) -> None:
    show.to_marking()
    show.mark()
    for gate in ("vote", "marks"):
        show.act(c.CloseGate(round=show.state.number, gate=gate), "host")
    show.act(c.RecordTally(round=0, counts={"A": 5, "B": 2}, digest="d"), "crew")
    async with desk(show) as user:
        before = reasons(user)
        button(user, "Read all").click()
        await user.should_see("Close")
        assert before == [safe_html(REASON)]
        assert reasons(user) == 2 * before


async def test_the_links_show_no_code_until_one_is_chosen(show: Played) -> None:
    async with desk(show) as user:
        button(user, "Links").click()
        await user.should_see("Choose whose code to show.")
        assert texts(user).count("http://show/enter/") == 0
        assert "the token of the API" not in texts(user)
        button(user, "Token").click()
        await user.should_see("the token of the API")
        button(user, "Code", 1).click()
        await user.should_see("http://show/enter/other")
        await user.should_see("Whoever has this code has the seat. Show it to them alone.")


async def test_the_links_have_the_phones_code_for_everybody(show: Played) -> None:
    async with desk(show) as user:
        button(user, "Links").click()
        button(user, "Code", 2).click()
        await user.should_see("http://show/testcard")
        await user.should_see("Open to all; it shows nothing of the show’s course.")
        button(user, "Code", 3).click()
        await user.should_see("http://show/?FGHJABCDEFGHIJKL")
        await user.should_see("Show it to everybody. It lets a phone in without the room code.")
        await user.should_not_see("Whoever has this code has the seat.")
