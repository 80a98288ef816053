"""An expert's tablet as one page knows it: the view, the answer in sight, what was refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from finale.pages.backstage import Backstage
from finale.pages.live import Drawn, Live, Region
from finale.show.commands import Command, FileAppeal, Ground, LockScorecards, VoteAppeal
from finale.show.commands_message import DismissMessage
from finale.show.phases import Phase
from finale.show.refused import Refused
from finale.show.views.panel import Card, JudgedAnswer, PanelView, panel_view
from finale.store.writer import StoreError
from scoring.rubric import PANEL_RUBRIC, Criterion

End = Literal["done", "refused", "unsaved"]
Scene = Literal["lobby", "calibration", "marks", "overview", "appeal", "vote", "waiting"]

T = TypeVar("T")

NOT_SAVED = "Not saved yet: the show’s log cannot be written at the moment. The host sees it."


@dataclass(frozen=True, slots=True)
class TabletView:
    """What the tablet draws: the expert's view and the switches of this page alone."""

    show: PanelView
    letter: str
    said: str
    saved: str
    ground: Ground | None
    leaning: bool | None

    @property
    def scene(self) -> Scene:
        """Which picture stands."""
        show = self.show
        if show.phase is Phase.LOBBY:
            return "lobby" if show.calibration is None else "calibration"
        if show.vote is not None and not (show.vote.is_given and show.clock is not None):
            return "vote"
        if show.phase is Phase.APPEAL and show.judged:
            return "appeal"
        if show.phase in (Phase.READING, Phase.MARKING) and show.cards:
            return "marks" if show.is_open else "overview"
        return "waiting"

    @property
    def card(self) -> Card | None:
        """The answer in sight."""
        return next((card for card in self.show.cards if card.answer.letter == self.letter), None)

    @property
    def judged(self) -> JudgedAnswer | None:
        """The judge's marks of the answer in sight."""
        return next((judged for judged in self.show.judged if judged.letter == self.letter), None)


def missing_of(card: Card) -> tuple[Criterion, ...]:
    """The criteria that have no mark yet, in the rubric's order."""
    return tuple(c for c in PANEL_RUBRIC.criteria if c.key not in card.marks)


class Tablet:
    """One open panellist's page: collects its pieces, asks for the seat, keeps what was refused."""

    def __init__(self, backstage: Backstage, seat: str) -> None:
        """A tablet without pieces; `follow` brings it to life."""
        self.backstage = backstage
        self.seat = seat
        self._letter = ""
        self._round = -1
        self._said: tuple[str, Phase] | None = None
        self._saved = ""
        self._ground: Ground | None = None
        self._leaning: tuple[str, bool] | None = None
        self._pieces: list[Drawn[TabletView]] = []
        self._live: Live[TabletView] | None = None

    def add(self, piece: Drawn[TabletView]) -> None:
        """Keep `piece` up to date with the view."""
        self._pieces.append(piece)

    def region(
        self, pick: Callable[[TabletView], T], build: Callable[[T], None], classes: str = ""
    ) -> None:
        """A part of the page that is redrawn when its slice changes."""
        self.add(Region(pick, build, classes))

    def follow(self) -> None:
        """Draw the page and keep it up to date."""
        self._live = Live(self.view, self._pieces)
        self._live.follow(self.backstage.beat)

    def view(self) -> TabletView:
        """The tablet now."""
        show = panel_view(self.backstage.showrunner.state, self.seat)
        if show.round != self._round:
            self._begin(show.round)
        letters = [card.answer.letter for card in show.cards]
        if self._letter not in letters:
            self._letter = letters[0] if letters else ""
        said = self._said[0] if self._said and self._said[1] is show.phase else ""
        return TabletView(
            show,
            self._letter,
            said,
            self._saved,
            self._ground,
            self._choice(show),
        )

    def _choice(self, show: PanelView) -> bool | None:
        """The choice that was not sent yet; it is for one answer and never for the next."""
        if self._leaning is None or show.vote is None or show.vote.letter != self._leaning[0]:
            return None
        return self._leaning[1]

    def _begin(self, round_: int) -> None:
        self._round, self._letter, self._saved = round_, "", ""
        self._ground, self._leaning = None, None

    def now(self) -> float:
        """The show's clock, in epoch seconds."""
        return self.backstage.clock.now()

    def turn_to(self, round_: int, letter: str) -> None:
        """Know that answer `letter` of that round is in sight: the browser turned to it."""
        if (round_, letter) == (self._round, self._letter) or round_ != self._round:
            return
        self._letter, self._ground = letter, None
        self.refresh()

    def choose_ground(self, ground: Ground) -> None:
        """Set the ground of the appeal."""
        self._ground = ground
        self.refresh()

    def lean(self, letter: str, is_upheld: bool) -> None:
        """Choose how to vote on `letter`, before the vote is sent."""
        self._leaning = (letter, is_upheld)
        self.refresh()

    async def lock(self) -> None:
        """Be done with this round."""
        await self.ask(LockScorecards(round=self._round))

    async def dismiss(self, number: int) -> None:
        """Take the host's line off the screen, and all before it."""
        await self.ask(DismissMessage(number=number))

    async def back_appeal(self) -> None:
        """Ask for an appeal on the answer in sight, on the chosen ground."""
        if self._ground is None:
            return
        await self.ask(FileAppeal(round=self._round, letter=self._letter, ground=self._ground))

    async def vote(self) -> None:
        """Send the vote that was chosen."""
        if self._leaning is None:
            return
        letter, is_upheld = self._leaning
        command = VoteAppeal(round=self._round, letter=letter, is_upheld=is_upheld)
        if await self.ask(command) == "done":
            self._leaning = None
            self.refresh()

    async def ask(self, command: Command, id_: str = "") -> End:
        """Ask for `command`; if it is not done, a sentence on the page says why."""
        self._said = None
        try:
            await self.backstage.showrunner.do(command, self.seat, id_)
        except Refused as refused:
            self._say(str(refused))
            return "refused"
        except StoreError:
            self._say(NOT_SAVED)
            return "unsaved"
        self.refresh()
        return "done"

    def mark_saved(self) -> None:
        """Say when the last mark became durable."""
        at = datetime.fromtimestamp(self.now()).strftime("%H:%M:%S")
        self._saved = f"Saved {at}. You can change it until you lock."
        self.refresh()

    def refresh(self) -> None:
        """Draw what has changed on this page alone."""
        if self._live is not None:
            self._live.refresh()

    def _say(self, sentence: str) -> None:
        self._said = (sentence, self.backstage.showrunner.state.phase)
        self.refresh()


def text_of(value: Any) -> str:
    """A mark as it is written: 4, 4.5, or a dash."""
    return "–" if value is None else f"{value:g}"
