import asyncio
import json
import socket
import sqlite3
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from audience.phone_house import CODE, House
from audience.phone_line import Phone, phone
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from finale.audience.bucket import BURST, PER_SECOND
from finale.audience.outbox import Outbox
from finale.show import commands as c


async def test_join_without_token_gets_a_pass_that_reads_back(show: House, host: str) -> None:
    async with phone(host) as (_, welcome):
        new = show.passes.read(welcome["token"])
        assert (welcome["kind"], welcome["epoch"], welcome["own"]) == ("welcome", 1, [])
        assert welcome["now"] == show.clock.at
        assert welcome["view"]["phase"] == "lobby"
        assert new is not None
        assert new.first_round == 0


async def test_join_with_a_forged_token_gets_a_new_pass(show: House, host: str) -> None:
    own, token = show.passes.issue()
    forged = token[:-3] + "abc"
    async with phone(host, forged) as (_, welcome):
        assert welcome["token"] != forged
        assert show.passes.read(welcome["token"]) not in (None, own)


async def test_vote_is_in_the_database_when_its_ack_arrives(
    show: House, host: str, folder: Path
) -> None:
    await show.open_vote()
    async with phone(host, show.token()) as (one, welcome):
        ack = await one.vote("B")
        with sqlite3.connect(folder / "show.db") as database:
            rows = database.execute("SELECT pass_id, letter, rev, receipt FROM ballot").fetchall()
    own = show.passes.read(welcome["token"])
    assert own is not None
    receipt = show.passes.receipt(own.id, 0, "B", 1)
    assert rows == [(own.id, "B", 1, receipt)]
    assert ack["own"] == {
        "round": 0,
        "letter": "B",
        "rev": 1,
        "receipt": receipt,
        "at": show.clock.at,
    }


async def test_vote_again_with_the_same_id_answers_the_same(show: House, host: str) -> None:
    await show.open_vote()
    async with phone(host, show.token()) as (one, _):
        first = await one.vote("B")
        show.clock.at += 5
        assert await one.vote("B") == first


async def test_revote_moves_the_ballot_and_an_older_one_does_not(show: House, host: str) -> None:
    await show.open_vote()
    async with phone(host, show.token()) as (one, _):
        await one.vote("A", rev=1)
        changed = await one.vote("C", rev=2)
        late = await one.vote("A", rev=1)
    assert changed["own"]["letter"] == "C"
    assert late["own"] == changed["own"]
    await show.close_vote()
    assert show.showrunner.state.round.counts == {"A": 0, "B": 0, "C": 1}


@pytest.mark.parametrize(
    ("letter", "round_", "text"),
    [
        ("F", 0, "There is no answer F."),
        ("A", 1, "That round has not begun."),
        ("A", 0, "The vote is closed."),
    ],
)
async def test_vote_is_refused_by_name(
    show: House, host: str, letter: str, round_: int, text: str
) -> None:
    await show.open_vote()
    await show.close_vote()
    async with phone(host, show.token()) as (one, _):
        answer = await one.vote(letter, round_=round_)
    assert (answer["kind"], answer["text"]) == ("refused", text)


LATE = "You joined while the vote was open. Your first vote is the next one."


async def test_phone_that_joins_during_a_vote_votes_from_the_next_round_on(
    show: House, host: str
) -> None:
    await show.open_vote()
    async with phone(host) as (one, welcome), phone(host, show.token()) as (other, _):
        assert welcome["view"]["is_vote_open"] is True
        refused = await one.vote("B")
        assert (refused["kind"], refused["text"]) == ("refused", LATE)
        assert (await other.vote("C"))["kind"] == "ack"
    await show.close_vote()
    assert show.showrunner.state.round.counts == {"A": 0, "B": 0, "C": 1}
    await show.finish_round()
    await show.open_vote()
    async with phone(host, welcome["token"]) as (one, again):
        assert (again["token"], again["own"]) == (welcome["token"], [])
        assert (await one.vote("B", round_=1))["own"]["letter"] == "B"


