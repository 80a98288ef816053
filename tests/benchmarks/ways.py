"""Ways from one stand-in to a reader: a bare stream, the drafter, a page’s socket, Chromium."""

import asyncio
import itertools
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

import httpx
from backstage import Backstage, backstage
from doorway import Opened, cookies, opened, socket_address, visitor
from in_browser import CHROMIUM, FLAGS, SHOW, Served
from playwright.async_api import Browser, async_playwright
from standin import Seen, StandIn
from websockets.asyncio.client import ClientConnection, connect

from finale.clock import Clock, Tasks
from finale.crew.drafter import Drafter
from finale.llm.openai_compatible import Chat, OpenAICompatible
from finale.llm.wire import Wire
from finale.pages.live import BEAT_S
from finale.show.phases import Phase

_TAKE = re.compile(r"\btake\d+\b")
_IN_ALL = "in all"
SEATS = tuple(f"finalist-{letter}" for letter in "vwxyz")
LONGEST_MS = 60_000
_WATCH = """longest => new Promise((resolve, reject) => {
    let began = 0, first = 0;
    const look = () => {
        const now = performance.now();
        const text = document.querySelector('.stream-text.is-growing');
        if (!first && text && text.textContent.trim()) first = now;
        if (first && !text) { watcher.disconnect(); resolve([first - began, now - began]); }
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, {
        subtree: true, childList: true, characterData: true, attributes: true,
    });
    setTimeout(() => reject(new Error('no answer on the page')), longest);
    began = performance.now();
    document.querySelector('.finalist-generate button').click();
})"""


@dataclass(frozen=True, slots=True)
class Pace:
    """How the stand-in speaks: seconds before the first word and after each, number of words."""

    first_s: float
    pause_s: float
    words: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds from the wish to the first word and to the end."""

    first_s: float
    total_s: float


class Way(Protocol):
    """One way to read an answer."""

    async def ask(self, seat: str) -> Taken:
        """Have that seat's model answer, and read all of it."""
        ...


@asynccontextmanager
async def standing_in(pace: Pace) -> AsyncIterator[str]:
    """The base address of a stand-in in a process of its own."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_stand_in, args=(pace, there), daemon=True)
    process.start()
    try:
        yield f"{await asyncio.to_thread(here.recv)}/v1"
    finally:
        process.terminate()
        process.join()


def _stand_in(pace: Pace, there: Connection) -> None:
    async def serve() -> None:
        takes = itertools.count(1)

        def reply(_: Seen) -> str:
            # No two answers begin alike: a page shows earlier ones, too.
            return f"take{next(takes)} " + "word " * (pace.words - 1)

        spoken = StandIn(first_word_s=pace.first_s, pause_s=pace.pause_s, reply=reply)
        async with spoken as place:
            there.send(place.base)
            await asyncio.Event().wait()

    asyncio.run(serve())


@dataclass(frozen=True, slots=True)
class Bare:
    """httpx, one POST, its lines, and nothing else."""

    client: httpx.AsyncClient
    base: str

    async def ask(self, seat: str) -> Taken:
        """As the drafter's adapter asks."""
        turn = {"role": "user", "content": "What is it?"}
        body = {"model": "plain", "messages": [turn], "stream": True}
        began, first = time.perf_counter(), 0.0
        async with self.client.stream(
            "POST", f"{self.base}/chat/completions", json=body
        ) as response:
            async for line in response.aiter_lines():
                if not first and line.startswith("data: {") and _word(line):
                    first = time.perf_counter()
        return Taken(first - began, time.perf_counter() - began)


def _word(line: str) -> str:
    choices = json.loads(line.removeprefix("data: "))["choices"]
    return choices[0]["delta"].get("content", "") if choices else ""


@dataclass(frozen=True, slots=True)
class ByDrafter:
    """Showrunner, log on disk, drafter and adapter, up to who listens for a console."""

    show: Backstage
    drafter: Drafter

    async def ask(self, seat: str) -> Taken:
        """From the call of Generate to the draft on record."""
        began, heard = time.perf_counter(), []

        def grown() -> None:
            streaming = self.drafter.streaming(seat)
            if streaming is not None and streaming.text:
                heard.append(time.perf_counter())

        stop = self.drafter.listen(seat, grown)
        await self.drafter.generate(seat, 0, "Be kind.", 0.7, 0.9)
        await self.show.showrunner.until(lambda state: not state.round.running(seat))
        stop()
        return Taken(heard[0] - began, time.perf_counter() - began)


