"""Checks read answers as they were written to; questions keep their limits."""

import pytest
from pydantic import ValidationError

from finale.show.question import Check, Question, has_word, last_number

NUMBERS = [
    ("There are 3.", 3.0),
    ("**3** r's, and that is the right one.", 3.0),
    ("The premium is EUR 48,000", 48000.0),
    ("€1 680 in all", 1680.0),
    ("CHF 1'234'567.50", 1234567.5),
    ("a change of -4%", -4.0),
    ("a change of −€4.5", -4.5),
    ("9,2 percent", 9.2),
    ("0,125 litres", 0.125),
    ("1,125 litres", 1125.0),
    ("1.680", 1.68),
    ("positions 3, 8, 9", 9.0),
    ("a range of 5–3", 3.0),
    ("12345 litres", 12345.0),
    ("In 2023 100 people came", 100.0),
    ("the 3rd", 3.0),
    ("Twenty.", 20.0),
    ("of 10 letters, three", 3.0),
    ("only the one", 1.0),
    ("_16_", 16.0),
    ("CO2", None),
    ("v1.2.3", None),
    ("twenty-one", None),
    ("two hundred", None),
    ("none at all", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_last_number_is_read_as_written(text: str, number: float | None) -> None:
    assert last_number(text) == number


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("On a Wednesday.", True),
        ("on a *wednesday*", True),
        ("on a _Wednesday_", True),
        ("on Wednesdays", False),
        ("on Tuesday", False),
    ],
)
def test_word_stands_alone_in_either_case(text: str, is_there: bool) -> None:
    assert has_word(text, "Wednesday") == is_there


def test_phrase_may_break_over_lines() -> None:
    assert has_word("a leap\nyear", "leap year")


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (Check(kind="number", expect=9, tolerance=0.5), "9.5 %", "9.51 %"),
        (Check(kind="number", expect=0.3), "0.3", "0.31"),
        (Check(kind="number", expect=3), "three", "no number"),
        (Check(kind="word", expect="leap year"), "A Leap Year!", "a leap-frog year"),
        (Check(kind="set", expect=("10:24", "10:48")), "10:48 and 10:24", "10:48 and 110:24"),
        (Check(kind="pattern", expect=r"(?i)^yes\b"), "Yes, stop.", "Oh yes."),
    ],
)
def test_check_passes_the_right_answer_only(check: Check, right: str, wrong: str) -> None:
    assert (check.passes(right), check.passes(wrong)) == (True, False)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kind": "number", "expect": "8"}, "expected a number, because kind is number"),
        ({"kind": "number", "expect": True}, "expected a number, because kind is number"),
        ({"kind": "word", "expect": 8}, "expected a string, because kind is word"),
        ({"kind": "word", "expect": "  "}, "expected a string, because kind is word"),
        (
            {"kind": "set", "expect": ["a"]},
            "expected a list of two or more strings, because kind is set",
        ),
        (
            {"kind": "pattern", "expect": "(a"},
            "expected a regular expression, found '(a' (missing ), unterminated subpattern at "
            "position 0)",
        ),
        (
            {"kind": "word", "expect": "a", "tolerance": 1},
            "expected no tolerance, because kind is word",
        ),
    ],
)
def test_check_refuses_what_its_kind_cannot_use(values: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Check.model_validate(values)
    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {message}"]


@pytest.mark.parametrize("expect", [float("nan"), float("inf")])
def test_check_refuses_a_number_without_a_size(expect: float) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Check(kind="number", expect=expect)


@pytest.mark.parametrize(
    "check",
    [
        Check(kind="number", expect=8, tolerance=0.5),
        Check(kind="set", expect=("10:24", "10:48")),
        Check(kind="word", expect="8"),
    ],
)
def test_check_survives_json(check: Check) -> None:
    assert Check.model_validate_json(check.model_dump_json()) == check


VALUES = {
    "id": "fence-posts",
    "text": "How many\nposts?",
    "short": "Posts?",
    "domain": "reasoning",
    "reference": "post " * 40,
    "key_facts": ["fifteen gaps", "one more", "16 posts"],
}


def test_question_joins_lines_and_keeps_paragraphs() -> None:
    question = Question.model_validate(VALUES | {"text": "\nOne\n line.\n\n \nTwo.\n"})
    assert question.text == "One line.\n\nTwo."


def test_question_survives_json() -> None:
    question = Question.model_validate(VALUES | {"check": {"kind": "number", "expect": 16}})
    assert Question.model_validate_json(question.model_dump_json()) == question


@pytest.mark.parametrize(
    ("field", "fits", "too_much"),
    [
        ("text", "x" * 600, "x" * 601),
        ("short", "x" * 140, "x" * 141),
        ("domain", "x" * 40, "x" * 41),
        ("notes", "x" * 600, "x" * 601),
        ("reference", "word " * 260, "word " * 261),
        ("reference", "word " * 40, "word " * 39),
        ("key_facts", ["fact"] * 8, ["fact"] * 9),
        ("key_facts", ["fact"] * 3, ["fact"] * 2),
        ("key_facts", ["x" * 120] * 3, ["x" * 121] * 3),
        ("id", "a-2-c", "A-2-c"),
        ("id", "a", "a--b"),
        ("text", "x", " \n"),
    ],
)
def test_question_keeps_its_limits(field: str, fits: object, too_much: object) -> None:
    Question.model_validate(VALUES | {field: fits})
    with pytest.raises(ValidationError) as refused:
        Question.model_validate(VALUES | {field: too_much})
    assert {error["loc"][0] for error in refused.value.errors()} == {field}


def test_a_kind_that_does_not_exist_is_the_only_thing_that_is_said() -> None:
    with pytest.raises(ValidationError) as refused:
        Check.model_validate({"kind": "guess", "expect": "a", "tolerance": 1})

    assert [error["loc"] for error in refused.value.errors()] == [("kind",)]
