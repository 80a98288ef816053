"""What is marked and out of how much: the judge's rubric and the panel's."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric; `anchors` says in words what certain marks mean."""

    key: str
    label: str
    question: str
    anchors: Mapping[float, str]


@dataclass(frozen=True, slots=True)
class Rubric:
    """Criteria that share one scale: marks from `low` to `high` in steps of `step`."""

    key: str
    criteria: tuple[Criterion, ...]
    low: float
    high: float
    step: float

    @property
    def keys(self) -> tuple[str, ...]:
        """The criteria's keys, in the order they are marked in."""
        return tuple(criterion.key for criterion in self.criteria)

    def check(self, marks: Mapping[str, float]) -> None:
        """Raise ValueError at the first mark this rubric does not allow; gaps are allowed."""
        labels = {criterion.key: criterion.label for criterion in self.criteria}
        for key, mark in marks.items():
            if key not in labels:
                raise ValueError(f"{key}: not a criterion of the {self.key} rubric")
            if not self._allows(mark):
                said = repr(mark).removesuffix(".0")
                raise ValueError(
                    f"{labels[key]}: {said} is not a mark from {self.low:g} to {self.high:g} "
                    f"in steps of {self.step:g}"
                )

    def is_complete(self, marks: Mapping[str, float]) -> bool:
        """Whether every criterion has a mark."""
        return all(criterion.key in marks for criterion in self.criteria)

    def _allows(self, mark: float) -> bool:
        return self.low <= mark <= self.high and ((mark - self.low) / self.step).is_integer()


JUDGE_RUBRIC = Rubric(
    key="judge",
    criteria=(
        Criterion(
            key="relevance",
            label="Relevance",
            question="Does it answer the question that was asked?",
            anchors={
                1: "Is about something else.",
                4: "Touches the question but misses what it turns on.",
                7: "Answers the question, with a gap or a detour.",
                10: "Answers exactly what was asked, all of it and nothing else.",
            },
        ),
        Criterion(
            key="depth",
            label="Depth",
            question="Is it right, with the reasons and specifics that matter?",
            anchors={
                1: "Wrong, or says nothing beyond the question.",
                4: "States conclusions with few or weak reasons.",
                7: "Right and reasoned, but leaves out something that matters.",
                10: "Right, and reasons through all that matters, with specifics.",
            },
        ),
        Criterion(
            key="coherence",
            label="Coherence",
            question="Does it hold together from start to end?",
            anchors={
                1: "Contradicts itself or cannot be followed.",
                4: "Single parts make sense, the whole does not.",
                7: "Clear and in order, with a slip or a loose end.",
                10: "Every step follows, and nothing contradicts anything.",
            },
        ),
    ),
    low=1,
    high=10,
    step=1,
)

PANEL_RUBRIC = Rubric(
    key="panel",
    criteria=(
        Criterion(
            key="generalization",
            label="Generalization",
            question="Does it fit a case it has not seen?",
            anchors={1: "Stock phrases", 3: "Fits in parts", 5: "Fits throughout"},
        ),
        Criterion(
            key="response_quality",
            label="Response quality",
            question="Right, full, explained?",
            anchors={1: "Wrong or missing", 3: "Right, thin", 5: "Right and reasoned"},
        ),
        Criterion(
            key="efficiency",
            label="Efficiency",
            question="Enough, soon enough, by the measured times?",
            anchors={1: "Slow or padded", 3: "Fair for the time", 5: "Complete and quick"},
        ),
    ),
    low=1,
    high=5,
    step=0.5,
)
