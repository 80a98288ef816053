"""The machine that the show runs on: disk, SQLite, clock, port and addresses."""

import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from finale.addresses import own_addresses
from finale.clock import Clock
from finale.preflight.base import Finding, Grade

SUBJECT = "This machine"
SYNCS = 200
BLOCK = b"\0" * 4096
GOOD_SYNC_MS, BAD_SYNC_MS = 20.0, 200.0
"""How long the slowest of a hundred commits may take before votes wait visibly, or pile up."""

LEAST_FREE, GOOD_FREE = 200 * 2**20, 2 * 2**30
LEAST_SQLITE = (3, 35, 0)
EARLIEST = 1_767_225_600.0
"""The first of January 2026, UTC: no laptop's clock is right before it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the show will be served and where it keeps its data; `is_serving` if it is already."""

    data: Path
    host: str
    port: int
    public_url: str = ""
    is_serving: bool = False


def machine(place: Place, clock: Clock) -> Iterator[Finding]:
    """Every check of the machine, in turn; the disk takes a few seconds."""
    yield _sqlite(sqlite3.sqlite_version_info)
    yield _clock(clock.now())
    yield _port(place)
    yield _addresses(place)
    yield _space(place.data)
    yield _disk(place.data)


def _sqlite(version: tuple[int, ...]) -> Finding:
    text = f"SQLite {'.'.join(str(part) for part in version)}"
    if version < LEAST_SQLITE:
        return Finding(SUBJECT, "SQLite", "no-go", text, "Use a newer Python.")
    return Finding(SUBJECT, "SQLite", "go", text)


def _clock(now: float) -> Finding:
    if now < EARLIEST:
        text = "The clock stands before this year."
        return Finding(SUBJECT, "clock", "no-go", text, "Set the time: AWS refuses wrong ones.")
    return Finding(SUBJECT, "clock", "go", "The date is plausible.")


def _port(place: Place) -> Finding:
    if place.is_serving:
        return Finding(SUBJECT, "port", "go", f"The show answers on port {place.port}.")
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            text = f"Port {place.port} on {place.host}: {error.strerror}."
            action = "Stop what listens there, or choose another with --port."
            return Finding(SUBJECT, "port", "no-go", text, action)
    return Finding(SUBJECT, "port", "go", f"Port {place.port} is free.")


def _addresses(place: Place) -> Finding:
    if place.public_url:
        host = urlsplit(place.public_url).hostname
        return Finding(SUBJECT, "address", "go", f"Phones open {host}, as --public-url says.")
    if place.host not in ("0.0.0.0", "::"):
        if place.host in ("127.0.0.1", "::1", "localhost"):
            text = f"{place.host} is this machine alone: no phone reaches it."
            return Finding(SUBJECT, "address", "watch", text, "Serve with --host 0.0.0.0.")
        return Finding(SUBJECT, "address", "go", f"Phones open {place.host}.")
    found = ", ".join(own_addresses())
    if not found:
        text = "No network: phones reach nothing."
        return Finding(SUBJECT, "address", "no-go", text, "Join the network of the hall.")
    return Finding(SUBJECT, "address", "go", f"Phones on the same network open {found}.")


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(_existing(folder)).free
    text = f"{free / 2**30:.1f} GiB are free."
    if free >= GOOD_FREE:
        return Finding(SUBJECT, "free space", "go", text)
    grade: Grade = "watch" if free >= LEAST_FREE else "no-go"
    return Finding(SUBJECT, "free space", grade, text, "Make room, or choose another with --data.")


def _disk(folder: Path) -> Finding:
    """How long a durable write takes: what every vote waits for."""
    try:
        p99 = _sync_ms(_existing(folder))
    except OSError as error:
        text = f"{folder} cannot be written ({error.strerror})."
        return Finding(SUBJECT, "disk", "no-go", text, "Choose another with --data.")
    text = f"99 of 100 durable writes take {p99:.1f} ms or less."
    if p99 <= GOOD_SYNC_MS:
        return Finding(SUBJECT, "disk", "go", text)
    grade: Grade = "watch" if p99 <= BAD_SYNC_MS else "no-go"
    action = "Take a local disk, and stop what else writes to it."
    return Finding(SUBJECT, "disk", grade, text, action)


def _sync_ms(folder: Path) -> float:
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(SYNCS):
            began = perf_counter()
            file.write(BLOCK)
            file.flush()
            os.fsync(file.fileno())
            times.append(1000 * (perf_counter() - began))
    return sorted(times)[SYNCS * 99 // 100 - 1]


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.is_dir())
