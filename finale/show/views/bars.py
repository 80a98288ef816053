"""The marks of a round as the stage and the phones show them: by letter, part by part."""

from dataclasses import dataclass
from typing import Final

from finale.show.cues import REVEAL_PARTS
from finale.show.phases import Phase
from finale.show.phrase import Phrase, phrase
from finale.show.result import places_of, score_of, standings_of, withdrawn_of
from finale.show.rundown import Settings
from finale.show.state import RoundState, ShowState
from finale.show.views.common import Tag, tag
from finale.show.views.reasons import reason
from scoring.blend import COMPONENTS, Component, RoundScore
from scoring.standings import Standing, hundredths


@dataclass(frozen=True, slots=True)
class BarPart:
    """One component of one answer: mark out of 100, points, and points × weight."""

    component: Component
    mark: float | None
    points: float
    score: float
    is_favourite: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer; `total`, `place` (equals share one) and `tag` only once they were revealed."""

    letter: str
    parts: tuple[BarPart, ...]
    total: float | None = None
    place: int | None = None
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `moved` is places won since the last round, `gap` to the leader.

    Total and gap are in tenths, as they are shown: their difference on a screen is the gap.
    `places` holds the place after each finished round, the first round first. Who has withdrawn
    stands below the table, at place 0; `placed` is the place as every screen writes it.
    """

    place: int
    tag: Tag
    total: float
    gap: float
    round_score: float
    moved: int | None
    is_shared: bool
    decided_by: str
    places: tuple[int, ...] = ()
    is_withdrawn: bool = False

    @property
    def placed(self) -> str:
        """ "2", "2=" for equals, "–" for who has withdrawn."""
        return "–" if self.is_withdrawn else f"{self.place}{'=' if self.is_shared else ''}"


def shown_components(state: ShowState) -> tuple[Component, ...]:
    """The components that were revealed so far."""
    if state.phase in (Phase.JUDGE_REVEAL, Phase.APPEAL):
        return ("judge",)
    if state.phase is Phase.REVEAL:
        return ("judge", *(part for part in COMPONENTS[1:] if part in REVEAL_PARTS[: state.step]))
    return COMPONENTS if state.phase in (Phase.STANDINGS, Phase.CHAMPION) else ()


def bars(state: ShowState) -> tuple[Bar, ...]:
    """The bars of the running round as far as they were revealed, A first."""
    score = score_of(state.round, state.rundown.settings)
    is_totalled = state.phase is Phase.REVEAL and state.step >= len(REVEAL_PARTS)
    places = places_of(state.round, state.rundown.settings)
    named = _named(state, tuple(places))
    return tuple(
        Bar(
            letter,
            _parts(state, score, letter),
            score.scores[owner].total if is_totalled else None,
            places[letter] if letter in named else None,
            tag(state, owner) if letter in named else None,
        )
        for letter, owner in sorted(state.round.letters.items())
    )


def _named(state: ShowState, order: tuple[str, ...]) -> set[str]:
    """The letters whose names were called so far, from the last place up."""
    if state.phase is not Phase.REVEAL:
        return set()
    unveiled = max(0, state.step - len(REVEAL_PARTS))
    return set(order[len(order) - unveiled :])


def _parts(state: ShowState, score: RoundScore, letter: str) -> tuple[BarPart, ...]:
    owner = state.round.letters[letter]
    parts = []
    for component in shown_components(state):
        if component in score.void:
            continue
        part = score.scores[owner].parts[component]
        points = [score.scores[o].parts[component].points for o in state.round.letters.values()]
        best = max(map(hundredths, points))
        is_favourite = len(points) > 1 and hundredths(part.points) == best
        parts.append(BarPart(component, part.mark, part.points, part.score, is_favourite))
    return tuple(parts)


_REDUCED: Final = phrase(
    "Reduced panel: fewer than three experts’ cards for an answer, so the mean counts."
)


def void_notes(state: ShowState) -> tuple[Phrase, ...]:
    """What does not count in this round, in sentences: the weights on screen tell it as well."""
    void = score_of(state.round, state.rundown.settings).void
    return tuple(_void_now(jury, reason(void[jury])) for jury in COMPONENTS if jury in void)


