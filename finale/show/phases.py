"""How the show moves: the phases, the one table of moves between them, and Hold.

How the show moves
------------------
A round runs question -> tuning -> locked -> reading -> marking -> judge reveal -> appeal ->
reveal -> standings. The lobby comes before the first round, a break may stand between two rounds,
and after the last round a tie for first place leads through sudden death into one more round;
champion is the end.

`MOVES` is the only place where that order is written. Each row says from where, to where, who
starts it (the host's Next, the clock, or the server by itself) and the name of the guard that
must have nothing to say against it. The guards are in `cues`. The diagram in the README and the
run sheet are printed from the same rows, so they cannot disagree with the show.

Hold and blackout are flags over any phase, not phases; where no clock runs a hold keeps the
next step back. Steps inside a phase (one answer after
the other, one component after the other) do not change the phase; they are cues too.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Phase(StrEnum):
    """Where a round stands."""

    LOBBY = "lobby"
    QUESTION = "question"
    TUNING = "tuning"
    LOCKED = "locked"
    READING = "reading"
    MARKING = "marking"
    JUDGE_REVEAL = "judge_reveal"
    APPEAL = "appeal"
    REVEAL = "reveal"
    STANDINGS = "standings"
    BREAK = "break"
    SUDDEN_DEATH = "sudden_death"
    CHAMPION = "champion"


Mover = Literal["host", "clock", "server"]


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: a step from one phase to another."""

    source: Phase
    target: Phase
    by: tuple[Mover, ...]
    label: str
    guard: str = ""


MOVES: tuple[Move, ...] = (
    Move(Phase.LOBBY, Phase.QUESTION, ("host",), "Show question {round}"),
    Move(Phase.QUESTION, Phase.TUNING, ("host", "clock"), "Start tuning"),
    Move(Phase.TUNING, Phase.LOCKED, ("clock", "server"), "Lock the answers", "tuning_over"),
    Move(Phase.LOCKED, Phase.STANDINGS, ("server",), "Void round", "no_answers"),
    Move(Phase.LOCKED, Phase.READING, ("server",), "Show the answers", "some_answers"),
    Move(Phase.READING, Phase.MARKING, ("host",), "Open the vote", "all_read"),
    Move(Phase.MARKING, Phase.JUDGE_REVEAL, ("host",), "Reveal the judge’s marks", "all_marked"),
    Move(Phase.JUDGE_REVEAL, Phase.APPEAL, ("host",), "Open the appeals"),
    Move(Phase.APPEAL, Phase.REVEAL, ("host", "clock"), "Go to the reveal", "no_open_appeal"),
    Move(Phase.REVEAL, Phase.STANDINGS, ("host",), "Show the standings", "all_revealed"),
    Move(Phase.STANDINGS, Phase.QUESTION, ("host",), "Show question {round}", "rounds_left"),
    Move(Phase.STANDINGS, Phase.BREAK, ("host",), "Take a break", "rounds_left"),
    Move(Phase.BREAK, Phase.QUESTION, ("host",), "Show question {round}"),
    Move(Phase.STANDINGS, Phase.SUDDEN_DEATH, ("host",), "Announce sudden death", "tied"),
    Move(Phase.SUDDEN_DEATH, Phase.QUESTION, ("host",), "Show the reserve question"),
    Move(Phase.STANDINGS, Phase.CHAMPION, ("host",), "Crown the champion", "decided"),
)


def moves_from(phase: Phase) -> tuple[Move, ...]:
    """The rows that start in `phase`, in table order."""
    return tuple(move for move in MOVES if move.source == phase)


def as_mermaid() -> str:
    """The table as a Mermaid state diagram, for the README."""
    lines = ["stateDiagram-v2", "    [*] --> lobby"]
    lines += [f"    {m.source} --> {m.target}: {' or '.join(m.by)}" for m in MOVES]
    return "\n".join([*lines, "    champion --> [*]"])
