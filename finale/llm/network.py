"""Connections to addresses that were looked at first, and whose certificates are believed."""

import asyncio
import ipaddress
import os
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpcore
import httpx

from finale.destinations import is_forbidden
from finale.llm.base import EndpointError
from finale.llm.threads import in_thread

LED_ASTRAY = "The address of this model leads where clouds keep credentials. It is not asked."


class Checked(httpcore.AsyncNetworkBackend):
    """Looks a host's name up once, refuses what may not be asked, and connects to what it saw.

    The name stays that of the request, of its Host header and of the certificate.
    """

    def __init__(self) -> None:
        """No connection yet."""
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection within `timeout` seconds; raises EndpointError for a forbidden address."""
        loop = asyncio.get_running_loop()
        until = None if timeout is None else loop.time() + timeout
        try:
            async with asyncio.timeout_at(until):
                found = await _looked_up(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError from error
        *before, last = _best(found)
        for address in before:
            left = None if until is None else (until - loop.time()) / 2
            try:
                return await self._plain.connect_tcp(
                    address, port, left, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        left = None if until is None else max(0.0, until - loop.time())
        return await self._plain.connect_tcp(last, port, left, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: models have addresses."""
        raise httpcore.UnsupportedProtocol("no sockets of files")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


async def _looked_up(host: str, port: int) -> list[str]:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return await in_thread(lambda: addresses(host, port))
    # A number needs no resolver, and no thread.
    return allowed([host])


def addresses(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, in the resolver's order; blocks.

    Raises EndpointError if one of them is forbidden, OSError if there is none.
    """
    told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return allowed(list(dict.fromkeys(str(address[0]) for *_, address in told)))


def allowed(found: list[str]) -> list[str]:
    """These numeric addresses; raises EndpointError if one of them is forbidden."""
    if any(is_forbidden(address) for address in found):
        raise EndpointError("unreachable", LED_ASTRAY)
    return found


def _best(found: list[str]) -> list[str]:
    """The first address of each kind, IPv4 first: it is what works in more halls."""
    fours = [address for address in found if ":" not in address]
    sixes = [address for address in found if ":" in address]
    return [*fours[:1], *sixes[:1]]


class BadCertificates(ValueError):
    """A variable of the environment that names certificates which cannot be had."""


def trusted() -> ssl.SSLContext:
    """Whose certificates are believed: those of `SSL_CERT_FILE` or `SSL_CERT_DIR` if one is set,
    else the usual ones; and besides them those of `AWS_CA_BUNDLE`. Raises BadCertificates.
    """
    name = next((n for n in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(n)), "")
    if name == "SSL_CERT_DIR" and not Path(os.environ[name]).is_dir():
        raise _bad(name, "it is no folder")
    with _named(name):
        context = httpx.create_ssl_context()
    if bundle := os.environ.get("AWS_CA_BUNDLE"):
        with _named("AWS_CA_BUNDLE"):
            context.load_verify_locations(bundle)
    return context


@contextmanager
def _named(name: str) -> Iterator[None]:
    """What goes wrong with the certificates of that variable, by its name; "" if it is none."""
    try:
        yield
    except OSError as error:
        if not name:
            raise
        is_read = isinstance(error, ssl.SSLError)
        why = "there are no certificates in it" if is_read else (error.strerror or "").lower()
        raise _bad(name, why or "it cannot be read") from error


def _bad(name: str, why: str) -> BadCertificates:
    kind = "folder" if name == "SSL_CERT_DIR" else "file"
    return BadCertificates(
        f"{name}={os.environ[name]}: expected a {kind} of certificates (PEM), but {why}. "
        "Correct the variable, or unset it for the usual certificates."
    )


class CheckedTransport(httpx.AsyncHTTPTransport):
    """The transport of httpx over checked connections: no proxy, no variable of the environment."""

    def __init__(self, context: ssl.SSLContext, limits: httpx.Limits) -> None:
        """`limits` as httpx takes them."""
        super().__init__(verify=context, trust_env=False, limits=limits)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=Checked(),
        )
