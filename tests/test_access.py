"""Who may open what."""

from collections.abc import Mapping
from itertools import pairwise
from string import ascii_uppercase

import pytest

from finale.access import CODE_LETTERS, Access, role_links
from finale.store.writer import StoreError

SEATS = ("host", "finalist-v", "finalist-w", "panel-1")
KEY = bytes(range(32))


@pytest.fixture
def access() -> Access:
    return Access(KEY)


def test_each_seat_has_a_link_of_its_own_of_192_bits(access: Access) -> None:
    tokens = [access.token(seat) for seat in SEATS]

    assert len(set(tokens)) == len(SEATS)
    assert {len(token) for token in tokens} == {32}
    assert [access.seat_of_token(token, SEATS) for token in tokens] == list(SEATS)


def test_links_cookies_and_code_outlive_a_restart_and_die_with_the_key(access: Access) -> None:
    again, other = Access(KEY), Access(KEY[::-1])

    assert again.token("host") == access.token("host")
    assert again.holds({access.cookie_name("host"): access.cookie("host")}, "host")
    assert again.room_code() == access.room_code()
    assert again.room_key() == access.room_key()
    assert other.room_key()[4:] != access.room_key()[4:]
    assert other.seat_of_token(access.token("host"), SEATS) is None
    assert not other.holds({other.cookie_name("host"): access.cookie("host")}, "host")


@pytest.mark.parametrize("token", ["", "x", "A" * 32, "é" * 32, "host", "\x00"])
def test_a_made_up_token_opens_nothing(access: Access, token: str) -> None:
    assert access.seat_of_token(token, SEATS) is None


def test_a_seat_that_the_show_does_not_have_is_not_opened(access: Access) -> None:
    assert access.seat_of_token(access.token("finalist-z"), SEATS) is None


def test_a_cookie_opens_its_own_seat_alone(access: Access) -> None:
    cookie = access.cookie("finalist-v")

    assert access.holds({access.cookie_name("finalist-v"): cookie}, "finalist-v")
    assert not access.holds({access.cookie_name("host"): cookie}, "host")
    assert not access.holds({access.cookie_name("finalist-w"): cookie}, "finalist-w")
    assert not access.holds({}, "finalist-v")


def test_no_changed_character_of_a_cookie_is_taken(access: Access) -> None:
    cookie = access.cookie("host")
    changed = [
        cookie[:place] + ("A" if cookie[place] != "A" else "B") + cookie[place + 1 :]
        for place in range(len(cookie) - 1)
    ]

    assert [access.holds({access.cookie_name("host"): value}, "host") for value in changed] == (
        [False] * len(changed)
    )
    assert not access.holds({access.cookie_name("host"): ""}, "host")


def test_one_browser_may_hold_several_seats(access: Access) -> None:
    cookies = {access.cookie_name(seat): access.cookie(seat) for seat in ("host", "panel-1")}

    assert access.seats_of(cookies, SEATS) == ["host", "panel-1"]


def test_room_code_has_four_letters_that_name_neither_answer_nor_lectern(access: Access) -> None:
    codes = [Access(bytes([n]) * 32).room_code() for n in range(60)]

    assert {len(code) for code in codes} == {4}
    assert set("".join(codes)) <= set(CODE_LETTERS)
    assert set(CODE_LETTERS).isdisjoint("ABCDEVWXYZ")
    assert any(a != b for a, b in pairwise(codes))


def test_room_key_begins_with_the_code_and_has_twelve_letters_more() -> None:
    keys = [Access(bytes([n]) * 32).room_key() for n in range(60)]
    assert [key[:4] for key in keys] == [Access(bytes([n]) * 32).room_code() for n in range(60)]
    assert {len(key) for key in keys} == {16}
    assert len({key[4:] for key in keys}) == 60
    assert set("".join(key[4:] for key in keys)) == set(ascii_uppercase)


def test_links_begin_with_the_address_that_people_open(access: Access) -> None:
    links = access.links("https://show.example", ("host", "panel-1"))

    assert links == {
        seat: f"https://show.example/enter/{access.token(seat)}" for seat in ("host", "panel-1")
    }
    assert role_links(links, "https://show.example") == {
        **links,
        "stage": "https://show.example/stage",
        "overlay": "https://show.example/overlay",
        "testcard": "https://show.example/testcard",
        "audience": "https://show.example/",
    }


def test_secrets_are_the_key_and_what_opens_a_seat(access: Access) -> None:
    assert access.secrets(("host", "panel-1")) == [
        KEY.hex(),
        access.room_key(),
        access.token("host"),
        access.cookie("host"),
        access.token("panel-1"),
        access.cookie("panel-1"),
    ]


# ---- a seat that is handed to another device


def test_a_handed_seat_has_a_new_link_and_the_old_one_and_its_cookie_are_dead(
    access: Access,
) -> None:
    link, cookie, other = access.token("panel-1"), access.cookie("panel-1"), access.token("host")
    cookies = {access.cookie_name("panel-1"): cookie}
    access.renew("panel-1")

    assert access.seat_of_token(link, SEATS) is None
    assert access.seat_of_token(access.token("panel-1"), SEATS) == "panel-1"
    assert access.token("host") == other
    assert (access.holds(cookies, "panel-1"), access.held_once(cookies, "panel-1")) == (False, True)
    fresh = {access.cookie_name("panel-1"): access.cookie("panel-1")}
    assert (access.holds(fresh, "panel-1"), access.held_once(fresh, "panel-1")) == (True, False)


def test_turns_outlive_a_restart_and_watchers_hear_of_each_one() -> None:
    kept: dict[str, int] = {}
    heard: list[str] = []
    access = Access(KEY, keep=kept.update)
    access.on_renewed(heard.append)
    for _ in range(2):
        access.renew("panel-1")

    assert (kept, heard) == ({"panel-1": 2}, ["panel-1", "panel-1"])
    assert Access(KEY, kept).token("panel-1") == access.token("panel-1")
    assert Access(KEY).token("panel-1") != access.token("panel-1")


def test_a_turn_that_cannot_be_kept_changes_nothing() -> None:
    def fail(turns: Mapping[str, int]) -> None:
        raise StoreError("the disk is full")

    access, heard = Access(KEY, keep=fail), list[str]()
    access.on_renewed(heard.append)
    with pytest.raises(StoreError):
        access.renew("panel-1")

    assert access.seat_of_token(Access(KEY).token("panel-1"), SEATS) == "panel-1"
    assert heard == []
