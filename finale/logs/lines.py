"""How a line looks: JSON for files and machines, a few words for a person at a terminal."""

import json
import unicodedata
from collections.abc import MutableMapping
from datetime import datetime
from typing import Any

Line = MutableMapping[str, Any]

_ON_FILE = frozenset({"show", "trace", "after", "logger", "time", "level", "event"})
"""What a person at the terminal is spared, or reads at the beginning of the line."""

_COLOURS = {"info": "2", "warning": "33", "error": "1;31", "critical": "1;31"}


def as_json(line: Line) -> str:
    """One object, with nothing that a terminal or a browser would act on."""
    return json.dumps(line, ensure_ascii=True, default=str)


def for_people(line: Line, *, is_coloured: bool = True) -> str:
    """`21:14:07 warning  the heartbeat could not be written  round=2 error=…`, local time."""
    at = datetime.fromisoformat(line["time"]).astimezone().strftime("%H:%M:%S")
    colour = _COLOURS.get(line["level"], "0")
    values = "  ".join(f"{name}={line[name]}" for name in line if name not in _ON_FILE)
    words = _plain(f"{line['event']}  {values}".rstrip())
    if not is_coloured:
        return f"{at} {line['level']:<8} {words}"
    return f"{at} \x1b[{colour}m{line['level']:<8}\x1b[0m {words}"


def _plain(text: str) -> str:
    """Without control characters: a line that came from a browser must not steer the terminal."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
