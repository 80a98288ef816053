"""The cues: each does what the desk's button does, once."""

import asyncio
from pathlib import Path

import pytest
from api.api_house import ApiHouse, api_house
from backstage import fill_disk

from finale.show.phases import Phase

TAKEN = "That step was already taken."


async def test_a_cue_is_taken_by_its_name_and_a_stale_button_does_nothing(house: ApiHouse) -> None:
    cue = (await house.get("/next"))["id"]
    first = await house.press("/next", cue=cue)
    again = await house.press("/next", cue=cue)

    assert first == (200, ["PhaseEntered", "RoundStarted"][::-1])
    assert again == (409, TAKEN)
    assert house.show.state.phase is Phase.QUESTION


async def test_two_buttons_pressed_at_once_take_one_step(house: ApiHouse) -> None:
    cue = (await house.get("/next"))["id"]
    both = await asyncio.gather(*(house.press("/next", cue=cue) for _ in range(2)))

    assert sorted(status for status, _ in both) == [200, 409]


async def test_a_request_that_is_sent_again_changes_nothing_more(house: ApiHouse) -> None:
    for _ in range(3):
        assert await house.press("/blackout", "b-1", is_black=True) == (200, ["StageBlacked"])
    refused = [await house.press("/blackout", "b-2", is_black=True) for _ in range(2)]
    await house.press("/blackout", "b-3", is_black=False)

    assert refused == [(409, "The stage is already dark.")] * 2
    assert await house.press("/blackout", "b-2", is_black=True) == refused[0]
    assert await house.press("/blackout", "b-1", is_black=True) == (200, ["StageBlacked"])
    assert not house.show.state.is_black


async def test_also_after_a_restart(tmp_path: Path) -> None:
    async with api_house(tmp_path) as before:
        assert await before.press("/blackout", "b-1", is_black=True) == (200, ["StageBlacked"])
        await before.press("/blackout", is_black=False)
    async with api_house(tmp_path) as after:
        assert await after.press("/blackout", "b-1", is_black=True) == (200, ["StageBlacked"])
        assert not after.show.state.is_black


async def test_the_same_name_on_two_buttons_is_two_requests(house: ApiHouse) -> None:
    await house.next()

    assert await house.press("/hold", "1") == (200, ["HoldSet"])
    assert await house.press("/resume", "1") == (200, ["HoldLifted"])


async def test_the_log_says_that_the_host_asked_by_the_api(house: ApiHouse) -> None:
    await house.press("/blackout", "b-1", is_black=True)
    last = (await house.show.log())[-1]

    assert (last.by, last.cause) == ("host", "api.BlackOut.b-1")


async def test_every_button_of_a_running_clock(house: ApiHouse) -> None:
    await house.next()
    assert await house.next() == (200, ["PhaseEntered"])
    at = (await house.get("/show"))["undo"]["at"]
    assert await house.press("/nudge", seconds=15) == (200, ["DeadlinesMoved"])
    assert await house.press("/hold") == (200, ["HoldSet"])
    assert await house.press("/undo", at=at) == (409, "The show is on hold. Resume first.")
    assert await house.press("/resume") == (200, ["HoldLifted"])
    assert await house.press("/undo", at="0.lobby.0") == (
        409,
        "The show has gone on; that step cannot be undone any more.",
    )
    assert await house.press("/undo", at=at) == (200, ["CueUndone"])
    assert (await house.get("/show"))["phase"] == "question"


async def test_the_seats(house: ApiHouse) -> None:
    assert await house.press("/robots/seat", seat="panel-1") == (200, ["RobotSeated"])
    assert [person["is_robot"] for person in (await house.get("/people"))["panel"]] == [
        True,
        False,
        False,
    ]
    assert await house.press("/robots/unseat", seat="panel-1") == (200, ["RobotUnseated"])


REFUSED = {
    "/break": ({}, "A break can be called between two rounds, from the standings."),
    "/gates/open": (
        {"round": 0, "gate": "vote"},
        "Round 1 has not begun.",
    ),
    "/gates/close": ({"round": 0, "gate": "marks"}, "Round 1 has not begun."),
    "/credit": ({"round": 0, "finalist": "finalist-v", "is_granted": True}, "Round 1 has not"),
    "/judge/again": ({"round": 0, "letter": "A"}, "Round 1 has not begun."),
    "/appeals/offer": ({"round": 0, "letter": "A"}, "Round 1 has not begun."),
    "/resume": ({}, "The show is not on hold."),
    "/nudge": ({"seconds": -15}, "The clock can be moved in tuning and in marking only."),
}


@pytest.mark.parametrize("path", REFUSED)
async def test_what_the_rules_refuse_is_409_with_the_sentence(house: ApiHouse, path: str) -> None:
    values, sentence = REFUSED[path]
    status, said = await house.press(path, **values)

    assert status == 409
    assert said.startswith(sentence)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/next", {}),
        ("/next", {"cue": 1}),
        ("/next", {"cue": "x", "by": "crew"}),
        ("/nudge", {"seconds": 60}),
        ("/hold", {"seconds": 15}),
        ("/gates/open", {"round": 0, "gate": "door"}),
        ("/gates/close", {"gate": "vote"}),
    ],
)
async def test_what_is_not_in_form_is_422(house: ApiHouse, path: str, body: object) -> None:
    assert (await house.client.post(path, json=body)).status_code == 422


@pytest.mark.parametrize("key", ["a b", "x" * 41, "é", "a.b"])
async def test_a_name_that_is_not_in_form_is_422(house: ApiHouse, key: str) -> None:
    headers = {"Idempotency-Key": key.encode("latin-1")}
    answer = await house.client.post("/blackout", json={"is_black": True}, headers=headers)  # type: ignore[arg-type]

    assert answer.status_code == 422
    assert not house.show.state.is_black


async def test_a_log_that_cannot_be_written_is_503_and_nothing_happened(house: ApiHouse) -> None:
    await fill_disk(house.show.writer)
    status, said = 200, []
    while status == 200:
        is_black = not house.show.state.is_black
        status, said = await house.press("/blackout", is_black=is_black)

    assert (status, said) == (503, "Not done: the log cannot be written. Try again.")
    assert house.show.state.is_black is not is_black


async def test_a_message_is_sent_and_taken_back(house: ApiHouse) -> None:
    assert await house.press("/message", to="phones", text="Hello.") == (200, ["MessageSent"])
    assert (await house.get("/show"))["messages"] == [
        {"to": "phones", "text": "Hello.", "at": house.show.clock.now(), "read": 0, "meant": 0}
    ]
    assert await house.press("/message/clear", to="phones") == (200, ["MessageCleared"])
    assert (await house.get("/show"))["messages"] == []
    assert await house.press("/message", to="stage", text="Hello.") == (
        409,
        "There is no seat “stage” in this show.",
    )
