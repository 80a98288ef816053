"""By which addresses others reach this machine."""

import socket
from contextlib import suppress

API_PATH = "/api/v1"
"""Where the HTTP API is, behind every address of the show."""


def base_url(host: str, port: int, public_url: str = "") -> str:
    """The address that phones and laptops open, without a slash at its end."""
    return (public_url or f"http://{_reachable(host)}:{port}").rstrip("/")


def _reachable(host: str) -> str:
    """An address that others can open: this machine's own if it listens on all of them."""
    if host not in ("0.0.0.0", "::"):
        return f"[{host}]" if ":" in host else host
    return outgoing_address() or "127.0.0.1"


def outgoing_address() -> str:
    """The IPv4 address from which this machine speaks to others, "" without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        # No packet is sent: connecting a datagram socket only picks the outgoing address.
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return ""


def own_addresses() -> list[str]:
    """The IPv4 addresses by which others may reach this machine, the outgoing one first."""
    found = dict.fromkeys([outgoing_address()])
    with suppress(OSError):
        for *_, address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found[str(address[0])] = None
    return [address for address in found if address and not address.startswith("127.")]
