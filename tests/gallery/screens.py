"""Which screens the gallery shows, at which size, and what each is called."""

from dataclasses import dataclass
from typing import Literal

State = Literal["normal", "held", "offline"]
STATES: tuple[State, ...] = ("normal", "held", "offline")


@dataclass(frozen=True, slots=True)
class Screen:
    """A page at the size of its device; `link` names its address, `query` is added to it."""

    name: str
    link: str
    width: int
    height: int
    query: str = ""
    scheme: Literal["light", "dark"] = "light"
    only_at: tuple[str, ...] = ()
    """The moments at which it is shown; empty: at all."""

    def is_at(self, moment: str) -> bool:
        """Whether it is shown at that moment."""
        return not self.only_at or moment in self.only_at


SCREENS = (
    Screen("stage", "stage", 1920, 1080),
    Screen("finalist", "finalist-v", 1440, 900),
    Screen("host", "host", 1440, 900),
    Screen("panel", "panel-1", 1024, 768),
    Screen("panel-portrait", "panel-1", 768, 1024),
    Screen("phone", "audience", 390, 844),
    Screen("phone-dark", "audience", 390, 844, scheme="dark"),
    Screen("overlay", "overlay", 1920, 1080),
    Screen("commentary", "commentary", 1920, 1080),
    Screen("prompter", "prompter", 1920, 1080),
    Screen("rules", "rules", 1024, 768, only_at=("lobby",)),
    Screen("testcard", "testcard", 1920, 1080, only_at=("lobby",)),
)


def file_name(moment: str, screen: Screen, state: State) -> str:
    """The file of one picture."""
    return f"{screen.name}-{moment}-{state}.png"


def states_of(screen: Screen) -> tuple[State, ...]:
    """Pages that no socket feeds have one state alone."""
    return ("normal",) if screen.link == "rules" else STATES
