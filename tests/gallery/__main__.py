"""Pictures of every screen in every phase: normal, held and offline, at real size in Chromium.

    PYTHONPATH=tests uv run python -m gallery --out pictures
    PYTHONPATH=tests uv run python -m gallery --out pictures --moment lobby --moment reveal-first
    PYTHONPATH=tests uv run python -m gallery --out pictures --language ar

The show is the tale of `gallery.tale`, replayed up to each moment. Exit code 1 if a picture is
missing, a page complained, axe-core found a serious barrier, or a colour stands on one that the
table of contrasts does not have it on. `index.html` in the folder has all
pictures side by side.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Annotated

import typer
from contrast.seen import strangers
from gallery.barriers import barriers
from gallery.screens import SCREENS, Screen, State, file_name, states_of
from gallery.tale import ROUNDS, Moment, moments
from hall import PATIENCE_MS, SETTLED
from in_browser import CHROMIUM, FLAGS, People, Served
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.progress import Progress

from finale.config import DEFAULT_SHOW, ROOT
from finale.show.events import ANY_EVENT
from finale.show.phrase import Language

READY = "() => window.did_handshake === true || document.querySelector('main')?.children.length"
GONE = """() => document.querySelector('#popup[aria-hidden="false"]')
    || document.body.innerText.includes('Reconnecting')"""
SHOW = (
    DEFAULT_SHOW.read_text(encoding="utf-8")
    .replace("{", "{{")
    .replace("}", "}}")
    .replace("../questions", "{questions}")
)


HELD = "() => view.is_held"


@contextmanager
def served(moment: Moment) -> Iterator[Served]:
    """The show at that moment; its clock stands still."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.jsonl"
        lines = (ANY_EVENT.dump_json(event).decode() for event in moment.log)
        log.write_text("\n".join(lines), encoding="utf-8")
        file = SHOW.replace('language = "en"', f'language = "{moment.language}"')
        show = Served(Path(folder), [7] * 99, file, log=str(log), at=moment.at, rounds=ROUNDS)
        try:
            yield show
        finally:
            show.stop()


def opened(show: Served, screen: Screen, people: People) -> Page:
    """That screen in a browser of its own, as soon as it stands."""
    address = f"{show.links['stage'].removesuffix('stage')}{screen.link}"
    address = show.links.get(screen.link, address)
    if screen.link == "audience":
        address += f"?{show.code}"

    def prepare(page: Page) -> None:
        page.emulate_media(color_scheme=screen.scheme)

    page = people.open(address, screen.width, screen.height, prepare)
    page.wait_for_function(READY, timeout=PATIENCE_MS)
    return page


def drawn(show: Served, pages: dict[Screen, Page], step: int) -> None:
    """Wait until every page of the crew has drawn what the show is now."""
    show.order("end step", step=step)
    for page in pages.values():
        page.wait_for_function(f"() => !window.did_handshake || window.step === {step}")


def shoot(folder: Path, moment: str, state: State, pages: dict[Screen, Page]) -> None:
    """A picture of each page that has this state, once nothing on it moves."""
    for screen, page in pages.items():
        if state in states_of(screen):
            page.evaluate(SETTLED)
            page.screenshot(path=folder / file_name(moment, screen, state))


def take(folder: Path, moment: Moment, people: People) -> list[str]:
    """All screens at that moment, in every state; what their consoles complained of."""
    with served(moment) as show:
        pages = {s: opened(show, s, people) for s in SCREENS if s.is_at(moment.name)}
        drawn(show, pages, 1)
        shoot(folder, moment.name, "normal", pages)
        is_held = "events" in show.command("HoldShow", "host")
        drawn(show, pages, 2)
        for screen, page in pages.items():
            if is_held and screen.link == "audience":
                page.wait_for_function(HELD, timeout=PATIENCE_MS)
        shoot(folder, moment.name, "held", pages)
        if is_held:
            show.command("ResumeShow", "host")
            drawn(show, pages, 3)
        complaints = list(people.complaints)
        for screen, page in pages.items():
            complaints += [
                f"{moment.name}, {screen.name}: {found}" for found in faults(screen, page)
            ]
    for screen, page in pages.items():
        if "offline" in states_of(screen):
            page.wait_for_function(GONE, timeout=PATIENCE_MS)
    shoot(folder, moment.name, "offline", pages)
    return complaints


def faults(screen: Screen, page: Page) -> list[str]:
    """What keeps people out, and colours that are not in the table of contrasts."""
    return [*barriers(page), *strangers(page, is_stage=screen.name in ("stage", "overlay"))]


def index(folder: Path, names: list[str]) -> None:
    """A page with every picture: a row for each screen and moment, a column for each state."""
    rows = []
    for screen in SCREENS:
        rows.append(f"<h2>{escape(screen.name)}, {screen.width}×{screen.height}</h2>")
        for name in names:
            files = [file_name(name, screen, state) for state in states_of(screen)]
            shown = [f'<a href="{f}"><img loading="lazy" src="{f}"></a>' for f in files]
            if screen.is_at(name):
                rows.append(f"<h3>{escape(name)}</h3><p>{''.join(shown)}</p>")
    style = "body{font:16px sans-serif;margin:24px}img{max-height:320px;margin:4px}"
    page = f"<!doctype html><title>Gallery</title><style>{style}</style>{''.join(rows)}"
    (folder / "index.html").write_text(page, encoding="utf-8")


def missing(folder: Path, names: list[str]) -> list[str]:
    """The pictures that ought to be there and are not."""
    wanted = [
        file_name(name, screen, state)
        for name in names
        for screen in SCREENS
        if screen.is_at(name)
        for state in states_of(screen)
    ]
    return [name for name in wanted if not (folder / name).is_file()]


def main(
    out: Annotated[Path, typer.Option(help="The folder for the pictures.")] = ROOT
    / "build/gallery",
    moment: Annotated[list[str] | None, typer.Option(help="Only these moments.")] = None,
    language: Annotated[Language, typer.Option(help="What stage and overlay speak.")] = "en",
) -> None:
    """Take every picture; exit code 1 if one is missing or a page complained."""
    if CHROMIUM is None:
        raise typer.BadParameter("There is no Chromium here: install the package chromium.")
    told = {one.name: one for one in moments(language)}
    if unknown := set(moment or ()) - set(told):
        raise typer.BadParameter(f"No such moment: {', '.join(unknown)}. There are {list(told)}.")
    chosen = [one for name, one in told.items() if not moment or name in moment]
    out.mkdir(parents=True, exist_ok=True)
    complaints: list[str] = []
    with sync_playwright() as playwright, Progress(console=Console(stderr=True)) as progress:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for one in progress.track(chosen, description="Moments"):
            people = People(browser)
            complaints += take(out, one, people)
            people.close()
        browser.close()
    names = [one.name for one in chosen]
    index(out, names)
    gone = missing(out, names)
    for line in (*gone, *complaints):
        typer.echo(line, err=True)
    raise typer.Exit(int(bool(gone or complaints)))


if __name__ == "__main__":
    typer.run(main)
