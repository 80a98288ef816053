"""The overlay's address: what may be chosen, and a plain sentence for everything else."""

from html import unescape
from urllib.parse import parse_qsl

import pytest

from finale.pages.overlay_choices import BadChoices, Choices, choices_page, read_choices


def asked(query: str) -> Choices:
    return read_choices(parse_qsl(query, keep_blank_values=True))


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        ("", Choices(("lower", "clock", "score"), "", None)),
        ("parts=clock", Choices(("clock",))),
        ("parts=score,%20lower", Choices(("lower", "score"))),
        ("chroma=00ff00", Choices(chroma="00FF00")),
        ("chroma=%2300FF00&lang=DE&parts=clock", Choices(("clock",), "00FF00", "de")),
    ],
)
def test_choices_are_read(query: str, choices: Choices) -> None:
    assert asked(query) == choices


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("parts=", "parts: there is no “”. Write lower, clock, score, or some of them."),
        (
            "parts=clock,crest,x",
            "parts: there is no “crest”, “x”. Write lower, clock, score, or some of them.",
        ),
        (
            "chroma=green",
            "chroma: “green” is no colour. Write six of 0-9 and A-F: 00FF00 is green.",
        ),
        ("chroma=", "chroma: “” is no colour. Write six of 0-9 and A-F: 00FF00 is green."),
        (
            "chroma=00FF00;}",
            "chroma: “00FF00;}” is no colour. Write six of 0-9 and A-F: 00FF00 is green.",
        ),
        ("lang=xx", "lang: there is no “xx”. Write one of en, de, fr, es, ja, ar."),
        ("part=clock", "There is no choice “part”. Write parts, chroma or lang."),
        ("lang=en&lang=de", "“lang” stands there twice. Write it once."),
    ],
)
def test_what_there_is_not_is_refused_by_name(query: str, sentence: str) -> None:
    with pytest.raises(BadChoices) as bad:
        asked(query)

    assert bad.value.sentences == (sentence,)


def test_the_page_says_all_of_it_and_nothing_becomes_markup() -> None:
    with pytest.raises(BadChoices) as bad:
        asked("lang=<b>&parts=<i>")
    page = choices_page(bad.value)

    assert len(bad.value.sentences) == 2
    assert "<b>" not in page
    assert "<i>" not in page
    for sentence in bad.value.sentences:
        assert sentence in unescape(page)
    assert "/overlay?parts=clock,score&chroma=00FF00&lang=en" in unescape(page)
