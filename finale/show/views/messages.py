"""The host's messages as each who is meant sees them, and as the host sees them."""

from dataclasses import dataclass

from finale.show.commands_message import ALL_EXPERTS, ALL_FINALISTS, ALL_PHONES, GROUPS
from finale.show.state import ShowState


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the host on somebody's screen; `at` is epoch seconds."""

    number: int
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that stands, for the host: to whom, and how many of how many have read it.

    `of` is 0 for the phones: what is closed there is nobody's business.
    """

    to: str
    label: str
    text: str
    at: float
    read: int
    of: int


def note_for(state: ShowState, seat: str) -> Note | None:
    """The newest line for that seat which was not dismissed there."""
    group = ALL_FINALISTS if seat.startswith("finalist-") else ALL_EXPERTS
    found = [state.messages[to] for to in (seat, group) if to in state.messages]
    newest = max(found, key=lambda message: message.number, default=None)
    if newest is None or newest.number <= state.dismissed.get(seat, 0):
        return None
    return Note(newest.number, newest.text, newest.at)


def note_for_phones(state: ShowState) -> Note | None:
    """The line for every phone; each phone knows by itself whether it was closed there."""
    message = state.messages.get(ALL_PHONES)
    return Note(message.number, message.text, message.at) if message else None


def sent(state: ShowState) -> tuple[Sent, ...]:
    """Every message that stands, the newest first."""
    newest_first = sorted(state.messages.items(), key=lambda item: -item[1].number)
    return tuple(
        Sent(to, names(state)[to], m.text, m.at, _read(state, to, m.number), len(_meant(state, to)))
        for to, m in newest_first
    )


def names(state: ShowState) -> dict[str, str]:
    """Everybody who can be written to, by what the host calls them."""
    groups = dict(zip(GROUPS, ("All finalists", "All experts", "All phones"), strict=True))
    if not state.rundown.panel:
        del groups[ALL_EXPERTS]
    finalists = {finalist.id: finalist.name for finalist in state.rundown.finalists}
    return groups | finalists | {expert.id: expert.name for expert in state.rundown.panel}


def _meant(state: ShowState, to: str) -> tuple[str, ...]:
    groups = {ALL_FINALISTS: state.active(), ALL_EXPERTS: state.experts(), ALL_PHONES: ()}
    return groups.get(to, (to,))


def _read(state: ShowState, to: str, number: int) -> int:
    return sum(state.dismissed.get(seat, 0) >= number for seat in _meant(state, to))
