"""What the crew reports: time, drafts, the tally."""

from finale.show import commands as c
from finale.show import events as e
from finale.show.events_amend import BuzzerSounded, CreditOffered
from finale.show.moves import enter
from finale.show.phases import Phase, moves_from
from finale.show.refused import Refused
from finale.show.rules_finalist import at_buzzer
from finale.show.rundown import LETTERS
from finale.show.state import GRACE_S, Credit, ShowState

MOST_BALLOTS = 10_000_000

MOST_CREDIT_S = 30.0
"""The most seconds that a finalist is offered in a round for a failing model."""

LEAST_CREDIT_S = 1.0
"""A failure that cost less is not worth the host's attention."""


def time_up(state: ShowState, command: c.TimeUp, by: str, now: float) -> list[e.Event]:
    """A deadline has passed: the gate closes, or the phase ends where the clock may end it."""
    if state.deadlines.get(command.what) != command.deadline or state.is_held:
        raise Refused("That deadline no longer stands.")
    if now < command.deadline:
        raise Refused("That deadline has not passed.")
    if state.phase is Phase.TUNING and command.what == "phase":
        return _sound_buzzer(state, now)
    if command.what != "phase":
        return [e.GateClosed(round=state.number, gate=command.what)]
    if state.phase is Phase.APPEAL and any(appeal.is_filed for appeal in state.round.appeals):
        return [e.AppealsClosed(round=state.number)]
    for move in moves_from(state.phase):
        if "clock" in move.by:
            return enter(state, move.target, now)
    raise Refused("The clock does not end this phase.")


def ends_at(state: ShowState) -> float:
    """When tuning ends for the last finalist at work, grace included; 0 if all have submitted."""
    return max((state.closes_at(f) + GRACE_S for f in state.at_work()), default=0.0)


def next_zero(state: ShowState) -> float:
    """When the next of the clocks of tuning ends, grace included; `ends_at` if that is the last."""
    if state.round.at_buzzer is None:
        return min(state.deadlines["phase"] + GRACE_S, ends_at(state))
    return min((state.closes_at(f) + GRACE_S for f in state.at_work()), default=0.0)


def over_at(state: ShowState, now: float) -> tuple[str, ...]:
    """The finalists at work whose own clock has ended, grace included."""
    return tuple(f for f in state.at_work() if now >= state.closes_at(f) + GRACE_S)


def _sound_buzzer(state: ShowState, now: float) -> list[e.Event]:
    """0:00 for all whose clock was not credited; the others play on, and the hall sees nothing.

    A credited clock that ends before another one is taken by itself.
    """
    if now >= ends_at(state):
        raise Refused("The buzzer ends this tuning for all.")
    if now < next_zero(state):
        raise Refused("That deadline has not passed.")
    taken = [_taken(state, finalist) for finalist in over_at(state, now)]
    is_first = state.round.at_buzzer is None
    return [*taken, BuzzerSounded(round=state.number)] if is_first else [*taken]


def _taken(state: ShowState, finalist: str) -> e.Submitted:
    kept = at_buzzer(state.round, finalist)
    return e.Submitted(round=state.number, finalist=finalist, draft=kept.draft, how=kept.how)


def end_tuning(state: ShowState, command: c.EndTuning, by: str, now: float) -> list[e.Event]:
    """The buzzer rule for whoever has not submitted; the letters; the lock."""
    if state.phase is not Phase.TUNING or state.is_held:
        raise Refused("Tuning is not running.")
    round_ = state.round
    if now < ends_at(state):
        raise Refused("Tuning has not ended.")
    if sorted(command.order) != list(range(len(round_.finalists))):
        raise Refused("The order of the letters is not a permutation of the finalists.")
    taken = {finalist: at_buzzer(round_, finalist) for finalist in round_.finalists}
    buzzer: list[e.Event] = [_taken(state, finalist) for finalist in state.at_work()]
    owners = [round_.finalists[i] for i in command.order if taken[round_.finalists[i]].draft]
    letters = dict(zip(LETTERS, owners, strict=False))
    drawn = e.LettersDrawn(round=state.number, letters=letters)
    return [*buzzer, drawn, *enter(state, Phase.LOCKED, now)]


