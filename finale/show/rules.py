"""The rules: what a command leads to, or the sentence that refuses it."""

from collections.abc import Callable
from typing import Any

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show import commands_model as cm
from finale.show import (
    rules_amend,
    rules_crew,
    rules_finalist,
    rules_host,
    rules_judge,
    rules_message,
    rules_model,
    rules_panel,
)
from finale.show.events import Event
from finale.show.refused import Refused
from finale.show.state import ShowState

Rule = Callable[[ShowState, Any, str, float], list[Event]]

_RULES: dict[type[Any], tuple[tuple[str, ...], Rule]] = {
    c.CallCue: (("host",), rules_host.call_cue),
    c.CallBreak: (("host",), rules_host.call_break),
    c.HoldShow: (("host",), rules_host.hold),
    c.ResumeShow: (("host",), rules_host.resume),
    c.MoveDeadline: (("host",), rules_host.move_deadline),
    c.BlackOut: (("host",), rules_host.black_out),
    c.OpenGate: (("host",), rules_host.open_gate),
    c.CloseGate: (("host",), rules_host.close_gate),
    c.SeatRobot: (("host",), rules_host.seat_robot),
    c.UnseatRobot: (("host",), rules_host.unseat_robot),
    c.RuleAppeal: (("host",), rules_panel.rule_appeal),
    ca.DecideCredit: (("host",), rules_amend.decide_credit),
    ca.VoidComponent: (("host",), rules_amend.void_component),
    ca.RestoreComponent: (("host",), rules_amend.restore_component),
    ca.CorrectMark: (("host",), rules_amend.correct_mark),
    ca.WithdrawFinalist: (("host",), rules_amend.withdraw_finalist),
    ca.WithdrawPanellist: (("host",), rules_amend.withdraw_panellist),
    ca.ReplaceQuestion: (("host",), rules_amend.replace_question),
    ca.DeclareRecusal: (("host",), rules_amend.declare_recusal),
    ca.HandSeat: (("host",), rules_amend.hand_seat),
    ca.OfferAppeal: (("host",), rules_amend.offer_appeal),
    ca.AskJudgeAgain: (("host",), rules_judge.ask_judge_again),
    ca.UndoCue: (("host",), rules_amend.undo_cue),
    cs.SendMessage: (("host",), rules_message.send_message),
    cs.ClearMessage: (("host",), rules_message.clear_message),
    cs.DismissMessage: (("finalist", "panel"), rules_message.dismiss_message),
    c.StartDraft: (("finalist",), rules_finalist.start_draft),
    c.PinDraft: (("finalist",), rules_finalist.pin_draft),
    c.Submit: (("finalist",), rules_finalist.submit),
    c.FileAppeal: (("finalist", "panel"), rules_panel.file_appeal),
    c.MarkScorecard: (("panel",), rules_panel.mark_scorecard),
    c.MarkPractice: (("panel",), rules_panel.mark_practice),
    c.LockScorecards: (("panel",), rules_panel.lock_scorecards),
    c.VoteAppeal: (("panel",), rules_panel.vote_appeal),
    c.TimeUp: (("crew",), rules_crew.time_up),
    c.EndTuning: (("crew",), rules_crew.end_tuning),
    c.MoveOn: (("crew",), rules_crew.move_on),
    c.Compensate: (("crew",), rules_crew.compensate),
    c.RecordDraft: (("crew",), rules_crew.record_draft),
    c.RecordVerdict: (("crew",), rules_judge.record_verdict),
    c.MissVerdict: (("crew",), rules_judge.miss_verdict),
    c.RecordReply: (("crew",), rules_judge.record_reply),
    c.RecordTally: (("crew",), rules_crew.record_tally),
    c.ForgetBallots: (("crew",), rules_crew.forget_ballots),
    cm.RecordBaseline: (("crew",), rules_model.record_baseline),
    cm.RecordFingerprint: (("crew",), rules_model.record_fingerprint),
}


def decide(state: ShowState, request: c.Request, now: float) -> list[Event]:
    """The events that `request` leads to at `now` (epoch seconds).

    Raises Refused, with a sentence fit for the asker's screen, when the rules say no.
    """
    roles, rule = _RULES[type(request.command)]
    if request.by.split("-")[0] not in roles:
        raise Refused(f"This is for the {' or the '.join(roles)}.")
    if request.by not in ("host", "crew") and request.by not in state.rundown.seats:
        raise Refused(f"There is no seat “{request.by}” in this show.")
    if request.by in state.withdrawn_panel:
        raise Refused("You have been withdrawn from the panel.")
    round_ = getattr(request.command, "round", None)
    if round_ is not None and not 0 <= round_ < len(state.rounds):
        raise Refused(f"Round {round_ + 1} has not begun.")
    if round_ is not None and round_ != state.number:
        raise Refused(f"Round {round_ + 1} is over.")
    return rule(state, request.command, request.by, now)


def known_commands() -> tuple[type[Any], ...]:
    """Every command that the rules answer."""
    return tuple(_RULES)
