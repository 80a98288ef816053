"""How many messages one connection may send, or wrong codes all of them: a token bucket."""

from finale.clock import Clock

BURST = 20
PER_SECOND = 5.0


class Bucket:
    """Room for a burst, filled up again at a steady rate."""

    def __init__(self, clock: Clock, burst: int = BURST, per_second: float = PER_SECOND) -> None:
        """Full at first."""
        self._clock = clock
        self._burst = burst
        self._per_second = per_second
        self._left = float(burst)
        self._at = clock.now()

    def take(self) -> bool:
        """Whether one more is allowed now; if so, it is taken."""
        if self.wait_s():
            return False
        self._left -= 1
        return True

    def wait_s(self) -> float:
        """Seconds until one more is allowed."""
        now = self._clock.now()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        return max(0.0, (1 - self._left) / self._per_second)
