"""A finalist's console as one page knows it: the view, the draft in sight, the last refusal."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from nicegui import context

from finale.pages.backstage import Backstage
from finale.pages.live import Drawn, Live, Region
from finale.pages.parts import words
from finale.show.commands import Command, FileAppeal, Ground, PinDraft, Submit
from finale.show.commands_message import DismissMessage
from finale.show.phases import Phase
from finale.show.prompt_rules import prompt_fault
from finale.show.refused import Refused
from finale.show.state import ShowState
from finale.show.views.common import words as word_count
from finale.show.views.compare import Pair, pair_of, pairs_of
from finale.show.views.finalist import DraftView, FinalistView, finalist_view
from finale.store.writer import StoreError

Place = Literal["generate", "drafts", "submit", "appeal", "message"]

T = TypeVar("T")

NOT_SAVED = "Not done: the show’s log cannot be written at the moment. The host sees it; try again."


@dataclass(frozen=True, slots=True)
class ConsoleView:
    """What the console draws: the finalist's view and the switches of this page alone."""

    show: FinalistView
    said: tuple[Place, str] | None
    chosen: int | None
    ground: Ground | None
    tried: DraftView | None = None
    fault: str = ""
    compared: tuple[int, int] | None = None

    def said_at(self, place: Place) -> str:
        """The refusal to show at `place`; at "generate" also what the next one would be."""
        said = self.said[1] if self.said and self.said[0] == place else ""
        return said or (self.fault if place == "generate" and self.can_edit else "")

    @property
    def in_sight(self) -> DraftView | None:
        """The draft in the middle: the one chosen, else the newest.

        Where only one may run, it stays in the middle until it has ended.
        """
        drafts = self.show.drafts
        if self.show.is_practice:
            return self.tried
        is_bound = bool(self.show.running) and self.show.drafts_at_once == 1
        if is_bound or self.chosen is None or self.chosen > len(drafts):
            return drafts[-1] if drafts else None
        return drafts[self.chosen - 1]

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The drafts that can be compared while the desk is on screen."""
        return pairs_of(self.show.drafts) if self.is_at_work else ()

    @property
    def pair(self) -> Pair | None:
        """The two drafts that stand side by side instead of the desk."""
        if self.compared is None or self.compared not in self.pairs:
            return None
        return pair_of(self.show.drafts, self.compared)

    @property
    def is_at_work(self) -> bool:
        """Whether the desk with prompt and drafts is on screen, open or not yet."""
        if self.show.is_practice:
            return True
        if not self.show.question or self.show.submitted is not None:
            return False
        return self.show.phase in (Phase.QUESTION, Phase.TUNING)

    @property
    def can_edit(self) -> bool:
        """Whether prompt and settings may be changed, in a round or in practice."""
        return self.show.can_tune or self.show.is_practice

    @property
    def can_generate(self) -> bool:
        """Whether one more draft may start now, in a round or in practice."""
        if self.show.is_practice:
            return self.tried is None or self.tried.outcome != "running"
        return self.show.can_generate

    @property
    def is_generating(self) -> bool:
        """Whether as many drafts are running as may run at once, in a round or in practice."""
        if self.show.is_practice:
            return not self.can_generate
        return len(self.show.running) >= self.show.drafts_at_once


class Console:
    """One open finalist's page: collects its pieces, asks for the seat, keeps what was refused."""

    def __init__(self, backstage: Backstage, seat: str) -> None:
        """A console without pieces; `follow` brings it to life."""
        self.backstage = backstage
        self.seat = seat
        self._said: tuple[Place, str, Phase] | None = None
        self._chosen: int | None = None
        self._ground: Ground | None = None
        self._compared: tuple[int, int] | None = None
        self._compared_in = -1
        self._system = ""
        self._checked = ("", -1)
        self._fault = ""
        self._pieces: list[Drawn[ConsoleView]] = []
        self._live: Live[ConsoleView] | None = None

    def add(self, piece: Drawn[ConsoleView]) -> None:
        """Keep `piece` up to date with the view."""
        self._pieces.append(piece)

    def region(
        self, pick: Callable[[ConsoleView], T], build: Callable[[T], None], classes: str = ""
    ) -> None:
        """A part of the page that is redrawn when its slice changes."""
        self.add(Region(pick, build, classes))

    def refusal(self, place: Place) -> None:
        """The line that says why the last command from `place` was refused."""
        self.region(lambda view: view.said_at(place), _draw_refusal, "finalist-said")

    def follow(self) -> None:
        """Draw the page and keep it up to date."""
        self._live = Live(self.view, self._pieces)
        self._live.follow(self.backstage.beat)
        # Practice is no change of the show, so the showrunner announces none of it.
        context.client.on_delete(self.backstage.drafter.listen(self.seat, self._practised))

    def view(self) -> ConsoleView:
        """The console now."""
        show = finalist_view(self.backstage.showrunner.state, self.seat)
        said = self._said[:2] if self._said and self._said[2] is show.phase else None
        tried = self._tried() if show.is_practice else None
        compared = self._compared if self._compared_in == show.round else None
        return ConsoleView(
            show, said, self._chosen, self._ground, tried, self._find_fault(), compared
        )

    def state(self) -> ShowState:
        """The show now, for what only a dialog shows."""
        return self.backstage.showrunner.state

    def now(self) -> float:
        """The show's clock, in epoch seconds."""
        return self.backstage.clock.now()

    def typed(self, system: str) -> None:
        """What stands in the editor; `refresh` shows what is against it.

        What was refused for the text before is forgotten.
        """
        if self._said is not None and self._said[:2] == ("generate", self._fault):
            self._said = None
        self._system = system

    async def generate(self, system: str, temperature: float, top_p: float) -> None:
        """Ask the finalist's model with these settings."""
        self._chosen = None
        show, drafter = self.view().show, self.backstage.drafter
        if show.is_practice:
            work = drafter.practise(self.seat, system, temperature, top_p)
        else:
            work = drafter.generate(self.seat, show.round, system, temperature, top_p)
        await self._try(work, "generate")
        if self._said is not None and self.view().is_generating:
            # Pressed twice: what was asked for is under way, and the page says so.
            self._said = None
            self.refresh()

    async def cancel(self, draft: int) -> None:
        """Stop the running draft of that number, 0 in practice."""
        await self._try(self.backstage.drafter.cancel(self.seat, draft), "generate")

    async def pin(self, draft: int) -> None:
        """Keep `draft` for the buzzer."""
        await self._ask(PinDraft(round=self.view().show.round, draft=draft), "drafts")

    async def submit(self, draft: int) -> None:
        """Stand by `draft`; final."""
        await self._ask(Submit(round=self.view().show.round, draft=draft), "submit")

    async def dismiss(self, number: int) -> None:
        """Take the host's line off the screen, and all before it."""
        await self._ask(DismissMessage(number=number), "message")

    async def appeal(self) -> None:
        """Appeal against the judge's marks of the own answer, on the chosen ground."""
        show = self.view().show
        if show.judged is None or self._ground is None:
            self.refuse("Choose a ground first.", "appeal")
            return
        command = FileAppeal(round=show.round, letter=show.judged.letter, ground=self._ground)
        await self._ask(command, "appeal")

    def choose(self, draft: int) -> None:
        """Bring `draft` into sight."""
        self._chosen = draft
        self.refresh()

    def compare(self, pair: tuple[int, int] | None) -> None:
        """Put two drafts of this round side by side, or the desk back in their place."""
        self._compared, self._compared_in = pair, self.view().show.round
        self.refresh()

    def turn_pair(self, step: int) -> None:
        """Compare the next pair (1), which is an earlier one, or the one before (-1)."""
        view = self.view()
        if view.compared in view.pairs:
            at = view.pairs.index(view.compared) + step
            self.compare(view.pairs[at % len(view.pairs)])

    def choose_ground(self, ground: Ground) -> None:
        """Set the ground of the appeal."""
        self._ground = ground
        self.refresh()

    def refuse(self, sentence: str, place: Place) -> None:
        """Say at `place` why something is not done."""
        self._said = (place, sentence, self.view().show.phase)
        self.refresh()

    def refresh(self) -> None:
        """Draw what has changed on this page alone."""
        if self._live is not None:
            self._live.refresh()

    def _practised(self) -> None:
        if self.backstage.showrunner.state.phase is Phase.LOBBY:
            self.refresh()

    def _find_fault(self) -> str:
        """What the rules say against the prompt as it stands; how long it is the editor says."""
        state = self.backstage.showrunner.state
        if self._checked != (self._system, state.number):
            self._checked = (self._system, state.number)
            is_long = len(self._system) > state.rundown.settings.longest_prompt
            self._fault = "" if is_long else prompt_fault(state, self.seat, self._system)
        return self._fault

    def _tried(self) -> DraftView | None:
        """The practice draft as a draft without a number; its text once it has ended."""
        draft = self.backstage.drafter.practice(self.seat)
        if draft is None:
            return None
        text = draft.streaming.text if draft.outcome else ""
        finish = draft.streaming.finish
        return DraftView(
            0,
            draft.prompt.system,
            draft.prompt.temperature,
            draft.prompt.top_p,
            text,
            draft.outcome or "running",
            draft.reason,
            word_count(text),
            draft.streaming.first_token_s,
            draft.total_s,
            is_pinned=False,
            is_submitted=False,
            is_at_limit=finish is not None and finish.reason == "length",
        )

    async def _ask(self, command: Command, place: Place) -> None:
        await self._try(self.backstage.showrunner.do(command, self.seat), place)

    async def _try(self, work: Awaitable[Any], place: Place) -> None:
        self._said = None
        try:
            await work
        except Refused as refused:
            self.refuse(str(refused), place)
        except StoreError:
            self.refuse(NOT_SAVED, place)
        else:
            # Not at once: a model that was asked for must not wait for the page.
            self.backstage.beat.announce()


def _draw_refusal(text: str) -> None:
    words(text, "alarm bold", "p").props("role=status")
