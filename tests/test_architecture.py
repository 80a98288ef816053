"""The import rule: rooms look downwards only, and each outside package has one home."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from finale.config import ROOT

FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"run_finale"}),
    frozenset({"cli"}),
    frozenset({"commands"}),
    frozenset({"app", "sheet"}),
    frozenset({"api", "pages", "server"}),
    frozenset({"audience", "rehearsal"}),
    frozenset({"preflight"}),
    frozenset({"crew", "cast"}),
    frozenset({"judging"}),
    frozenset({"showrunner", "seating"}),
    frozenset(
        {
            "access",
            "endpoints",
            "languages",
            "questions",
            "toml_file",
            "toml_lines",
            "store",
            "llm",
            "clock",
            "config",
        }
    ),
    frozenset({"addresses", "destinations", "listeners"}),
    frozenset({"logs"}),
    frozenset({"show"}),
    frozenset({"scoring"}),
)
"""From the door down. A room may import what lies on a lower floor."""

NEIGHBOURS = {
    "config": {"endpoints", "questions", "toml_file"},
    "languages": {"config"},
    "questions": {"toml_file"},
    "toml_file": {"toml_lines"},
}
"""And these of its own floor, one way only."""

HOMES = {
    "babel": {"languages"},
    "boto3": {"llm"},
    "botocore": {"llm"},
    "fastapi": {"api", "app", "pages"},
    "httpcore": {"llm"},
    "httpx": {"llm"},
    "itsdangerous": {"access", "audience"},
    "markdown_it": {"pages.untrusted"},
    "nh3": {"pages.untrusted"},
    "nicegui": {"app", "pages"},
    "pydantic": {"audience", "config", "endpoints", "questions", "show", "toml_file"},
    "pydantic_core": {"toml_file"},
    "qtpy": {"commands.windows"},
    "rich": {"commands"},
    "segno": {"commands", "pages", "sheet"},
    "sqlalchemy": {"store"},
    "filelock": {"store"},
    "sqlmodel": {"store"},
    "structlog": {"logs"},
    "starlette": {"api", "app", "pages", "server"},
    "typer": {"cli", "commands"},
    "uvicorn": {"server"},
    "websockets": {"rehearsal"},
    "webview": {"commands.windows"},
    "zopfli": {"audience.page"},
}
"""Where each outside package may be imported: a room, or one module of it."""

NAMED = {
    "sqlalchemy": {"showrunner": {"Connection"}, "commands.record": {"Connection"}},
}
"""Names that may be used away from home: the type of what the store hands out."""

IMPURE = frozenset(
    {"asyncio", "datetime", "importlib", "os", "pathlib", "random", "secrets", "socket"}
    | {"subprocess", "tempfile", "threading", "time"}
)
"""What brings time, chance or the world into rooms that have none."""

PURE = {"scoring": IMPURE, "show": IMPURE}


def modules() -> Iterator[tuple[str, str]]:
    """Every module of the project by its dotted name, with its source."""
    paths = [ROOT / "run_finale.py", *ROOT.glob("finale/**/*.py"), *ROOT.glob("scoring/**/*.py")]
    for path in sorted(paths):
        yield _dotted(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def place_of(module: str) -> str:
    """The module's name within the house: `finale.show.views.host` is `show.views.host`."""
    return module.removeprefix("finale.")


def room_of(module: str) -> str:
    """The room that a module stands in."""
    return place_of(module).split(".")[0]


def floor_of(room: str) -> int | None:
    """The floor of a room, counted from the top; None if nobody has declared it."""
    return next((n for n, floor in enumerate(FLOORS) if room in floor), None)


