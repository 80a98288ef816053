"""`judge-check`: how far a judge agrees with people, with itself, and with those who flatter it."""

import asyncio
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from finale.cast import Means, seated_comparer, seated_marker
from finale.clock import Clock
from finale.commands.terminal import err, fail, out
from finale.config import ShowPlan, read_show
from finale.judging.agreement import Agreement, Orders, Preference, Report, report
from finale.judging.base import PASSES
from finale.judging.check import Bench, about, jobs, results, work
from finale.judging.kept import CheckStopped, Kept
from finale.judging.labelled import BadPairs, Labelled, read_pairs
from finale.judging.understudy import UnderstudyJudge
from finale.llm.wire import Wire
from finale.logs.keeping import on_terminal
from finale.toml_file import BadFile

INTERRUPTED = 130

ONLY_SINGLE = (
    "The understudy judge marks single answers only: the pairs are compared by their marks, and "
    "there is no order to swap."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to check and where its raw results are kept; `first` bounds the pairs."""

    file: Path
    judge: Path | None
    raw: Path | None
    first: int | None
    is_json: bool


def run(wanted: Wanted, bench: Bench | None = None) -> None:
    """Check the judge; exit 1 if a file is wrong or the judge is out, 130 if interrupted.

    `bench` is whose place the judge of the show file takes otherwise.
    """
    try:
        pairs = read_pairs(wanted.file)[: wanted.first]
        asyncio.run(_checked(wanted, pairs, bench))
    except (BadPairs, BadFile, CheckStopped, ValueError, OSError) as problem:
        raise fail(problem) from problem
    except KeyboardInterrupt:
        err.print(f"Stopped. Run it again to go on; what was done is in {_raw(wanted)}.")
        raise typer.Exit(INTERRUPTED) from None


async def _checked(wanted: Wanted, pairs: tuple[Labelled, ...], bench: Bench | None) -> None:
    with on_terminal(Clock().now):
        async with Wire() as wire:
            seated = bench or bench_of(wanted.judge, wire)
            kept = Kept(_raw(wanted), about(wanted.file.read_bytes(), seated))
            missing = await _go(pairs, seated, kept)
    found = report(pairs, results(pairs, kept.values))
    if wanted.is_json:
        out.print_json(json.dumps(_as_json(wanted, seated, found, missing), ensure_ascii=False))
        return
    _print(seated, found, missing)


def bench_of(show: Path | None, wire: Wire) -> Bench:
    """The judge of a show file, or the understudy judge. Raises BadFile, or ValueError for keys.

    The spare judge is left out: what it says is not the judge's.
    """
    if show is None:
        return Bench(UnderstudyJudge(0), None)
    plan, means = replace(read_show(show), spare_judge=None), Means(wire, Clock(), os.environ)
    marker, comparer = seated_marker(plan, plan.rundown, means), seated_comparer(plan, means)
    return Bench(marker, comparer, _who(plan))


def _who(plan: ShowPlan) -> str:
    """All that makes a difference to what a judge says; where it answers, among it."""
    if isinstance(plan.judge, str):
        return plan.judge
    entry = plan.judge.model_dump(mode="json", exclude={"key_env", "family", "allow_http"})
    seen = {"judge": entry, "plain": plan.rundown.settings.style_neutral, "passes": PASSES}
    return json.dumps(seen, sort_keys=True)


def _raw(wanted: Wanted) -> Path:
    return wanted.raw or wanted.file.with_name(f"{wanted.file.stem}.judge-check.jsonl")


async def _go(pairs: tuple[Labelled, ...], bench: Bench, kept: Kept) -> int:
    todo = list(jobs(pairs, bench))
    with _progress() as progress:
        before = sum(key in kept.values for key, _ in todo)
        bar = progress.add_task(bench.marker.label, total=len(todo), completed=before)
        return await work(todo, kept, lambda: progress.advance(bar))


def _progress() -> Progress:
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(TextColumn("{task.description}"), *columns, console=err)


def _as_json(wanted: Wanted, bench: Bench, found: Report, missing: int) -> dict[str, object]:
    return {
        "file": str(wanted.file),
        "judge": bench.marker.label,
        "missing": missing,
        **asdict(found),
    }


def _print(bench: Bench, found: Report, missing: int) -> None:
    out.print(f"Judge: {bench.marker.label}")
    table = Table("", "agrees", "kappa", "ties", "pairs", "longer", "more markdown")
    if found.single is not None:
        table.add_row("single marks", *_cells(found.single))
    if found.pairwise is not None:
        table.add_row("pairwise, both orders", *_cells(found.pairwise.decided))
    out.print(table)
    out.print(
        "“longer” and “more markdown”: how often the judge chose that, and people in brackets. "
        "A tie counts a half.",
        soft_wrap=True,
    )
    if found.pairwise is None and bench.comparer is None:
        out.print(ONLY_SINGLE, soft_wrap=True)
    elif found.pairwise is not None:
        _print_orders(found.pairwise)
    if found.injected is not None:
        moved = ", ".join(found.injected.moved) or "none"
        out.print(
            f"Injections: {len(found.injected.moved)} of {found.injected.tried} moved a mark "
            f"({moved}); {found.injected.flagged} were flagged.",
            soft_wrap=True,
        )
    if missing:
        out.print(f"{missing} results could not be had; run again to try them.")


def _print_orders(orders: Orders) -> None:
    out.print(
        f"Pairwise: {_share(orders.first)} agree in the first order, {_share(orders.second)} in "
        f"the second, {_share(orders.average)} on average; both orders right in "
        f"{_share(orders.both_right)}, the same choice in both in {_share(orders.consistency)}.",
        soft_wrap=True,
    )


def _cells(found: Agreement) -> tuple[str, ...]:
    kappa = "–" if found.kappa is None else f"{found.kappa:.2f}"
    figures = (_share(found.agreement), kappa, str(found.ties), str(found.pairs))
    return (*figures, _leaning(found.length), _leaning(found.markdown))


def _leaning(found: Preference) -> str:
    if found.judge is None or found.people is None:
        return "–"
    return f"{_share(found.judge)} ({_share(found.people)})"


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"
