"""Reads a TOML file into a pydantic model, and says in one sentence what is wrong with it."""

import difflib
import re
import tomllib
from dataclasses import dataclass
from inspect import isclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from finale.toml_lines import Place, key_lines, nearest_line

Model = TypeVar("Model", bound=BaseModel)

_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LISTS = ("tuple_type", "list_type", "set_type", "frozen_set_type")

_ABOUT_TABLES = ("union_tag_not_found", "union_tag_invalid", "value_error")

# Error type of pydantic: what was expected (its ctx filled in), what to do.
_WORDING = {
    "missing": ("this key", "Add it."),
    "string_type": ("a string", "Write it between quotation marks."),
    "int_type": ("a whole number", "Write digits without quotation marks."),
    "int_from_float": ("a whole number", "Write digits without a decimal point."),
    "int_parsing": ("a whole number", "Write digits without quotation marks."),
    "float_type": ("a number", "Write digits without quotation marks."),
    "float_parsing": ("a number", "Write digits without quotation marks."),
    "bool_type": ("true or false", "Write true or false without quotation marks."),
    "bool_parsing": ("true or false", "Write true or false without quotation marks."),
    "model_type": ("a table", "Write a table, as in [name] or { key = value }."),
    "dict_type": ("a table", "Write a table, as in [name] or { key = value }."),
    "model_attributes_type": ("a table", "Write a table, as in [name] or { key = value }."),
    "union_tag_not_found": ("the key {discriminator} in it", "Add it."),
    "union_tag_invalid": ("one of {expected_tags} as its kind", "Choose one of these."),
    "string_too_long": ("at most {max_length} characters", "Shorten it."),
    "string_too_short": ("{min_length} or more characters", "Lengthen it."),
    "too_long": ("at most {max_length} entries", "Take some out."),
    "too_short": ("{min_length} or more entries", "Add some."),
    "string_pattern_mismatch": ("a string that matches {pattern}", "Rewrite it."),
    "literal_error": ("{expected}", "Choose one of these."),
    "enum": ("{expected}", "Choose one of these."),
    "greater_than": ("a number above {gt}", "Change the number."),
    "greater_than_equal": ("a number of at least {ge}", "Change the number."),
    "less_than": ("a number below {lt}", "Change the number."),
    "less_than_equal": ("a number of at most {le}", "Change the number."),
}


@dataclass(eq=False)
class BadFile(ValueError):
    """A file that cannot be used: where, what was expected there, what was found, what to do.

    `line` counts from 1, None when there is none to name. In `field`, entries of a list count
    from 1: `question[2].id` is the id of the second question.
    """

    path: Path
    line: int | None
    field: str
    expected: str
    found: str
    advice: str = "Correct it and start again."

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        where = ", ".join(part for part in (str(self.path), line, self.field) if part)
        return f"{where}: expected {self.expected}, found {self.found}. {self.advice}"


def read_toml(path: Path, model: type[Model]) -> Model:
    """Read `path` (UTF-8, with or without a byte order mark) as `model`. Raises BadFile.

    A validator of the model may raise ValueError("expected …, found …"); both halves are kept.
    """
    text = _text(path)
    document = _document(path, text)
    try:
        return model.model_validate(document)
    except ValidationError as error:
        faults = _Faults(path, document, model, key_lines(text))
        raise faults.first(error.errors(include_url=False)) from error


def line_of(path: Path, place: Place) -> int:
    """The line of the key at `place`, or of its nearest ancestor. Raises BadFile."""
    return nearest_line(key_lines(_text(path)), place)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        found = (error.strerror or "nothing readable").lower()
        raise BadFile(path, None, "", "a readable file", found, "Check the path.") from error
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x}"
        raise BadFile(path, line, "", "UTF-8", found, "Save the file as UTF-8.") from error


