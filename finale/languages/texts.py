"""The texts of one language: code says a thing in English, a catalogue has it in the others."""

import io
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol

from finale.config import ASSETS
from finale.show.phrase import LANGUAGES, Language, Phrase, Value

FOLDER: Final = ASSETS / "languages"
_COMMAS: Final = {"ja": "、", "ar": "، "}
_FROM_THE_RIGHT: Final = "\u200f"
_ISOLATED: Final = "\u2068{}\u2069"
"""A Latin name amid a text from right to left: each keeps its own direction."""


class Texts:
    """What is said in one language. Figures are in Western digits everywhere, as in the votes."""

    def __init__(self, language: Language, catalogue: NullTranslations) -> None:
        """`catalogue` has the texts by their English."""
        self.language = language
        self.direction = Locale(language).text_direction
        self._point = get_decimal_symbol(language, numbering_system="latn")
        self._catalogue = catalogue

    def text(self, english: str, **values: Value) -> str:
        """That text, with its values put in."""
        # A catalogue has its header under the empty text.
        return self._filled(self._catalogue.gettext(english), values) if english else ""

    def many(self, one: str, many: str, n: int, **values: Value) -> str:
        """That text in the form of the number `n`, which is a value of it too."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": n, **values})

    def phrase(self, said: Phrase) -> str:
        """What a view says."""
        if said.many:
            values = dict(said.values)
            return self.many(said.text, said.many, int(str(values.pop("n"))), **values)
        return self.text(said.text, **said.values)

    def number(self, value: float, places: int = 1) -> str:
        """A figure with so many decimals, rounded alike in every language."""
        return f"{value:.{places}f}".replace(".", self._point)

    def count(self, number: int) -> str:
        """A whole number, parted at its thousands."""
        return format_decimal(number, locale=self.language, numbering_system="latn")

    def listed(self, things: Iterable[str]) -> str:
        """One after the other, with the comma of the language between them."""
        return self.joined(things, _COMMAS.get(self.language, ", "))

    def joined(self, things: Iterable[str], by: str) -> str:
        """One after the other in the direction of the language, with that sign between them."""
        return self._led(by.join(map(self._isolated, things)))

    def _isolated(self, text: str) -> str:
        return _ISOLATED.format(text) if self.direction == "rtl" else text

    def _led(self, text: str) -> str:
        """The text with its direction said first, in case that it begins with a value."""
        return f"{_FROM_THE_RIGHT}{text}" if self.direction == "rtl" else text

    def _filled(self, text: str, values: dict[str, Value]) -> str:
        said = text.format(**{name: self._said(value) for name, value in values.items()})
        return self._led(said) if values else said

    def _said(self, value: Value) -> str:
        if isinstance(value, Phrase):
            return self.phrase(value)
        if isinstance(value, float):
            return self.number(value)
        return self._isolated(value) if isinstance(value, str) else str(value)


@cache
def texts(language: Language) -> Texts:
    """The texts of that language; English needs no catalogue."""
    return Texts(language, NullTranslations() if language == "en" else _compiled(language))


def _compiled(language: Language) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def catalogue(language: Language) -> Catalog:
    """The texts of a language beside the English ones, as they were written."""
    with catalogue_file(language).open("rb") as source:
        return read_po(source, language)


def catalogue_file(language: Language) -> Path:
    """Where the catalogue of a language lies."""
    return FOLDER / f"{language}.po"


def preferred(accept_language: str) -> Language:
    """The language that a browser would rather have, by its Accept-Language; English if none."""
    wanted = [_wish(part) for part in accept_language[:400].split(",")]
    tags = [tag for quality, tag in sorted(wanted, key=lambda w: -w[0]) if tag and quality > 0]
    found = negotiate_locale([tag.replace("-", "_") for tag in tags], LANGUAGES)
    return next((language for language in LANGUAGES if language == found), "en")


def _wish(part: str) -> tuple[float, str]:
    tag, _, quality = part.partition(";q=")
    try:
        return float(quality or 1), tag.strip()
    except ValueError:
        return 0.0, ""
