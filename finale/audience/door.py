"""Who comes in: a phone with a pass of this show, with the key of the QR code, or with its code."""

import math
from secrets import compare_digest

from finale.audience.bucket import Bucket
from finale.audience.line import LATER, Closed
from finale.audience.passes import Pass, Passes
from finale.clock import Clock
from finale.show.phrase import phrase

WRONG_CODES = 500
WRONG_CODES_PER_S = 0.1
"""How many wrong codes the whole door takes at once, and how fast it takes more.

One of 12^4 = 20,736 codes is the room's, for the whole show. Whoever guesses without a pause, from
any number of connections, has 500 tries and then one in ten seconds: 1,220 in a show of two hours,
a chance of 1 in 17; an even chance (10,368 tries) takes 27 hours. A hall of 400 in which everybody
mistypes once at the same moment is let in all the same.
"""


class Door:
    """Asks for code or key only when a new pass is to be issued."""

    def __init__(self, passes: Passes, code: str, key: str, clock: Clock) -> None:
        """`code` is what the big screen shows, `key` what its QR code carries: capital letters."""
        self._passes = passes
        self._code = code
        self._key = key
        self._wrong_codes = Bucket(clock, WRONG_CODES, WRONG_CODES_PER_S)

    def admit(self, token: str, code: str, first_round: int) -> tuple[Pass, str] | None:
        """The phone's pass and its token, its own or new ones; None if the code is wanted.

        A new pass may vote from `first_round` on.

        Raises Closed, whether the code is right or wrong, after too many wrong ones: only the key,
        which nobody guesses, gets a new pass then.
        """
        own = self._passes.read(token)
        if own is not None:
            return own, token
        typed = code.upper()
        if compare_digest(typed, self._key):
            return self._passes.issue(first_round)
        if typed:
            self._check_patience()
        if compare_digest(typed, self._code):
            return self._passes.issue(first_round)
        if typed:
            self._wrong_codes.take()
        return None

    def _check_patience(self) -> None:
        wait_s = math.ceil(self._wrong_codes.wait_s())
        if wait_s:
            raise Closed(
                LATER,
                phrase(
                    "Too many wrong codes. Scan the square code instead, "
                    "or try again in {seconds} s.",
                    seconds=wait_s,
                ),
            )
