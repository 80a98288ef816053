"""Files of labelled pairs: both forms are read, and a mistake is named by line and field."""

import json
from pathlib import Path

import pytest

from finale.judging.labelled import BadPairs, Labelled, read_pairs

PAIR = {"input": "How many?", "output_1": "Five.", "output_2": "Six.", "label": 1}
FOUND = Labelled("How many?", ("Five.", "Six."), 1)


def written(folder: Path, text: str) -> Path:
    path = folder / "pairs.json"
    path.write_text(text, encoding="utf-8")
    return path


FORMS = [
    json.dumps([PAIR, PAIR]),
    f"\ufeff{json.dumps([PAIR, PAIR], indent=2)}\n",
    f"{json.dumps(PAIR)}\n\n{json.dumps(PAIR)}\n",
    f"{json.dumps(PAIR)}\n{json.dumps(PAIR | {'more': 7})}",
]


def test_a_blank_output_is_an_answer_too(tmp_path: Path) -> None:
    file = tmp_path / "pairs.json"
    file.write_text(json.dumps([PAIR | {"output_2": " "}]), encoding="utf-8")
    assert [pair.outputs[1] for pair in read_pairs(file)] == [" "]


@pytest.mark.parametrize("text", FORMS)
def test_an_array_and_lines_are_read(tmp_path: Path, text: str) -> None:
    assert read_pairs(written(tmp_path, text)) == (FOUND, FOUND)


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in PAIR.items() if key != name}


MISTAKES = [
    ("", "expected one or more pairs, found none."),
    ("[]", "expected one or more pairs, found none."),
    (json.dumps([PAIR, without("label")], indent=1), "line 8, label: expected this field."),
    (f"{json.dumps(PAIR)}\n{json.dumps(without('input'))}", "line 2, input: expected this field."),
    (
        json.dumps([PAIR, PAIR | {"label": 3}], indent=1),
        "line 12, label: expected 1 or 2, the better output.",
    ),
    (json.dumps(PAIR | {"label": "1"}), "line 1, label: expected 1 or 2, the better output."),
    (json.dumps(PAIR | {"label": True}), "line 1, label: expected 1 or 2, the better output."),
    (json.dumps([PAIR | {"output_2": 5}], indent=1), "line 5, output_2: expected a text."),
    (json.dumps(PAIR | {"input": " "}), "line 1, input: expected a text."),
    (
        json.dumps([PAIR | {"input": "\ud83d"}], indent=1),
        "line 3, input: expected whole characters, not half of one.",
    ),
    (f"{json.dumps(PAIR)}\n7", "line 2: expected an object with input, output_1, output_2, label."),
    (f"{json.dumps(PAIR)}\n{{'input': 1}}", "line 2: expected valid JSON."),
    (f"{json.dumps([PAIR])}\n{{}}", "line 2: expected nothing after the end of the array."),
    (json.dumps([PAIR])[:-1], "line 1: expected a comma or the end of the array."),
    (
        f"[{json.dumps(PAIR)}\n{json.dumps(PAIR)}]",
        "line 2: expected a comma or the end of the array.",
    ),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadPairs) as bad:
        read_pairs(path)

    said = str(bad.value).removeprefix(str(path)).lstrip(":, ")
    assert said.removesuffix(" Correct it and start again.") == words


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    with pytest.raises(BadPairs, match=r"none\.json: No such file or directory\. Name a file"):
        read_pairs(path)
    path.write_bytes(b"[\xff]")
    with pytest.raises(BadPairs, match=r"none\.json: expected UTF-8\."):
        read_pairs(path)
