"""What the house logs as an error that it did not expect."""

import logging
import sys
from collections.abc import Callable
from typing import Any

FORESEEN = ("log not written", "ballots not written", "model broke", "judge broke")


class Reports(logging.Handler):
    """Hands on every error in the log but those that the house foresees."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """A line of the house: its name and values."""
        line: Any = record.msg
        if line["event"] not in FORESEEN:
            error = line.get("exc_info")
            self._report(f"{line}: {sys.exception() if error is True else error!r}")