async def test_phone_that_joined_during_a_vote_stays_out_when_it_opens_again(
    show: House, host: str
) -> None:
    await show.open_vote()
    async with phone(host) as (late, _):
        await show.close_vote()
        async with phone(host) as (between, _):
            await show.showrunner.do(
                c.OpenGate(round=show.showrunner.state.number, gate="vote"), "host"
            )
            assert (await late.vote("A"))["text"] == LATE
            assert (await between.vote("B"))["kind"] == "ack"


async def test_vote_before_the_gate_opens_is_refused(show: House, host: str) -> None:
    await show.cue()
    async with phone(host) as (one, _):
        assert (await one.vote("A"))["text"] == "The vote is not open yet."


async def test_vote_for_a_round_that_is_over_is_refused(show: House, host: str) -> None:
    await show.open_vote()
    await show.close_vote()
    await show.finish_round()
    await show.cue()
    async with phone(host, show.token()) as (one, _):
        assert (await one.vote("A", round_=0))["text"] == "That round is over."


async def test_ack_of_a_counted_vote_comes_again_after_the_close(show: House, host: str) -> None:
    await show.open_vote()
    async with phone(host, show.token()) as (one, welcome):
        before = await one.vote("B")
    await show.close_vote()
    async with phone(host, welcome["token"]) as (one, _):
        after = await one.vote("B")
    assert (after["kind"], after["own"]) == ("ack", before["own"])


async def test_phone_that_returns_gets_its_choice_and_receipt_back(show: House, host: str) -> None:
    await show.open_vote()
    async with phone(host, show.token()) as (one, welcome):
        ack = await one.vote("C")
    async with phone(host, welcome["token"]) as (_, again):
        assert again["token"] == welcome["token"]
        assert again["own"] == [ack["own"]]


async def test_every_page_of_a_pass_hears_of_its_ballot(show: House, host: str) -> None:
    await show.open_vote()
    async with (
        phone(host, show.token()) as (one, welcome),
        phone(host, welcome["token"]) as (two, _),
        phone(host) as (stranger, _),
    ):
        own = [(await one.vote("A"))["own"], (await two.vote("B", rev=2))["own"]]
        for each in (one, two, stranger):
            await each.catch_up()
    heard = [[json.loads(frame) for frame in each.frames] for each in (one, two, stranger)]
    acks = [[frame["own"] for frame in frames if frame["kind"] == "ack"] for frames in heard]
    assert acks == [own, own, []]


async def test_phones_counts_passes_and_not_lines(show: House, host: str) -> None:
    async with phone(host) as (_, welcome), phone(host, welcome["token"]), phone(host):
        assert show.gateway.phones == 2
    left = asyncio.Event()
    show.showrunner.subscribe(lambda: show.gateway.phones or left.set())
    await left.wait()


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[]",
        '{"kind": "dance"}',
        '{"kind": "ask", "more": 1}',
        '{"kind": "vote", "id": "1", "round": 0, "letter": "A", "rev": 0}',
        '{"kind": "vote", "id": "1", "round": 0, "letter": "Z", "rev": 1}',
        '{"kind": "vote", "id": "1", "round": "0", "letter": "A", "rev": 1}',
        '{"kind": "vote", "id": "\\ud800", "round": 0, "letter": "A", "rev": 1}',
        '{"kind": "ping", "at": NaN}',
        '{"kind": "join", "v": 1, "token": ""}',
        b'{"kind": "ask"}',
    ],
)
async def test_malformed_message_closes_that_line_alone(
    show: House, host: str, text: str | bytes
) -> None:
    async with phone(host) as (bad, _), phone(host) as (good, _):
        await bad.line.send(text)
        with pytest.raises(ConnectionClosed) as closed:
            await bad.hear()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008
        await good.catch_up()


async def test_oversized_message_closes_the_line(host: str) -> None:
    async with phone(host) as (one, _):
        await one.line.send(json.dumps({"kind": "ask", "x": "y" * 1024}))
        with pytest.raises(ConnectionClosed) as closed:
            await one.hear()
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (
        1009,
        "A message may have 1024 bytes.",
    )


