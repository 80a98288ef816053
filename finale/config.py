"""The show file, and where the project's own files are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from finale.endpoints import UNDERSTUDY, EndpointEntry, SeatEntry
from finale.questions import read_banks
from finale.show.phrase import Language
from finale.show.question import Question
from finale.show.rundown import (
    LECTERNS,
    LONGEST_ALONE,
    LONGEST_SHORT,
    Calibration,
    Finalist,
    Frozen,
    Name,
    Panellist,
    Rundown,
    Said,
    Settings,
    ShortName,
    Text,
    Title,
)
from finale.toml_file import BadFile, line_of, read_toml

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"
DEFAULT_SHOW = ASSETS / "show.toml"

Ids = Annotated[tuple[str, ...], Field(min_length=1, max_length=12)]


class FinalistEntry(Frozen):
    """One `[[finalist]]` of a show file."""

    name: Name
    short: ShortName = ""
    say: Said = ""
    affiliation: Said = ""
    endpoint: SeatEntry = UNDERSTUDY

    @model_validator(mode="after")
    def _fits_narrow_places(self) -> Self:
        if len(self.name) > LONGEST_ALONE and not self.short:
            raise ValueError(
                f"expected also short = “…”, {LONGEST_SHORT} characters at most, for narrow "
                f"places: the name has {len(self.name)}"
            )
        return self


class RecusalEntry(Frozen):
    """One `[[recusal]]`: this expert's cards for this finalist do not count. Both by name."""

    expert: Text
    finalist: Text


class ShowFile(Frozen):
    """A show file as it is written; `assets/show.toml` is the commented example."""

    title: Title
    language: Language = "en"
    judge: SeatEntry = UNDERSTUDY
    spare_judge: EndpointEntry | None = None
    judge_calls: int = Field(15, ge=1, le=64)
    banks: tuple[str, ...] = Field(min_length=1)
    rounds: Ids
    reserve: str
    spares: tuple[str, ...] = Field((), max_length=12)
    practice: str = ""
    panel: tuple[Name, ...] = Field(default=(), max_length=12)
    finalist: tuple[FinalistEntry, ...] = Field(min_length=2, max_length=8)
    recusal: tuple[RecusalEntry, ...] = ()
    calibration: Calibration | None = None
    settings: Settings = Settings()


@dataclass(frozen=True, slots=True)
class ShowPlan:
    """A show file as it was read: the plan, which is logged, and what stays out of the log.

    `questions` are all of the banks' by id, `endpoints` the finalists' models by seat,
    `judge_calls` how many calls to judges may run at a time.
    """

    rundown: Rundown
    questions: Mapping[str, Question]
    endpoints: Mapping[str, SeatEntry]
    judge: SeatEntry
    spare_judge: EndpointEntry | None
    judge_calls: int


def banks_of(path: Path) -> tuple[str, ...]:
    """The banks as the show file in `path` names them. Raises BadFile as `read_show` does."""
    return read_toml(path, ShowFile).banks


def read_show(path: Path) -> ShowPlan:
    """The plan of the show in `path`, with its questions and models.

    Raises BadFile, which names file, line, field and what was expected.
    """
    show = read_toml(path, ShowFile)
    _check_names(path, show)
    banks = [path.parent / bank for bank in show.banks]
    questions = read_banks(banks)
    asked = {place: _question(path, questions, place, id_) for place, id_ in _asked(show).items()}
    rundown = Rundown(
        title=show.title,
        finalists=_finalists(show),
        panel=_panel(path, show),
        judge=f"{UNDERSTUDY} judge" if show.judge == UNDERSTUDY else show.judge.label,
        language=show.language,
        rounds=_those(asked, "rounds"),
        reserve=asked["reserve",],
        spares=_those(asked, "spares"),
        practice=asked.get(("practice",)),
        calibration=show.calibration,
        settings=show.settings,
    )
    _check_repeats(path, show)
    seats = zip(rundown.finalists, show.finalist, strict=True)
    endpoints = {finalist.id: entry.endpoint for finalist, entry in seats}
    return ShowPlan(rundown, questions, endpoints, show.judge, show.spare_judge, show.judge_calls)


