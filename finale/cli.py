"""The commands: serve, rehearse, preflight, sheet, backup, export, verify, judge-check, reset …"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from finale.config import DEFAULT_SHOW

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
    help="The live final of a model-tuning league. Without a command it serves the show.",
)

ShowOption = Annotated[Path, typer.Option("--show", help="The show file (TOML).")]
KnownShowOption = Annotated[
    Path | None, typer.Option("--show", help="The show file; as a rule the folder knows which.")
]
DataOption = Annotated[
    Path, typer.Option("--data", help="Folder for the log, the ballots and the key.")
]
HostOption = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for the hall.")]
PortOption = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
PublicOption = Annotated[
    str, typer.Option("--public-url", help="Address that phones and laptops open.")
]
SeedOption = Annotated[int, typer.Option(help="What understudies and robots derive from.")]

DEFAULT_DATA = Path("finale-data")


def main() -> None:
    """Run the command line; without a command it means `serve`."""
    words = sys.argv[1:]
    if not words or (words[0].startswith("-") and words[0] not in ("--help", "-h")):
        words = ["serve", *words]
    app(words)


@app.command()
def serve(
    show: ShowOption = DEFAULT_SHOW,
    data: DataOption = DEFAULT_DATA,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8080,
    public_url: PublicOption = "",
    links: Annotated[
        Path | None, typer.Option("--links", help="Write {role: url} as JSON to this file.")
    ] = None,
    seed: SeedOption = 0,
    desktop: Annotated[
        bool, typer.Option("--desktop", help="Open host and stage in windows of their own.")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Every line of the log to standard error, as JSON.")
    ] = False,
) -> None:
    """Serve a show: stage, host, finalists, panel and phones. Ctrl-C is safe."""
    from finale.commands.serve import Start, run

    where = (host, port, public_url)
    run(show, data, where, links, Start(seed, desktop, log_json))


@app.command()
def rehearse(
    show: ShowOption = DEFAULT_SHOW,
    fast: Annotated[bool, typer.Option("--fast", help="Play on a faster clock.")] = False,
    rounds: Annotated[
        int | None, typer.Option(min=1, max=12, help="Play only so many rounds.")
    ] = None,
    phones: Annotated[int, typer.Option(min=1, max=5000, help="Phones in the hall.")] = 20,
    seed: SeedOption = 1,
    record: Annotated[
        Path | None, typer.Option("--record", help="Write the record into this folder.")
    ] = None,
) -> None:
    """Have robots play a whole show through the real server; exit 0 if it was played to its end."""
    from finale.commands.rehearse import run

    run(show, fast, rounds, (phones, seed), record)


@app.command()
def sheet(
    show: KnownShowOption = None,
    data: DataOption = DEFAULT_DATA,
    out: Annotated[
        Path, typer.Option("--out", help="The file to write, .html or .pdf (by Chromium).")
    ] = Path("run-sheet.html"),
    date: Annotated[
        str, typer.Option("--date", help="The line under the title; empty leaves lines to fill in.")
    ] = "",
    host: HostOption = "127.0.0.1",
    port: PortOption = 8080,
    public_url: PublicOption = "",
) -> None:
    """Print the run sheet: cues, questions, people, links as QR codes, what to do on faults."""
    from finale.commands.sheet import Wanted, run

    run(Wanted(show, data, out, date), (host, port, public_url))


@app.command()
def backup(
    place: Annotated[Path, typer.Argument(metavar="DEST", help="A new folder for the copy.")],
    data: DataOption = DEFAULT_DATA,
    show: KnownShowOption = None,
) -> None:
    """Copy a show while it runs: log, ballots, what is typed, the key and the show file."""
    from finale.commands.backup import run

    run(data, place, show)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Folder for the record.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Write results.json, results.csv, events.jsonl and ballots.csv."""
    from finale.commands.record import run_export

    run_export(folder, data)


@app.command()
def verify(folder: Annotated[Path, typer.Argument(help="A record.")]) -> None:
    """Recompute a record from its log alone; name the first place that differs."""
    from finale.commands.record import run_verify

    run_verify(folder)


@app.command()
def preflight(
    show: ShowOption = DEFAULT_SHOW,
    data: DataOption = DEFAULT_DATA,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8080,
    public_url: PublicOption = "",
    is_json: Annotated[bool, typer.Option("--json", help="The findings as JSON.")] = False,
) -> None:
    """GO or NO-GO before the doors: machine, models, judge. Exit 0 if it is GO, else 1."""
    from finale.commands.preflight import Wanted, run
    from finale.preflight.machine import Place

    run(Wanted(show, Place(data, host, port, public_url), is_json))


@app.command("judge-check")
def judge_check(
    file: Annotated[Path, typer.Argument(help="Labelled pairs, a JSON array or JSON lines.")],
    judge: Annotated[
        Path | None, typer.Option("--judge", help="The show file whose judge is checked.")
    ] = None,
    raw: Annotated[
        Path | None,
        typer.Option("--raw", help="Where raw results are kept; beside FILE as a rule."),
    ] = None,
    first: Annotated[int | None, typer.Option(min=1, help="Only so many pairs.")] = None,
    is_json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
) -> None:
    """Hold a judge against human labels, and see what flattery moves; goes on where it stopped."""
    from finale.commands.judge_check import Wanted, run

    run(Wanted(file, judge, raw, first, is_json))


@app.command()
def reset(
    data: DataOption = DEFAULT_DATA,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Begin a new log; links and the room code stay, the old log is kept under another name."""
    from finale.commands.record import run_reset

    run_reset(data, yes)


@app.command()
def forget(
    data: DataOption = DEFAULT_DATA,
    phones: Annotated[
        bool, typer.Option("--phones", help="Only the ballots: which phone chose what, receipts.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete what the show knows of people; says first what goes and what stays."""
    from finale.commands import forget

    (forget.run_phones if phones else forget.run_all)(data, yes)
