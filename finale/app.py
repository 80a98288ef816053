"""Builds every part of a show, in order."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from nicegui import ui
from starlette.types import Receive, Scope, Send

from finale.access import API, Access, every_seat, role_links
from finale.addresses import base_url
from finale.api import routes as api
from finale.audience.ballot_box import BallotBox
from finale.audience.door import Door
from finale.audience.gateway import Gateway
from finale.audience.passes import Passes
from finale.cast import Means, finalists_models, seated_marker
from finale.clock import Clock, Tasks
from finale.config import ASSETS, read_show
from finale.crew.baseline import Baseline
from finale.crew.drafter import Drafter
from finale.crew.fingerprints import Fingerprints
from finale.crew.judge import Judge
from finale.crew.timekeeper import Heartbeat, Shuffle, Timekeeper, fresh_order
from finale.judging.base import Marker
from finale.llm.wire import Wire
from finale.logs.keeping import Keeping, Logs, kept
from finale.logs.logger import logger
from finale.logs.redaction import secrets_of
from finale.pages.backstage import Backstage, Presence
from finale.pages.live import BEAT_S, Beat
from finale.pages.routes import Routes
from finale.preflight.board import Board, Checks
from finale.preflight.machine import Place
from finale.preflight.run import Flight, check
from finale.rehearsal.robots import Robots
from finale.seating import check_keys, secrets
from finale.show.views.common import Hall
from finale.showrunner import Showrunner
from finale.store.event_log import EventLog
from finale.store.folder import Folder
from finale.store.scratch import SHOW_FILE, Scratch
from finale.store.writer import Writer

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a show is started. `seed` feeds understudies and robots.

    `beat_s` is how long pages wait for more changes to draw with the first.
    """

    show: Path
    data: Path
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    seed: int = 0
    clock: Clock = field(default_factory=Clock)
    shuffle: Shuffle = fresh_order
    rounds: int | None = None
    is_log_json: bool = False
    beat_s: float = BEAT_S

    @property
    def place(self) -> Place:
        """Where the show is served and keeps its data."""
        return Place(self.data, self.host, self.port, self.public_url, is_serving=True)


@dataclass(frozen=True, slots=True)
class Show:
    """A show that is open, and what others need of it."""

    showrunner: Showrunner
    drafter: Drafter
    backstage: Backstage
    writer: Writer
    tasks: Tasks
    front: "Front"
    is_continued: bool
    is_plan_old: bool
    down_s: float

    def links(self) -> dict[str, str]:
        """Role to full address, as `--links` writes it."""
        return role_links(self.backstage.links(), self.backstage.public_url)


class Front:
    """Phones are answered here, ahead of everything else; the rest goes to the pages."""

    def __init__(self, app: FastAPI, gateway: Gateway, pages: Routes) -> None:
        """`app` must be reachable as an attribute: NiceGUI looks for its server that way."""
        self.app = app
        self._gateway = gateway
        self._pages = pages.doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_phone = scope["type"] != "lifespan" and self._gateway.answers(scope)
        await (self._gateway if is_phone else self._pages)(scope, receive, send)


@asynccontextmanager
async def opened(settings: Settings, marker: Marker | None = None) -> AsyncIterator[Show]:
    """Every part of the show, running; all of it ends, in order, when the block does.

    `marker` is the judge's model, the understudy judge if there is none.
    Raises BadFile, StoreError or ValueError, whose texts say where and what to do.
    """
    plan = read_show(settings.show)
    check_keys(plan, os.environ)
    rundown = plan.rundown
    if settings.rounds is not None:
        rundown = rundown.model_copy(update={"rounds": rundown.rounds[: settings.rounds]})
    folder, tasks = Folder(settings.data), Tasks()
    folder.prepare()
    keeping = Keeping(folder.log_file, settings.clock.now, settings.is_log_json)
    with folder.held(), kept(keeping) as logs:
        logs.know(secrets((*plan.endpoints.values(), plan.judge, plan.spare_judge), os.environ))
        async with _stores(folder) as (writer, scratch), Wire() as wire:
            await scratch.put(SHOW_FILE, str(settings.show.absolute()))
            showrunner = Showrunner(EventLog(writer), settings.clock, await scratch.next_epoch())
            is_continued = await showrunner.open(rundown)
            access = Access(folder.key(), folder.turns(), folder.keep_turns)
            _brief(logs, showrunner, access)
            means = Means(wire, settings.clock, os.environ, settings.seed)
            models = finalists_models(plan, showrunner.state.rundown, means)
            drafter = Drafter(showrunner, models, scratch, tasks)
            try:
                down_s = await Heartbeat(showrunner, scratch, tasks).begin(is_continued)
                await drafter.recover()
                Baseline(showrunner, models, tasks)
                Fingerprints(showrunner, models, tasks)
                Judge(
                    showrunner,
                    marker or seated_marker(plan, showrunner.state.rundown, means),
                    tasks,
                )
                keeper = Timekeeper(showrunner, drafter, settings.shuffle)
                tasks.start(keeper.run(), "timekeeper")
                Robots(showrunner, drafter, tasks, settings.seed)
                board = _board(Flight(plan, means, settings.place), showrunner, tasks)
                house = _House(settings, folder.key(), access, writer, tasks, board)
                backstage, front = _front(house, (showrunner, drafter, scratch))
                log.info("show opened", is_continued=is_continued, down_s=round(down_s, 1))
                yield Show(
                    showrunner,
                    drafter,
                    backstage,
                    writer,
                    tasks,
                    front,
                    is_continued,
                    is_continued and rundown != showrunner.state.rundown,
                    down_s,
                )
            finally:
                await tasks.stop()
                log.info("show closed")


