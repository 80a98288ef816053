"""The phone page as it comes over the wire, byte by byte."""

import asyncio

from finale.show.phrase import Language


async def over_the_wire(host: str, language: Language) -> bytes:
    """All that a server sends for the page: status line, headers and the compressed body."""
    reader, writer = await asyncio.open_connection(*host.split(":"))
    asked = f"GET / HTTP/1.1\r\nHost: {host}\r\nAccept-Language: {language}\r\n"
    writer.write(f"{asked}Accept-Encoding: gzip, deflate\r\nConnection: close\r\n\r\n".encode())
    arrived = await reader.read()
    writer.close()
    await writer.wait_closed()
    return arrived
