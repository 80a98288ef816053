"""What the show draws instead of words: name mark, round rail, tokens, blind tiles, icons, QR."""

from typing import Final, Literal, NamedTuple

import segno
from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from finale.pages.language import tr

Size = Literal["s", "m", "l", "xl"]
Ground = Literal["hue", "own"]
TileState = Literal["idle", "strong", "seen", "sending", "dim", "void"]


class Shape(NamedTuple):
    """A lectern's shape in a box of 64: its path, its letter's baseline and size."""

    path: str
    baseline: float
    size: float


_SHAPES: Final = {
    "V": Shape("M32 2A30 30 0 1 1 31.9 2Z", 43, 32),
    "W": Shape("M32 3 62 60H2Z", 55.5, 26),
    "X": Shape("M4 4H60V60H4Z", 43, 33),
    "Y": Shape("M32 0 64 32 32 64 0 32Z", 41.5, 28),
    "Z": Shape("M2 6H62V30A30 30 0 0 1 2 30Z", 42, 32),
    "S": Shape("M34 3H61V30A31 31 0 0 1 30 61H3V34A31 31 0 0 1 34 3Z", 43, 32),
    "T": Shape("M20 2H44V16H62V48H44V62H20V48H2V16H20Z", 43, 32),
    "U": Shape("M17 3H47L63 32 47 61H17L1 32Z", 43, 32),
}

_ICONS: Final = {
    "check": '<path d="M4 13l5 5L20 6"/>',
    "cross": '<path d="M5 5l14 14M19 5L5 19"/>',
    "alert": '<path d="M12 3L2 21h20Z"/><path d="M12 10v5M12 18v.5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "drafts": '<path d="M4 8h11v12H4Z"/><path d="M9 4h11v13"/>',
    "generating": '<circle class="solid" cx="4" cy="12" r="3"/><circle class="solid" cx="12"'
    ' cy="12" r="3"/><circle cx="20" cy="12" r="2.4"/>',
    "tuning": '<path d="M2 7h9M17 7h5M2 17h4M12 17h10"/><circle cx="14" cy="7" r="3"/>'
    '<circle cx="9" cy="17" r="3"/>',
    "lock": '<path d="M5 11h14v10H5Z"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>',
    "pin": '<path d="M9 3h6l-1 8 4 3v2H6v-2l4-3Z"/><path d="M12 16v6"/>',
    "play": '<path d="M7 4l12 8-12 8Z"/>',
    "pause": '<path d="M8 4v16M16 4v16"/>',
    "wifi": '<path d="M2 9a15 15 0 0 1 20 0M6 14a9 9 0 0 1 12 0"/><circle class="solid" cx="12"'
    ' cy="19" r="2"/>',
    "eye": '<path d="M1 12s4-7 11-7 11 7 11 7-4 7-11 7S1 12 1 12Z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "tablet": '<path d="M5 3h14v18H5Z"/><path d="M11 18h2"/>',
    "back": '<path d="M15 4l-8 8 8 8"/>',
    "forward": '<path d="M9 4l8 8-8 8"/>',
    "up": '<path class="solid" d="M12 4l10 16H2Z"/>',
    "down": '<path class="solid" d="M12 20L2 4h20Z"/>',
    "same": '<path class="solid" d="M2 10h20v4H2Z"/>',
    "arrow": '<path d="M2 12h19M14 5l7 7-7 7"/>',
    "star": '<path class="solid" d="M12 1l3.2 7.3 7.9.8-6 5.3 1.8 7.8L12 18.1l-6.9 4.1'
    ' 1.8-7.8-6-5.3 7.9-.8Z"/>',
}


def name_mark() -> TextElement:
    """The name of the software, ending in a final barline."""
    return TextElement(tag="span", text="FINALE").classes("name-mark")


def seat_class(lectern: str) -> str:
    """The class that sets `--hue` to the colour of the lectern, V W X Y Z S T or U."""
    return f"seat-{lectern.lower()}"


def token(
    lectern: str, size: Size = "m", *, ground: Ground = "hue", is_absent: bool = False
) -> ui.html:
    """A finalist's token: letter, shape and hue of the lectern.

    `ground="own"` is for lying on the finalist's own colour; an absent one is a dashed outline.
    On paper the edge turns ink by itself. Never before the names of a round are revealed, except
    where no letter of an answer is near.
    """
    states = f"{'is-own' if ground == 'own' else ''} {'is-absent' if is_absent else ''}"
    return ui.html(token_svg(lectern), sanitize=False, tag="span").classes(
        f"token token-{size} {seat_class(lectern)} {states}"
    )


def token_svg(lectern: str) -> str:
    """The token as SVG, 64 units square, coloured by the classes around it."""
    shape = _SHAPES[lectern]
    return (
        f'<svg viewBox="0 0 64 64" role="img" aria-label="{lectern}">'
        f'<path class="shape" d="{shape.path}"/>'
        f'<text class="letter" x="32" y="{shape.baseline}" font-size="{shape.size}">'
        f"{lectern}</text></svg>"
    )


def blind_tile(letter: str, state: TileState = "idle", size: Size = "m") -> TextElement:
    """The square tile of an answer, A to H: ink or paper, never a hue."""
    tile = TextElement(tag="span", text=letter)
    return tile.classes(f"blind-tile tile-{size} is-{state}")


def round_rail(rounds: int, current: int | None, *, played: int = 0) -> ui.html:
    """The five-line rail: bars played are bright, the current one is filled, the rest are dim.

    `rounds` 1 to 12; `current` counts from 1, None between rounds; `played` counts those done.
    """
    bars = "".join(_bar(number, current, played) for number in range(1, rounds + 1))
    rail = ui.html(f'{bars}<span class="rail-end"></span>', sanitize=False, tag="span")
    rail.classes("rail").props("role=img")
    rail.props["aria-label"] = tr(
        "Round {round} of {rounds}", round=current or played, rounds=rounds
    )
    return rail


def _bar(number: int, current: int | None, played: int) -> str:
    if number == current:
        return f'<span class="rail-bar is-now">{number}</span>'
    is_past = number <= played or (current is not None and number < current)
    return f'<span class="rail-bar {"is-past" if is_past else ""}"></span>'


def icon(name: str) -> ui.html:
    """A line icon in the colour and size of the text around it."""
    return ui.html(icon_svg(name), sanitize=False, tag="span").classes("icon")


def icon_svg(name: str) -> str:
    """The icon as SVG, for what a page draws by a script of its own."""
    return f'<svg viewBox="0 0 24 24" aria-hidden="true">{_ICONS[name]}</svg>'


def qr(address: str) -> ui.html:
    """The QR code of `address` on paper, with its quiet zone of four modules."""
    svg = segno.make(address, error="m", micro=False).svg_inline(
        border=4, omitsize=True, dark="#0A1A20"
    )
    element = ui.html(svg, sanitize=False).classes("qr").props("role=img")
    element.props["aria-label"] = tr("QR code of the address beside it")
    return element
