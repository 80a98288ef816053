"""AWS's event stream, written by hand: a prelude, headers, a payload, and two checksums."""

import json
import struct
from zlib import crc32


def frame(headers: dict[str, str], payload: bytes) -> bytes:
    """One message with headers that are strings."""
    head = b"".join(
        struct.pack("!B", len(name)) + name.encode() + struct.pack("!BH", 7, len(value)) + value
        for name, value in ((name, value.encode()) for name, value in headers.items())
    )
    prelude = struct.pack("!II", 16 + len(head) + len(payload), len(head))
    message = prelude + struct.pack("!I", crc32(prelude)) + head + payload
    return message + struct.pack("!I", crc32(message))


def event(kind: str, payload: bytes, content_type: str = "application/json") -> bytes:
    """An event of that type."""
    headers = {":event-type": kind, ":content-type": content_type, ":message-type": "event"}
    return frame(headers, payload)


def payload_part(payload: bytes) -> bytes:
    """A part of what a SageMaker container says."""
    return event("PayloadPart", payload, "application/octet-stream")


def exception(kind: str, told: dict[str, object]) -> bytes:
    """An exception amid the stream."""
    headers = {":exception-type": kind, ":content-type": "application/json"}
    return frame(headers | {":message-type": "exception"}, json.dumps(told).encode())
