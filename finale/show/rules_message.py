"""What the host may say to people, and who may take it off a screen."""

from typing import Final

from finale.show import commands_message as c
from finale.show import events_message as e
from finale.show.events import Event
from finale.show.refused import Refused
from finale.show.rundown import without_hidden
from finale.show.state import ShowState

LONGEST: Final = 200
"""Characters of a message: two lines of a phone at arm's length."""


def send_message(state: ShowState, command: c.SendMessage, by: str, now: float) -> list[Event]:
    """One line, as it can be read: no breaks, nothing that cannot be seen."""
    if command.to not in (*c.GROUPS, *state.rundown.seats):
        raise Refused(f"There is no seat “{command.to}” in this show.")
    if command.to == c.ALL_EXPERTS and not state.rundown.panel:
        raise Refused("There are no experts in this show.")
    words = (without_hidden(word) for word in command.text.split())
    text = " ".join(word for word in words if word)
    if not text:
        raise Refused("Write the message first.")
    if len(text) > LONGEST:
        raise Refused(f"A message has {LONGEST} characters at most; this one has {len(text)}.")
    return [e.MessageSent(number=state.said + 1, to=command.to, text=text, at=now)]


def clear_message(state: ShowState, command: c.ClearMessage, by: str, now: float) -> list[Event]:
    """Take it off every screen where it still stands."""
    if command.to not in state.messages:
        raise Refused("That message is gone already.")
    return [e.MessageCleared(to=command.to)]


def dismiss_message(
    state: ShowState, command: c.DismissMessage, by: str, now: float
) -> list[Event]:
    """Read on one screen of the seat is read on all of them; said twice, it changes nothing."""
    if not 0 < command.number <= state.said:
        raise Refused("There is no such message.")
    if command.number <= state.dismissed.get(by, 0):
        return []
    return [e.MessageDismissed(seat=by, number=command.number)]
