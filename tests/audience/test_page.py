"""The phone page as it is served: one file for each language, small, and nothing else."""

import base64
import gzip
import hashlib
import re
from typing import Any

import pytest
from audience.phone_house import House, served
from audience.wire import over_the_wire

from finale.audience.page import PhonePage
from finale.languages.texts import texts
from finale.show.phrase import LANGUAGES, Language

LARGEST_PAGE = 14_336
PAGE = PhonePage()


async def get(headers: dict[bytes, bytes] | None = None, method: str = "GET") -> dict[str, Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "headers": list((headers or {}).items())}
    await PAGE.answer(scope, send)
    start, body = sent
    return {"status": start["status"], "body": body["body"], **dict(start["headers"])}


async def html_in(language: str) -> str:
    """The page as a browser that wants that language gets it."""
    answer = await get({b"accept-language": language.encode()})
    text: str = answer["body"].decode()
    return text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_page_is_small_enough_for_the_first_packets(show: House, language: Language) -> None:
    async with served(show.gateway) as host:
        arrived = await over_the_wire(host, language)
    assert len(arrived) <= LARGEST_PAGE
    head, _, body = arrived.partition(b"\r\n\r\n")
    assert b"\r\ncontent-encoding: gzip" in head
    assert gzip.decompress(body).decode() == await html_in(language)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_page_names_its_language_and_direction(language: Language) -> None:
    direction = texts(language).direction
    assert f'<html lang="{language}" dir="{direction}">' in await html_in(language)


async def test_page_is_the_one_that_the_browser_would_rather_have() -> None:
    assert await html_in("pt-BR,fr-CA;q=0.8,en;q=0.5") == await html_in("fr")
    assert await html_in("fr-CA;q=0.8,de-AT") == await html_in("de")
    assert (await get())["body"].decode() == await html_in("en") == await html_in("\xff;q=,")


async def test_page_asks_for_nothing_else() -> None:
    for language in LANGUAGES:
        text = await html_in(language)
        addresses = set(re.findall(r"https?://[^\s'\"<)]+", text))
        assert addresses == {"http://www.w3.org/2000/svg"}
        assert re.findall(r"\bsrc\s*=|@import|\burl\(|import\(|fetch\(|XMLHttpRequest", text) == []
        assert re.findall(r'href="([^"]*)"', text) == ["data:,"]


async def test_page_never_turns_text_into_markup() -> None:
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
    assert re.findall(banned, await html_in("en")) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_policy_names_the_inline_hashes_and_the_own_socket(language: Language) -> None:
    answer = await get({b"host": b"hall.example:8080", b"accept-language": language.encode()})
    policy = answer[b"content-security-policy"].decode()
    assert "connect-src 'self' ws://hall.example:8080 wss://hall.example:8080;" in policy
    assert "default-src 'none'" in policy
    inline = re.findall(rb"<(?:style|script)>(.*?)</(?:style|script)>", answer["body"], re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(part).digest()).decode() for part in inline]
    assert sorted(re.findall(r"'sha256-([^']*)'", policy)) == sorted(hashes)
    assert len(hashes) == 2
    assert "unsafe" not in policy


async def test_policy_takes_no_strange_host() -> None:
    policy = (await get({b"host": b"evil; script-src *"}))[b"content-security-policy"].decode()
    assert "connect-src 'self';" in policy
    assert "evil" not in policy


async def test_page_that_the_phone_has_is_not_sent_again_but_in_another_language() -> None:
    etag = (await get())[b"etag"]
    answer = await get({b"if-none-match": etag})
    assert (answer["status"], answer["body"]) == (304, b"")
    assert answer[b"vary"] == b"accept-encoding, accept-language"
    other = await get({b"if-none-match": etag, b"accept-language": b"es"})
    assert (other["status"], other["body"].decode()) == (200, await html_in("es"))


async def test_head_has_the_length_and_no_body() -> None:
    answer = await get(method="HEAD")
    length = str(len((await html_in("en")).encode())).encode()
    assert (answer["body"], answer[b"content-length"]) == (b"", length)


async def test_phone_without_gzip_gets_the_plain_page() -> None:
    answer = await get()
    assert answer["body"].startswith(b"<!doctype html>")
    assert b"content-encoding" not in answer


async def test_other_methods_are_refused() -> None:
    answer = await get(method="POST")
    assert (answer["status"], answer[b"allow"]) == (405, b"GET, HEAD")
