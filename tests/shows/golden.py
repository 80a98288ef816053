"""Golden shows: readable logs whose outcome was worked out by hand, told, written and read.

The first line of a file is its header: what it shows, and what must come out. Every other line is
one event, with the time and who asked; the first event of a command carries the command too.
A command that the rules refuse is a line of its own, with the sentence.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from story import Story, rundown

from finale.show import commands as c
from finale.show.events import ANY_EVENT, Event
from finale.show.refused import Refused
from finale.show.rules import known_commands
from finale.show.rundown import Rundown

HERE = Path(__file__).parent
COMMANDS = {command.__name__: command for command in known_commands()}
V, W, X, Y, Z = (f"finalist-{lectern}" for lectern in "vwxyz")


@dataclass(frozen=True, slots=True)
class Expected:
    """What was worked out by hand; what a show is not about is left out.

    Finalists go by their lecterns. `standings` are (lectern, place, total) in order, `decided_by`
    what separates a lectern from the one above. The rest has one entry a round: `points` of
    judge, panel and audience, `totals`, `letters`, `void` by component, `took` by lectern, and
    `reduced`, whether the panel was.
    `answers` are the blind texts on stage at the end, `refused` the sentences in their order.
    What stands below `refused` is what people see, worked out by hand too; `shows.seen` says how.
    """

    phase: str
    standings: list[tuple[str, int, float]]
    decided_by: dict[str, str] = field(default_factory=dict)
    points: list[dict[str, tuple[float, float, float]]] = field(default_factory=list)
    totals: list[dict[str, float]] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    void: list[dict[str, str]] = field(default_factory=list)
    reduced: list[bool] | None = None
    took: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[str, float] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    times: dict[str, list[float]] | None = None
    consoles: dict[str, list[str]] | None = None
    desk: list[str] | None = None
    hall: list[str] | None = None
    alike: int | None = None
    influence: dict[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What a golden show is about: `clauses` of the rules, `look_at`, the sums in words."""

    title: str
    clauses: list[str]
    look_at: str
    by_hand: str
    expected: Expected


@dataclass(frozen=True, slots=True)
class Line:
    """One line after the header."""

    at: float
    by: str
    asked: Mapping[str, Any] | None = None
    event: Mapping[str, Any] | None = None
    refused: str = ""

    def request(self) -> c.Request:
        """What was asked; ValueError if this line asks nothing."""
        if self.asked is None:
            raise ValueError("nothing was asked here")
        values = dict(self.asked)
        command = COMMANDS[values.pop("is")].model_validate(values)
        return c.Request(id="any", by=self.by, command=command)

    def happened(self) -> Event:
        """The event of this line."""
        return ANY_EVENT.validate_python(self.event)


class Told(Story):
    """A story that keeps what was asked, what came of it, and what was refused."""

    def __init__(self, plan: Rundown) -> None:
        super().__init__(plan)
        self.lines = [Line(self.now, "crew", event=_json(self.log[0]))]

    def ask(self, command: c.Command, by: str = "host") -> list[Event]:
        """As in a story."""
        asked = {"is": type(command).__name__, **_json(command)}
        try:
            events = super().ask(command, by)
        except Refused as refused:
            self.lines.append(Line(self.now, by, asked, refused=str(refused)))
            raise
        for number, event in enumerate(events):
            self.lines.append(Line(self.now, by, None if number else asked, _json(event)))
        return events


def _json(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value.model_dump_json())
    return found


def plan(finalists: int = 2, panel: int = 3, rounds: int = 1, **settings: Any) -> Rundown:
    """A small plan: two finalists, three experts, one round."""
    return rundown(finalists, panel, rounds, **settings)


RAW = {"judge": "raw", "panel": "raw", "audience": "raw"}
RANK = {"judge": "rank", "panel": "rank", "audience": "rank"}


@dataclass(frozen=True, slots=True)
class Golden:
    """A show by its file name: how it is told, and its header."""

    name: str
    header: Header
    plan: Rundown
    tell: Callable[[Story], None]


SHOWS: dict[str, Golden] = {}


def golden(
    name: str, plan: Rundown, header: Header
) -> Callable[[Callable[[Story], None]], Callable[[Story], None]]:
    """Keep the decorated story as the golden show of that name."""

    def keep(tell: Callable[[Story], None]) -> Callable[[Story], None]:
        if name in SHOWS:
            raise ValueError(f"there are two shows named {name}")
        SHOWS[name] = Golden(name, header, plan, tell)
        return tell

    return keep


def text_of(show: Golden) -> str:
    """The file of a golden show."""
    story = Told(show.plan)
    show.tell(story)
    header = asdict(show.header)
    header["expected"] = _without_gaps(header["expected"], None)
    lines = [header, *(_without_gaps(asdict(line), None, "") for line in story.lines)]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _without_gaps(values: Mapping[str, Any], *gaps: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in gaps}


def read(path: Path) -> tuple[Header, list[Line]]:
    """The header and the lines of a file."""
    first, *rest = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    values = json.loads(first)
    expected = Expected(**values.pop("expected"))
    return Header(**values, expected=expected), [Line(**json.loads(line)) for line in rest]
