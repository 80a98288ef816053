"""The links: one secret address per seat and one for the phones, to copy and to scan."""

from dataclasses import dataclass
from typing import Final

from nicegui import ui

from finale.pages.host_api import ApiDoor, copied
from finale.pages.host_desk import Desk
from finale.pages.parts import box, button, heading, words
from finale.pages.parts_marks import qr

_SECRET: Final = "Whoever has this code has the seat. Show it to them alone."
_OPEN: Final = "Open to all; it shows nothing of the show’s course."
_NOTES: Final = {
    "overlay": "For OBS and vMix. Write your choices behind it, such as ?parts=clock,score.",
    "commentary": "For the commentators alone: it shows the reference answers.",
    "prompter": "For the presenter’s monitor alone: it shows the host’s notes.",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link: whose it is, the seat, the full address, and who may see it."""

    label: str
    seat: str
    address: str
    note: str = _SECRET


def build_links(desk: Desk) -> None:
    """The button and its dialog; the links are read each time the dialog opens."""
    with ui.dialog().props("no-refocus") as dialog, ui.card().classes("host-links"):
        place = box("host-links-place")

    def show() -> None:
        place.clear()
        with place:
            _draw_links(_links(desk), ApiDoor(desk.backstage), dialog)
        dialog.open()

    button("Links", show, "outline").classes("is-small")


def _links(desk: Desk) -> tuple[Link, ...]:
    show = desk.view().show
    names = {seat.id: seat.label for seat in (*show.finalists, *show.panel)}
    seats = tuple(
        Link(names.get(seat, seat.capitalize()), seat, address, _NOTES.get(seat, _SECRET))
        for seat, address in desk.backstage.links().items()
    )
    card = Link("Test card", "testcard", f"{desk.backstage.public_url}/testcard", _OPEN)
    note = "Show it to everybody. It lets a phone in without the room code."
    return (*seats, card, Link("Phones", "audience", desk.backstage.join_url, note))


def _draw_links(links: tuple[Link, ...], api: ApiDoor, dialog: ui.dialog) -> None:
    with box("line spread"):
        heading("Links", "title")
        button("Close", dialog.close, "secondary", key="Escape").classes("is-small")
    with box("host-links-body"):
        with box("host-links-list scrolls"):
            rows = [_draw_link(link) for link in links]
            with box("line snug host-link"):
                with box("stack grow host-link-name"):
                    words("HTTP API", "bold one-line")
                    words("button panels, scripts", "quiet small")
                open_api = button("Token", None, "outline").classes("host-small")
        shown = box("host-links-code stack")
    open_api.on_click(lambda: api.draw(shown))
    for (choose, _copy), link in zip(rows, links, strict=True):
        choose.on_click(lambda link=link: _show_code(shown, link))
    with shown:
        # Not a code at once: whoever stands behind the host could scan it.
        words("Choose whose code to show.", "quiet")


def _draw_link(link: Link) -> tuple[ui.button, ui.button]:
    with box("line snug host-link"):
        with box("stack grow host-link-name"):
            words(link.label, "bold one-line").props["title"] = link.label
            words(link.seat, "quiet small")
        choose = button("Code", None, "outline").classes("host-small")
        copy = button("Copy", None, "outline").classes("host-small")
    copy.on_click(lambda: copied(copy, link.address))
    return choose, copy


def _show_code(place: ui.element, link: Link) -> None:
    place.clear()
    with place:
        words(link.label, "title")
        qr(link.address).classes("host-code")
        words(link.address, "code small host-link-address")
        words(link.note, "quiet small")
