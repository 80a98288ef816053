"""What people and the crew may ask of a show, and who may ask it."""

from typing import Literal

from pydantic import Field

from finale.show.commands_amend import AmendCommand
from finale.show.commands_message import DismissMessage, MessageCommand
from finale.show.commands_model import ModelCommand
from finale.show.rundown import Frozen

Gate = Literal["vote", "marks"]
Outcome = Literal["finished", "cancelled", "failed", "cut"]
ReplyOutcome = Literal["read", "unreadable", "failed"]

EMPTY_REPLY = "The model returned an empty answer."
"""What a draft without a word ends with: it is a failure, never an answer."""
How = Literal["submitted", "pinned", "last finished", "running", "none"]
Ground = Literal["factual error", "rubric misread", "format fault"]


class CallCue(Frozen):
    """The host's Next. `cue` names the step on the button, so that two tabs cannot take two."""

    cue: str
    is_forced: bool = False


class CallBreak(Frozen):
    """The host's slate between two rounds."""


class HoldShow(Frozen):
    """Stop the show, in any phase: clock, editing, Generate, Submit, and the next step."""


class ResumeShow(Frozen):
    """Let the clock run on."""


class MoveDeadline(Frozen):
    """Plus or minus 15 seconds for all."""

    seconds: Literal[-15, 15]


class BlackOut(Frozen):
    """Stage dark, or back."""

    is_black: bool


class OpenGate(Frozen):
    """Open a closed gate again, before any mark was shown."""

    round: int
    gate: Gate


class CloseGate(Frozen):
    """Close the vote or the marks before their time."""

    round: int
    gate: Gate


class SeatRobot(Frozen):
    """Put a robot on an empty chair."""

    seat: str


class UnseatRobot(Frozen):
    """Give the chair back to a person."""

    seat: str


class StartDraft(Frozen):
    """A finalist's Generate."""

    round: int
    system: str
    temperature: float
    top_p: float


class PinDraft(Frozen):
    """Keep this draft for the buzzer."""

    round: int
    draft: int


class Submit(Frozen):
    """Stand by this draft; final."""

    round: int
    draft: int


class MarkScorecard(Frozen):
    """One criterion of one answer, as touched."""

    round: int
    letter: str
    criterion: str
    mark: float


class LockScorecards(Frozen):
    """An expert is done with this round."""

    round: int


class MarkPractice(Frozen):
    """One criterion of the calibration answer, before the doors open."""

    criterion: str
    mark: float


class FileAppeal(Frozen):
    """A finalist for the own answer, or an expert, who needs a second one."""

    round: int
    letter: str
    ground: Ground


class VoteAppeal(Frozen):
    """An expert's blind vote on the open appeal."""

    round: int
    letter: str
    is_upheld: bool


class RuleAppeal(Frozen):
    """The host ends the vote on the open appeal with the votes there are, and says why."""

    round: int
    letter: str
    reason: str = Field(max_length=500)


class TimeUp(Frozen):
    """The timekeeper: this deadline has passed, grace included."""

    what: Literal["phase", "vote", "marks"]
    deadline: float


class EndTuning(Frozen):
    """The buzzer. `order` is a random permutation of the finalists, drawn outside."""

    round: int
    order: tuple[int, ...]


class MoveOn(Frozen):
    """The server's own step out of a phase that ends by itself."""

    round: int


class Compensate(Frozen):
    """Give back the seconds that the server was down."""

    seconds: float = Field(ge=0, allow_inf_nan=False)


class RecordDraft(Frozen):
    """The drafter: this draft has ended. Times in seconds.

    `tokens` and `finish` are the model's own: how long the reply was and why it ended there.
    """

    round: int
    finalist: str
    draft: int
    text: str
    outcome: Outcome
    reason: str = ""
    first_token_s: float | None = Field(None, ge=0, allow_inf_nan=False)
    total_s: float | None = Field(None, ge=0, allow_inf_nan=False)
    tokens: int | None = Field(None, ge=0)
    finish: str = ""


class RecordVerdict(Frozen):
    """The judge's marks for one letter, pass by pass; `flags` are sentences for the host.

    `ask` counts how often the host has asked again.
    """

    round: int
    letter: str
    passes: tuple[dict[str, int], ...]
    reason: str
    judge: str
    flags: tuple[str, ...] = ()
    ask: int = 0


class MissVerdict(Frozen):
    """No judge could mark this letter."""

    round: int
    letter: str
    reason: str
    ask: int = 0


class RecordReply(Frozen):
    """One raw reply of a judge model, also one that could not be used; `take` counts from 1.

    `attempt` 2 is the second try of a pass; `is_probe`: without the suspicious sentences. The
    hash of the prompt leaves the nonce out.
    """

    round: int
    letter: str
    take: int
    attempt: int
    is_probe: bool
    judge: str
    model: str
    prompt_hash: str
    temperature: float = Field(allow_inf_nan=False)
    text: str
    outcome: ReplyOutcome
    why: str
    tokens: int | None
    ms: int
    ask: int = 0


class RecordTally(Frozen):
    """The count of a closed vote and the digest of its ballots."""

    round: int
    counts: dict[str, int]
    digest: str


class ForgetBallots(Frozen):
    """Delete the ballots of the counted rounds; their counts stay in the log."""


HostCommand = (
    CallCue
    | CallBreak
    | HoldShow
    | ResumeShow
    | MoveDeadline
    | BlackOut
    | OpenGate
    | CloseGate
    | SeatRobot
    | UnseatRobot
    | RuleAppeal
    | AmendCommand
    | MessageCommand
)
FinalistCommand = StartDraft | PinDraft | Submit
PanelCommand = MarkScorecard | LockScorecards | MarkPractice | VoteAppeal
CrewCommand = (
    TimeUp
    | EndTuning
    | MoveOn
    | Compensate
    | RecordDraft
    | RecordVerdict
    | MissVerdict
    | RecordReply
    | RecordTally
    | ForgetBallots
    | ModelCommand
)
SeatCommand = FileAppeal | DismissMessage
"""What finalists and experts alike may ask."""

Command = HostCommand | FinalistCommand | PanelCommand | SeatCommand | CrewCommand


class Request(Frozen):
    """A command, who asks (from the session, never from the page) and its id, for repeats."""

    id: str = Field(min_length=1, max_length=80)
    by: str
    command: Command
