"""The show file, and where the project's own files are."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from finale.questions import read_banks
from finale.show.question import Question
from finale.show.rundown import LECTERNS, Finalist, Frozen, Line, Panellist, Rundown, Settings, Text
from finale.toml_file import BadFile, line_of, read_toml

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"
DEFAULT_SHOW = ASSETS / "show.toml"

Ids = Annotated[tuple[str, ...], Field(min_length=1, max_length=12)]


class FinalistEntry(Frozen):
    """One `[[finalist]]` of a show file."""

    name: Text
    say: Line = ""
    affiliation: Line = ""
    endpoint: Literal["understudy"] = "understudy"


class ShowFile(Frozen):
    """A show file as it is written; `assets/show.toml` is the commented example."""

    title: Text
    judge: Literal["understudy"] = "understudy"
    banks: tuple[str, ...] = Field(min_length=1)
    rounds: Ids
    reserve: str
    panel: tuple[Text, ...] = Field(default=(), max_length=12)
    finalist: tuple[FinalistEntry, ...] = Field(min_length=2, max_length=8)
    settings: Settings = Settings()


def read_show(path: Path) -> tuple[Rundown, dict[str, Question]]:
    """The plan of the show in `path`, and every question of its banks by id.

    Raises BadFile, which names file, line, field and what was expected.
    """
    show = read_toml(path, ShowFile)
    banks = [path.parent / bank for bank in show.banks]
    questions = read_banks(banks)
    rounds = tuple(
        _question(path, questions, ("rounds", i), id_) for i, id_ in enumerate(show.rounds)
    )
    rundown = Rundown(
        title=show.title,
        finalists=_finalists(show),
        panel=tuple(
            Panellist(id=f"panel-{number}", name=name) for number, name in enumerate(show.panel, 1)
        ),
        judge=f"{show.judge} judge",
        rounds=rounds,
        reserve=_question(path, questions, ("reserve",), show.reserve),
        settings=show.settings,
    )
    _check_repeats(path, show)
    return rundown, questions


def _finalists(show: ShowFile) -> tuple[Finalist, ...]:
    return tuple(
        Finalist(
            id=f"finalist-{lectern.lower()}",
            lectern=lectern,
            name=entry.name,
            say=entry.say,
            affiliation=entry.affiliation,
            endpoint=f"{entry.endpoint} {number}",
        )
        for number, (lectern, entry) in enumerate(zip(LECTERNS, show.finalist, strict=False), 1)
    )


def _question(
    path: Path, questions: dict[str, Question], place: tuple[str | int, ...], name: str
) -> Question:
    if name in questions:
        return questions[name]
    field = place[0] if len(place) == 1 else f"{place[0]}[{int(place[1]) + 1}]"
    raise BadFile(
        path,
        line_of(path, place),
        str(field),
        "the id of a question in the banks",
        f"“{name}”",
        'The ids stand in the question files as id = "…".',
    )


def _check_repeats(path: Path, show: ShowFile) -> None:
    asked = [*show.rounds, show.reserve]
    for index, name in enumerate(asked):
        if name not in asked[:index]:
            continue
        is_reserve = index == len(show.rounds)
        place: tuple[str | int, ...] = ("reserve",) if is_reserve else ("rounds", index)
        field = "reserve" if is_reserve else f"rounds[{index + 1}]"
        raise BadFile(
            path,
            line_of(path, place),
            field,
            "a question that is not asked yet",
            f"“{name}” again",
            "Choose another question.",
        )
