"""What is understood of a system prompt."""

import pytest

from finale.llm.manner import HEADINGS, Manner, read_manner


@pytest.mark.parametrize(
    ("system", "manner"),
    [
        ("", Manner()),
        ("You are an expert.", Manner()),
        ("Be brief.", Manner(is_brief=True)),
        ("Answer in two sentences.", Manner(is_brief=True)),
        ("Be warm and kind to the reader", Manner(is_kind=True)),
        ("Use plain words, no jargon.", Manner(is_plain=True)),
        ("Use bullet points.", Manner(has_bullets=True)),
        ("Give a structured answer.", Manner(headings=HEADINGS)),
        ("Write Decision, then Why.", Manner(headings=("Decision", "Why"))),
        ("Explain why.", Manner()),
    ],
)
def test_manner_is_read_from_the_system_prompt(system: str, manner: Manner) -> None:
    assert read_manner(system) == manner


@pytest.mark.parametrize(
    "system", ["Do not use bullets.", "No lists, please.", "Don't be brief.", "Avoid headings."]
)
def test_manner_leaves_out_what_is_refused(system: str) -> None:
    assert read_manner(system) == Manner()


@pytest.mark.parametrize(
    ("system", "limit"),
    [
        ("Under 80 words.", 79),
        ("fewer than 50 words", 49),
        ("At most 80 words.", 80),
        ("No more than 120 words", 120),
        ("Limit your answer to 60 words.", 60),
        ("Stay within 90 words or under 70 words.", 69),
        ("100 words or fewer", 100),
        ("a 40-word limit", 40),
        ("At least 100 words.", None),
        ("80 is a number", None),
    ],
)
def test_manner_reads_the_word_limit(system: str, limit: int | None) -> None:
    assert read_manner(system).limit == limit


def test_manner_drops_headings_that_would_not_fit() -> None:
    assert read_manner("Use headings, under 20 words.").headings == ()


@pytest.mark.parametrize("limit", [None, 0, 1, 10, 59, 1000])
def test_manner_lengths_are_in_order(limit: int | None) -> None:
    for is_brief in (False, True):
        manner = Manner(is_brief=is_brief, limit=limit)
        assert 0 <= manner.enough <= manner.most <= 160
        assert manner.most >= 1
