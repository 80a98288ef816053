"""Who may open what: role links, the cookies they turn into, the room's code and key."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from string import ascii_uppercase

from itsdangerous import BadSignature, URLSafeSerializer

from finale.listeners import Listeners

CODE_LETTERS = "FGHJKLMNPQRT"
"""Letters of a room code: none that names an answer (A to E) or a lectern (V to Z)."""

API = "api"
"""The seat of button panels and scripts: its token is sent with each request, never a cookie."""

CREW = ("host", "stage", "overlay", "commentary", "prompter")
"""The seats without a chair in the show. Stage and overlay need no link, but their links let
these screens in however many others look at them."""

KEY_LETTERS = 12
"""Letters of the room's key behind the code: 26^12, or 56 bits."""


class Access:
    """Derives every link and cookie from one key, so that they outlive a restart and a reset."""

    def __init__(
        self,
        key: bytes,
        turns: Mapping[str, int] | None = None,
        keep: Callable[[Mapping[str, int]], None] = lambda turns: None,
    ) -> None:
        """`key` is the signing key of the data folder, 32 bytes.

        `turns` says how often each seat was handed to another device; `keep` makes it last.
        """
        self._key = key
        self._turns = dict(turns or {})
        self._keep = keep
        self._listeners: Listeners[[str]] = Listeners()
        self._cookies = URLSafeSerializer(key, salt="finale seat")

    def renew(self, seat: str) -> None:
        """Hand the seat over: a new link, and every older link and cookie is dead.

        Raises what `keep` raises; then nothing has changed.
        """
        turns = {**self._turns, seat: self._turns.get(seat, 0) + 1}
        self._keep(turns)
        self._turns = turns
        self._listeners.tell(seat)

    def on_renewed(self, callback: Callable[[str], None]) -> None:
        """Call `callback` with each seat that is handed over."""
        self._listeners.add(callback)

    def token(self, seat: str) -> str:
        """The secret of a seat's link, 192 bits."""
        name = f"link {seat} {self._turns[seat]}" if self._turns.get(seat) else f"link {seat}"
        digest = hmac.new(self._key, name.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:24]).decode()

    def seat_of_token(self, token: str, seats: tuple[str, ...]) -> str | None:
        """The seat whose link carries `token`, None if there is none."""
        found = None
        for seat in seats:
            if hmac.compare_digest(self.token(seat).encode(), token.encode()):
                found = seat
        return found

    def cookie_name(self, seat: str) -> str:
        """One cookie per seat and show: host and stage share a browser, and so do two shows.

        A browser sends a host's cookies to every port, so the name must tell the shows apart.
        """
        digest = hmac.new(self._key, b"cookie name", hashlib.sha256).hexdigest()
        return f"finale-{digest[:8]}-{seat}"

    def cookie(self, seat: str) -> str:
        """The signed value that stands for the seat in a browser."""
        return str(self._cookies.dumps([seat, self._turns.get(seat, 0)]))

    def holds(self, cookies: dict[str, str], seat: str) -> bool:
        """Whether a browser with these cookies may open the seat's page."""
        return self._turn(cookies, seat) == self._turns.get(seat, 0)

    def held_once(self, cookies: dict[str, str], seat: str) -> bool:
        """Whether the seat was this browser's before it was handed over."""
        turn = self._turn(cookies, seat)
        return turn is not None and turn != self._turns.get(seat, 0)

    def _turn(self, cookies: dict[str, str], seat: str) -> int | None:
        try:
            owner, turn = self._cookies.loads(cookies.get(self.cookie_name(seat), ""))
        except (BadSignature, ValueError, TypeError):
            return None
        return int(turn) if owner == seat else None

    def seats_of(self, cookies: dict[str, str], seats: tuple[str, ...]) -> list[str]:
        """Every seat that a browser with these cookies may open."""
        return [seat for seat in seats if self.holds(cookies, seat)]

    def links(self, base: str, seats: Iterable[str]) -> dict[str, str]:
        """Seat to the full address of its link; `base` is the address that people open."""
        return {seat: f"{base}/enter/{self.token(seat)}" for seat in seats}

    def secrets(self, seats: Iterable[str]) -> list[str]:
        """What no log may show: the key, the room's key, and each seat's token and cookie."""
        of_seats = [secret for seat in seats for secret in (self.token(seat), self.cookie(seat))]
        return [self._key.hex(), self.room_key(), *of_seats]

    def room_code(self) -> str:
        """The four letters that a phone needs to join."""
        digest = hmac.new(self._key, b"room code", hashlib.sha256).digest()
        return "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:4])

    def room_key(self) -> str:
        """What the QR code carries: the room code and 56 bits more, so that nobody guesses it.

        The code comes first: who pastes the link where the code is typed has typed the code.
        """
        digest = hmac.new(self._key, b"room key", hashlib.sha256).digest()
        rest, letters = int.from_bytes(digest), ""
        for _ in range(KEY_LETTERS):
            rest, letter = divmod(rest, len(ascii_uppercase))
            letters += ascii_uppercase[letter]
        return self.room_code() + letters


def every_seat(chairs: Iterable[str]) -> tuple[str, ...]:
    """All that have a link: the crew, then the `chairs` of finalists and experts."""
    return (*CREW, *chairs)


def role_links(links: Mapping[str, str], base: str) -> dict[str, str]:
    """Role to address for everybody: the seats’ `links`, and what is open to all at `base`."""
    open_to_all = {name: f"{base}/{name}" for name in ("stage", "overlay", "testcard")}
    return {**links, **open_to_all, "audience": f"{base}/"}
