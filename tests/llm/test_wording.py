"""Reading of sentences, stems, fit and key phrases."""

import pytest

from finale.llm.wording import Fit, key_phrases, sentences, stem, terms, words


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


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1,680 kilograms", ["1680", "kilograms"]),
        ("1680 kilograms", ["1680", "kilograms"]),
        ("$1,234,567.50, at once", ["1234567.50", "at", "once"]),
        ("1 680, 1\u202f680 or 1’680", ["1680", "1680", "or", "1680"]),
        ("It weighs 0.84.", ["it", "weighs", "0.84"]),
        ("7, 8 or 16", ["7", "8", "or", "16"]),
        ("in 2028, 100 days", ["in", "2028", "100", "days"]),
        ("10:24 and 10:48.", ["10:24", "and", "10:48"]),
        ("12km for 3rd B12", ["12", "km", "for", "3", "rd", "b12"]),
        ("The owner’s 5,000", ["the", "owner's", "5000"]),
    ],
)
def test_words_keep_a_figure_whole(text: str, read: list[str]) -> None:
    assert words(text) == read


def test_terms_read_number_words_to_twenty_as_figures() -> None:
    assert terms("Sixteen posts, twenty days, one lorry, thirty boxes") == [
        *("16", "post", "20", "day", "lor", "thirt", "box")
    ]


def test_stem_leaves_a_figure_alone() -> None:
    assert [stem(figure) for figure in ("1700", "170", "31500")] == ["1700", "170", "31500"]


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