def _check_names(path: Path, show: ShowFile) -> None:
    """Nobody may be mistaken for another on a screen, nor be recused for one."""
    spots: list[tuple[Spot, str]] = [
        (("finalist", index, "name"), entry.name) for index, entry in enumerate(show.finalist)
    ]
    spots += [
        (("finalist", index, "short"), entry.short)
        for index, entry in enumerate(show.finalist)
        if entry.short and entry.short != entry.name
    ]
    experts: list[tuple[Spot, str]] = [
        (("panel", index), name) for index, name in enumerate(show.panel)
    ]
    for named in (spots, experts):
        seen: set[str] = set()
        for spot, name in named:
            if name.casefold() in seen:
                field = "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in spot)
                raise BadFile(
                    path,
                    line_of(path, spot),
                    field.removeprefix("."),
                    "a name that nobody else here has",
                    f"“{name}” again",
                    "Tell the two apart, by a second name or an initial.",
                )
            seen.add(name.casefold())


def _finalists(show: ShowFile) -> tuple[Finalist, ...]:
    return tuple(
        Finalist(
            id=f"finalist-{lectern.lower()}",
            lectern=lectern,
            name=entry.name,
            short=entry.short,
            say=entry.say,
            affiliation=entry.affiliation,
            endpoint=_label(entry.endpoint, number),
        )
        for number, (lectern, entry) in enumerate(zip(LECTERNS, show.finalist, strict=False), 1)
    )


def _label(entry: SeatEntry, number: int) -> str:
    return f"{UNDERSTUDY} {number}" if entry == UNDERSTUDY else entry.label


def _panel(path: Path, show: ShowFile) -> tuple[Panellist, ...]:
    seats = {
        entry.name: f"finalist-{lectern.lower()}"
        for lectern, entry in zip(LECTERNS, show.finalist, strict=False)
    }
    recused: dict[str, list[str]] = {name: [] for name in show.panel}
    for index, entry in enumerate(show.recusal):
        for kind, name, known in (
            ("expert", entry.expert, list(recused)),
            ("finalist", entry.finalist, list(seats)),
        ):
            if name not in known:
                raise _stranger(path, (index, kind), name)
        recused[entry.expert].append(seats[entry.finalist])
    return tuple(
        Panellist(id=f"panel-{number}", name=name, recused=tuple(recused[name]))
        for number, name in enumerate(show.panel, 1)
    )


def _stranger(path: Path, entry: tuple[int, str], name: str) -> BadFile:
    index, kind = entry
    return BadFile(
        path,
        line_of(path, ("recusal", index, kind)),
        f"recusal[{index + 1}].{kind}",
        f"the name of one of the show’s {kind}s",
        f"“{name}”",
        "Write the name as it stands in this file.",
    )


Spot = tuple[str | int, ...]


def _asked(show: ShowFile) -> dict[Spot, str]:
    """Every question that the show file names, by its place there."""
    asked: dict[Spot, str] = {("rounds", i): name for i, name in enumerate(show.rounds)}
    asked["reserve",] = show.reserve
    asked |= {("spares", i): name for i, name in enumerate(show.spares)}
    return asked | ({("practice",): show.practice} if show.practice else {})


def _those(asked: dict[Spot, Question], key: str) -> tuple[Question, ...]:
    return tuple(question for place, question in asked.items() if place[0] == key)


def _question(path: Path, questions: dict[str, Question], place: Spot, name: str) -> Question:
    if name in questions:
        return questions[name]
    raise BadFile(
        path,
        line_of(path, place),
        _field(place),
        "the id of a question in the banks",
        f"“{name}”",
        'The ids stand in the question files as id = "…".',
    )


def _field(place: Spot) -> str:
    return str(place[0]) if len(place) == 1 else f"{place[0]}[{int(place[1]) + 1}]"


def _check_repeats(path: Path, show: ShowFile) -> None:
    seen: set[str] = set()
    for place, name in _asked(show).items():
        if name in seen:
            raise BadFile(
                path,
                line_of(path, place),
                _field(place),
                "a question that is not asked yet",
                f"“{name}” again",
                "Choose another question.",
            )
        seen.add(name)
