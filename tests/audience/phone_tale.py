"""A whole show on phones: every state that people can meet, one after another."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack

from audience.phone_house import ANSWERS, CODE, SEATS, House, served
from playwright.async_api import Page, expect

from finale.show import commands as c
from finale.show.commands_message import ALL_PHONES, ClearMessage, SendMessage
from finale.show.cues import REVEAL_PARTS
from finale.show.phases import Phase
from scoring.rubric import PANEL_RUBRIC

OWNERS = dict(zip("ABC", SEATS, strict=True))
MESSAGE = "The left door is open again."
WRONG = "FGHK"
RETURN_MS = 20_000


class Room:
    """The phones, and the house on one address that comes and goes."""

    def __init__(self, show: House, pages: Sequence[Page], late: Page) -> None:
        """`late` joins in the middle of a vote. Nobody is served yet."""
        self.show = show
        self.pages = list(pages)
        self.late = late
        self.host = ""
        self._stack = AsyncExitStack()
        self._port = 0

    async def open(self) -> None:
        """Serve, on the port of before."""
        self.host = await self._stack.enter_async_context(served(self.show.gateway, self._port))
        self._port = int(self.host.split(":")[1])

    async def close(self) -> None:
        """Be gone."""
        await self._stack.aclose()

    async def each(self, do: Callable[[Page], Awaitable[object]]) -> None:
        """The same on every phone."""
        for page in self.pages:
            await do(page)

    async def type(self, code: str) -> None:
        """A room code on every phone."""
        await self.each(lambda page: page.locator("#code").fill(code))
        await self.each(lambda page: page.keyboard.press("Enter"))

    async def press(self, key: str) -> None:
        """The button of that key on every phone."""
        await self.each(lambda page: page.locator(f"[data-key={key}]").first.click())

    async def has(self, selector: str) -> None:
        """Wait until every phone shows it."""
        await self.each(
            lambda page: expect(page.locator(selector).first).to_be_visible(timeout=RETURN_MS)
        )

    async def until(self, condition: str) -> None:
        """Wait until every phone is in that state."""
        await self.each(
            lambda page: page.wait_for_function(f"() => {condition}", timeout=RETURN_MS)
        )

    async def do(self, command: c.Command) -> None:
        """A command of the host, seen on every phone."""
        await self.show.showrunner.do(command, "host")
        await self.caught_up()

    async def caught_up(self) -> None:
        """Wait until every phone has the newest view."""
        await self.until(f"version === {self.show.gateway._version}")


async def tale(room: Room) -> AsyncIterator[str]:
    """The name of each moment, when every phone is there; a show of two rounds."""
    for part in (_arrival, _vote, _lost_line, _results, _end):
        async for moment in part(room):
            yield moment


async def _arrival(room: Room) -> AsyncIterator[str]:
    await room.open()
    await room.each(lambda page: page.goto(f"http://{room.host}/"))
    await room.has("#code")
    yield "door"
    await room.type(WRONG[:3])
    yield "short-code"
    await room.type(WRONG)
    await room.until(f"document.getElementById('hint').textContent.includes('{WRONG}')")
    yield "wrong-code"
    await room.type(CODE)
    await room.until("view && view.phase === 'lobby'")
    yield "lobby"
    for phase in ("question", "tuning"):
        await room.show.cue()
        await room.until(f"view.phase === '{phase}'")
        yield phase
    await room.show.submit(ANSWERS, OWNERS)
    await room.until("view.phase === 'locked'")
    yield "locked"
    room.show.clock.at += 10
    await room.show.showrunner.do(c.MoveOn(round=room.show.showrunner.state.number), "crew")
    await room.until("view.phase === 'reading'")
    yield "reading"


async def _vote(room: Room) -> AsyncIterator[str]:
    for _ in (*ANSWERS, "vote"):
        await room.show.cue()
    await room.until("view.is_vote_open")
    yield "vote"
    await room.press("openB")
    yield "answer"
    await room.press("tileB")
    await room.has(".code")
    yield "receipt"
    await room.press("again")
    yield "read-again"
    await room.press("tileC")
    await room.has(".receipt s")
    yield "receipt-changed"
    await room.do(SendMessage(to=ALL_PHONES, text=MESSAGE))
    yield "message"
    await room.do(ClearMessage(to=ALL_PHONES))
    await room.do(c.HoldShow())
    yield "held"
    await room.do(c.ResumeShow())
    room.show.clock.at = room.show.showrunner.state.deadlines["vote"] - 25
    await room.do(c.MoveDeadline(seconds=-15))
    # The phones hear the time, which the test has moved, with a new line.
    await room.each(lambda page: page.reload())
    await room.until("document.body.classList.contains('hurry')")
    yield "last-call"


async def _lost_line(room: Room) -> AsyncIterator[str]:
    late, pages = room.late, room.pages
    await late.goto(f"http://{room.host}/?{CODE}")
    await late.locator("[data-key=tileB]").click()
    await expect(late.locator("#banner .late")).to_be_visible()
    room.pages = [late]
    yield "joined-late"
    room.pages = pages
    await room.close()
    await room.has("#banner .turn")
    yield "offline"
    await room.press("again")
    await room.press("tileA")
    await room.has("#banner .dash")
    yield "kept"
    await room.open()
    await room.has("#banner .tick")
    yield "back"
    await room.close()
    await room.has("#banner .turn")
    await room.press("tileB")
    await room.has("#banner .dash")
    await room.show.close_vote()
    await room.open()
    await room.has("#banner .late")
    yield "too-late"


async def _results(room: Room) -> AsyncIterator[str]:
    await _mark(room.show)
    await room.caught_up()
    showrunner = room.show.showrunner
    while showrunner.state.step < len(REVEAL_PARTS) + len(ANSWERS):
        await room.show.step()
        await room.caught_up()
        yield f"{showrunner.state.phase.value}-{showrunner.state.step}"
        if showrunner.state.phase is Phase.APPEAL and not showrunner.state.round.appeals:
            number = showrunner.state.number
            appeal = c.FileAppeal(round=number, letter="A", ground="factual error")
            await showrunner.do(appeal, OWNERS["A"])
            await room.show.step()
            await room.caught_up()
            yield "appeal-vote"
            await showrunner.do(c.VoteAppeal(round=number, letter="A", is_upheld=True), "panel-1")
            await room.caught_up()
            yield "appeal-upheld"
    await room.show.step()
    await room.caught_up()
    yield "standings"


async def _mark(show: House) -> None:
    """The marks of the judge and of the one expert."""
    number = show.showrunner.state.number
    for letter, mark in zip(ANSWERS, (4, 9, 6), strict=True):
        verdict = c.RecordVerdict(
            round=number,
            letter=letter,
            passes=({"relevance": mark, "depth": mark, "coherence": mark},) * 3,
            reason="because",
            judge="scripted judge",
        )
        await show.showrunner.do(verdict, "crew")
        for criterion in PANEL_RUBRIC.keys:
            card = c.MarkScorecard(round=number, letter=letter, criterion=criterion, mark=mark / 2)
            await show.showrunner.do(card, "panel-1")


async def _end(room: Room) -> AsyncIterator[str]:
    await room.do(c.CallBreak())
    yield "break"
    await room.show.open_vote()
    await room.show.close_vote()
    await room.caught_up()
    yield "not-voted"
    await room.show.finish_round()
    await room.caught_up()
    yield "last-standings"
    await room.show.cue()
    await room.caught_up()
    yield f"{room.show.showrunner.state.phase.value}"
    await room.close()