@dataclass(slots=True)
class Socket:
    """A finalist's console as a browser has it: its socket, and the Generate button on it."""

    line: ClientConnection
    page: Opened
    known: set[str] = field(default_factory=set)
    frames: asyncio.Queue[tuple[float, str]] = field(default_factory=asyncio.Queue)

    async def listen(self) -> None:
        """Keep what comes, with its time, and answer the server's pings, as a browser does."""
        async for frame in self.line:
            if frame == "2":
                await self.line.send("3")
            else:
                self.frames.put_nowait((time.perf_counter(), str(frame)))

    async def ask(self) -> Taken:
        """From the press to the frames that bring the first word and the ended draft."""
        press = {"id": self.page.button, "listener_id": self.page.listener, "args": []}
        event = json.dumps(["event", {"client_id": self.page.client_id, **press}])
        while not self.frames.empty():
            # What another page of the same seat has asked for meanwhile.
            self.known |= set(_TAKE.findall(self.frames.get_nowait()[1]))
        began, first = time.perf_counter(), 0.0
        await self.line.send(f"42{event}")
        async with asyncio.timeout(LONGEST_MS / 1000):
            while True:
                at, frame = await self.frames.get()
                if not first and (new := set(_TAKE.findall(frame)) - self.known):
                    first, self.known = at, self.known | new
                elif first and _IN_ALL in frame:
                    return Taken(first - began, at - began)


@dataclass(frozen=True, slots=True)
class ByPage:
    """All of the show in a process of its own, up to the socket of a finalist's console."""

    sockets: dict[str, Socket]

    async def ask(self, seat: str) -> Taken:
        """From the press on Generate to what a browser is sent."""
        return await self.sockets[seat].ask()


@dataclass(frozen=True, slots=True)
class ByChromium:
    """The same show, and a finalist's console in Chromium, which is open for one answer."""

    browser: Browser
    links: dict[str, str]

    async def ask(self, seat: str) -> Taken:
        """From the click on Generate to the words in the page, on the page's own clock."""
        context = await self.browser.new_context(viewport={"width": 1440, "height": 900})
        try:
            page = await context.new_page()
            # Another seat's: two open consoles of one seat would both be drawn.
            await page.goto(self.links[SEATS[-1]])
            await page.get_by_role("button", name="Generate").wait_for()
            await page.wait_for_function("window.did_handshake === true")
            # A button that was drawn just now takes no press.
            await page.locator(".finalist-generate button:not(.is-settling)").wait_for()
            first, total = await page.evaluate(_WATCH, LONGEST_MS)
        finally:
            await context.close()
        return Taken(first / 1000, total / 1000)


@asynccontextmanager
async def bare(base: str) -> AsyncIterator[Bare]:
    """The bare way, on connections that are kept."""
    async with httpx.AsyncClient(trust_env=False, timeout=LONGEST_MS / 1000) as client:
        yield Bare(client, base)


@asynccontextmanager
async def by_drafter(folder: Path, base: str) -> AsyncIterator[ByDrafter]:
    """A show in tuning on a real database, with five finalists at the stand-in."""
    seconds = {"tuning": 600}
    async with Wire() as wire, backstage(folder, Clock(), seconds=seconds) as show:
        chat = Chat("openai: plain", "plain")
        models = {seat: OpenAICompatible(chat, base, "", wire) for seat in SEATS}
        drafter = Drafter(show.showrunner, models, show.scratch, show.tasks)
        await show.to(Phase.TUNING)
        yield ByDrafter(show, drafter)


@asynccontextmanager
async def served(folder: Path, base: str) -> AsyncIterator[Served]:
    """A whole show in tuning, in a process of its own."""
    folder.mkdir()
    show = await asyncio.to_thread(Served, folder, [], _seated(base), beat_s=BEAT_S)
    try:
        for _ in range(2):
            await asyncio.to_thread(show.order, "next")
        yield show
    finally:
        await asyncio.to_thread(show.stop)


@asynccontextmanager
async def by_page(show: Served) -> AsyncIterator[ByPage]:
    """A console's socket for each seat."""
    tasks = Tasks()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(tasks.stop)
        sockets = {}
        for seat in SEATS:
            with visitor(show, seat) as browser:
                page = opened(browser.get("/finalist").text, "Alt+G")
                cookie = cookies(browser, seat)
            address = socket_address(show, page.client_id)
            line = await stack.enter_async_context(
                connect(address, additional_headers={"Cookie": cookie}, max_size=None, proxy=None)
            )
            await line.recv()
            await line.send("40")
            await line.recv()
            sockets[seat] = Socket(line, page)
            tasks.start(sockets[seat].listen(), f"socket of {seat}")
        yield ByPage(sockets)


@asynccontextmanager
async def by_chromium(show: Served) -> AsyncIterator[ByChromium | None]:
    """A browser; None where there is no Chromium."""
    if CHROMIUM is None:
        yield None
        return
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield ByChromium(browser, show.links)
        await browser.close()


def _seated(base: str) -> str:
    """The show file of the browser tests, with every finalist at the stand-in."""
    table = f'endpoint = {{{{ kind = "openai", model = "plain", base = "{base}" }}}} }}}},\n'
    return SHOW.replace(" }},\n", f", {table}")
