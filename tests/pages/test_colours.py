"""The colours of the theme and their contrast, as the design system has them."""

import pytest

from finale.pages.colours import contrast, theme_colours

COLOURS = theme_colours()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("paper-50", "ink-900", 16.4),
        ("paper-50", "ink-700", 12.1),
        ("ink-300", "ink-800", 8.8),
        ("ink-400", "ink-900", 7.0),
        ("paper-600", "paper-0", 7.3),
        ("signal-paper", "signal-wash-paper", 5.7),
        ("signal", "ink-900", 5.8),
        ("ink-500", "ink-800", 2.9),
        ("hue-v", "ink-900", 7.0),
        ("hue-z", "paper-50", 1.0),
    ],
)
def test_contrast_is_that_of_the_design(one: str, other: str, ratio: float) -> None:
    assert contrast(COLOURS[one], COLOURS[other]) == pytest.approx(ratio, abs=0.06)
    assert contrast(COLOURS[other], COLOURS[one]) == contrast(COLOURS[one], COLOURS[other])


def test_the_range_is_from_1_to_21() -> None:
    assert contrast("#FFFFFF", "#FFFFFF") == 1.0
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)


def test_every_colour_of_the_theme_is_read() -> None:
    assert len(COLOURS) == 27
    assert COLOURS["signal"] == "#FF5A45"
