"""Host, finalists, experts and rude strangers, each on their own, none of them in a hurry."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from simulation.amends import amend
from simulation.drawing import draw
from simulation.models import SECRET
from simulation.pages import MOVED, Page
from simulation.weather import stream

from finale.show import commands as c
from finale.show.commands_amend import ReplaceQuestion
from finale.show.cues import Cue, can_break, next_cue
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.state import ShowState
from finale.store.writer import StoreError
from scoring.rubric import PANEL_RUBRIC

if TYPE_CHECKING:
    from simulation.life import Life
    from simulation.world import World

PATIENCE_S = 8.0
GROUNDS = ("factual error", "rubric misread", "format fault")


class Person:
    """Looks at the show every few seconds and does something, until the show is over."""

    pause_s = (0.4, 2.5)

    def __init__(self, world: "World", seat: str) -> None:
        self._world = world
        self.seat = seat
        self._random = stream(world.seed, f"person {seat}")
        self._pages: list[Page] = []

    async def play(self) -> None:
        """Until the champion is crowned."""
        while not self._world.is_over:
            await asyncio.sleep(self._random.uniform(*self.pause_s))
            state = self._world.glance()
            if state is not None:
                await self.act(state)

    async def act(self, state: ShowState) -> None:
        """What this person does about what there is to see."""
        raise NotImplementedError

    async def ask(self, command: c.Command) -> bool:
        """Whether it was done."""
        page = self.page()
        answer = await self._world.network.ask(self.seat, command, page=page)
        if answer.text == MOVED:
            self.moves(page)
        return answer.kind == "done"

    def page(self) -> Page | None:
        """The open page; where the chair was handed on, at times still the old one."""
        life = self._world.life
        if not self._pages and life is not None and life.is_ready:
            self._pages = [self._world.pages.open(life, self.seat)]
        if len(self._pages) > 1 and self.is_so(0.2):
            return self._pages[0]
        return self._pages[-1] if self._pages else None

    def moves(self, page: Page | None) -> None:
        """The newest page was refused: the next one is opened with the new link."""
        life = self._world.life
        if page is self._pages[-1] and life is not None and life.is_ready:
            self._pages = [self._pages[-1], self._world.pages.open(life, self.seat)]

    def is_so(self, share: float) -> bool:
        """Chance."""
        return self._random.random() < share


class Host(Person):
    """Presses Next, with two tabs at times, waits for nobody for long, and puts things right."""

    pause_s = (0.3, 1.2)

    def __init__(self, world: "World", seat: str) -> None:
        super().__init__(world, seat)
        self._waited_at: tuple[str, float] = ("", 0.0)

    async def act(self, state: ShowState) -> None:
        """Next, if there is one; what stands in its way is cleared after a while."""
        if state.is_held:
            if self.is_so(0.5):
                await self.ask(c.ResumeShow())
            return
        command = amend(self._random, state, self._world.weather.amends)
        if command is not None:
            await self._in_tabs(command, next_cue(state))
            return
        appeal = state.open_appeal()
        if appeal is not None and self._patience_over(f"appeal {appeal.letter}"):
            await self.ask(
                c.RuleAppeal(
                    round=state.number, letter=appeal.letter, reason="Two tablets are dead."
                )
            )
        cue = next_cue(state)
        if cue is None or "host" not in cue.by:
            return
        if can_break(state) and self.is_so(0.1):
            await self.ask(c.CallBreak())
        elif self.is_so(self._lingers(state, cue)):
            return
        elif not cue.waits_for:
            await self._press(cue.id)
        elif cue.can_force and self._patience_over(cue.id):
            await self._press(cue.id, is_forced=True)

    def _lingers(self, state: ShowState, cue: Cue) -> float:
        if state.phase is Phase.LOBBY:
            return 0.6
        return 0.8 if state.phase is Phase.MARKING and cue.target is None else 0.1

    async def _press(self, cue: str, is_forced: bool = False) -> None:
        await self._in_tabs(c.CallCue(cue=cue, is_forced=is_forced))

    async def _in_tabs(self, command: c.Command, cue: Cue | None = None) -> None:
        """Ask, in two tabs at times: of a new question the other tab knows nothing yet."""
        tabs = [command]
        if self.is_so(self._world.weather.two_tabs):
            is_next = isinstance(command, ReplaceQuestion) and cue is not None
            tabs.append(c.CallCue(cue=cue.id) if cue is not None and is_next else command)
        await asyncio.gather(*map(self.ask, tabs))

    def _patience_over(self, what: str) -> bool:
        now = self._world.loop.time()
        if self._waited_at[0] != what:
            self._waited_at = (what, now)
        return now - self._waited_at[1] > PATIENCE_S


class Finalist(Person):
    """Types, generates, pins, submits, also too late; appeals at times."""

    async def act(self, state: ShowState) -> None:
        """One thing that a console can do now."""
        if state.phase is Phase.APPEAL and self.is_so(0.2):
            ground = self._random.choice(GROUNDS)
            await self.ask(c.FileAppeal(round=state.number, letter="", ground=ground))
        if state.phase is not Phase.TUNING or self.seat not in state.round.finalists:
            return
        if self.seat in state.round.submissions:
            return
        finished = [d.number for d in state.round.drafts.get(self.seat, ()) if d.outcome]
        if state.round.running(self.seat):
            if self.is_so(0.1):
                self._at_console("cancels", lambda life: life.drafter.cancel(self.seat))
        elif not finished or self.is_so(0.4):
            await self._generate(state.number)
        elif self.is_so(0.3):
            await self.ask(c.PinDraft(round=state.number, draft=self._random.choice(finished)))
        else:
            await self._submit(state, self._random.choice(finished))

    async def _submit(self, state: ShowState, draft: int) -> None:
        if self.is_so(0.3):
            left = state.deadlines.get("phase", 0.0) - self._world.clock.now()
            await asyncio.sleep(max(0.0, left + self._random.uniform(-0.1, 1.2)))
        await self.ask(c.Submit(round=state.number, draft=draft))

    async def _generate(self, round_: int) -> None:
        text = f"{SECRET}{self.seat} {self._world.loop.time():.3f}"
        self._type(text)
        await asyncio.sleep(self._random.uniform(0.05, 0.5))
        self._at_console(
            "generates", lambda life: life.drafter.generate(self.seat, round_, text, 0.7, 0.9)
        )

    def _type(self, text: str) -> None:
        world, key = self._world, f"prompt:{self.seat}"

        async def keep(life: "Life") -> None:
            world.typing(key, text)
            await life.scratch.put(key, text)
            world.typed(key, text)

        self._at_console("types", keep)

    def _at_console(self, what: str, do: "Callable[[Life], Awaitable[object]]") -> None:
        """What a console does goes to the server once, over a line that may break."""
        world, life, page = self._world, self._world.life, self.page()
        world.diary.note(self.seat, what)

        async def act(life: "Life") -> None:
            try:
                await do(life)
            except (Refused, StoreError) as error:
                world.diary.note(self.seat, "{}: {}", what, error)

        if life is not None and life.is_ready and not self.is_so(world.weather.lost):
            if world.pages.comes_in(life, page):
                life.serve(act(life))
            else:
                self.moves(page)


class Expert(Person):
    """Marks answers, some of them, locks the cards at times, appeals and votes on appeals."""

    async def act(self, state: ShowState) -> None:
        """One thing that a tablet can do now."""
        if state.phase is Phase.LOBBY and state.rundown.calibration is not None:
            criterion = self._random.choice(PANEL_RUBRIC.keys)
            await self.ask(
                c.MarkPractice(criterion=criterion, mark=self._random.randint(2, 10) / 2)
            )
        if state.phase in (Phase.READING, Phase.MARKING) and state.round.letters:
            await self._mark(state)
        if state.phase is not Phase.APPEAL:
            return
        appeal = state.open_appeal()
        if appeal is not None and self.seat not in appeal.votes:
            vote = c.VoteAppeal(round=state.number, letter=appeal.letter, is_upheld=self.is_so(0.5))
            await self.ask(vote)
        elif self.is_so(0.3):
            letter, ground = self._random.choice("AB"), self._random.choice(GROUNDS)
            await self.ask(c.FileAppeal(round=state.number, letter=letter, ground=ground))

    async def _mark(self, state: ShowState) -> None:
        open_ = [
            (letter, criterion)
            for letter in sorted(state.round.letters)
            for criterion in PANEL_RUBRIC.keys
            if criterion not in state.round.cards.get((self.seat, letter), {})
        ]
        if not open_:
            await self.ask(c.LockScorecards(round=state.number))
            return
        for letter, criterion in open_[: self._random.choice((1, 3, 6))]:
            mark = self._random.randint(2, 10) / 2
            command = c.MarkScorecard(
                round=state.number, letter=letter, criterion=criterion, mark=mark
            )
            if not await self.ask(command):
                return


class Rude(Person):
    """Asks for anything, as anybody but the crew."""

    def __init__(self, world: "World", seat: str) -> None:
        super().__init__(world, seat)
        self.pause_s = (0.1, 2 * world.weather.rude_every_s)

    async def act(self, state: ShowState) -> None:
        """One command of the table."""
        by, command = draw(self._random, state)
        await self._world.network.ask(by, command, tries=2)
