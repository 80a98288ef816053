"""Finds the line on which each key of a TOML text begins, for messages about the file."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Keys and indexes from the top of the document; indexes count from 0.
Place = tuple[str | int, ...]


def key_lines(text: str) -> dict[Place, int]:
    """The line, from 1, on which each key and table of a valid TOML `text` begins."""
    lines: dict[Place, int] = {}
    tables: dict[Place, int] = {}
    here: Place = ()
    for number, source, statement in _statements(text):
        if source.lstrip().startswith("["):
            here = _opened(statement, tables)
            if isinstance(here[-1], int):
                lines.setdefault(here[:-1], number)
            lines.setdefault(here, number)
            continue
        for place in _places(statement):
            lines.setdefault(here + place, number)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Cut `text` into statements: first line, source, parsed.

    A statement ends on the first line up to which it is TOML by itself, so that strings and
    arrays over many lines need no parser of our own.
    """
    start, source = 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        start = start if source else number
        source += line + "\n"
        try:
            statement = tomllib.loads(source)
        except tomllib.TOMLDecodeError:
            continue
        if statement:
            yield start, source, statement
        source = ""


def _opened(header: dict[str, Any], tables: dict[Place, int]) -> Place:
    """The place that a `[header]` or `[[header]]` opens; counts the latter in `tables`."""
    place: Place = ()
    inner: Any = header
    while isinstance(inner, dict) and inner:
        [(name, inner)] = inner.items()
        place += (name,)
        if isinstance(inner, list):
            tables[place] = tables.get(place, -1) + 1
        if place in tables:
            place += (tables[place],)
    return place


def _places(value: Any) -> Iterator[Place]:
    """Every place inside a parsed value, outermost first."""
    entries: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = enumerate(value)
    for part, inner in entries:
        yield (part,)
        for place in _places(inner):
            yield (part, *place)


def nearest_line(lines: Mapping[Place, int], place: Place) -> int:
    """The line of `place`, else of its nearest ancestor, else 1."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)
