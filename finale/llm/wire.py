"""How every adapter asks: one request, its reply in chunks, at most one more try, nothing left."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from finale.llm.base import Chunk, EndpointError, Limits
from finale.llm.border import border
from finale.llm.failures import garbled, refusal
from finale.llm.network import CheckedTransport, trusted
from finale.llm.reading import Patience, Reading
from finale.llm.streams import Decoder
from finale.llm.threads import in_thread

T = TypeVar("T")

CLOSE_S = 1.0
"""How long the end of a show waits for what still runs in threads."""

REFUSAL_BYTES = 16 * 1024
LISTING_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, ready to go; its headers may hold a key."""

    url: str
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Call:
    """How a reply is asked for, anew for each try, and how it is read."""

    ask: Callable[[], Awaitable[Ask]]
    decoder: Callable[[], Decoder]


class Wire:
    """The connections and threads that all adapters of a show share; closed when the show ends.

    No endpoint waits for another's: there is no limit to connections, and cookies are not kept.
    The environment's proxies are not asked: what a prompt and a key pass through is in the show
    file alone.
    """

    def __init__(self) -> None:
        """No connection yet."""
        policy = DefaultCookiePolicy(allowed_domains=[])
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=32)
        self._client = httpx.AsyncClient(
            cookies=CookieJar(policy),
            transport=CheckedTransport(trusted(), limits),
            trust_env=False,
            headers={"accept-encoding": "identity", "user-agent": "finale"},
        )
        self._aside: set[asyncio.Future[Any]] = set()
        self._leavers: list[Callable[[], None]] = []

    async def __aenter__(self) -> Self:
        """The wire itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        await self.close()

    def at_close(self, leave: Callable[[], None]) -> None:
        """Call `leave` when everything ends, after the last thread that ends in time."""
        self._leavers.append(leave)

    async def close(self) -> None:
        """End connections; what still runs in a thread is waited for, but not for long."""
        await self._client.aclose()
        if self._aside:
            await asyncio.wait(self._aside, timeout=CLOSE_S)
        for leave in self._leavers:
            leave()

    def aside(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """The outcome of `work`, which blocks, so it has a thread of its own."""
        outcome = in_thread(work)
        self._aside.add(outcome)
        outcome.add_done_callback(self._aside.discard)
        return outcome

    async def stream(self, call: Call, limits: Limits) -> AsyncGenerator[Chunk, None]:
        """The reply; raises EndpointError. A failure before the first word is tried once more."""
        with border():
            async with aclosing(self._tries(call, limits)) as chunks:
                async for chunk in chunks:
                    yield chunk

    async def _tries(self, call: Call, limits: Limits) -> AsyncGenerator[Chunk, None]:
        patience = Patience(limits)
        for is_last in (False, True):
            reading = Reading(call.decoder(), patience, limits)
            try:
                async with aclosing(self._attempt(call, reading, patience, limits)) as chunks:
                    async for chunk in chunks:
                        yield chunk
                return
            except EndpointError as error:
                if is_last or reading.has_begun or not patience.allows(error):
                    raise
            await asyncio.sleep(limits.retry_pause_s)

    async def _attempt(
        self, call: Call, reading: Reading, patience: Patience, limits: Limits
    ) -> AsyncGenerator[Chunk, None]:
        response = await patience.wait(self._open(call, limits))
        try:
            if response.status_code != httpx.codes.OK:
                raise await _refused(response, patience)
            async with aclosing(response.aiter_raw()) as parts:  # type: ignore[type-var]
                while (part := await _next(parts, reading, patience)) is not None:
                    for chunk in reading.read(part):
                        yield chunk
                        patience.heard()
        finally:
            await response.aclose()
        is_framed = bool(response.headers.keys() & {"content-length", "transfer-encoding"})
        for chunk in reading.end(is_framed):
            yield chunk

    async def _open(self, call: Call, limits: Limits) -> httpx.Response:
        return await self._send(await call.ask(), limits)

    async def _send(self, ask: Ask, limits: Limits) -> httpx.Response:
        request = self._client.build_request(
            ask.method,
            ask.url,
            content=ask.body,
            headers=ask.headers,
            timeout=httpx.Timeout(None, connect=limits.connect_s),
        )
        return await self._client.send(request, stream=True)

    async def fetch(self, ask: Ask, limits: Limits) -> Any:
        """The JSON that `ask` is answered with, within the limit of a first token.

        Raises EndpointError.
        """
        with border():
            return await self._fetched(ask, limits)

    async def _fetched(self, ask: Ask, limits: Limits) -> Any:
        patience = Patience(limits)
        response = await patience.wait(self._send(ask, limits))
        try:
            if response.status_code != httpx.codes.OK:
                raise await _refused(response, patience)
            body = await patience.wait(_body(response, LISTING_BYTES))
        finally:
            await response.aclose()
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise garbled("no JSON") from error


async def _next(parts: AsyncIterator[bytes], reading: Reading, patience: Patience) -> bytes | None:
    """The next part, None at the end; a complete reply may end as badly as it likes."""
    try:
        return await patience.wait(anext(parts, None))
    except EndpointError:
        if not reading.is_over:
            raise
        return None


async def _refused(response: httpx.Response, patience: Patience) -> EndpointError:
    name = response.headers.get("x-amzn-errortype", "")
    try:
        body = await patience.wait(_body(response, REFUSAL_BYTES))
    except EndpointError:
        # The status alone says enough.
        body = b""
    return refusal(response.status_code, name, body)


async def _body(response: httpx.Response, most: int) -> bytes:
    body = b""
    async with aclosing(response.aiter_raw()) as parts:  # type: ignore[type-var]
        async for part in parts:
            body += part
            if len(body) > most:
                break
    return body[:most]
