"""The pages' socket: who may open it, and whose page an event may act on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doorway import Opened, cookies, line, opened, status_of, visitor
from in_browser import Served
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

Desk = tuple[Opened, dict[str, str]]


@pytest.fixture
def desk(house: Served) -> Iterator[Desk]:
    """The host's page, and the headers of the host's browser."""
    with visitor(house, "host", "finalist-v") as host:
        yield opened(host.get("/host").text), {"Cookie": cookies(host, "host")}


def test_socket_of_the_desk_opens_with_the_hosts_cookie_alone(house: Served, desk: Desk) -> None:
    page, host = desk
    with visitor(house, "finalist-v") as vera:
        finalist = {"Cookie": cookies(vera, "finalist-v")}

    found = [status_of(house, page.client_id, **headers) for headers in ({}, finalist, host)]
    assert found == [403, 403, 101]


def test_socket_with_a_foreign_origin_is_refused(house: Served, desk: Desk) -> None:
    page, host = desk
    own = house.links["stage"].removesuffix("/stage")
    origins = ("http://evil.example", "null", own.replace("127.0.0.1", "localhost"), own)

    found = [status_of(house, page.client_id, Origin=origin, **host) for origin in origins]
    assert found == [403, 403, 403, 101]


def test_polling_is_guarded_like_the_socket(house: Served, desk: Desk) -> None:
    page, host = desk
    path = f"/_nicegui_ws/socket.io/?EIO=4&transport=polling&client_id={page.client_id}"
    evil = {"Origin": "http://evil.example"}
    with visitor(house) as anybody:
        found = [anybody.get(path, headers=headers) for headers in ({}, host | evil, host)]

    assert [answer.status_code for answer in found] == [403, 403, 200]
    assert found[0].text == "This socket belongs to another page."


def test_socket_that_names_no_page_is_refused(house: Served) -> None:
    assert status_of(house, "") == 403


def test_other_sockets_than_the_pages_are_refused(house: Served) -> None:
    address = house.links["stage"].replace("http", "ws", 1)
    with pytest.raises(InvalidStatus) as refusal, connect(address, proxy=None):
        pass

    assert refusal.value.response.status_code == 403


def test_cookies_that_nobody_can_read_do_not_shut_the_desk(house: Served, desk: Desk) -> None:
    page, host = desk
    for odd in ("a/b=1", '{"json": 1}', "path", "expires=never", "="):
        found = status_of(house, page.client_id, Cookie=f"{odd}; {host['Cookie']}")
        assert (odd, found) == (odd, 101)


def test_event_for_another_page_is_not_heard(tmp_path: Path) -> None:
    served = Served(tmp_path, [])
    try:
        with visitor(served, "host") as host:
            desk = opened(host.get("/host").text)
            mine = {"Cookie": cookies(host, "host")}
            stage = opened(host.get("/stage").text)
        press = {"id": desk.button, "client_id": desk.client_id, "listener_id": desk.listener}
        with line(served, desk.client_id, **mine) as right, line(served, stage.client_id) as wrong:
            wrong.say("event", **press, args=[])
            # Commands are taken in turn: whatever the press led to has happened before this one.
            served.command("BlackOut", "host", is_black=True)
            after_wrong = served.order("state")["phase"]
            right.say("event", **press, args=[])
            served.command("BlackOut", "host", is_black=False)
            after_right = served.order("state")["phase"]
    finally:
        served.stop()

    assert (after_wrong, after_right) == ("lobby", "question")
