"""What the judge said of an answer, and that it could say nothing."""

from typing import Literal

from finale.show.commands import RecordReply
from finale.show.rundown import Frozen


class VerdictRecorded(Frozen):
    """The judge's marks for one letter."""

    kind: Literal["VerdictRecorded"] = "VerdictRecorded"
    round: int
    letter: str
    passes: tuple[dict[str, int], ...]
    reason: str
    judge: str
    flags: tuple[str, ...] = ()
    ask: int = 0


class VerdictMissed(Frozen):
    """No judge could mark this letter."""

    kind: Literal["VerdictMissed"] = "VerdictMissed"
    round: int
    letter: str
    reason: str
    ask: int = 0


class JudgeReplied(RecordReply):
    """A judge model's own words, for the audit; nothing is decided by them."""

    kind: Literal["JudgeReplied"] = "JudgeReplied"


JudgeEvent = VerdictRecorded | VerdictMissed | JudgeReplied
