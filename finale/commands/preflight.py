"""`preflight`: GO or NO-GO before the doors, as a table or as JSON."""

import asyncio
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from finale.cast import Means
from finale.clock import Clock
from finale.commands.terminal import err, fail, out
from finale.config import read_show
from finale.llm.wire import Wire
from finale.logs.keeping import on_terminal
from finale.preflight.base import Finding, is_go
from finale.preflight.machine import Place
from finale.preflight.run import Flight, check
from finale.seating import secrets
from finale.toml_file import BadFile

NO_GO = 1
COLOURS = {"go": "green", "watch": "yellow", "no-go": "bold red"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which show is checked, and where it will be served."""

    show: Path
    place: Place
    is_json: bool


def run(wanted: Wanted) -> None:
    """Check everything; exit 0 if it is GO, 1 if it is NO-GO or the show file is wrong."""
    try:
        found = asyncio.run(_check(wanted))
    except (BadFile, ValueError) as problem:
        raise fail(problem) from problem
    if wanted.is_json:
        rows = [asdict(finding) for finding in found]
        out.print_json(json.dumps({"go": is_go(found), "findings": rows}, ensure_ascii=False))
    else:
        _print(found)
    raise typer.Exit(0 if is_go(found) else NO_GO)


async def _check(wanted: Wanted) -> list[Finding]:
    plan = read_show(wanted.show)
    clock = Clock()
    with on_terminal(clock.now) as logs:
        logs.know(secrets((*plan.endpoints.values(), plan.judge, plan.spare_judge), os.environ))
        async with Wire() as wire:
            return await _told(Flight(plan, Means(wire, clock, os.environ), wanted.place))


async def _told(flight: Flight) -> list[Finding]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err) as progress:
        bar = progress.add_task("Checking", total=None)

        def tell(finding: Finding) -> None:
            progress.update(bar, description=f"{finding.subject}: {finding.check}")

        return await check(flight, tell)


def _print(found: list[Finding]) -> None:
    table = Table(title="Preflight", title_justify="left")
    table.add_column("", max_width=30)
    table.add_column("check", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("found", overflow="fold")
    subject = ""
    for finding in found:
        text = f"{finding.text} {finding.action}".strip()
        name = finding.subject if finding.subject != subject else ""
        grade = Text(finding.grade.upper(), COLOURS[finding.grade])
        table.add_row(name, finding.check, grade, text)
        subject = finding.subject
    out.print(table)
    bad = sum(finding.grade == "no-go" for finding in found)
    watch = sum(finding.grade == "watch" for finding in found)
    verdict = Text("GO", "bold green") if not bad else Text("NO-GO", "bold red")
    rest = [f"{bad} to put right"] * bool(bad) + [f"{watch} to watch"] * bool(watch)
    out.print(Text.assemble(verdict, *(f", {part}" for part in rest)))
