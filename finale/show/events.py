"""What has happened in a show: the only things that are logged."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from finale.show.commands import Gate, Ground, How, Outcome
from finale.show.events_amend import AmendEvent
from finale.show.events_judge import JudgeEvent
from finale.show.events_message import MessageEvent
from finale.show.events_model import ModelEvent
from finale.show.phases import Phase
from finale.show.rundown import Frozen, Rundown


class ShowOpened(Frozen):
    """The first entry: the whole plan, so that the record alone recomputes everything.

    A show file that changes in the lobby opens the show anew; `dropped` names what the host did
    before that does not fit the new plan.
    """

    kind: Literal["ShowOpened"] = "ShowOpened"
    rundown: Rundown
    rules_hash: str
    dropped: tuple[str, ...] = ()


class PhaseEntered(Frozen):
    """A move of the table. `round` counts from 0; `deadlines` are epoch seconds by name."""

    kind: Literal["PhaseEntered"] = "PhaseEntered"
    phase: Phase
    round: int
    deadlines: dict[str, float] = Field(default_factory=dict)


class RoundStarted(Frozen):
    """A question goes on; sudden death is played by the tied alone, outside the totals."""

    kind: Literal["RoundStarted"] = "RoundStarted"
    round: int
    finalists: tuple[str, ...]
    is_sudden_death: bool = False


class StepTaken(Frozen):
    """The next answer or the next part of the reveal."""

    kind: Literal["StepTaken"] = "StepTaken"
    step: int
    deadlines: dict[str, float] = Field(default_factory=dict)


class HoldSet(Frozen):
    """The clock stands at `at`."""

    kind: Literal["HoldSet"] = "HoldSet"
    at: float


class HoldLifted(Frozen):
    """The clock runs on towards the moved deadlines."""

    kind: Literal["HoldLifted"] = "HoldLifted"
    deadlines: dict[str, float]


class DeadlinesMoved(Frozen):
    """All deadlines, moved for a reason."""

    kind: Literal["DeadlinesMoved"] = "DeadlinesMoved"
    deadlines: dict[str, float]
    seconds: float
    why: Literal["host", "downtime"]


class StageBlacked(Frozen):
    """Blackout on or off."""

    kind: Literal["StageBlacked"] = "StageBlacked"
    is_black: bool


class RobotSeated(Frozen):
    """A robot took a chair."""

    kind: Literal["RobotSeated"] = "RobotSeated"
    seat: str


class RobotUnseated(Frozen):
    """A robot gave a chair back."""

    kind: Literal["RobotUnseated"] = "RobotUnseated"
    seat: str


class DraftStarted(Frozen):
    """A finalist's model was asked. `draft` counts from 1 within the round."""

    kind: Literal["DraftStarted"] = "DraftStarted"
    round: int
    finalist: str
    draft: int
    system: str
    temperature: float
    top_p: float


class DraftRecorded(Frozen):
    """A draft ended. Times in seconds."""

    kind: Literal["DraftRecorded"] = "DraftRecorded"
    round: int
    finalist: str
    draft: int
    text: str
    outcome: Outcome
    reason: str = ""
    first_token_s: float | None = None
    total_s: float | None = None
    tokens: int | None = None
    finish: str = ""


class DraftPinned(Frozen):
    """The draft for the buzzer."""

    kind: Literal["DraftPinned"] = "DraftPinned"
    round: int
    finalist: str
    draft: int


class Submitted(Frozen):
    """What a finalist stands by, or what the buzzer rule took; `draft` 0 is no answer."""

    kind: Literal["Submitted"] = "Submitted"
    round: int
    finalist: str
    draft: int
    how: How


class LettersDrawn(Frozen):
    """The blind letters of a round: letter to finalist."""

    kind: Literal["LettersDrawn"] = "LettersDrawn"
    round: int
    letters: dict[str, str]


class GateOpened(Frozen):
    """Vote or marks open until the deadline."""

    kind: Literal["GateOpened"] = "GateOpened"
    round: int
    gate: Gate
    deadline: float


class GateClosed(Frozen):
    """Vote or marks closed."""

    kind: Literal["GateClosed"] = "GateClosed"
    round: int
    gate: Gate


class BallotBoxClosed(Frozen):
    """The tally of a closed vote, with the digest of its ballots."""

    kind: Literal["BallotBoxClosed"] = "BallotBoxClosed"
    round: int
    counts: dict[str, int]
    digest: str


class BallotsForgotten(Frozen):
    """The ballots of these rounds were deleted after the count, receipts and all."""

    kind: Literal["BallotsForgotten"] = "BallotsForgotten"
    rounds: tuple[int, ...]


class ScorecardMarked(Frozen):
    """One mark of one expert."""

    kind: Literal["ScorecardMarked"] = "ScorecardMarked"
    round: int
    panellist: str
    letter: str
    criterion: str
    mark: float


class ScorecardsLocked(Frozen):
    """An expert locked the round's cards."""

    kind: Literal["ScorecardsLocked"] = "ScorecardsLocked"
    round: int
    panellist: str


class AppealBacked(Frozen):
    """A finalist appeals, or an expert asks for a second expert."""

    kind: Literal["AppealBacked"] = "AppealBacked"
    round: int
    letter: str
    ground: Ground
    by: str


class AppealVoted(Frozen):
    """One expert's blind vote."""

    kind: Literal["AppealVoted"] = "AppealVoted"
    round: int
    letter: str
    panellist: str
    is_upheld: bool


class AppealsClosed(Frozen):
    """The time to file appeals is over; what was filed is voted on, and the host goes on."""

    kind: Literal["AppealsClosed"] = "AppealsClosed"
    round: int


class AppealRuled(Frozen):
    """A majority of those voting upholds; a tie rejects.

    `reason` is the host's, for not waiting for the rest of the votes; empty if nobody's is missing.
    """

    kind: Literal["AppealRuled"] = "AppealRuled"
    round: int
    letter: str
    is_upheld: bool
    reason: str = ""


Event = (
    ShowOpened
    | PhaseEntered
    | RoundStarted
    | StepTaken
    | HoldSet
    | HoldLifted
    | DeadlinesMoved
    | StageBlacked
    | RobotSeated
    | RobotUnseated
    | DraftStarted
    | DraftRecorded
    | DraftPinned
    | Submitted
    | LettersDrawn
    | GateOpened
    | GateClosed
    | BallotBoxClosed
    | BallotsForgotten
    | JudgeEvent
    | ScorecardMarked
    | ScorecardsLocked
    | AppealBacked
    | AppealVoted
    | AppealsClosed
    | AppealRuled
    | AmendEvent
    | MessageEvent
    | ModelEvent
)

ANY_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
