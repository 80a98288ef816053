"""Whose letters nobody may know yet, and the same show with two letters' owners swapped."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from finale.show.cues import REVEAL_PARTS
from finale.show.phases import Phase
from finale.show.result import places_of
from finale.show.state import ShowState

BLIND = (Phase.LOCKED, Phase.READING, Phase.MARKING, Phase.JUDGE_REVEAL, Phase.APPEAL, Phase.REVEAL)


def swapped(state: ShowState, one: str, other: str) -> ShowState:
    """The same show, but the answers of two letters were given by each other's owners."""
    round_ = state.round
    a, b = round_.letters[one], round_.letters[other]
    names = {a: b, b: a}

    def moved(values: Mapping[str, Any]) -> dict[str, Any]:
        return {names.get(seat, seat): value for seat, value in values.items()}

    changed = replace(
        round_,
        letters={letter: names.get(seat, seat) for letter, seat in round_.letters.items()},
        drafts=moved(round_.drafts),
        pins=moved(round_.pins),
        submissions=moved(round_.submissions),
        appeals=tuple(
            replace(x, backers=tuple(names.get(seat, seat) for seat in x.backers))
            for x in round_.appeals
        ),
    )
    return replace(state, rounds=(*state.rounds[:-1], changed))


def unnamed(state: ShowState) -> list[str]:
    """The letters whose owners nobody may know yet."""
    if state.phase not in BLIND:
        return []
    if state.phase is not Phase.REVEAL:
        return sorted(state.round.letters)
    order = list(places_of(state.round, state.rundown.settings))
    named = max(0, state.step - len(REVEAL_PARTS))
    return order[: len(order) - named]