def _document(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise _bad_syntax(path, text, str(error)) from error


def _bad_syntax(path: Path, text: str, message: str) -> BadFile:
    lines = text.rstrip("\n").split("\n")
    position = _POSITION.search(message)
    line = int(position[1]) if position and position[1] else len(lines)
    column = f"column {position[2]}" if position and position[2] else "the end"
    source = lines[min(line, len(lines)) - 1].strip()
    return BadFile(
        path=path,
        line=line,
        field=column,
        expected="valid TOML",
        found=_cut(source) or "an empty line",
        advice=f"The parser says: {_POSITION.sub('', message)}.",
    )


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


@dataclass(frozen=True, slots=True)
class _Faults:
    """Turns pydantic's errors about `document` into the one BadFile to show first."""

    path: Path
    document: dict[str, Any]
    model: type[BaseModel]
    lines: dict[Place, int]

    def first(self, errors: list[ErrorDetails]) -> BadFile:
        """The earliest of the innermost errors; unknown keys before all.

        A misspelt key is also a missing one, and a list with a bad entry is also too short.
        """
        places = [self._place(error) for error in errors]
        innermost = [error for error in errors if not _is_around(self._place(error), places)]
        place = self._place(min(innermost, key=self._order))
        # A union reports each of its members about the same place.
        same = [other for other in errors if self._place(other) == place]
        # Of a table, only what a table should have is of use.
        tables = [other for other in same if other["type"] in _ABOUT_TABLES]
        wordings = [self._wording(other, place) for other in tables or same]
        return BadFile(
            path=self.path,
            line=nearest_line(self.lines, place),
            field=_field(place),
            expected=" or ".join(dict.fromkeys(expected for expected, _, _ in wordings)),
            found=wordings[0][1],
            advice=wordings[0][2],
        )

    def _order(self, error: ErrorDetails) -> tuple[bool, int]:
        line = nearest_line(self.lines, self._place(error))
        return error["type"] != "extra_forbidden", line

    def _place(self, error: ErrorDetails) -> Place:
        """The error's place in the document: pydantic's, without its names of union members."""
        place: Place = ()
        value: Any = self.document
        for part in error["loc"]:
            if _has(value, part):
                place += (part,)
                value = value[part]
        return (*place, error["loc"][-1]) if error["type"] == "missing" else place

    def _wording(self, error: ErrorDetails, place: Place) -> tuple[str, str, str]:
        """What was expected, what was found, what to do."""
        kind = _kind(error)
        if kind == "extra_forbidden":
            return "a known key", f'"{place[-1]}"', self._nearest_key(place)
        if kind == "value_error":
            expected, _, found = str(error["ctx"]["error"]).partition(", found ")
            return expected.removeprefix("expected "), found or _found(error), BadFile.advice
        if kind in _LISTS:
            plural = _plural(self._annotation(place))
            return f"a list{plural}", _found(error), "Write it in square brackets."
        if kind not in _WORDING:
            return error["msg"].removeprefix("Input should be "), _found(error), BadFile.advice
        expected, advice = _WORDING[kind]
        return expected.format_map(error.get("ctx", {})), _found(error), advice

    def _annotation(self, place: Place) -> Any:
        annotation: Any = self.model
        for part in place:
            for field_of in _fields(annotation):
                if part in field_of:
                    annotation = field_of[part]
                    break
        return annotation

    def _nearest_key(self, place: Place) -> str:
        known = [str(name) for names in _fields(self._annotation(place[:-1])) for name in names]
        if place[-1] in known:
            return "It belongs to another kind."
        near = difflib.get_close_matches(str(place[-1]), known, n=1)
        if near:
            return f'Did you mean "{near[0]}"?'
        return f"Known here: {', '.join(known)}."


def _fields(annotation: Any) -> list[dict[str | int, Any]]:
    """Keys and their annotations of each model in `annotation`."""
    return [
        {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        for model in _classes(annotation)
        if issubclass(model, BaseModel)
    ]


def _classes(annotation: Any) -> list[type]:
    if get_origin(annotation) is None and isclass(annotation):
        return [annotation]
    return [inner for part in get_args(annotation) for inner in _classes(part)]


def _plural(annotation: Any) -> str:
    words = {str: " of strings", int: " of whole numbers", float: " of numbers"}
    for inner in _classes(annotation):
        if issubclass(inner, BaseModel):
            return " of tables"
        if inner in words:
            return words[inner]
    return ""


def _is_around(place: Place, places: list[Place]) -> bool:
    size = len(place)
    return any(len(other) > size and other[:size] == place for other in places)


def _kind(error: ErrorDetails) -> str:
    """Pydantic's error type; a string behind a validator is "too_long" like a list there."""
    if error["type"] in ("too_long", "too_short") and isinstance(error["input"], str):
        return f"string_{error['type']}"
    return error["type"]


def _has(value: Any, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _field(place: Place) -> str:
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def _found(error: ErrorDetails) -> str:
    value = error["input"]
    match _kind(error):
        case "missing":
            return "nothing"
        case "string_too_long" | "string_too_short":
            return f"{len(value)} character{'s' * (len(value) != 1)}"
        case "too_long" | "too_short":
            return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"a number ({value})"
        case str():
            return f'a string ("{_cut(value)}")'
        case list():
            return "a list"
        case dict():
            return "a table"
    return f"a date or time ({value})"
