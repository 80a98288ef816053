"""Every command in every phase is allowed or refused by name, as this table says."""

from pairs import answers, states

from finale.show.phases import Phase
from finale.show.rules import known_commands

EVERYWHERE = (
    "lobby question tuning locked reading marking judge_reveal appeal reveal standings break "
    "sudden_death champion"
)
BEFORE_THE_END = EVERYWHERE.removesuffix(" champion")
RUNNING = "question tuning locked reading marking judge_reveal appeal reveal standings break"
ALLOWED = {
    # the host moves the show
    "CallCue": "lobby question reading marking judge_reveal appeal reveal standings break "
    "sudden_death",
    "CallBreak": "standings",
    "HoldShow": BEFORE_THE_END,
    "ResumeShow": BEFORE_THE_END,
    "MoveDeadline": "tuning marking",
    "BlackOut": EVERYWHERE,
    "OpenGate": "marking",
    "CloseGate": "marking",
    "SeatRobot": EVERYWHERE,
    "UnseatRobot": EVERYWHERE,
    "RuleAppeal": "appeal",
    # and puts things right
    "DecideCredit": "tuning",
    "VoidComponent": RUNNING,
    "RestoreComponent": RUNNING,
    "CorrectMark": RUNNING,
    "WithdrawFinalist": f"lobby {RUNNING}",
    "WithdrawPanellist": f"lobby {RUNNING} sudden_death",
    "ReplaceQuestion": f"lobby {RUNNING}",
    "DeclareRecusal": "lobby",
    "HandSeat": EVERYWHERE,
    "OfferAppeal": "judge_reveal appeal",
    "AskJudgeAgain": "locked reading marking",
    "UndoCue": "tuning appeal break sudden_death",
    # finalists
    "StartDraft": "tuning",
    "PinDraft": "tuning",
    "Submit": "tuning",
    # finalists and experts
    "FileAppeal": "appeal",
    # experts
    "MarkScorecard": "reading marking",
    "MarkPractice": "lobby",
    "LockScorecards": "reading marking",
    "VoteAppeal": "appeal",
    # and what the host says to them
    "SendMessage": EVERYWHERE,
    "ClearMessage": EVERYWHERE,
    "DismissMessage": EVERYWHERE,
    # the crew
    "TimeUp": "question tuning marking appeal",
    "EndTuning": "tuning",
    "MoveOn": "locked",
    "Compensate": EVERYWHERE,
    "RecordDraft": "tuning",
    "RecordVerdict": "locked reading marking",
    "MissVerdict": "locked reading marking",
    "RecordReply": "locked reading marking judge_reveal appeal reveal standings break sudden_death",
    "RecordTally": "marking",
    "ForgetBallots": EVERYWHERE.replace("marking ", ""),
    "RecordBaseline": BEFORE_THE_END.removeprefix("lobby question tuning "),
    "RecordFingerprint": BEFORE_THE_END,
}
"""By command, the phases that allow it. Compensate gives nothing back where no clock runs."""


def test_every_pair_of_phase_and_command_is_allowed_or_refused_by_name() -> None:
    found = answers(known_commands())
    allowed = {pair for pair, said in found.items() if not said}
    due = {(Phase(phase), name) for name, phases in ALLOWED.items() for phase in phases.split()}

    assert len(found) == 13 * 46 == 598
    assert allowed == due
    assert len(due) == 285
    assert all(said[0].isupper() or said[0] == "“" for said in found.values() if said)
    assert all(said.endswith(".") for said in found.values() if said)


def test_the_states_are_of_the_phases_that_they_stand_for() -> None:
    assert {phase: {s.state.phase for s in stories} for phase, stories in states().items()} == {
        phase: {phase} for phase in Phase
    }
