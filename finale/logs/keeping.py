"""Where the lines go: all of them into a file, warnings to the terminal, every one redacted."""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

from structlog.stdlib import ProcessorFormatter

from finale.logs.faults import traced, without_quotes
from finale.logs.lines import Line, as_json, for_people
from finale.logs.redaction import Redactor, secrets_of

LARGEST_FILE = 5_000_000
"""Bytes: some ten shows. The two files before it are kept as `log.jsonl.1` and `.2`."""

OLD_FILES = 2
_FIRST = ("time", "level", "event", "show", "round", "phase", "seat")


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a log is kept: the file, the show's time, and whether the terminal is for machines."""

    file: Path
    now: Callable[[], float]
    is_json: bool = False
    terminal: TextIO = field(default_factory=lambda: sys.stderr)


class Logs:
    """The log that is kept: what it must hide, and what every line of it says beside the event."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Nothing is hidden but what looks like a secret; no line says more than its event."""
        self.redactor = Redactor()
        self._now = now
        self._about: Callable[[], Mapping[str, object]] = dict

    def know(self, secrets: Iterable[str]) -> None:
        """Never write these values."""
        self.redactor.know(secrets)

    def about(self, values: Callable[[], Mapping[str, object]]) -> None:
        """Ask `values` at each line where the show stands."""
        self._about = values

    def finish(self, _logger: Any, _method: str, line: Line) -> Line:
        """A processor: time, place in the show and the exception, as plain values."""
        record: logging.LogRecord = line.pop("_record")
        error = _error_of(line.pop("exc_info", None))
        if not line.pop("_from_structlog"):
            # Another library's words: more than the first line quotes whatever was at hand.
            line["event"] = without_quotes(line["event"].strip().split("\n")[0])
            line.pop("stack_info", None)
        if isinstance(record.msg, BaseException):
            error, line["event"] = record.msg, "a library failed"
        at = datetime.fromtimestamp(self._now(), UTC).isoformat(timespec="milliseconds")
        said = {"time": at, "level": record.levelname.lower(), "logger": record.name}
        values = {**self._about(), **line, **(traced(error) if error else {}), **said}
        return {**{name: values[name] for name in _FIRST if name in values}, **values}


def _error_of(found: Any) -> BaseException | None:
    """The exception in what a logger was given as `exc_info`."""
    if found is True:
        return sys.exc_info()[1]
    error = found[1] if isinstance(found, tuple) else found
    return error if isinstance(error, BaseException) else None


class _Quiet(logging.Handler):
    """A handler that breaks says so once, without the line that broke it, and stops nothing."""

    has_broken = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Instead of a traceback with the raw line."""
        if not self.has_broken:
            self.has_broken = True
            sys.stderr.write("Warning: the log cannot be written. The show goes on without it.\n")


class _File(_Quiet, RotatingFileHandler):
    def _open(self) -> Any:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()


class _Terminal(_Quiet, logging.StreamHandler[TextIO]):
    pass


@contextmanager
def kept(keeping: Keeping) -> Iterator[Logs]:
    """Keep the log of this process until the block ends; other libraries' lines go the same way."""
    logs = Logs(keeping.now)
    handlers = (_file(keeping, logs), _terminal(keeping, logs))
    root, own = logging.getLogger(), logging.getLogger("finale")
    before = (root.level, own.level)
    root.setLevel(logging.WARNING)
    own.setLevel(logging.INFO)
    logging.captureWarnings(True)
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield logs
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
        logging.captureWarnings(False)
        root.setLevel(before[0])
        own.setLevel(before[1])


@contextmanager
def on_terminal(now: Callable[[], float]) -> Iterator[Logs]:
    """Warnings to standard error until the block ends, for people to read; nothing on file."""
    logs, root = Logs(now), logging.getLogger()
    handler = _Terminal(sys.stderr)
    is_coloured = sys.stderr.isatty()
    handler.setFormatter(_formatter(logs, partial(for_people, is_coloured=is_coloured)))
    handler.setLevel(logging.WARNING)
    logs.know(secrets_of(os.environ))
    root.addHandler(handler)
    try:
        yield logs
    finally:
        root.removeHandler(handler)


def _file(keeping: Keeping, logs: Logs) -> logging.Handler:
    file = _File(
        keeping.file, maxBytes=LARGEST_FILE, backupCount=OLD_FILES, encoding="utf-8", delay=True
    )
    file.setFormatter(_formatter(logs, as_json))
    return file


def _terminal(keeping: Keeping, logs: Logs) -> logging.Handler:
    terminal = _Terminal(keeping.terminal)
    is_person = keeping.terminal.isatty() and not keeping.is_json
    terminal.setFormatter(_formatter(logs, for_people if is_person else as_json))
    terminal.setLevel(logging.INFO if keeping.is_json else logging.WARNING)
    return terminal


def _formatter(logs: Logs, rendered: Callable[[Line], str]) -> ProcessorFormatter:
    def render(_logger: Any, _method: str, line: Line) -> str:
        # Once more when it is whole: a secret may have been cut in two between values.
        return logs.redactor.clean(rendered(line))

    return ProcessorFormatter(processors=[logs.finish, logs.redactor, render], use_get_message=True)
