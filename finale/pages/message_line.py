"""A line of the host on somebody's screen: a calm banner until it is read or taken back."""

import time
from collections.abc import Callable
from typing import Any, Final

from finale.pages.parts import banner, button, words
from finale.show.views.messages import Note

Face = tuple[Note | None, str]
"""The line, and why it could not be closed ("" if nothing is against it)."""

_TITLE: Final = "From the host"


def draw_message(face: Face, dismiss: Callable[[int], Any]) -> None:
    """Nothing without a line; else the time, the words as they are, and the way to close it."""
    note, why_not = face
    if note is None:
        return
    with banner(f"{_TITLE}, {clock_time(note.at)}", note.text, "calm"):
        if why_not:
            words(why_not, "alarm small bold")
        button("Close", lambda: dismiss(note.number), "outline").classes("message-close")


def clock_time(at: float) -> str:
    """Hours and minutes where the show is."""
    return time.strftime("%H:%M", time.localtime(at))
