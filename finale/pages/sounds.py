"""The stage's sounds: off until the host allows them, and on the stage's own page alone."""

from collections.abc import Callable
from typing import Final

from nicegui import ui

from finale.clock import Clock
from finale.pages.live import Hub, Live
from finale.pages.parts import box
from finale.show.views.sounds import sound_between, ticking
from finale.show.views.stage import StageView

_SCRIPT: Final = '<script defer src="/assets/sounds.js"></script>'


class Sounds:
    """Whether the stage may be heard; silent after every start of the server."""

    def __init__(self) -> None:
        """Silent."""
        self.is_allowed = False

    def turn(self) -> None:
        """The host's word: on if they were off, and the other way round."""
        self.is_allowed = not self.is_allowed


class Speaker:
    """Tells one open stage which sound comes: only what changes while it is open is heard."""

    def __init__(self, sounds: Sounds, clock: Clock) -> None:
        """Nothing was seen yet, so the first picture is silent."""
        self._sounds = sounds
        self._clock = clock
        self._before: StageView | None = None
        self._played = 0
        self._element = box("stage-sounds hidden")

    def update(self, view: StageView) -> None:
        """A new picture, or another word of the host."""
        sound = self._before and sound_between(self._before, view)
        self._before = view
        props = self._element.props
        if sound:
            self._played += 1
            props["data-sound"] = f"{self._played} {sound} {self._clock.now():.3f}"
        props.set_optional("data-ticks", ticking(view))
        props.set_optional("data-allowed", "" if self._sounds.is_allowed else None)


def build_sounds(
    view_now: Callable[[], StageView], sounds: Sounds, clock: Clock, beat: Hub
) -> None:
    """Give the page its speaker."""
    add_sounds()
    Live(view_now, (Speaker(sounds, clock),)).follow(beat)


def add_sounds() -> None:
    """Let the page play sounds."""
    ui.add_head_html(_SCRIPT)
