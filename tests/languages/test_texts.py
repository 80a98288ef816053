"""Texts in one language: the catalogue, the figures, what a browser would rather have."""

import pytest

from finale.languages.texts import preferred, texts
from finale.pages.language import speaking, tr, tr_number, tr_phrase
from finale.show.phrase import phrase, phrase_many


def test_a_phrase_is_english_by_itself() -> None:
    inner = phrase_many("{n} vote", "{n} votes", 1)
    assert str(phrase("{who} has {what}", who="Vera", what=inner)) == "Vera has 1 vote"
    assert str(phrase_many("{n} vote", "{n} votes", 0)) == "0 votes"


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("pt-BR,fr;q=0.4", "fr"),
        ("en-GB,en;q=0.9,ar;q=0.8", "en"),
        ("fr;q=0.1,ja;q=0.7", "ja"),
        ("fr;q=0,zh", "en"),
        ("*;q=x,;,", "en"),
        ("", "en"),
    ],
)
def test_the_browsers_wish_decides(wish: str, language: str) -> None:
    assert preferred(wish) == language


def test_figures_have_the_point_of_the_language() -> None:
    assert [texts("de").number(71.25), texts("en").number(71.25)] == ["71,2", "71.2"]
    assert texts("ar").number(71.26) == "71.3"
    assert texts("fr").number(12.0, 0) == "12"


def test_arabic_alone_runs_from_right_to_left() -> None:
    assert texts("ar").direction == "rtl"
    assert texts("ja").direction == "ltr"


def test_a_page_speaks_its_language_only_while_it_is_drawn() -> None:
    with speaking("de"):
        assert tr_number(0.5) == "0,5"
    assert tr_number(0.5) == "0.5"
    assert tr("Round {n}", n=3) == "Round 3"
    assert tr_phrase(phrase("Round {n}", n=3)) == "Round 3"