def _void_now(jury: Component, why: Phrase) -> Phrase:
    if jury == "judge":
        return phrase("The AI judge does not count in this round: {why}.", why=why)
    if jury == "panel":
        return phrase("The experts do not count in this round: {why}.", why=why)
    return phrase("The audience does not count in this round: {why}.", why=why)


def _void_then(jury: Component, number: int, why: Phrase) -> Phrase:
    if jury == "judge":
        return phrase("The AI judge does not count in round {n}: {why}.", n=number, why=why)
    if jury == "panel":
        return phrase("The experts do not count in round {n}: {why}.", n=number, why=why)
    return phrase("The audience does not count in round {n}: {why}.", n=number, why=why)


def round_notes(state: ShowState) -> tuple[Phrase, ...]:
    """What is unusual in this round as far as it was revealed: voids, then a reduced panel."""
    is_reduced = score_of(state.round, state.rundown.settings).reduced
    is_told = is_reduced and "panel" in shown_components(state)
    return (*void_notes(state), _REDUCED) if is_told else void_notes(state)


def table_notes(state: ShowState) -> tuple[Phrase, ...]:
    """What the host voided in earlier rounds, and the notes of the last one."""
    earlier = (
        _void_then(jury, number, reason(void[jury]))
        for number, round_ in enumerate(state.rounds[:-1], 1)
        if round_.voided and (void := _voided(round_, state.rundown.settings))
        for jury in COMPONENTS
        if jury in void
    )
    # A round without answers is told as a whole.
    return (*earlier, *(round_notes(state) if state.round.letters else ()))


def _voided(round_: RoundState, settings: Settings) -> dict[Component, str]:
    void = score_of(round_, settings).void
    return {component: why for component, why in void.items() if component in round_.voided}


def played_of(state: ShowState) -> int:
    """How many rounds have been played to their end."""
    return len(state.rounds) if state.phase in _DONE else max(0, len(state.rounds) - 1)


def table(state: ShowState) -> tuple[Row, ...]:
    """The table after the last finished round, empty before the first has ended."""
    return rows(state) if played_of(state) else ()


def rows(state: ShowState) -> tuple[Row, ...]:
    """The table after the last finished round; before the first, everybody at 0."""
    played = played_of(state)
    now = standings_of(state, played)
    history = _history(state, played)
    last = state.rounds[played - 1] if played else None
    scores = score_of(last, state.rundown.settings).scores if last else {}
    best = _tenths(now[0].total) if now else 0.0
    ranked = tuple(
        _row(state, s, (best, scores[s.finalist].total if s.finalist in scores else 0.0), history)
        for s in now
    )
    gone = withdrawn_of(state, played) if played else ()
    return ranked + tuple(_withdrawn(state, standing) for standing in gone)


def _withdrawn(state: ShowState, standing: Standing) -> Row:
    who = tag(state, standing.finalist)
    return Row(0, who, _tenths(standing.total), 0.0, 0.0, None, False, "", is_withdrawn=True)


def _tenths(value: float) -> float:
    """`value` as it is shown, with one decimal."""
    # Equal sums can differ in their last bits, and a border of 0.1 must not fall between them.
    return round(round(value, 9), 1)


def _history(state: ShowState, played: int) -> dict[str, tuple[int, ...]]:
    tables = [standings_of(state, n) for n in range(1, played + 1)]
    places = [{standing.finalist: standing.place for standing in table} for table in tables]
    return {seat: tuple(table[seat] for table in places) for seat in state.active()}


_DONE = (Phase.STANDINGS, Phase.BREAK, Phase.SUDDEN_DEATH, Phase.CHAMPION)


def _row(
    state: ShowState,
    standing: Standing,
    totals: tuple[float, float],
    history: dict[str, tuple[int, ...]],
) -> Row:
    best, won = totals
    places = history[standing.finalist]
    total = _tenths(standing.total)
    moved = places[-2] - places[-1] if len(places) > 1 else None
    return Row(
        standing.place,
        tag(state, standing.finalist),
        total,
        _tenths(best - total),
        won,
        moved,
        standing.is_shared,
        standing.decided_by,
        places,
    )
