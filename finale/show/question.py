"""A question of the show, and the check that a checkable question carries."""

import re
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

# fmt: off
NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)
# fmt: on
REFERENCE_WORDS = (40, 260)

# A letter or a digit; not the underscore, which markdown puts around emphasised words.
_LETTER = r"[^\W_]"
_DIGITS = (
    rf"(?<!{_LETTER})(?<!\d\.)(?P<sign>[-−])?[€$£]?"
    r"(?P<whole>[1-9]\d{0,2}(?:[,'’ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)"
    r"(?:[.,](?P<part>\d+))?"
)
_WORDS = (
    rf"(?<!{_LETTER})(?<!-)(?:{'|'.join(NUMBER_WORDS)})"
    rf"(?!{_LETTER}|-|\s+(?:hundred|thousand|million))"
)
_NUMBER = re.compile(f"{_DIGITS}|{_WORDS}", re.IGNORECASE)

_SHAPES = {
    "number": "a number",
    "word": "a string",
    "pattern": "a string",
    "set": "a list of two or more strings",
}


def last_number(text: str) -> float | None:
    """Read the last number in `text`, the one an answer ends on; None when there is none.

    Read: digits, with a decimal point or comma, with a sign or currency mark in front; the
    words zero to twenty. Three digits after a comma, apostrophe or space are thousands, so
    "48,000" is 48000, and "48.000" is 48. The word "one" counts only as the sole number,
    because "the right one" is none. Not read: fractions, "twenty-one", "two hundred".
    """
    last = sole = None
    for sole in _NUMBER.finditer(text):
        last = last if sole.group().lower() == "one" else sole
    number = last or sole
    return _value(number) if number else None


def _value(number: re.Match[str]) -> float:
    if number["whole"] is None:
        return float(NUMBER_WORDS.index(number.group().lower()))
    whole = re.sub(r"\D", "", number["whole"])
    size = float(f"{whole}.{number['part'] or 0}")
    return -size if number["sign"] else size


def has_word(text: str, word: str) -> bool:
    """Whether `word` (or a phrase) stands in `text` as whole words, in either case."""
    phrase = r"\s+".join(re.escape(part) for part in word.split())
    return re.search(rf"(?<!{_LETTER}){phrase}(?!{_LETTER})", text, re.IGNORECASE) is not None


def _paragraphs(text: object) -> object:
    """Join broken lines; a blank line stays the border of two paragraphs."""
    if not isinstance(text, str):
        return text
    parts = re.split(r"\n[ \t]*\n", text.strip())
    return "\n\n".join(" ".join(part.split()) for part in parts if part.strip())


def _reference_length(reference: str) -> str:
    least, most = REFERENCE_WORDS
    words = len(reference.split())
    if not least <= words <= most:
        raise ValueError(f"expected {least} to {most} words, found {words}")
    return reference


def _has_shape(kind: str, expect: object) -> bool:
    if kind == "number":
        return isinstance(expect, int | float) and not isinstance(expect, bool)
    if kind == "set":
        return (
            isinstance(expect, list | tuple)
            and len(expect) > 1
            and all(isinstance(member, str) and member.strip() for member in expect)
        )
    return isinstance(expect, str) and bool(expect.strip())


def _compiles(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"expected a regular expression, found {pattern!r} ({error})") from error


Prose = BeforeValidator(_paragraphs)
KeyFact = Annotated[str, Prose, StringConstraints(min_length=2, max_length=120)]


class Check(BaseModel):
    """What a right answer must show, decided without a model and without taste.

    number: the last number of the answer is within `tolerance` of `expect` (same unit).
    word: the word or phrase stands in the answer. set: all members do; extras are not seen.
    pattern: `re.search` finds it; flags go inside, as in `(?i)`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: Literal["number", "word", "pattern", "set"]
    expect: float | str | tuple[str, ...]
    tolerance: float = Field(default=0.0, ge=0)

    @field_validator("expect", mode="before")
    @classmethod
    def _expect_fits_the_kind(cls, expect: object, info: ValidationInfo) -> object:
        kind = info.data.get("kind")
        if kind is None:
            return expect
        if not _has_shape(kind, expect):
            raise ValueError(f"expected {_SHAPES[kind]}, because kind is {kind}")
        if kind == "pattern":
            _compiles(str(expect))
        return expect

    @field_validator("tolerance")
    @classmethod
    def _tolerance_is_for_numbers(cls, tolerance: float, info: ValidationInfo) -> float:
        kind = info.data.get("kind", "number")
        if tolerance and kind != "number":
            raise ValueError(f"expected no tolerance, because kind is {kind}")
        return tolerance

    def passes(self, text: str) -> bool:
        """Whether the answer `text` is right by this check."""
        return _passes(self, text)


@lru_cache(maxsize=128)
def _passes(check: Check, text: str) -> bool:
    """Remembered: every view of every change asks for the same few answers."""
    match check.expect:
        case float():
            number = last_number(text)
            # The billionth forgives binary fractions: 0.3 is not 0.1 + 0.2.
            return number is not None and abs(number - check.expect) <= check.tolerance + 1e-9
        case str() if check.kind == "pattern":
            return re.search(check.expect, text) is not None
        case str():
            return has_word(text, check.expect)
        case members:
            return all(has_word(text, member) for member in members)


class Question(BaseModel):
    """One question: what all see, and what only host, judge and panel see.

    `text` goes to the finalists, `short` to the stage. `reference`, `key_facts` and `check`
    are for those who mark, `notes` for the host.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    text: Annotated[str, Prose, StringConstraints(min_length=1, max_length=600)]
    short: Annotated[str, Prose, StringConstraints(min_length=1, max_length=140)]
    domain: Annotated[str, Prose, StringConstraints(min_length=1, max_length=40)]
    reference: Annotated[str, Prose, AfterValidator(_reference_length)]
    key_facts: tuple[KeyFact, ...] = Field(min_length=3, max_length=8)
    notes: Annotated[str, Prose, StringConstraints(max_length=600)] = ""
    check: Check | None = None
