"""Every address of the show's pages, and who may open it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from fastapi import FastAPI
from nicegui import Client, ui
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from finale.access import Access, every_seat
from finale.config import ASSETS
from finale.pages import doors
from finale.pages.backstage import Backstage
from finale.pages.commentary import build_commentary
from finale.pages.doors import Doors
from finale.pages.finalist import build_finalist
from finale.pages.host import build_host
from finale.pages.overlay import build_overlay
from finale.pages.overlay_choices import BadChoices, choices_page, read_choices
from finale.pages.panel import build_panel
from finale.pages.prompter import build_prompter
from finale.pages.rules import rules_page
from finale.pages.stage import build_stage
from finale.pages.testcard import build_testcard

NO_LINK = (
    "This page opens with a role link. The host finds every link under “Links” on the desk; "
    "the terminal that runs the show prints them, or the file that --links names has them."
)
MOVED = (
    "This seat has moved to another device. Everything typed is there. "
    "If you are to go on here, ask the host for a new link."
)
TOO_MANY = "The {} is open on too many screens. Close one first."
TRY_AGAIN_S = 5

_BY_LINK: Final = {
    "host": build_host,
    "finalist": build_finalist,
    "panel": build_panel,
    "commentary": build_commentary,
    "prompter": build_prompter,
}


class Routes:
    """Registers the pages; built once, by the app."""

    def __init__(self, app: FastAPI, backstage: Backstage, access: Access) -> None:
        """Register everything on `app`."""
        self._backstage = backstage
        self._access = access
        self._seats = every_seat(backstage.showrunner.state.rundown.seats)
        self.doors = Doors(app, access, frozenset({backstage.public_url.split("//")[-1]}))
        access.on_renewed(self.doors.evict)
        doors.guard_nicegui()
        app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
        app.add_api_route("/enter/{token}", self._enter, include_in_schema=False)
        app.add_api_route("/rules", self._rules, include_in_schema=False)
        ui.page("/stage")(self._stage)
        ui.page("/overlay")(self._overlay)
        ui.page("/testcard")(self._testcard)
        for role in _BY_LINK:
            ui.page(f"/{role}")(self._by_link(role))

    async def _enter(self, request: Request) -> Response:
        return doors.enter(request, self._access, self._seats)

    async def _rules(self) -> Response:
        return HTMLResponse(rules_page(self._backstage.showrunner.state.rundown))

    async def _stage(self, request: Request, client: Client) -> Response | None:
        return self._show(request, client, "stage", build_stage)

    async def _testcard(self, request: Request, client: Client) -> Response | None:
        return self._show(request, client, "testcard", build_testcard)

    async def _overlay(self, request: Request, client: Client) -> Response | None:
        try:
            choices = read_choices(request.query_params.multi_items())
        except BadChoices as bad:
            client.delete()
            return HTMLResponse(choices_page(bad), 400)
        return self._show(request, client, "overlay", partial(build_overlay, choices=choices))

    def _show(
        self, request: Request, client: Client, seat: str, build: Callable[[Backstage], None]
    ) -> Response | None:
        """A page that is open to all, as long as not too many look at it."""
        # Projector and broadcast must come back after a reload, whoever in the hall looks on.
        crew = self._access.seats_of(dict(request.cookies), ("host", "stage", "overlay"))
        if self.doors.open_pages(seat) >= doors.MOST_OPEN and not crew:
            name = "test card" if seat == "testcard" else seat
            refusal = _refused(client, TOO_MANY.format(name), 503)
            refusal.headers["Refresh"] = str(TRY_AGAIN_S)
            return refusal
        self._admit(client, seat)
        build(self._backstage)
        return None

    def _by_link(self, role: str) -> Callable[[Request, Client], Awaitable[Response | None]]:
        async def page(request: Request, client: Client) -> Response | None:
            seat = self._seat(request, role)
            if seat is None:
                return _refused(client, self._why_not(request, role), 403)
            self._admit(client, seat)
            _BY_LINK[role](self._backstage, seat)
            return None

        return page

    def _seat(self, request: Request, role: str) -> str | None:
        """The seat asked for if this browser holds it, else the first it holds for the role."""
        held = [
            seat
            for seat in self._access.seats_of(dict(request.cookies), self._seats)
            if seat.split("-")[0] == role
        ]
        asked = request.query_params.get("seat")
        if asked is not None:
            return asked if asked in held else None
        return held[0] if held else None

    def _why_not(self, request: Request, role: str) -> str:
        cookies = dict(request.cookies)
        mine = [seat for seat in self._seats if seat.split("-")[0] == role]
        return MOVED if any(self._access.held_once(cookies, seat) for seat in mine) else NO_LINK

    def _admit(self, client: Client, seat: str) -> None:
        self.doors.admit(client.id, seat)
        self._backstage.presence.follow(client, seat)
        client.on_delete(lambda: self.doors.forget(client.id))


def _refused(client: Client, sentence: str, status: int) -> Response:
    # NiceGUI would keep the page that nobody gets for a minute.
    client.delete()
    return PlainTextResponse(sentence, status)
