"""How the work for a text grows with its length: with it, or with its square."""

import time
from collections.abc import Callable

SIZES = (250, 1_000, 4_000, 16_000, 64_000, 256_000)
MOST_TIMES = 8
"""Four times the text may take eight times as long, for noise; a square takes sixteen."""
SLACK_S = 0.002
ENOUGH_S = 0.008
"""A text that takes as long is the last one: a square would have shown by then."""
TRIES = 4


def steepest(
    work: Callable[[str], object], make: Callable[[int], str], enough_s: float = ENOUGH_S
) -> str:
    """Where time grows faster than the text, "" if nowhere; `make` makes a text of a size.

    More is `enough_s` where a square may hide behind much other work.
    """
    before = took = 0.0
    for shorter, longer in zip((0, *SIZES), SIZES, strict=False):
        took = _best(work, make(longer), 1)
        if shorter and took > MOST_TIMES * before + SLACK_S:
            # The machine may have been busy; and what is small is measured badly.
            before = max(before, _best(work, make(shorter), 1))
            took = min(took, _best(work, make(longer), TRIES))
            if took > MOST_TIMES * before + SLACK_S:
                return f"{before:.3f} s for {shorter:,} characters, {took:.3f} s for {longer:,}"
        if took > enough_s:
            return ""
        before = took
    return ""


def _best(work: Callable[[str], object], text: str, tries: int) -> float:
    times = []
    for _ in range(tries):
        began = time.process_time()
        work(text)
        times.append(time.process_time() - began)
    return min(times)
