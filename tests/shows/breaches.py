"""One breach of the rules for each golden show, small and on purpose: the show must notice."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from shows.golden import W, X

from finale.show import commands as c
from finale.show import commands_amend as ca
from finale.show import commands_message as cs
from finale.show import commands_model as cm
from finale.show import (
    cues,
    evolve,
    moves,
    phases,
    result,
    rules,
    rules_finalist,
    rules_host,
    rules_message,
    rules_panel,
)
from finale.show import events as e
from finale.show import events_amend as ea
from finale.show.phases import Phase
from finale.show.rules_panel import ruling
from finale.show.state import Appeal, RoundState, ShowState
from finale.show.views import common, finalist, host, stage
from finale.show.views.common import answers
from finale.show.views.finalist import _drafts as own_drafts
from scoring import blend, scales, scorecard, standings, verdict
from scoring.blend import RoundMarks, Weights
from scoring.rubric import Rubric

Plant = Callable[[pytest.MonkeyPatch], None]


def put(place: object, name: str, value: object) -> Plant:
    """Something else by that name."""
    return lambda patch: patch.setattr(place, name, value)


def at(path: str, value: object) -> Plant:
    """Something else by that dotted name."""
    return lambda patch: patch.setattr(path, value)


def item(table: Mapping[Any, Any], key: object, value: object) -> Plant:
    """Something else in that table."""
    return lambda patch: patch.setitem(table, key, value)  # type: ignore[arg-type]


def rule(command: type[Any], events: Callable[..., list[Any]], *roles: str) -> Plant:
    """Another rule for a command, for those roles too."""
    return item(rules._RULES, command, ((roles or rules._RULES[command][0]), events))


def nothing(*_: object, **__: object) -> list[Any]:
    """A rule that lets nothing happen."""
    return []


def tie_break_forgotten(name: str) -> Plant:
    """A tie-break that is passed over."""
    real = standings._criteria

    def fewer(*given: Any) -> dict[str, float]:
        return {key: value for key, value in real(*given).items() if key != name}

    return put(standings, "_criteria", fewer)


def other_marks(**changes: Any) -> Plant:
    """Marks of a round with something changed."""
    real = result.marks_of
    return put(result, "marks_of", lambda *given: replace(real(*given), **changes))


def pins_forgotten(round_: RoundState, seat: str) -> Any:
    """A buzzer rule without pins."""
    return rules_finalist.at_buzzer(replace(round_, pins={}), seat)


def void_round_read(state: ShowState, target: Phase, now: float) -> list[Any]:
    """A lock that goes to reading, answers or not."""
    reading = Phase.READING if target is Phase.STANDINGS else target
    return moves.enter(state, reading, now)


def filed_by_one(round_: RoundState, event: e.AppealBacked) -> RoundState:
    """An appeal that one expert files alone."""
    appeal = Appeal(event.letter, event.ground, (event.by,), is_filed=True)
    return replace(round_, appeals=(*round_.appeals, appeal))


def first_backed(round_: RoundState, event: e.AppealBacked) -> RoundState:
    """A line of appeals by the first backing, whenever they are filed."""
    backed = evolve._appeal_backed(round_, event)
    known = [appeal.letter for appeal in round_.appeals]
    by_backing = sorted(backed.appeals, key=lambda a: [*known, event.letter].index(a.letter))
    return replace(backed, appeals=tuple(by_backing))


def moved_anywhere(state: ShowState, command: c.MoveDeadline, by: str, now: float) -> list[Any]:
    """±15 s in every phase."""
    moved = {name: at + command.seconds for name, at in state.deadlines.items()}
    return [e.DeadlinesMoved(deadlines=moved, seconds=command.seconds, why="host")]


def practice_anywhere(state: ShowState, command: c.MarkPractice, by: str, now: float) -> list[Any]:
    """A practice answer that is marked at any time."""
    return [ea.PracticeMarked(panellist=by, criterion=command.criterion, mark=command.mark)]


def lowered(judge: Any, marks: RoundMarks, panel: Any) -> Any:
    """An appeal upheld that takes the panel's points, higher or not."""
    return replace(judge, points={**judge.points, **{a: panel.points[a] for a in marks.upheld}})


def upheld(state: ShowState, appeal: Appeal, votes: Mapping[str, bool]) -> e.AppealRuled:
    """A ruling that does not look at the votes."""
    return e.AppealRuled(round=state.number, letter=appeal.letter, is_upheld=True)


