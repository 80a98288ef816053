"""What was said to people, and that they have read it."""

from typing import Literal

from finale.show.rundown import Frozen


class MessageSent(Frozen):
    """A line of the host; `number` counts from 1 over the show, `at` is epoch seconds."""

    kind: Literal["MessageSent"] = "MessageSent"
    number: int
    to: str
    text: str
    at: float


class MessageCleared(Frozen):
    """The host took the line back."""

    kind: Literal["MessageCleared"] = "MessageCleared"
    to: str


class MessageDismissed(Frozen):
    """The seat has read everything up to that message."""

    kind: Literal["MessageDismissed"] = "MessageDismissed"
    seat: str
    number: int


MessageEvent = MessageSent | MessageCleared | MessageDismissed
