"""What the host may put right, and what asks for a reason."""

from finale.show import commands_amend as c
from finale.show import events_amend as e
from finale.show.cues import REVEAL_PARTS, place_of, undo_of
from finale.show.events import Event
from finale.show.moves import deadlines_of, enter
from finale.show.phases import Phase
from finale.show.refused import Refused, check_reason
from finale.show.result import contradictions
from finale.show.rules_panel import rulings
from finale.show.state import Credit, ShowState
from scoring.rubric import PANEL_RUBRIC

LEAST_FINALISTS = 1

_BEFORE_LETTERS = (Phase.QUESTION, Phase.TUNING)


def decide_credit(state: ShowState, command: c.DecideCredit, by: str, now: float) -> list[Event]:
    """Grant or decline what is on offer; also after the buzzer, while that clock still runs."""
    if state.phase is not Phase.TUNING:
        raise Refused("Tuning is over; no clock can be credited any more.")
    seconds = state.round.credits.get(command.finalist, Credit()).pending
    if not seconds:
        raise Refused("No seconds are on offer for that finalist.")
    return [
        e.CreditDecided(
            round=state.number,
            finalist=command.finalist,
            seconds=seconds,
            is_granted=command.is_granted,
        )
    ]


def void_component(state: ShowState, command: c.VoidComponent, by: str, now: float) -> list[Event]:
    """Take a component out of a round whose answers are in."""
    _check_result(state, command.of_round, command.reason)
    if command.component in state.rounds[command.of_round].voided:
        raise Refused("That component is void already.")
    return [
        e.ComponentVoided(
            round=command.of_round, component=command.component, reason=command.reason.strip()
        )
    ]


def restore_component(
    state: ShowState, command: c.RestoreComponent, by: str, now: float
) -> list[Event]:
    """Let a component that the host voided count again."""
    _check_result(state, command.of_round, command.reason)
    if command.component not in state.rounds[command.of_round].voided:
        raise Refused("You have not voided that component.")
    return [
        e.ComponentRestored(
            round=command.of_round, component=command.component, reason=command.reason.strip()
        )
    ]


def correct_mark(state: ShowState, command: c.CorrectMark, by: str, now: float) -> list[Event]:
    """A clerical error in a card, once the marks of that round are closed."""
    _check_result(state, command.of_round, command.reason)
    round_ = state.rounds[command.of_round]
    if not round_.is_closed("marks"):
        raise Refused("The marks are still open: the expert can change them.")
    if round_.counts is None:
        raise Refused("The vote is not counted; until then your desk shows no marks.")
    _check_expert(state, command.panellist)
    if command.letter not in round_.letters:
        raise Refused(f"There is no answer {command.letter} in that round.")
    try:
        PANEL_RUBRIC.check({command.criterion: command.mark})
    except ValueError as error:
        raise Refused(f"{error}") from error
    before = round_.cards.get((command.panellist, command.letter), {}).get(command.criterion)
    if before is None:
        raise Refused("That expert gave no such mark; only a mark that was given is corrected.")
    if before == command.mark:
        raise Refused(f"That mark is {command.mark:g} already.")
    return [
        e.MarkCorrected(
            round=command.of_round,
            panellist=command.panellist,
            letter=command.letter,
            criterion=command.criterion,
            mark=command.mark,
            before=before,
            reason=command.reason.strip(),
        )
    ]


def _check_result(state: ShowState, number: int, reason: str) -> None:
    check_reason(reason)
    if why_not := why_locked(state, number):
        raise Refused(why_not)
    if not 0 <= number < len(state.rounds):
        raise Refused(f"Round {number + 1} has not begun.")
    if not state.rounds[number].letters:
        raise Refused("That round has no answers, so there is nothing to change.")


def why_locked(state: ShowState, number: int) -> str:
    """Why nothing in that round's result may change now; empty if it may."""
    if state.phase is Phase.CHAMPION:
        return "The result is locked."
    if state.phase is Phase.SUDDEN_DEATH:
        return "Sudden death rests on this result. Undo the announcement first."
    if number != state.number and state.rounds and state.round.is_sudden_death:
        return "Sudden death rests on this result, so it can no longer change."
    is_naming = state.phase is Phase.REVEAL and state.step > len(REVEAL_PARTS)
    if number == state.number and is_naming:
        # Another order of places would put a name on stage that was not called.
        return "The names are being called. Change it at the standings."
    return ""


def withdraw_finalist(
    state: ShowState, command: c.WithdrawFinalist, by: str, now: float
) -> list[Event]:
    """A finalist leaves. Once letters are drawn the answer stays: a gap would tell whose it is."""
    check_reason(command.reason)
    if command.finalist not in {f.id for f in state.rundown.finalists}:
        raise Refused(f"There is no finalist “{command.finalist}” in this show.")
    if command.finalist in state.withdrawn:
        raise Refused("That finalist has withdrawn already.")
    if why_not := why_nobody_leaves(state):
        raise Refused(why_not)
    is_now = state.phase in _BEFORE_LETTERS
    return [
        e.FinalistWithdrawn(
            finalist=command.finalist,
            from_round=state.number if is_now else len(state.rounds),
            reason=command.reason.strip(),
        )
    ]


