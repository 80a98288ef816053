"""Anything that anybody might ask of a show, fit or unfit, for chance to draw from."""

import math
from typing import Any

from hypothesis import strategies as st

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show import commands_model as cm
from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC

LONG = "x" * 5000
TEXTS = st.sampled_from(["", " ", "An answer.", "Ada Byron", "<script>", "\x00\u2028\u202e", LONG])
ROUNDS = st.sampled_from([-1, 0, 0, 0, 1, 1, 2, 3, 10**9])
SOME_LETTERS = st.sampled_from(["A", "B", "C", "D", "a", "", "Z", "AB", "\u0391"])
DRAFTS = st.sampled_from([-1, 0, 1, 1, 2, 3, 10**9])
FLOATS = st.one_of(
    st.sampled_from([0.0, -0.0, 0.7, 1.0, 2.0, -1.0, math.nan, math.inf, -math.inf, 1e308]),
    st.floats(0, 2),
)
MARKS = st.one_of(FLOATS, st.sampled_from([1.0, 1.5, 3.0, 4.5, 5.0, 0.5, 5.5]))
CRITERIA = st.sampled_from([*PANEL_RUBRIC.keys, "relevance", "", "__class__"])
TIMES = st.one_of(st.none(), st.floats(0, 100))
PASS = st.fixed_dictionaries(dict.fromkeys(JUDGE_RUBRIC.keys, st.integers(0, 11)))
GATES = st.sampled_from(["vote", "marks"])
GROUNDS = st.sampled_from(["factual error", "rubric misread", "format fault"])
PEOPLE = ["host", "crew", "finalist-v", "finalist-w", "finalist-x", "panel-1", "panel-2"]
STRANGERS = ["", "finalist", "finalist-q", "panel-99", "host-2", "crew-1", "stage", "A"]
SEATS = st.sampled_from([*PEOPLE, *STRANGERS])
ADDRESSEES = st.one_of(st.sampled_from(cs.GROUPS), SEATS)
NUMBERS = st.sampled_from([0, 1, 5, 20, -1, 10**400])
COUNTS = st.dictionaries(st.sampled_from(["A", "B", "C", "Z"]), NUMBERS, max_size=3)
ASKS = st.sampled_from([0, 0, 0, 1, 2])
OUTCOMES = st.sampled_from(["finished", "cancelled", "failed", "cut"])

PARTS = st.sampled_from(["judge", "panel", "audience"])
REASONS = st.sampled_from(["", " ", "A slip of the pen."])
QUESTIONS = st.sampled_from(["question-1", "question-51", "question-52", "no-such-question"])

