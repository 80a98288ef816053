"""One phone's websocket: checked messages in, frames out, a reason at the end."""

from contextlib import suppress

from pydantic import ValidationError

from finale.audience.bucket import Bucket
from finale.audience.messages import FROM_PHONE, LARGEST, FromPhone
from finale.audience.page import Receive, Scope, Send
from finale.languages.texts import Texts
from finale.show.phrase import LANGUAGES, NOTHING, Language, Phrase, phrase

POLICY, TOO_BIG, BROKEN, LATER = 1008, 1009, 1011, 1013
"""Close codes of the websocket protocol: a rule broken, too long, our fault, try again later."""


class Closed(Exception):
    """The line ends; without a code the phone has already gone."""

    def __init__(self, code: int = 0, reason: Phrase = NOTHING) -> None:
        """`reason` is fit for the phone's screen, 123 bytes at most in every language."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Line:
    """Reads and writes one websocket. A phone that breaks a rule is told which, and closed."""

    def __init__(self, receive: Receive, send: Send, bucket: Bucket, texts: Texts) -> None:
        """Not open yet; it ends in the language of `texts`."""
        self._receive = receive
        self._send = send
        self._bucket = bucket
        self._texts = texts

    async def open(self) -> None:
        """Accept the connection."""
        await self._receive()
        await self._send({"type": "websocket.accept"})

    async def refuse(self) -> None:
        """Refuse the connection before it begins; the client sees 403."""
        await self._receive()
        await self._send({"type": "websocket.close", "code": POLICY})

    async def read(self) -> FromPhone:
        """The next message. Raises Closed when the phone has gone or broke a rule."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            raise Closed
        text = message.get("text")
        if text is None:
            raise Closed(POLICY, phrase("Only text is understood here."))
        if len(text.encode()) > LARGEST:
            raise Closed(TOO_BIG, phrase("A message may have {bytes} bytes.", bytes=LARGEST))
        if not self._bucket.take():
            raise Closed(POLICY, phrase("Too many messages. Wait a moment."))
        try:
            return FROM_PHONE.validate_json(text, strict=True)
        except ValidationError as error:
            raise Closed(POLICY, phrase("This message is not understood.")) from error

    async def write(self, frame: str) -> None:
        """Send a frame; waits while the phone does not read. Raises OSError if it has gone."""
        await self._send({"type": "websocket.send", "text": frame})

    async def close(self, closed: Closed) -> None:
        """Say why, if anybody is there."""
        if closed.code:
            said = self._texts.phrase(closed.reason)
            with suppress(OSError):
                end = {"type": "websocket.close", "code": closed.code, "reason": said}
                await self._send(end)


def language_of(scope: Scope) -> Language:
    """The language of the page that opened the socket, `/ws?de`; English if it names none."""
    wish = scope.get("query_string", b"").decode("latin-1")
    return next((language for language in LANGUAGES if language == wish), "en")


def is_own_page(scope: Scope) -> bool:
    """Whether the socket was opened by our own page, or by no page at all."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    origin = headers.get(b"origin")
    if origin is None:
        return True
    return origin.partition(b"://")[2] == headers.get(b"host")
