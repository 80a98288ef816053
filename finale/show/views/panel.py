"""What one expert may see: blind answers, the own cards, the own votes."""

from collections.abc import Mapping
from dataclasses import dataclass

from finale.show.phases import Phase
from finale.show.progress import cards_done
from finale.show.state import ShowState
from finale.show.views.common import (
    Answer,
    ClockView,
    Head,
    clock_view,
    head,
    timed_answers,
)
from finale.show.views.masking import masked
from finale.show.views.messages import Note, note_for
from finale.show.views.stage import AppealView, appeal_views
from scoring.rubric import PANEL_RUBRIC
from scoring.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Card:
    """One blind answer and the expert's own marks for it; `check` is a trap's deterministic one."""

    answer: Answer
    marks: Mapping[str, float]
    is_complete: bool
    check: bool | None = None


@dataclass(frozen=True, slots=True)
class CalibrationCard:
    """The practice answer; `shown` and `reason` are empty until every criterion is marked."""

    question: str
    answer: str
    marks: Mapping[str, float]
    shown: Mapping[str, float]
    reason: str

    @property
    def is_complete(self) -> bool:
        """Whether the expert has marked it and sees what it should get."""
        return bool(self.shown)


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """The judge's marks as an appellant sees them; `ruled` once the experts have decided."""

    letter: str
    marks: Mapping[str, float]
    mark: float
    reason: str
    can_appeal: bool
    is_backed_by_you: bool = False
    ruled: AppealView | None = None
    is_offered: bool = False


@dataclass(frozen=True, slots=True)
class AppealVote:
    """The open vote; nobody's votes are in it. `check` as on the card."""

    letter: str
    ground: str
    answer: str
    judged: JudgedAnswer
    your_vote: bool | None
    check: bool | None = None

    @property
    def is_given(self) -> bool:
        """Whether this expert has voted."""
        return self.your_vote is not None


@dataclass(frozen=True, slots=True)
class PanelView(Head):
    """One expert's tablet; `is_alone` when too few are left to back an appeal."""

    name: str
    seat: str
    question: str
    reference: str
    key_facts: tuple[str, ...]
    cards: tuple[Card, ...]
    is_open: bool
    is_locked: bool
    done: int
    notice: str
    judged: tuple[JudgedAnswer, ...] = ()
    vote: AppealVote | None = None
    judge: str = ""
    offered: tuple[str, ...] = ()
    calibration: CalibrationCard | None = None
    message: Note | None = None
    is_alone: bool = False


def panel_view(state: ShowState, seat: str) -> PanelView:
    """The tablet of the expert on `seat`; StopIteration if there is no such seat."""
    panellist = next(p for p in state.rundown.panel if p.id == seat)
    round_ = state.round if state.rounds else None
    has_answers = round_ is not None and state.phase not in (Phase.QUESTION, Phase.TUNING)
    is_open = _is_open(state, seat)
    is_appeal = state.phase is Phase.APPEAL and seat not in state.withdrawn_panel
    return PanelView(
        **head(state, _clock(state)),
        name=panellist.name,
        seat=seat,
        question=round_.question.text if round_ else "",
        reference=round_.question.reference if round_ and has_answers else "",
        key_facts=tuple(round_.question.key_facts) if round_ and has_answers else (),
        cards=_cards(state, seat) if has_answers and state.phase is not Phase.LOCKED else (),
        is_open=is_open,
        is_locked=bool(round_ and seat in round_.locked),
        done=cards_done(round_, seat) if round_ else 0,
        notice=_notice(state, seat, is_open),
        judged=_judged(state, seat) if is_appeal else (),
        vote=_vote(state, seat) if is_appeal else None,
        judge=state.rundown.judge,
        offered=offered(state) if is_appeal else (),
        calibration=_calibration(state, seat),
        message=note_for(state, seat),
        is_alone=len(state.experts()) < 2,
    )


def _calibration(state: ShowState, seat: str) -> CalibrationCard | None:
    plan = state.rundown.calibration
    if plan is None or state.phase is not Phase.LOBBY or seat in state.withdrawn_panel:
        return None
    marks = state.practice.get(seat, {})
    is_complete = PANEL_RUBRIC.is_complete(marks)
    return CalibrationCard(
        plan.question,
        plan.answer,
        dict(sorted(marks.items())),
        dict(sorted(plan.marks.items())) if is_complete else {},
        plan.reason if is_complete else "",
    )


