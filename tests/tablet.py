"""An expert's tablet in a browser, and the line to it that can be cut."""

from collections.abc import Callable

from hall import PATIENCE_MS, answer
from in_browser import People, Served
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

SEAT = "panel-1"
CRITERIA = {
    "generalization": "Generalization",
    "response_quality": "Response quality",
    "efficiency": "Efficiency",
}


class Line:
    """A tablet's connection; while it is cut, nothing passes and no other is made.

    `hold_up` keeps back what the tablet says until `let_up`.
    """

    def __init__(self) -> None:
        self._is_cut = False
        self._is_held = False
        self._kept: list[Callable[[], None]] = []
        self._open: list[WebSocketRoute] = []
        self._tablet: Page

    def join(self, tablet: Page) -> None:
        """Stand between `tablet` and its server."""
        self._tablet = tablet
        tablet.route_web_socket("**/_nicegui_ws/**", self._join)

    def cut(self) -> None:
        self._is_cut = True
        self._tablet.context.set_offline(True)
        while self._open:
            self._open.pop().close()
        expect(self._tablet.locator(".panel-page[data-offline]")).to_be_visible()

    def mend(self) -> None:
        self._is_cut = False
        self._tablet.context.set_offline(False)
        # The browser would try anew by itself once its last try is 20 s old.
        self._tablet.evaluate("() => void window.socket.disconnect().connect()")
        expect(self._tablet.locator(".panel-page:not([data-offline])")).to_be_visible(
            timeout=PATIENCE_MS
        )

    def hold_up(self) -> None:
        self._is_held = True

    def let_up(self) -> None:
        self._is_held = False
        while self._kept:
            self._kept.pop(0)()

    def _up(self, server: WebSocketRoute, said: str | bytes) -> None:
        if self._is_held:
            self._kept.append(lambda: server.send(said))
        else:
            server.send(said)

    def _join(self, route: WebSocketRoute) -> None:
        if self._is_cut:
            return
        self._open.append(route)
        server = route.connect_to_server()
        self._open.append(server)
        route.on_message(lambda said: self._up(server, said))
        server.on_message(route.send)


def marking(
    served: Served, people: People, join: Callable[[Page], object] = lambda _: None
) -> Page:
    """An expert's tablet with five answers, the first one open."""
    served.order("next")
    served.order("next")
    answer(served)
    tablet = people.open(served.links[SEAT], 1024, 768, join)
    expect(tab(tablet, "A")).to_have_attribute("aria-pressed", "true", timeout=PATIENCE_MS)
    tablet.wait_for_function("() => window.did_handshake", timeout=PATIENCE_MS)
    return tablet


def tab(tablet: Page, letter: str) -> Locator:
    return tablet.locator(f".panel-tab[data-opens={letter}]")


def touch(tablet: Page, criterion: str, mark: int) -> None:
    scale = tablet.get_by_role("radiogroup", name=criterion)
    target = scale.get_by_role("radio", name=str(mark), exact=True)
    target.click()
    expect(target).to_have_attribute("aria-checked", "true")


def touch_all(tablet: Page, mark: int) -> None:
    for criterion in CRITERIA.values():
        touch(tablet, criterion, mark)


def mark_all(served: Served, marks: dict[str, float]) -> None:
    """Have the server hold one mark on every criterion of each answer."""
    for letter, mark in marks.items():
        for criterion in CRITERIA:
            values = {"letter": letter, "criterion": criterion, "mark": mark}
            served.command("MarkScorecard", SEAT, round=0, **values)
