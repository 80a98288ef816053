"""Who may ask the API: its token in the header, nothing else."""

from collections.abc import AsyncIterator

import httpx
import pytest
from api.api_house import ApiHouse

from finale.access import API
from finale.api.guard import BURST, LARGEST_BODY

NO_TOKEN = "Send the API’s token: Authorization: Bearer …. The host finds it under Links."
WRONG = "This is not the API’s token, or no longer. The host finds it under Links."
OF_A_SEAT = "This is the link of a seat, not the API’s token. The host finds that under Links."
PATHS = ("/show", "/next", "/rundown", "/people", "/marking", "/scores", "/standings", "/nothing")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def answers(house: ApiHouse, headers: dict[str, str]) -> set[tuple[int, str]]:
    """Status and sentence of every read-out and of a cue, asked with these headers alone."""
    base = house.client.base_url
    async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
        said = [await client.get(path, headers=headers) for path in PATHS]
        said.append(await client.post("/blackout", json={"is_black": True}, headers=headers))
    return {(answer.status_code, answer.json()["detail"]) for answer in said}


@pytest.mark.parametrize("value", ["", "Bearer", "Basic aG9zdDpob3N0", "token"])
async def test_without_a_token_nothing_is_said_or_done(house: ApiHouse, value: str) -> None:
    assert await answers(house, {"Authorization": value}) == {(401, NO_TOKEN)}
    assert not house.show.state.is_black


@pytest.mark.parametrize("token", ["x", "A" * 32, "host", "\x80\xff"])
async def test_a_wrong_token_is_one_of_nobody(house: ApiHouse, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}

    assert await answers(house, headers) == {(401, WRONG)}  # type: ignore[arg-type]
    assert not house.show.state.is_black


@pytest.mark.parametrize("seat", ["host", "stage", "prompter", "finalist-v", "panel-3"])
async def test_the_link_of_a_seat_is_no_token(house: ApiHouse, seat: str) -> None:
    assert await answers(house, bearer(house.access.token(seat))) == {(403, OF_A_SEAT)}
    assert not house.show.state.is_black


async def test_a_cookie_is_of_no_use(house: ApiHouse) -> None:
    cookies = [f"{house.access.cookie_name(s)}={house.access.cookie(s)}" for s in ("host", API)]

    assert await answers(house, {"Cookie": "; ".join(cookies)}) == {(401, NO_TOKEN)}


async def test_a_page_of_another_site_gets_no_leave_to_ask(house: ApiHouse) -> None:
    asked = {"Origin": "http://elsewhere.example", "Access-Control-Request-Method": "POST"}
    async with httpx.AsyncClient(base_url=house.client.base_url, trust_env=False) as client:
        before = await client.options("/blackout", headers=asked)

    assert before.status_code == 401
    assert not [name for name in before.headers if name.startswith("access-control")]


async def test_a_new_token_kills_the_old(house: ApiHouse) -> None:
    old = house.access.token(API)
    house.access.renew(API)

    assert await answers(house, bearer(old)) == {(401, WRONG)}
    house.client.headers.update(bearer(house.access.token(API)))
    assert (await house.get("/show"))["phase"] == "lobby"


@pytest.fixture
async def stranger(house: ApiHouse) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.client.base_url, trust_env=False) as client:
        yield client


async def test_what_the_api_is_may_be_read_by_everybody(stranger: httpx.AsyncClient) -> None:
    schema = (await stranger.get("/openapi.json")).json()
    page = await stranger.get("/docs")

    assert schema["servers"] == [{"url": "/api/v1"}]
    assert schema["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for path, ways in schema["paths"].items():
        for method in ways:
            assert f">{method.upper()} /api/v1{path}</code>" in page.text


async def test_the_docs_need_nothing_from_outside(stranger: httpx.AsyncClient) -> None:
    page = (await stranger.get("/docs")).text

    assert "://" not in page
    assert "<script" not in page


@pytest.mark.parametrize(("length", "status"), [(LARGEST_BODY, 422), (LARGEST_BODY + 1, 413)])
async def test_a_large_body_is_not_read(house: ApiHouse, length: int, status: int) -> None:
    answer = await house.client.post("/next", content=b" " * length)

    assert answer.status_code == status


async def test_a_body_of_unknown_length_is_not_read(house: ApiHouse) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"{}"

    assert (await house.client.post("/next", content=parts())).status_code == 413


async def test_too_many_requests_are_refused_until_some_time_has_passed(house: ApiHouse) -> None:
    found = [(await house.client.get("/next")).status_code for _ in range(BURST + 1)]
    late = await house.client.get("/next")
    await house.show.clock.sleep(1)

    assert found == [200] * BURST + [429]
    assert late.headers["retry-after"] == "1"
    assert (await house.client.get("/next")).status_code == 200
