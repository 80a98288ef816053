"""A log that is kept: all of it in the file, warnings on the terminal, other libraries too."""

import io
import json
import logging
import re
import stat
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from finale.logs.keeping import LARGEST_FILE, OLD_FILES, Keeping, Logs, kept
from finale.logs.logger import logger

log = logger("finale.test")
AT = 1_793_000_000.25
TIME = "2026-10-26T07:33:20.250+00:00"
SECRET = "a secret that everybody knows"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@pytest.fixture
def logs(tmp_path: Path, terminal: Terminal) -> Iterator[Logs]:
    with kept(Keeping(tmp_path / "log.jsonl", lambda: AT, terminal=terminal)) as opened:
        opened.know([SECRET])
        yield opened


def written(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "log.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_says_what_when_and_where_in_the_show(tmp_path: Path, logs: Logs) -> None:
    logs.about(lambda: {"show": "abc", "round": 2, "phase": "tuning"})
    log.info("page opened", seat="finalist-v")

    assert written(tmp_path) == [
        {
            "time": TIME,
            "level": "info",
            "event": "page opened",
            "show": "abc",
            "round": 2,
            "phase": "tuning",
            "seat": "finalist-v",
            "logger": "finale.test",
        }
    ]
    assert list(written(tmp_path)[0])[:3] == ["time", "level", "event"]


def test_what_a_line_says_itself_stands_before_where_the_show_is(
    tmp_path: Path, logs: Logs
) -> None:
    logs.about(lambda: {"phase": "tuning"})
    log.info("PhaseEntered", phase="locked")

    assert written(tmp_path)[0]["phase"] == "locked"


def test_the_terminal_gets_warnings_in_a_few_words(
    terminal: Terminal, tmp_path: Path, logs: Logs
) -> None:
    log.info("page opened", seat="finalist-v")
    log.warning("heartbeat not written", error=OSError("disk\x1b[2J full"))

    [line] = terminal.getvalue().splitlines()
    assert re.fullmatch(
        r"\d\d:\d\d:20 \x1b\[33mwarning \x1b\[0m "
        r"heartbeat not written  error=OSError: disk \[2J full",
        line,
    )
    assert [line["event"] for line in written(tmp_path)] == ["page opened", "heartbeat not written"]


def test_a_terminal_that_is_a_file_gets_json(tmp_path: Path) -> None:
    piped = io.StringIO()
    with kept(Keeping(tmp_path / "log.jsonl", lambda: AT, terminal=piped)):
        log.info("page opened")
        log.warning("heartbeat not written")

    assert [json.loads(line)["event"] for line in piped.getvalue().splitlines()] == [
        "heartbeat not written"
    ]


def test_log_json_sends_every_line_to_the_terminal(tmp_path: Path, terminal: Terminal) -> None:
    with kept(Keeping(tmp_path / "log.jsonl", lambda: AT, True, terminal)):
        log.info("page opened")

    assert json.loads(terminal.getvalue()) == written(tmp_path)[0]


def test_no_secret_is_written_anywhere(tmp_path: Path, terminal: Terminal, logs: Logs) -> None:
    log.error(f"event {SECRET}", url=f"/{SECRET}", nested={SECRET: [SECRET]}, token="abc")
    logging.getLogger("some.server").warning("GET %s", f"/enter/{SECRET}?t=1")
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        log.exception("broken")
        logging.getLogger("nicegui").exception("broken")

    for text in ((tmp_path / "log.jsonl").read_text(), terminal.getvalue()):
        assert len(text.splitlines()) == 4
        assert SECRET not in text


def test_other_libraries_say_one_line_and_quote_nobody(tmp_path: Path, logs: Logs) -> None:
    prompt = "Write as if the underwriter were my grandmother."
    logging.getLogger("asyncio").error("Task was never retrieved\nfuture: <%s>", prompt)
    logging.getLogger("nicegui").exception(ValueError(prompt))
    logging.getLogger("some.library").error("refused '%s'", prompt)
    logging.getLogger("some.library").info("not worth a line")

    said = written(tmp_path)
    assert [(line["logger"], line["event"]) for line in said[:3]] == [
        ("asyncio", "Task was never retrieved"),
        ("nicegui", "a library failed"),
        ("some.library", f"refused [{len(prompt)} characters]"),
    ]
    assert said[1]["error"] == "ValueError"
    assert len(said) == 3


def test_warnings_of_python_are_lines_too(tmp_path: Path, terminal: Terminal) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        with kept(Keeping(tmp_path / "log.jsonl", lambda: AT, terminal=terminal)):
            warnings.warn("old habit", UserWarning, stacklevel=1)

    [line] = written(tmp_path)
    assert line["logger"] == "py.warnings"
    assert line["event"].endswith("test_keeping.py:142: UserWarning: old habit")


def test_an_exception_is_logged_with_its_places(tmp_path: Path, logs: Logs) -> None:
    try:
        raise OSError("gone")
    except OSError as error:
        log.exception("first")
        log.error("second", exc_info=error)

    for line in written(tmp_path):
        assert line["error"] == "OSError: gone"
        assert line["trace"][0].startswith("tests/logs/test_keeping.py:")


def test_the_file_is_its_owners_and_does_not_grow_for_ever(tmp_path: Path, logs: Logs) -> None:
    for number in range(4):
        log.info("begun", number=number)
        with (tmp_path / "log.jsonl").open("a") as file:
            file.write("x" * LARGEST_FILE)

    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"log.jsonl", *(f"log.jsonl.{n}" for n in range(1, OLD_FILES + 1))}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_file_that_cannot_be_written_is_said_once_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], terminal: Terminal
) -> None:
    (tmp_path / "log.jsonl").mkdir()
    with kept(Keeping(tmp_path / "log.jsonl", lambda: AT, terminal=terminal)):
        log.warning("one", token=SECRET)
        log.warning("two")

    assert capsys.readouterr().err == (
        "Warning: the log cannot be written. The show goes on without it.\n"
    )
    assert len(terminal.getvalue().splitlines()) == 2


def test_afterwards_all_is_as_before(tmp_path: Path, terminal: Terminal) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("finale").level)
    with kept(Keeping(tmp_path / "log.jsonl", lambda: AT, terminal=terminal)):
        assert len(root.handlers) == len(before[1]) + 2

    assert (root.level, list(root.handlers), logging.getLogger("finale").level) == before
