"""The socket on which a show listens."""

import asyncio
import socket

from finale.server import listen


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
