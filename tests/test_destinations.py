"""Where nothing is ever asked, in every spelling."""

import pytest

from finale.destinations import host_fault, is_forbidden, is_near

FORBIDDEN = (
    *("169.254.169.254", "fe80::1", "fe80::1%eth0", "::ffff:169.254.169.254", "0.0.0.0", "::"),
    *("0.1.2.3", "255.255.255.255", "224.0.0.1", "ff02::1", "fd00:ec2::254", "fd20:ce::254"),
    *("100.100.100.200", "168.63.129.16", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "::a9fe:a9fe"),
)
ALLOWED = ("127.0.0.1", "::1", "10.0.0.7", "fd00::7", "192.0.2.7", "2001:db8::7", "100.64.0.1")


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_where_credentials_are_told_is_forbidden(address: str) -> None:
    assert is_forbidden(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_any_other_address_may_be_asked(address: str) -> None:
    assert not is_forbidden(address)


ODD = {
    **dict.fromkeys(["2852039166", "0xa9fea9fe", "0251.0376.0251.0376"], "four plain numbers"),
    **dict.fromkeys(["169.254.43518", "169.254.169.254.", "127.1"], "four plain numbers"),
    **dict.fromkeys(["169.254.169.254", "::ffff:169.254.169.254", "0.0.0.0"], "of a model"),
    **dict.fromkeys(["metadata.google.internal", "METADATA.google.internal."], "of a model"),
    **dict.fromkeys(["instance-data", "metadata", "fd00:ec2::254"], "of a model"),
    **dict.fromkeys(["１６９.254.169.254", "169。254。169。254", "a..b", "évil.example"], "a to z"),
    ":::": "that exists",
}


@pytest.mark.parametrize(("host", "words"), ODD.items())
def test_a_spelling_that_leads_astray_is_refused(host: str, words: str) -> None:
    assert words in host_fault(host)


@pytest.mark.parametrize("host", [*ALLOWED, "localhost", "gpu-box", "a.b-c.example.org"])
def test_an_ordinary_host_has_no_fault(host: str) -> None:
    assert host_fault(host) == ""


def test_near_is_this_machine_and_what_is_private_by_its_number() -> None:
    near = ("localhost", "api.localhost", "127.0.0.1", "::1", "10.0.0.7", "192.168.1.2", "fd00::7")
    far = ("gpu-box", "example.org", "8.8.8.8", "::ffff:8.8.8.8", "2a00::1", "localhost.example")

    assert [host for host in (*near, *far) if is_near(host)] == list(near)
