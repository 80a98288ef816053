"""One panellist's marks for one answer, and the panel's mark made from all of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal

from scoring.rubric import PANEL_RUBRIC

Estimator = Literal["trimmed mean", "median", "mean"]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Marks from 1 to 5 in half points; criteria may still be missing.

    Raises ValueError if a mark is off the panel's rubric.
    """

    panellist: str
    answer: str
    marks: Mapping[str, float]

    def __post_init__(self) -> None:
        PANEL_RUBRIC.check(self.marks)

    @property
    def is_complete(self) -> bool:
        """Whether every criterion is marked; only then does the card count, locked or not."""
        return PANEL_RUBRIC.is_complete(self.marks)

    @property
    def mark(self) -> float:
        """This panellist's mark of the answer, 20–100: the mean of the criteria times 20.

        Raises ValueError while the card is incomplete.
        """
        if not self.is_complete:
            missing = ", ".join(key for key in PANEL_RUBRIC.keys if key not in self.marks)
            raise ValueError(f"the scorecard has no mark for {missing}")
        return fmean(self.marks.values()) * 20


@dataclass(frozen=True, slots=True)
class PanelMark:
    """The panel's mark of one answer, 20–100, from `n` counted cards."""

    mark: float
    n: int
    estimator: Estimator
    is_reduced: bool


def counted(
    cards: Iterable[Scorecard], answers: Iterable[str], left_out: Collection[tuple[str, str]] = ()
) -> dict[str, dict[str, float]]:
    """The marks that count, out of 100, by answer and then by panellist.

    A card counts if it is complete and its (panellist, answer) is not in `left_out`.
    Every answer has an entry; cards for other answers are passed over.
    Raises ValueError if a panellist has two counted cards for one answer.
    """
    marks: dict[str, dict[str, float]] = {answer: {} for answer in answers}
    for card in cards:
        is_left_out = (card.panellist, card.answer) in left_out
        if card.answer not in marks or is_left_out or not card.is_complete:
            continue
        if card.panellist in marks[card.answer]:
            raise ValueError(f"{card.panellist} has two scorecards for {card.answer}")
        marks[card.answer][card.panellist] = card.mark
    return marks


def panel_marks(
    cards: Iterable[Scorecard], answers: Iterable[str], left_out: Collection[tuple[str, str]] = ()
) -> dict[str, PanelMark]:
    """The panel's mark per answer, all by one estimator.

    Five cards or more: the highest and the lowest are dropped and the rest averaged (figure
    skating's ISU rule); three or four: the median; fewer: the mean, flagged as a reduced panel.
    The answer with the fewest cards decides for all, so that no two answers are measured
    differently. An answer without any counted card is absent and decides nothing: what is not
    measured needs no instrument. What its absence means for the round is `blend`'s to say.
    Raises ValueError if a panellist has two counted cards for one answer.
    """
    marks = {answer: [*of.values()] for answer, of in counted(cards, answers, left_out).items()}
    fewest = min((len(of) for of in marks.values() if of), default=0)
    estimator = _estimator(fewest)
    return {
        answer: PanelMark(_estimate(of, estimator), len(of), estimator, fewest <= 2)
        for answer, of in marks.items()
        if of
    }


def _estimator(n: int) -> Estimator:
    if n >= 5:
        return "trimmed mean"
    return "median" if n >= 3 else "mean"


def _estimate(marks: Sequence[float], estimator: Estimator) -> float:
    if estimator == "trimmed mean":
        return fmean(sorted(marks)[1:-1])
    return median(marks) if estimator == "median" else fmean(marks)
