"""A real Chromium, and a real server in a process of its own."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from browser.scripted_show import run
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from finale.config import ROOT

CHROMIUM = shutil.which("chromium")
OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints"),
    *("PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
)
"""What Chromium need not do: the first two are the lists under the address bar, two more pages in
every window. The others are Playwright's own, which these flags would otherwise take back."""
FLAGS = [
    f"--disable-features={','.join(OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
]
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["browser.scripted_show"])
"""A server begins as a copy of a process that has imported everything once."""

PATIENCE_S = 120.0
"""How long a server may take to answer a line, or to end, on the busiest machine."""

SHOW = """
title = "The Two-Round Cup"
banks = ["{questions}/underwriting.toml"]
rounds = ["wildfire-frame-house", "bakery-timber-roof"]
reserve = "delivery-van-fleet"
panel = ["Expert One", "Expert Two", "Expert Three", "Expert Four", "Expert Five"]
finalist = [
    {{ name = "Vera Example", short = "Vera", affiliation = "Team Vanilla" }},
    {{ name = "Wim Placeholder", short = "Wim", affiliation = "Team Walnut" }},
    {{ name = "Xenia Specimen", short = "Xenia", affiliation = "Team Xigua" }},
    {{ name = "Yusuf Sample", short = "Yusuf", affiliation = "Team Yuzu" }},
    {{ name = "Zora Standin", short = "Zora", affiliation = "Team Zest" }},
]
[settings]
quorum = 2
[settings.seconds]
question = 600
tuning = 600
locked = 0
vote = 600
marks = 600
appeal = 5
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module: Playwright's loop must not be there when other tests run theirs."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install the package chromium, or run .ci/run")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


class Served:
    """A show in another process, told what to do line by line."""

    def __init__(self, folder: Path, marks: list[int], show: str = SHOW, **options: Any) -> None:
        """`show` is a show file with a place for {questions}; `options` are the script's."""
        self.data = folder / "data"
        self._options = {
            "show": str(folder / "show.toml"),
            "data": str(folder / "data"),
            "port": free_port(),
            "marks": marks,
            **options,
        }
        text = show.format(questions=ROOT / "questions")
        (folder / "show.toml").write_text(text, encoding="utf-8")
        self.start()

    def start(self) -> None:
        here, there = socket.socketpair()
        here.settimeout(PATIENCE_S)
        self._process = PROCESSES.Process(target=run, args=(self._options, there), daemon=True)
        self._process.start()
        there.close()
        self._line = here
        self._answers = here.makefile("r", encoding="utf-8")
        try:
            said = self._answer()
        except AssertionError:
            self.stop()
            raise
        self.links: dict[str, str] = said["links"]
        self.code: str = said["code"]
        self.token: str = said["token"]

    def order(self, do: str, seat: str = "", **rest: Any) -> dict[str, Any]:
        """Have an absent seat do something; what it led to."""
        self._line.sendall(f"{json.dumps({'do': do, 'seat': seat, **rest})}\n".encode())
        return self._answer()

    def command(self, do: str, by: str, **values: Any) -> dict[str, Any]:
        """A command of `finale.show.commands` by an absent seat."""
        return self.order(do, by, values=values)

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self.stop()

    def stop(self) -> None:
        """The end of its line ends the server; TimeoutError if it hangs."""
        self._answers.close()
        self._line.close()
        self._process.join(PATIENCE_S)
        if self._process.exitcode is None:
            self._process.kill()
            raise TimeoutError(f"the server went on for {PATIENCE_S} s")

    def _answer(self) -> dict[str, Any]:
        line = self._answers.readline()
        assert line, "the server has ended"
        answer: dict[str, Any] = json.loads(line)
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    started: list[Served] = []

    def start(marks: list[int], **options: Any) -> Served:
        started.append(Served(tmp_path, marks, **options))
        return started[-1]

    yield start
    for served in started:
        served.stop()


class People:
    """One browser context per person; remembers every console error and foreign request."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def open(
        self, url: str, width: int, height: int, prepare: Callable[[Page], object] = lambda _: None
    ) -> Page:
        """A page in a browser of its own; `prepare` has it before it opens `url`."""
        context = self._browser.new_context(viewport={"width": width, "height": height})
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: m.type == "error" and self.complaints.append(m.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        prepare(page)
        page.goto(url)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    opened = People(browser)
    yield opened
    opened.close()
