"""Every command of the show, one line each: how often somebody asks for it, and for what."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, get_args

from simulation.models import GARBAGE, SECRET

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show import commands_model as cm
from finale.show.cues import next_cue, place_of
from finale.show.state import ShowState
from scoring.blend import COMPONENTS
from scoring.rubric import JUDGE_RUBRIC, PANEL_RUBRIC

STRANGERS = ("", "finalist", "finalist-q", "panel-99", "host-2", "stage", "A", "Host", "crew-1")
NUMBERS = (-1, 0, 1, 1, 2, 3, 10**9)
FLOATS = (0.0, 0.7, 1.0, 2.0, -1.0, 3.5, math.nan, math.inf, -math.inf, 1e308)
REASONS = ("", " ", "A slip of the pen.", "A slip of the pen.")
TEXTS = ("", " ", f"{SECRET}anybody", *GARBAGE)


class Pick:
    """Chance with the show in view, so that half of what is drawn nearly fits."""

    def __init__(self, random: Random, state: ShowState) -> None:
        self.random = random
        self.state = state

    def one(self, *values: Any) -> Any:
        """Any of them."""
        return self.random.choice(values)

    def round(self) -> int:
        """Mostly the running round, sometimes another."""
        return self.state.number if self.random.random() < 0.7 else self.one(*NUMBERS)

    def letter(self) -> str:
        """Mostly one that was drawn."""
        return str(self.one("A", "B", "C", "A", "B", "D", "Z", "", "a"))

    def seat(self) -> str:
        """A chair, or none."""
        return str(self.one(*self.state.rundown.seats, "finalist-q", ""))

    def addressee(self) -> str:
        """Whom the host may write to, or nobody."""
        return str(self.one(*cs.GROUPS, self.seat()))

    def message(self) -> int:
        """Mostly the newest, or one before it."""
        return int(self.one(self.state.said, self.state.said, self.state.said - 1, *NUMBERS))

    def robot(self) -> str:
        """A chair that a robot has, if there is one."""
        return str(self.one(*(sorted(self.state.robots) or [self.seat()])))

    def cue(self) -> str:
        """The next step, or one long taken."""
        cue = next_cue(self.state)
        return str(self.one(cue.id if cue else "", "1.lobby.0.to-question", "", "0"))

    def place(self) -> str:
        """Where the show stands, or stood."""
        return str(self.one(place_of(self.state), "0.lobby.0", ""))

    def component(self) -> str:
        """Any jury."""
        return str(self.one(*COMPONENTS))

    def question(self) -> str:
        """Mostly a spare one."""
        spares = [question.id for question in self.state.rundown.spares]
        return str(self.one(*spares, "question-1", ""))

    def mark(self) -> float:
        """Mostly a mark."""
        return float(self.one(1, 1.5, 3, 4.5, 5, *FLOATS))

    def text(self) -> str:
        """Anything."""
        return str(self.one(*TEXTS))

    def verdict(self) -> tuple[dict[str, int], ...]:
        """Passes of a judge who can or cannot count."""
        marks: dict[str, int] = dict.fromkeys(JUDGE_RUBRIC.keys, self.one(0, 1, 7, 10, 11))
        return (marks,) * int(self.one(0, 1, 3))

    def deadline(self) -> float:
        """One that stands, or none."""
        return float(self.one(*self.state.deadlines.values(), *FLOATS))

    def order(self) -> tuple[int, ...]:
        """Mostly no permutation."""
        return tuple(self.random.choices(range(-1, 4), k=self.one(0, 2, 3)))


@dataclass(frozen=True, slots=True)
class Line:
    """How often a command is asked for beside the others, and a maker of one."""

    weight: int
    make: Callable[[Pick], c.Command]


TABLE: dict[type[Any], Line] = {
    c.CallCue: Line(6, lambda p: c.CallCue(cue=p.cue(), is_forced=p.one(True, False))),
    c.CallBreak: Line(2, lambda p: c.CallBreak()),
    c.HoldShow: Line(3, lambda p: c.HoldShow()),
    c.ResumeShow: Line(3, lambda p: c.ResumeShow()),
    c.MoveDeadline: Line(3, lambda p: c.MoveDeadline(seconds=p.one(15, -15, -15))),
    c.BlackOut: Line(2, lambda p: c.BlackOut(is_black=p.one(True, False))),
    c.OpenGate: Line(4, lambda p: c.OpenGate(round=p.round(), gate=p.one("vote", "marks"))),
    c.CloseGate: Line(3, lambda p: c.CloseGate(round=p.round(), gate=p.one("vote", "marks"))),
    c.SeatRobot: Line(2, lambda p: c.SeatRobot(seat=p.seat())),
    c.UnseatRobot: Line(2, lambda p: c.UnseatRobot(seat=p.robot())),
    c.RuleAppeal: Line(
        2, lambda p: c.RuleAppeal(round=p.round(), letter=p.letter(), reason=p.one(*REASONS))
    ),
    c.StartDraft: Line(
        4,
        lambda p: c.StartDraft(
            round=p.round(), system=p.text(), temperature=p.mark(), top_p=p.mark()
        ),
    ),
    c.PinDraft: Line(4, lambda p: c.PinDraft(round=p.round(), draft=p.one(*NUMBERS))),
    c.Submit: Line(2, lambda p: c.Submit(round=p.round(), draft=p.one(*NUMBERS))),
    c.FileAppeal: Line(
        4, lambda p: c.FileAppeal(round=p.round(), letter=p.letter(), ground="format fault")
    ),
    c.MarkScorecard: Line(
        6,
        lambda p: c.MarkScorecard(
            round=p.round(),
            letter=p.letter(),
            criterion=p.one(*PANEL_RUBRIC.keys, "", "depth"),
            mark=p.mark(),
        ),
    ),
    c.LockScorecards: Line(1, lambda p: c.LockScorecards(round=p.round())),
    c.VoteAppeal: Line(
        4,
        lambda p: c.VoteAppeal(round=p.round(), letter=p.letter(), is_upheld=p.one(True, False)),
    ),
    c.TimeUp: Line(
        2, lambda p: c.TimeUp(what=p.one("phase", "vote", "marks"), deadline=p.deadline())
    ),
    c.EndTuning: Line(1, lambda p: c.EndTuning(round=p.round(), order=p.order())),
    c.MoveOn: Line(1, lambda p: c.MoveOn(round=p.round())),
    c.Compensate: Line(1, lambda p: c.Compensate(seconds=p.one(0.0, 5.0, 1e6))),
    c.RecordDraft: Line(
        1,
        lambda p: c.RecordDraft(
            round=p.round(), finalist=p.seat(), draft=1, text=p.text(), outcome="finished"
        ),
    ),
    c.RecordVerdict: Line(
        1,
        lambda p: c.RecordVerdict(
            round=p.round(), letter=p.letter(), passes=p.verdict(), reason=p.text(), judge="I"
        ),
    ),
    c.MissVerdict: Line(
        1, lambda p: c.MissVerdict(round=p.round(), letter=p.letter(), reason=p.text())
    ),
    c.RecordTally: Line(
        1, lambda p: c.RecordTally(round=p.round(), counts={p.letter(): 9}, digest=p.text())
    ),
    c.MarkPractice: Line(
        2, lambda p: c.MarkPractice(criterion=p.one(*PANEL_RUBRIC.keys, ""), mark=p.mark())
    ),
    c.ForgetBallots: Line(1, lambda p: c.ForgetBallots()),
    cm.RecordBaseline: Line(
        1,
        lambda p: cm.RecordBaseline(
            round=p.round(), finalist=p.seat(), text=p.text(), outcome="finished"
        ),
    ),
    cm.RecordFingerprint: Line(
        1,
        lambda p: cm.RecordFingerprint(
            of_round=p.round(), finalist=p.seat(), model="m", digest=p.one("a", "b")
        ),
    ),
    ca.DecideCredit: Line(
        4,
        lambda p: ca.DecideCredit(
            round=p.round(), finalist=p.seat(), is_granted=p.one(True, False)
        ),
    ),
    ca.VoidComponent: Line(
        1,
        lambda p: ca.VoidComponent(
            of_round=p.round(), component=p.component(), reason=p.one(*REASONS)
        ),
    ),
    ca.RestoreComponent: Line(
        2,
        lambda p: ca.RestoreComponent(
            of_round=p.round(), component=p.component(), reason=p.one(*REASONS)
        ),
    ),
    ca.CorrectMark: Line(
        4,
        lambda p: ca.CorrectMark(
            of_round=p.round(),
            panellist=p.seat(),
            letter=p.letter(),
            criterion=p.one(*PANEL_RUBRIC.keys, "", "depth"),
            mark=p.mark(),
            reason=p.one(*REASONS),
        ),
    ),
    ca.WithdrawFinalist: Line(
        1, lambda p: ca.WithdrawFinalist(finalist=p.seat(), reason=p.one(*REASONS))
    ),
    ca.WithdrawPanellist: Line(
        1, lambda p: ca.WithdrawPanellist(panellist=p.seat(), reason=p.one(*REASONS))
    ),
    ca.ReplaceQuestion: Line(
        2,
        lambda p: ca.ReplaceQuestion(
            of_round=p.round(), question=p.question(), reason=p.one(*REASONS)
        ),
    ),
    ca.DeclareRecusal: Line(
        2,
        lambda p: ca.DeclareRecusal(
            panellist=p.seat(), finalist=p.seat(), is_recused=p.one(True, True, False)
        ),
    ),
    ca.HandSeat: Line(1, lambda p: ca.HandSeat(seat=p.seat())),
    ca.OfferAppeal: Line(2, lambda p: ca.OfferAppeal(round=p.round(), letter=p.letter())),
    c.RecordReply: Line(
        1,
        lambda p: c.RecordReply(
            round=p.round(),
            letter=p.letter(),
            take=1,
            attempt=1,
            is_probe=False,
            judge="I",
            model=p.text(),
            prompt_hash="",
            temperature=0.5,
            text=p.text(),
            outcome="read",
            why=p.text(),
            tokens=p.one(None, 9),
            ms=1,
        ),
    ),
    ca.AskJudgeAgain: Line(3, lambda p: ca.AskJudgeAgain(round=p.round(), letter=p.letter())),
    cs.SendMessage: Line(2, lambda p: cs.SendMessage(to=p.addressee(), text=p.one(*REASONS))),
    cs.ClearMessage: Line(1, lambda p: cs.ClearMessage(to=p.addressee())),
    cs.DismissMessage: Line(2, lambda p: cs.DismissMessage(number=p.message())),
    ca.UndoCue: Line(2, lambda p: ca.UndoCue(at=p.place())),
}

_ROLES = {
    "host": get_args(c.HostCommand),
    "finalist": (*get_args(c.FinalistCommand), *get_args(c.SeatCommand)),
    "panel": (*get_args(c.PanelCommand), *get_args(c.SeatCommand)),
}
CALM = (c.CallCue, c.StartDraft, c.Submit, c.LockScorecards)
"""What would take the show out of others' hands if it were asked for by who may, at any time."""


def draw(random: Random, state: ShowState) -> tuple[str, c.Command]:
    """Somebody, and a command: often one that they may give, never as the crew.

    Only the crew's own parts speak as the crew: a session never has that role.
    """
    weights = [line.weight for line in TABLE.values()]
    [kind] = random.choices(list(TABLE), weights)
    command = TABLE[kind].make(Pick(random, state))
    anybody = ("host", *state.rundown.seats, *STRANGERS)
    fit = tuple(by for by in anybody if kind in _ROLES.get(by.split("-")[0], ()))
    if kind in CALM:
        fit = tuple(by for by in anybody if by not in fit)
    return random.choice(fit if fit and random.random() < 0.7 else anybody), command
