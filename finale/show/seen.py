"""A text as people read it: no hidden characters, wide and ornate Latin letters as plain ones."""

import unicodedata
from functools import cache


def seen(text: str) -> str:
    """The text without characters of format (zero-width, soft hyphens), each letter made plain.

    Letter by letter: to order long runs of accents takes time by their square.
    """
    return text if text.isascii() else "".join(map(_plain, text))


@cache
def _plain(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isascii() and plain.isalnum() else character
