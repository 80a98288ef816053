"""The language of the page that is being drawn."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce

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


def spoken() -> Texts:
    """The texts of the page's language."""
    return texts(_SPOKEN.get())


def tr(english: str, **values: Value) -> str:
    """That text in the page's language; the catalogues' own extractor finds it by this name."""
    return spoken().text(english, **values)


def tr_many(one: str, many: str, n: int, **values: Value) -> str:
    """That text in the form that the page's language has for the number `n`."""
    return spoken().many(one, many, n, **values)


def tr_phrase(said: Phrase) -> str:
    """What a view says, in the page's language."""
    return spoken().phrase(said)


def tr_number(value: float, places: int = 1) -> str:
    """A figure as the page's language writes it."""
    return spoken().number(value, places)


def tr_count(number: int) -> str:
    """A whole number as the page's language parts its thousands."""
    return spoken().count(number)


def tr_list(things: Iterable[str]) -> str:
    """Things one after the other, as the page's language lists them."""
    return spoken().listed(things)


def tr_joined(things: Iterable[str]) -> str:
    """Things with a point between them, in the direction of the page's language."""
    return spoken().joined(things, " · ")


def tr_and(things: Iterable[str]) -> str:
    """Things of which none is more than the others: "A and B"."""
    return reduce(lambda some, one: tr("{some} and {one}", some=some, one=one), things)
