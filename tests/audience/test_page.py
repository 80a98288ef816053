import gzip
import re
from typing import Any

from finale.audience.page import PhonePage, page_file

FILE = page_file().read_bytes()
HTML = b"".join(line for line in FILE.splitlines(True) if not line.lstrip().startswith(b"//"))
LARGEST_PAGE = 14_336


async def get(headers: dict[bytes, bytes] | None = None, method: str = "GET") -> dict[str, Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "headers": list((headers or {}).items())}
    await PhonePage(FILE).answer(scope, send)
    start, body = sent
    return {"status": start["status"], "body": body["body"], **dict(start["headers"])}


async def test_page_is_small_enough_for_the_first_packets() -> None:
    answer = await get({b"accept-encoding": b"gzip, br", b"host": b"hall.example:8080"})
    head = sum(len(key) + len(value) + 4 for key, value in answer.items() if type(key) is bytes)
    assert head + len(answer["body"]) <= LARGEST_PAGE
    assert gzip.decompress(answer["body"]) == HTML


async def test_page_asks_for_nothing_else() -> None:
    text = HTML.decode()
    addresses = set(re.findall(r"https?://[^\s'\"<)]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert re.findall(r"\bsrc\s*=|@import|\burl\(|import\(|fetch\(|XMLHttpRequest", text) == []
    assert re.findall(r'href="([^"]*)"', text) == ["data:,"]


async def test_page_never_turns_text_into_markup() -> None:
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
    assert re.findall(banned, HTML.decode()) == []


async def test_policy_names_the_inline_hashes_and_the_own_socket() -> None:
    policy = (await get({b"host": b"hall.example:8080"}))[b"content-security-policy"].decode()
    assert "connect-src 'self' ws://hall.example:8080 wss://hall.example:8080;" in policy
    assert "default-src 'none'" in policy
    assert policy.count("'sha256-") == 2
    assert "unsafe" not in policy


async def test_policy_takes_no_strange_host() -> None:
    policy = (await get({b"host": b"evil; script-src *"}))[b"content-security-policy"].decode()
    assert "connect-src 'self';" in policy
    assert "evil" not in policy


async def test_page_that_the_phone_has_is_not_sent_again() -> None:
    etag = (await get())[b"etag"]
    answer = await get({b"if-none-match": etag})
    assert (answer["status"], answer["body"]) == (304, b"")


async def test_head_has_the_length_and_no_body() -> None:
    answer = await get(method="HEAD")
    assert (answer["body"], answer[b"content-length"]) == (b"", str(len(HTML)).encode())


async def test_phone_without_gzip_gets_the_plain_page() -> None:
    answer = await get()
    assert answer["body"] == HTML
    assert b"content-encoding" not in answer


async def test_other_methods_are_refused() -> None:
    answer = await get(method="POST")
    assert (answer["status"], answer[b"allow"]) == (405, b"GET, HEAD")
