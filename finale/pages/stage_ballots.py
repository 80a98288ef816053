"""One cell a phone: hollow when it may still vote, filled in the order the ballots came."""

import math
from typing import Final

from nicegui import ui

WIDTH: Final = 1728
HEIGHT: Final = 125
LARGEST: Final = 25.0
_GAP: Final = 0.2


def ballot_cells(ballots: int, phones: int) -> ui.html:
    """Draw `phones` cells, `ballots` of them filled; the cells shrink so that all have room."""
    pitch = cell_pitch(phones)
    rows = max(1, int(HEIGHT / pitch))
    defs = f"<defs>{_pattern('full', pitch)}{_pattern('open', pitch)}</defs>"
    body = _cells("full", (0, ballots), rows, pitch) + _cells(
        "open", (ballots, phones), rows, pitch
    )
    svg = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{defs}{body}</svg>'
    return ui.html(svg, sanitize=False).classes("ballot-cells")


def cell_pitch(phones: int) -> float:
    """The largest pitch in pixels at which `phones` square cells fit the field."""
    rows = 1
    while True:
        pitch = min(LARGEST, HEIGHT / rows)
        columns = math.floor(WIDTH / pitch)
        if (rows >= HEIGHT / LARGEST or rows * LARGEST > HEIGHT) and rows * columns >= phones:
            return pitch
        rows += 1


def _pattern(name: str, pitch: float) -> str:
    side = pitch * (1 - _GAP)
    inset = 0 if name == "full" else min(1.0, side / 4)
    return (
        f'<pattern id="cell-{name}" width="{pitch}" height="{pitch}" '
        f'patternUnits="userSpaceOnUse"><rect class="cell-{name}" x="{inset}" y="{inset}" '
        f'width="{side - 2 * inset}" height="{side - 2 * inset}"/></pattern>'
    )


def _cells(name: str, span: tuple[int, int], rows: int, pitch: float) -> str:
    """Columns are filled from the start; the span covers parts of two and all between."""
    first, last = span
    pieces = []
    while first < last:
        column, row = divmod(first, rows)
        whole = (last - first) // rows if row == 0 else 0
        height = rows if whole else min(rows - row, last - first)
        width = max(1, whole)
        pieces.append(
            f'<rect fill="url(#cell-{name})" x="{column * pitch}" y="{row * pitch}" '
            f'width="{width * pitch}" height="{height * pitch}"/>'
        )
        first += width * rows if whole else height
    return "".join(pieces)
