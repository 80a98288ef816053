"""`forget`: delete what a show knows of people, all of it or what ties ballots to phones."""

import asyncio
from pathlib import Path

import typer
from rich.table import Table

from finale.clock import Clock
from finale.commands.record import read_record, show_in
from finale.commands.terminal import fail, out
from finale.show.commands import ForgetBallots
from finale.show.events import BallotsForgotten
from finale.show.refused import Refused
from finale.showrunner import Showrunner
from finale.store.event_log import EventLog
from finale.store.folder import Folder
from finale.store.record import replay
from finale.store.writer import StoreError, Writer

_HOLDS = {
    "show.db": "the log: names, prompts, drafts, answers, marks, appeals; and the ballots",
    "scratch.db": "what was typed and not submitted, and experts’ private notes",
    "key": "the signing key: every role link and every phone’s pass ends with it",
    "log.jsonl": "what the software said of itself",
}
_ALL_STAYS = (
    "What stays: records, backups and run sheets that were written elsewhere, and each phone’s "
    "own pass and receipts in its browser. Nothing can be restored: `export` before, if the "
    "results are to stay."
)
_PHONES_STAY = (
    "What stays: how many ballots each answer got, the digest of the ballots, and the whole log "
    "with names, prompts, answers and marks. `verify` will still check the chain of the log and "
    "every mark, score and place, with the counts as they were logged; that each ballot is in its "
    "count can no longer be checked, and no receipt can be looked up. A record or backup that was "
    "written before still has its list: write a new one and delete the old."
)


def run_all(data: Path, is_sure: bool) -> None:
    """Delete every file of the show in `data`."""
    folder = Folder(data)
    found = folder.contents()
    if not found:
        raise fail(f"There is nothing of a show in {data}. Name its folder with --data.")
    table = Table(title=f"To be deleted from {data}", title_justify="left")
    for heading in ("File", "Bytes", "What it holds"):
        table.add_column(heading, overflow="fold")
    for path in found:
        table.add_row(path.name, f"{path.stat().st_size:,}", _holds(path))
    out.print(table)
    out.print(_ALL_STAYS, soft_wrap=True)
    _confirm("Delete all of it?", is_sure)
    try:
        with folder.held():
            for path in folder.contents():
                path.unlink()
        left = sorted(path.name for path in data.iterdir())
        if not left:
            data.rmdir()
    except (OSError, StoreError) as problem:
        raise fail(problem) from problem
    out.print(f"Deleted. {_left(data, left)}", soft_wrap=True)


def _holds(path: Path) -> str:
    return next((what for name, what in _HOLDS.items() if name in path.name), "nothing of anybody")


def _left(data: Path, left: list[str]) -> str:
    if not left:
        return f"{data} is gone too."
    return f"Not the show’s, and still in {data}: {', '.join(left)}."


def _confirm(question: str, is_sure: bool) -> None:
    if not is_sure:
        typer.confirm(question, abort=True)


def run_phones(data: Path, is_sure: bool) -> None:
    """Delete the ballots of the shows in `data`, and with them who chose what."""
    folder = show_in(data)
    out.print(
        f"To be deleted from {data}: every ballot of every round: which phone cast it, for which "
        "answer, when, and its receipt.",
        soft_wrap=True,
    )
    out.print(_PHONES_STAY, soft_wrap=True)
    _confirm("Delete the ballots?", is_sure)
    try:
        with folder.held():
            for path in folder.logs():
                rounds = asyncio.run(_forget(folder, path))
                folder.scrub(path)
                out.print(f"{path.name}: the ballots of {rounds} rounds are deleted.")
    except Refused as refused:
        raise fail(f"{path.name}: {refused} Finish the show, or `forget` all of it.") from refused
    except (OSError, StoreError, ValueError) as problem:
        raise fail(problem) from problem


async def _forget(folder: Folder, path: Path) -> int:
    """Ask the show of that log to forget its ballots; how many rounds had some."""
    writer = Writer(folder.open_log(path))
    try:
        entries, _ = await writer.run(read_record)
        showrunner = Showrunner(EventLog(writer), Clock(), epoch=0)
        await showrunner.open(replay(entries).rundown)
        events = await showrunner.do(ForgetBallots(), "crew")
        return sum(len(event.rounds) for event in events if isinstance(event, BallotsForgotten))
    finally:
        writer.close()
