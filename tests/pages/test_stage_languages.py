"""The stage in every language: nothing of it is left in English, and it says which it is."""

import re

import pytest
from pages.stage_scenes import SCENES, TAGS, screen

from finale.languages.texts import texts
from finale.show.phrase import LANGUAGES, Language
from finale.show.views.stage import StageView

OTHERS = tuple(language for language in LANGUAGES if language != "en")
SAME: dict[Language, set[str]] = {
    "de": {"Tuning"},
    "fr": {"Points", "Experts 40"},
    "es": set(),
    "ja": set(),
    "ar": set(),
}
"""What a language says as English does."""
NOT_OURS = {"FINALE", "show", "FGHJ", "?", "The Cup", "Somewhere"}
CONTROLS = dict.fromkeys(map(ord, "\u200f\u2068\u2069"))


def given(view: StageView) -> set[str]:
    """What the show file, people and models say, which stays as it is."""
    said = {view.title, view.question, view.short, view.judge, *NOT_OURS}
    said |= {name for tag in TAGS for name in (tag.name, tag.short_name, tag.endpoint)}
    said |= {"Xenia Sample-\u2060Name", "Sample-\u2060Name"}
    said |= {answer.text.replace("*", "") for answer in view.answers}
    return said


def to_translate(words: list[str], view: StageView) -> set[str]:
    """Of the words on a screen those that a language has to say for itself."""
    bare = {word.translate(CONTROLS) for word in words}
    return {word for word in bare - given(view) if re.search(r"[A-Za-z]{2}", word)}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("scene", SCENES)
async def test_no_scene_has_english_left(scene: str, language: Language) -> None:
    async with screen(SCENES[scene]) as stage:
        english = to_translate(stage.words, SCENES[scene])
        svg = set(re.findall(r">([A-Z][a-z]+(?: \w+)*)</text>", stage.frame))
    async with screen(SCENES[scene], language) as stage:
        said = to_translate(stage.words, SCENES[scene])
        drawn = set(re.findall(r">([^<]+)</text>", stage.frame))
    assert english
    assert (said & english) - SAME[language] == set()
    assert svg & drawn == set()
    if language in ("ja", "ar"):
        assert (
            said - {word for word in said if re.search("[\u0600-\u06ff\u3040-\u9fff]", word)}
            == set()
        )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three finalists, three rounds"),
        ("de", "3 Finalisten, 3 Runden"),
    ],
)
async def test_numbers_are_words_in_english_alone(language: Language, text: str) -> None:
    async with screen(SCENES["lobby"], language) as stage:
        assert text in stage.words


async def test_points_have_the_decimal_sign_of_the_language() -> None:
    async with screen(SCENES["totals"], "de") as stage:
        figures = [word for word in stage.words if re.fullmatch(r"\d+[.,]\d", word)]
    assert figures
    assert all("," in figure for figure in figures)


def test_a_name_amid_arabic_keeps_its_own_direction() -> None:
    said = texts("ar").text("Answer {letter} was {name}", letter="B", name="Vera")
    assert said.startswith("\u200f")
    assert "\u2068Vera\u2069" in said
    assert texts("ja").text("Answer {letter} was {name}", letter="B", name="Vera") == "回答BはVera"


def test_lists_have_the_comma_of_the_language() -> None:
    names = ("Vera", "Wim")
    assert [texts(language).listed(names) for language in ("de", "ja")] == [
        "Vera, Wim",
        "Vera、Wim",
    ]
    assert texts("ar").listed(names) == "\u200f\u2068Vera\u2069، \u2068Wim\u2069"
