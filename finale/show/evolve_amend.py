"""How what was put right changes the state."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from finale.show import events_amend as e
from finale.show.phases import Phase
from finale.show.state import Credit, RoundState, ShowState


def _finalist_withdrawn(state: ShowState, event: e.FinalistWithdrawn) -> ShowState:
    gone = replace(state, withdrawn={**state.withdrawn, event.finalist: event.reason})
    if event.from_round != state.number:
        return gone
    rest = tuple(f for f in state.round.finalists if f != event.finalist)
    return replace(gone, rounds=(*state.rounds[:-1], replace(state.round, finalists=rest)))


def _panellist_withdrawn(state: ShowState, event: e.PanellistWithdrawn) -> ShowState:
    """An appeal that waited for a second expert waits for two again."""
    gone = replace(state, withdrawn_panel={**state.withdrawn_panel, event.panellist: event.reason})
    if not state.rounds:
        return gone
    appeals = tuple(
        a if a.is_filed else replace(a, backers=tuple(b for b in a.backers if b != event.panellist))
        for a in state.round.appeals
    )
    return replace(gone, rounds=(*state.rounds[:-1], replace(state.round, appeals=appeals)))


def _question_replaced(state: ShowState, event: e.QuestionReplaced) -> ShowState:
    question = next(q for q in state.rundown.spares if q.id == event.question)
    changed = replace(
        state,
        replaced={**state.replaced, event.of_round: question},
        used_spares=state.used_spares | {question.id},
    )
    if event.of_round != state.number:
        return changed
    begun = (*state.rounds[:-1], replace(state.round, question=question))
    return replace(changed, rounds=begun, repeats=state.repeats + 1)


def _recusal_declared(state: ShowState, event: e.RecusalDeclared) -> ShowState:
    pair = {(event.panellist, event.finalist)}
    return replace(
        state, recusals=state.recusals | pair if event.is_recused else state.recusals - pair
    )


def _practice_marked(state: ShowState, event: e.PracticeMarked) -> ShowState:
    marks = {**state.practice.get(event.panellist, {}), event.criterion: event.mark}
    return replace(state, practice={**state.practice, event.panellist: marks})


def _cue_undone(state: ShowState, event: e.CueUndone) -> ShowState:
    back = replace(
        state,
        phase=event.phase,
        step=0,
        deadlines=event.deadlines,
        held_at=None,
        repeats=state.repeats + 1,
    )
    if event.phase is not Phase.JUDGE_REVEAL:
        return back
    return replace(back, rounds=(*state.rounds[:-1], replace(state.round, offered=frozenset())))


def _credit_offered(round_: RoundState, event: e.CreditOffered) -> RoundState:
    was = round_.credits.get(event.finalist, Credit())
    offered, pending = was.offered + event.seconds, was.pending + event.seconds
    return _with_credit(
        round_,
        event.finalist,
        replace(was, offered=offered, pending=pending, until=event.until, held_s=0.0),
    )


def _credit_decided(round_: RoundState, event: e.CreditDecided) -> RoundState:
    was = round_.credits[event.finalist]
    granted = was.granted + (event.seconds if event.is_granted else 0.0)
    return _with_credit(round_, event.finalist, replace(was, pending=0.0, granted=granted))


def _with_credit(round_: RoundState, finalist: str, credit: Credit) -> RoundState:
    return replace(round_, credits={**round_.credits, finalist: credit})


def _buzzer_sounded(round_: RoundState, event: e.BuzzerSounded) -> RoundState:
    drafts = {finalist: len(round_.drafts.get(finalist, ())) for finalist in round_.finalists}
    return replace(round_, at_buzzer=drafts)


def _component_restored(round_: RoundState, event: e.ComponentRestored) -> RoundState:
    return replace(round_, voided={c: r for c, r in round_.voided.items() if c != event.component})


def _mark_corrected(round_: RoundState, event: e.MarkCorrected) -> RoundState:
    key = (event.panellist, event.letter)
    marks = {**round_.cards.get(key, {}), event.criterion: event.mark}
    return replace(round_, cards={**round_.cards, key: marks})


def _judge_asked_again(round_: RoundState, event: e.JudgeAskedAgain) -> RoundState:
    letter = event.letter
    return replace(
        round_,
        opinions={key: opinion for key, opinion in round_.opinions.items() if key != letter},
        missed={key: why for key, why in round_.missed.items() if key != letter},
        asks={**round_.asks, letter: round_.asks.get(letter, 0) + 1},
    )


AMEND_SHOW: Mapping[type[Any], Callable[[ShowState, Any], ShowState]] = {
    e.FinalistWithdrawn: _finalist_withdrawn,
    e.PanellistWithdrawn: _panellist_withdrawn,
    e.QuestionReplaced: _question_replaced,
    e.RecusalDeclared: _recusal_declared,
    e.PracticeMarked: _practice_marked,
    e.CueUndone: _cue_undone,
    e.SeatHanded: lambda state, event: state,
}

AMEND_ROUND: Mapping[type[Any], Callable[[RoundState, Any], RoundState]] = {
    e.CreditOffered: _credit_offered,
    e.CreditDecided: _credit_decided,
    e.BuzzerSounded: _buzzer_sounded,
    e.ComponentVoided: lambda r, event: replace(
        r, voided={**r.voided, event.component: event.reason}
    ),
    e.ComponentRestored: _component_restored,
    e.MarkCorrected: _mark_corrected,
    e.JudgeAskedAgain: _judge_asked_again,
    e.AppealOffered: lambda r, event: replace(r, offered=r.offered | {event.letter}),
}
