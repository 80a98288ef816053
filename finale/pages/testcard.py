"""The test card: safe areas, colours with their contrast, type sizes, shapes, steps of grey."""

from typing import Final

from finale.pages.backstage import Backstage
from finale.pages.colours import contrast, theme_colours
from finale.pages.parts import box, button, words
from finale.pages.parts_marks import blind_tile, name_mark, seat_class, token
from finale.pages.sounds import add_sounds
from finale.pages.theme import frame
from finale.show.rundown import LECTERNS
from finale.show.views.testcard import PatternView, pattern_view

TYPE_SIZES: Final = (236, 94, 76, 48, 32)
STEPS: Final = tuple(range(0, 101, 5))
_INK, _PAPER = "ink-900", "paper-50"


def build_testcard(backstage: Backstage) -> None:
    """Build the test card; nothing on it moves or changes."""
    frame("Test card", "stage", sheets=("stage", "testcard"))
    add_sounds()
    draw_testcard(pattern_view(backstage.showrunner.state), theme_colours())


def draw_testcard(view: PatternView, colours: dict[str, str]) -> None:
    """Draw the card with those colours, by token."""
    with box("stage-canvas card", "main"):
        for corner in ("a", "b", "c", "d"):
            box(f"card-corner is-{corner}")
        box("card-circle")
        with box("card-safe"):
            _draw_head(view)
            with box("card-hues"):
                for lectern in LECTERNS:
                    _draw_hue(view, lectern, colours)
            with box("card-swatches"):
                for name, colour in colours.items():
                    if not name.startswith("hue-"):
                        _draw_swatch(name, colour, colours)
            _draw_type()
            _draw_steps()


def _draw_head(view: PatternView) -> None:
    with box("card-head"):
        name_mark()
        words(view.title, "card-title quiet")
        words("Test card · 1920 × 1080 · the frame is the safe area, 96 and 54 px", "push keep")
        button("Sound check", None, "outline").props("data-sound-check").classes("card-sound")


def _draw_hue(view: PatternView, lectern: str, colours: dict[str, str]) -> None:
    names = {tag.lectern: tag.short_name for tag in view.finalists}
    colour = colours[f"hue-{lectern.lower()}"]
    with box(f"card-hue {seat_class(lectern)}"):
        token(lectern, "xl")
        with box("card-pair"):
            with box("card-ground on-paper"):
                token(lectern, "m")
            with box("card-ground card-own"):
                token(lectern, "m", ground="own")
        words(
            names.get(lectern, "no finalist"),
            f"card-name {'bold' if lectern in names else 'quiet'}",
        )
        words(_ratios(colour, colours), "card-ratios quiet")


def _draw_swatch(name: str, colour: str, colours: dict[str, str]) -> None:
    readable = max((colours[_INK], colours[_PAPER]), key=lambda text: contrast(text, colour))
    with box("card-swatch").style(f"--paint: {colour}; --read: {readable}"):
        words(name, "bold")
        words(colour, "code")
        words(_ratios(colour, colours), "card-ratios")


def _ratios(colour: str, colours: dict[str, str]) -> str:
    """The contrast on ink, then on paper."""
    return " · ".join(f"{contrast(colour, colours[ground]):.1f}" for ground in (_INK, _PAPER))


def _draw_type() -> None:
    with box("card-type"):
        for size in TYPE_SIZES:
            words(str(size), "card-size").style(f"font-size: {size}px")
        with box("card-tiles"):
            for letter in "ABCDE":
                blind_tile(letter, "strong", "xl")
        for width in (1, 2, 3):
            with box("card-lines").style(f"--width: {width}px"):
                box("card-grating")
                words(f"{width} px", "quiet")


def _draw_steps() -> None:
    with box("card-steps"):
        for percent in STEPS:
            level = f"rgb({percent}% {percent}% {percent}%)"
            read = "#FFFFFF" if percent < 50 else "#000000"
            words(str(percent), "card-step").style(f"--paint: {level}; --read: {read}")
