"""How scores and finalists' states look: bars in three textures, tiles, gauges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from nicegui import ui

from finale.pages.parts import box, understudy_mark, words
from finale.pages.parts_marks import icon, seat_class, token

Component = Literal["judge", "panel", "audience"]
Progress = Literal["tuning", "generating", "drafts", "submitted"]

JURIES: Final[dict[Component, str]] = {
    "judge": "AI judge",
    "panel": "Experts",
    "audience": "Audience",
}
MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class BarPart:
    """One jury's part of a bar: `points` are weighted, out of the bar's whole of 100."""

    component: Component
    points: float
    is_favourite: bool = False


@dataclass(frozen=True, slots=True)
class FinalistFace:
    """What a finalist's tile shows while tuning: a name, a state and a number of drafts."""

    lectern: str
    name: str
    progress: Progress
    drafts: int = 0
    is_understudy: bool = False


def points_text(points: float) -> str:
    """Points with one decimal, as shown everywhere; a real minus sign."""
    return f"{points:.1f}".replace("-", MINUS)


def score_bar(parts: Sequence[BarPart], *, lectern: str | None = None, whole: float = 100) -> None:
    """Points as a bar of `whole`: judge solid, experts hatched, audience dotted.

    Paper or ink while the answer is blind, the finalist's hue once `lectern` may be known.
    """
    with box(f"score-bar {seat_class(lectern) if lectern else ''}"):
        for part in parts:
            score_part(part, whole)


def swatch(component: Component) -> ui.element:
    """The texture of one jury, for a legend."""
    with box(f"swatch is-{component}") as element:
        box("score-fill")
    return element


def finalist_tile(face: FinalistFace) -> ui.element:
    """A finalist's tile while tuning; it turns to paper when the answer is submitted."""
    ground = "on-paper" if face.progress == "submitted" else ""
    with box(f"finalist-tile {ground}") as tile:
        with box("finalist-name line"):
            token(face.lectern, "l")
            name = words(face.name, "name")
            name.props["data-ladder"] = 3
        with box("finalist-state line"):
            icon("check" if face.progress == "submitted" else face.progress)
            words(progress_text(face))
        if face.is_understudy:
            understudy_mark()
    return tile


def progress_text(face: FinalistFace) -> str:
    """The state in words: Tuning, Generating, "3 drafts", Submitted."""
    if face.progress == "drafts":
        return f"{face.drafts} draft{'' if face.drafts == 1 else 's'}"
    return face.progress.capitalize()


def gauge(share: float) -> ui.element:
    """A small gauge, filled to `share` of its length, 0 to 1."""
    return box("gauge").style(f"--share: {100 * share:.1f}%")


def score_part(part: BarPart, whole: float = 100) -> ui.element:
    """One jury's part of a bar of `whole`; it lies in a `score-bar` or fills its own slot."""
    share = 100 * part.points / whole
    with box(f"score-part is-{part.component}").style(f"--share: {share:.2f}%") as element:
        box("score-fill")
        with box("score-figure", "span"):
            words(points_text(part.points))
            if part.is_favourite:
                icon("star")
    return element
