"""`serve --desktop`: the host in one native window, the stage in another."""

import asyncio
import os
import threading
from pathlib import Path
from types import ModuleType

from finale import app, server
from finale.commands.serve import Links, announce, prepare_links

HOST_SIZE = (1440, 900)
STAGE_SIZE = (1280, 720)


class _Served:
    """The show, served in a thread of its own: windows must have the main one."""

    def __init__(self, settings: app.Settings, links: Path | None) -> None:
        self._settings = settings
        self._links = links
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._serving: asyncio.Task[None] | None = None
        self._problem: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="show")
        self.urls: dict[str, str] = {}

    def start(self) -> None:
        """Serve; returns when the pages can be opened, raises what stands in the way."""
        self._thread.start()
        self._ready.wait()
        if self._problem is not None:
            self._thread.join()
            raise self._problem

    def stop(self) -> None:
        """End the server as Ctrl-C would, and wait for it."""
        if self._loop is not None and self._serving is not None:
            self._loop.call_soon_threadsafe(self._serving.cancel)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except asyncio.CancelledError:
            return
        except Exception as problem:  # noqa: BLE001 - told to the main thread, which raises it
            self._problem = problem
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._serving = asyncio.current_task()
        listener = server.listen(self._settings.host, self._settings.port)
        try:
            async with app.opened(self._settings) as show:
                self.urls = show.links()
                links = prepare_links(self._links, self.urls)
                await server.serve(show.front, listener, lambda: self._announce(show, links))
        finally:
            listener.close()

    def _announce(self, show: app.Show, links: Links | None) -> None:
        announce(show, links)
        self._ready.set()


def run_windows(settings: app.Settings, links: Path | None) -> None:
    """Open both windows; closing them ends the show's server. Raises CannotServe and the like."""
    webview = _webview()
    served = _Served(settings, links)
    served.start()
    try:
        _open(webview, "Finale · Host", served.urls["host"], HOST_SIZE, (0, 0))
        _open(webview, "Finale · Stage", served.urls["stage"], STAGE_SIZE, _beside(webview))
        webview.start(gui="qt")
    finally:
        served.stop()


def _webview() -> ModuleType:
    # Said before the import: asking for the screens picks the toolkit.
    os.environ.setdefault("PYWEBVIEW_GUI", "qt")
    try:
        import webview
    except ImportError as error:
        raise server.CannotServe(
            "The windows need the extra “desktop”: start with "
            "`uv run --extra desktop run_finale.py --desktop`."
        ) from error
    module: ModuleType = webview
    return module


def _beside(webview: ModuleType) -> tuple[int, int]:
    """Where the stage's window goes: right of the host's if there is room, else over its corner."""
    width, height = webview.screens[0].width, webview.screens[0].height
    right = HOST_SIZE[0] if width >= HOST_SIZE[0] + STAGE_SIZE[0] else width - STAGE_SIZE[0]
    below = 0 if right == HOST_SIZE[0] else height - STAGE_SIZE[1]
    return max(0, right), max(0, below)


def _open(
    webview: ModuleType, title: str, url: str, size: tuple[int, int], place: tuple[int, int]
) -> None:
    (width, height), (x, y) = size, place
    webview.create_window(
        title, url, width=width, height=height, x=x, y=y, background_color="#0A1A20"
    )
