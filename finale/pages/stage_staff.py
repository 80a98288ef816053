"""The stave of the show as a drawing: a line a place, a bar a round, a token a finalist."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from nicegui import ui

from finale.pages.language import tr
from finale.pages.parts_marks import seat_class, token_svg
from finale.show.views.bars import Row

_TOKEN: Final = 64


@dataclass(frozen=True, slots=True)
class Voice:
    """A finalist's way over the stave: the line, 0 at the top, after each round played.

    Equals stand on one line side by side: `sides` says how many notes to the right of its middle.
    """

    lectern: str
    lines: tuple[int, ...]
    sides: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the stave lies, in pixels: its bars begin at `left` and are `bar` wide."""

    left: float
    top: float
    bar: float
    gap: float
    size: float

    def x(self, column: int) -> float:
        """The middle of a bar."""
        return self.left + (column + 0.5) * self.bar

    def y(self, line: int) -> float:
        """The height of a line."""
        return self.top + line * self.gap


def voices_of(rows: Sequence[Row]) -> tuple[Voice, ...]:
    """The voices of a table; who has withdrawn holds no place and has no voice."""
    rows = [row for row in rows if not row.is_withdrawn]
    columns = list(zip(*(row.places for row in rows), strict=True))
    sides = [_sides(column) for column in columns]
    return tuple(
        Voice(
            row.tag.lectern,
            tuple(place - 1 for place in row.places),
            tuple(side[i] for side in sides),
        )
        for i, row in enumerate(rows)
    )


def _sides(places: Sequence[int]) -> list[float]:
    """How far each stands from the middle of its line, in notes."""
    return [
        places[:i].count(place) - (places.count(place) - 1) / 2 for i, place in enumerate(places)
    ]


def staff(voices: Sequence[Voice], lines: int, rounds: int, *, now: int) -> ui.html:
    """The whole evening across the canvas: past rounds with their notes, round `now` in paper."""
    gap = 330 / max(1, lines - 1)
    sheet = Sheet(96, 286, 1680 / rounds, gap, min(64, gap))
    bottom = sheet.y(lines - 1)
    parts = [_lines(sheet, lines, now - 1), _bars(sheet, rounds, bottom)]
    parts += [_label(sheet, number, _name(number, rounds))
              for number in range(1, rounds + 1) if number != now]  # fmt: skip
    parts += [_voice(sheet, voice) for voice in voices]
    parts.append(_now(sheet, now))
    parts.append(f'<path class="staff-end" d="M1792 {sheet.top:.0f}V{bottom:.0f}"/>')
    parts.append(f'<path class="staff-end is-thick" d="M1815 {sheet.top:.0f}V{bottom:.0f}"/>')
    return _svg("".join(parts), "staff")


def chart(voices: Sequence[Voice], sheet: Sheet, *, goes_on_to: float | None = None) -> str:
    """The notes and ways of a table as SVG, for the standings and the champion.

    With `goes_on_to` the ways run on to that x, to rows of their own in the order of `voices`,
    where the page sets the last notes itself.
    """
    rows = range(len(voices)) if goes_on_to is not None else [None] * len(voices)
    return "".join(
        _voice(sheet, voice, goes_on_to, row) for voice, row in zip(voices, rows, strict=True)
    )


def drawing(content: str, classes: str) -> ui.html:
    """The canvas as a drawing; `content` is our own SVG, never anyone's text."""
    return _svg(content, classes)


def rules(sheet: Sheet, lines: int, columns: int) -> str:
    """Lines of the places and bars of the rounds, for the standings."""
    right = sheet.left + columns * sheet.bar
    rows = "".join(f"M{sheet.left:.0f} {sheet.y(i):.0f}H{right:.0f}" for i in range(lines))
    bars = "".join(
        f"M{sheet.left + c * sheet.bar:.0f} {sheet.y(0):.0f}V{sheet.y(lines - 1):.0f}"
        for c in range(columns)
    )
    return f'<path class="staff-line" d="{rows}"/><path class="staff-bar" d="{bars}"/>'


