"""The projector's page: one picture a scene, on a canvas of 1920×1080 scaled to the screen."""

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

from nicegui import ui

from finale.pages import stage_answers, stage_before, stage_end, stage_scores
from finale.pages.backstage import Backstage
from finale.pages.language import speaking, tr, tr_list, tr_many, tr_phrase
from finale.pages.live import Drawn, Live, Region, Scenes
from finale.pages.parts import box
from finale.pages.sounds import build_sounds
from finale.pages.stage_common import (
    Head,
    Join,
    Stage,
    capital,
    current_round,
    draw_head,
    in_words,
)
from finale.pages.theme import frame
from finale.show.phases import Phase
from finale.show.phrase import Language
from finale.show.views.common import SUDDEN_DEATH
from finale.show.views.stage import StageView, stage_view

Picture = Callable[[StageView, Stage], Sequence[Drawn[StageView]]]

SHEETS: Final = ("stage", "stage_answers", "stage_scores", "stage_languages")

_PICTURES: dict[Phase, Picture] = {
    Phase.LOBBY: stage_before.lobby,
    Phase.QUESTION: stage_before.question,
    Phase.TUNING: stage_before.tuning,
    Phase.LOCKED: stage_before.locked,
    Phase.READING: stage_answers.reading,
    Phase.MARKING: stage_answers.marking,
    Phase.JUDGE_REVEAL: stage_scores.scores,
    Phase.APPEAL: stage_scores.scores,
    Phase.REVEAL: stage_scores.scores,
    Phase.STANDINGS: stage_end.standings,
    Phase.BREAK: stage_end.slate,
    Phase.SUDDEN_DEATH: stage_end.sudden_death,
    Phase.CHAMPION: stage_end.champion,
}


def build_stage(backstage: Backstage) -> None:
    """Build the projector's page; it follows the show and takes no input."""
    language = backstage.showrunner.state.rundown.language
    with speaking(language):
        frame("Stage", "stage", sheets=SHEETS, now=backstage.clock.now())
    draw_stage(lambda: _view(backstage), stage_of(backstage), language).follow(backstage.beat)
    build_sounds(lambda: _view(backstage), backstage.sounds, backstage.clock, backstage.beat)


def stage_of(backstage: Backstage) -> Stage:
    """What the pictures need besides the view, at that show."""
    join = Join(backstage.join_url, _spoken(backstage.public_url), backstage.code)
    return Stage(backstage.clock.now, lambda: join)


def draw_stage(
    view_now: Callable[[], StageView], stage: Stage, language: Language = "en"
) -> Live[StageView]:
    """Draw the canvas of a view; the Live that is returned keeps it up to date."""
    with box("stage-canvas"):
        picture = Scenes(_scene, lambda view: _picture(view, stage), "stage-scene")
        head = Region(_head, draw_head, "stage-head")
        box("stage-offline")
        black: Region[StageView, bool] = Region(
            lambda view: view.is_black, _draw_black, "stage-black"
        )
    return Live(view_now, (picture, head, black), language)


def _view(backstage: Backstage) -> StageView:
    return stage_view(backstage.showrunner.state, backstage.hall())


def _spoken(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/") or address


def _scene(view: StageView) -> object:
    """What makes another picture: the letters too, because rows are built once a letter.

    And what the host may put right while a picture stands: its question, who plays, and the places
    that are drawn behind a question.
    """
    if _PICTURES[view.phase] is stage_scores.scores:
        return stage_scores.picture(view)
    letters = tuple(answer.letter for answer in view.answers)
    is_asked = view.phase in (Phase.QUESTION, Phase.TUNING)
    asked = (view.question, view.short, view.domain) if is_asked else ()
    behind = view.standings if view.phase is Phase.QUESTION else ()
    people = (view.finalists, view.champions, len(view.tiles))
    return (view.phase, view.round, letters, asked, behind, people, view.is_round_void)


def _picture(view: StageView, stage: Stage) -> Sequence[Drawn[StageView]]:
    with box(f"scene scene-{view.phase.value}"):
        return _PICTURES[view.phase](view, stage)


def _head(view: StageView) -> Head:
    current = current_round(view.phase, view.begun, view.rounds)
    hue = view.champions[0].lectern if stage_end.is_flooded(view) else ""
    played = min(view.begun, view.rounds)
    return Head(view.title, _label(view), view.rounds, current, played, hue, view.is_held)


def _label(view: StageView) -> str:
    if view.phase is Phase.LOBBY:
        return capital(tr_list((_finalists(len(view.finalists)), _rounds(view.rounds))))
    if view.phase is Phase.BREAK:
        return capital(_rounds_played(view.begun))
    if view.phase in (Phase.STANDINGS, Phase.SUDDEN_DEATH):
        if view.round_label == SUDDEN_DEATH:
            return tr("After sudden death")
        return tr("After round {round} of {rounds}", round=view.begun, rounds=view.rounds)
    return "" if view.phase is Phase.CHAMPION else tr_phrase(view.round_label)


def _finalists(number: int) -> str:
    return tr_many("{count} finalist", "{count} finalists", number, count=in_words(number))


def _rounds_played(number: int) -> str:
    count = in_words(number)
    return tr_many("{count} round played", "{count} rounds played", number, count=count)


def _rounds(number: int) -> str:
    return tr_many("{count} round", "{count} rounds", number, count=in_words(number))


def _draw_black(is_black: bool) -> None:
    if is_black:
        ui.element("div").classes("stage-dark")
