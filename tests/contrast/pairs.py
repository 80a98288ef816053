"""Every pair of colours that the screens use, from the theme's tokens, and what it must reach."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from finale.config import ASSETS
from finale.pages.colours import contrast, theme_colours
from finale.show.rundown import LECTERNS

Use = Literal["stage text", "text", "edge"]

LEAST: Final[dict[Use, float]] = {"stage text": 4.5, "text": 4.5, "edge": 3.0}
"""WCAG 2.2: AAA for large text, and nothing on stage is smaller; AA for text; AA for edges."""
LEVELS: Final[dict[Use, str]] = {
    "stage text": "stage text, AAA (large): 4.5",
    "text": "text, AA: 4.5",
    "edge": "edge or ring, AA: 3.0",
}

_ROLE: Final = re.compile(r"--([a-z-]+): var\(--([a-z]+-?[a-z0-9-]*)\)")
_GROUNDS: Final = re.compile(
    r"^(:root[^{]*(?:\.on-ink|\.on-paper)) \{(.*?)\}", re.DOTALL | re.MULTILINE
)

# What the parts put on what, by the theme's roles: the same on ink and on paper.
_BY_ROLE: Final[tuple[tuple[Use, tuple[str, ...], tuple[str, ...]], ...]] = (
    ("text", ("text", "quiet", "alarm"), ("ground", "panel", "control")),
    ("text", ("text", "alarm"), ("alarm-wash",)),
    ("text", ("on-strong",), ("strong",)),
    ("text", ("text",), ("track",)),
    ("edge", ("edge", "strong", "alarm-edge"), ("ground", "panel")),
    ("edge", ("alarm-edge",), ("alarm-wash",)),
    ("edge", ("strong",), ("control",)),
)

# What the stage and the overlay put on what, and places of their own.
_BY_TOKEN: Final[tuple[tuple[Use, str, str], ...]] = (
    *(("stage text", ink, "ink-900") for ink in ("paper-50", "ink-300", "ink-400", "signal")),
    *(("stage text", ink, "ink-800") for ink in ("paper-50", "ink-300")),
    *(("stage text", ink, "paper-50") for ink in ("ink-900", "paper-600", "signal-paper")),
    ("stage text", "signal-text", "ink-900"),
    ("text", "ink-400", "ink-900"),
    ("text", "ink-400", "ink-800"),
    ("text", "ink-900", "signal"),
    ("text", "paper-0", "signal-paper"),
    ("text", "ink-900", "paper-200"),
    ("text", "paper-600", "paper-200"),
    ("edge", "ink-300", "ink-900"),
    ("edge", "ink-300", "ink-800"),
    ("edge", "ink-500", "ink-900"),
    ("edge", "paper-600", "paper-50"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on a ground, both by the names of their tokens, and what it is used for."""

    ink: str
    ground: str
    use: Use

    @property
    def ratio(self) -> float:
        """The contrast of the two, by WCAG."""
        colours = theme_colours()
        return contrast(colours[self.ink], colours[self.ground])

    @property
    def is_enough(self) -> bool:
        """Whether it reads as well as its use asks."""
        return self.ratio >= LEAST[self.use]


def grounds() -> tuple[dict[str, str], dict[str, str]]:
    """Of ink, then of paper: role to token, as the theme's style sheet gives them."""
    sheet = (ASSETS / "theme.css").read_text(encoding="utf-8")
    ink, paper = (dict(_ROLE.findall(block)) for _, block in _GROUNDS.findall(sheet))
    return ink, paper


def pairs() -> tuple[Pair, ...]:
    """Every pair, once for each use."""
    found = [
        Pair(roles[ink], roles[ground], use)
        for roles in grounds()
        for use, inks, below in _BY_ROLE
        for ink in inks
        for ground in below
    ]
    found += [Pair(ink, ground, use) for use, ink, ground in _BY_TOKEN]
    for hue in (f"hue-{lectern.lower()}" for lectern in LECTERNS):
        uses: tuple[Use, ...] = ("stage text", "text")
        found += [
            Pair(ink, ground, use)
            for ink, ground in ((hue, "ink-900"), ("ink-900", hue))
            for use in uses
        ]
    return tuple(
        sorted(set(found), key=lambda pair: (pair.ground, -pair.ratio, pair.ink, pair.use))
    )


def table() -> str:
    """The pairs as a table in Markdown: one row a pair, with everything it is used for."""
    rows: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs():
        rows.setdefault((pair.ink, pair.ground), []).append(pair)
    lines = [
        "| colour | on | contrast | used as, and what that asks |",
        "| --- | --- | ---: | --- |",
    ]
    for (ink, ground), of in rows.items():
        uses = "; ".join(LEVELS[use] for use in LEVELS if use in {pair.use for pair in of})
        fails = "" if all(pair.is_enough for pair in of) else " **too little**"
        lines.append(f"| {ink} | {ground} | {of[0].ratio:.2f}{fails} | {uses} |")
    return "\n".join(lines)
