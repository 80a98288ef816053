"""What is said to people by the host, and taken off a screen by who has read it."""

from typing import Final

from pydantic import Field

from finale.show.rundown import Frozen

ALL_FINALISTS: Final = "finalists"
ALL_EXPERTS: Final = "panel"
ALL_PHONES: Final = "phones"
GROUPS: Final = (ALL_FINALISTS, ALL_EXPERTS, ALL_PHONES)
"""Whom one message may reach besides a single seat."""


class SendMessage(Frozen):
    """A short line from the host to one seat or one of `GROUPS`; it replaces the one before."""

    to: str = Field(max_length=80)
    text: str = Field(max_length=1000)


class ClearMessage(Frozen):
    """Take back what was said to that seat or group."""

    to: str = Field(max_length=80)


class DismissMessage(Frozen):
    """A finalist or an expert has read everything up to that message."""

    number: int


MessageCommand = SendMessage | ClearMessage
"""The host's; the third is a finalist's or an expert's."""
