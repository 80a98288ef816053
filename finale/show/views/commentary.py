"""What commentators may see: who plays and how it went so far; blind until the names are out."""

from dataclasses import dataclass

from finale.show.phases import Phase
from finale.show.phrase import Phrase
from finale.show.result import places_of, score_of
from finale.show.state import ShowState
from finale.show.views.bars import Bar, Row, bars, played_of, round_notes, table
from finale.show.views.common import (
    MARKED,
    Head,
    Tag,
    head,
    main_clock,
    tag_of,
)
from finale.show.views.stage import AppealView, Status, appeal_views, tile

_TUNED = (Phase.QUESTION, Phase.TUNING)


@dataclass(frozen=True, slots=True)
class PlayedRound:
    """What one finalist made of one round; `place` None without an answer, 0 in a void round."""

    label: str
    points: float
    place: int | None
    drafts: int


@dataclass(frozen=True, slots=True)
class Facts:
    """One finalist: who, how to say it, how far this round, every round before, and the standing.

    `status` and `drafts` are there while a round is tuned, `named` once this round's name is out.
    `next_gap` is to the place above, for the leader to the one below; `row` has that to the lead.
    """

    tag: Tag
    say: str
    status: Status | None
    drafts: int
    named: Bar | None
    played: tuple[PlayedRound, ...]
    row: Row | None
    next_gap: float | None


@dataclass(frozen=True, slots=True)
class CommentaryView(Head):
    """The commentators' screen; `reference` and `key_facts` once tuning is over."""

    judge: str
    question: str
    short: str
    reference: str
    key_facts: tuple[str, ...]
    finalists: tuple[Facts, ...]
    bars: tuple[Bar, ...]
    notes: tuple[Phrase, ...]
    appeals: tuple[AppealView, ...]


def commentary_view(state: ShowState) -> CommentaryView:
    """The commentators' screen now."""
    question = state.round.question if state.rounds else None
    may_know = question is not None and state.phase not in _TUNED
    is_marked = state.phase in MARKED
    return CommentaryView(
        **head(state, main_clock(state)),
        judge=state.rundown.judge,
        question=question.text if question else "",
        short=question.short if question else "",
        reference=question.reference if question and may_know else "",
        key_facts=question.key_facts if question and may_know else (),
        finalists=_finalists(state),
        bars=bars(state) if is_marked else (),
        notes=round_notes(state) if is_marked else (),
        appeals=appeal_views(state) if is_marked else (),
    )


def _finalists(state: ShowState) -> tuple[Facts, ...]:
    standings = table(state)
    shown = {row.tag.lectern: row for row in standings}
    gaps = next_gaps(standings)
    named = {bar.tag.lectern: bar for bar in _named(state) if bar.tag is not None}
    return tuple(
        Facts(
            tag_of(finalist),
            finalist.say,
            *_tuned(state, finalist.id),
            named.get(finalist.lectern),
            _played(state, finalist.id),
            shown.get(finalist.lectern),
            gaps.get(finalist.lectern),
        )
        for finalist in state.rundown.finalists
    )


def _named(state: ShowState) -> tuple[Bar, ...]:
    return bars(state) if state.phase is Phase.REVEAL else ()


def _tuned(state: ShowState, finalist: str) -> tuple[Status | None, int]:
    """How far a finalist is, as the stage's tiles tell it; nothing once letters are drawn."""
    if state.phase not in _TUNED or finalist not in state.round.finalists:
        return None, 0
    told = tile(state, finalist)
    return told.status, told.drafts


def _played(state: ShowState, finalist: str) -> tuple[PlayedRound, ...]:
    settings = state.rundown.settings
    found = []
    for number, round_ in enumerate(state.rounds[: played_of(state)], 1):
        if finalist not in round_.finalists:
            continue
        score = score_of(round_, settings).scores[finalist]
        letter = round_.letter_of(finalist)
        place = places_of(round_, settings)[letter] if letter else None
        label = "Sudden death" if round_.is_sudden_death else f"Round {number}"
        drafts = len(round_.drafts.get(finalist, ()))
        found.append(PlayedRound(label, score.total, place, drafts))
    return tuple(found)


def next_gaps(standings: tuple[Row, ...]) -> dict[str, float]:
    """By lectern, the points to the place above; for the first, those to the second."""
    ranked = [row for row in standings if not row.is_withdrawn]
    neighbours = zip(ranked, ranked[1:2] + ranked[:-1], strict=False)
    return {row.tag.lectern: round(abs(row.total - other.total), 1) for row, other in neighbours}
