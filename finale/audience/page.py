"""The phone page: joined from its files for each language, compressed once, one request."""

import asyncio
import base64
import hashlib
import html
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

from zopfli.gzip import compress

from finale.audience.names import renamed
from finale.audience.script import said, smaller, smaller_style
from finale.config import ASSETS
from finale.languages.texts import preferred, texts
from finale.show.phrase import Language, phrase

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

FOLDER: Final = ASSETS / "audience"
SCRIPTS: Final = (
    *("texts", "line", "vote", "page", "prose", "door"),
    *("screens", "scores", "draw", "clock"),
)
"""The script of the page, file by file."""

_JOINING: Final = phrase("Joining the room…")
_NO_SCRIPT: Final = phrase("This page needs JavaScript to vote.")
_HOST: Final = re.compile(r"^[\w.:\[\]-]{1,255}$", re.ASCII)


class PhonePage:
    """Answers GET and HEAD of the page, in the language that the browser would rather have."""

    def __init__(self) -> None:
        """No page is made before somebody wants it."""
        self._pages: dict[Language, _Page] = {}
        self._making = asyncio.Lock()

    async def answer(self, scope: Scope, send: Send) -> None:
        """Send the page, or 304 if the phone has it, or 405 for other methods."""
        if scope["method"] not in ("GET", "HEAD"):
            await _respond(send, 405, [(b"allow", b"GET, HEAD")])
            return
        headers = dict(scope["headers"])
        page = await self._in(preferred(headers.get(b"accept-language", b"").decode("latin-1")))
        base = [
            (b"etag", page.etag),
            (b"cache-control", b"no-cache"),
            (b"vary", b"accept-encoding, accept-language"),
            (b"content-security-policy", page.policy(headers.get(b"host", b""))),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]
        if headers.get(b"if-none-match") == page.etag:
            await _respond(send, 304, base)
            return
        is_zipped = b"gzip" in headers.get(b"accept-encoding", b"")
        body = page.zipped if is_zipped else page.plain
        base += [(b"content-type", b"text/html; charset=utf-8")]
        base += [(b"content-encoding", b"gzip")] if is_zipped else []
        await _respond(send, 200, base, (body, scope["method"] == "HEAD"))

    async def _in(self, language: Language) -> "_Page":
        async with self._making:
            if language not in self._pages:
                # It takes a tenth of a second, for which nobody's vote may wait.
                self._pages[language] = await asyncio.to_thread(_Page, language)
        return self._pages[language]


class _Page:
    """The page of one language, ready to be sent."""

    def __init__(self, language: Language) -> None:
        self.plain = page_text(language).encode()
        self.zipped = compress(self.plain)
        self.etag = f'"{hashlib.sha256(self.plain).hexdigest()[:16]}"'.encode()
        self._script = _hashes(self.plain, b"script")
        self._style = _hashes(self.plain, b"style")

    def policy(self, host: bytes) -> bytes:
        """What the page may load and open: its own inline parts, and the socket of that host."""
        # Older phones do not take 'self' for the socket's own scheme, so the host is named.
        name = host.decode("latin-1")
        sockets = f" ws://{name} wss://{name}" if _HOST.match(name) else ""
        return (
            f"default-src 'none'; script-src {self._script}; style-src {self._style}; "
            f"img-src data:; connect-src 'self'{sockets}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ).encode()


def page_text(language: Language) -> str:
    """The whole page in that language, small."""
    spoken = texts(language)
    script = "".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    parts = {
        "language": language,
        "direction": spoken.direction,
        "joining": html.escape(spoken.phrase(_JOINING), quote=False),
        "no_script": html.escape(spoken.phrase(_NO_SCRIPT), quote=False),
        "style": smaller_style((FOLDER / "style.css").read_text(encoding="utf-8")),
        "script": renamed(smaller(said(script, spoken))),
    }
    skeleton = (FOLDER / "index.html").read_text(encoding="utf-8")
    return re.sub(r"{(\w+)}", lambda found: parts[found[1]], skeleton)


def _hashes(page: bytes, tag: bytes) -> str:
    found = re.findall(b"<%b>(.*?)</%b>" % (tag, tag), page, re.DOTALL)
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