def _brief(logs: Logs, showrunner: Showrunner, access: Access) -> None:
    """Tell the log what it must hide, and what each of its lines says."""
    seats = (API, *every_seat(showrunner.state.rundown.seats))
    logs.know([*access.secrets(seats), *secrets_of(os.environ)])
    access.on_renewed(lambda seat: logs.know(access.secrets((seat,))))

    def about() -> dict[str, object]:
        state = showrunner.state
        return {
            "show": showrunner.show_id,
            "round": len(state.rounds),
            "phase": state.phase.value,
        }

    logs.about(about)


@asynccontextmanager
async def _stores(folder: Folder) -> AsyncIterator[tuple[Writer, Scratch]]:
    writer = Writer(folder.open_show())
    try:
        scratch_writer = Writer(folder.open_scratch())
        try:
            scratch = Scratch(scratch_writer)
            await scratch.load()
            yield writer, scratch
        finally:
            scratch_writer.close()
    finally:
        writer.close()


@dataclass(frozen=True, slots=True)
class _House:
    settings: Settings
    key: bytes
    access: Access
    writer: Writer
    tasks: Tasks
    board: Board


def _board(flight: Flight, showrunner: Showrunner, tasks: Tasks) -> Board:
    checks = Checks(flight.subjects(), partial(check, flight))
    return Board(checks, showrunner, flight.means.clock, tasks)


def _front(house: _House, crew: tuple[Showrunner, Drafter, Scratch]) -> tuple[Backstage, Front]:
    """The audience's door and the pages."""
    showrunner, clock = crew[0], house.settings.clock
    access, passes = house.access, Passes(house.key)
    box = BallotBox(showrunner, house.writer, passes, clock)
    door = Door(passes, access.room_code(), access.room_key(), clock)
    gateway = Gateway(showrunner, box, door, clock)
    box.start(house.tasks)
    gateway.start(house.tasks)
    backstage = _backstage(house, crew, (gateway, box))
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    seats = every_seat(showrunner.state.rundown.seats)
    api.open_api(app, api.House(showrunner, access, seats, backstage.hall))
    routes = Routes(app, backstage, access)
    ui.run_with(
        app,
        title="Finale",
        favicon=ASSETS / "pictures" / "favicon.svg",
        tailwind=False,
        show_welcome_message=False,
        dark=None,
    )
    return backstage, Front(app, gateway, routes)


def _backstage(
    house: _House,
    crew: tuple[Showrunner, Drafter, Scratch],
    audience: tuple[Gateway, BallotBox],
) -> Backstage:
    settings, access = house.settings, house.access
    showrunner, drafter, scratch = crew
    gateway, box = audience
    presence = Presence(showrunner)
    base = base_url(settings.host, settings.port, settings.public_url)
    seats = every_seat(showrunner.state.rundown.seats)

    def links() -> dict[str, str]:
        return access.links(base, seats)

    def hall() -> Hall:
        trouble = showrunner.trouble or box.trouble
        return Hall(
            gateway.phones,
            box.ballots,
            presence.seats,
            trouble,
            presence.checks,
            presence.lost,
        )

    return Backstage(
        showrunner,
        Beat(showrunner, settings.beat_s),
        drafter,
        scratch,
        settings.clock,
        presence,
        hall,
        links,
        access.renew,
        partial(access.token, API),
        base,
        access.room_code(),
        access.room_key(),
        house.board,
    )
