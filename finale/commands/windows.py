"""The two native windows, in a process of their own: a crash of theirs takes nothing else along.

Started by `desktop`, which tells the addresses on standard input; ends with 0 when both are closed.
"""

import json
import os
import sys
from types import ModuleType
from typing import Any, Final

from finale.config import ASSETS

HOST: Final = "Finale · Host"
STAGE: Final = "Finale · Stage"
HOST_SIZE: Final = (1440, 900)
STAGE_SIZE: Final = (1280, 720)
AGAIN_MS: Final = 500
ICON: Final = ASSETS / "pictures" / "icon.png"


def main() -> None:
    """Open both windows; returns when they are closed."""
    urls = json.load(sys.stdin)
    # Said before the import: asking for the screens picks the toolkit.
    os.environ.setdefault("PYWEBVIEW_GUI", "qt")
    # The host's word is enough for a sound: nobody clicks on the projector.
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = (
        f"{flags} --autoplay-policy=no-user-gesture-required".strip()
    )
    sys.argv[0] = "Finale"
    import webview

    _open(webview, HOST, urls["host"], _host_place(webview))
    stage = _open(webview, STAGE, urls["stage"], _stage_place(webview))
    if len(webview.screens) > 1:
        # Full screen only once it stands on its display: before, it would fill the first one.
        stage.events.shown += stage.toggle_fullscreen
    webview.start(gui="qt", icon=str(ICON))


def _host_place(webview: ModuleType) -> dict[str, Any]:
    first = webview.screens[0]
    width, height = min(HOST_SIZE[0], first.width), min(HOST_SIZE[1], first.height)
    return {"screen": first, "width": width, "height": height, "x": 0, "y": 0}


def _stage_place(webview: ModuleType) -> dict[str, Any]:
    """The whole second display; else right of the host's if there is room, else a corner."""
    first, *others = webview.screens
    if others:
        second = others[0]
        return {"screen": second, "width": second.width, "height": second.height, "x": 0, "y": 0}
    (width, height), wide = STAGE_SIZE, first.width >= HOST_SIZE[0] + STAGE_SIZE[0]
    x = HOST_SIZE[0] if wide else max(0, first.width - width)
    y = 0 if wide else max(0, first.height - height)
    return {"screen": first, "width": width, "height": height, "x": x, "y": y}


def _open(webview: ModuleType, title: str, url: str, place: dict[str, Any]) -> Any:
    window = webview.create_window(title, url, background_color="#0A1A20", **place)

    def prepare() -> None:
        from qtpy.QtCore import QTimer

        # Two displays may have the same corner, so a place alone does not tell which.
        window.native.setScreen(place["screen"].frame)
        view = window.native.webview
        # The page's own process may end while the window stays: it is loaded anew.
        view.page().renderProcessTerminated.connect(
            lambda *_: QTimer.singleShot(AGAIN_MS, view.reload)
        )

    window.events.before_show += prepare
    return window


if __name__ == "__main__":
    main()
