"""The line of faults: the worst one, its one action, and the buttons that take it at once."""

from dataclasses import dataclass
from functools import partial

from finale.pages.host_desk import Desk, DeskView
from finale.pages.parts import Rank, box, hold_button, words
from finale.pages.parts_marks import icon
from finale.show.commands_amend import DecideCredit, OfferAppeal
from finale.show.views.amends import Offer
from finale.show.views.faults import Fault


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be decided from the line of faults."""

    round: int
    offers: tuple[Offer, ...]
    appeals: tuple[str, ...]


def build_faults(desk: Desk) -> None:
    """The line; it keeps its place whether there is a fault or none."""
    with box("host-fault"):
        desk.region(_faults, _draw_faults, "host-fault-words")
        desk.region(_actions, lambda it: _draw_actions(desk, it), "host-fault-keys")


def _faults(view: DeskView) -> tuple[Fault, ...]:
    """A log that cannot be written stands above all others."""
    found = view.show.faults
    if view.trouble:
        line = f"The log cannot be written: {view.trouble}"
        return (Fault(line, "Nothing is lost; hold the show."), *found)
    return found


def _draw_faults(found: tuple[Fault, ...]) -> None:
    with box(f"host-fault-line line {'is-alarm' if found else ''}").props("role=status"):
        icon("alert" if found else "check")
        if not found:
            words("No faults.", "quiet")
            return
        words(found[0].line, "bold")
        words(found[0].action, "grow")
    if len(found) > 1:
        _draw_more(found[1:])


def _draw_more(rest: tuple[Fault, ...]) -> None:
    """How many more there are; all of them while it is pointed at or in focus."""
    with box("host-fault-more") as more:
        words(f"+ {len(rest)} more", "small bold keep")
        with box("host-fault-rest", "ul"):
            for fault in rest:
                with box("", "li"):
                    words(fault.line, "bold")
                    words(fault.action)
    more.props["tabindex"] = 0


def _actions(view: DeskView) -> Actions:
    return Actions(view.show.round, view.show.amends.offers, view.show.amends.appeals)


def _draw_actions(desk: Desk, actions: Actions) -> None:
    for offer in actions.offers[:1]:
        _draw_offer(desk, actions.round, offer)
    for letter in actions.appeals[:1]:
        offered = OfferAppeal(round=actions.round, letter=letter)
        ask = partial(desk.ask, offered, "next")
        hold_button(f"Hold: offer the appeal on {letter}", ask, "alarm").classes("is-small")


def _draw_offer(desk: Desk, round_: int, offer: Offer) -> None:
    keys: tuple[tuple[str, bool, Rank], ...] = (
        (f"Hold: grant {offer.seconds:.0f} s", True, "alarm"),
        ("Hold: decline", False, "danger"),
    )
    for text, is_granted, rank in keys:
        decided = DecideCredit(round=round_, finalist=offer.seat, is_granted=is_granted)
        hold_button(text, partial(desk.ask, decided, "clock"), rank).classes("is-small")
