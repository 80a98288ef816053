"""Three components into one score: weights, voids, and the parts kept for all to see.

What is said in words here (notes and reasons) names no answer and no finalist, so that it may be
shown while answers still go by letter.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from scoring.ballot import Tally
from scoring.scales import MIDDLE, Scale, audience_floor, points, rater_floor
from scoring.scorecard import Scorecard, counted, panel_marks
from scoring.verdict import Verdict

Component = Literal["judge", "panel", "audience"]

COMPONENTS: tuple[Component, ...] = ("judge", "panel", "audience")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each component counts; they sum to 1, or to 0 if `is_void` (nothing counts).

    Raises ValueError for a negative or non-finite weight or another sum.
    """

    judge: float = 0.4
    panel: float = 0.4
    audience: float = 0.2
    is_void: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        for component in COMPONENTS:
            weight = self.of(component)
            if not (math.isfinite(weight) and weight >= 0):
                raise ValueError(f"{component}: {weight} is not a weight")
        total, due = math.fsum(map(self.of, COMPONENTS)), 0.0 if self.is_void else 1.0
        if abs(total - due) > 1e-9:
            raise ValueError(f"the weights sum to {total:g}, not to {due:g}")

    def of(self, component: Component) -> float:
        """The weight of one component, 0–1."""
        return {"judge": self.judge, "panel": self.panel, "audience": self.audience}[component]

    def without(self, void: Collection[Component]) -> "Weights":
        """These weights with the void ones at 0, theirs shared among the others in proportion.

        All are 0 if nothing that has a weight is left.
        """
        kept = {c: 0.0 if c in void else self.of(c) for c in COMPONENTS}
        total = math.fsum(kept.values())
        if not total:
            return Weights(0.0, 0.0, 0.0, is_void=True)
        return Weights(kept["judge"] / total, kept["panel"] / total, kept["audience"] / total)


@dataclass(frozen=True, slots=True)
class Scales:
    """The scale of each component."""

    judge: Scale = "spread"
    panel: Scale = "spread"
    audience: Scale = "spread"


@dataclass(frozen=True, slots=True)
class RoundMarks:
    """All that was marked in one round, by answer (any string that stands for its finalist).

    `left_out` holds (panellist, answer) pairs of recused experts; `void` what the host voided;
    `upheld` the answers whose appeal was upheld; `quorum` the fewest ballots that count.
    Marks for a finalist who is not in `answered` are passed over: this is how an answer that is
    withdrawn in mid-round drops out. Raises ValueError for a finalist named twice and for an
    answer that is no finalist's, which is a mix-up of letters and ids.
    """

    finalists: tuple[str, ...]
    answered: frozenset[str]
    verdicts: Mapping[str, Verdict]
    scorecards: tuple[Scorecard, ...]
    tally: Tally | None
    left_out: frozenset[tuple[str, str]] = frozenset()
    void: frozenset[Component] = frozenset()
    upheld: frozenset[str] = frozenset()
    quorum: int = 5

    def __post_init__(self) -> None:
        if len(set(self.finalists)) < len(self.finalists):
            raise ValueError("a finalist is named twice")
        voted = self.tally.counts if self.tally else {}
        marked = {card.answer for card in self.scorecards}
        strangers = {*self.answered, *self.verdicts, *marked, *voted, *self.upheld}
        strangers -= {*self.finalists}
        if strangers:
            raise ValueError(f"not among the finalists: {', '.join(sorted(strangers))}")

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers there are, in the order of the finalists."""
        return tuple(finalist for finalist in self.finalists if finalist in self.answered)


@dataclass(frozen=True, slots=True)
class Part:
    """What one component gave one finalist; score = points · weight, nothing rounded.

    `mark` is out of 100, or None where there is none or it does not count; `note` says why.
    """

    mark: float | None
    points: float
    weight: float
    score: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """One finalist's score in one round, with its parts."""

    parts: Mapping[Component, Part]

    @property
    def total(self) -> float:
        """The sum of the parts, 0–100."""
        return math.fsum(part.score for part in self.parts.values())


