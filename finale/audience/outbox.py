"""What waits to be sent to one phone: never more than it can be behind."""

import asyncio
from collections import deque

MOST_ANSWERS = 16
"""Answers that may wait for a phone that does not read."""


class Outbox:
    """Answers to the phone itself, all of them; of the views only the newest."""

    def __init__(self) -> None:
        """Empty."""
        self._answers: deque[str] = deque()
        self._view = ""
        self._has_frames = asyncio.Event()

    def tell(self, frame: str) -> bool:
        """Add an answer; False if the phone has left too many unread."""
        if len(self._answers) >= MOST_ANSWERS:
            return False
        self._answers.append(frame)
        self._has_frames.set()
        return True

    def show(self, frame: str) -> None:
        """Put the newest view in place of one that still waits."""
        self._view = frame
        self._has_frames.set()

    async def next(self) -> str:
        """The frame to send now; views go first, so that no answer names a view still to come."""
        await self._has_frames.wait()
        if self._view:
            frame, self._view = self._view, ""
        else:
            frame = self._answers.popleft()
        if not self._view and not self._answers:
            self._has_frames.clear()
        return frame
