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

Where `publish_prompts` is false, `events.jsonl` has the SHA-256 of every system prompt, and of
every draft that was not submitted, in place of its words; the hash chain is the same as with them.
The host’s messages stand in it either way: they are no finalist’s work, and what one finalist was
told concerns the others.

Numbers carry full precision; `results.csv` is the same per finalist, round and component.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from finale.show.events import DraftRecorded, DraftStarted, Event
from finale.show.evolve import evolve
from finale.show.result import score_of, standings_of, withdrawn_of
from finale.show.state import RoundState, ShowState
from finale.store.event_log import Logged, seal
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
    (folder / EVENTS).write_text(event_lines(_published(state, entries)), encoding="utf-8")
    (folder / RESULTS).write_text(results_text(results), encoding="utf-8")
    (folder / TABLE).write_text(results_table(results), encoding="utf-8")
    (folder / BALLOTS).write_text(_ballot_table(ballots), encoding="utf-8")


def _published(state: ShowState, entries: Sequence[Logged]) -> list[Logged]:
    """The log as the finalists were told that it would be published."""
    if state.rundown.settings.publish_prompts:
        return list(entries)
    return [replace(entry, event=_discreet(state, entry.event)) for entry in entries]


def _discreet(state: ShowState, event: Event) -> Event:
    if isinstance(event, DraftStarted):
        return event.model_copy(update={"system": seal(event.system)})
    if isinstance(event, DraftRecorded):
        kept = state.rounds[event.round].submissions.get(event.finalist)
        if kept is None or kept.draft != event.draft:
            return event.model_copy(update={"text": seal(event.text)})
    return event


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


def event_lines(entries: Sequence[Logged]) -> str:
    """`events.jsonl`: one line per entry."""
    return "".join(f"{entry.line()}\n" for entry in entries)


def _ballot_table(ballots: Sequence[BallotRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["round", "receipt", "letter"])
    for row in sorted(ballots, key=lambda row: (row.round, row.receipt)):
        writer.writerow([row.round, row.receipt, row.letter])
    return out.getvalue()


def results_text(value: Any) -> str:
    """`results.json`."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
