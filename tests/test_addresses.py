"""The addresses that others open."""

import ipaddress

import pytest

from finale.addresses import base_url, outgoing_address, own_addresses


@pytest.mark.parametrize(
    ("host", "public_url", "expected"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8080"),
        ("::1", "", "http://[::1]:8080"),
        ("show.local", "", "http://show.local:8080"),
        ("0.0.0.0", "https://finale.example/", "https://finale.example"),
    ],
)
def test_base_url_is_what_people_open(host: str, public_url: str, expected: str) -> None:
    assert base_url(host, 8080, public_url) == expected


def test_a_server_on_all_addresses_is_opened_by_the_outgoing_one() -> None:
    host = outgoing_address() or "127.0.0.1"
    assert base_url("0.0.0.0", 8080) == f"http://{host}:8080"


def test_own_addresses_begin_with_the_outgoing_one_and_hold_no_loopback() -> None:
    found = own_addresses()
    assert len(found) == len(set(found))
    assert [a for a in found if ipaddress.ip_address(a).is_loopback] == []
    outgoing = outgoing_address()
    if outgoing and not ipaddress.ip_address(outgoing).is_loopback:
        assert found[0] == outgoing
