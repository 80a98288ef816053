"""The host's desk as one page knows it: the view, the page's own switches, the last refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from finale.pages.backstage import Backstage
from finale.pages.live import Live, Region
from finale.pages.parts import words
from finale.show.commands import HostCommand
from finale.show.refused import Refused
from finale.show.rules_host import too_little_left
from finale.show.views.host import HostView, host_view
from finale.store.writer import StoreError

Place = Literal[
    "next", "clock", "juries", "finalists", "panel", "scores", "plan", "amends", "message"
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal: beside which control, the sentence, and the step that was next at the time."""

    place: Place
    text: str
    cue: str


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the desk draws: the host's view and the switches of this page alone."""

    show: HostView
    said: Said | None
    is_locked: bool
    chosen: str
    trouble: str
    too_little_left: str

    def said_at(self, place: Place) -> str:
        """The refusal to show at `place`; it is gone once the show has moved on."""
        if self.said is None or self.said.place != place or self.said.cue != cue_id(self.show):
            return ""
        return self.said.text


class Desk:
    """One open host page: collects its regions, asks for the host, keeps what was refused."""

    def __init__(self, backstage: Backstage, seat: str) -> None:
        """A desk without regions; `follow` brings it to life."""
        self.backstage = backstage
        self._seat = seat
        self._said: Said | None = None
        self._is_locked = False
        self._chosen = ""
        self._too_little_left = ""
        self._regions: list[Region[DeskView, Any]] = []
        self._live: Live[DeskView] | None = None
        self.put_right: Callable[[str], None] = lambda name: None
        """Opens the dialog at the remedy of that name, once there is a dialog."""

    def region(
        self, pick: Callable[[DeskView], T], build: Callable[[T], None], classes: str = ""
    ) -> None:
        """A part of the desk that is redrawn when its slice changes."""
        self._regions.append(Region(pick, build, classes))

    def line(self, place: Place, hint: Callable[[DeskView], str] = lambda view: "") -> None:
        """One line at `place`: why the last command from there was refused, else the hint."""
        self.region(
            lambda view: (view.said_at(place), hint(view)),
            _draw_line,
            f"host-line host-line-{place}",
        )

    def follow(self) -> None:
        """Draw the desk and keep it up to date."""
        self._live = Live(self.view, self._regions)
        self._live.follow(self.backstage.beat)

    def view(self) -> DeskView:
        """The desk now."""
        runner = self.backstage.showrunner
        show = host_view(runner.state, self.backstage.hall())
        too_little = too_little_left(runner.state, self.now())
        return DeskView(show, self._said, self._is_locked, self._chosen, runner.trouble, too_little)

    def now(self) -> float:
        """The show's clock, in epoch seconds."""
        return self.backstage.clock.now()

    def tick(self) -> None:
        """Redraw what changes with the time alone."""
        reason = too_little_left(self.backstage.showrunner.state, self.now())
        if reason != self._too_little_left:
            self._too_little_left = reason
            self.refresh()

    async def ask(self, command: HostCommand, place: Place) -> bool:
        """Ask for `command`; whether it was done. A refusal becomes a sentence at `place`."""
        self._said = None
        try:
            await self.backstage.showrunner.do(command, self._seat)
        except Refused as refused:
            self.say(place, str(refused))
        except StoreError:
            self.say(place, "Not done: the log cannot be written. Try again.")
        self.refresh()
        return self._said is None

    def toggle_lock(self) -> None:
        """Lock the desk's keys, or free them."""
        self._is_locked = not self._is_locked
        self.refresh()

    def choose(self, letter: str) -> None:
        """Show the judge's reason for `letter`."""
        self._chosen = letter
        self.refresh()

    def say(self, place: Place, text: str) -> None:
        """Keep why something asked for at `place` was not done; `refresh` shows it."""
        self._said = Said(place, text, cue_id(self.view().show))

    def hush(self, place: Place) -> None:
        """Forget what was refused at `place`: something else is being asked for."""
        if self._said is not None and self._said.place == place:
            self._said = None
        self.refresh()

    def refresh(self) -> None:
        """Draw what has changed on this page alone."""
        if self._live is not None:
            self._live.refresh()


def cue_id(show: HostView) -> str:
    """The id of the next step, "" after the last."""
    return show.cue.id if show.cue else ""


def _draw_line(texts: tuple[str, str]) -> None:
    refusal, hint = texts
    line = words(refusal or hint, "alarm small bold" if refusal else "quiet small", "p")
    if refusal:
        line.props("role=status")
