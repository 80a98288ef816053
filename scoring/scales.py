"""How a component's marks become points, so that no jury decides by spreading its marks most.

Jurors differ in how widely they mark: an LLM judge may stay between 70 and 90 while shares of
a vote run from 5 to 50. Added up raw, the widest would rule. A scale works within one round and
one component, over the answers that were given.
"""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Literal

Scale = Literal["spread", "raw", "rank"]

MIDDLE = 70.0
REACH = 60.0
TOP = MIDDLE + REACH / 2
FLOOR = 5.0
FLOOR_UNKNOWN = 10.0
DIGITS = 9  # marks closer than this differ by the arithmetic, not by anybody's judgement


def points(marks: Mapping[str, float], scale: Scale, floor: float = 0.0) -> dict[str, float]:
    """Points per answer from marks out of 100; no marks, no points.

    `raw`: the marks. `spread`: 70 + 60·(x − mid)/span with mid = (max + min)/2 and
    span = max(max − min, floor), so 40–100 (70 for all if the marks are equal).
    `rank`: 100 − 60·(place − 1)/(n − 1), ties share the mean of their places, so 40–100.
    A lone answer gets 100 on `spread` and `rank`. Only `spread` reads the floor.

    With the floor fixed, a better mark never lowers the points of the answer that got it, on any
    scale. It may lower or raise the others'. A floor taken from the same marks can break this:
    see `rater_floor`.
    Raises ValueError for a mark or floor that is not a finite number, a negative floor, or an
    unknown scale.
    """
    for answer, mark in marks.items():
        if not math.isfinite(mark):
            raise ValueError(f"{answer}: {mark} is not a mark")
    if not (math.isfinite(floor) and floor >= 0):
        raise ValueError(f"{floor} is not a floor")
    if scale == "raw":
        return dict(marks)
    if scale not in ("spread", "rank"):
        raise ValueError(f"{scale} is not a scale")
    if len(marks) < 2:
        return dict.fromkeys(marks, TOP)
    return _spread(marks, floor) if scale == "spread" else _rank(marks)


def audience_floor(ballots: int) -> float:
    """The audience's smallest span, in percentage points: max(5, 100/√ballots).

    It is twice the standard error of a share of one half. Raises ValueError below one ballot.
    """
    if ballots < 1:
        raise ValueError(f"{ballots} ballots have no floor")
    return max(FLOOR, 100 / math.sqrt(ballots))


def rater_floor(ratings: Sequence[Sequence[float]]) -> float:
    """The smallest span of n raters (columns) who marked m answers (rows): max(5, 2.5·σ/√n).

    σ is the residual of the two-way layout (rater and answer means taken out):
    σ² = Σ(x_ik − x̄_i − x̄_k + x̄)² / ((m − 1)(n − 1)). It is 10 where n < 2 or m < 2.
    Marks are out of 100. Because disagreement widens the floor, one rater's better mark for an
    answer can lower that answer's `spread` points: the others did not see what that rater saw.
    Raises ValueError if the rows differ in length or a mark is not a finite number.
    """
    n = len(ratings[0]) if ratings else 0
    if any(len(row) != n for row in ratings):
        raise ValueError("every rater must have marked every answer")
    if not all(math.isfinite(mark) for row in ratings for mark in row):
        raise ValueError("a rating is not a finite number")
    if len(ratings) < 2 or n < 2:
        return FLOOR_UNKNOWN
    return max(FLOOR, 2.5 * _residual(ratings) / math.sqrt(n))


def _residual(ratings: Sequence[Sequence[float]]) -> float:
    rows = [fmean(row) for row in ratings]
    columns = [fmean(column) for column in zip(*ratings, strict=True)]
    centre = fmean(rows)
    squares = math.fsum(
        (mark - row - column + centre) ** 2
        for row, marks in zip(rows, ratings, strict=True)
        for column, mark in zip(columns, marks, strict=True)
    )
    return math.sqrt(squares / ((len(rows) - 1) * (len(columns) - 1)))


def _spread(marks: Mapping[str, float], floor: float) -> dict[str, float]:
    high, low = max(marks.values()), min(marks.values())
    middle, span = (high + low) / 2, max(high - low, floor)
    if round(span, DIGITS) == 0:
        return dict.fromkeys(marks, MIDDLE)
    return {answer: MIDDLE + REACH * (mark - middle) / span for answer, mark in marks.items()}


def _rank(marks: Mapping[str, float]) -> dict[str, float]:
    rounded = {answer: round(mark, DIGITS) for answer, mark in marks.items()}
    return {
        answer: TOP - REACH * (_place(mark, [*rounded.values()]) - 1) / (len(marks) - 1)
        for answer, mark in rounded.items()
    }


def _place(mark: float, among: Sequence[float]) -> float:
    better = sum(other > mark for other in among)
    return better + (among.count(mark) + 1) / 2
