"""One reply as it is read: how long it may still take, how much of it there is, how it ends."""

import asyncio
from collections.abc import Awaitable, Iterator
from typing import TypeVar

import httpx

from finale.llm.base import Chunk, EndpointError, Finish, Limits
from finale.llm.clean import Clean
from finale.llm.failures import garbled
from finale.llm.replies import Piece
from finale.llm.streams import Decoder, broken_off
from finale.show.commands import EMPTY_REPLY

T = TypeVar("T")

REASON_GRACE_S = 1.0
"""How long the count of tokens may come after the reason for the end."""
END_GRACE_S = 0.1
"""How long the connection may take to end after the reply; then it is closed, not used again."""
WRAPPING_BYTES = 16 * 1024
"""What may come around one word: its JSON, with likelihoods and the like."""
_RETRIED = ("unreachable", "not ready", "throttled", "cut", "failed")


class Patience:
    """How long the next word of a reply is waited for, on the event loop's clock."""

    def __init__(self, limits: Limits) -> None:
        """The call begins now."""
        self._limits = limits
        self._now = asyncio.get_running_loop().time
        self._last = self._now() + limits.total_s
        self._until = min(self._now() + limits.first_token_s, self._last)
        self._has_heard = False

    def heard(self) -> None:
        """A word has come: the next one has its own time."""
        self._has_heard = True
        self._until = min(self._now() + self._limits.gap_s, self._last)

    def ending(self, seconds: float) -> None:
        """The reply is complete: what follows may take `seconds` and no more."""
        self._until = min(self._now() + seconds, self._until)

    def allows(self, error: EndpointError) -> bool:
        """Whether another try may help and there is time for it."""
        has_time = self._now() + self._limits.retry_pause_s < self._until
        return has_time and error.kind in _RETRIED

    async def wait(self, work: Awaitable[T]) -> T:
        """The outcome of `work`; whatever goes wrong on the way there becomes EndpointError."""
        try:
            async with asyncio.timeout_at(self._until):
                return await work
        except TimeoutError as error:
            raise self._too_late() from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise self._broken(error) from error

    def _too_late(self) -> EndpointError:
        limits = self._limits
        if not self._has_heard:
            seconds = min(limits.first_token_s, limits.total_s)
            return EndpointError(
                "no first token", f"No first token within {seconds:g} s. Generate again."
            )
        if self._until < self._last:
            return EndpointError(
                "stalled", f"The model fell silent for {limits.gap_s:g} s. Generate again."
            )
        return EndpointError(
            "endless", f"The model had not ended after {limits.total_s:g} s. Shorten the answer."
        )

    def _broken(self, error: Exception) -> EndpointError:
        match error:
            case httpx.ConnectTimeout():
                within = f"within {self._limits.connect_s:g} s"
                return EndpointError("unreachable", f"The model cannot be reached {within}.")
            case httpx.ConnectError() | httpx.InvalidURL() | httpx.UnsupportedProtocol():
                text = "The model cannot be reached. Check address and network."
                return EndpointError("unreachable", text)
            case httpx.RemoteProtocolError() if not _is_disconnect(error):
                return garbled("no HTTP")
            case httpx.LocalProtocolError():
                return EndpointError("failed", "The request to the model cannot be sent.")
        return broken_off()


def _is_disconnect(error: Exception) -> bool:
    return any(words in str(error) for words in ("disconnected", "peer closed"))


class Reading:
    """What has been read of one try."""

    def __init__(self, decoder: Decoder, patience: Patience, limits: Limits) -> None:
        """Nothing read yet."""
        self._decoder = decoder
        self._patience = patience
        self._limits = limits
        self._clean = Clean()
        self._has_words = self._is_over = self._is_ended = False
        self._wordless_bytes = self._bytes = self._tokens = 0
        self._finish = Finish("")

    @property
    def has_begun(self) -> bool:
        """Whether a text has come out of it."""
        return self._tokens > 0

    @property
    def is_over(self) -> bool:
        """Whether the backend has said that the reply is complete."""
        return self._is_over

    def read(self, part: bytes) -> Iterator[Chunk]:
        """The chunks within `part`. Raises EndpointError, but not once the reply is complete."""
        if self._is_ended:
            return
        self._wordless_bytes += len(part)
        try:
            for piece in self._decoder.feed(part):
                yield from self._chunks(piece)
        except EndpointError:
            if not self._is_over:
                raise
            self._end()
        if not self._is_over and self._wordless_bytes > self._limits.text_bytes:
            raise garbled(f"{self._limits.text_bytes // 1024} KB without a word")

    def end(self, is_framed: bool) -> Iterator[Chunk]:
        """The last chunks; `is_framed` says that the server told where its body ends.

        Raises EndpointError if the reply broke off or has not one word.
        """
        try:
            for piece in () if self._is_ended else self._decoder.end():
                yield from self._chunks(piece)
        except EndpointError:
            if not self._is_over:
                raise
        if not (self._is_over or is_framed):
            raise broken_off()
        if half := self._clean.end():
            yield self._chunk(half)
        if not self._has_words:
            raise EndpointError("empty", self._wordless())
        if self._finish != Finish(""):
            yield Chunk("", self._finish)

    def _wordless(self) -> str:
        match self._finish.reason:
            case "filtered":
                return "A filter of the backend held the whole answer back."
            case "length":
                return "The model used up its tokens without a word of answer."
        return EMPTY_REPLY

    def _chunks(self, piece: Piece) -> Iterator[Chunk]:
        if self._is_ended:
            return
        if not (piece.is_whole and self.has_begun):
            text = self._clean.feed(piece.text)
            if text:
                yield self._chunk(text)
        if piece.tokens is not None:
            self._finish = Finish(self._finish.reason, piece.tokens)
        if piece.reason:
            self._finish = Finish(piece.reason, self._finish.tokens)
            self._over(REASON_GRACE_S)
        if piece.is_end:
            self._end()

    def _end(self) -> None:
        """Nothing that follows is read."""
        self._is_ended = True
        self._over(END_GRACE_S)

    def _over(self, grace_s: float) -> None:
        self._is_over = True
        self._patience.ending(grace_s)

    def _chunk(self, text: str) -> Chunk:
        # Not from zero: a word now and then must not pay for any noise between them.
        self._wordless_bytes = max(0, self._wordless_bytes - WRAPPING_BYTES)
        self._has_words = self._has_words or bool(text.strip())
        self._tokens += 1
        self._bytes += len(text.encode())
        limits = self._limits
        if self._tokens > limits.tokens or self._bytes > limits.text_bytes:
            words = f"{limits.tokens:,} tokens or {limits.text_bytes // 1024} KB"
            raise EndpointError("endless", f"The model did not stop after {words}.")
        return Chunk(text)
