"""From a round's facts to its score, and from the rounds to the standings, by `scoring`."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from finale.show.rundown import Settings
from finale.show.state import RoundState, ShowState
from scoring.ballot import Tally
from scoring.blend import RoundMarks, RoundScore, score_round
from scoring.rubric import PANEL_RUBRIC
from scoring.scorecard import Scorecard
from scoring.standings import (
    Standing,
    hundredths,
    standings,
    tied_for_first,
    with_sudden_death,
)
from scoring.verdict import Verdict


def marks_of(round_: RoundState, settings: Settings) -> RoundMarks:
    """Everything that was marked in a round, keyed by finalist. A card counts when complete."""
    owner = round_.letters
    cards = tuple(
        Scorecard(panellist, owner[letter], marks)
        for (panellist, letter), marks in sorted(round_.cards.items())
        if PANEL_RUBRIC.is_complete(marks)
    )
    tally = None
    if round_.counts is not None:
        tally = Tally({owner[letter]: n for letter, n in round_.counts.items()})
    return RoundMarks(
        finalists=round_.finalists,
        answered=frozenset(owner.values()),
        verdicts={owner[letter]: Verdict(o.passes) for letter, o in round_.opinions.items()},
        scorecards=cards,
        tally=tally,
        upheld=frozenset(owner[a.letter] for a in round_.appeals if a.is_upheld),
        left_out=round_.left_out,
        void=frozenset(round_.voided),
        quorum=settings.quorum,
    )


class _Facts:
    """A round under its settings, equal to itself alone: neither ever changes."""

    __slots__ = ("round", "settings")

    def __init__(self, round_: RoundState, settings: Settings) -> None:
        self.round = round_
        self.settings = settings

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Facts):
            return NotImplemented
        return self.round is other.round and self.settings is other.settings

    def __hash__(self) -> int:
        return hash((id(self.round), id(self.settings)))


def score_of(round_: RoundState, settings: Settings) -> RoundScore:
    """The score of a round as the facts stand now; every screen asks for it at every change."""
    return _score(_Facts(round_, settings))


@lru_cache(maxsize=64)
def _score(facts: _Facts) -> RoundScore:
    settings = facts.settings
    marks = marks_of(facts.round, settings)
    return score_round(marks, settings.blend_weights(), settings.blend_scales())


def places_of(round_: RoundState, settings: Settings) -> dict[str, int]:
    """Each letter's place in the round, the winner first; equals share the better place.

    Where no component counts nobody has won: every place is 0, in the order of the letters.
    """
    score = score_of(round_, settings)
    if score.is_void:
        return dict.fromkeys(sorted(round_.letters), 0)
    scores = score.scores
    totals = {letter: hundredths(scores[owner].total) for letter, owner in round_.letters.items()}
    return {
        letter: 1 + sum(other > totals[letter] for other in totals.values())
        for letter in sorted(totals, key=lambda letter: (-totals[letter], letter))
    }


def standings_of(state: ShowState, rounds: int | None = None) -> tuple[Standing, ...]:
    """The table after the first `rounds` rounds (all, if None), sudden death applied.

    Who has withdrawn holds no place in it; `withdrawn_of` has what they scored.
    """
    played = state.rounds if rounds is None else state.rounds[:rounds]
    counted = [r for r in played if not r.is_sudden_death]
    table = _table(state, counted, state.active())
    for extra in (r for r in played if r.is_sudden_death):
        # A later withdrawal can leave others tied for first than those who played it.
        if set(tied_for_first(table)) <= set(extra.finalists):
            table = with_sudden_death(table, score_of(extra, state.rundown.settings))
    return table


def withdrawn_of(state: ShowState, rounds: int | None = None) -> tuple[Standing, ...]:
    """What those who have withdrawn had scored, the most first; their places mean nothing."""
    played = state.rounds if rounds is None else state.rounds[:rounds]
    return _table(state, [r for r in played if not r.is_sudden_death], tuple(state.withdrawn))


def _table(
    state: ShowState, played: Sequence[RoundState], finalists: Sequence[str]
) -> tuple[Standing, ...]:
    settings = state.rundown.settings
    scores = [score_of(round_, settings) for round_ in played]
    ballots = Counter[str]()
    for round_, score in zip(played, scores, strict=True):
        # Ballots that do not count in their round break no tie either.
        if "audience" not in score.void:
            for letter, n in (round_.counts or {}).items():
                ballots[round_.letters[letter]] += n
    return standings(scores, finalists, ballots)


LOW_DEPTH, HIGH_DEPTH = 4, 7
"""The judge's anchors for “few or weak reasons” and for “right and reasoned”."""


def contradictions(round_: RoundState) -> dict[str, bool]:
    """The letters where a question's own check and the judge disagree, with what the check says.

    True: the check calls the answer right, and the judge's depth is 4 or less. False: the check
    calls it wrong, and the depth is 7 or more.
    """
    check = round_.question.check
    if check is None:
        return {}
    found = {}
    for letter, opinion in sorted(round_.opinions.items()):
        depth = Verdict(opinion.passes).marks["depth"]
        is_right = check.passes(round_.answer(letter).text)
        if depth <= LOW_DEPTH if is_right else depth >= HIGH_DEPTH:
            found[letter] = is_right
    return found


def tied_leaders(state: ShowState) -> tuple[str, ...]:
    """Those who share first place when every tie-break is used up; empty if there is one leader."""
    return tied_for_first(standings_of(state))