@dataclass(frozen=True, slots=True)
class RoundScore:
    """Every finalist's score in one round, and what is to be said about how it came about.

    `weights` are those in effect; `void` gives the reason per void component; `reduced` says
    that the panel's marks are means of one or two cards; `unscored` are the answers without a
    verdict; `is_void` says that no answer or no component is left, so that nothing counts (all
    scores are 0); `floors` are the smallest spans of the components in effect, for who recomputes;
    `notes` what else is unusual.
    """

    scores: Mapping[str, Score]
    weights: Weights
    void: Mapping[Component, str]
    reduced: bool
    unscored: tuple[str, ...]
    is_void: bool
    floors: Mapping[Component, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hearing:
    """What one component says in a round: marks, points and notes by answer, or why it is void."""

    void: str = ""
    marks: Mapping[str, float] = field(default_factory=dict)
    points: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    floor: float = 0.0
    is_reduced: bool = False
    remark: str = ""


def score_round(marks: RoundMarks, weights: Weights, scales: Scales) -> RoundScore:
    """Score one round: marks to points per component, points times the weights in effect.

    - A finalist without an answer gets 0 everywhere and is nobody's highest or lowest.
    - Judge: void if more than half of the answers have no verdict. Otherwise such an answer takes
      its panel points; if the panel is void there are none to take, and the judge is void too.
      Its floor reads as many passes as the verdict with the fewest has. If two answers were
      given and the judge marked one, that one gets the middle, 70, on `spread` and `rank`:
      unlike a lone answer it has a rival, only nothing to be compared with.
    - Panel: void if an answer has no counted scorecard at all, since neither 0 nor a guess may
      stand for it. Its floor reads the panellists whose cards for every answer count.
    - Audience: void without a tally, without a ballot, or below the quorum.
    - An upheld appeal lifts that answer's judge points to its panel points if those are higher;
      while the panel is void there is nothing to lift them to.

    A better mark can lower the total of the one who got it: a rater's mark that widens the floor
    (`scales.rater_floor`), or marks, cards and ballots that come in where there were none, as
    they may end a void or a stand-in or change the estimator for all answers.
    """
    panel = _panel(marks, scales.panel)
    heard: dict[Component, _Hearing] = {
        "judge": _judge(marks, scales.judge, panel),
        "panel": panel,
        "audience": _audience(marks, scales.audience),
    }
    void = {component: hearing.void for component, hearing in heard.items() if hearing.void}
    effective = weights.without(void)
    return RoundScore(
        scores={finalist: _score(finalist, heard, effective) for finalist in marks.finalists},
        weights=effective,
        void=void,
        reduced=panel.is_reduced,
        unscored=tuple(answer for answer in marks.answers if answer not in marks.verdicts),
        is_void=effective.is_void,
        floors={c: hearing.floor for c, hearing in heard.items() if not hearing.void},
        notes=tuple(hearing.remark for hearing in heard.values() if hearing.remark),
    )


def _score(finalist: str, heard: Mapping[Component, _Hearing], weights: Weights) -> Score:
    return Score({c: _part(finalist, heard[c], weights.of(c)) for c in COMPONENTS})


def _part(finalist: str, hearing: _Hearing, weight: float) -> Part:
    if finalist not in hearing.points:
        return Part(None, 0.0, weight, 0.0, hearing.void or "no answer")
    given, note = hearing.points[finalist], hearing.notes.get(finalist, "")
    return Part(hearing.marks.get(finalist), given, weight, given * weight, note)


def _void_at_once(marks: RoundMarks, component: Component) -> str:
    if not marks.answers:
        return "no answers"
    return "void by the host" if component in marks.void else ""


def _panel(marks: RoundMarks, scale: Scale) -> _Hearing:
    if reason := _void_at_once(marks, "panel"):
        return _Hearing(reason)
    cards = counted(marks.scorecards, marks.answers, marks.left_out)
    missing = sum(not of for of in cards.values())
    if missing == len(cards):
        return _Hearing("no scorecards")
    if missing:
        return _Hearing(f"no scorecard for {missing} of {len(cards)} answers")
    everywhere = set.intersection(*(set(of) for of in cards.values()))
    floor = rater_floor([[of[rater] for rater in sorted(everywhere)] for of in cards.values()])
    panel = panel_marks(marks.scorecards, marks.answers, marks.left_out)
    by_answer = {answer: given.mark for answer, given in panel.items()}
    is_reduced = any(given.is_reduced for given in panel.values())
    given = points(by_answer, scale, floor)
    return _Hearing(marks=by_answer, points=given, floor=floor, is_reduced=is_reduced)


def _judge(marks: RoundMarks, scale: Scale, panel: _Hearing) -> _Hearing:
    if reason := _void_at_once(marks, "judge"):
        return _Hearing(reason)
    verdicts = {a: marks.verdicts[a] for a in marks.answers if a in marks.verdicts}
    missing = len(marks.answers) - len(verdicts)
    gap = f"no verdict for {missing} of {len(marks.answers)} answers"
    if 2 * missing > len(marks.answers):
        return _Hearing(gap)
    if missing and panel.void:
        return _Hearing(f"{gap}, and no panel points to stand in")
    floor, remark = _judge_floor([verdict.pass_marks for verdict in verdicts.values()])
    by_answer = {answer: verdict.mark for answer, verdict in verdicts.items()}
    given = points(by_answer, scale, floor)
    if missing and len(by_answer) == 1 and scale != "raw":
        given = dict.fromkeys(by_answer, MIDDLE)
    hearing = _Hearing(marks=by_answer, points=given, floor=floor, remark=remark)
    return _with_remedies(_with_stand_ins(hearing, marks, panel), marks, panel)


def _judge_floor(passes: Sequence[Sequence[float]]) -> tuple[float, str]:
    fewest, most = min(map(len, passes)), max(map(len, passes))
    remark = f"judge floor from {fewest} of {most} passes" if fewest < most else ""
    return rater_floor([of[:fewest] for of in passes]), remark


def _with_stand_ins(judge: _Hearing, marks: RoundMarks, panel: _Hearing) -> _Hearing:
    unscored = [answer for answer in marks.answers if answer not in judge.marks]
    return replace(
        judge,
        points={**judge.points, **{answer: panel.points[answer] for answer in unscored}},
        notes=dict.fromkeys(unscored, "unscored: panel points stand in"),
    )


def _with_remedies(judge: _Hearing, marks: RoundMarks, panel: _Hearing) -> _Hearing:
    lifted, notes = dict(judge.points), dict(judge.notes)
    for answer in marks.upheld & marks.answered:
        before = judge.points[answer]
        lifted[answer] = max(before, panel.points.get(answer, before))
        remedy = f"appeal upheld: {before:.1f} → {lifted[answer]:.1f}"
        notes[answer] = "; ".join(filter(None, (judge.notes.get(answer), remedy)))
    return replace(judge, points=lifted, notes=notes)


def _audience(marks: RoundMarks, scale: Scale) -> _Hearing:
    if reason := _void_at_once(marks, "audience"):
        return _Hearing(reason)
    total = marks.tally.total if marks.tally else 0
    if marks.tally is None or total == 0:
        return _Hearing("no ballots")
    if total < marks.quorum:
        ballots = "1 ballot" if total == 1 else f"{total} ballots"
        return _Hearing(f"{ballots}, quorum {marks.quorum}")
    shares = {answer: marks.tally.share(answer) for answer in marks.answers}
    floor = audience_floor(total)
    return _Hearing(marks=shares, points=points(shares, scale, floor), floor=floor)