def why_nobody_leaves(state: ShowState) -> str:
    """Why no finalist can be withdrawn now; empty if one can."""
    if state.phase is Phase.CHAMPION:
        return "The result is locked."
    if len(state.active()) <= LEAST_FINALISTS:
        return "The last finalist cannot withdraw."
    is_sudden_death = bool(state.rounds) and state.round.is_sudden_death
    if state.phase is Phase.SUDDEN_DEATH or (
        is_sudden_death and state.phase is not Phase.STANDINGS
    ):
        return "In sudden death whoever does not answer loses; withdraw at the standings."
    return ""


def withdraw_panellist(
    state: ShowState, command: c.WithdrawPanellist, by: str, now: float
) -> list[Event]:
    """An expert leaves; appeals that waited for this vote alone are ruled on."""
    check_reason(command.reason)
    _check_expert(state, command.panellist)
    if command.panellist in state.withdrawn_panel:
        raise Refused("That expert has withdrawn already.")
    if state.phase is Phase.CHAMPION:
        raise Refused("The result is locked.")
    gone = e.PanellistWithdrawn(panellist=command.panellist, reason=command.reason.strip())
    rest = set(state.experts()) - {command.panellist}
    appeals = state.round.appeals if state.rounds else ()
    return [gone, *rulings(state, appeals, rest)]


def _check_expert(state: ShowState, panellist: str) -> None:
    if panellist not in {p.id for p in state.rundown.panel}:
        raise Refused(f"There is no expert “{panellist}” in this show.")


def replace_question(
    state: ShowState, command: c.ReplaceQuestion, by: str, now: float
) -> list[Event]:
    """A spare question, before the tuning of its round; a question on screen begins anew."""
    check_reason(command.reason)
    if state.phase is Phase.CHAMPION:
        raise Refused("The show is over; the result is locked.")
    is_now = command.of_round == state.number and state.phase is Phase.QUESTION
    is_ahead = len(state.rounds) <= command.of_round < len(state.rundown.rounds)
    if not (is_now or is_ahead):
        raise Refused("A question can be replaced before its tuning only.")
    if command.question not in {question.id for question in state.rundown.spares}:
        raise Refused(f"“{command.question}” is not among the spare questions of this show.")
    if command.question in state.used_spares:
        raise Refused(f"“{command.question}” has been used already.")
    replaced = e.QuestionReplaced(
        of_round=command.of_round, question=command.question, reason=command.reason.strip()
    )
    if not is_now:
        return [replaced]
    if state.is_held:
        raise Refused("The show is on hold. Resume first.")
    return [replaced, *enter(state, Phase.QUESTION, now, is_again=True)]


def declare_recusal(
    state: ShowState, command: c.DeclareRecusal, by: str, now: float
) -> list[Event]:
    """By name, before the doors open; the expert still marks every answer."""
    if state.phase is not Phase.LOBBY:
        raise Refused("A recusal is declared before the first question; the show is running.")
    pair = (command.panellist, command.finalist)
    _check_expert(state, command.panellist)
    if command.finalist not in {f.id for f in state.rundown.finalists}:
        raise Refused(f"There is no finalist “{command.finalist}” in this show.")
    if (pair in state.recusals) == command.is_recused:
        raise Refused("That is declared already.")
    return [
        e.RecusalDeclared(
            panellist=command.panellist, finalist=command.finalist, is_recused=command.is_recused
        )
    ]


def hand_seat(state: ShowState, command: c.HandSeat, by: str, now: float) -> list[Event]:
    """A new device for a chair."""
    if command.seat not in state.rundown.seats:
        raise Refused(f"There is no seat “{command.seat}” in this show.")
    return [e.SeatHanded(seat=command.seat)]


def offer_appeal(state: ShowState, command: c.OfferAppeal, by: str, now: float) -> list[Event]:
    """Open the appeals at once for an answer that the check calls right and the judge wrong."""
    if state.phase not in (Phase.JUDGE_REVEAL, Phase.APPEAL):
        raise Refused("An appeal can be offered once the judge’s marks were shown.")
    if state.is_held:
        raise Refused("The show is on hold. Resume first.")
    if state.phase is Phase.APPEAL and state.clock_at(now) > state.deadlines.get("phase", 0.0):
        raise Refused("The time for appeals is over.")
    if not state.experts():
        raise Refused("There is no expert to vote on an appeal.")
    if contradictions(state.round).get(command.letter) is not True:
        raise Refused(f"The check does not contradict the judge’s low mark of {command.letter}.")
    if command.letter in state.round.offered:
        raise Refused(f"The appeal on answer {command.letter} is offered already.")
    if any(a.letter == command.letter and a.is_filed for a in state.round.appeals):
        raise Refused(f"Answer {command.letter} is under appeal already.")
    opened = enter(state, Phase.APPEAL, now) if state.phase is Phase.JUDGE_REVEAL else []
    return [*opened, e.AppealOffered(round=state.number, letter=command.letter)]


def undo_cue(state: ShowState, command: c.UndoCue, by: str, now: float) -> list[Event]:
    """Back to the phase before, as long as nothing new was shown."""
    if command.at != place_of(state):
        raise Refused("The show has gone on; that step cannot be undone any more.")
    if state.is_held:
        raise Refused("The show is on hold. Resume first.")
    target = undo_of(state)
    if target is None:
        raise Refused("The last step showed something new, so it cannot be undone.")
    if "phase" in state.deadlines and state.clock_at(now) >= state.deadlines["phase"]:
        raise Refused("Time is up, and everybody has seen that; it is not given twice.")
    return [e.CueUndone(phase=target, deadlines=deadlines_of(state, target, now))]