async def test_flood_closes_the_line(show: House, host: str) -> None:
    async with phone(host) as (one, _):
        for _ in range(BURST - 1):
            await one.catch_up()
        show.clock.at += 1.5 / PER_SECOND
        await one.catch_up()
        await one.say(kind="ping", at=0.0)
        with pytest.raises(ConnectionClosed) as closed:
            await one.hear()
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (
        1008,
        "Too many messages. Wait a moment.",
    )


async def test_first_message_must_be_a_join(host: str) -> None:
    async with connect(f"ws://{host}/ws", proxy=None) as line:
        await line.send('{"kind": "ask"}')
        with pytest.raises(ConnectionClosed) as closed:
            await line.recv()
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1008, "Join first.")


async def test_foreign_page_is_refused_and_our_own_is_not(host: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"ws://{host}/ws", origin="https://elsewhere.example", proxy=None)  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403
    async with connect(f"ws://{host}/ws", origin=f"http://{host}", proxy=None) as line:  # type: ignore[arg-type]
        await Phone(line).say(kind="join", v=1, code=CODE)
        assert (await Phone(line).hear())["kind"] == "welcome"


async def test_full_room_says_so(show: House, host: str) -> None:
    show.gateway.most_lines = 1
    async with phone(host), connect(f"ws://{host}/ws", proxy=None) as line:
        with pytest.raises(ConnectionClosed) as closed:
            await line.recv()
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1013, "The room is full.")


async def test_same_view_is_sent_once_and_asked_for_again(show: House, host: str) -> None:
    async with phone(host) as (one, welcome):
        show.showrunner.announce()
        await show.showrunner.do(c.SeatRobot(seat="finalist-v"), "host")
        await one.say(kind="ask")
        await one.catch_up()
    kinds = [json.loads(frame)["kind"] for frame in one.frames]
    assert kinds == ["welcome", "view", "pong"]
    assert json.loads(one.frames[1])["version"] == welcome["version"]


async def test_every_frame_names_epoch_and_a_version_that_grows(show: House, host: str) -> None:
    async with phone(host) as (one, _):
        await show.open_vote()
        await one.vote("A")
        await show.close_vote()
        await one.catch_up()
    marks = [(json.loads(frame)["epoch"], json.loads(frame)["version"]) for frame in one.frames]
    assert marks == sorted(marks)
    assert {epoch for epoch, _ in marks} == {1}


async def test_view_goes_to_the_phones_in_the_order_in_which_they_joined(
    show: House, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined: list[Outbox] = []
    told: list[Outbox] = []
    begin, tell = Outbox.__init__, Outbox.show

    def noted(self: Outbox) -> None:
        joined.append(self)
        begin(self)

    def told_too(self: Outbox, frame: str) -> None:
        told.append(self)
        tell(self, frame)

    async with AsyncExitStack() as phones:
        monkeypatch.setattr(Outbox, "__init__", noted)
        for _ in range(12):
            await phones.enter_async_context(phone(host))
        monkeypatch.setattr(Outbox, "show", told_too)
        await show.open_vote()

    assert told[:12] == joined


async def test_slow_phone_skips_views_and_holds_nobody_up(show: House, host: str) -> None:
    await show.open_vote({letter: letter * 40_000 for letter in "ABC"})
    small = socket.create_connection(tuple(host.split(":")))  # type: ignore[arg-type]
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    moves = 80
    async with (
        connect(f"ws://{host}/ws", sock=small, compression=None, max_queue=1) as line,
        phone(host, show.token()) as (quick, _),
    ):
        slow = Phone(line)
        await slow.say(kind="join", v=1, code=CODE)
        await slow.hear_kind("welcome")
        for _ in range(moves):
            show.clock.at += 1
            await show.showrunner.do(c.MoveDeadline(seconds=15), "host")
            await quick.catch_up()
        await show.close_vote()
        newest = await quick.hear()
        while (await slow.hear())["version"] < newest["version"]:
            continue
    views = [json.loads(frame)["kind"] for frame in quick.frames].count("view")
    assert views == moves + 1
    assert slow.frames[-1] == quick.frames[-1]
    assert len(slow.frames) < moves
