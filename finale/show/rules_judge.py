"""What becomes of the judge's work: verdicts, misses, raw replies, and asking again."""

from finale.show import commands as c
from finale.show import events as e
from finale.show import events_judge as ej
from finale.show.commands_amend import AskJudgeAgain
from finale.show.events_amend import JudgeAskedAgain
from finale.show.phases import Phase
from finale.show.progress import has_both_gates_closed
from finale.show.refused import Refused
from finale.show.state import ShowState
from scoring.verdict import Verdict

JUDGING = (Phase.LOCKED, Phase.READING, Phase.MARKING)
"""While the judge's marks come in; once they are shown they stand."""


def record_verdict(
    state: ShowState, command: c.RecordVerdict, by: str, now: float
) -> list[e.Event]:
    """The judge's marks, validated; too late once the judge's marks were shown."""
    _check_answer(state, command)
    try:
        Verdict(command.passes)
    except ValueError as error:
        raise Refused(f"The verdict cannot be read: {error}") from error
    return [ej.VerdictRecorded(**command.model_dump())]


def miss_verdict(state: ShowState, command: c.MissVerdict, by: str, now: float) -> list[e.Event]:
    """No judge could mark this answer; scoring says what then."""
    _check_answer(state, command)
    return [ej.VerdictMissed(**command.model_dump())]


def record_reply(state: ShowState, command: c.RecordReply, by: str, now: float) -> list[e.Event]:
    """What a judge model said; kept even if it comes too late for a verdict."""
    if state.phase is Phase.CHAMPION:
        raise Refused("The result is locked.")
    _check_letter(state, command.letter)
    return [ej.JudgeReplied(**command.model_dump())]


def ask_judge_again(state: ShowState, command: AskJudgeAgain, by: str, now: float) -> list[e.Event]:
    """Start anew on one answer; what was said stays in the log and counts no more."""
    if why_not := why_not_again(state, command.letter):
        raise Refused(why_not)
    return [JudgeAskedAgain(round=state.number, letter=command.letter)]


def why_not_again(state: ShowState, letter: str) -> str:
    """Why the judge cannot be asked again for this answer; empty if it can.

    Once the desk has shown a mark, asking again until it pleases would be choosing it, flagged or
    not: the desk tells of a flag before it shows any mark, and afterwards there is the appeal.
    """
    if state.phase not in JUDGING:
        return "The judge can be asked again before its marks are shown only."
    if letter not in state.round.letters:
        return f"There is no answer {letter} in this round."
    if letter in state.round.opinions and has_both_gates_closed(state):
        return "Your desk has shown this mark; only a missing one is asked for again."
    return ""


def _check_answer(state: ShowState, command: c.RecordVerdict | c.MissVerdict) -> None:
    if state.phase not in JUDGING:
        raise Refused("The judge’s marks of this round are closed.")
    _check_letter(state, command.letter)
    if command.ask != state.round.asks.get(command.letter, 0):
        raise Refused(f"The judge was asked again for answer {command.letter}.")
    if command.letter in state.round.opinions:
        raise Refused(f"Answer {command.letter} has its verdict.")


def _check_letter(state: ShowState, letter: str) -> None:
    if letter not in state.round.letters:
        raise Refused(f"There is no answer {letter} in this round.")
