"""One reply of a stand-in: its words in a dialect, cut into parts, and what goes wrong in it."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from standin.behaviours import Behaviour
from standin.dialects import Converse, Dialect
from standin.frames import event
from standin.http import Body

LONG_LINE = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Performance:
    """A reply to be played; `wrap` puts a part into the backend's frame."""

    dialect: Dialect
    how: Behaviour
    words: tuple[str, ...]
    wrap: Callable[[bytes], bytes]
    pause_s: float

    async def play(self, body: Body) -> None:
        """Say all of it, or what the behaviour leaves of it."""
        how = self.how
        if how.is_whole and not isinstance(self.dialect, Converse):
            await self._send(body, self.dialect.whole(self.words, 2 if how.is_pretty else None))
            await body.end()
            return
        await self._send(body, self.dialect.start(how))
        for place, word in enumerate(self.words):
            if how.then and place == how.after:
                break
            await self._send(body, self.dialect.word(word))
            await asyncio.sleep(self.pause_s)
        if how.then:
            await self._misbehave(body)
            return
        last = self.dialect.finish(how, self.words)
        has_lines = how.has_last_line_end or isinstance(self.dialect, Converse)
        await self._send(body, last if has_lines else last.rstrip(b"\r\n"))
        if how.is_open_at_end:
            await body.line.gone.wait()
        await body.end()

    async def _send(self, body: Body, data: bytes) -> None:
        for part in self._parts(data):
            await body.part(self.wrap(part))

    def _parts(self, data: bytes) -> Iterator[bytes]:
        """The data in parts; frames of a backend that has its own are cut on the wire."""
        size = self.how.size or len(data)
        if not self.how.is_cut_in_characters:
            for start in range(0, len(data), max(1, size)):
                yield data[start : start + size]
            return
        start = 0
        for place, byte in enumerate(data, start=1):
            if byte >= 0xC0:
                yield data[start:place]
                start = place
        yield data[start:]

    async def _misbehave(self, body: Body) -> None:
        line, say = body.line, self.dialect.word
        match self.how.then:
            case "stall":
                await line.gone.wait()
            case "cut":
                line.writer.close() if not body.is_framed else line.cut()
                raise ConnectionResetError
            case "exception":
                await self._send(body, self.dialect.error())
                await body.end()
            case "endless":
                while True:
                    await self._send(body, say("on and "))
            case "comments":
                await self._comments(body)
            case "bad frame":
                await body.part(self.wrap(say("x"))[:-3] + b"!!!")
                await body.end()
            case "torn frame":
                await body.part(self.wrap(say("x"))[:-9])
                await body.end()
            case _:
                await self._send(body, self._garbage())
                await body.end()

    async def _comments(self, body: Body) -> None:
        """Sign of life after sign of life, and never a word."""
        sign = (
            b": ping\n\n"
            if not isinstance(self.dialect, Converse)
            else self.dialect.start(self.how)
        )
        while not body.line.gone.is_set():
            await self._send(body, sign)
            await asyncio.sleep(0.01)

    def _garbage(self) -> bytes:
        whole = self.dialect.word("Grüße")
        match self.how.then:
            case "invalid utf-8":
                if isinstance(self.dialect, Converse):
                    return _reframed(b'{"delta": {"text": "Gr\xfc\xdfe"}}')
                return whole.replace("ü".encode(), b"\xfc")
            case "long line":
                return self.dialect.word("x" * LONG_LINE)
            case "torn":
                return whole[: len(whole) // 2]
        if isinstance(self.dialect, Converse):
            return _reframed(b"{no json}")
        return b"data: {no json}\n\n"


def _reframed(payload: bytes) -> bytes:
    return event("contentBlockDelta", payload)
