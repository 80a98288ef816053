"""At the doors: visitors with the cookies of their seats, and NiceGUI's socket spoken by hand."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from in_browser import Served
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("doors"), [])
    yield served
    served.stop()


@contextmanager
def visitor(served: Served, *seats: str) -> Iterator[httpx.Client]:
    """Somebody at the doors, who has followed the links of `seats`."""
    base = served.links["stage"].removesuffix("/stage")
    with httpx.Client(base_url=base, trust_env=False) as client:
        for seat in seats:
            client.get(served.links[seat])
        yield client


def cookie_of(browser: httpx.Client, seat: str) -> tuple[str, str]:
    """Name and value of the seat's cookie."""
    return next(item for item in browser.cookies.items() if item[0].endswith(f"-{seat}"))


def cookies(browser: httpx.Client, *seats: str) -> str:
    return "; ".join("=".join(cookie_of(browser, seat)) for seat in seats)


class Line:
    """NiceGUI's socket, spoken by hand."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._socket.recv(timeout=10)
        self._socket.send("40")
        self.answer = str(self._socket.recv(timeout=10))

    def say(self, kind: str, **message: Any) -> None:
        """Say it, and wait until the server has heard it."""
        self._socket.send("421" + json.dumps([kind, message]))
        frames = [str(self._socket.recv(timeout=10))]
        while not frames[-1].startswith("431"):
            assert len(frames) < 20, frames
            frames.append(str(self._socket.recv(timeout=10)))


@dataclass(frozen=True)
class Opened:
    """A page as it was served: its id, and where one of its buttons is."""

    client_id: str
    button: int = 0
    listener: str = ""


def opened(html: str, key: str = "Space") -> Opened:
    """What the first HTML of a page tells a browser; the button is the one with that key."""
    client = re.search(r"[\"']client_id[\"']: [\"']([0-9a-f-]{36})", html)
    raw = re.search(r"parseElements\(String\.raw`(.*?)`\)", html, re.DOTALL)
    assert client is not None
    assert raw is not None
    for id_, element in json.loads(unescape(raw[1])).items():
        if element.get("props", {}).get("data-key") == key:
            clicks = [event for event in element["events"] if event["type"] == "click"]
            return Opened(client[1], int(id_), clicks[0]["listener_id"])
    return Opened(client[1])


def socket_address(served: Served, page: str) -> str:
    """Where the socket of the page of that id is opened, "" for none."""
    address = served.links["stage"].replace("http", "ws", 1).removesuffix("/stage")
    asked = {"EIO": "4", "transport": "websocket", "tab_id": "t", "document_id": "d"}
    if page:
        asked |= {"client_id": page, "next_message_id": "0", "implicit_handshake": "true"}
    return f"{address}/_nicegui_ws/socket.io/?{urlencode(asked)}"


@contextmanager
def line(served: Served, page: str, **headers: str) -> Iterator[Line]:
    """The socket of the page of that id, "" for none; InvalidStatus where it is refused."""
    uri = socket_address(served, page)
    origin = headers.pop("Origin", None)
    with connect(uri, origin=origin, additional_headers=headers, proxy=None) as socket:
        yield Line(socket)


def status_of(served: Served, page: str, **headers: str) -> int:
    """101 if the socket is let through, else the status of the refusal."""
    try:
        with line(served, page, **headers):
            return 101
    except InvalidStatus as refusal:
        return refusal.response.status_code
