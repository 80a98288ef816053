"""The countdown as a finalist sees it: figures, stave, and what happens at 0:00."""

from typing import Final

from finale.pages.parts import box, words
from finale.pages.parts_clock import ClockFace, clock, clock_stave
from finale.show.phases import Phase
from finale.show.views.finalist import FinalistView

CAPTIONS: Final = {
    Phase.QUESTION: "Tuning starts at 0:00.",
    Phase.APPEAL: "Appeals close at 0:00.",
}

ClockSlice = tuple[float, float | None, int, str] | None


def clock_slice(show: FinalistView) -> ClockSlice:
    """What the countdown is drawn from: deadline, seconds held, length, caption."""
    if show.clock is None:
        return None
    caption = CAPTIONS.get(show.phase, "")
    if show.is_held:
        caption = "On hold. The clock stands still."
    return show.clock.deadline, show.clock.held_left, show.clock.length, caption


def draw_clock(slice_: ClockSlice, now: float) -> None:
    """Draw it; `now` is the server's clock in epoch seconds."""
    if slice_ is None:
        return
    deadline, held, length, caption = slice_
    face = ClockFace(deadline, now, held=held, total=length)
    with box("finalist-clock"):
        clock(face, "l", is_announced=True)
        with box("stack snug"):
            clock_stave(face)
            words(caption, "quiet")
            words("Last ten seconds", "last-ten-words bold")