PLAYERS = st.sampled_from(["finalist-v", "finalist-w", "finalist-x"])
SIZES = st.tuples(st.integers(2, 3), st.sampled_from([0, 1, 3]), st.integers(1, 4))

ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.builds(c.CallCue, cue=TEXTS, is_forced=st.booleans()),
    st.builds(c.CallBreak),
    st.builds(c.HoldShow),
    st.builds(c.ResumeShow),
    st.builds(c.MoveDeadline, seconds=st.sampled_from([15, -15])),
    st.builds(c.BlackOut, is_black=st.booleans()),
    st.builds(c.OpenGate, round=ROUNDS, gate=GATES),
    st.builds(c.CloseGate, round=ROUNDS, gate=GATES),
    st.builds(c.SeatRobot, seat=SEATS),
    st.builds(c.UnseatRobot, seat=SEATS),
    st.builds(c.StartDraft, round=ROUNDS, system=TEXTS, temperature=FLOATS, top_p=FLOATS),
    st.builds(c.PinDraft, round=ROUNDS, draft=DRAFTS),
    st.builds(c.Submit, round=ROUNDS, draft=DRAFTS),
    st.builds(c.MarkScorecard, round=ROUNDS, letter=SOME_LETTERS, criterion=CRITERIA, mark=MARKS),
    st.builds(c.LockScorecards, round=ROUNDS),
    st.builds(c.FileAppeal, round=ROUNDS, letter=SOME_LETTERS, ground=GROUNDS),
    st.builds(c.VoteAppeal, round=ROUNDS, letter=SOME_LETTERS, is_upheld=st.booleans()),
    st.builds(c.RuleAppeal, round=ROUNDS, letter=SOME_LETTERS, reason=REASONS),
    st.builds(c.TimeUp, what=st.sampled_from(["phase", "vote", "marks"]), deadline=FLOATS),
    st.builds(c.EndTuning, round=ROUNDS, order=st.lists(st.integers(-1, 3), max_size=4).map(tuple)),
    st.builds(c.MoveOn, round=ROUNDS),
    st.builds(c.Compensate, seconds=st.floats(0, 100)),
    st.builds(
        c.RecordDraft,
        round=ROUNDS,
        finalist=SEATS,
        draft=DRAFTS,
        text=TEXTS,
        outcome=OUTCOMES,
        first_token_s=TIMES,
        total_s=TIMES,
    ),
    st.builds(
        c.RecordVerdict,
        round=ROUNDS,
        letter=SOME_LETTERS,
        passes=st.lists(PASS, max_size=3).map(tuple),
        reason=TEXTS,
        judge=TEXTS,
        flags=st.lists(TEXTS, max_size=2).map(tuple),
        ask=ASKS,
    ),
    st.builds(c.MissVerdict, round=ROUNDS, letter=SOME_LETTERS, reason=TEXTS, ask=ASKS),
    st.builds(
        c.RecordReply,
        round=ROUNDS,
        letter=SOME_LETTERS,
        take=DRAFTS,
        attempt=DRAFTS,
        is_probe=st.booleans(),
        judge=TEXTS,
        model=TEXTS,
        prompt_hash=TEXTS,
        temperature=st.floats(0, 2),
        text=TEXTS,
        outcome=st.sampled_from(["read", "unreadable", "failed"]),
        why=TEXTS,
        tokens=st.one_of(st.none(), DRAFTS),
        ms=DRAFTS,
        ask=ASKS,
    ),
    st.builds(c.RecordTally, round=ROUNDS, counts=COUNTS, digest=TEXTS),
    st.builds(
        cm.RecordBaseline,
        round=ROUNDS,
        finalist=SEATS,
        text=TEXTS,
        outcome=st.sampled_from(["finished", "failed"]),
    ),
    st.builds(
        cm.RecordFingerprint,
        of_round=ROUNDS,
        finalist=SEATS,
        model=st.text(max_size=5),
        digest=st.sampled_from(["a", "b"]),
    ),
    st.builds(c.MarkPractice, criterion=CRITERIA, mark=MARKS),
    st.builds(ca.DecideCredit, round=ROUNDS, finalist=SEATS, is_granted=st.booleans()),
    st.builds(ca.VoidComponent, of_round=ROUNDS, component=PARTS, reason=REASONS),
    st.builds(ca.RestoreComponent, of_round=ROUNDS, component=PARTS, reason=REASONS),
    st.builds(
        ca.CorrectMark,
        of_round=ROUNDS,
        panellist=SEATS,
        letter=SOME_LETTERS,
        criterion=CRITERIA,
        mark=MARKS,
        reason=REASONS,
    ),
    st.builds(ca.WithdrawPanellist, panellist=SEATS, reason=REASONS),
    st.builds(ca.WithdrawFinalist, finalist=SEATS, reason=REASONS),
    st.builds(ca.ReplaceQuestion, of_round=ROUNDS, question=QUESTIONS, reason=REASONS),
    st.builds(ca.DeclareRecusal, panellist=SEATS, finalist=SEATS, is_recused=st.booleans()),
    st.builds(ca.HandSeat, seat=SEATS),
    st.builds(cs.SendMessage, to=ADDRESSEES, text=REASONS),
    st.builds(cs.ClearMessage, to=ADDRESSEES),
    st.builds(cs.DismissMessage, number=ROUNDS),
    st.builds(ca.OfferAppeal, round=ROUNDS, letter=SOME_LETTERS),
    st.builds(ca.AskJudgeAgain, round=ROUNDS, letter=SOME_LETTERS),
    st.builds(ca.UndoCue, at=TEXTS),
)


TOYS: st.SearchStrategy[Any] = st.sampled_from(
    [
        c.HoldShow(),
        c.ResumeShow(),
        c.MoveDeadline(seconds=15),
        c.MoveDeadline(seconds=-15),
        c.CloseGate(round=0, gate="vote"),
        c.CloseGate(round=0, gate="marks"),
        c.OpenGate(round=0, gate="vote"),
        c.OpenGate(round=0, gate="marks"),
        c.BlackOut(is_black=True),
        c.CallBreak(),
    ]
)


def role_of(command: c.Command) -> str:
    """Somebody who may give that command, so that chance does not refuse most of them."""
    if isinstance(command, c.HostCommand):
        return "host"
    if isinstance(command, c.CrewCommand):
        return "crew"
    return "panel-1" if isinstance(command, c.PanelCommand) else "finalist-v"
