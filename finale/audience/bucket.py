"""How many messages one connection may send: a token bucket."""

from finale.clock import Clock

BURST = 20
PER_SECOND = 5.0


class Bucket:
    """Room for a burst of messages, filled up again at a steady rate."""

    def __init__(self, clock: Clock) -> None:
        """Full at first."""
        self._clock = clock
        self._left = float(BURST)
        self._at = clock.now()

    def take(self) -> bool:
        """Whether one more message is allowed now."""
        now = self._clock.now()
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
