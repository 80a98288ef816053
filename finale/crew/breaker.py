"""Spares a finalist the wait for an endpoint that keeps failing."""

from dataclasses import dataclass

FAILURES_IN_A_ROW = 3
PAUSE_S = 5.0


@dataclass(slots=True)
class Breaker:
    """Counts the failures of one endpoint; after three in a row it asks for a pause.

    After the pause one more try is let through: it closes the breaker, or opens it again.
    """

    failures: int = 0
    failed_at: float = 0.0

    def worked(self) -> None:
        """The endpoint has answered."""
        self.failures = 0

    def failed(self, now: float) -> None:
        """The endpoint has failed, at `now` in epoch seconds."""
        self.failures += 1
        self.failed_at = now

    def pause(self, now: float) -> float:
        """Seconds until the endpoint may be asked again; 0 if it may now."""
        if self.failures < FAILURES_IN_A_ROW:
            return 0.0
        return max(0.0, self.failed_at + PAUSE_S - now)
