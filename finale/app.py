"""Builds every part of a show, in order, and serves it."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from nicegui import ui
from starlette.types import Receive, Scope, Send

from finale.access import Access
from finale.audience.ballot_box import BallotBox
from finale.audience.door import Door
from finale.audience.gateway import Gateway
from finale.audience.passes import Passes
from finale.clock import Clock, Tasks
from finale.config import ASSETS, read_show
from finale.crew.drafter import Drafter
from finale.crew.judge import Judge, Marker
from finale.crew.timekeeper import Heartbeat, Shuffle, Timekeeper, fresh_order
from finale.llm.base import Endpoint
from finale.llm.understudy import Pace, five_understudies
from finale.llm.understudy_judge import UnderstudyJudge
from finale.pages.backstage import Backstage, Presence
from finale.pages.routes import Routes
from finale.rehearsal.robots import Robots
from finale.show.question import Question
from finale.show.views.common import Hall
from finale.showrunner import Showrunner
from finale.store.event_log import EventLog
from finale.store.folder import Folder
from finale.store.scratch import Scratch
from finale.store.writer import Writer

FIRST_TOKEN_S, WORDS_PER_S = 0.7, 14.0
LARGEST_MESSAGE = 512 * 1024


class CannotServe(Exception):
    """The show cannot be served as asked; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a show is started. `seed` feeds understudies and robots."""

    show: Path
    data: Path
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    seed: int = 0
    clock: Clock = field(default_factory=Clock)
    shuffle: Shuffle = fresh_order
    rounds: int | None = None


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
    down_s: float

    def links(self) -> dict[str, str]:
        """Role to full address, as `--links` writes it."""
        base = self.backstage.public_url
        return {**self.backstage.links(), "stage": f"{base}/stage", "audience": f"{base}/"}


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
    rundown, questions = read_show(settings.show)
    if settings.rounds is not None:
        rundown = rundown.model_copy(update={"rounds": rundown.rounds[: settings.rounds]})
    folder, tasks = Folder(settings.data), Tasks()
    folder.prepare()
    with folder.held():
        async with _stores(folder) as (writer, scratch):
            showrunner = Showrunner(EventLog(writer), settings.clock, await scratch.next_epoch())
            is_continued = await showrunner.open(rundown)
            models = _models(settings, showrunner, questions)
            drafter = Drafter(showrunner, models, scratch, tasks)
            try:
                down_s = await Heartbeat(showrunner, scratch, tasks).begin(is_continued)
                await drafter.recover()
                Judge(showrunner, marker or UnderstudyJudge(settings.seed), tasks)
                keeper = Timekeeper(showrunner, drafter, settings.shuffle)
                tasks.start(keeper.run(), "timekeeper")
                Robots(showrunner, drafter, tasks, settings.seed)
                house = _House(settings, folder.key(), writer, tasks)
                backstage, front = _front(house, (showrunner, drafter, scratch))
                yield Show(
                    showrunner, drafter, backstage, writer, tasks, front, is_continued, down_s
                )
            finally:
                await tasks.stop()


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


def _models(
    settings: Settings, showrunner: Showrunner, questions: Mapping[str, Question]
) -> dict[str, Endpoint]:
    seats = [finalist.id for finalist in showrunner.state.rundown.finalists]
    pace = Pace(FIRST_TOKEN_S, WORDS_PER_S, settings.clock.sleep)
    models = five_understudies(list(questions.values()), settings.seed, pace, len(seats))
    return dict(zip(seats, models, strict=True))


@dataclass(frozen=True, slots=True)
class _House:
    settings: Settings
    key: bytes
    writer: Writer
    tasks: Tasks


def _front(house: _House, crew: tuple[Showrunner, Drafter, Scratch]) -> tuple[Backstage, Front]:
    """The audience's door and the pages."""
    showrunner, clock = crew[0], house.settings.clock
    access, passes = Access(house.key), Passes(house.key)
    box = BallotBox(showrunner, house.writer, passes, clock)
    door = Door(passes, access.room_code(), access.room_key(), clock)
    gateway = Gateway(showrunner, box, door, clock)
    box.start(house.tasks)
    gateway.start(house.tasks)
    backstage = _backstage(house.settings, crew, (gateway, box), access)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
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
    settings: Settings,
    crew: tuple[Showrunner, Drafter, Scratch],
    audience: tuple[Gateway, BallotBox],
    access: Access,
) -> Backstage:
    showrunner, drafter, scratch = crew
    gateway, box = audience
    presence = Presence(showrunner)
    base = (settings.public_url or f"http://{_reachable(settings.host)}:{settings.port}").rstrip(
        "/"
    )
    seats = ("host", "stage", *showrunner.state.rundown.seats)

    def links() -> dict[str, str]:
        return {seat: f"{base}/enter/{access.token(seat)}" for seat in seats}

    def hall() -> Hall:
        return Hall(gateway.phones, box.ballots, presence.seats, showrunner.trouble or box.trouble)

    return Backstage(
        showrunner,
        drafter,
        scratch,
        settings.clock,
        presence,
        hall,
        links,
        base,
        access.room_code(),
        access.room_key(),
    )


def _reachable(host: str) -> str:
    """An address that others can open: this machine's own if it listens on all of them."""
    if host not in ("0.0.0.0", "::"):
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # No packet is sent: connecting a datagram socket only picks the outgoing address.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises CannotServe, with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = "is in use" if error.errno == errno.EADDRINUSE else f"({error.strerror})"
        raise CannotServe(
            f"Port {port} on {host} {reason}. "
            "Stop what listens there, or choose another with --port."
        ) from error
    return listener


async def serve(
    show: Show, listener: socket.socket, on_ready: Callable[[], None] | None = None
) -> None:
    """Serve the show on `listener` until the server is told to stop."""
    config = uvicorn.Config(
        show.front,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_MESSAGE,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, on_ready)
    serving = asyncio.create_task(server.serve([listener]), name="server")
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._on_ready is not None and self.started:
            try:
                self._on_ready()
            except Exception:
                await self.shutdown(sockets)
                raise
