"""The language of the page that is being drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from finale.languages.texts import Texts, texts
from finale.show.phrase import Language, Phrase, Value

_SPOKEN: ContextVar[Language] = ContextVar("language", default="en")


@contextmanager
def speaking(language: Language) -> Iterator[Texts]:
    """What is drawn inside is in that language."""
    before = _SPOKEN.set(language)
    try:
        yield texts(language)
    finally:
        _SPOKEN.reset(before)


def tr(english: str, **values: Value) -> str:
    """That text in the page's language; the catalogues' own extractor finds it by this name."""
    return texts(_SPOKEN.get()).text(english, **values)


def tr_many(one: str, many: str, n: int, **values: Value) -> str:
    """That text in the form that the page's language has for the number `n`."""
    return texts(_SPOKEN.get()).many(one, many, n, **values)


def tr_phrase(said: Phrase) -> str:
    """What a view says, in the page's language."""
    return texts(_SPOKEN.get()).phrase(said)


def tr_number(value: float, places: int = 1) -> str:
    """A figure as the page's language writes it."""
    return texts(_SPOKEN.get()).number(value, places)
