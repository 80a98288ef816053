"""The overlay for OBS and vMix: lower third, clock and scorebug on a transparent ground."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from nicegui import ui

from finale.pages.backstage import Backstage
from finale.pages.language import speaking, tr, tr_and, tr_joined, tr_phrase
from finale.pages.live import Drawn, Live, Region
from finale.pages.overlay_choices import Choices
from finale.pages.parts import box, words
from finale.pages.parts_clock import clock_bar, clock_face, phase_name, short_clock
from finale.pages.parts_marks import seat_class, token
from finale.pages.parts_scores import points_text
from finale.pages.stage_common import is_understudy, name_box, short_names, stand_ins
from finale.pages.theme import frame
from finale.show.phases import Phase
from finale.show.views.bars import Row
from finale.show.views.common import SUDDEN_DEATH, ClockView, Tag
from finale.show.views.overlay import OverlayView, overlay_view

SHEETS: Final = ("stage", "overlay", "stage_languages")
_KEY: Final = "<style>:root {{ --key: #{} }}</style>"


def build_overlay(backstage: Backstage, choices: Choices) -> None:
    """Build the overlay; it follows the show and takes no input."""
    language = choices.lang or backstage.showrunner.state.rundown.language
    with speaking(language):
        frame("Overlay", "overlay", sheets=SHEETS, now=backstage.clock.now())
    if choices.chroma:
        ui.add_head_html(_KEY.format(choices.chroma))
    live = draw_overlay(
        lambda: overlay_view(backstage.showrunner.state),
        backstage.clock.now,
        replace(choices, lang=language),
    )
    live.follow(backstage.showrunner)


def draw_overlay(
    view_now: Callable[[], OverlayView], now: Callable[[], float], choices: Choices
) -> Live[OverlayView]:
    """Draw the chosen parts of a view; the Live that is returned keeps them up to date."""
    build: dict[str, Callable[[], Drawn[OverlayView]]] = {
        "lower": lambda: _on_air(lower, _draw_lower, "overlay-lower"),
        "clock": lambda: _on_air(_face, lambda face: _draw_clock(face, now()), "overlay-clock"),
        "score": lambda: _on_air(_bug, _draw_bug, "overlay-score"),
    }
    with box("stage-canvas overlay-canvas"):
        parts = [build[part]() for part in choices.parts]
    return Live(view_now, parts, choices.lang or "en")


def _on_air(
    pick: Callable[[OverlayView], Any], draw: Callable[[Any], None], classes: str
) -> Region[OverlayView, Any]:
    """A part of the picture; a black stage takes it off."""
    return Region(
        lambda view: None if view.is_black else pick(view),
        lambda slice_: None if slice_ is None else draw(slice_),
        classes,
    )


# ---- clock

Face = tuple[ClockView, str, str, bool]


def _face(view: OverlayView) -> Face | None:
    if view.clock is None:
        return None
    return view.clock, tr_phrase(view.round_label), phase_name(view.phase), view.is_held


def _draw_clock(face: Face, now: float) -> None:
    view, label, phase, is_held = face
    stamped = clock_face(view, now)
    with box("overlay-clock-words"):
        words(label)
        words(tr("Paused") if is_held else phase, "quiet")
    short_clock(stamped, "overlay-digits")
    clock_bar(stamped, "overlay-drain")


# ---- scorebug

Line = tuple[Tag, str, float | None]
"""A finalist, the place, the total; None for who has withdrawn or where there is no table."""
Bug = tuple[str, tuple[Line, ...]]


def _bug(view: OverlayView) -> Bug:
    """A caption over tokens, names and totals; before the first round without totals."""
    if not view.standings:
        return tr("Finalists"), tuple((tag, "", None) for tag in view.finalists)
    is_final = view.phase is Phase.CHAMPION
    caption = tr("Final") if is_final else tr("After round {round}", round=view.played)
    return caption, tuple((row.tag, row.placed, _total(row)) for row in view.standings)


def _total(row: Row) -> float | None:
    return None if row.is_withdrawn else row.total


def _draw_bug(bug: Bug) -> None:
    caption, lines = bug
    tags = [tag for tag, _, _ in lines]
    names = short_names(tags)
    words(caption, "overlay-caption quiet")
    for tag, placed, total in lines:
        with box("overlay-row"):
            if placed:
                words(placed, "overlay-place")
            token(tag.lectern, "l")
            name_box(names[tag.lectern])
            if total is not None:
                words(points_text(total), "overlay-total")
            elif placed:
                words(tr("withdrawn"), "overlay-total quiet")
    if note := stand_ins(tags):
        words(note, "overlay-note quiet")


# ---- lower third


@dataclass(frozen=True, slots=True)
class Lower:
    """The lower third: a block with a round or a token, a line, a smaller one, and a figure."""

    text: str
    detail: str
    mark: str = ""
    lectern: str = ""
    figure: str = ""
    caption: str = ""


def lower(view: OverlayView) -> Lower:
    """What the lower third says now."""
    if view.named is not None and view.named.tag is not None:
        answer = tr("Answer {letter}", letter=view.named.letter)
        return _person(view.named.tag, answer, (view.named.total or 0.0, tr("points this round")))
    if view.phase is Phase.CHAMPION:
        return _winner(view)
    if view.short:
        number = "+" if view.round_label == SUDDEN_DEATH else str(view.begun)
        detail = tr_joined((view.title, tr_phrase(view.round_label), phase_name(view.phase)))
        return Lower(view.short, detail, mark=number)
    leader = view.standings[0] if view.phase is Phase.STANDINGS and view.standings else None
    if leader is not None and not leader.is_shared and not leader.is_withdrawn:
        leads = tr("leads after round {round}", round=view.played)
        return _person(leader.tag, leads, (leader.total, tr("points")))
    if view.phase is Phase.LOBBY:
        return Lower(view.title, phase_name(view.phase))
    return Lower(phase_name(view.phase), view.title)


def _winner(view: OverlayView) -> Lower:
    totals = {row.tag: row.total for row in view.standings}
    if len(view.champions) == 1:
        winner = view.champions[0]
        return _person(winner, phase_name(view.phase), (totals.get(winner, 0.0), tr("points")))
    return Lower(tr_and(tag.name for tag in view.champions), tr("share the title"))


def _person(tag: Tag, what: str, figure: tuple[float, str]) -> Lower:
    model = tr("understudy model") if is_understudy(tag.endpoint) else ""
    detail = tr_joined(filter(None, (what, tag.affiliation, model)))
    points, caption = figure
    return Lower(tag.name, detail, lectern=tag.lectern, figure=points_text(points), caption=caption)


def _draw_lower(third: Lower) -> None:
    if third.mark:
        words(third.mark, "overlay-block overlay-mark on-paper")
    if third.lectern:
        with box(f"overlay-block on-hue {seat_class(third.lectern)}"):
            token(third.lectern, "xl", ground="own")
    with box("overlay-words"):
        words(third.text, "overlay-text").props("data-ladder=4")
        words(third.detail, "overlay-detail quiet one-line").props("data-ladder=3")
    if third.figure:
        with box("overlay-figure"):
            words(third.figure, "stage-figure")
            words(third.caption, "quiet")
    box("overlay-end")