def recused_uncounted(state: ShowState, appeal: Appeal, votes: Mapping[str, bool]) -> Any:
    """A ruling that leaves out who is recused for the one who answered."""
    owner = state.round.letters[appeal.letter]
    kept = {p: vote for p, vote in votes.items() if (p, owner) not in state.recusals}
    return ruling(state, appeal, kept)


def clock_needed(state: ShowState, command: c.HoldShow, by: str, now: float) -> list[Any]:
    """A hold of running clocks only."""
    return rules_host.hold(state, command, by, now) if state.deadlines else []


def coin(table: Any, _: Any) -> Any:
    """A tie decided by nothing."""
    return (table[0], replace(table[1], place=2), *table[2:])


def place_without_sharing(mark: float, among: Any) -> float:
    """Ranks in which equals share the better place."""
    return 1 + sum(other > mark for other in among)


def always_spread(marks: Mapping[str, float], scale: str, floor: float = 0.0) -> dict[str, float]:
    """A show in which the settings of the scales are not read."""
    return scales.points(marks, "spread", floor)


def moves_without(target: Phase) -> Plant:
    """The table of moves with the way to a phase cut out."""
    fewer = []
    for move in phases.MOVES:
        if move.target is not target:
            on = Phase.REVEAL if move.source is Phase.JUDGE_REVEAL else move.target
            fewer.append(replace(move, target=on))
    return put(phases, "MOVES", tuple(fewer))


def by_lectern(state: ShowState) -> Any:
    """Answers in the order of those who gave them."""
    return tuple(sorted(answers(state), key=lambda answer: state.round.letters[answer.letter]))


def drafts_of_all(round_: RoundState, seat: str) -> Any:
    """A console with everybody’s drafts."""
    return tuple(draft for owner in round_.finalists for draft in own_drafts(round_, owner))


def once_counted(state: ShowState) -> bool:
    """A desk that does not wait for the experts."""
    return bool(state.rounds) and state.round.counts is not None


def counted_anytime(state: ShowState, command: c.RecordTally, by: str, now: float) -> list[Any]:
    """A vote whose count is told while it is open."""
    return [e.BallotBoxClosed(**command.model_dump())]


NO_CREDIT = put(ShowState, "closes_at", lambda self, seat: self.deadlines["phase"])
ALWAYS_CREDIT = put(
    ShowState,
    "closes_at",
    lambda self, seat: (
        self.deadlines["phase"]
        + (self.round.credits[seat].offered if seat in self.round.credits else 0)
    ),
)
WEIGHTS_KEPT = put(Weights, "without", lambda self, void: self)
ONE_FLOOR = put(blend, "rater_floor", lambda ratings: 1.0)
ALL_MEANS = put(scorecard, "_estimator", lambda n: "mean")

