"""Places over rounds, with every tie-break in its written order, and each component's pull."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import fmean

from scoring.blend import COMPONENTS, Component, RoundScore

SUDDEN_DEATH = "sudden death"


@dataclass(frozen=True, slots=True)
class Standing:
    """One finalist's place and what it rests on; sums are over rounds and not rounded.

    `panel_points` and `judge_points` are points before weighting; `ballots` as counted by the
    caller. `decided_by` is what separates this finalist from the neighbour above: "panel points",
    "rounds won", "2nd places", "3rd places", …, "judge points", "ballots", "sudden death", or ""
    if it was the total, if the place is shared with that neighbour, or at the top.
    """

    finalist: str
    place: int
    total: float
    rounds_won: int
    panel_points: float
    judge_points: float
    ballots: int
    decided_by: str
    is_shared: bool


def standings(
    rounds: Sequence[RoundScore], finalists: Sequence[str], ballots: Mapping[str, int]
) -> tuple[Standing, ...]:
    """Rank the finalists by total, then panel points, rounds won, count-back of second places,
    third places and so on, judge points, ballots; still equal, they share the place.

    Equal means equal after rounding to 0.01. In a round, equals share the better place (two
    winners both won it, and the next is third), and a score of 0 takes no place at all: no answer
    earns no second place, and nobody wins a void round. A finalist who has withdrawn is left out
    of `finalists`; places in rounds already played stay as they were.
    Those who share a place are in the order of `finalists`.
    """
    tables = [_places(round_score) for round_score in rounds]
    criteria = {finalist: _criteria(finalist, rounds, tables, ballots) for finalist in finalists}
    ranked = sorted(finalists, key=lambda finalist: [*criteria[finalist].values()], reverse=True)
    keys = [criteria[finalist] for finalist in ranked]
    return tuple(
        Standing(
            finalist=finalist,
            place=keys.index(keys[i]) + 1,
            total=_sum(rounds, finalist),
            rounds_won=sum(table.get(finalist) == 1 for table in tables),
            panel_points=_sum(rounds, finalist, "panel"),
            judge_points=_sum(rounds, finalist, "judge"),
            ballots=ballots.get(finalist, 0),
            decided_by=_first_difference(keys[i - 1], keys[i]) if i else "",
            is_shared=keys.count(keys[i]) > 1,
        )
        for i, finalist in enumerate(ranked)
    )


def tied_for_first(table: Sequence[Standing]) -> tuple[str, ...]:
    """Who shares the first place; empty if one finalist holds it alone."""
    first = tuple(standing.finalist for standing in table if standing.place == 1)
    return first if len(first) > 1 else ()


def with_sudden_death(table: Sequence[Standing], sudden_death: RoundScore) -> tuple[Standing, ...]:
    """Order those tied for first by their scores in a round outside the totals.

    Only that round's scores separate them, after rounding to 0.01; still equal, they share the
    place. Nobody else's standing changes, nor does any total.
    Raises ValueError if one of the tied has no score in that round.
    """
    tied = tied_for_first(table)
    if missing := [finalist for finalist in tied if finalist not in sudden_death.scores]:
        raise ValueError(f"no score in the sudden death for {', '.join(missing)}")
    replayed = {f: hundredths(sudden_death.scores[f].total) for f in tied}
    first = sorted(table[: len(tied)], key=lambda standing: -replayed[standing.finalist])
    settled: list[Standing] = []
    for _, group in groupby(first, key=lambda standing: replayed[standing.finalist]):
        settled += _share(tuple(group), len(settled) + 1)
    return (*settled, *table[len(tied) :])


def effective_influence(rounds: Sequence[RoundScore]) -> dict[Component, float]:
    """Each component's part in the differences between scores: w·cov(points, score)/var(score).

    Over all finalists and rounds that count; void rounds are passed over. A round's weights in
    effect are used, so the influences sum to 1 in shows with voids too. One can be negative: that
    component pulled against the outcome. All are 0 while no two scores differ.
    """
    scores = [score for of in rounds if not of.is_void for score in of.scores.values()]
    totals = [score.total for score in scores]
    variance = _covariance(totals, totals)
    if math.sqrt(variance) < 1e-9:
        return dict.fromkeys(COMPONENTS, 0.0)
    return {
        c: _covariance([score.parts[c].score for score in scores], totals) / variance
        for c in COMPONENTS
    }


def _criteria(
    finalist: str,
    rounds: Sequence[RoundScore],
    tables: Sequence[Mapping[str, int]],
    ballots: Mapping[str, int],
) -> dict[str, float]:
    """What is compared, in the order it is compared in; the total goes by the name ""."""
    last = max((len(of.scores) for of in rounds), default=1)
    places = [table.get(finalist) for table in tables]
    return {
        "": hundredths(_sum(rounds, finalist)),
        "panel points": hundredths(_sum(rounds, finalist, "panel")),
        "rounds won": places.count(1),
        **{f"{_ordinal(place)} places": places.count(place) for place in range(2, last + 1)},
        "judge points": hundredths(_sum(rounds, finalist, "judge")),
        "ballots": ballots.get(finalist, 0),
    }


def _places(round_score: RoundScore) -> dict[str, int]:
    totals = {f: hundredths(score.total) for f, score in round_score.scores.items()}
    return {
        finalist: 1 + sum(other > total for other in totals.values())
        for finalist, total in totals.items()
        if total > 0
    }


def _share(group: Sequence[Standing], place: int) -> list[Standing]:
    by = SUDDEN_DEATH if place > 1 else ""
    return [
        replace(standing, place=place, decided_by="" if i else by, is_shared=len(group) > 1)
        for i, standing in enumerate(group)
    ]


def _sum(rounds: Sequence[RoundScore], finalist: str, component: Component | None = None) -> float:
    scores = [of.scores[finalist] for of in rounds if finalist in of.scores]
    if component is None:
        return math.fsum(score.total for score in scores)
    return math.fsum(score.parts[component].points for score in scores)


def _first_difference(above: Mapping[str, float], below: Mapping[str, float]) -> str:
    return next((name for name, value in below.items() if value != above[name]), "")


def hundredths(value: float) -> float:
    """`value` as it is compared: equal means equal after rounding to 0.01."""
    # Equal sums can differ in their last bits, and a border of 0.01 must not fall between them.
    return round(round(value, 9), 2)


def _ordinal(place: int) -> str:
    return {2: "2nd", 3: "3rd"}.get(place, f"{place}th")


def _covariance(a: Sequence[float], b: Sequence[float]) -> float:
    if not a:
        return 0.0
    mean_a, mean_b = fmean(a), fmean(b)
    return fmean([(x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True)])
