"""What a run sheet is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from finale.show.rundown import Rundown

_CREW = {
    "stage": ("Stage", "For the projector; open to all"),
    "testcard": ("Test card", "To set up projector and cameras; open to all"),
    "overlay": ("Overlay", "For OBS and vMix; open to all"),
    "host": ("Host", "The desk that moves the show"),
    "prompter": ("Prompter", "The presenter’s monitor"),
    "commentary": ("Commentary", "For the commentators alone"),
}
"""Each screen of the crew and what it is for, in the order of the cards."""


@dataclass(frozen=True, slots=True)
class Link:
    """One address to print with its code: whose, what for, and the lectern if there is one."""

    name: str
    purpose: str
    address: str
    lectern: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A show as it is printed. `date` is the organiser's own line, "" for one to fill in."""

    rundown: Rundown
    printed: str
    source: str
    date: str = ""
    links: tuple[Link, ...] = field(default=())
    warning: str = ""


def links_of(
    rundown: Rundown, addresses: Mapping[str, str], room: tuple[str, str]
) -> tuple[Link, ...]:
    """The codes of a sheet from the addresses by role: the phones’ first, then a card for each.

    `room` is the code that people type and the key that the phones’ address carries.
    """
    code, key = room
    finalists = {finalist.id: finalist for finalist in rundown.finalists}
    panel = {panellist.id: panellist.name for panellist in rundown.panel}
    cards = [
        Link("Phones", f"Room code {code}", f"{addresses['audience']}?{key}"),
        *(Link(*said, addresses[role]) for role, said in _CREW.items()),
    ]
    for seat, address in addresses.items():
        if seat in finalists:
            one = finalists[seat]
            cards.append(Link(one.name, f"Console at lectern {one.lectern}", address, one.lectern))
        elif seat in panel:
            cards.append(Link(panel[seat], "Expert’s tablet", address))
    return tuple(cards)
