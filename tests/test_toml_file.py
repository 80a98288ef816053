"""A file that cannot be used is told with line, field, what was expected and what was found."""

from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from finale.toml_file import BadFile, line_of, read_toml
from finale.toml_lines import key_lines


class Seat(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=8)
    colour: Literal["red", "blue"] = "red"
    marks: tuple[int, ...] = ()


class Hall(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    seconds: float = Field(default=90, ge=0, le=600)
    is_open: bool = True
    limit: int | str = 1
    seat: tuple[Seat, ...] = Field(default=(), max_length=2)
    by_letter: dict[str, Seat] = Field(default_factory=dict)
    stage: Seat | None = None


def message(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        read_toml(path, Hall)
    return str(bad.value).removeprefix(f"{path}, ")


SYNTAX = {
    "no equals sign": (
        'title = "Hall"\nseconds 90\n',
        "line 2, column 9: expected valid TOML, found seconds 90. "
        "The parser says: Expected '=' after a key in a key/value pair.",
    ),
    "a string without end": (
        'title = "Hall\nseconds = 90\n',
        'line 1, column 14: expected valid TOML, found title = "Hall. '
        "The parser says: Illegal character '\\n'.",
    ),
    "a text block without end": (
        'seconds = 90\ntitle = """Hall\n\n',
        'line 2, the end: expected valid TOML, found title = """Hall. '
        "The parser says: Unterminated string.",
    ),
    "a key twice": (
        'title = "Hall"\ntitle = "Hall"\n',
        'line 2, column 15: expected valid TOML, found title = "Hall". '
        "The parser says: Cannot overwrite a value.",
    ),
    "a day that does not exist": (
        "title = 2028-02-30\n",
        "line 1, column 9: expected valid TOML, found title = 2028-02-30. "
        "The parser says: Invalid date or datetime.",
    ),
}

TITLE = 'title = "Hall"\n'
MODEL = {
    "missing": ("seconds = 1\n", "line 1, title: expected this key, found nothing. Add it."),
    "unknown, near": (
        TITLE + "second = 1\n",
        'line 2, second: expected a known key, found "second". Did you mean "seconds"?',
    ),
    "unknown, far": (
        TITLE + "[stage]\nname = 'a'\nzzz = 1\n",
        'line 4, stage.zzz: expected a known key, found "zzz". Known here: name, colour, marks.',
    ),
    "unknown in a named table": (
        TITLE + "[by_letter.a]\nnane = 'a'\n",
        'line 3, by_letter.a.nane: expected a known key, found "nane". Did you mean "name"?',
    ),
    "not a string": (
        "title = 7\n",
        "line 1, title: expected a string, found a number (7). Write it between quotation marks.",
    ),
    "not a number": (
        TITLE + 'seconds = "ninety"\n',
        'line 2, seconds: expected a number, found a string ("ninety"). '
        "Write digits without quotation marks.",
    ),
    "not true or false": (
        TITLE + 'is_open = "maybe"\n',
        'line 2, is_open: expected true or false, found a string ("maybe"). '
        "Write true or false without quotation marks.",
    ),
    "no member of a union": (
        TITLE + "limit = 2028-02-29\n",
        "line 2, limit: expected a whole number or a string, found a date or time (2028-02-29). "
        "Write digits without quotation marks.",
    ),
    "too large": (
        TITLE + "seconds = 601\n",
        "line 2, seconds: expected a number of at most 600.0, found a number (601). "
        "Change the number.",
    ),
    "too long": (
        TITLE + "[[seat]]\nname = 'a'\n[[seat]]\nname = 'Bartholomew'\n",
        "line 5, seat[2].name: expected at most 8 characters, found 11 characters. Shorten it.",
    ),
    "too many": (
        TITLE + "[[seat]]\nname = 'a'\n" * 3,
        "line 2, seat: expected at most 2 entries, found 3 entries. Take some out.",
    ),
    "no choice": (
        TITLE + "stage = { name = 'a', colour = 'green' }\n",
        "line 2, stage.colour: expected 'red' or 'blue', found a string (\"green\"). "
        "Choose one of these.",
    ),
    "not a list": (
        TITLE + "[[seat]]\nname = 'a'\nmarks = true\n",
        "line 4, seat[1].marks: expected a list of whole numbers, found true. "
        "Write it in square brackets.",
    ),
    "not a list of tables": (
        TITLE + "seat = 'a'\n",
        'line 2, seat: expected a list of tables, found a string ("a"). '
        "Write it in square brackets.",
    ),
    "not a table": (
        TITLE + "stage = [1]\n",
        "line 2, stage: expected a table, found a list. "
        "Write a table, as in [name] or { key = value }.",
    ),
    "the first of two": (
        TITLE + "is_open = 3\nseconds = -1\n",
        "line 2, is_open: expected true or false, found a number (3). "
        "Write true or false without quotation marks.",
    ),
}


@pytest.mark.parametrize(("text", "expected"), SYNTAX.values(), ids=list(SYNTAX))
def test_bad_syntax_is_told_with_line_and_column(tmp_path: Path, text: str, expected: str) -> None:
    assert message(tmp_path / "hall.toml", text) == expected


@pytest.mark.parametrize(("text", "expected"), MODEL.values(), ids=list(MODEL))
def test_bad_value_is_told_with_line_and_field(tmp_path: Path, text: str, expected: str) -> None:
    assert message(tmp_path / "hall.toml", text) == expected


def test_bad_file_keeps_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_text("title = 7\n", encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        read_toml(path, Hall)
    parts = (bad.value.path, bad.value.line, bad.value.field, bad.value.expected, bad.value.found)
    assert parts == (path, 1, "title", "a string", "a number (7)")


def test_missing_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    with pytest.raises(BadFile) as bad:
        read_toml(path, Hall)
    assert str(bad.value) == (
        f"{path}: expected a readable file, found no such file or directory. Check the path."
    )


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as bad:
        read_toml(tmp_path, Hall)
    assert str(bad.value) == (
        f"{tmp_path}: expected a readable file, found is a directory. Check the path."
    )


def test_other_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes('# hall\ntitle = "Café"\n'.encode("latin-1"))
    with pytest.raises(BadFile) as bad:
        read_toml(path, Hall)
    assert str(bad.value) == (
        f"{path}, line 2: expected UTF-8, found byte 0xe9. Save the file as UTF-8."
    )


def test_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes('\ufefftitle = "Café"\r\nseconds = 60\r\n'.encode())
    assert read_toml(path, Hall) == Hall(title="Café", seconds=60)


def test_windows_lines_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes(b'title = """\r\nHall"""\r\n\r\nseconds = -1\r\n')
    with pytest.raises(BadFile) as bad:
        read_toml(path, Hall)
    assert bad.value.line == 4


DOCUMENT = '''# a comment with [brackets] and key = 1
title = """
[not.a.table]
not_a_key = 1
"""
"a.b".c = 1
list = [
  "[x]",
  { deep = 2 },
]

[one.two]
three = { four = 4 }

[[seat]]
name = "a"
[seat.chair]
legs = 4
[[seat.guest]]
name = "g"

[[seat]]  # the second
[[seat.guest]]
[[seat.guest]]
name = "h"
'''


def test_key_lines_follow_tables_lists_and_long_strings() -> None:
    assert key_lines(DOCUMENT) == {
        ("title",): 2,
        ("a.b",): 6,
        ("a.b", "c"): 6,
        ("list",): 7,
        ("list", 0): 7,
        ("list", 1): 7,
        ("list", 1, "deep"): 7,
        ("one", "two"): 12,
        ("one", "two", "three"): 13,
        ("one", "two", "three", "four"): 13,
        ("seat",): 15,
        ("seat", 0): 15,
        ("seat", 0, "name"): 16,
        ("seat", 0, "chair"): 17,
        ("seat", 0, "chair", "legs"): 18,
        ("seat", 0, "guest"): 19,
        ("seat", 0, "guest", 0): 19,
        ("seat", 0, "guest", 0, "name"): 20,
        ("seat", 1): 22,
        ("seat", 1, "guest"): 23,
        ("seat", 1, "guest", 0): 23,
        ("seat", 1, "guest", 1): 24,
        ("seat", 1, "guest", 1, "name"): 25,
    }


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("seat", 1, "guest", 1, "name"), 25),
        (("seat", 1, "guest", 1, "age"), 24),
        (("seat", 1, "chair"), 22),
        (("one", "two", "three", "five", "six"), 13),
        (("nowhere", 3), 1),
        ((), 1),
    ],
)
def test_line_of_falls_back_to_the_nearest_ancestor(
    tmp_path: Path, place: tuple[str | int, ...], line: int
) -> None:
    path = tmp_path / "document.toml"
    path.write_text(DOCUMENT, encoding="utf-8")
    assert line_of(path, place) == line
