"""What was put right in a show, each with its reason: nothing is ever edited."""

from typing import Literal

from pydantic import Field

from finale.show.phases import Phase
from finale.show.rundown import Frozen
from scoring.blend import Component


class CreditOffered(Frozen):
    """A finalist's own model failed; these seconds were lost. The host decides."""

    kind: Literal["CreditOffered"] = "CreditOffered"
    round: int
    finalist: str
    draft: int
    seconds: float


class CreditDecided(Frozen):
    """The seconds on offer were granted or declined."""

    kind: Literal["CreditDecided"] = "CreditDecided"
    round: int
    finalist: str
    seconds: float
    is_granted: bool


class BuzzerSounded(Frozen):
    """0:00 for all but those whose clock was credited; the hall sees no difference."""

    kind: Literal["BuzzerSounded"] = "BuzzerSounded"
    round: int


class ComponentVoided(Frozen):
    """The host took a component out of a round."""

    kind: Literal["ComponentVoided"] = "ComponentVoided"
    round: int
    component: Component
    reason: str


class ComponentRestored(Frozen):
    """The host put a component back into a round."""

    kind: Literal["ComponentRestored"] = "ComponentRestored"
    round: int
    component: Component
    reason: str


class MarkCorrected(Frozen):
    """A clerical error in a card; `before` is None where no mark stood."""

    kind: Literal["MarkCorrected"] = "MarkCorrected"
    round: int
    panellist: str
    letter: str
    criterion: str
    mark: float
    before: float | None
    reason: str


class FinalistWithdrawn(Frozen):
    """A finalist left; from `from_round` on (counted from 0) there is no answer to wait for."""

    kind: Literal["FinalistWithdrawn"] = "FinalistWithdrawn"
    finalist: str
    from_round: int
    reason: str


class PanellistWithdrawn(Frozen):
    """An expert left; what is complete stays."""

    kind: Literal["PanellistWithdrawn"] = "PanellistWithdrawn"
    panellist: str
    reason: str


class QuestionReplaced(Frozen):
    """A spare question took the place of the planned one."""

    kind: Literal["QuestionReplaced"] = "QuestionReplaced"
    of_round: int
    question: str
    reason: str


class RecusalDeclared(Frozen):
    """Whether an expert's cards for a finalist count, said before the doors open."""

    kind: Literal["RecusalDeclared"] = "RecusalDeclared"
    panellist: str
    finalist: str
    is_recused: bool


class SeatHanded(Frozen):
    """A chair moved to another device; its older links are dead."""

    kind: Literal["SeatHanded"] = "SeatHanded"
    seat: str


class AppealOffered(Frozen):
    """The host offered an appeal, because the check contradicts the judge."""

    kind: Literal["AppealOffered"] = "AppealOffered"
    round: int
    letter: str


class JudgeAskedAgain(Frozen):
    """The judge starts anew on a letter; what it had said, if anything, is superseded."""

    kind: Literal["JudgeAskedAgain"] = "JudgeAskedAgain"
    round: int
    letter: str


class CueUndone(Frozen):
    """Back in the phase before; nothing new had been shown."""

    kind: Literal["CueUndone"] = "CueUndone"
    phase: Phase
    deadlines: dict[str, float] = Field(default_factory=dict)


class PracticeMarked(Frozen):
    """One mark of an expert for the calibration answer; it counts for nothing."""

    kind: Literal["PracticeMarked"] = "PracticeMarked"
    panellist: str
    criterion: str
    mark: float


AmendEvent = (
    CreditOffered
    | CreditDecided
    | BuzzerSounded
    | ComponentVoided
    | ComponentRestored
    | MarkCorrected
    | FinalistWithdrawn
    | PanellistWithdrawn
    | QuestionReplaced
    | RecusalDeclared
    | SeatHanded
    | AppealOffered
    | JudgeAskedAgain
    | CueUndone
    | PracticeMarked
)