BREACHES: dict[str, Plant] = {
    "1-whole-show": moves_without(Phase.APPEAL),
    "1-void-round": at("finale.show.rules_crew.enter", void_round_read),
    "1-all-submitted": at(
        "finale.show.rules_crew.ends_at", lambda state: state.deadlines["phase"] + 0.75
    ),
    "1-hold-anywhere": rule(c.HoldShow, clock_needed),
    "1-break": put(rules_host, "can_break", lambda state: True),
    "2-buzzer-rule": at("finale.show.rules_crew.at_buzzer", pins_forgotten),
    "2-grace-750-ms": put(rules_finalist, "GRACE_S", 0.5),
    "2-side-by-side": put(rules_finalist, "by_end", list),
    "2-hold": put(ShowState, "is_held", property(lambda self: False)),
    "2-fifteen-seconds": rule(c.MoveDeadline, moved_anywhere),
    "2-downtime": rule(c.Compensate, nothing),
    "2-undo": at("finale.show.rules_amend.undo_of", lambda state: Phase.QUESTION),
    "2-gates": put(rules_host, "has_both_gates_closed", lambda state: False),
    "2-credit-undecided": at("finale.show.rules_crew.over_at", lambda state, now: ()),
    "2-credit-granted": NO_CREDIT,
    "2-credit-declined": ALWAYS_CREDIT,
    "2-credit-thirty-seconds": at("finale.show.rules_crew.MOST_CREDIT_S", 60.0),
    "3-masked-names": at("finale.show.views.common.masked", lambda text, plan: text),
    "3-fresh-letters": at("finale.show.rules_crew.LETTERS", "BCDEFGHA"),
    "3-half-seconds": put(common, "half_steps", lambda seconds: seconds),
    "3-own-drafts": put(finalist, "_drafts", drafts_of_all),
    "3-host-blind": put(host, "has_both_gates_closed", once_counted),
    "3-no-link": put(stage, "answers", by_lectern),
    "4-totals-hidden": rule(c.RecordTally, counted_anytime),
    "4-judge-median": put(verdict, "median", verdict.fmean),
    "4-panel-trimmed-mean": put(scorecard, "_estimate", lambda marks, how: max(marks)),
    "4-panel-median": ALL_MEANS,
    "4-panel-reduced": put(scorecard, "_estimate", lambda marks, how: max(marks)),
    "4-card-complete": put(Rubric, "is_complete", lambda self, marks: bool(marks)),
    "4-recusal": other_marks(left_out=frozenset()),
    "4-calibration": rule(c.MarkPractice, practice_anywhere),
    "4-late-count": item(cues._WAITS, "all_marked", lambda state: ("", False)),
    "5-scale-spread": put(scales, "REACH", 30.0),
    "5-scale-raw": put(blend, "points", always_spread),
    "5-scale-rank": put(scales, "_place", place_without_sharing),
    "5-floor-fixed": ONE_FLOOR,
    "5-floor-residual": ONE_FLOOR,
    "5-lone-answer": put(scales, "TOP", 70.0),
    "5-no-answer": put(RoundMarks, "answers", property(lambda self: self.finalists)),
    "5-influence": put(
        host, "effective_influence", lambda rounds: {"judge": 0.4, "panel": 0.4, "audience": 0.2}
    ),
    "5-unscored-answer": put(blend, "_with_stand_ins", lambda judge, marks, panel: judge),
    "5-judge-void": WEIGHTS_KEPT,
    "5-judge-given-up": put(rules_host, "_give_up_waiting", nothing),
    "5-judge-asked-again": item(evolve._ROUND, ea.JudgeAskedAgain, lambda round_, event: round_),
    "5-quorum": other_marks(quorum=4),
    "5-quorum-met": other_marks(quorum=6),
    "5-no-scorecards": WEIGHTS_KEPT,
    "5-host-void": other_marks(void=frozenset()),
    "6-panel-points": tie_break_forgotten("panel points"),
    "6-rounds-won": tie_break_forgotten("rounds won"),
    "6-second-places": tie_break_forgotten("2nd places"),
    "6-judge-points": tie_break_forgotten("judge points"),
    "6-ballots": tie_break_forgotten("ballots"),
    "6-sudden-death": put(result, "with_sudden_death", lambda table, score: table),
    "6-shared-title": put(result, "with_sudden_death", coin),
    "6-shared-place": put(cues, "tied_leaders", lambda state: (W, X)),
    "7-appeal-upheld": put(blend, "_with_remedies", lambda judge, marks, panel: judge),
    "7-appeal-rejected": put(rules_panel, "ruling", upheld),
    "7-appeal-tie": put(rules_panel, "ruling", upheld),
    "7-nobody-votes": put(rules_panel, "ruling", upheld),
    "7-recused-vote": put(rules_panel, "ruling", recused_uncounted),
    "7-lifts-only": put(blend, "_with_remedies", lowered),
    "7-one-appeal": put(rules_panel, "may_appeal", lambda state, seat: True),
    "7-two-experts": item(evolve._ROUND, e.AppealBacked, filed_by_one),
    "7-in-line": item(evolve._ROUND, e.AppealBacked, first_backed),
    "7-offered-appeal": at(
        "finale.show.rules_amend.contradictions", lambda round_: {"A": True, "B": True}
    ),
    "7-correction": item(evolve._ROUND, ea.MarkCorrected, lambda round_, event: round_),
    "1-models-on-record": rule(cm.RecordBaseline, nothing, "crew"),
    "8-withdraw": put(
        ShowState, "active", lambda self: tuple(f.id for f in self.rundown.finalists)
    ),
    "8-withdraw-in-tuning": at("finale.show.rules_amend._BEFORE_LETTERS", ()),
    "8-replace-question": at("finale.show.rules_amend.enter", nothing),
    "8-hand-seat": rule(ca.HandSeat, nothing),
    "8-message": rule(cs.SendMessage, rules_message.send_message, "host", "finalist"),
    "8-expert-leaves": rule(ca.WithdrawPanellist, nothing),
    "8-forget-ballots": rule(c.ForgetBallots, nothing, "crew"),
    "8-reason": at("finale.show.rules_amend.check_reason", nothing),
    "8-roles": rule(c.HoldShow, rules_host.hold, "host", "finalist"),
}
"""By the name of the show."""
