"""Whose letters nobody may know yet, and the same show with two letters' owners swapped."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from finale.api.readouts import read_outs
from finale.show.cues import REVEAL_PARTS
from finale.show.phases import Phase
from finale.show.result import places_of
from finale.show.state import ShowState
from finale.show.views.commentary import commentary_view
from finale.show.views.common import Hall
from finale.show.views.host import host_view
from finale.show.views.judge import judge_view
from finale.show.views.overlay import overlay_view
from finale.show.views.panel import panel_view
from finale.show.views.phone import phone_view
from finale.show.views.prompter import prompter_view
from finale.show.views.stage import stage_view

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
        credits=moved(round_.credits),
        at_buzzer=None if round_.at_buzzer is None else moved(round_.at_buzzer),
        left_out=frozenset((p, names.get(f, f)) for p, f in round_.left_out),
        pins=moved(round_.pins),
        submissions=moved(round_.submissions),
        appeals=tuple(
            replace(x, backers=tuple(names.get(seat, seat) for seat in x.backers))
            for x in round_.appeals
        ),
    )
    return replace(state, rounds=(*state.rounds[:-1], changed))


def owned_otherwise(state: ShowState, one: str, other: str) -> ShowState:
    """`swapped`; recusals and credits stay with the people whom they were declared for.

    Once scores are shown, which left-out cards may move, recusals have to go with the answer.
    """
    there, here = swapped(state, one, other), state.round
    is_blind = state.phase in (Phase.LOCKED, Phase.READING, Phase.MARKING)
    changed = replace(
        there.round,
        credits=here.credits,
        at_buzzer=here.at_buzzer,
        left_out=here.left_out if is_blind else there.round.left_out,
    )
    return replace(there, rounds=(*there.rounds[:-1], changed))


def blind_frames(state: ShowState, hall: Hall) -> list[object]:
    """What everybody may see but the host, the finalists and a presenter who may know more."""
    seats = [panellist.id for panellist in state.rundown.panel]
    frames: list[object] = [stage_view(state, hall), phone_view(state), overlay_view(state)]
    frames += [commentary_view(state), prompter_view(state, hall)]
    frames += [panel_view(state, seat) for seat in seats]
    return frames + [judge_view(state, letter) for letter in sorted(state.round.letters)]


def watched_frames(state: ShowState, hall: Hall) -> list[object]:
    """These, and what the API says."""
    return [*blind_frames(state, hall), *read_outs(host_view(state, hall), 1, 0.0)]


def unnamed(state: ShowState) -> list[str]:
    """The letters whose owners nobody may know yet."""
    if state.phase not in BLIND:
        return []
    if state.phase is not Phase.REVEAL:
        return sorted(state.round.letters)
    order = list(places_of(state.round, state.rundown.settings))
    named = max(0, state.step - len(REVEAL_PARTS))
    return order[: len(order) - named]
