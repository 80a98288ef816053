"""What the presenter's monitor may show: what is on, what comes next, whom to name and how."""

from dataclasses import dataclass

from finale.show.cues import Cue, blind_cue
from finale.show.phases import Phase
from finale.show.result import places_of, score_of
from finale.show.state import ShowState
from finale.show.views.bars import Row, bars, round_notes, table
from finale.show.views.common import (
    BETWEEN,
    MARKED,
    Hall,
    Head,
    Tag,
    head,
    main_clock,
    tag,
    tag_of,
)
from finale.show.views.stage import appeal_views


@dataclass(frozen=True, slots=True)
class Name:
    """A finalist, how to say the name, and the place in the table once there is one."""

    tag: Tag
    say: str
    row: Row | None


@dataclass(frozen=True, slots=True)
class Result:
    """One place of the round that is revealed, 0 if it is void; `letter` is the answer's."""

    place: int
    letter: str
    tag: Tag
    total: float


@dataclass(frozen=True, slots=True)
class PrompterView(Head):
    """The presenter's monitor.

    `short` and the `notes` for the host are there while a question is played. `lines` is what the
    presenter should know now, the most urgent first. `results` are those that the stage has named,
    or all of them if the show's settings allow that (`is_early`).
    """

    cue: Cue | None
    short: str
    notes: str
    names: tuple[Name, ...]
    lines: tuple[str, ...]
    results: tuple[Result, ...]
    is_early: bool


def prompter_view(state: ShowState, hall: Hall) -> PrompterView:
    """The presenter's monitor now."""
    # Finalists can see the monitor, too: nothing of a question before it is on stage.
    question = state.round.question if state.phase not in BETWEEN else None
    rows = {row.tag.lectern: row for row in table(state)}
    return PrompterView(
        **head(state, main_clock(state)),
        cue=blind_cue(state),
        short=question.short if question else "",
        notes=question.notes if question else "",
        names=tuple(
            Name(tag_of(finalist), finalist.say, rows.get(finalist.lectern))
            for finalist in state.rundown.finalists
        ),
        lines=_lines(state, hall),
        results=_results(state),
        is_early=_is_early(state),
    )


def _lines(state: ShowState, hall: Hall) -> tuple[str, ...]:
    said = []
    if state.is_held:
        said.append("The show is on hold.")
    if state.is_black:
        said.append("The stage is black.")
    if state.phase in MARKED:
        said += [
            f"Appeal on answer {appeal.letter}, {appeal.ground}: {appeal.ruling or appeal.turnout}."
            for appeal in appeal_views(state)
        ]
        said += map(str, round_notes(state))
    if state.rounds and state.round.is_open("vote"):
        said.append(f"{hall.ballots} of {hall.phones} phones have voted.")
    if state.phase is Phase.LOBBY:
        said.append(f"{hall.phones} {'phone has' if hall.phones == 1 else 'phones have'} joined.")
    return tuple(said)


def _is_early(state: ShowState) -> bool:
    return state.rundown.settings.prompter_results and state.phase in MARKED


def _results(state: ShowState) -> tuple[Result, ...]:
    """The places of the round from the first down, as far as the presenter may know them."""
    if state.phase not in MARKED:
        return ()
    settings = state.rundown.settings
    scores = score_of(state.round, settings).scores
    owners = state.round.letters
    named = {bar.letter for bar in bars(state) if bar.tag is not None}
    known = set(owners) if _is_early(state) else named
    return tuple(
        Result(place, letter, tag(state, owners[letter]), scores[owners[letter]].total)
        for letter, place in places_of(state.round, settings).items()
        if letter in known
    )
