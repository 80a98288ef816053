"""Connections: looked at before they are made, pinned, by no proxy, with certificates believed."""

import re
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpcore
import pytest
from llm.asking import KEYS, PATIENT, SECRET, Place, Told, asked, signed_in
from standin import TEXT, StandIn

from finale.llm.aws import Account
from finale.llm.aws_login import Login
from finale.llm.base import EndpointError, Finish
from finale.llm.bedrock import Bedrock, Converse
from finale.llm.network import LED_ASTRAY, BadCertificates, Checked, addresses, trusted
from finale.llm.openai_compatible import Chat, OpenAICompatible
from finale.llm.wire import Wire

WHOLE = Told(TEXT, Finish("stop", 10))


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    with signed_in():
        async with StandIn() as standin, Wire() as wire:
            yield Place(standin, wire)


def at(base: str, wire: Wire) -> OpenAICompatible:
    """A plain model there."""
    return OpenAICompatible(Chat("openai: it", "plain", limits=PATIENT), base, SECRET, wire)


async def test_a_name_is_looked_up_and_stays_the_name_of_the_request(place: Place) -> None:
    told = await asked(at(f"http://localhost:{place.standin.port}/v1", place.wire))

    assert told == WHOLE
    assert place.standin.seen[0].headers["host"] == f"localhost:{place.standin.port}"


FORBIDDEN = ("0.0.0.0", "0", "0x0", "[::]", "[::ffff:0.0.0.0]", "[::0.0.0.0]")
"""Spellings of what would lead to this machine if it were asked."""


@pytest.mark.parametrize("host", FORBIDDEN)
async def test_a_forbidden_address_is_not_asked_however_it_is_spelt(
    place: Place, host: str
) -> None:
    endpoint = at(f"http://{host}:{place.standin.port}/v1", place.wire)
    with pytest.raises(EndpointError, match="not asked") as failed:
        await endpoint.identity()

    assert failed.value.text == LED_ASTRAY
    assert (await asked(endpoint)).failed == "unreachable"
    assert place.standin.seen == []


async def test_boto3_is_not_sent_to_a_forbidden_address_either(place: Place) -> None:
    role = "arn:aws:iam::123456789012:role/show"
    for role_arn in ("", role):
        login = Login("eu-west-1", "", role_arn, f"http://0:{place.standin.port}")
        bedrock = Bedrock(Converse("b", "llama"), Account(login, place.wire), place.wire)
        with pytest.raises(EndpointError) as failed:
            await bedrock.identity()
        assert failed.value.text == LED_ASTRAY
    assert place.standin.seen == []


def test_a_host_without_an_address_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match=r"\w"):
        addresses("nowhere.invalid", 80)


async def test_a_port_where_nobody_listens_is_a_failure_to_connect() -> None:
    async with StandIn() as gone:
        port = gone.port
    with pytest.raises(httpcore.ConnectError):
        await Checked().connect_tcp("localhost", port, 1.0)


async def test_proxies_of_the_environment_are_not_asked(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with StandIn() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.base)
        place.standin.keys = KEYS
        async with Wire() as wire:
            told = await asked(at(f"{place.standin.base}/v1", wire))
            login = Login("eu-west-1", address=place.standin.base)
            bedrock = Bedrock(Converse("b", "llama"), Account(login, wire), wire)
            status = (await bedrock.identity()).status

    assert (told, status, proxy.seen) == (WHOLE, "ACTIVE", [])


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "AWS_CA_BUNDLE"])
def test_certificates_that_are_not_there_are_told_by_variable_and_path(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.pem"
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv(name, str(missing))
    with pytest.raises(BadCertificates, match=re.escape(f"{name}={missing}: expected")) as told:
        Wire()

    assert str(told.value).endswith("Correct the variable, or unset it for the usual certificates.")


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "AWS_CA_BUNDLE"])
def test_a_file_without_certificates_is_told_too(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "notes.pem").write_text("No certificate.\n")
    monkeypatch.setenv(name, str(tmp_path / "notes.pem"))
    with pytest.raises(BadCertificates, match=f"^{name}=.* there are no certificates in it"):
        trusted()


def test_without_them_the_usual_certificates_are_believed() -> None:
    context = trusted()

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50
