"""In front of every request to the API: the token, how often, how much."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from finale.access import API, Access
from finale.audience.bucket import Bucket
from finale.clock import Clock
from finale.logs.logger import logger

log = logger(__name__)

OPEN_PATHS = ("/docs", "/openapi.json")
"""What the API is may be read by everybody; it says nothing of the show."""

LARGEST_BODY = 4096
"""Bytes; the largest cue needs a quarter of it."""

BURST, PER_SECOND = 40, 20.0
"""Requests that may come at once, and how many a second after that."""

_NO_TOKEN = "Send the API’s token: Authorization: Bearer …. The host finds it under Links."
_WRONG_TOKEN = "This is not the API’s token, or no longer. The host finds it under Links."
_OF_A_SEAT = "This is the link of a seat, not the API’s token. The host finds that under Links."
_TOO_OFTEN = f"Too many requests: at most {PER_SECOND:g} a second."
_TOO_LARGE = f"Say how long the body is, at most {LARGEST_BODY} bytes: Content-Length."


class Guard:
    """An ASGI layer that reads the header alone: no body and no cookie is looked at before."""

    def __init__(self, app: ASGIApp, access: Access, seats: tuple[str, ...], clock: Clock) -> None:
        """`seats` have links whose tokens are known, and are of no use here."""
        self._app = app
        self._access = access
        self._seats = seats
        self._bucket = Bucket(clock, BURST, PER_SECOND)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer why not."""
        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        if scope["path"].removeprefix(scope.get("root_path", "")) in OPEN_PATHS:
            return None
        headers = Headers(scope=scope)
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            return _answer(401, _NO_TOKEN, {"WWW-Authenticate": "Bearer"})
        whose = self._access.seat_of_token(token.strip(), (API, *self._seats))
        if whose is None:
            log.info("api token refused")
            return _answer(401, _WRONG_TOKEN, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        if whose != API:
            log.info("api token refused", seat=whose)
            return _answer(403, _OF_A_SEAT)
        if not self._bucket.take():
            return _answer(429, _TOO_OFTEN, {"Retry-After": "1"})
        return None if _is_small(headers) else _answer(413, _TOO_LARGE)


def _is_small(headers: Headers) -> bool:
    if "transfer-encoding" in headers:
        return False
    length = headers.get("content-length", "0")
    return length.isdecimal() and int(length) <= LARGEST_BODY


def _answer(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"detail": sentence}, status, dict(headers or {}))
