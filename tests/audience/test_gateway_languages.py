"""What the gateway says in words comes in the phone's language, put into it once for all phones."""

import json
from collections import Counter

import pytest
from audience.phone_house import House
from audience.phone_line import phone
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from finale.audience import messages as m
from finale.audience.door import WRONG_CODES
from finale.languages.texts import texts
from finale.show.phrase import LANGUAGES, Language, phrase

MOST_BYTES = 123
"""What a close frame has room for."""
CLOSINGS = (
    *("The room is full.", "One moment, please.", "This phone has joined.", "Join first."),
    *("This phone does not read.", "This phone did not join.", "Reload this page."),
    *("Only text is understood here.", "This message is not understood."),
    "Too many messages. Wait a moment.",
)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("de", "Runde 1 von 2"),
        ("ar", "\u200fالجولة 1 من 2"),
        ("", "Round 1 of 2"),
        ("xx", "Round 1 of 2"),
    ],
)
async def test_view_comes_in_the_phones_language(
    show: House, host: str, language: str, label: str
) -> None:
    async with phone(host, language=language) as (one, welcome):
        assert welcome["view"]["round_label"] == ""
        await show.cue()
        view = await one.hear_kind("view")
        await one.say(kind="ask")
        assert (await one.hear_kind("view")) == view
    assert view["view"]["round_label"] == label
    async with phone(host, language=language) as (_, again):
        assert again["view"] == view["view"]


async def test_broadcast_is_made_once_for_each_language_that_is_there(
    show: House, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Counter[str] = Counter()
    write = m.View.model_dump_json

    def counted(view: m.View, *, context: object) -> str:
        made[getattr(context, "language", "none")] += 1
        return write(view, context=context)

    async with (
        phone(host, language="de") as (one, _),
        phone(host, language="de") as (two, _),
        phone(host, language="en") as (three, _),
    ):
        monkeypatch.setattr(m.View, "model_dump_json", counted)
        await show.cue()
        frames = [await each.hear_kind("view") for each in (one, two, three)]
    assert made == {"de": 1, "en": 1}
    assert one.frames[-1] == two.frames[-1]
    assert [frame["view"]["round_label"] for frame in frames] == [
        "Runde 1 von 2",
        "Runde 1 von 2",
        "Round 1 of 2",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_refusal_comes_in_the_phones_language(
    show: House, host: str, language: Language
) -> None:
    said = texts(language).phrase
    await show.open_vote()
    async with phone(host, show.token(), language=language) as (one, _):
        none = await one.vote("F")
        assert none["text"] == said(phrase("There is no answer {letter}.", letter="F"))
        assert none["is_too_late"] is False
        await show.close_vote()
        late = await one.vote("A", rev=2)
        assert (late["text"], late["is_too_late"]) == (said(phrase("The vote is closed.")), True)
        await show.finish_round()
        await show.cue()
        over = await one.vote("A", rev=3)
        assert (over["text"], over["is_too_late"]) == (said(phrase("That round is over.")), True)
        early = await one.vote("A", round_=1)
        assert early["text"] == said(phrase("The vote is not open yet."))
        assert early["is_too_late"] is False


async def test_vote_after_the_grace_is_too_late_before_the_gate_is_closed(
    show: House, host: str
) -> None:
    await show.open_vote()
    async with phone(host, show.token()) as (one, _):
        show.clock.at = show.showrunner.state.deadlines["vote"] + 10
        late = await one.vote("A")
    assert (late["text"], late["is_too_late"]) == ("The vote is closed.", True)
    assert not show.showrunner.state.round.is_closed("vote")


async def test_line_ends_with_a_reason_in_the_phones_language(show: House, host: str) -> None:
    show.gateway.most_lines = 0
    async with connect(f"ws://{host}/ws?ja", proxy=None) as line:
        with pytest.raises(ConnectionClosed) as closed:
            await line.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.reason == "満員です。"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_reason_has_room_in_a_close_frame(
    show: House, host: str, language: Language
) -> None:
    said = texts(language).phrase
    long = [text for text in CLOSINGS if len(said(phrase(text)).encode()) > MOST_BYTES]
    assert long == []
    for _ in range(WRONG_CODES):
        show.door.admit("", "FGHK", first_round=0)
    async with connect(f"ws://{host}/ws?{language}", proxy=None) as line:
        await line.send(json.dumps({"kind": "join", "v": 1, "code": "FGHK"}))
        with pytest.raises(ConnectionClosed) as closed:
            await line.recv()
    assert closed.value.rcvd is not None
    assert "10" in closed.value.rcvd.reason
    assert len(closed.value.rcvd.reason.encode()) <= MOST_BYTES
