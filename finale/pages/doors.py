"""In front of every page: role links into cookies, the Origin check, the security headers."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from nicegui import Client, core
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from finale.access import Access
from finale.logs.logger import logger

log = logger(__name__)

SOCKET_PATH = "/_nicegui_ws"
COOKIE_AGE_S = 3 * 24 * 3600
OPEN_TO_ALL = ("stage", "overlay", "testcard")
MOST_OPEN = 16
"""How many pages of each of those may be open at a time without a link."""

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self' {socket}; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)


class Doors:
    """An ASGI layer around the pages; it knows which seat each open page belongs to."""

    def __init__(self, app: ASGIApp, access: Access, origins: frozenset[str]) -> None:
        """`origins` are hosts that may open a socket besides the one that served the page."""
        self.app = app
        self._access = access
        self._origins = origins
        self._seats: dict[str, str] = {}

    def admit(self, client_id: str, seat: str) -> None:
        """Remember which seat the page of that NiceGUI client belongs to."""
        self._seats[client_id] = seat

    def forget(self, client_id: str) -> None:
        """The page is gone."""
        self._seats.pop(client_id, None)

    def evict(self, seat: str) -> None:
        """Empty every open page of that seat and send it away; it can do nothing from then on."""
        for client_id in [found for found, owner in self._seats.items() if owner == seat]:
            page = Client.instances.get(client_id)
            if page is not None:
                page.run_javascript("location.reload()")
                page.remove_all_elements()

    def open_pages(self, seat: str) -> int:
        """How many pages of the seat are open; those that need no link are counted."""
        return sum(owner == seat for owner in self._seats.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif self._is_refused(scope):
            await _refuse(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(scope, send))

    def _is_refused(self, scope: Scope) -> bool:
        if scope["path"].startswith(SOCKET_PATH):
            return not self._may_connect(scope)
        return bool(scope["type"] == "websocket")

    def _may_connect(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc not in {
            headers.get("host", ""),
            *self._origins,
        }:
            return False
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        client_id = query.get("client_id", [""])[0]
        if not client_id:
            # NiceGUI would let such a socket take over any page by a message.
            return False
        seat = self._seats.get(client_id)
        # The page of an unknown one has gone; NiceGUI tells it so, and it loads itself anew.
        return seat is None or seat in OPEN_TO_ALL or self._access.holds(cookies_of(headers), seat)


def cookies_of(headers: Headers) -> dict[str, str]:
    """The cookies of a request; unreadable ones are passed over."""
    return cookie_parser(headers.get("cookie", ""))


def guard_nicegui() -> None:
    """Let a socket act on its own page alone, and keep no page for an unknown address.

    NiceGUI takes events for any page from any socket, and keeps each 404 for a minute.
    """
    core.sio.on("event", _hear)
    core.app.add_exception_handler(404, _not_found)


def _hear(socket: str, message: dict[str, Any]) -> None:
    # The handshake, which the doors have let through, put the socket in its page's room.
    page = Client.instances.get(message["client_id"])
    if page is not None and page.id in core.sio.rooms(socket) and page.has_socket_connection:
        page.handle_event(message)


async def _not_found(request: Request, error: Exception) -> Response:
    return PlainTextResponse("There is no such page in this show.", 404)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": "not from this page"})
        return
    await PlainTextResponse("This socket belongs to another page.", 403)(scope, receive, send)


def _with_headers(scope: Scope, send: Send) -> Send:
    host = Headers(scope=scope).get("host", "")
    policy = POLICY.format(socket=f"ws://{host} wss://{host}")
    is_page = not scope["path"].startswith(("/assets/", "/_nicegui/"))

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers["Content-Security-Policy"] = policy
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "no-referrer"
            if is_page:
                headers["Cache-Control"] = "no-store"
            message["headers"] = headers.raw
        await send(message)

    return send_with_headers


def enter(request: Request, access: Access, seats: tuple[str, ...]) -> Response:
    """Exchange the token of a role link for the seat's cookie, and drop it from the address."""
    seat = access.seat_of_token(request.path_params["token"], seats)
    if seat is None:
        log.info("link refused", path=request.url.path)
        return PlainTextResponse(
            "This link is not one of this show’s. Ask the host for the current one.", 403
        )
    log.info("link opened", seat=seat)
    response = RedirectResponse(_with_choices(page_of(seat), request.url.query), 303)
    response.set_cookie(
        access.cookie_name(seat),
        access.cookie(seat),
        max_age=COOKIE_AGE_S,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def page_of(seat: str) -> str:
    """The address of a seat's page."""
    role = seat.split("-")[0]
    return f"/{role}" if role == seat else f"/{role}?seat={seat}"


def _with_choices(address: str, choices: str) -> str:
    """What was written behind the link, as the overlay's choices are, goes on to the page."""
    return f"{address}?{choices}" if choices and "?" not in address else address
