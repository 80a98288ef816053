"""`rehearse`: a show for robots, through the same server, sockets and commands."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from finale import app, server
from finale.clock import Clock, Tasks
from finale.commands.record import cannot_write, read_record
from finale.commands.table import standings_table
from finale.commands.terminal import err, fail, out
from finale.rehearsal.play import Crowd, CrowdFailed, is_whole, play, seeded_shuffle
from finale.show.phases import Phase
from finale.store.record import write_record
from finale.store.writer import StoreError
from finale.toml_file import BadFile

FAST = 20.0
STEPS = (
    Phase.QUESTION,
    Phase.TUNING,
    Phase.LOCKED,
    Phase.READING,
    Phase.MARKING,
    Phase.JUDGE_REVEAL,
    Phase.APPEAL,
    Phase.REVEAL,
    Phase.STANDINGS,
)


@dataclass(frozen=True, slots=True)
class _Plan:
    settings: app.Settings
    phones: int
    record: Path | None


def run(
    show: Path, is_fast: bool, rounds: int | None, crowd: tuple[int, int], record: Path | None
) -> None:
    """Play one rehearsal in a folder of its own; exit 1 unless it reached the champion."""
    phones, seed = crowd
    if record is not None:
        _try_folder(record)
    with tempfile.TemporaryDirectory(prefix="finale-rehearsal-") as data:
        listener = server.listen("127.0.0.1", 0)
        port = listener.getsockname()[1]
        settings = app.Settings(
            show,
            Path(data),
            port=port,
            seed=seed,
            clock=Clock(FAST if is_fast else 1.0),
            shuffle=seeded_shuffle(seed),
            rounds=rounds,
        )
        try:
            asyncio.run(_rehearse(_Plan(settings, phones, record), listener))
        except (BadFile, StoreError, CrowdFailed, OSError, ValueError) as problem:
            raise fail(problem) from problem
        finally:
            listener.close()


def _try_folder(record: Path) -> None:
    """Whether the record can be written is known before the show is played, not after."""
    try:
        record.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=record):
            pass
    except OSError as error:
        raise fail(cannot_write(record, error)) from error


async def _rehearse(plan: _Plan, listener: object) -> None:
    async with app.opened(plan.settings) as show:
        tasks = Tasks()
        ready = asyncio.Event()
        serving = tasks.start(server.serve(show.front, listener, ready.set), "server")  # type: ignore[arg-type]
        await ready.wait()
        crowd = Crowd(show.backstage.join_url, plan.phones, plan.settings.seed)
        try:
            with _progress() as progress:
                bar = progress.add_task("Doors", total=_total(show))
                await play(
                    show.showrunner,
                    plan.settings.clock,
                    crowd,
                    lambda: _tell(progress, bar, show),
                )
        finally:
            serving.cancel()
            await tasks.stop()
        if not is_whole(show.showrunner):
            raise ValueError("The rehearsal ended before the champion was crowned.")
        out.print(standings_table(show.showrunner.state))
        if plan.record is not None:
            write_record(plan.record, *await show.writer.run(read_record))
            out.print(f"The record is in {plan.record}.")


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn(), console=err
    )


def _total(show: app.Show) -> int:
    return len(show.showrunner.state.rundown.rounds) * len(STEPS)


def _tell(progress: Progress, bar: TaskID, show: app.Show) -> None:
    state = show.showrunner.state
    if state.phase not in STEPS:
        return
    done = state.number * len(STEPS) + STEPS.index(state.phase) + 1
    label = f"Round {len(state.rounds)}, {state.phase.value.replace('_', ' ')}"
    progress.update(bar, completed=done, description=label)
