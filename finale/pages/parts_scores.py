"""How scores look: a part of a bar a jury, in three textures, and points in figures."""

from dataclasses import dataclass
from typing import Final, Literal

from nicegui import ui

from finale.pages.language import tr_number, tr_phrase
from finale.pages.parts import box, words
from finale.pages.parts_marks import icon
from finale.show.phrase import Phrase, phrase

Component = Literal["judge", "panel", "audience"]

_JURIES: Final[dict[Component, Phrase]] = {
    "judge": phrase("AI judge"),
    "panel": phrase("Experts"),
    "audience": phrase("Audience"),
}
MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class BarPart:
    """One jury's part of a bar: `points` are weighted, out of the bar's whole of 100."""

    component: Component
    points: float
    is_favourite: bool = False


def jury_name(component: Component) -> str:
    """What a screen calls the jury of that component."""
    return tr_phrase(_JURIES[component])


def points_text(points: float) -> str:
    """Points with one decimal, as shown everywhere; a real minus sign."""
    return tr_number(points).replace("-", MINUS)


def score_part(part: BarPart) -> ui.element:
    """One jury's part: the judge solid, experts hatched, the audience dotted.

    It is paper while the answer is blind, and takes `--fill` from the bar it lies in.
    """
    with box(f"score-part is-{part.component}").style(f"--share: {part.points:.2f}%") as element:
        box("score-fill")
        with box("score-figure", "span"):
            words(points_text(part.points))
            if part.is_favourite:
                icon("star")
    return element


def swatch(component: Component) -> ui.element:
    """The texture of one jury, for a legend."""
    with box(f"swatch is-{component}") as element:
        box("score-fill")
    return element