def imported(source: str) -> Iterator[tuple[str, str]]:
    """Every import of a source, those in functions too: (module, name), "" for the whole module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((module, alias.name) for alias in node.names)


def breaches(module: str, source: str) -> list[str]:
    """What in `source` breaks the rule, one sentence each."""
    if module == "finale":
        return [f"{module} imports {name}: it is empty" for name, _ in imported(source)]
    if floor_of(room_of(module)) is None:
        return [f"{module}: nobody has declared the room {room_of(module)}"]
    found = [_breach(module, *what) for what in imported(source)]
    return [f"{module} {breach}" for breach in found if breach]


def _breach(module: str, target: str, name: str) -> str:
    top = target.split(".")[0]
    if not top:
        return f"imports {target}{name}: write the full name"
    if target == "finale":
        return _inside(module, f"finale.{name}")
    if top in ("finale", "scoring", "run_finale"):
        return _inside(module, target)
    if top in sys.stdlib_module_names:
        is_impure = top in PURE.get(room_of(module), ())
        return f"imports {top}: this room is pure" if is_impure else ""
    return _outside(module, top, name)


def _inside(module: str, target: str) -> str:
    here, there = room_of(module), room_of(target)
    floor, below = floor_of(here), floor_of(there)
    if below is None:
        return f"imports {target}: nobody has declared the room {there}"
    if here == there or there in NEIGHBOURS.get(here, ()):
        return ""
    assert floor is not None
    return "" if below > floor else f"imports {target}: {there} is not below {here}"


def _outside(module: str, package: str, name: str) -> str:
    if package not in HOMES:
        return f"imports {package}: nobody has given this package a home"
    place = place_of(module)
    homes = HOMES[package]
    if room_of(module) in homes or place in homes:
        return ""
    if name in NAMED.get(package, {}).get(place, ()):
        return ""
    return f"imports {package}: its home is {' and '.join(sorted(homes))}"


def test_no_module_breaks_the_import_rule() -> None:
    found = [breach for module, source in modules() for breach in breaches(module, source)]

    assert found == []


def test_every_declared_room_is_there() -> None:
    rooms = {room_of(module) for module, _ in modules()} - {"finale"}

    assert rooms == frozenset().union(*FLOORS)


def test_every_home_is_used_and_every_name_away_from_home_is_needed() -> None:
    used = {
        (target.split(".")[0], place)
        for module, source in modules()
        for target, _ in imported(source)
        for place in (place_of(module), room_of(module))
    }
    declared = {(package, home) for package, homes in HOMES.items() for home in homes}
    away = {(package, place) for package, places in NAMED.items() for place in places}

    assert (declared | away) - used == set()


PLANTED = [
    ("finale.show.cues", "import finale.store", "imports finale.store: store is not below show"),
    (
        "finale.crew.judge",
        "from finale.pages.parts import words",
        "imports finale.pages.parts: pages is not below crew",
    ),
    (
        "finale.crew.judge",
        "def late():\n    from finale import app\n",
        "imports finale.app: app is not below crew",
    ),
    (
        "finale.audience.gateway",
        "from finale.rehearsal import robots",
        "imports finale.rehearsal: rehearsal is not below audience",
    ),
    (
        "finale.toml_file",
        "from finale.questions import read_bank",
        "imports finale.questions: questions is not below toml_file",
    ),
    (
        "finale.store.record",
        "from finale.llm.base import Prompt",
        "imports finale.llm.base: llm is not below store",
    ),
    (
        "scoring.blend",
        "from finale.show.state import ShowState",
        "imports finale.show.state: show is not below scoring",
    ),
    ("scoring.blend", "import numpy", "imports numpy: nobody has given this package a home"),
    (
        "scoring.blend",
        "from pydantic import BaseModel",
        "imports pydantic: its home is audience and config and endpoints and questions and show "
        "and toml_file",
    ),
    ("scoring.blend", "import random", "imports random: this room is pure"),
    (
        "finale.show.rules",
        "def now():\n    import time\n    return time.time()\n",
        "imports time: this room is pure",
    ),
    (
        "finale.show.views.host",
        "from asyncio import sleep",
        "imports asyncio: this room is pure",
    ),
    (
        "finale.crew.judge",
        "from nicegui import ui",
        "imports nicegui: its home is app and pages",
    ),
    ("finale.pages.stage", "import nh3", "imports nh3: its home is pages.untrusted"),
    (
        "finale.showrunner",
        "from sqlalchemy import select",
        "imports sqlalchemy: its home is store",
    ),
    ("finale.showrunner", "import sqlalchemy", "imports sqlalchemy: its home is store"),
    (
        "finale.commands.serve",
        "from sqlalchemy import Connection",
        "imports sqlalchemy: its home is store",
    ),
    (
        "finale.crew.judge",
        "from finale.magic import wand",
        "imports finale.magic: nobody has declared the room magic",
    ),
    ("finale.crew.judge", "from . import drafter", "imports .drafter: write the full name"),
    (
        "finale.crew.judge",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import finale.app\n",
        "imports finale.app: app is not below crew",
    ),
]


@pytest.mark.parametrize(("module", "source", "sentence"), PLANTED)
def test_a_planted_breach_is_reported(module: str, source: str, sentence: str) -> None:
    assert breaches(module, source) == [f"{module} {sentence}"]


def test_a_room_that_nobody_has_declared_is_refused() -> None:
    assert breaches("finale.magic.wand", "") == [
        "finale.magic.wand: nobody has declared the room magic"
    ]


def test_the_house_itself_imports_nothing() -> None:
    assert breaches("finale", "import finale.app") == ["finale imports finale.app: it is empty"]


ALLOWED = [
    ("finale.showrunner", "from sqlalchemy import Connection"),
    ("finale.pages.stage", "from nicegui import ui\nfrom finale.show.views.stage import Tile"),
    ("finale.config", "from finale.questions import read_banks"),
    ("finale.cli", "def serve():\n    from finale.commands.serve import run\n"),
    ("scoring.blend", "import math\nfrom scoring.scales import points"),
]


@pytest.mark.parametrize(("module", "source"), ALLOWED)
def test_what_the_rule_allows_is_not_reported(module: str, source: str) -> None:
    assert breaches(module, source) == []


def test_rooms_say_what_they_are_and_nothing_else() -> None:
    found = {
        module: ast.unparse(ast.parse(source)).count("\n") + 1
        for module, source in modules()
        if "." in module and (ROOT / module.replace(".", "/") / "__init__.py").exists()
    }

    assert {module for module, lines in found.items() if lines > 4} == set()
    assert all(
        ast.get_docstring(ast.parse(source)) for module, source in modules() if module in found
    )
