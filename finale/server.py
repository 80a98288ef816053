"""The server of a show, and the socket on which it listens."""

import asyncio
import errno
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

LARGEST_MESSAGE = 512 * 1024


class CannotServe(Exception):
    """The show cannot be served as asked; the text says what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises CannotServe, with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CannotServe(_why_not(host, port, error)) from error
    return listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use. "
            "Stop what listens there, or choose another with --port."
        )
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return (
            f"{host} is no address of this machine. Choose one with --host: 0.0.0.0 takes them all."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights. Choose one above 1023 with --port."
    return f"Port {port} on {host} cannot be opened ({error.strerror}). Choose another with --port."


async def serve(
    show: ASGIApp, listener: socket.socket, on_ready: Callable[[], None] | None = None
) -> None:
    """Serve the show on `listener` until the server is told to stop."""
    config = uvicorn.Config(
        show,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_MESSAGE,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, on_ready)
    serving = asyncio.create_task(server.serve([listener]), name="server")
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._on_ready is not None and self.started:
            try:
                self._on_ready()
            except Exception:
                await self.shutdown(sockets)
                raise
