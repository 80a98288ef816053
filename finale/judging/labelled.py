"""Reads labelled pairs, a JSON array or one object a line, and says where one is wrong."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finale.judging.pairwise import Side

FIELDS = ("input", "output_1", "output_2", "label")
_HALF = re.compile("[\ud800-\udfff]")


class BadPairs(ValueError):
    """A file of pairs that cannot be used; the text names file, line, field and what to do."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, two answers to it, and the one that people found better."""

    question: str
    outputs: tuple[str, str]
    label: Side


def read_pairs(path: Path) -> tuple[Labelled, ...]:
    """Every pair of the file, in order. Raises BadPairs."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise BadPairs(f"{path}: {reason}. Name a file of labelled pairs.") from error
    except UnicodeDecodeError as error:
        raise BadPairs(f"{path}: expected UTF-8. Save the file as UTF-8.") from error
    source = _Source(path, text)
    pairs = tuple(_pair(source, at, value) for at, value in _values(source))
    if not pairs:
        raise BadPairs(f"{path}: expected one or more pairs, found none.")
    return pairs


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    text: str

    def bad(self, at: int, expected: str, name: str = "") -> BadPairs:
        """What was expected at that place, by its line and field."""
        line = self.text.count("\n", 0, at) + 1
        where = ", ".join(part for part in (f"{self.path}", f"line {line}", name) if part)
        return BadPairs(f"{where}: expected {expected}. Correct it and start again.")

    def bad_field(self, at: int, expected: str, name: str) -> BadPairs:
        """The same of a field of the entry that begins at that place."""
        found = re.compile(rf'"{name}"\s*:').search(self.text, at)
        return self.bad(found.start() if found else at, expected, name)


def _values(source: _Source) -> Iterator[tuple[int, Any]]:
    """Every entry with the place where it begins."""
    text, decoder = source.text, json.JSONDecoder()
    at = _skip(text, 0)
    is_array = text[at : at + 1] == "["
    at = _skip(text, at + 1) if is_array else at
    while at < len(text) and not (is_array and text[at] == "]"):
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            place = error.pos if isinstance(error, json.JSONDecodeError) else at
            raise source.bad(place, "valid JSON") from error
        yield at, value
        at = _skip(text, end)
        if is_array and text[at : at + 1] not in (",", "]"):
            raise source.bad(at, "a comma or the end of the array")
        if is_array and text[at] == ",":
            at = _skip(text, at + 1)
    if is_array and (rest := _skip(text, at + 1)) < len(text):
        raise source.bad(rest, "nothing after the end of the array")


def _skip(text: str, at: int) -> int:
    found = re.compile(r"\s*").match(text, at)
    return found.end() if found else at


def _pair(source: _Source, at: int, value: Any) -> Labelled:
    if not isinstance(value, dict):
        raise source.bad(at, f"an object with {', '.join(FIELDS)}")
    for name in FIELDS:
        if name not in value:
            raise source.bad(at, "this field", name)
    for name in FIELDS[:3]:
        # An output may be blank: that too is an answer that people have compared.
        if not isinstance(value[name], str) or (name == FIELDS[0] and not value[name].strip()):
            raise source.bad_field(at, "a text", name)
        if _HALF.search(value[name]):
            raise source.bad_field(at, "whole characters, not half of one", name)
    label = value["label"]
    if type(label) is not int or label not in (1, 2):
        raise source.bad_field(at, "1 or 2, the better output", "label")
    outputs = (value["output_1"], value["output_2"])
    return Labelled(value["input"], outputs, 1 if label == 1 else 2)
