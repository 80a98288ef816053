"""The phone page: one file, compressed once, served in one request."""

import base64
import gzip
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_COMMENT = re.compile(rb"^ *// .*\n", re.MULTILINE)
_HOST = re.compile(r"^[\w.:\[\]-]{1,255}$", re.ASCII)


class PhonePage:
    """Answers GET and HEAD of the page."""

    def __init__(self, html: bytes) -> None:
        """Compress `html` and hash its inline script and style for the page's policy."""
        # Lines of comment are for those who read the file; phones have no need of them.
        html = _COMMENT.sub(b"", html)
        self._plain = html
        self._zipped = gzip.compress(html, mtime=0)
        self._etag = f'"{hashlib.sha256(html).hexdigest()[:16]}"'.encode()
        self._script = _hashes(html, b"script")
        self._style = _hashes(html, b"style")

    async def answer(self, scope: Scope, send: Send) -> None:
        """Send the page, or 304 if the phone has it, or 405 for other methods."""
        if scope["method"] not in ("GET", "HEAD"):
            await _respond(send, 405, [(b"allow", b"GET, HEAD")])
            return
        headers = dict(scope["headers"])
        base = [
            (b"etag", self._etag),
            (b"cache-control", b"no-cache"),
            (b"vary", b"accept-encoding"),
            (b"content-security-policy", self._policy(headers.get(b"host", b""))),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]
        if headers.get(b"if-none-match") == self._etag:
            await _respond(send, 304, base)
            return
        is_zipped = b"gzip" in headers.get(b"accept-encoding", b"")
        body = self._zipped if is_zipped else self._plain
        base += [(b"content-type", b"text/html; charset=utf-8")]
        base += [(b"content-encoding", b"gzip")] if is_zipped else []
        await _respond(send, 200, base, (body, scope["method"] == "HEAD"))

    def _policy(self, host: bytes) -> bytes:
        # Older phones do not take 'self' for the socket's own scheme, so the host is named.
        name = host.decode("latin-1")
        sockets = f" ws://{name} wss://{name}" if _HOST.match(name) else ""
        return (
            f"default-src 'none'; script-src {self._script}; style-src {self._style}; "
            f"img-src data:; connect-src 'self'{sockets}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ).encode()


def page_file() -> Path:
    """Where the page lies: beside an installed package, or in the checkout."""
    installed = Path(__file__).parents[1] / "_assets"
    folder = installed if installed.exists() else Path(__file__).parents[2] / "assets"
    return folder / "audience" / "index.html"


def _hashes(html: bytes, tag: bytes) -> str:
    found = re.findall(b"<%b>(.*?)</%b>" % (tag, tag), html, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(inline).digest()).decode() for inline in found)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


async def _respond(
    send: Send,
    status: int,
    headers: Iterable[tuple[bytes, bytes]],
    content: tuple[bytes, bool] = (b"", False),
) -> None:
    body, is_head = content
    length = [] if status == 304 else [(b"content-length", str(len(body)).encode())]
    start = {"type": "http.response.start", "status": status, "headers": [*headers, *length]}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if is_head else body})
