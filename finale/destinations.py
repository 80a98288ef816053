"""Which hosts may be asked for an answer: none of those where clouds hand out credentials."""

import ipaddress
import re
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_METADATA = frozenset(
    ipaddress.ip_address(text)
    for text in ("100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254")
)
"""What Alibaba, Azure, AWS and Google answer at besides the link-local addresses."""
_METADATA_NAMES = frozenset(
    {"metadata", "metadata.google.internal", "metadata.goog"}
    | {"instance-data", "instance-data.ec2.internal"}
)
_THIS_NETWORK = ipaddress.ip_network("0.0.0.0/8")
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


def is_forbidden(address: str) -> bool:
    """Whether nothing may be asked there: link-local, metadata, unspecified and group addresses.

    `address` is numeric, with or without a zone. IPv4 within IPv6 counts as what it is.
    """
    return any(_is_barred(each) for each in _meant(_number(address)))


def is_near(host: str) -> bool:
    """Whether it is this machine or a private address, by its spelling alone."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = list(_meant(_number(name)))[-1]
    except ValueError:
        return False
    return address.is_private or address.is_loopback or address in _SHARED


def host_fault(host: str) -> str:
    """What was expected in place of `host`, "" if it may be asked as far as its spelling tells.

    Numbers have many spellings, and each library reads its own: only the usual one is taken.
    """
    name = host.lower()
    if ":" in name:
        try:
            return "the address of a model" if is_forbidden(name) else ""
        except ValueError:
            return "an address that exists"
    plain = name.removesuffix(".")
    if not _NAME.fullmatch(plain):
        return "a host in letters from a to z, digits, dots and hyphens"
    if _NUMBER.fullmatch(plain.rpartition(".")[2]):
        try:
            return "the address of a model" if is_forbidden(name) else ""
        except ValueError:
            return "an address written as four plain numbers"
    return "the address of a model" if plain in _METADATA_NAMES else ""


def _number(address: str) -> Address:
    return ipaddress.ip_address(address.partition("%")[0])


def _meant(address: Address) -> Iterator[Address]:
    """The address, and the one of IPv4 that it carries."""
    yield address
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if address in _TRANSLATED or (address in _COMPATIBLE and int(address) > 1):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            yield inner


def _is_barred(address: Address) -> bool:
    return (
        address.is_link_local
        or address.is_unspecified
        or address.is_multicast
        or address in _METADATA
        or address in _THIS_NETWORK
        or int(address) == 0xFFFFFFFF
    )