def offered(state: ShowState) -> tuple[str, ...]:
    """The answers that the host offers an appeal for and nobody has appealed for yet."""
    filed = {appeal.letter for appeal in state.round.appeals if appeal.is_filed}
    return tuple(sorted(state.round.offered - filed)) if "phase" in state.deadlines else ()


def _clock(state: ShowState) -> ClockView | None:
    return (
        clock_view(state, "marks") if state.phase is Phase.MARKING else clock_view(state, "phase")
    )


def _is_open(state: ShowState, seat: str) -> bool:
    if state.phase not in (Phase.READING, Phase.MARKING) or seat in state.withdrawn_panel:
        return False
    return not state.round.is_closed("marks") and seat not in state.round.locked


def _cards(state: ShowState, seat: str) -> tuple[Card, ...]:
    marks = {letter: state.round.cards.get((seat, letter), {}) for letter in state.round.letters}
    return tuple(
        Card(
            answer,
            dict(sorted(marks[answer.letter].items())),
            PANEL_RUBRIC.is_complete(marks[answer.letter]),
            _check(state, answer.letter),
        )
        for answer in timed_answers(state)
    )


def _check(state: ShowState, letter: str) -> bool | None:
    """What a checkable question's own check says; of the unmasked answer, as for the host."""
    check = state.round.question.check
    return check.passes(state.round.answer(letter).text) if check else None


def _notice(state: ShowState, seat: str, is_open: bool) -> str:
    if seat in state.withdrawn_panel:
        return "You have been withdrawn from the panel. What you have marked in full stays."
    if state.is_held:
        return "The host has stopped the show. Your marks are kept."
    if is_open:
        return ""
    if state.phase in (Phase.READING, Phase.MARKING):
        return "Your cards are locked." if seat in state.round.locked else "The marks are closed."
    return {
        Phase.LOBBY: "You are in. The first question comes when the host opens the show.",
        Phase.QUESTION: "The question is on stage. The answers come to this tablet after tuning.",
        Phase.TUNING: "The finalists are tuning. The answers come here when the clock ends.",
        Phase.LOCKED: "The answers are being shuffled.",
        Phase.JUDGE_REVEAL: "The AI judge’s marks are on stage.",
        Phase.APPEAL: "",
        Phase.REVEAL: "The scores are on stage.",
        Phase.STANDINGS: f"The standings are on stage. {_what_is_left(state)}",
        Phase.BREAK: "There is a break. Stay near your tablet.",
        Phase.SUDDEN_DEATH: "Sudden death: the tied finalists play one more question.",
        Phase.CHAMPION: "The show is over. Thank you for your marks.",
    }[state.phase]


def _what_is_left(state: ShowState) -> str:
    is_last = len(state.rounds) >= len(state.rundown.rounds)
    return "Every question is played." if is_last else "The next question comes soon."


def judged_answer(state: ShowState, letter: str, by: str) -> JudgedAnswer | None:
    """The judge's marks of one answer, None if there are none."""
    opinion = state.round.opinions.get(letter)
    if opinion is None:
        return None
    verdict = Verdict(opinion.passes)
    appeal = next((a for a in state.round.appeals if a.letter == letter), None)
    is_yours = appeal is not None and by in appeal.backers
    is_free = appeal is None or not (appeal.is_filed or is_yours)
    may_back = by.startswith("finalist") or (by in state.experts() and len(state.experts()) >= 2)
    can_appeal = is_free and may_back and "phase" in state.deadlines
    ruled = next((a for a in appeal_views(state) if a.letter == letter and a.ruling), None)
    return JudgedAnswer(
        letter,
        dict(verdict.marks),
        verdict.mark,
        masked(opinion.reason, state.rundown),
        can_appeal,
        is_yours,
        ruled,
        letter in offered(state),
    )


def _judged(state: ShowState, seat: str) -> tuple[JudgedAnswer, ...]:
    found = [judged_answer(state, letter, seat) for letter in sorted(state.round.letters)]
    return tuple(judged for judged in found if judged is not None)


def _vote(state: ShowState, seat: str) -> AppealVote | None:
    appeal = state.open_appeal()
    judged = judged_answer(state, appeal.letter, seat) if appeal else None
    if appeal is None or judged is None:
        return None
    text = masked(state.round.answer(appeal.letter).text, state.rundown)
    return AppealVote(
        *(appeal.letter, appeal.ground, text, judged),
        *(appeal.votes.get(seat), _check(state, appeal.letter)),
    )
