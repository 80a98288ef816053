"""Whether a record agrees with its own log: everything in it is computed again."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

from finale.show.state import ShowState
from finale.store.ballots import digest
from finale.store.event_log import Logged, check_chain
from finale.store.record import (
    BALLOTS,
    EVENTS,
    RESULTS,
    TABLE,
    event_lines,
    replay,
    results_of,
    results_table,
    results_text,
)


def verify_record(folder: Path) -> ShowState:
    """Recompute everything in `folder` from its log alone; the state it ends in.

    Raises ValueError that names the first place that differs, OSError if a file is missing.
    """
    entries = _read_events(folder / EVENTS)
    state = replay(entries)
    text = (folder / RESULTS).read_text(encoding="utf-8")
    expected = results_of(state, entries)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{RESULTS} line {error.lineno}: this is not JSON") from error
    _compare(json.loads(results_text(expected)), found, RESULTS)
    if text != results_text(expected):
        raise ValueError(f"{RESULTS}: the values agree, the text was changed")
    _compare_lines(results_table(expected), folder / TABLE)
    _check_ballots(state, folder / BALLOTS)
    return state


def _read_events(path: Path) -> list[Logged]:
    text = path.read_text(encoding="utf-8")
    # Not splitlines: an answer may hold a line separator of Unicode's, which JSON leaves as it is.
    lines = text.removesuffix("\n").split("\n")
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise ValueError(f"{EVENTS} line {number}: this is not JSON") from error
    try:
        entries = check_chain(rows)
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{EVENTS}: {error}") from error
    _compare_lines(event_lines(entries), path)
    return entries


def _compare(expected: Any, found: Any, place: str) -> None:
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in [*expected, *(key for key in found if key not in expected)]:
            if key not in found or key not in expected:
                state = "missing" if key not in found else "not in the log"
                raise ValueError(f"{place}: {key} is {state}")
            _compare(
                expected[key],
                found[key],
                f"{place}: {key}" if ":" not in place else f"{place}.{key}",
            )
        return
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            _compare(one, other, f"{place}[{index}]")
        return
    if expected != found or type(expected) is not type(found):
        raise ValueError(f"{place}: the record says {found!r}, the log gives {expected!r}")


def _compare_lines(expected: str, path: Path) -> None:
    found = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(expected.split("\n"), 1):
        other = found[number - 1] if number <= len(found) else "nothing"
        if line != other:
            raise ValueError(
                f"{path.name} line {number}: the record says {other}, the log gives {line}"
            )
    if len(found) != len(expected.split("\n")):
        raise ValueError(
            f"{path.name} line {len(expected.split(chr(10)))}: there is more than the log gives"
        )


def _check_ballots(state: ShowState, path: Path) -> None:
    by_round = _listed(path)
    for number, round_ in enumerate(state.rounds, 1):
        if round_.counts is None:
            continue
        listed = by_round.pop(str(number), [])
        if round_.is_forgotten and not listed:
            continue
        if round_.is_forgotten:
            raise ValueError(f"{path.name}: the ballots of round {number} were deleted")
        if digest(listed) != round_.digest:
            raise ValueError(f"{path.name}: the ballots of round {number} do not give its digest")
        counts = Counter(letter for _, letter in listed)
        if counts != Counter(round_.counts):
            raise ValueError(f"{path.name}: the ballots of round {number} do not give its count")
    if by_round:
        raise ValueError(f"{path.name}: round {next(iter(by_round))} was not counted")


def _listed(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The (receipt, letter) of each ballot in the list, by round."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or rows[0] != ["round", "receipt", "letter"]:
        raise ValueError(f"{path.name} line 1: expected the heading round,receipt,letter")
    by_round: dict[str, list[tuple[str, str]]] = {}
    for line, row in enumerate(rows[1:], 2):
        if len(row) != 3:
            raise ValueError(f"{path.name} line {line}: expected round,receipt,letter")
        by_round.setdefault(row[0], []).append((row[1], row[2]))
    return by_round
