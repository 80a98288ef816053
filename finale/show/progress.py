"""Who has marked what so far: counts for the host, and when marks may be seen."""

from collections.abc import Collection

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


def missing_cards(state: ShowState) -> int:
    """How many cards of those who are still on the panel are not complete."""
    experts = state.experts()
    done = sum(cards_done(state.round, panellist) for panellist in experts)
    return len(experts) * len(state.round.letters) - done


def unmarked(round_: RoundState, left_out: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """The letters without a complete card but those of (panellist, finalist) in `left_out`.

    Complete cards of an expert who has left count.
    """
    marked = {
        letter
        for (panellist, letter), marks in round_.cards.items()
        if PANEL_RUBRIC.is_complete(marks) and (panellist, round_.letters[letter]) not in left_out
    }
    return tuple(letter for letter in sorted(round_.letters) if letter not in marked)


def calibrated(state: ShowState) -> tuple[str, ...]:
    """The experts on the panel who have marked the practice answer in full."""
    given = state.practice
    return tuple(p for p in state.experts() if PANEL_RUBRIC.is_complete(given.get(p, {})))