def move_on(state: ShowState, command: c.MoveOn, by: str, now: float) -> list[e.Event]:
    """Out of locked, when its beat is over."""
    if state.phase is not Phase.LOCKED or state.is_held:
        raise Refused("Nothing runs by itself now.")
    if now < state.deadlines["phase"]:
        raise Refused("The beat is not over.")
    return enter(state, Phase.READING if state.round.letters else Phase.STANDINGS, now)


def compensate(state: ShowState, command: c.Compensate, by: str, now: float) -> list[e.Event]:
    """Downtime is given back to every running clock; a held clock lost nothing."""
    if state.is_held or not state.deadlines or command.seconds <= 0:
        return []
    moved = {name: at + command.seconds for name, at in state.deadlines.items()}
    return [e.DeadlinesMoved(deadlines=moved, seconds=command.seconds, why="downtime")]


def record_draft(state: ShowState, command: c.RecordDraft, by: str, now: float) -> list[e.Event]:
    """A draft has ended; an empty reply is a failure, never an answer."""
    if state.phase is not Phase.TUNING:
        raise Refused("Tuning is over.")
    draft = state.round.draft(command.finalist, command.draft)
    if draft is None or draft.outcome is not None:
        raise Refused("That draft is not running.")
    values = command.model_dump()
    if command.outcome == "finished" and not command.text.strip():
        values |= {"outcome": "failed", "reason": c.EMPTY_REPLY}
    return [e.DraftRecorded(**values), *_credit(state, command, now)]


def _credit(state: ShowState, draft: c.RecordDraft, now: float) -> list[e.Event]:
    """The seconds that a failed draft cost, as far as the round's limit allows.

    An empty answer costs the endpoint nothing: a prompt can ask for one. Nor does a hold. What
    two drafts lost at the same time is lost once.
    """
    seat = draft.finalist
    if draft.outcome != "failed" or seat not in state.at_work():
        return []
    credit = state.round.credits.get(seat, Credit())
    known = state.round.draft(seat, draft.draft)
    clock = state.clock_at(now)
    stood = now - clock + (known.held_s if known else 0.0)
    lost = (draft.total_s or 0.0) - stood
    is_side_by_side = state.rundown.settings.drafts_at_once > 1
    until = clock if is_side_by_side else 0.0
    if is_side_by_side and credit.until:
        lost = min(lost, clock - credit.until - credit.held_s)
    lost = min(lost, MOST_CREDIT_S - credit.offered)
    if lost < LEAST_CREDIT_S:
        return []
    return [
        CreditOffered(
            round=state.number, finalist=seat, draft=draft.draft, seconds=lost, until=until
        )
    ]


def record_tally(state: ShowState, command: c.RecordTally, by: str, now: float) -> list[e.Event]:
    """The count of a closed vote."""
    if not state.round.is_closed("vote") or state.round.counts is not None:
        raise Refused("The vote is not waiting to be counted.")
    if not set(command.counts) <= set(state.round.letters):
        raise Refused("The tally has letters that are not in this round.")
    if not all(0 <= ballots <= MOST_BALLOTS for ballots in command.counts.values()):
        raise Refused("The tally has a count that is no number of ballots.")
    return [e.BallotBoxClosed(**command.model_dump())]


def forget_ballots(
    state: ShowState, command: c.ForgetBallots, by: str, now: float
) -> list[e.Event]:
    """Delete the ballots of what was counted; never of a round whose count would be lost."""
    for number, round_ in enumerate(state.rounds, 1):
        if "vote" in round_.gates and round_.counts is None:
            raise Refused(f"The ballots of round {number} are not counted yet.")
    counted = [n for n, r in enumerate(state.rounds) if r.counts is not None and not r.is_forgotten]
    return [e.BallotsForgotten(rounds=tuple(counted))] if counted else []
