"""Writes the show's sounds beside this file, from arithmetic alone: the same bytes every time.

    python assets/sounds/make.py

Nothing is recorded or borrowed: sums of sines that die away, at 22,050 Hz, 16 bit, one channel.
"""

import math
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

RATE = 22_050
PEAK = 0.7
C, D, E, G, A = 523.25, 587.33, 659.26, 783.99, 880.0

Wave = Callable[[float], float]


def struck(pitch: float, fade: float, partials: tuple[float, ...] = (1.0,)) -> Wave:
    """A tone that begins at once and dies away by 1/e every `fade` seconds."""
    whole = sum(partials)

    def at(t: float) -> float:
        if t < 0:
            return 0.0
        parts = (p * math.sin(math.tau * pitch * (n + 1) * t) for n, p in enumerate(partials))
        return math.exp(-t / fade) * min(1.0, t / 0.004) * sum(parts) / whole

    return at


def after(start: float, tone: Wave) -> Wave:
    """`tone`, `start` seconds later."""
    return lambda t: tone(t - start)


def together(*tones: Wave) -> Wave:
    """All of them, as loud as one."""
    return lambda t: sum(tone(t) for tone in tones) / math.sqrt(len(tones))


STRING = (1.0, 0.5, 0.33, 0.2)
SOUNDS: dict[str, tuple[float, Wave]] = {
    "tick": (0.09, struck(1_320, 0.018)),
    "buzzer": (0.5, together(struck(410, 0.07, (1.0, 0.2, 0.7)), struck(1_090, 0.03))),
    "reveal": (
        1.1,
        together(*(after(0.11 * n, struck(p, 0.3, STRING)) for n, p in enumerate((C, E, G, A)))),
    ),
    "champion": (
        3.4,
        together(
            *(after(0.22 * n, struck(p, 0.5, STRING)) for n, p in enumerate((C, D, E, G, A))),
            *(after(1.3, struck(p / 2, 1.1, STRING)) for p in (C, E, G, 2 * C)),
        ),
    ),
    "check": (0.8, together(struck(A, 0.25, STRING), after(0.3, struck(C * 2, 0.2, STRING)))),
}
"""By name: how many seconds, and what is heard."""


def samples(name: str) -> "array[int]":
    """The sound as numbers, its loudest at `PEAK`, its end faded out."""
    seconds, tone = SOUNDS[name]
    count = round(seconds * RATE)
    heard = [tone(n / RATE) * min(1.0, (count - n) / (0.02 * RATE)) for n in range(count)]
    loudest = max(abs(value) for value in heard)
    return array("h", (round(32_767 * PEAK * value / loudest) for value in heard))


def write(folder: Path) -> None:
    """One .wav for each name."""
    for name in SOUNDS:
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(name).tobytes())


if __name__ == "__main__":
    write(Path(__file__).parent)
