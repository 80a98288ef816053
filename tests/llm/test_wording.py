"""Reading of sentences, stems, fit and key phrases."""

import pytest

from finale.llm.wording import Fit, key_phrases, sentences, stem


def test_sentences_are_read_without_markdown() -> None:
    text = "**Decision.** Offer it, e.g. with care.\n\n- Costs 1.5 percent.\n2. Why not? Ask."
    assert sentences(text) == [
        *("Decision.", "Offer it, e.g. with care.", "Costs 1.5 percent.", "Why not?", "Ask.")
    ]


@pytest.mark.parametrize(
    "related",
    [
        ("policy", "policies"),
        ("require", "requires", "required", "requiring", "requirement"),
        ("stop", "stopped", "stopping"),
        ("city", "cities", "city's"),
    ],
)
def test_stem_is_shared_by_related_words(related: tuple[str, ...]) -> None:
    assert len({stem(word) for word in related}) == 1


def test_fit_is_one_with_itself_and_nought_with_a_stranger() -> None:
    fit = Fit(["Meadows slow a flood.", "Fines bring little money."])
    assert fit.cosines("the flood in slow meadows") == pytest.approx([1.0, 0.0])
    assert fit.cosines("") == [0.0, 0.0]


def test_fit_counts_rare_words_for_more() -> None:
    fit = Fit(["city flood", "city heat", "city noise"])
    flood, heat, noise = fit.cosines("flood in a city")
    assert flood > heat == noise > 0.0


def test_key_phrases_take_the_rarest_in_the_question_s_order() -> None:
    fit = Fit(["a town", "a town", "a house"])
    question = (
        "A town asks for a rear-end camera. Should the house owner want to sell old flood maps?"
    )
    assert key_phrases(question, fit, 2) == ["rear-end camera", "flood maps"]


def test_key_phrases_are_phrases_and_not_beginnings_or_figures() -> None:
    assert key_phrases("Why? Large maps 25 times of Rome.", Fit([]), 3) == [
        *("large maps", "times", "Rome")
    ]


def test_key_phrases_of_stop_words_are_none() -> None:
    assert key_phrases("What should we do, and why?", Fit(["a town"]), 2) == []
