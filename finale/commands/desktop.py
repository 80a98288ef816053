"""`serve --desktop`: the host in one native window, the stage in another."""

import asyncio
import importlib.util
import json
import sys
from pathlib import Path
from typing import Final

from finale import app, server
from finale.commands.serve import announce, prepare_links
from finale.commands.terminal import out

SOON_S: Final = 10.0
"""A crash so soon after the start was most likely not the show's."""
TRIES: Final = 3


def run_windows(settings: app.Settings, links: Path | None) -> None:
    """Serve with both windows open; closing them ends it. Raises CannotServe and the like."""
    if importlib.util.find_spec("webview") is None:
        raise server.CannotServe(
            "The windows need the extra “desktop”: start with "
            "`uv run --extra desktop run_finale.py --desktop`."
        )
    asyncio.run(_serve(settings, links))


async def _serve(settings: app.Settings, links: Path | None) -> None:
    listener = server.listen(settings.host, settings.port)
    try:
        async with app.opened(settings) as show:
            waiting = prepare_links(links, show.links())
            ready = asyncio.Event()

            def announced() -> None:
                announce(show, waiting)
                ready.set()

            serving = show.tasks.start(server.serve(show.front, listener, announced), "server")
            serving.add_done_callback(lambda _: ready.set())
            await ready.wait()
            windows = show.tasks.start(_keep_windows(show.links()), "windows")
            done, _ = await asyncio.wait({serving, windows}, return_when=asyncio.FIRST_COMPLETED)
            for task in (windows, serving):
                task.cancel()
            await asyncio.gather(windows, serving, return_exceptions=True)
            for task in done:
                task.result()
    finally:
        listener.close()


async def _keep_windows(urls: dict[str, str]) -> None:
    """Both windows, opened again after a crash; returns when they were closed."""
    loop = asyncio.get_running_loop()
    left = TRIES
    while left:
        began = loop.time()
        if await _windows(urls) == 0:
            return
        left = left - 1 if loop.time() - began < SOON_S else TRIES
        out.print("The windows have crashed." + (" They come back." if left else ""))
    out.print("They crash at once. The show goes on: open the links in a browser.")
    await asyncio.Event().wait()


async def _windows(urls: dict[str, str]) -> int:
    """One life of the windows: the exit code."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "finale.commands.windows"), stdin=asyncio.subprocess.PIPE
    )
    try:
        # Not among the arguments: every user of the machine can read those.
        await process.communicate(json.dumps({k: urls[k] for k in ("host", "stage")}).encode())
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    assert process.returncode is not None
    return process.returncode
