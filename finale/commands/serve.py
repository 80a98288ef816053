"""`serve`: a show for people."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import segno
from rich.table import Table
from rich.text import Text

from finale import app, server
from finale.commands.terminal import console, fail, out
from finale.store.writer import StoreError
from finale.toml_file import BadFile

WIDEST = 110
OPEN_TO_ALL = ("stage", "overlay", "testcard", "audience")


@dataclass(frozen=True, slots=True)
class Start:
    """How a show is served: the understudies’ seed, native windows, the log as JSON."""

    seed: int
    is_desktop: bool
    is_log_json: bool


def run(
    show: Path, data: Path, where: tuple[str, int, str], links: Path | None, start: Start
) -> None:
    """Serve until Ctrl-C; exits 1 with a clear line if that cannot be."""
    host, port, public_url = where
    try:
        settings = app.Settings(
            show,
            data,
            host,
            port,
            checked(public_url),
            start.seed,
            is_log_json=start.is_log_json,
        )
        if start.is_desktop:
            from finale.commands.desktop import run_windows

            run_windows(settings, links)
        else:
            asyncio.run(serve(settings, links))
    except (BadFile, StoreError, server.CannotServe, ValueError) as problem:
        raise fail(problem) from problem
    except KeyboardInterrupt:
        out.print("Stopped. Everything is saved; start again and the show goes on.")


def checked(public_url: str) -> str:
    """The address if phones can open it; "" stays. Raises ValueError that says what is expected."""
    parts = urlsplit(public_url)
    is_plain = parts.scheme in ("http", "https") and parts.netloc and not parts.query
    if public_url and (not is_plain or parts.path.strip("/") or parts.fragment):
        raise ValueError(
            f"--public-url {public_url}: expected the address that phones open, "
            "such as http://192.0.2.7:8080 or https://show.example."
        )
    return public_url


async def serve(settings: app.Settings, links: Path | None) -> None:
    """Open the show and serve it."""
    listener = server.listen(settings.host, settings.port)
    try:
        async with app.opened(settings) as show:
            waiting = prepare_links(links, show.links())
            await server.serve(show.front, listener, lambda: announce(show, waiting))
    finally:
        listener.close()


@dataclass(frozen=True, slots=True)
class Links:
    """{role: url} as JSON, written and waiting to be put in its place."""

    written: Path
    place: Path


def prepare_links(path: Path | None, links: dict[str, str]) -> Links | None:
    """Write the links beside `path`; they are put there when the server answers.

    The file is as secret as the links in it. Raises StoreError if it cannot be written.
    """
    if path is None:
        return None
    written = path.with_name(f".{path.name}.part")
    try:
        written.unlink(missing_ok=True)
        written.touch(mode=0o600)
        written.write_text(json.dumps(links, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error.strerror}). Choose another file with --links."
        ) from error
    return Links(written, path)


def announce(show: app.Show, links: Links | None) -> None:
    """The server answers: put the links in place, say who opens what, with a QR for the phones."""
    if links is not None:
        links.written.replace(links.place)
    state = show.showrunner.state
    if show.is_continued:
        out.print(_goes_on(show), soft_wrap=True)
    table = Table(title=state.rundown.title, title_justify="left")
    table.add_column("Who")
    table.add_column("Opens", overflow="fold")
    names = {f.id: f"{f.lectern}  {f.name}" for f in state.rundown.finalists}
    names |= {p.id: p.name for p in state.rundown.panel} | {"testcard": "Test card"}
    for role, url in show.links().items():
        # Who asked for a file wants the secrets there, and not in what the terminal is logged to.
        said = url if links is None or role in OPEN_TO_ALL else f"in {links.place}"
        table.add_row(names.get(role, role.capitalize()), said)
    # Wider than a narrow terminal: its own wrapping keeps an address whole when it is copied.
    console(max(out.width, WIDEST)).print(table)
    phones = show.backstage.join_url
    out.print(f"Phones: {phones}  (code {show.backstage.code})")
    segno.make(phones).terminal(compact=True)
    out.print("Ctrl-C stops the server; nothing is lost.")


def _goes_on(show: app.Show) -> Text:
    """Where a show that was stopped goes on; only a clock that ran is given time back."""
    state = show.showrunner.state
    is_running = bool(state.deadlines) and not state.is_held
    back = f"; {show.down_s:.1f} s of downtime were given back to the clock" if is_running else ""
    where = f" in {state.phase.value.replace('_', ' ')}{back}. `reset` begins a new one."
    changed = (
        " The show file has changed since; the show keeps the plan that it began with."
        if show.is_plan_old
        else ""
    )
    return Text.assemble(("The show goes on", "bold"), where, changed)
