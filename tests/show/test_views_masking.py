"""Names in answers are covered, in whatever case; everyday words are left alone."""

import pytest
from story import rundown

from finale.show.rundown import Rundown
from finale.show.views.masking import EVERYDAY, masked


def named(*names: str) -> Rundown:
    plan = rundown(finalists=len(names))
    finalists = [
        finalist.model_copy(update={"name": name})
        for finalist, name in zip(plan.finalists, names, strict=True)
    ]
    return plan.model_copy(update={"finalists": tuple(finalists)})


MASKED = [
    ("I am Ada Byron.", "I am [name]."),
    ("ADA BYRON, ada byron", "[name], [name]"),
    ("Ask Ada, or Mr Byron.", "Ask [name], or Mr [name]."),
    ("By ADA, and by ada", "By [name], and by [name]"),
    ("Ada’s answer", "[name]’s answer"),
    ("Canada and Adamant", "Canada and Adamant"),
    ("Byronic", "Byronic"),
    ("Al is not always right, AL.", "[name] is not always right, [name]."),
    ("(x+y) wrote it", "[name] wrote it"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_names_are_masked_as_whole_words(text: str, expected: str) -> None:
    assert masked(text, named("Ada Byron", "Al", "(x+y)")) == expected


def test_short_names_are_masked_as_they_are_written() -> None:
    plan = named("Robert Byron", "Wilhelmina Ling")
    shorts = zip(plan.finalists, ("Bo", "Will"), strict=True)
    finalists = tuple(f.model_copy(update={"short": short}) for f, short in shorts)
    said = masked("Bo and Will: I will.", plan.model_copy(update={"finalists": finalists}))
    assert said == "[name] and [name]: I will."


def test_a_name_that_is_a_word_is_one_in_small_letters_only() -> None:
    plan = named("Grace May", "Will Marsh")

    assert masked("Grace will not say GRACE, but a marsh may.", plan) == (
        "[name] will not say [name], but a marsh may."
    )
    assert all(word == word.lower() for word in EVERYDAY)
