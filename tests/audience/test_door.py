from collections.abc import Coroutine
from typing import Any

import pytest
from audience.phone_house import CODE, KEY, ROOM_KEY, House, StillClock
from audience.phone_line import phone
from websockets.exceptions import ConnectionClosed

from finale.audience.bucket import BURST
from finale.audience.door import WRONG_CODES, WRONG_CODES_PER_S, Door
from finale.audience.passes import Passes

PASSES = Passes(KEY)
DOOR = Door(PASSES, CODE, ROOM_KEY, StillClock())
WANTED = {"kind": "code_wanted", "is_wrong": False}
WRONG = {"kind": "code_wanted", "is_wrong": True}


@pytest.mark.parametrize("code", ["", "FGHK"])
def test_own_pass_comes_in_whatever_the_code(code: str) -> None:
    own, token = PASSES.issue(first_round=3)
    assert DOOR.admit(token, code, first_round=5) == (own, token)


@pytest.mark.parametrize("code", [CODE, CODE.lower(), ROOM_KEY, ROOM_KEY.lower()])
def test_code_or_key_in_capital_or_small_letters_gets_a_new_pass(code: str) -> None:
    admitted = DOOR.admit("", code, first_round=5)
    assert admitted is not None
    new, token = admitted
    assert PASSES.read(token) == new
    assert new.first_round == 5


@pytest.mark.parametrize("code", ["", "FGH", "FGHK", "FGHJF", ROOM_KEY[:-1], "K" + ROOM_KEY[1:]])
@pytest.mark.parametrize("token", ["", Passes(b"x" * 32).issue()[1]], ids=["none", "foreign"])
def test_no_pass_and_another_code_stay_outside(token: str, code: str) -> None:
    assert DOOR.admit(token, code, first_round=0) is None


async def test_phone_without_code_hears_that_and_nothing_of_the_show(
    show: House, host: str
) -> None:
    async with phone(host, code="") as (one, answer):
        assert answer == WANTED
        await show.cue()
        await one.say(kind="join", v=1, code="FGHK")
        assert await one.hear() == WRONG
        assert show.gateway.phones == 0


async def test_phone_that_was_asked_comes_in_with_the_right_code(show: House, host: str) -> None:
    async with phone(host, code="FGHK") as (one, answer):
        assert answer == WRONG
        await one.say(kind="join", v=1, code=CODE.lower())
        welcome = await one.hear()
        assert welcome["kind"] == "welcome"
        assert show.passes.read(welcome["token"]) is not None
        assert show.gateway.phones == 1


async def test_phone_with_a_pass_of_this_show_needs_no_code(show: House, host: str) -> None:
    _, token = show.passes.issue()
    async with phone(host, token, code="") as (_, welcome):
        assert (welcome["kind"], welcome["token"]) == ("welcome", token)


async def test_phone_that_was_asked_cannot_vote(show: House, host: str) -> None:
    await show.open_vote()
    async with phone(host, code="") as (one, _):
        await one.say(kind="vote", id="1", round=0, letter="A", rev=1)
        assert await end_of(one.hear()) == (1008, "Join first.")


async def test_tries_are_as_many_as_messages(host: str) -> None:
    async with phone(host, code="FGHK") as (one, _):
        for _ in range(BURST - 1):
            await one.say(kind="join", v=1, code="FGHK")
            assert await one.hear() == WRONG
        await one.say(kind="join", v=1, code=CODE)
        assert await end_of(one.hear()) == (1008, "Too many messages. Wait a moment.")


@pytest.mark.parametrize("code", ["FG HJ", "FGH1", "F" * 17])
async def test_code_that_cannot_be_one_is_not_understood(host: str, code: str) -> None:
    async with phone(host, code="") as (one, _):
        await one.say(kind="join", v=1, code=code)
        assert await end_of(one.hear()) == (1008, "This message is not understood.")


async def mistype(host: str, tries: int) -> None:
    """That many wrong codes, from as many phones as they take."""
    while tries:
        async with phone(host, code="FGHK") as (one, answer):
            assert answer == WRONG
            tries -= 1
            for _ in range(min(tries, BURST - 1)):
                await one.say(kind="join", v=1, code="FGHK")
                assert await one.hear() == WRONG
                tries -= 1


async def refusal(host: str, code: str) -> tuple[int, str]:
    """How the door refuses a new phone with that code."""
    async with phone(host, code="") as (one, _):
        await one.say(kind="join", v=1, code=code)
        return await end_of(one.hear())


def too_many(wait_s: int) -> tuple[int, str]:
    what = "Scan the square code instead, or try again in"
    return 1013, f"Too many wrong codes. {what} {wait_s} s."


async def test_everybody_may_mistype_once_at_the_same_moment(show: House, host: str) -> None:
    for _ in range(400):
        async with phone(host, code="FGHK") as (one, answer):
            assert answer == WRONG
            await one.say(kind="join", v=1, code=CODE)
            assert (await one.hear())["kind"] == "welcome"


async def test_after_too_many_wrong_codes_right_and_wrong_ones_sound_alike(host: str) -> None:
    await mistype(host, WRONG_CODES)
    tried = ("FGHK", CODE, CODE.lower(), "K" + ROOM_KEY[1:])
    assert [await refusal(host, code) for code in tried] == [too_many(10)] * 4


async def test_key_and_pass_come_in_while_codes_do_not(show: House, host: str) -> None:
    _, token = show.passes.issue()
    await mistype(host, WRONG_CODES)
    async with phone(host, code=ROOM_KEY) as (_, with_key), phone(host, token) as (_, with_pass):
        assert (with_key["kind"], with_pass["kind"]) == ("welcome", "welcome")
    async with phone(host, code="") as (_, asked):
        assert asked == WANTED


async def test_door_takes_codes_again_when_the_time_is_over(show: House, host: str) -> None:
    await mistype(host, WRONG_CODES)
    show.clock.at += 3.5
    assert await refusal(host, CODE) == too_many(7)
    show.clock.at += 6.5
    for _ in range(3):
        # Only wrong codes are counted.
        async with phone(host) as (_, welcome):
            assert welcome["kind"] == "welcome"
    await mistype(host, 1)
    assert await refusal(host, CODE) == too_many(10)


def test_guessing_takes_longer_than_a_show() -> None:
    show_s, codes = 2 * 3600, 12**4
    tries = WRONG_CODES + show_s * WRONG_CODES_PER_S
    assert (tries, round(codes / tries)) == (1220, 17)
    even_chance_s = (codes / 2 - WRONG_CODES) / WRONG_CODES_PER_S
    assert round(even_chance_s / 3600) == 27


async def end_of(hearing: Coroutine[Any, Any, Any]) -> tuple[int, str]:
    """Code and reason of the close that comes instead of an answer."""
    with pytest.raises(ConnectionClosed) as closed:
        await hearing
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code, closed.value.rcvd.reason
