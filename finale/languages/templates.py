"""Texts as the catalogues have them, for pages that fill in values and choose forms themselves."""

from typing import Final

from finale.languages.texts import catalogue
from finale.show.phrase import Language

_ENGLISH: Final = "(n != 1)"


def form_of(language: Language) -> str:
    """Which form the number `n` takes, counted from 0: an expression of C, and of JavaScript."""
    return _ENGLISH if language == "en" else catalogue(language).plural_expr


def template(language: Language, english: str) -> str:
    """That text, its values not filled in; the English one where the catalogue has none."""
    (found,) = _strings(language, english) or (english,)
    return found


def forms(language: Language, one: str, many: str) -> tuple[str, ...]:
    """That text in every form of the language, as `form_of` counts them."""
    return _strings(language, one) or (one, many)


def _strings(language: Language, english: str) -> tuple[str, ...]:
    """What the catalogue has for a text; nothing in English, or if a form is missing."""
    message = None if language == "en" else catalogue(language).get(english)
    if message is None:
        return ()
    string = message.string or ()
    found = (string,) if isinstance(string, str) else tuple(string)
    return found if all(found) else ()
