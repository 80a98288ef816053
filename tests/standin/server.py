"""The stand-in itself: which backend it is asked as, what it says, what it saw."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from standin.behaviours import BEHAVIOURS, Behaviour
from standin.control import ASSUMED_KEY, ASSUMED_SECRET, told
from standin.dialects import Chat, Converse, Dialect, Tokens
from standin.frames import payload_part
from standin.http import Body, Line, Seen
from standin.performance import Performance
from standin.refusals import Refusal, refusal
from standin.signatures import is_signed, is_token
from standin.words import WORDS

_OPENAI_ROUTE = re.compile(r"/endpoints/([^/]+)(?:/inference-components/[^/]+)?/openai/v1/.*")
_SAGEMAKER = re.compile(r"/endpoints/([^/]+)/invocations-response-stream")
_BEDROCK = re.compile(r"/model/([^/]+)/converse-stream")
_DIALECT = re.compile(r"^(tgi|lmi)-")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which backend a request is for, and the name of the model."""

    backend: str
    name: str

    @property
    def dialect(self) -> str:
        """`tgi` or `lmi`, which a SageMaker endpoint's name may begin with; lmi by itself."""
        match = _DIALECT.match(self.name)
        return match[1] if match else "lmi"

    @property
    def behaviour(self) -> str:
        """The name without the dialect."""
        return _DIALECT.sub("", self.name)


@dataclass(slots=True)
class StandIn:
    """Serves on loopback while its block runs.

    A model's name is its behaviour (`behaviours.py`), for SageMaker after `tgi-` or `lmi-`.
    `plays` gives other names a behaviour, and may be changed at any time. `reply` makes the text
    of an answer from its request. With `keys`, ids and secrets, signatures are checked.
    """

    port: int = 0
    plays: dict[str, str] = field(default_factory=dict)
    reply: Callable[[Seen], str] | None = None
    first_word_s: float = 0.0
    pause_s: float = 0.0
    keys: Mapping[str, str] = field(default_factory=dict)
    revision: int = 1
    seen: list[Seen] = field(default_factory=list)
    _asked: dict[str, int] = field(default_factory=dict)
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def base(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        """Listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: Line(self._begin), "127.0.0.1", self.port, backlog=1000
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Hang up and stop."""
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def asks(self) -> list[Seen]:
        """The requests that wanted a reply."""
        return [seen for seen in self.seen if _asked(seen) is not None]

    def forget(self) -> None:
        """Everything seen; what is to happen once will happen once more."""
        self.seen.clear()
        self._asked.clear()

    def _begin(self, line: Line) -> None:
        task = asyncio.ensure_future(self._serve(line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, line: Line) -> None:
        try:
            while (seen := await line.request()) is not None:
                self.seen.append(seen)
                await self._answer(line, seen)
                seen.is_answered = True
        except (ConnectionError, asyncio.IncompleteReadError):
            # The other side has gone, as it may.
            return
        finally:
            line.writer.close()

    async def _answer(self, line: Line, seen: Seen) -> None:
        if seen.target == "/seen":
            known = [each.as_json() for each in self.seen[:-1]]
            await _plain(line, 200, "application/json", json.dumps(known, indent=1).encode())
            return
        asked = _asked(seen)
        if asked is None:
            await _plain(line, *(told(seen, self.revision) or (404, "text/plain", b"")))
            return
        how = self._behaviour(asked)
        refused = self._refused(asked, how, seen)
        if refused is not None:
            headers = {"x-amzn-errortype": refused.error_type} if refused.error_type else {}
            await _plain(line, refused.status, refused.content_type, refused.body, headers)
            return
        assert how is not None
        await self._perform(line, asked, how, seen)

    def _behaviour(self, asked: Asked) -> Behaviour | None:
        name = self.plays.get(asked.name, asked.behaviour)
        count = self._asked[asked.name] = self._asked.get(asked.name, 0) + 1
        how = BEHAVIOURS.get(name)
        is_over = how is not None and 0 < how.times < count
        return BEHAVIOURS["plain"] if is_over else how

    def _refused(self, asked: Asked, how: Behaviour | None, seen: Seen) -> Refusal | None:
        echo = json.dumps(seen.headers)
        if self.keys and not self._is_allowed(asked, seen):
            return refusal("no access", asked.backend, echo)
        if how is None:
            return refusal("not found", asked.backend, echo)
        return refusal(how.refusal, asked.backend, echo) if how.refusal else None

    def _is_allowed(self, asked: Asked, seen: Seen) -> bool:
        keys = {**self.keys, ASSUMED_KEY: ASSUMED_SECRET}
        bearer = seen.headers.get("authorization", "").removeprefix("Bearer ")
        if asked.backend != "openai":
            return is_signed(seen.method, seen.target, seen.headers, seen.body, keys)
        is_route = seen.target.startswith("/endpoints/")
        return is_token(bearer, keys) if is_route else bearer in keys.values()

    async def _perform(self, line: Line, asked: Asked, how: Behaviour, seen: Seen) -> None:
        if how.before == "stall":
            await line.gone.wait()
        if how.before == "cut":
            line.cut()
            raise ConnectionResetError
        await asyncio.sleep(self.first_word_s)
        kind = "text/event-stream" if asked.backend == "openai" else _AWS_STREAM
        framing = {"transfer-encoding": "chunked"} if how.is_framed else {"connection": "close"}
        cookie = {"set-cookie": "seat=1; Path=/"}
        await line.head(200, {"content-type": kind, **cookie, **framing})
        if how.before == "stall after head":
            await line.gone.wait()
        wrap = payload_part if asked.backend == "sagemaker" else bytes
        body = Body(line, how.is_framed)
        words = self._words(asked, how, seen)
        await Performance(_dialect(asked, how, seen), how, words, wrap, self.pause_s).play(body)

    def _words(self, asked: Asked, how: Behaviour, seen: Seen) -> tuple[str, ...]:
        if how.words is not None:
            return how.words
        if self.reply is not None:
            return tuple(re.findall(r"\S+\s*", self.reply(seen)))
        is_varied = how.has_takes and not re.search(
            rb'"temperature": 0\.0|do_sample": false', seen.body
        )
        return (*WORDS, f" Take {self._asked[asked.name]}.") if is_varied else WORDS


_AWS_STREAM = "application/vnd.amazon.eventstream"


def _asked(seen: Seen) -> Asked | None:
    path = urlsplit(seen.target).path
    if match := _OPENAI_ROUTE.fullmatch(path):
        return Asked("openai", unquote(match[1]))
    if path.endswith("/chat/completions"):
        return Asked("openai", str(json.loads(seen.body).get("model", "")))
    if match := _SAGEMAKER.fullmatch(path):
        return Asked("sagemaker", unquote(match[1]))
    if match := _BEDROCK.fullmatch(path):
        return Asked("bedrock", re.split("[/.]", unquote(match[1]))[-1])
    return None


def _dialect(asked: Asked, how: Behaviour, seen: Seen) -> Dialect:
    if asked.backend == "bedrock":
        return Converse()
    is_tgi = asked.dialect == "tgi"
    if b'"inputs":' in seen.body:
        return Tokens(is_tgi, how.line_end)
    return Chat(asked.backend == "openai" or is_tgi, how.line_end)


async def _plain(
    line: Line, status: int, kind: str, body: bytes, headers: Mapping[str, str] | None = None
) -> None:
    told = {"content-type": kind, "content-length": str(len(body)), **(headers or {})}
    await line.head(status, told)
    await line.send(body)
