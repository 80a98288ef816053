"""What an auditor holds against the server: the log as it is on disk, and what was promised."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from simulation.disk import Auditor
from simulation.network import Answer, Asked

from finale.show.events import ANY_EVENT
from finale.show.evolve import evolve
from finale.show.state import ShowState
from finale.store.event_log import GENESIS, Logged, chain


class Broken(AssertionError):
    """What must hold does not; the text says what was seen."""


def must(is_so: bool, text: str) -> None:
    """Raise Broken unless it is so."""
    if not is_so:
        raise Broken(text)


@dataclass(slots=True)
class Fall:
    """A running server died: when, and the deadlines that stood; `up_s` of starts that failed."""

    at: float
    deadlines: Mapping[str, float]
    up_s: float = 0.0


@dataclass(slots=True)
class Promises:
    """What people were told, as it was told; `losses` are spans that a finalist's model cost."""

    answers: dict[tuple[str, str], tuple[int, Answer]] = field(default_factory=dict)
    asked: dict[tuple[str, str], Asked] = field(default_factory=dict)
    cues: dict[str, str] = field(default_factory=dict)
    typing: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, int] = field(default_factory=dict)
    ballots: dict[tuple[int, str], int] = field(default_factory=dict)
    frames: dict[str, tuple[int, int]] = field(default_factory=dict)
    losses: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    undone_at: float = 0.0
    replaced_at: float = 0.0


class Audit:
    """Follows the log through a connection of its own and replays it, entry by entry."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.state: ShowState | None = None
        self.entries: list[Logged] = []
        self.hash = GENESIS
        self.seen = (0, 0)
        self.fall: Fall | None = None
        self.promises = Promises()

    @cached_property
    def disk(self) -> Auditor:
        """The second connection."""
        return Auditor(self._path)

    def news(self) -> list[Logged]:
        """The entries that were not read yet, each checked against the one before."""
        found: list[Logged] = []
        for seq, at, by, cause, text, hash_ in self.disk.rows_after(len(self.entries)):
            place = len(self.entries) + len(found) + 1
            must(seq == place, f"the log goes on with entry {seq} where {place} was to come")
            values = {"seq": seq, "at": at, "by": by, "cause": cause, "event": json.loads(text)}
            must(chain(self.hash, values) == hash_, f"entry {seq} does not fit the one before")
            self.hash = hash_
            found.append(Logged(seq, at, by, cause, ANY_EVENT.validate_json(text), hash_))
        return found

    def take(self, entry: Logged) -> None:
        """This entry has been looked at; go on."""
        self.entries.append(entry)
        self.state = evolve(self.state, entry.event)

    def close(self) -> None:
        """Look no more."""
        if "disk" in self.__dict__:
            self.disk.close()


Frame = dict[str, Any]
