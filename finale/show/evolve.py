"""How an event changes the state; nothing is checked here, what is logged has happened."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from finale.show import events as e
from finale.show import events_judge as ej
from finale.show.events_message import MessageCleared, MessageDismissed, MessageSent
from finale.show.events_model import BaselineRecorded, FingerprintTaken
from finale.show.evolve_amend import AMEND_ROUND, AMEND_SHOW
from finale.show.phases import Phase
from finale.show.state import Appeal, Draft, Message, Opinion, RoundState, ShowState, Submission


def evolve(state: ShowState | None, event: e.Event) -> ShowState:
    """The state after `event`; ValueError if a log does not begin with ShowOpened."""
    if isinstance(event, e.ShowOpened):
        recusals = {(p.id, seat) for p in event.rundown.panel for seat in p.recused}
        return ShowState(event.rundown, recusals=frozenset(recusals), dropped=event.dropped)
    if state is None:
        raise ValueError(f"the log begins with {event.kind}; it must begin with ShowOpened")
    if type(event) in _SHOW:
        return _SHOW[type(event)](state, event)
    number = getattr(event, "round", state.number)
    before = state.rounds[number]
    changed = _ROUND[type(event)](before, event)
    rounds = (*state.rounds[:number], changed, *state.rounds[number + 1 :])
    is_again = isinstance(event, e.GateOpened) and event.gate in before.gates
    moved = replace(state, rounds=rounds, repeats=state.repeats + is_again)
    return _with_deadlines(moved, event)


def _with_deadlines(state: ShowState, event: e.Event) -> ShowState:
    if isinstance(event, e.GateOpened):
        return replace(state, deadlines={**state.deadlines, event.gate: event.deadline})
    if isinstance(event, e.GateClosed):
        left = {name: at for name, at in state.deadlines.items() if name != event.gate}
        return replace(state, deadlines=left)
    if isinstance(event, e.AppealsClosed):
        return replace(state, deadlines={})
    return state


def _phase_entered(state: ShowState, event: e.PhaseEntered) -> ShowState:
    return replace(state, phase=event.phase, step=0, deadlines=event.deadlines, held_at=None)


def _round_started(state: ShowState, event: e.RoundStarted) -> ShowState:
    question = state.rundown.reserve if event.is_sudden_death else state.question_of(event.round)
    started = RoundState(question, event.finalists, event.is_sudden_death, left_out=state.recusals)
    return replace(state, rounds=(*state.rounds, started))


def _step_taken(state: ShowState, event: e.StepTaken) -> ShowState:
    return replace(state, step=event.step, deadlines={**state.deadlines, **event.deadlines})


def _hold_lifted(state: ShowState, event: e.HoldLifted) -> ShowState:
    lifted = replace(state, held_at=None, deadlines=event.deadlines)
    if state.phase is not Phase.TUNING:
        return lifted
    seconds = event.deadlines["phase"] - state.deadlines["phase"]
    drafts = {
        seat: tuple(d if d.outcome else replace(d, held_s=d.held_s + seconds) for d in of)
        for seat, of in state.round.drafts.items()
    }
    lost = {
        seat: replace(credit, held_s=credit.held_s + seconds)
        for seat, credit in state.round.credits.items()
    }
    round_ = replace(state.round, drafts=drafts, credits=lost)
    return replace(lifted, rounds=(*state.rounds[:-1], round_))


def _draft_started(round_: RoundState, event: e.DraftStarted) -> RoundState:
    draft = Draft(event.draft, event.system, event.temperature, event.top_p)
    drafts = (*round_.drafts.get(event.finalist, ()), draft)
    return replace(round_, drafts={**round_.drafts, event.finalist: drafts})


def _draft_recorded(round_: RoundState, event: e.DraftRecorded) -> RoundState:
    drafts = list(round_.drafts[event.finalist])
    ended = 1 + max(draft.ended for draft in drafts)
    drafts[event.draft - 1] = replace(
        drafts[event.draft - 1],
        text=event.text,
        outcome=event.outcome,
        reason=event.reason,
        first_token_s=event.first_token_s,
        total_s=event.total_s,
        tokens=event.tokens,
        finish=event.finish,
        ended=ended,
    )
    return replace(round_, drafts={**round_.drafts, event.finalist: tuple(drafts)})


def _submitted(round_: RoundState, event: e.Submitted) -> RoundState:
    submission = Submission(event.draft, event.how)
    return replace(round_, submissions={**round_.submissions, event.finalist: submission})


def _gate_opened(round_: RoundState, event: e.GateOpened) -> RoundState:
    gates = {**round_.gates, event.gate: True}
    if event.gate == "vote":
        return replace(round_, gates=gates, counts=None, digest="")
    return replace(round_, gates=gates)


def _verdict_recorded(round_: RoundState, event: ej.VerdictRecorded) -> RoundState:
    opinion = Opinion(event.passes, event.reason, event.judge, event.flags)
    missed = {letter: why for letter, why in round_.missed.items() if letter != event.letter}
    return replace(round_, opinions={**round_.opinions, event.letter: opinion}, missed=missed)


def _scorecard_marked(round_: RoundState, event: e.ScorecardMarked) -> RoundState:
    key = (event.panellist, event.letter)
    marks = {**round_.cards.get(key, {}), event.criterion: event.mark}
    return replace(round_, cards={**round_.cards, key: marks})


def _appeal_backed(round_: RoundState, event: e.AppealBacked) -> RoundState:
    """An appeal goes to the end of the line when it is filed, however early it was backed."""
    known = next((a for a in round_.appeals if a.letter == event.letter), None)
    if known is None:
        is_filed = event.by in round_.letters.values()
        appeal = Appeal(event.letter, event.ground, (event.by,), is_filed)
        return replace(round_, appeals=(*round_.appeals, appeal))
    is_owner = event.by in round_.letters.values()
    ground = event.ground if is_owner or not known.backers else known.ground
    backers = (*known.backers, event.by)
    is_filed = is_owner or len(backers) > 1
    backed = replace(known, ground=ground, backers=backers, is_filed=is_filed)
    others = tuple(a for a in round_.appeals if a is not known)
    return replace(round_, appeals=(*others, backed))


def _appeal_voted(round_: RoundState, event: e.AppealVoted) -> RoundState:
    appeal = _appeal(round_, event.letter)
    votes = {**appeal.votes, event.panellist: event.is_upheld}
    return _with_appeal(round_, replace(appeal, votes=votes))


def _appeal_ruled(round_: RoundState, event: e.AppealRuled) -> RoundState:
    appeal = _appeal(round_, event.letter)
    return _with_appeal(round_, replace(appeal, is_upheld=event.is_upheld))


def _appeal(round_: RoundState, letter: str) -> Appeal:
    return next(appeal for appeal in round_.appeals if appeal.letter == letter)


def _with_appeal(round_: RoundState, changed: Appeal) -> RoundState:
    appeals = tuple(changed if a.letter == changed.letter else a for a in round_.appeals)
    return replace(round_, appeals=appeals)


def _ballots_forgotten(state: ShowState, event: e.BallotsForgotten) -> ShowState:
    rounds = tuple(
        replace(round_, is_forgotten=round_.is_forgotten or number in event.rounds)
        for number, round_ in enumerate(state.rounds)
    )
    return replace(state, rounds=rounds)


def _fingerprint_taken(state: ShowState, event: FingerprintTaken) -> ShowState:
    known = state.fingerprints.get(event.finalist, ())
    taken = (*known, (event.of_round, event.model, event.digest))
    return replace(state, fingerprints={**state.fingerprints, event.finalist: taken})


def _message_sent(state: ShowState, event: MessageSent) -> ShowState:
    message = Message(event.number, event.text, event.at)
    return replace(state, messages={**state.messages, event.to: message}, said=event.number)


def _message_cleared(state: ShowState, event: MessageCleared) -> ShowState:
    return replace(state, messages={to: m for to, m in state.messages.items() if to != event.to})


def _message_dismissed(state: ShowState, event: MessageDismissed) -> ShowState:
    return replace(state, dismissed={**state.dismissed, event.seat: event.number})


_SHOW: dict[type[Any], Callable[[ShowState, Any], ShowState]] = {
    e.PhaseEntered: _phase_entered,
    e.RoundStarted: _round_started,
    e.StepTaken: _step_taken,
    e.HoldSet: lambda state, event: replace(state, held_at=event.at),
    e.HoldLifted: _hold_lifted,
    e.DeadlinesMoved: lambda state, event: replace(state, deadlines=event.deadlines),
    e.StageBlacked: lambda state, event: replace(state, is_black=event.is_black),
    e.BallotsForgotten: _ballots_forgotten,
    e.RobotSeated: lambda state, event: replace(state, robots=state.robots | {event.seat}),
    e.RobotUnseated: lambda state, event: replace(state, robots=state.robots - {event.seat}),
    FingerprintTaken: _fingerprint_taken,
    MessageSent: _message_sent,
    MessageCleared: _message_cleared,
    MessageDismissed: _message_dismissed,
    **AMEND_SHOW,
}

_ROUND: dict[type[Any], Callable[[RoundState, Any], RoundState]] = {
    e.DraftStarted: _draft_started,
    e.DraftRecorded: _draft_recorded,
    e.DraftPinned: lambda r, event: replace(r, pins={**r.pins, event.finalist: event.draft}),
    e.Submitted: _submitted,
    e.LettersDrawn: lambda r, event: replace(r, letters=event.letters),
    e.GateOpened: _gate_opened,
    e.GateClosed: lambda r, event: replace(r, gates={**r.gates, event.gate: False}),
    e.BallotBoxClosed: lambda r, event: replace(r, counts=event.counts, digest=event.digest),
    ej.VerdictRecorded: _verdict_recorded,
    ej.VerdictMissed: lambda r, event: replace(r, missed={**r.missed, event.letter: event.reason}),
    ej.JudgeReplied: lambda r, event: r,
    e.ScorecardMarked: _scorecard_marked,
    e.ScorecardsLocked: lambda r, event: replace(r, locked=r.locked | {event.panellist}),
    e.AppealBacked: _appeal_backed,
    e.AppealVoted: _appeal_voted,
    e.AppealsClosed: lambda r, event: r,
    e.AppealRuled: _appeal_ruled,
    BaselineRecorded: lambda r, event: replace(r, baselines=r.baselines | {event.finalist}),
    **AMEND_ROUND,
}
