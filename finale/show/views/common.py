"""What several views share: clocks, finalists' tags, masked answers, the hall's numbers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from finale.show.phases import Phase
from finale.show.phrase import NOTHING, Phrase, phrase
from finale.show.result import standings_of
from finale.show.rundown import Finalist, Rundown
from finale.show.state import Draft, ShowState
from finale.show.views.masking import masked
from scoring.scales import Scale

BETWEEN = (Phase.LOBBY, Phase.STANDINGS, Phase.BREAK, Phase.SUDDEN_DEATH, Phase.CHAMPION)
"""The phases in which no question is played."""
MARKED = (Phase.JUDGE_REVEAL, Phase.APPEAL, Phase.REVEAL)
"""The phases in which marks are shown."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Who is there now; not logged. Seats are connected ones; `trouble` is the store's.

    `checks` says by seat what its last connection check found; `lost` seats were there once.
    """

    phones: int = 0
    ballots: int = 0
    seats: frozenset[str] = frozenset()
    trouble: str = ""
    checks: Mapping[str, str] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ClockView:
    """A deadline in epoch seconds; while held, the seconds left; the full length in seconds."""

    deadline: float
    length: int
    held_left: float | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Where the show stands, as every screen is told it; `round` counts from 0, −1 before it."""

    title: str
    phase: Phase
    round: int
    rounds: int
    round_label: Phrase
    is_held: bool
    clock: ClockView | None

    @property
    def begun(self) -> int:
        """How many rounds have begun."""
        return self.round + 1


def head(state: ShowState, clock: ClockView | None) -> dict[str, Any]:
    """The fields of a `Head` by name; `clock` is the one of that screen."""
    return {
        "title": state.rundown.title,
        "phase": state.phase,
        "round": state.number,
        "rounds": len(state.rundown.rounds),
        "round_label": _round_label(state),
        "is_held": state.is_held,
        "clock": clock,
    }


@dataclass(frozen=True, slots=True)
class Tag:
    """A finalist as people may see one."""

    lectern: str
    name: str
    short_name: str
    affiliation: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A blind answer; times in steps of half a second, never exact."""

    letter: str
    text: str
    words: int
    first_token_s: float | None = None
    total_s: float | None = None


def clock_view(state: ShowState, name: str) -> ClockView | None:
    """The clock of that deadline, if it runs or is held."""
    at = state.deadlines.get(name)
    if at is None:
        return None
    seconds = state.rundown.settings.seconds
    lengths = {"vote": seconds.vote, "marks": seconds.marks, "answer": seconds.reading}
    length: int = lengths[name] if name in lengths else getattr(seconds, state.phase.value, 0)
    held_left = None if state.held_at is None else max(0.0, at - state.held_at)
    return ClockView(at, length, held_left)


def main_clock(state: ShowState) -> ClockView | None:
    """The clock that the hall watches: the phase's, else the vote's, the marks', the answer's."""
    for name in ("phase", "vote", "marks", "answer"):
        clock = clock_view(state, name)
        if clock is not None:
            return clock
    return None


def tag_of(finalist: Finalist) -> Tag:
    """The finalist's tag."""
    return Tag(
        finalist.lectern,
        finalist.name,
        finalist.short_name,
        finalist.affiliation,
        finalist.endpoint,
    )


def playing(state: ShowState) -> tuple[Tag, ...]:
    """Whom the hall is shown; nobody is announced in the lobby who has withdrawn there."""
    seats = state.active() if state.phase is Phase.LOBBY else ()
    finalists = state.rundown.finalists
    return tuple(tag_of(finalist) for finalist in finalists if not seats or finalist.id in seats)


def tag(state: ShowState, finalist_id: str) -> Tag:
    """The tag of the finalist of that id."""
    return tag_of(state.rundown.finalist(finalist_id))


def champions(state: ShowState) -> tuple[Tag, ...]:
    """Who has won, several if they share the title; nobody before the end."""
    if state.phase is not Phase.CHAMPION:
        return ()
    return tuple(tag(state, s.finalist) for s in standings_of(state) if s.place == 1)


def answers(state: ShowState) -> tuple[Answer, ...]:
    """The blind answers of the running round, A first, without their times."""
    return tuple(replace(a, first_token_s=None, total_s=None) for a in timed_answers(state))


def timed_answers(state: ShowState) -> tuple[Answer, ...]:
    """The blind answers with their times in half seconds: for the experts alone."""
    return tuple(
        _answer(state, letter, state.round.answer(letter)) for letter in sorted(state.round.letters)
    )


def _answer(state: ShowState, letter: str, draft: Draft) -> Answer:
    text = masked(draft.text, state.rundown)
    first, total = half_steps(draft.first_token_s), half_steps(draft.total_s)
    return Answer(letter, text, words(text), first, total)


def half_steps(seconds: float | None) -> float | None:
    """Rounded up to half a second, so that latency does not name a finalist."""
    return None if seconds is None else math.ceil(seconds * 2) / 2


SUDDEN_DEATH: Final = phrase("Sudden death")


def _round_label(state: ShowState) -> Phrase:
    """ "Round 3 of 5", "Sudden death", or nothing in the lobby."""
    if not state.rounds:
        return NOTHING
    if state.round.is_sudden_death:
        return SUDDEN_DEATH
    rounds = len(state.rundown.rounds)
    return phrase("Round {round} of {rounds}", round=len(state.rounds), rounds=rounds)


_SCALES: Final[dict[Scale, Phrase]] = {
    "spread": phrase(
        "Each jury gives up to 100 to its favourite and down to 40 to its least favourite; "
        "when it hardly differs, so do the points."
    ),
    "raw": phrase("Each jury’s marks count as they are."),
    "rank": phrase(
        "Each jury gives 100 to its favourite and 40 to its least favourite, "
        "the others evenly between."
    ),
}
_NAMES: Final[dict[Scale, Phrase]] = {
    "spread": phrase("spread"),
    "raw": phrase("raw"),
    "rank": phrase("rank"),
}


def scale_note(rundown: Rundown) -> Phrase:
    """How marks become points in this show, in one sentence for the hall."""
    scales = rundown.settings.scales
    judge, panel, audience = scales.judge, scales.panel, scales.audience
    if judge == panel == audience:
        return _SCALES[judge]
    return phrase(
        "How marks become points: AI judge: {judge}, experts: {panel}, audience: {audience}.",
        judge=_NAMES[judge],
        panel=_NAMES[panel],
        audience=_NAMES[audience],
    )


def words(text: str) -> int:
    """Words of a text, split at white space."""
    return len(text.split())
