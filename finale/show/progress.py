"""Who has marked what so far: counts for the host, and when marks may be seen."""

from finale.show.rundown import Rundown
from finale.show.state import RoundState, ShowState
from scoring.rubric import PANEL_RUBRIC


def cards_done(round_: RoundState, panellist: str) -> int:
    """How many answers the panellist has marked in full."""
    return sum(
        PANEL_RUBRIC.is_complete(round_.cards.get((panellist, letter), {}))
        for letter in round_.letters
    )


def has_both_gates_closed(state: ShowState) -> bool:
    """Whether the host may see marks: vote counted and expert marks closed."""
    if not state.rounds or state.round.counts is None:
        return False
    return state.round.is_closed("marks") or not state.rundown.panel


def missing_cards(rundown: Rundown, round_: RoundState) -> int:
    """How many cards of the whole panel are not complete."""
    done = sum(cards_done(round_, panellist.id) for panellist in rundown.panel)
    return len(rundown.panel) * len(round_.letters) - done
