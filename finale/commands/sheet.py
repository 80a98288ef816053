"""`sheet`: the run sheet of a show, to print."""

import os
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from finale.access import Access, every_seat, role_links
from finale.addresses import base_url
from finale.clock import Clock
from finale.commands.serve import checked
from finale.commands.terminal import fail, out
from finale.config import DEFAULT_SHOW, read_show
from finale.sheet.page import sheet_page
from finale.sheet.paper import CannotPrint, find_browser, pdf_of
from finale.sheet.plan import Plan, links_of
from finale.show.phases import Phase
from finale.show.rundown import Rundown
from finale.store.event_log import check_chain, read_entries
from finale.store.folder import Folder
from finale.store.record import replay
from finale.store.writer import StoreError
from finale.toml_file import BadFile

KINDS = (".html", ".pdf")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the show file ("None": the folder's own), the file to write, the date."""

    show: Path | None
    data: Path
    out: Path
    date: str


def run(wanted: Wanted, where: tuple[str, int, str]) -> None:
    """Write the run sheet; exits 1 with a clear line if that cannot be."""
    try:
        if wanted.out.suffix.lower() not in KINDS:
            raise ValueError(f"--out {wanted.out}: expected a file that ends in .html or .pdf.")
        plan = _plan(wanted, where)
        html = sheet_page(plan)
        is_paper = wanted.out.suffix.lower() == ".pdf"
        _write(wanted.out, pdf_of(html, find_browser()) if is_paper else html.encode())
    except (BadFile, StoreError, CannotPrint, ValueError) as problem:
        raise fail(problem) from problem
    except OSError as problem:
        raise fail(
            f"{wanted.out} cannot be written ({problem.strerror}). Choose another with --out."
        ) from problem
    out.print(f"The run sheet is in {wanted.out}. {_about_links(plan)}", soft_wrap=True)


def _about_links(plan: Plan) -> str:
    if not plan.links:
        return "It has no links: they exist once the show has been served from this folder."
    return plan.warning or "Its last pages are the role links: as secret as the seats."


def _plan(wanted: Wanted, where: tuple[str, int, str]) -> Plan:
    folder = Folder(wanted.data)
    rundown, source = _rundown(wanted, folder)
    printed = datetime.fromtimestamp(Clock().now()).astimezone()
    said = f"{printed.day} {printed:%B %Y, %H:%M}"
    if not folder.key_file.exists():
        return Plan(rundown, said, source, wanted.date)
    host, port, public_url = where
    base, access = base_url(host, port, checked(public_url)), Access(folder.key(), folder.turns())
    links = access.links(base, every_seat(rundown.seats))
    cards = links_of(rundown, role_links(links, base), (access.room_code(), access.room_key()))
    return Plan(rundown, said, source, wanted.date, cards, _warning(base))


def _rundown(wanted: Wanted, folder: Folder) -> tuple[Rundown, str]:
    """The plan that plays, and where it is from: a show that has begun keeps its own."""
    if folder.show_db.exists():
        with folder.reading_show() as connection:
            entries = check_chain(read_entries(connection))
        state = replay(entries) if entries else None
        if state is not None and state.phase is not Phase.LOBBY:
            return state.rundown, f"The plan of the show that has begun in {folder.path}."
    path = wanted.show or folder.show_file() or DEFAULT_SHOW
    return read_show(path).rundown, f"The plan in {path.name}."


def _warning(base: str) -> str:
    """Whether what is printed would open on this computer alone."""
    host = urlsplit(base).hostname or ""
    try:
        is_here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        return ""
    return (
        f"The links begin with {base} and open on this computer alone. Print again with the "
        "address that phones and laptops open: --public-url http://192.0.2.7:8080."
    )


def _write(path: Path, content: bytes) -> None:
    """Write for the owner alone: the role links are in it."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    part.replace(path)
