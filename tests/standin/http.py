"""As much HTTP as a stand-in needs, with full power over what goes wrong on the wire."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Seen:
    """A request as it arrived, and when its connection was closed, on the event loop's clock."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    at: float
    closed_at: float | None = None
    is_answered: bool = False

    def as_json(self) -> dict[str, object]:
        """For people: what was asked, without keys."""
        return {
            "method": self.method,
            "target": self.target,
            "body": self.body.decode("utf-8", "replace"),
            "at": self.at,
            "closed_at": self.closed_at,
            "is_answered": self.is_answered,
        }


class Line(asyncio.StreamReaderProtocol):
    """One connection, which notes at once when the other side closes it."""

    def __init__(self, serve: Callable[["Line"], object]) -> None:
        self.reader = asyncio.StreamReader(limit=2**22)
        super().__init__(self.reader, lambda _, writer: self._begin(writer))
        self.gone = asyncio.Event()
        self.seen: Seen | None = None
        self.writer: asyncio.StreamWriter
        self.serve = serve

    def _begin(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.serve(self)

    def eof_received(self) -> bool:
        """The other side has closed."""
        self._note()
        super().eof_received()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is no more."""
        self._note()
        super().connection_lost(exc)

    def _note(self) -> None:
        self.gone.set()
        if self.seen is not None and self.seen.closed_at is None:
            self.seen.closed_at = asyncio.get_running_loop().time()

    async def request(self) -> Seen | None:
        """The next request; None when there is none."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        first, *rest = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        fields = (line.partition(":") for line in rest if line)
        headers = {name.lower(): value.strip() for name, _, value in fields}
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        self.seen = Seen(method, target, headers, body, asyncio.get_running_loop().time())
        return self.seen

    async def head(self, status: int, headers: dict[str, str]) -> None:
        """The head of a reply."""
        lines = [f"HTTP/1.1 {status} As Told", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
        await self.send("\r\n".join(lines).encode())

    async def send(self, data: bytes) -> None:
        """Bytes as they are; ConnectionError if nobody is there."""
        if self.gone.is_set():
            raise ConnectionResetError
        self.writer.write(data)
        await self.writer.drain()

    def cut(self) -> None:
        """Drop the connection."""
        self.writer.transport.abort()


@dataclass(slots=True)
class Body:
    """The body of a reply, in chunks or, `unframed`, as long as the connection lasts."""

    line: Line
    is_framed: bool
    pause_s: float = field(default=0.0)

    async def part(self, data: bytes) -> None:
        """One part."""
        if data:
            framed = b"%x\r\n%b\r\n" % (len(data), data) if self.is_framed else data
            await self.line.send(framed)

    async def end(self) -> None:
        """The end, if this kind of body has one."""
        if self.is_framed:
            await self.line.send(b"0\r\n\r\n")
        else:
            self.line.writer.close()
