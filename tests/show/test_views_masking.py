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


def test_words_of_every_text_are_left_alone_and_the_whole_name_is_not() -> None:
    plan = named("Vera Example", "Ana and Ben", "Alexander the Great")

    assert masked("For example, the fox and the hen. Example: THE END.", plan) == (
        "For example, the fox and the hen. Example: THE END."
    )
    said = masked("Vera Example, ana and ben, Alexander the Great; so says Vera.", plan)
    assert said == "[name], [name], [name]; so says [name]."


def test_a_word_of_the_shows_own_questions_is_one_in_small_letters() -> None:
    plan = named("Ada Fact", "Bao Ling")

    assert masked("The first fact is that Fact wrote it.", plan) == (
        "The first fact is that [name] wrote it."
    )


def test_a_short_name_that_is_a_common_abbreviation_covers_nothing() -> None:
    plan = named("Anna Ibsen", "Bao Ling")
    first, second = plan.finalists
    finalists = (first.model_copy(update={"short": "AI"}), second)
    said = masked("AI, said Anna.", plan.model_copy(update={"finalists": finalists}))
    assert said == "AI, said [name]."
