"""The LLM judge's marks for one answer, from one or more passes."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, median

from scoring.rubric import JUDGE_RUBRIC


@dataclass(frozen=True, slots=True)
class Verdict:
    """The marks of every pass, 1–10 per criterion of the judge's rubric.

    Raises ValueError if there is no pass, or if one is incomplete or off the rubric.
    """

    passes: tuple[Mapping[str, int], ...]

    def __post_init__(self) -> None:
        if not self.passes:
            raise ValueError("a verdict needs at least one pass")
        for marks in self.passes:
            JUDGE_RUBRIC.check(marks)
            if not JUDGE_RUBRIC.is_complete(marks):
                missing = ", ".join(key for key in JUDGE_RUBRIC.keys if key not in marks)
                raise ValueError(f"a pass has no mark for {missing}")

    @property
    def marks(self) -> dict[str, float]:
        """The median of the passes per criterion, 1–10; halves occur with an even number."""
        return {key: float(median(self._of(key))) for key in JUDGE_RUBRIC.keys}

    @property
    def mark(self) -> float:
        """The judge's mark of the answer out of 100: the mean of the medians, times 10."""
        return fmean(self.marks.values()) * 10

    @property
    def spread(self) -> dict[str, int]:
        """How far the passes disagree per criterion: highest minus lowest, 0–9."""
        return {key: max(self._of(key)) - min(self._of(key)) for key in JUDGE_RUBRIC.keys}

    @property
    def pass_marks(self) -> tuple[float, ...]:
        """Each pass's own mark out of 100, in the order of the passes."""
        return tuple(fmean(marks.values()) * 10 for marks in self.passes)

    def _of(self, key: str) -> list[int]:
        return [marks[key] for marks in self.passes]
