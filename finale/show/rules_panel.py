"""What an expert may do, and appeals."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from finale.show import commands as c
from finale.show import events as e
from finale.show.cues import may_appeal
from finale.show.events_amend import PracticeMarked
from finale.show.phases import Phase
from finale.show.progress import cards_done
from finale.show.refused import Refused, check_reason
from finale.show.state import Appeal, ShowState
from scoring.rubric import PANEL_RUBRIC


def mark_scorecard(
    state: ShowState, command: c.MarkScorecard, by: str, now: float
) -> list[e.Event]:
    """One mark, saved as touched; from reading until the marks close."""
    _check_marks_open(state, by)
    if command.letter not in state.round.letters:
        raise Refused(f"There is no answer {command.letter} in this round.")
    try:
        PANEL_RUBRIC.check({command.criterion: command.mark})
    except ValueError as error:
        raise Refused(f"{error}") from error
    return [
        e.ScorecardMarked(
            round=state.number,
            panellist=by,
            letter=command.letter,
            criterion=command.criterion,
            mark=command.mark,
        )
    ]


def lock_scorecards(
    state: ShowState, command: c.LockScorecards, by: str, now: float
) -> list[e.Event]:
    """Done with this round; every card must be complete."""
    _check_marks_open(state, by)
    missing = len(state.round.letters) - cards_done(state.round, by)
    if missing:
        raise Refused(f"{missing} of {len(state.round.letters)} answers are not fully marked yet.")
    return [e.ScorecardsLocked(round=state.number, panellist=by)]


def mark_practice(state: ShowState, command: c.MarkPractice, by: str, now: float) -> list[e.Event]:
    """A mark for the calibration answer; what it should have got is shown when all are given."""
    if state.phase is not Phase.LOBBY or state.rundown.calibration is None:
        raise Refused("The practice answer is marked before the first question only.")
    given = state.practice.get(by, {})
    if PANEL_RUBRIC.is_complete(given):
        raise Refused("You have seen the practice marks.")
    try:
        PANEL_RUBRIC.check({command.criterion: command.mark})
    except ValueError as error:
        raise Refused(f"{error}") from error
    return [PracticeMarked(panellist=by, criterion=command.criterion, mark=command.mark)]


def _check_marks_open(state: ShowState, by: str) -> None:
    if state.phase not in (Phase.READING, Phase.MARKING):
        raise Refused("Marks are taken from reading on, until the marks close.")
    if state.round.is_closed("marks"):
        raise Refused("The marks are closed.")
    if by in state.round.locked:
        raise Refused("You have locked your cards for this round.")


def file_appeal(state: ShowState, command: c.FileAppeal, by: str, now: float) -> list[e.Event]:
    """A finalist for the own answer, or an expert; two experts make an appeal.

    Any two: a recusal leaves a card out and nothing else. To refuse a recused expert, or to let
    that vote not count, would tell whose answer the letter is.
    """
    if state.phase is not Phase.APPEAL:
        raise Refused("Appeals are open after the judge’s marks were shown.")
    if state.clock_at(now) > state.deadlines.get("phase", 0.0):
        raise Refused("The time for appeals is over.")
    is_finalist = by.startswith("finalist")
    letter = state.round.letter_of(by) if is_finalist else command.letter
    if not state.experts():
        raise Refused("This show has no experts to vote on an appeal.")
    if not is_finalist and len(state.experts()) < 2:
        raise Refused("It takes two experts to appeal, and you are the only one.")
    if is_finalist and not may_appeal(state, by):
        raise Refused("You have no appeal left in this show, or no answer in this round.")
    if letter not in state.round.opinions:
        raise Refused("The judge gave no marks to appeal against.")
    known = next((a for a in state.round.appeals if a.letter == letter), None)
    if known is not None and (known.is_filed or by in known.backers):
        raise Refused(f"Answer {letter} is under appeal already.")
    return [e.AppealBacked(round=state.number, letter=letter, ground=command.ground, by=by)]


def vote_appeal(state: ShowState, command: c.VoteAppeal, by: str, now: float) -> list[e.Event]:
    """One blind vote; when the last expert has voted, the appeal is ruled on."""
    appeal = state.open_appeal()
    if appeal is None or appeal.letter != command.letter:
        raise Refused("There is no vote on that answer.")
    if by in appeal.votes:
        raise Refused("You have voted on this appeal.")
    voted = e.AppealVoted(
        round=state.number, letter=appeal.letter, panellist=by, is_upheld=command.is_upheld
    )
    now_voted = replace(appeal, votes={**appeal.votes, by: command.is_upheld})
    appeals = (now_voted if a is appeal else a for a in state.round.appeals)
    return [voted, *rulings(state, appeals, state.experts())]


def rule_appeal(state: ShowState, command: c.RuleAppeal, by: str, now: float) -> list[e.Event]:
    """The host waits no longer: the votes there are rule, and why stands in the record."""
    check_reason(command.reason)
    appeal = state.open_appeal()
    if appeal is None or appeal.letter != command.letter:
        raise Refused("There is no open appeal on that answer.")
    ruled = ruling(state, appeal, appeal.votes)
    said = ruled.model_copy(update={"reason": command.reason.strip()})
    others = (a for a in state.round.appeals if a is not appeal)
    return [said, *rulings(state, others, state.experts())]


def rulings(
    state: ShowState, appeals: Iterable[Appeal], experts: Collection[str]
) -> list[e.AppealRuled]:
    """Of the open ones among `appeals` each that has all the votes that can still come."""
    ready = (a for a in appeals if a.is_open and set(experts) <= set(a.votes))
    return [ruling(state, appeal, appeal.votes) for appeal in ready]


def ruling(state: ShowState, appeal: Appeal, votes: Mapping[str, bool]) -> e.AppealRuled:
    """A majority of those voting upholds; a tie rejects, and so does nobody's vote."""
    is_upheld = sum(votes.values()) * 2 > len(votes)
    return e.AppealRuled(round=state.number, letter=appeal.letter, is_upheld=is_upheld)
