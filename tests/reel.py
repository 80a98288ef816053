"""All that an open page is sent, without what differs between any two shows."""

import json
import re
from typing import Any

from playwright.sync_api import Page, WebSocket

# What differs between any two shows, whoever owns what: times, and identifiers made by chance.
PASSING = (
    (re.compile(r"\b1[789]\d{8}(\.\d+)?\b"), "epoch"),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "time of day"),
    (re.compile(r'"data-held": [\d.]+'), "time left"),
    (re.compile(r"\b[0-9a-f]{16}(?=:)"), "show"),
)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

# A page's own script draws its clocks every second, and fits its texts in the next frame.
DOM = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const app = document.querySelector("#app").cloneNode(true);
  for (const clock of app.querySelectorAll("[data-form]")) clock.replaceWith("clock");
  return app.innerHTML;
}"""


class Reel:
    """All that one page is sent, and the page itself."""

    page: Page

    def __init__(self) -> None:
        self.frames: list[str] = []
        self.line: WebSocket
        self._names: dict[str, str] = {}

    def load(self, page: Page) -> None:
        """Film `page` from its first frame on."""
        self.page = page
        page.on("websocket", self._follow)

    def _follow(self, line: WebSocket) -> None:
        self.line = line
        line.on("framereceived", lambda frame: self.frames.append(str(frame)))

    def cut(self) -> str:
        """What came since the last cut: the last state of each element, then the messages.

        "" if nothing came.
        """
        events = [json.loads(frame[2:]) for frame in self.frames if frame.startswith("42")]
        self.frames.clear()
        elements: dict[str, Any] = {}
        messages = []
        for kind, message in events:
            message.pop("_id", None)
            if kind == "update":
                elements |= message
            elif "window.step" not in message.get("code", ""):
                messages.append([kind, message])
        news = [dict(sorted(elements.items())), messages]
        return self.plain(json.dumps(news)) if any(news) else ""

    def plain(self, text: str) -> str:
        """`text` without what passes; an identifier becomes the number of its first use."""
        for passing, name in PASSING:
            text = passing.sub(name, text)
        return UUID.sub(lambda m: self._names.setdefault(m[0], f"id-{len(self._names)}"), text)
