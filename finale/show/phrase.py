"""What a view says in words: the English text and its values, put into a language where shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Language = Literal["en", "de", "fr", "es", "ja", "ar"]
"""The languages of the stage and the phones."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of the catalogues with its values; `str()` is the English sentence.

    `many` is the text for another number than one; the number is then the value `n`. A value
    that is a phrase itself is put into the language too.
    """

    text: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    many: str = ""

    def __str__(self) -> str:
        is_many = self.many and self.values["n"] != 1
        values = {name: _written(value) for name, value in self.values.items()}
        return (self.many if is_many else self.text).format(**values)

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.text)


Value = str | int | float | Phrase
"""What a phrase may hold: a float is written with one decimal."""


NOTHING: Final = Phrase("")


def phrase(text: str, **values: Value) -> Phrase:
    """The phrase of a text that stands in the catalogues."""
    return Phrase(text, values)


def phrase_many(one: str, many: str, n: int, **values: Value) -> Phrase:
    """The phrase of a text for one and for any other number, which both name `{n}` or leave out."""
    return Phrase(one, {"n": n, **values}, many)


def whole(number: float) -> int | float:
    """A figure that is written without a decimal if it has none: 40 or 33.3."""
    return round(number) if abs(number - round(number)) < 0.05 else number


def _written(value: Value) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
