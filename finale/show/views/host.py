"""What the host may see: everything that moves the show; marks only after both gates closed."""

from dataclasses import dataclass, field
from typing import Literal

from finale.show.cues import Cue, blind_cue, can_break, next_cue
from finale.show.phases import Phase
from finale.show.progress import cards_done, has_both_gates_closed
from finale.show.result import score_of
from finale.show.rules_finalist import at_buzzer
from finale.show.rules_host import can_nudge
from finale.show.rules_judge import why_not_again
from finale.show.state import ShowState
from finale.show.views.amends import Amends, amends
from finale.show.views.bars import Row, rows
from finale.show.views.common import (
    ClockView,
    Hall,
    Head,
    Tag,
    clock_view,
    head,
    main_clock,
    tag_of,
)
from finale.show.views.faults import Fault, faults
from finale.show.views.messages import Sent, names, sent
from finale.show.views.seats import Seat, finalist_seat, panel_seat
from finale.show.views.stage import AppealView, appeal_views
from scoring.blend import COMPONENTS, Component, Part
from scoring.standings import effective_influence
from scoring.verdict import Verdict


@dataclass(frozen=True, slots=True)
class CueRow:
    """One line of the rundown of this round."""

    label: str
    status: Literal["past", "now", "later"]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One answer on the scoring desk, with its owner, once both gates are closed."""

    letter: str
    tag: Tag
    parts: dict[Component, Part]
    total: float
    spread: int
    reason: str
    check: bool | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HostView(Head):
    """The host's desk; `blind_cue` is the next step as others than the host may know it."""

    is_black: bool
    clocks: dict[str, ClockView]
    can_nudge: bool
    cue: Cue | None
    blind_cue: Cue | None
    can_break: bool
    rundown: tuple[CueRow, ...]
    finalists: tuple[Seat, ...]
    panel: tuple[Seat, ...]
    experts: int
    at_zero: tuple[tuple[Tag, str], ...]
    phones: int
    ballots: int
    is_vote_open: bool
    is_marking_open: bool
    judge: str
    judge_done: int
    judge_failed: int
    judge_again: tuple[str, ...]
    judge_flagged: tuple[str, ...]
    answers: int
    cards_done: int
    weights: dict[Component, float]
    question: str
    reference: str
    notes: str
    faults: tuple[Fault, ...]
    amends: Amends
    addressees: dict[str, str]
    messages: tuple[Sent, ...]
    scores: tuple[ScoreRow, ...] = ()
    void: dict[Component, str] = field(default_factory=dict)
    is_panel_reduced: bool = False
    influence: dict[Component, float] = field(default_factory=dict)
    appeals: tuple[AppealView, ...] = ()
    standings: tuple[Row, ...] = ()


def host_view(state: ShowState, hall: Hall) -> HostView:
    """The host's desk now."""
    round_ = state.round if state.rounds else None
    finalists = tuple(finalist_seat(state, hall, f.id) for f in state.rundown.finalists)
    clocks = {name: clock_view(state, name) for name in state.deadlines}
    marked = round_ if round_ and has_both_gates_closed(state) else None
    score = score_of(marked, state.rundown.settings) if marked else None
    return HostView(
        **head(state, main_clock(state)),
        is_black=state.is_black,
        clocks={name: clock for name, clock in clocks.items() if clock is not None},
        can_nudge=can_nudge(state),
        cue=next_cue(state),
        blind_cue=blind_cue(state),
        can_break=can_break(state),
        rundown=_rundown(state),
        finalists=finalists,
        panel=tuple(panel_seat(state, hall, p.id, p.name) for p in state.rundown.panel),
        experts=len(state.experts()),
        at_zero=_at_zero(state),
        phones=hall.phones,
        ballots=hall.ballots,
        is_vote_open=bool(round_ and round_.is_open("vote")),
        is_marking_open=bool(round_ and round_.is_open("marks")),
        judge=state.rundown.judge,
        judge_done=len(round_.opinions) if round_ else 0,
        judge_failed=len(round_.missed) if round_ else 0,
        judge_again=_judge_again(state),
        judge_flagged=_judge_flagged(state),
        answers=len(round_.letters) if round_ else 0,
        cards_done=sum(cards_done(round_, p) for p in state.experts()) if round_ else 0,
        weights={c: getattr(state.rundown.settings.weights, c) for c in COMPONENTS},
        question=round_.question.text if round_ else "",
        reference=round_.question.reference if round_ else "",
        notes=round_.question.notes if round_ else state.question_of(0).notes,
        faults=faults(state, hall),
        amends=amends(state),
        addressees=names(state),
        messages=sent(state),
        scores=_scores(state),
        void=dict(score.void) if score else {},
        is_panel_reduced=score is not None and score.reduced,
        influence=_influence(state),
        appeals=appeal_views(state) if round_ else (),
        standings=rows(state) if state.rounds else (),
    )


