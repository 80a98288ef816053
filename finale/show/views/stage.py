"""What the projector may see."""

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from finale.show.phases import Phase
from finale.show.phrase import NOTHING, Phrase, phrase, phrase_many
from finale.show.result import score_of, tied_leaders
from finale.show.state import RoundState, ShowState
from finale.show.views.bars import Bar, Row, bars, round_notes, rows, shown_components, table_notes
from finale.show.views.common import (
    Answer,
    Hall,
    Head,
    Tag,
    answers,
    champions,
    head,
    main_clock,
    playing,
    scale_note,
    tag_of,
)
from scoring.blend import Component

NO_JUDGE: Final = phrase("The AI judge does not count in this round.")

Status = Literal["waiting", "tuning", "generating", "submitted", "locked"]


@dataclass(frozen=True, slots=True)
class Tile:
    """One lectern in tuning; never failures, credits or latency."""

    tag: Tag
    status: Status
    drafts: int


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal without those who brought it.

    `before` and `after` are what the judge adds to the answer's score, `most` what it can add;
    `after` is None until the ruling, all are where the judge does not count.
    """

    letter: str
    ground: str
    votes: int
    voters: int
    ruling: Literal["", "upheld", "rejected"] = ""
    before: float | None = None
    after: float | None = None
    upheld: int = 0
    most: float = 0.0

    @property
    def turnout(self) -> Phrase:
        """ "2 of 5 experts have voted"."""
        return phrase_many(
            "{n} of {voters} experts has voted",
            "{n} of {voters} experts have voted",
            self.votes,
            voters=self.voters,
        )


@dataclass(frozen=True, slots=True)
class StageView(Head):
    """One frame of the stage; what a scene does not show is empty."""

    judge: str
    is_black: bool
    finalists: tuple[Tag, ...]
    seated: tuple[bool, ...] = ()
    phones: int = 0
    ballots: int = 0
    rules_hash: str = ""
    question: str = ""
    short: str = ""
    domain: str = ""
    tiles: tuple[Tile, ...] = ()
    answers: tuple[Answer, ...] = ()
    spotlight: int = 0
    is_vote_open: bool = False
    is_marking_open: bool = False
    shown: tuple[Component, ...] = ()
    weights: dict[Component, float] = field(default_factory=dict)
    bars: tuple[Bar, ...] = ()
    absent: tuple[Tag, ...] = ()
    step: int = 0
    notes: tuple[Phrase, ...] = ()
    appeals: tuple[AppealView, ...] = ()
    offered: tuple[str, ...] = ()
    standings: tuple[Row, ...] = ()
    champions: tuple[Tag, ...] = ()
    is_round_void: bool = False
    scale_note: Phrase = NOTHING


def stage_view(state: ShowState, hall: Hall) -> StageView:
    """The stage's frame now."""
    scene = state.phase
    base = head(state, main_clock(state)) | {
        "judge": state.rundown.judge,
        "is_black": state.is_black,
        "finalists": playing(state),
        "scale_note": scale_note(state.rundown),
    }
    return StageView(**base, **_SCENES[scene](state, hall))  # type: ignore[arg-type]


def _lobby(state: ShowState, hall: Hall) -> dict[str, object]:
    seats = hall.seats | state.robots
    return {
        "phones": hall.phones,
        "seated": tuple(seat in seats for seat in state.active()),
        "rules_hash": state.rundown.rules_hash()[:8],
    }


def _question(state: ShowState, hall: Hall) -> dict[str, object]:
    question = state.round.question
    tiles = tuple(tile(state, finalist) for finalist in state.round.finalists)
    return {
        "question": question.text,
        "short": question.short,
        "domain": question.domain,
        "tiles": tiles,
        "standings": rows(state) if len(state.rounds) > 1 else (),
    }


def tile(state: ShowState, finalist: str) -> Tile:
    """What may be told of a finalist of the round while it is tuned."""
    tag = tag_of(state.rundown.finalist(finalist))
    if state.round.at_buzzer is not None:
        # Whoever plays on by a credit must not be told from the others.
        return Tile(tag, "locked", state.round.at_buzzer.get(finalist, 0))
    drafts = len(state.round.drafts.get(finalist, ()))
    return Tile(tag, _status(state.phase, state.round, finalist), drafts)


def _status(phase: Phase, round_: RoundState, finalist: str) -> Status:
    if finalist in round_.submissions:
        return "submitted"
    if phase is Phase.QUESTION:
        return "waiting"
    return "generating" if round_.running(finalist) else "tuning"