def label(sheet: Sheet, number: int, text: str, y: float) -> str:
    """The name of a round over its bar."""
    x = sheet.x(number - 1)
    return f'<text class="staff-label" x="{x:.0f}" y="{y:.0f}">{escape(text)}</text>'


def _now(sheet: Sheet, number: int) -> str:
    """The bar of the running round, turned to paper, with its number as large as it has room."""
    x = sheet.left + (number - 1) * sheet.bar
    size = min(330, sheet.bar / (0.7 * len(str(number))))
    return (
        f'<g class="staff-now"><rect x="{x:.0f}" y="256" width="{sheet.bar:.0f}" height="390"/>'
        f'<text x="{x + sheet.bar / 2:.0f}" y="{451 + size * 0.35:.0f}" '
        f'font-size="{size:.0f}">{number}</text></g>'
    )


def _label(sheet: Sheet, number: int, text: str) -> str:
    return label(sheet, number, text, 236)


def _name(number: int, rounds: int) -> str:
    return tr("Round {round}", round=number) if rounds < 9 else str(number)


def _lines(sheet: Sheet, lines: int, played: int) -> str:
    x = sheet.left + played * sheet.bar
    past = "".join(f"M0 {sheet.y(i):.0f}H{x:.0f}" for i in range(lines))
    rest = "".join(f"M{x:.0f} {sheet.y(i):.0f}H1824" for i in range(lines))
    return f'<path class="staff-line is-past" d="{past}"/><path class="staff-line" d="{rest}"/>'


def _bars(sheet: Sheet, rounds: int, bottom: float) -> str:
    bars = "".join(
        f"M{sheet.left + i * sheet.bar:.0f} {sheet.top:.0f}V{bottom:.0f}" for i in range(rounds)
    )
    return f'<path class="staff-bar" d="{bars}"/>'


def _voice(
    sheet: Sheet, voice: Voice, goes_on_to: float | None = None, row: int | None = None
) -> str:
    points = [
        (sheet.x(c) + side * sheet.size, sheet.y(line))
        for c, (line, side) in enumerate(zip(voice.lines, voice.sides, strict=True))
    ]
    if row is not None and points:
        points[-1] = (sheet.x(len(points) - 1), sheet.y(row))
    written = points if goes_on_to is None else points[:-1]
    notes = "".join(_note(x, y, sheet.size, voice.lectern) for x, y in written)
    way = "".join(map(_bend, points[:1] + points[:-1], points))
    way += "" if goes_on_to is None or len(points) < 2 else f"H{goes_on_to:.0f}"
    return (
        f'<g class="{seat_class(voice.lectern)}"><path class="voice-edge" d="{way}"/>'
        f'<path class="voice" d="{way}"/>{notes}</g>'
    )


def _bend(source: tuple[float, float], target: tuple[float, float]) -> str:
    """A curve that leaves and arrives level; the first point only sets the pen down."""
    (x0, y0), (x1, y1) = source, target
    middle = (x0 + x1) / 2
    if source == target:
        return f"M{x1:.0f} {y1:.0f}"
    return f"C{middle:.0f} {y0:.0f} {middle:.0f} {y1:.0f} {x1:.0f} {y1:.0f}"


def _note(x: float, y: float, size: float, lectern: str) -> str:
    inner = token_svg(lectern).replace(
        "<svg ", f'<svg x="{x - size / 2:.0f}" y="{y - size / 2:.0f}" '
        f'width="{size:.0f}" height="{size:.0f}" ', 1
    )  # fmt: skip
    return f'<g class="token">{inner}</g>'


def _svg(content: str, classes: str) -> ui.html:
    svg = f'<svg viewBox="0 0 1920 1080" aria-hidden="true">{content}</svg>'
    return ui.html(svg, sanitize=False).classes(f"drawing {classes}")
