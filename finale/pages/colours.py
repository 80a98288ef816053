"""The colours of the theme, read from its style sheet, and how well one reads on another."""

import re
from typing import Final

from finale.config import ASSETS

_TOKEN: Final = re.compile(r"--([a-z]+(?:-[a-z0-9]+)+|signal): (#[0-9A-F]{6});")


def theme_colours() -> dict[str, str]:
    """Token to #RRGGBB, in the order of the style sheet."""
    return dict(_TOKEN.findall((ASSETS / "theme.css").read_text(encoding="utf-8")))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as #RRGGBB, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
