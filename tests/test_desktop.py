"""The native windows, on virtual displays: each on its own, and back after a crash."""

import importlib.util
import json
import os
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from in_browser import free_port

from finale.config import ROOT

SHOTS = ROOT / "build" / "shots"
NEEDED = {"Xvfb": "xvfb", "xwininfo": "x11-utils", "xprop": "x11-utils", "xwd": "x11-apps"}
SECONDS = 90
COLOURS_OF_A_PAGE = 60
"""An empty window has one or two colours; a page with text has many, by its smooth edges."""


HOST, STAGE = "Finale · Host", "Finale · Stage"
ONE = ("2880x1620x24",)
TWO = ("1440x900x24", "1920x1080x24")


@dataclass(frozen=True)
class Desktop:
    """A show with `--desktop`: its display, its process, its data."""

    display: str
    show: subprocess.Popen[bytes]
    data: Path

    def pages(self) -> Counter[str]:
        """How often each page was opened so far, by the show's own log."""
        log = self.data / "log.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        said = [json.loads(line) for line in lines]
        return Counter(one["seat"] for one in said if one["event"] == "page opened")

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        for _again in range(SECONDS * 4):
            if is_so():
                return
            assert self.show.poll() is None, "the show has ended"
            select.select([], [], [], 0.25)
        raise AssertionError("it did not come")


@pytest.fixture
def display(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server with the screens of the parameter; without one, with a single wide one."""
    missing = sorted({package for name, package in NEEDED.items() if not shutil.which(name)})
    if missing:
        pytest.skip(f"no virtual display: install {' '.join(missing)}, or run .ci/run")
    if importlib.util.find_spec("webview") is None:
        pytest.skip("no native windows: run `uv sync --extra desktop`, or .ci/run")
    reader, writer = os.pipe()
    screens = [("-screen", str(n), size) for n, size in enumerate(getattr(request, "param", ONE))]
    words = ["Xvfb", "-displayfd", str(writer), *(word for one in screens for word in one)]
    with subprocess.Popen(words, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as said:
            yield f":{said.readline().strip()}"
        server.terminate()


@pytest.fixture
def desktop(display: str, tmp_path: Path) -> Iterator[Desktop]:
    """A show with `--desktop` on that display."""
    with subprocess.Popen(
        [
            *(sys.executable, "run_finale.py", "--desktop"),
            *("--port", str(free_port()), "--data", str(tmp_path)),
        ],
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
        yield Desktop(display, show, tmp_path)
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


def shown(display: str, title: str) -> tuple[int, int]:
    """The size of that window once its page is drawn, (0, 0) before; a picture of it is kept."""
    found = window(display, title)
    if not found:
        return 0, 0
    width, height, rows = picture(display, found)
    if colours(rows) <= COLOURS_OF_A_PAGE:
        return 0, 0
    write_png(SHOTS / f"desktop-{title.split()[-1].lower()}.png", width, height, rows)
    return width, height


def processes(of: int, words: str) -> list[int]:
    """The processes below `of` whose command line has `words`."""
    below, found = {of}, []
    for pid in sorted(int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()):
        # Others come and go meanwhile.
        with suppress(OSError):
            parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if int(parent) in below:
                below.add(pid)
                found += [pid] if words in line else []
    return found


def test_without_a_second_display_the_windows_stand_side_by_side(desktop: Desktop) -> None:
    desktop.wait_for(lambda: shown(desktop.display, HOST) == (1440, 900))
    desktop.wait_for(lambda: shown(desktop.display, STAGE) == (1280, 720))


@pytest.mark.parametrize("display", [TWO], indirect=True)
def test_the_stage_fills_the_second_display_and_both_are_ours(desktop: Desktop) -> None:
    first, second = (f"{desktop.display}.{n}" for n in (0, 1))
    desktop.wait_for(lambda: shown(first, HOST) == (1440, 900))
    desktop.wait_for(lambda: shown(second, STAGE) == (1920, 1080))
    assert (window(first, STAGE), window(second, HOST)) == ("", "")
    for display, title in ((first, HOST), (second, STAGE)):
        words = ["xprop", "-display", display, "-id", window(display, title)]
        said = subprocess.run(words, capture_output=True, text=True).stdout
        assert 'WM_CLASS(STRING) = "Finale", "Finale"' in said
        assert "_NET_WM_ICON(CARDINAL)" in said


def test_windows_come_back_after_a_crash_and_the_show_goes_on(desktop: Desktop) -> None:
    desktop.wait_for(lambda: desktop.pages() == Counter(host=1, stage=1))
    # What draws a page is a child that a zygote has made of itself.
    zygotes = processes(desktop.show.pid, "--type=zygote")
    drawing = [pid for one in zygotes for pid in processes(one, "--type=zygote")]
    assert len(drawing) >= 2
    for pid in drawing:
        os.kill(pid, signal.SIGKILL)
    desktop.wait_for(lambda: desktop.pages() == Counter(host=2, stage=2))
    (windows,) = processes(desktop.show.pid, "finale.commands.windows")
    os.kill(windows, signal.SIGSEGV)
    desktop.wait_for(lambda: desktop.pages() == Counter(host=3, stage=3))
    desktop.wait_for(lambda: shown(desktop.display, HOST) == (1440, 900))
    desktop.wait_for(lambda: shown(desktop.display, STAGE) == (1280, 720))
