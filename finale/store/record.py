"""The as-run record: what is exported after a show, and how anyone checks it.

Schema of `results.json` (version 1):

- `format`: 1. `title`, `rules_hash` (SHA-256 over `settings`), `settings`.
- `log`: `entries` and the `hash` of the last one, which stands for the whole of `events.jsonl`.
- `finalists`: `id`, `lectern`, `name`, `affiliation`, `endpoint`.
- `standings`: in place order `place`, `finalist`, `total`, `rounds_won`, `panel_points`,
  `judge_points`, `ballots`, `decided_by`, `is_shared`.
- `withdrawn`: `finalist`, `total`, `reason` of who left the show and holds no place.
- `rounds`: `round` (from 1), `question` (id), `is_sudden_death`, `is_void`, `letters` (letter to
  finalist), `ballots` (letter to count), `digest`, `is_forgotten` (the ballots were deleted after
  the count: `ballots.csv` has none), `void` (component to reason), `voided` (those that the host
  voided, with the host's reason), `floors`, and `scores`: per finalist `total` and per component
  `mark` (0 to 100, null if there is none), `points`, `weight`, `score`, `note`.

Numbers carry full precision; `results.csv` is the same per finalist, round and component.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finale.show.evolve import evolve
from finale.show.result import score_of, standings_of, withdrawn_of
from finale.show.state import RoundState, ShowState
from finale.store.ballots import digest
from finale.store.event_log import Logged, check_chain
from scoring.blend import COMPONENTS

RESULTS, TABLE, EVENTS, BALLOTS = "results.json", "results.csv", "events.jsonl", "ballots.csv"


@dataclass(frozen=True, slots=True)
class BallotRow:
    """One counted ballot as the record lists it; `round` counts from 1."""

    round: int
    receipt: str
    letter: str


def replay(entries: Sequence[Logged]) -> ShowState:
    """The state after all entries; ValueError if there are none."""
    state: ShowState | None = None
    for entry in entries:
        state = evolve(state, entry.event)
    if state is None:
        raise ValueError("the log is empty")
    return state


def write_record(folder: Path, entries: Sequence[Logged], ballots: Sequence[BallotRow]) -> None:
    """Write the four files of the record into `folder`, which is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    state = replay(entries)
    results = results_of(state, entries)
    (folder / EVENTS).write_text(_event_lines(entries), encoding="utf-8")
    (folder / RESULTS).write_text(_json(results), encoding="utf-8")
    (folder / TABLE).write_text(results_table(results), encoding="utf-8")
    (folder / BALLOTS).write_text(_ballot_table(ballots), encoding="utf-8")


def results_of(state: ShowState, entries: Sequence[Logged]) -> dict[str, Any]:
    """`results.json` as a value; a pure function of the log."""
    settings = state.rundown.settings
    return {
        "format": 1,
        "title": state.rundown.title,
        "rules_hash": state.rundown.rules_hash(),
        "settings": settings.model_dump(),
        "log": {"entries": len(entries), "hash": entries[-1].hash},
        "finalists": [
            {
                "id": finalist.id,
                "lectern": finalist.lectern,
                "name": finalist.name,
                "affiliation": finalist.affiliation,
                "endpoint": finalist.endpoint,
            }
            for finalist in state.rundown.finalists
        ],
        "standings": [
            {
                "place": standing.place,
                "finalist": standing.finalist,
                "total": standing.total,
                "rounds_won": standing.rounds_won,
                "panel_points": standing.panel_points,
                "judge_points": standing.judge_points,
                "ballots": standing.ballots,
                "decided_by": standing.decided_by,
                "is_shared": standing.is_shared,
            }
            for standing in standings_of(state)
        ],
        "withdrawn": [
            {
                "finalist": standing.finalist,
                "total": standing.total,
                "reason": state.withdrawn[standing.finalist],
            }
            for standing in withdrawn_of(state)
        ],
        "rounds": [_round(state, number, r) for number, r in enumerate(state.rounds, 1)],
    }


def _round(state: ShowState, number: int, round_: RoundState) -> dict[str, Any]:
    score = score_of(round_, state.rundown.settings)
    return {
        "round": number,
        "question": round_.question.id,
        "is_sudden_death": round_.is_sudden_death,
        "is_void": score.is_void,
        "letters": dict(sorted(round_.letters.items())),
        "ballots": dict(sorted((round_.counts or {}).items())),
        "digest": round_.digest,
        "is_forgotten": round_.is_forgotten,
        "void": dict(score.void),
        "is_panel_reduced": score.reduced,
        "voided": dict(sorted(round_.voided.items())),
        "floors": dict(score.floors),
        "scores": {
            finalist: {
                "total": of.total,
                **{
                    component: {
                        "mark": of.parts[component].mark,
                        "points": of.parts[component].points,
                        "weight": of.parts[component].weight,
                        "score": of.parts[component].score,
                        "note": of.parts[component].note,
                    }
                    for component in COMPONENTS
                },
            }
            for finalist, of in score.scores.items()
        },
    }


def results_table(results: dict[str, Any]) -> str:
    """`results.csv`: one line per round, finalist and component."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["round", "question", "finalist", "component", "mark", "points", "weight", "score"]
    )
    for round_ in results["rounds"]:
        for finalist, score in round_["scores"].items():
            for component in COMPONENTS:
                part = score[component]
                values = [part["mark"], part["points"], part["weight"], part["score"]]
                writer.writerow([round_["round"], round_["question"], finalist, component, *values])
    return out.getvalue()


def _event_lines(entries: Sequence[Logged]) -> str:
    return "".join(f"{entry.line()}\n" for entry in entries)


def _ballot_table(ballots: Sequence[BallotRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["round", "receipt", "letter"])
    for row in sorted(ballots, key=lambda row: (row.round, row.receipt)):
        writer.writerow([row.round, row.receipt, row.letter])
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


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
    _compare(json.loads(_json(expected)), found, RESULTS)
    if text != _json(expected):
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
    _compare_lines(_event_lines(entries), path)
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
        for index, (one, other) in enumerate(zip(expected, found, strict=True), 1):
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
