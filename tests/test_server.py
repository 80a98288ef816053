"""The socket on which a show listens."""

import asyncio
import socket

import pytest

from finale.server import CannotServe, listen


async def test_a_small_answer_is_not_held_back_until_the_last_one_is_acknowledged() -> None:
    found: list[int] = []
    heard = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line: socket.socket = writer.get_extra_info("socket")
        found.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        heard.set()
        writer.close()

    listener = listen("127.0.0.1", 0)
    async with await asyncio.start_server(answer, sock=listener):
        _, caller = await asyncio.open_connection(*listener.getsockname())
        await heard.wait()
        caller.close()

    assert found == [1]


def test_an_address_of_another_machine_is_named_as_such() -> None:
    with pytest.raises(CannotServe) as refused:
        listen("203.0.113.9", 0)

    assert str(refused.value) == (
        "203.0.113.9 is no address of this machine. Choose one with --host: 0.0.0.0 takes them all."
    )
