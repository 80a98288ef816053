"""What every phone may see: the same for all of them, so that it is serialised once."""

from dataclasses import dataclass

from finale.show.phases import Phase
from finale.show.phrase import Phrase, Value, phrase, whole
from finale.show.result import score_of
from finale.show.state import ShowState
from finale.show.views.bars import Bar, Row, bars, played_of, round_notes, rows, shown_components
from finale.show.views.common import (
    MARKED,
    Answer,
    Head,
    Tag,
    answers,
    champions,
    clock_view,
    head,
    playing,
)
from finale.show.views.messages import Note, note_for_phones
from finale.show.views.stage import AppealView, appeal_views
from scoring.blend import Component

_SHOW_ANSWERS = (Phase.READING, Phase.MARKING, Phase.JUDGE_REVEAL, Phase.APPEAL, Phase.REVEAL)
_AFTER_LETTERS = (Phase.LOCKED, Phase.STANDINGS, Phase.BREAK)


@dataclass(frozen=True, slots=True)
class PhoneView(Head):
    """One state of all phones. Times are left out: phones need none.

    `most` is the highest sum that can still be reached: 100 for every round that counts.
    `is_round_void` says, from the buzzer to the break, that nobody had an answer.
    """

    finalists: tuple[Tag, ...]
    question: str
    answers: tuple[Answer, ...]
    is_vote_open: bool
    is_vote_closed: bool
    shown: tuple[Component, ...]
    bars: tuple[Bar, ...]
    notes: tuple[Phrase, ...]
    standings: tuple[Row, ...]
    most: int
    champions: tuple[Tag, ...]
    judge: str
    is_round_void: bool
    message: Note | None


def phone_view(state: ShowState) -> PhoneView:
    """The state of all phones now."""
    round_ = state.round if state.rounds else None
    phase = state.phase
    has_table = phase in (Phase.STANDINGS, Phase.BREAK, Phase.SUDDEN_DEATH, Phase.CHAMPION)
    return PhoneView(
        **head(state, clock_view(state, "vote") or clock_view(state, "phase")),
        finalists=playing(state),
        question=round_.question.text if round_ else "",
        answers=answers(state) if phase in _SHOW_ANSWERS else (),
        is_vote_open=bool(round_ and round_.is_open("vote")),
        is_vote_closed=bool(round_ and round_.is_closed("vote")),
        shown=shown_components(state) if phase in MARKED else (),
        bars=bars(state) if phase in MARKED else (),
        notes=(*round_notes(state), *_rulings(state)) if phase in MARKED else (),
        standings=rows(state) if has_table else (),
        most=100 * (len(state.rundown.rounds) - _void_rounds(state)),
        champions=champions(state),
        judge=state.rundown.judge,
        is_round_void=bool(round_ and phase in _AFTER_LETTERS and not round_.letters),
        message=note_for_phones(state),
    )


def _void_rounds(state: ShowState) -> int:
    settings = state.rundown.settings
    played = [r for r in state.rounds[: played_of(state)] if not r.is_sudden_death]
    return sum(score_of(round_, settings).is_void for round_ in played)


def _rulings(state: ShowState) -> tuple[Phrase, ...]:
    """What becomes of the appeals."""
    return tuple(_ruling(appeal) for appeal in appeal_views(state))


def _ruling(appeal: AppealView) -> Phrase:
    letter = appeal.letter
    if not appeal.ruling:
        return phrase("The experts vote on the appeal on answer {letter}.", letter=letter)
    if appeal.before is None or appeal.after is None:
        is_upheld = appeal.ruling == "upheld"
        upheld, rejected = phrase("Appeal upheld"), phrase("Appeal rejected")
        ruling = upheld if is_upheld else rejected
        return phrase("Answer {letter}: {ruling}.", letter=letter, ruling=ruling)
    values: dict[str, Value] = {
        "letter": letter,
        "before": appeal.before,
        "after": appeal.after,
        "most": whole(appeal.most),
    }
    if appeal.ruling == "upheld":
        return phrase(
            "Appeal on {letter}: upheld. Judge’s points {before} → {after} of {most}.", **values
        )
    return phrase(
        "Appeal on {letter}: rejected. Judge’s points {before} → {after} of {most}.", **values
    )
