"""The native windows, on a virtual display: both open, and both show their page."""

import importlib.util
import os
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from finale.config import ROOT

SHOTS = ROOT / "build" / "shots"
NEEDED = {"Xvfb": "xvfb", "xwininfo": "x11-utils", "xwd": "x11-apps"}
SECONDS = 90
COLOURS_OF_A_PAGE = 60
"""An empty window has one or two colours; a page with text has many, by its smooth edges."""


@pytest.fixture
def display() -> Iterator[str]:
    missing = sorted(package for name, package in NEEDED.items() if shutil.which(name) is None)
    if missing:
        pytest.skip(f"no virtual display: install {' '.join(missing)}, or run .ci/run")
    if importlib.util.find_spec("webview") is None:
        pytest.skip("no native windows: run `uv sync --extra desktop`, or .ci/run")
    reader, writer = os.pipe()
    words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "2880x1620x24"]
    with subprocess.Popen(words, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as said:
            yield f":{said.readline().strip()}"
        server.terminate()


@pytest.fixture
def windows(display: str, tmp_path: Path) -> Iterator[str]:
    """A show with `--desktop`; the display that its windows are on."""
    with subprocess.Popen(
        [sys.executable, "run_finale.py", "--desktop", "--port", "18097", "--data", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "DISPLAY": display,
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu",
        },
    ) as show:
        yield display
        show.send_signal(signal.SIGINT)
        try:
            show.wait(10)
        except subprocess.TimeoutExpired:
            show.kill()


def window(display: str, title: str) -> str:
    """The id of the window with that title, "" while there is none."""
    tree = subprocess.run(
        ["xwininfo", "-root", "-tree", "-display", display], capture_output=True, text=True
    ).stdout
    found = re.search(rf'(0x[0-9a-f]+) "{title}"', tree)
    return found.group(1) if found else ""


def picture(display: str, window_id: str) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of RGB pixels of a window; no rows before it is shown."""
    words = ["xwd", "-silent", "-display", display, "-id", window_id]
    dump = subprocess.run(words, capture_output=True).stdout
    if not dump:
        return 0, 0, []
    head = struct.unpack(">25I", dump[:100])
    width, height, stride = head[4], head[5], head[12]
    pixels = dump[head[0] + head[19] * 12 :]
    rows = []
    for y in range(height):
        line = pixels[y * stride : y * stride + width * 4]
        row = bytearray(width * 3)
        row[0::3], row[1::3], row[2::3] = line[2::4], line[1::4], line[0::4]
        rows.append(bytes(row))
    return width, height, rows


def colours(rows: list[bytes]) -> int:
    return len({row[x : x + 3] for row in rows[::4] for x in range(0, len(row), 12)})


def write_png(path: Path, width: int, height: int, rows: list[bytes]) -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b""))


def test_desktop_shows_host_and_stage_in_windows_of_their_own(windows: str) -> None:
    waiting = {"Finale · Host": (1440, 900), "Finale · Stage": (1280, 720)}
    for _again in range(SECONDS):
        for title, size in list(waiting.items()):
            found = window(windows, title)
            if not found:
                continue
            width, height, rows = picture(windows, found)
            if colours(rows) > COLOURS_OF_A_PAGE:
                assert (width, height) == size
                write_png(SHOTS / f"desktop-{title.split()[-1].lower()}.png", width, height, rows)
                del waiting[title]
        if not waiting:
            break
        select.select([], [], [], 1)
    assert waiting == {}
