"""What the host may ask for when something went wrong; what changes a result asks for a reason."""

from pydantic import Field

from finale.show.rundown import Frozen
from scoring.blend import Component


class DecideCredit(Frozen):
    """Grant or decline the seconds that a finalist's failing model cost."""

    round: int
    finalist: str
    is_granted: bool


class VoidComponent(Frozen):
    """This component does not count in that round; its weight goes to the others."""

    of_round: int
    component: Component
    reason: str = Field(max_length=500)


class RestoreComponent(Frozen):
    """A component that the host voided counts again."""

    of_round: int
    component: Component
    reason: str = Field(max_length=500)


class CorrectMark(Frozen):
    """A clerical error in an expert's card, any round, until the result is locked."""

    of_round: int
    panellist: str
    letter: str
    criterion: str
    mark: float
    reason: str = Field(max_length=500)


class WithdrawFinalist(Frozen):
    """A finalist leaves the show; what was scored stays and is marked."""

    finalist: str
    reason: str = Field(max_length=500)


class WithdrawPanellist(Frozen):
    """An expert leaves the show; complete cards stay, and nobody waits for more."""

    panellist: str
    reason: str = Field(max_length=500)


class ReplaceQuestion(Frozen):
    """A spare question instead of the planned one, before its tuning."""

    of_round: int
    question: str
    reason: str = Field(max_length=500)


class DeclareRecusal(Frozen):
    """An expert's cards for a finalist do not count; declared by name before the doors open."""

    panellist: str
    finalist: str
    is_recused: bool


class HandSeat(Frozen):
    """The chair goes on at another device: a new link, and the old one dies."""

    seat: str


class OfferAppeal(Frozen):
    """The check contradicts the judge: open the appeals at once and say so on the consoles."""

    round: int
    letter: str


class AskJudgeAgain(Frozen):
    """Have an answer judged anew, before the judge's marks are shown."""

    round: int
    letter: str


class UndoCue(Frozen):
    """Take back the step that led here, if it showed nothing new. `at` names where "here" is."""

    at: str


AmendCommand = (
    DecideCredit
    | VoidComponent
    | RestoreComponent
    | CorrectMark
    | WithdrawFinalist
    | WithdrawPanellist
    | ReplaceQuestion
    | DeclareRecusal
    | HandSeat
    | OfferAppeal
    | AskJudgeAgain
    | UndoCue
)
