"""Every address of the show's pages, and who may open it."""

from fastapi import FastAPI
from nicegui import Client, ui
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from finale.access import Access
from finale.config import ASSETS
from finale.pages import doors
from finale.pages.backstage import Backstage
from finale.pages.doors import Doors
from finale.pages.finalist import build_finalist
from finale.pages.host import build_host
from finale.pages.panel import build_panel
from finale.pages.rules import rules_page
from finale.pages.stage import build_stage

NO_LINK = (
    "This page opens with a role link. The host finds every link under “Links” on the desk; "
    "the terminal that runs the show prints them too."
)
TOO_MANY_STAGES = "The stage is open on too many screens. Close one first."


class Routes:
    """Registers the pages; built once, by the app."""

    def __init__(self, app: FastAPI, backstage: Backstage, access: Access) -> None:
        """Register everything on `app`."""
        self._backstage = backstage
        self._access = access
        self._seats = ("host", "stage", *backstage.showrunner.state.rundown.seats)
        self.doors = Doors(app, access, frozenset({backstage.public_url.split("//")[-1]}))
        doors.guard_nicegui()
        app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
        app.add_api_route("/enter/{token}", self._enter, include_in_schema=False)
        app.add_api_route("/rules", self._rules, include_in_schema=False)
        ui.page("/stage")(self._stage)
        ui.page("/host")(self._host)
        ui.page("/finalist")(self._finalist)
        ui.page("/panel")(self._panel)

    async def _enter(self, request: Request) -> Response:
        return doors.enter(request, self._access, self._seats)

    async def _rules(self) -> Response:
        return HTMLResponse(rules_page(self._backstage.showrunner.state.rundown))

    async def _stage(self, request: Request, client: Client) -> Response | None:
        # The projector must come back after a reload, whoever in the hall has opened a stage.
        is_projector = self._access.seats_of(dict(request.cookies), ("host", "stage"))
        if self.doors.open_stages() >= doors.MOST_STAGES and not is_projector:
            return _refused(client, TOO_MANY_STAGES, 503)
        self._admit(client, doors.OPEN_TO_ALL)
        build_stage(self._backstage)
        return None

    async def _host(self, request: Request, client: Client) -> Response | None:
        return self._open(request, client, "host")

    async def _finalist(self, request: Request, client: Client) -> Response | None:
        return self._open(request, client, "finalist")

    async def _panel(self, request: Request, client: Client) -> Response | None:
        return self._open(request, client, "panel")

    def _open(self, request: Request, client: Client, role: str) -> Response | None:
        seat = self._seat(request, role)
        if seat is None:
            return _refused(client, NO_LINK, 403)
        self._admit(client, seat)
        build = {"host": build_host, "finalist": build_finalist, "panel": build_panel}[role]
        build(self._backstage, seat)
        return None

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

    def _admit(self, client: Client, seat: str) -> None:
        self.doors.admit(client.id, seat)
        self._backstage.presence.follow(client, seat)
        client.on_delete(lambda: self.doors.forget(client.id))


def _refused(client: Client, sentence: str, status: int) -> Response:
    # NiceGUI would keep the page that nobody gets for a minute.
    client.delete()
    return PlainTextResponse(sentence, status)