def _locked(state: ShowState, hall: Hall) -> dict[str, object]:
    return {
        "short": state.round.question.short,
        "answers": tuple(Answer(letter, "", 0) for letter in sorted(state.round.letters)),
        "is_round_void": not state.round.letters,
    }


def _reading(state: ShowState, hall: Hall) -> dict[str, object]:
    short = state.round.question.short
    return {"short": short, "answers": answers(state), "spotlight": state.step}


def _marking(state: ShowState, hall: Hall) -> dict[str, object]:
    return {
        "short": state.round.question.short,
        "answers": tuple(Answer(letter, "", 0) for letter in sorted(state.round.letters)),
        "is_vote_open": state.round.is_open("vote"),
        "is_marking_open": state.round.is_open("marks"),
        "ballots": hall.ballots,
        "phones": hall.phones,
    }


def _reveal(state: ShowState, hall: Hall) -> dict[str, object]:
    score = score_of(state.round, state.rundown.settings)
    shown = bars(state)
    is_named = bool(shown) and all(bar.tag for bar in shown)
    answered = set(state.round.letters.values())
    absent = [f for f in state.round.finalists if f not in answered] if is_named else []
    return {
        "short": state.round.question.short,
        "shown": shown_components(state),
        "weights": dict(zip(*_weights(score.weights), strict=True)),
        "bars": shown,
        "absent": tuple(tag_of(state.rundown.finalist(f)) for f in absent),
        "step": state.step,
        "notes": round_notes(state),
        "appeals": appeal_views(state),
        "offered": tuple(sorted(state.round.offered)) if state.phase is Phase.APPEAL else (),
    }


def _weights(weights: object) -> tuple[tuple[Component, ...], tuple[float, ...]]:
    names: tuple[Component, ...] = ("judge", "panel", "audience")
    return names, tuple(getattr(weights, name) for name in names)


def appeal_views(state: ShowState) -> tuple[AppealView, ...]:
    """The filed appeals of the round, in the order of filing, with points before and after."""
    return tuple(
        _appeal_view(state, index)
        for index, appeal in enumerate(state.round.appeals)
        if appeal.is_filed
    )


def _appeal_view(state: ShowState, index: int) -> AppealView:
    appeal = state.round.appeals[index]
    voters = len(set(state.experts()) | set(appeal.votes))
    before, after, most = _judge_scores(state, appeal.letter)
    if appeal.is_upheld is None:
        about = (appeal.letter, appeal.ground, len(appeal.votes), voters)
        return AppealView(*about, before=before, most=most)
    upheld = sum(appeal.votes.values())
    ruling: Literal["upheld", "rejected"] = "upheld" if appeal.is_upheld else "rejected"
    return AppealView(
        *(appeal.letter, appeal.ground, len(appeal.votes), voters, ruling),
        *(before, after, upheld, most),
    )


def _judge_scores(state: ShowState, letter: str) -> tuple[float | None, float | None, float]:
    """Without any appeal, as it stands, and the most there is; a void judge gives nothing."""
    owner = state.round.letters[letter]
    settings = state.rundown.settings
    bare = score_of(replace(state.round, appeals=()), settings)
    ruled = score_of(state.round, settings)
    if "judge" in ruled.void:
        return None, None, 0.0
    before, after = (score.scores[owner].parts["judge"].score for score in (bare, ruled))
    return before, after, 100 * ruled.weights.judge


def _table(state: ShowState, hall: Hall) -> dict[str, object]:
    last = state.rounds[-1]
    return {
        "standings": rows(state),
        "notes": table_notes(state),
        "is_round_void": not last.letters,
    }


def _sudden_death(state: ShowState, hall: Hall) -> dict[str, object]:
    tied = tied_leaders(state)
    return {"champions": tuple(tag_of(state.rundown.finalist(f)) for f in tied)}


def _champion(state: ShowState, hall: Hall) -> dict[str, object]:
    return {"champions": champions(state), "standings": rows(state)}


_SCENES = {
    Phase.LOBBY: _lobby,
    Phase.QUESTION: _question,
    Phase.TUNING: _question,
    Phase.LOCKED: _locked,
    Phase.READING: _reading,
    Phase.MARKING: _marking,
    Phase.JUDGE_REVEAL: _reveal,
    Phase.APPEAL: _reveal,
    Phase.REVEAL: _reveal,
    Phase.STANDINGS: _table,
    Phase.BREAK: _table,
    Phase.SUDDEN_DEATH: _sudden_death,
    Phase.CHAMPION: _champion,
}
