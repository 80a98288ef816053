"""The tale of the gallery comes past every phase and ends as worked out by hand."""

from gallery.screens import SCREENS, file_name, states_of
from gallery.tale import Moment, moments

from finale.show.evolve import evolve
from finale.show.phases import Phase
from finale.show.result import standings_of
from finale.show.state import ShowState


def state_at(moment: Moment) -> ShowState:
    state: ShowState | None = None
    for event in moment.log:
        state = evolve(state, event)
    assert state is not None
    return state


def test_every_phase_has_its_moments() -> None:
    told = list(moments())

    assert {state_at(moment).phase for moment in told} == set(Phase)
    assert len({moment.name for moment in told}) == len(told)


def test_the_tale_ends_as_worked_out_by_hand() -> None:
    """V and W change places in round 2 and are equal in all; W is first in the sudden death.

    Judge 90, 80, 60, 50, 30: middle 60, span 60, so 100, 90, 70, 60, 40. Experts 100, 90, 70, 60,
    30: middle 65, span 70, so 100, 91.43, 74.29, 65.71, 40. Audience 121, 87, 44, 40, 21 of 313:
    in points 100, 79.6, 53.8, 51.4, 40. Round scores 100, 88.49, 68.48, 60.57, 40.
    """
    *_, last = moments()
    table = [(s.finalist, s.place, round(s.total, 2)) for s in standings_of(state_at(last))]

    assert table == [
        ("finalist-w", 1, 188.49),
        ("finalist-v", 2, 188.49),
        ("finalist-x", 3, 136.95),
        ("finalist-z", 4, 121.13),
        ("finalist-y", 5, 80.0),
    ]


def test_every_picture_has_a_name_of_its_own() -> None:
    names = [
        file_name(moment.name, screen, state)
        for moment in moments()
        for screen in SCREENS
        if screen.is_at(moment.name)
        for state in states_of(screen)
    ]

    assert len(set(names)) == len(names)
