"""Who may open what."""

from itertools import pairwise
from string import ascii_uppercase

import pytest

from finale.access import CODE_LETTERS, Access

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
