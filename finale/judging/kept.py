"""The raw results of a check on file: what was paid for is never written over."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from finale.judging.base import Reply

Value = dict[str, Any]


class CheckStopped(Exception):
    """The check cannot go on; the text says why and what to do."""


class Kept:
    """One JSON object a line, the first of which says what the others are of.

    Lines are only added. A last line that was half written is left out of a copy, which then takes
    the file's place.
    """

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        """Raises CheckStopped if the file cannot be used, or is of another judge or other pairs."""
        self.path = path
        self.values: dict[str, Value] = {}
        head = json.dumps({"about": dict(about)}, ensure_ascii=False)
        try:
            whole, end, torn = (path.read_bytes() if path.exists() else b"").rpartition(b"\n")
            lines = whole.split(b"\n") if end else []
            if not (lines[0] == head.encode() if lines else head.encode().startswith(torn)):
                raise CheckStopped(
                    f"{path} has results of another judge, asked in another way, or of other "
                    "pairs. Move it away, or name another with --raw."
                )
            for number, line in enumerate(lines[1:], 2):
                self._take(number, line)
            self._open(head, whole + end, is_torn=bool(torn))
        except OSError as error:
            why = (error.strerror or "no reason given").lower()
            text = f"{path} cannot be written ({why}). Name another place with --raw."
            raise CheckStopped(text) from error

    def _take(self, number: int, line: bytes) -> None:
        try:
            row = json.loads(line)
            key, value = row["key"], row["value"]
        except (ValueError, KeyError, TypeError, RecursionError):
            key = value = None
        if not (isinstance(key, str) and _is_result(key, value)):
            raise CheckStopped(f"{self.path}, line {number}: this is no result. Take it out.")
        self.values[key] = value

    def _open(self, head: str, kept: bytes, *, is_torn: bool) -> None:
        if is_torn:
            copy = self.path.with_name(f"{self.path.name}.new")
            copy.write_bytes(kept)
            copy.replace(self.path)
        with self.path.open("a", encoding="utf-8") as file:
            if not kept:
                file.write(f"{head}\n")

    def keep(self, file: TextIO, key: str, value: Value, replies: Sequence[Reply]) -> None:
        """One result, on file before it counts."""
        row = {"key": key, "value": value, "replies": [asdict(reply) for reply in replies]}
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        self.values[key] = value


def _is_result(key: str, value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if key.startswith("pair/"):
        return type(value.get("better")) is int and value["better"] in (1, 2)
    mark = value.get("mark")
    is_mark = isinstance(mark, int | float) and not isinstance(mark, bool) and math.isfinite(mark)
    return is_mark and isinstance(value.get("flags"), list)
