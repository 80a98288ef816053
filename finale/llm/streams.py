"""From bytes to the pieces of a reply: SSE, lines of JSON, and AWS's event stream.

Parts end anywhere, within lines and within characters of UTF-8; so bytes are cut at line ends
first, and only whole lines are decoded.
"""

import json
import re
import struct
from collections.abc import Iterator
from typing import Any, Protocol

from botocore.eventstream import EventStreamBuffer, EventStreamMessage, ParserError

from finale.llm.base import EndpointError
from finale.llm.failures import exception_told, garbled
from finale.llm.replies import Piece, read_converse, read_reply

_LINE_END = re.compile(rb"\r\n?|\n")
_BOM = b"\xef\xbb\xbf"
_SILENT_FIELDS = (b"event", b"id", b"retry")


class Decoder(Protocol):
    """Turns the bytes of one reply into its pieces; how they are cut makes no difference."""

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The pieces that end within `data`. Raises EndpointError."""
        ...

    def end(self) -> Iterator[Piece]:
        """The pieces that had no line end; EndpointError if the reply broke off."""
        ...


def broken_off() -> EndpointError:
    """The failure of a reply that ends in the middle."""
    return EndpointError("cut", "The model’s reply broke off. Generate again.")


class LineDecoder:
    """Server-sent events or bare lines of JSON, in the dialects of OpenAI, TGI and LMI.

    An answer that was not streamed, one JSON value over many lines, is read at its end.
    """

    def __init__(self) -> None:
        """Nothing read yet."""
        self._rest = bytearray()
        self._scanned = 0
        self._whole = bytearray()
        self._has_read = False
        self._is_error = False
        self._is_after_return = False

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The pieces whose lines end within `data`. Raises EndpointError."""
        if self._is_after_return and data:
            # Windows lines may be cut between their two signs.
            data = data.removeprefix(b"\n")
            self._is_after_return = False
        self._rest += data
        while (end := _LINE_END.search(self._rest, self._scanned)) is not None:
            line = bytes(self._rest[: end.start()])
            self._is_after_return = end[0] == b"\r" and end.end() == len(self._rest)
            length = end.end()
            # A match holds the buffer, which can only be cut when it is let go.
            del end
            del self._rest[:length]
            self._scanned = 0
            yield from self._line(line)
        self._scanned = len(self._rest)

    def end(self) -> Iterator[Piece]:
        """The last line, if it had no end, or the value that took many lines."""
        line = bytes(self._rest)
        self._rest.clear()
        if self._whole:
            yield read_reply(_value(bytes(self._whole) + line))
            return
        try:
            yield from self._line(line)
        except EndpointError as error:
            is_torn = error.kind == "garbage" and line.lstrip()[:1] in (b"{", b"[", b"d")
            raise (broken_off() if is_torn else error) from None
        if self._whole:
            raise broken_off()

    def _line(self, line: bytes) -> Iterator[Piece]:
        content = line.removeprefix(_BOM).strip()
        if self._whole:
            self._whole += content + b"\n"
            return
        if not content:
            self._is_error = False
            return
        field, colon, value = content.partition(b":")
        if colon and field in _SILENT_FIELDS:
            self._is_error = self._is_error or (field, value.strip()) == (b"event", b"error")
        elif colon and field == b"error":
            yield read_reply({"error": _value(value.strip())})
        elif colon and field in (b"", b"data"):
            yield from self._data(value.strip() if field else b"")
        else:
            yield from self._bare(content)

    def _data(self, value: bytes) -> Iterator[Piece]:
        if value == b"[DONE]":
            yield Piece(is_end=True)
        elif value:
            self._has_read = True
            told = _value(value)
            yield read_reply({"error": told} if self._is_error else told)

    def _bare(self, content: bytes) -> Iterator[Piece]:
        try:
            value = _value(content)
        except EndpointError:
            if self._has_read or content[:1] not in (b"{", b"["):
                raise
            self._whole += content + b"\n"
            return
        self._has_read = True
        yield read_reply(value)


class _Frames:
    """The messages of AWS's event stream; an exception among them is raised."""

    def __init__(self) -> None:
        self._buffer = EventStreamBuffer()
        self._unread = 0

    def feed(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Type and payload of each event that ends within `data`."""
        self._unread += len(data)
        self._buffer.add_data(data)
        while (message := self._next()) is not None:
            self._unread -= message.prelude.total_length
            headers = message.headers
            if headers.get(":message-type", "event") != "event":
                name = headers.get(":exception-type") or headers.get(":error-code") or ""
                raise exception_told(str(name), message.payload)
            yield str(headers.get(":event-type", "")), message.payload

    def _next(self) -> EventStreamMessage | None:
        try:
            return next(self._buffer, None)
        except (ParserError, struct.error, KeyError, UnicodeDecodeError) as error:
            raise garbled("a broken frame") from error

    def end(self) -> None:
        """Raises EndpointError if a frame is unfinished."""
        if self._unread:
            raise broken_off()


class SageMakerDecoder:
    """The event stream of InvokeEndpointWithResponseStream: the container's lines, in parts."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self._frames = _Frames()
        self._lines = LineDecoder()

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The pieces whose lines end within `data`. Raises EndpointError."""
        for event, payload in self._frames.feed(data):
            if event == "PayloadPart":
                yield from self._lines.feed(payload)

    def end(self) -> Iterator[Piece]:
        """The last line, if it had no end."""
        self._frames.end()
        yield from self._lines.end()


class BedrockDecoder:
    """The event stream of ConverseStream; it ends with a messageStop, or it broke off."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self._frames = _Frames()

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The pieces whose frames end within `data`. Raises EndpointError."""
        for event, payload in self._frames.feed(data):
            yield read_converse(event, _value(payload))

    def end(self) -> Iterator[Piece]:
        """Asked only of a reply that has not stopped: it broke off."""
        raise broken_off()
        yield


def _value(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise garbled("bytes that are no UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise garbled("a line that is no JSON") from error
