"""What a simulated phone does, from the seed, its number and the answers' texts alone.

Never from letters or from the order of arrival: the same seed gives each text the same ballots.
"""

import hashlib
import math
from collections.abc import Mapping

CHANGES_MIND = 0.15
DROPS_UNHEARD = 0.06
DROPS_HEARD = 0.06


def chance(*parts: object) -> float:
    """A number from 0 up to 1, the same for the same parts."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / 2**64


class Habits:
    """The habits of one phone."""

    def __init__(self, seed: int, phone: int) -> None:
        """`phone` counts from 0."""
        self._seed = seed
        self._phone = phone

    def votes(self, round: int, texts: Mapping[str, str]) -> tuple[str, ...]:  # noqa: A002
        """The letters to vote for, one after the other; the last one is meant to stay."""
        liked = sorted(texts, key=lambda letter: (self._dislike(round, texts[letter]), letter))
        if len(liked) > 1 and self._draw(round, "mind") < CHANGES_MIND:
            return liked[1], liked[0]
        return (liked[0],)

    def drops_unheard(self, round: int) -> bool:  # noqa: A002
        """Whether the line breaks before the answer to the vote."""
        return self._draw(round, "drop") < DROPS_UNHEARD

    def drops_heard(self, round: int) -> bool:  # noqa: A002
        """Whether the line breaks after the answer to the vote."""
        return 1 - self._draw(round, "drop") < DROPS_HEARD

    def patience(self, round: int) -> float:  # noqa: A002
        """Which part of the time for voting passes before the tap, from 0 to 1."""
        return self._draw(round, "patience")

    def _draw(self, round: int, what: str) -> float:  # noqa: A002
        return chance(self._seed, self._phone, round, what)

    def _dislike(self, round: int, text: str) -> float:  # noqa: A002
        # A race of exponential times: an answer wins in proportion to how well the hall likes it.
        liking = 0.2 + chance(self._seed, round, text)
        luck = chance(self._seed, self._phone, round, text) or 1e-12
        return -math.log(luck) / liking
