"""The command line as a newcomer meets it: exact words for every mistake."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import complaint, finale

from finale.config import DEFAULT_SHOW, ROOT


def changed_show(folder: Path, old: str, new: str) -> Path:
    text = DEFAULT_SHOW.read_text(encoding="utf-8").replace("../questions", f"{ROOT}/questions")
    assert old in text
    path = folder / "show.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


BAD_SHOWS = [
    (
        "quorum = 5",
        'quorum = "five"',
        "quorum = ",
        'settings.quorum: expected a whole number, found a string ("five").',
    ),
    (
        "tuning = 90",
        "tuning = 5",
        "tuning = ",
        "settings.seconds.tuning: expected a number of at least 10, found a number (5).",
    ),
    (
        "judge = 0.40",
        "judge = 0.50",
        "[settings.weights]",
        "settings.weights: expected weights that sum to 1, found 1.100.",
    ),
    (
        '"wildfire-frame-house"',
        '"wildfire"',
        "rounds = [",
        "rounds[1]: expected the id of a question in the banks, found “wildfire”.",
    ),
    (
        'reserve = "food-truck-licence"',
        'reserve = "bakery-timber-roof"',
        "reserve = ",
        "reserve: expected a question that is not asked yet, found “bakery-timber-roof” again.",
    ),
]


@pytest.mark.parametrize(("old", "new", "where", "words"), BAD_SHOWS)
def test_serve_names_the_place_of_a_mistake(
    tmp_path: Path, old: str, new: str, where: str, words: str
) -> None:
    show = changed_show(tmp_path, old, new)
    said = complaint("--show", str(show), "--data", str(tmp_path / "data"))
    assert said.startswith(f"Error {show}, line {line_of(show, where)}, {words}")


def test_serve_names_line_and_column_of_broken_toml(tmp_path: Path) -> None:
    show = changed_show(tmp_path, "quorum = 5", "quorum = = 5")
    said = complaint("--show", str(show), "--data", str(tmp_path / "data"))
    assert said.startswith(f"Error {show}, line {line_of(show, 'quorum =')}, column ")


def test_serve_refuses_an_unknown_endpoint(tmp_path: Path) -> None:
    show = changed_show(tmp_path, 'endpoint = "understudy"', 'endpoint = "gpt"')
    said = complaint("--show", str(show), "--data", str(tmp_path / "data"))
    line = line_of(show, 'endpoint = "gpt"')
    assert said.startswith(f"Error {show}, line {line}, finalist[1].endpoint: expected ")


MODEL = """
[finalist.endpoint]
kind = "openai"
base = "http://127.0.0.1:9/v1"
model = "tuned"
key_env = "VERA_KEY"
"""


def test_serve_names_finalist_and_variable_of_a_key_that_is_not_set(tmp_path: Path) -> None:
    show = changed_show(tmp_path, 'endpoint = "understudy"', MODEL)
    said = complaint("--show", str(show), "--data", str(tmp_path / "data"))

    assert said == (
        "Error The model of Vera Example needs a key in the environment variable VERA_KEY, "
        "which is not set. Set it and start again."
    )
    assert not (tmp_path / "data").exists()


def test_serve_says_that_the_port_is_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = complaint("--port", str(port), "--data", str(tmp_path))
    assert said == (
        f"Error Port {port} on 127.0.0.1 is in use. "
        "Stop what listens there, or choose another with --port."
    )


def test_serve_says_that_the_data_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = complaint("--data", str(tmp_path / "file" / "data"), "--port", "18099")
    assert said == (
        f"Error The data folder {tmp_path}/file/data cannot be written (Not a directory). "
        "Choose another with --data, or fix its permissions."
    )


def test_serve_ends_without_a_word_when_nobody_reads_what_it_says(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer) as unread:
        done = subprocess.run(
            [sys.executable, str(ROOT / "run_finale.py"), "--port", "18095", "--data", tmp_path],
            stdout=unread,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
            env={"PATH": "/usr/bin:/bin"},
        )
    assert (done.stderr, done.returncode) == ("", 1)


def test_serve_refuses_a_newer_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "show.db") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    said = complaint("--data", str(tmp_path), "--port", "18098")
    assert said == (
        f"Error {tmp_path}/show.db was written by a newer Finale (format 99; this one reads up to "
        "1). Update Finale, or choose another folder with --data."
    )


def test_serve_refuses_a_links_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    links = tmp_path / "file" / "links.json"
    said = complaint("--data", str(tmp_path / "data"), "--links", str(links), "--port", "18096")
    assert said == (
        f"Error {links} cannot be written (Not a directory). Choose another file with --links."
    )


@pytest.mark.parametrize("address", ["192.0.2.7:8080", "javascript:alert(1)", "http://hall/show"])
def test_serve_refuses_a_public_address_that_phones_cannot_open(
    tmp_path: Path, address: str
) -> None:
    said = complaint("--public-url", address, "--data", str(tmp_path))
    assert said == (
        f"Error --public-url {address}: expected the address that phones open, "
        "such as http://192.0.2.7:8080 or https://show.example."
    )


def test_a_path_in_brackets_is_printed_as_it_is(tmp_path: Path) -> None:
    show = tmp_path / "[red]show[" / "x].toml"
    said = complaint("--show", str(show), "--data", str(tmp_path / "data"))
    assert said.startswith(f"Error {show}: expected a readable file")


def test_verify_names_what_a_record_lacks(tmp_path: Path) -> None:
    said = complaint("verify", str(tmp_path))
    assert said == (
        f"Error {tmp_path} is no whole record: {tmp_path}/events.jsonl is missing. "
        "`export` writes one."
    )


@pytest.mark.parametrize("command", ["export", "reset"])
def test_record_commands_want_a_show(tmp_path: Path, command: str) -> None:
    target = [str(tmp_path / "record")] if command == "export" else []
    said = complaint(command, *target, "--data", str(tmp_path))
    assert said == f"Error There is no show in {tmp_path}. Name its folder with --data."


def test_rehearse_plays_the_same_show_twice_and_verify_agrees(tmp_path: Path) -> None:
    results = []
    for name in ("one", "two"):
        record = tmp_path / name
        words = ("--fast", "--rounds", "1", "--phones", "8", "--seed", "7")
        done = finale("rehearse", *words, "--record", str(record), seconds=120)
        assert done.returncode == 0, done.stderr
        results.append(json.loads((record / "results.json").read_text()))
        assert finale("verify", str(record)).returncode == 0
    first, second = ({key: r[key] for key in ("standings", "settings")} for r in results)
    assert first == second
    scores = [[round_["scores"] for round_ in result["rounds"]] for result in results]
    assert scores[0] == scores[1]


def test_reset_keeps_the_links_and_the_old_log(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "show.db") as database:
        database.execute("PRAGMA user_version = 1")
    database.close()
    (tmp_path / "key").write_text("ab" * 32)
    assert finale("reset", "--data", str(tmp_path), "--yes").returncode == 0
    assert (tmp_path / "key").read_text() == "ab" * 32
    assert [path.suffix for path in tmp_path.glob("*-show.db")] == [".db"]
    assert not (tmp_path / "show.db").exists()
