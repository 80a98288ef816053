"""Who may open what: role links, the cookies they turn into, the room's code and key."""

import base64
import hashlib
import hmac
from string import ascii_uppercase

from itsdangerous import BadSignature, URLSafeSerializer

CODE_LETTERS = "FGHJKLMNPQRT"
"""Letters of a room code: none that names an answer (A to E) or a lectern (V to Z)."""

KEY_LETTERS = 12
"""Letters of the room's key behind the code: 26^12, or 56 bits."""


class Access:
    """Derives every link and cookie from one key, so that they outlive a restart and a reset."""

    def __init__(self, key: bytes) -> None:
        """`key` is the signing key of the data folder, 32 bytes."""
        self._key = key
        self._cookies = URLSafeSerializer(key, salt="finale seat")

    def token(self, seat: str) -> str:
        """The secret of a seat's link, 192 bits."""
        digest = hmac.new(self._key, f"link {seat}".encode(), hashlib.sha256).digest()
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
        return str(self._cookies.dumps(seat))

    def holds(self, cookies: dict[str, str], seat: str) -> bool:
        """Whether a browser with these cookies may open the seat's page."""
        value = cookies.get(self.cookie_name(seat))
        if value is None:
            return False
        try:
            return bool(self._cookies.loads(value) == seat)
        except BadSignature:
            return False

    def seats_of(self, cookies: dict[str, str], seats: tuple[str, ...]) -> list[str]:
        """Every seat that a browser with these cookies may open."""
        return [seat for seat in seats if self.holds(cookies, seat)]

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