_ROUND_PHASES = (
    (Phase.QUESTION, "Question"),
    (Phase.TUNING, "Tuning"),
    (Phase.LOCKED, "Lock and shuffle"),
    (Phase.READING, "Read the answers"),
    (Phase.MARKING, "Vote and marks"),
    (Phase.JUDGE_REVEAL, "Judge’s marks"),
    (Phase.APPEAL, "Appeals"),
    (Phase.REVEAL, "Reveal"),
    (Phase.STANDINGS, "Standings"),
)


def _rundown(state: ShowState) -> tuple[CueRow, ...]:
    order = [phase for phase, _ in _ROUND_PHASES]
    here = order.index(state.phase) if state.phase in order else -1
    if state.phase in (Phase.BREAK, Phase.CHAMPION, Phase.SUDDEN_DEATH):
        here = len(order)
    seconds = state.rundown.settings.seconds
    return tuple(
        CueRow(
            f"{label}, {getattr(seconds, phase)} s" if phase in ("question", "tuning") else label,
            "past" if index < here else "now" if index == here else "later",
        )
        for index, (phase, label) in enumerate(_ROUND_PHASES)
    )


def _at_zero(state: ShowState) -> tuple[tuple[Tag, str], ...]:
    if state.phase is not Phase.TUNING:
        return ()
    return tuple(
        (tag_of(state.rundown.finalist(seat)), _kept(state, seat)) for seat in state.round.finalists
    )


def _kept(state: ShowState, seat: str) -> str:
    kept = at_buzzer(state.round, seat)
    if kept.how == "none":
        return "Running draft" if state.round.running(seat) else "No answer"
    names = {"submitted": "Submitted", "pinned": "Pinned draft"}
    return f"{names.get(kept.how, 'Draft')} {kept.draft}"


def _scores(state: ShowState) -> tuple[ScoreRow, ...]:
    if not has_both_gates_closed(state):
        return ()
    score = score_of(state.round, state.rundown.settings)
    return tuple(
        _score_row(state, letter, owner, dict(score.scores[owner].parts))
        for letter, owner in sorted(state.round.letters.items())
    )


def _score_row(state: ShowState, letter: str, owner: str, parts: dict[Component, Part]) -> ScoreRow:
    opinion = state.round.opinions.get(letter)
    check = state.round.question.check
    return ScoreRow(
        letter,
        tag_of(state.rundown.finalist(owner)),
        parts,
        sum(part.score for part in parts.values()),
        max(Verdict(opinion.passes).spread.values()) if opinion else 0,
        opinion.reason if opinion else state.round.missed.get(letter, ""),
        check.passes(state.round.answer(letter).text) if check else None,
        opinion.flags if opinion else (),
    )


def _judge_again(state: ShowState) -> tuple[str, ...]:
    """The answers without a verdict for which the judge can be asked again."""
    failed = sorted(state.round.missed) if state.rounds else []
    return tuple(letter for letter in failed if not why_not_again(state, letter))


def _judge_flagged(state: ShowState) -> tuple[str, ...]:
    """The answers whose mark is flagged, and not shown yet, so that it can be asked for again.

    That there is a flag is no mark; what it says may tell one, and waits for the marks.
    """
    opinions = sorted(state.round.opinions.items()) if state.rounds else []
    return tuple(letter for letter, of in opinions if of.flags and not why_not_again(state, letter))


def _influence(state: ShowState) -> dict[Component, float]:
    done = [r for r in state.rounds[:-1] if not r.is_sudden_death]
    if state.rounds and state.phase in (
        Phase.STANDINGS,
        Phase.BREAK,
        Phase.SUDDEN_DEATH,
        Phase.CHAMPION,
    ):
        done = [r for r in state.rounds if not r.is_sudden_death]
    if not done:
        return {}
    found = effective_influence([score_of(r, state.rundown.settings) for r in done])
    return {component: found[component] for component in COMPONENTS}
