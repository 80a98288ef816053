"""Scores on stage: blind bars part by part, the appeal, and the names last."""

from collections.abc import Sequence
from typing import Final

from finale.pages.language import tr, tr_and, tr_list, tr_many, tr_phrase
from finale.pages.live import Drawn, Region
from finale.pages.parts import box, heading, words
from finale.pages.parts_clock import clock
from finale.pages.parts_marks import blind_tile, icon, seat_class, token
from finale.pages.parts_scores import BarPart as Part
from finale.pages.parts_scores import jury_name, points_text, score_part, swatch
from finale.pages.stage_appeal import appeal_slate
from finale.pages.stage_common import (
    Stage,
    figure,
    is_understudy,
    many,
    name_box,
    short_names,
    stand_ins,
)
from finale.show.phases import Phase
from finale.show.phrase import phrase
from finale.show.views.bars import Bar, BarPart
from finale.show.views.common import ClockView, Tag
from finale.show.views.stage import StageView
from scoring.blend import COMPONENTS, Component

View = Drawn[StageView]
Who = tuple[Tag, str, bool]

_TOGETHER: Final = {
    1: phrase("The one jury that counts"),
    2: phrase("Both juries together"),
    3: phrase("All three together"),
}


def picture(view: StageView) -> object:
    """What makes another picture among the scores: another round, or an appeal that was filed."""
    letters = tuple(bar.letter for bar in view.bars)
    return ("scores", view.round, letters, view.phase is Phase.APPEAL and bool(view.appeals))


def scores(view: StageView, stage: Stage) -> Sequence[View]:
    """The bars of the round, or the slate of its appeals."""
    if view.phase is Phase.APPEAL and view.appeals:
        return appeal_slate(view, stage)
    head = Region(_headline, _draw_headline, "score-head")
    legend = Region(_legend, _draw_legend, "score-legend")
    with box(f"score-rows {many(view.bars)}").style(f"--rows: {len(view.bars)}"):
        rows = [ScoreRow(bar.letter, index) for index, bar in enumerate(view.bars)]
    foot = Region(_foot, _draw_foot, "stage-foot")
    timer: View = Region(
        lambda now: now.clock if now.phase is Phase.APPEAL else None,
        lambda now: _draw_timer(now, stage),
        "score-timer",
    )
    return (head, legend, *rows, foot, timer)


class ScoreRow:
    """One answer's line, kept from the first bar to the last name: only what is new moves."""

    def __init__(self, letter: str, place: int) -> None:
        self._letter = letter
        self._place = place
        self._lectern = ""
        with box("score-row").style(f"--row: {place}") as self._row:
            blind_tile(letter, "strong", "xl")
            who = Region(self._tag, _draw_who, "score-who")
            with box("score-track") as self._track:
                parts = [self._part_region(component) for component in COMPONENTS]
            total = Region(self._sum, _draw_sum, "score-sum")
        self._regions: tuple[View, ...] = (who, *parts, total)

    def update(self, view: StageView) -> None:
        """Draw what was revealed of this answer; move to its place when all names are out."""
        for region in self._regions:
            region.update(view)
        bar = self._bar(view)
        place = _order(view).index(self._letter)
        if place != self._place:
            self._place = place
            self._row.style(f"--row: {place}")
        lectern = bar.tag.lectern if bar.tag else ""
        if lectern != self._lectern:
            # A preview may take a name back, when a correction changes who is last.
            before, now = (
                f"is-named {seat_class(x)}" if x else "" for x in (self._lectern, lectern)
            )
            self._track.classes(now, remove=before)
            self._lectern = lectern

    def _bar(self, view: StageView) -> Bar:
        return next(bar for bar in view.bars if bar.letter == self._letter)

    def _tag(self, view: StageView) -> Who | None:
        tag = self._bar(view).tag
        if tag is None:
            return None
        return (tag, short_names(view.finalists)[tag.lectern], not many(view.bars))

    def _sum(self, view: StageView) -> float:
        bar = self._bar(view)
        return sum(part.score for part in bar.parts) if bar.total is None else bar.total

    def _part_region(self, component: Component) -> Region[StageView, BarPart | None]:
        def pick(view: StageView) -> BarPart | None:
            parts = self._bar(view).parts
            return next((part for part in parts if part.component == component), None)

        return Region(pick, _draw_part, f"score-slot is-{component}")


def _order(view: StageView) -> list[str]:
    """Letters from the top: by letter while anyone is unnamed, then by place."""
    places = {bar.letter: bar.place for bar in view.bars if bar.tag and bar.place is not None}
    letters = [bar.letter for bar in view.bars]
    return sorted(letters, key=places.__getitem__) if len(places) == len(letters) else letters


def _draw_who(who: Who | None) -> None:
    if who is None:
        words("?", "score-unknown")
        return
    tag, name, is_roomy = who
    token(tag.lectern, "xl")
    name_box(name, tag.endpoint if is_roomy else "")


def _draw_part(part: BarPart | None) -> None:
    if part is None:
        return
    score_part(Part(part.component, part.score, part.is_favourite)).classes(_room(part))


def _room(part: BarPart) -> str:
    """How much of its figure a part has room for; measured in points of the whole bar."""
    if part.score < 5.5:
        return "is-sliver"
    if part.score < 11:
        return "is-narrow"
    return "is-tight" if part.score < 17.5 and part.is_favourite else ""


def _draw_sum(total: float) -> None:
    words(points_text(total), "score-total")


# ---- around the bars

Headline = tuple[str, str]


def _headline(view: StageView) -> Headline:
    if view.phase is Phase.APPEAL:
        return (tr("Any appeals?"), "")
    named = [bar for bar in view.bars if bar.tag is not None and bar.place is not None]
    if named:
        best = min(named, key=lambda bar: bar.place or 0)
        tag = best.tag
        name = short_names(view.finalists)[tag.lectern] if tag else ""
        said = tr("Answer {letter} was {name}", letter=best.letter, name=name)
        return (said, tag.lectern if tag else "")
    if view.bars and view.bars[0].total is not None:
        heard = sum(weight > 0 for weight in view.weights.values())
        together = _TOGETHER.get(heard)
        return (tr_phrase(together) if together else tr("All together"), "")
    return (_jury_line(view), "")


def _jury_line(view: StageView) -> str:
    component = view.shown[-1] if view.shown else "judge"
    share = 100 * view.weights.get(component, 0.0)
    jury = jury_name(component)
    if not share:
        return tr("{jury}: no points this round", jury=jury)
    return tr_many(
        "{jury}: {points} point",
        "{jury}: {points} points",
        round(share),
        jury=jury,
        points=figure(share),
    )


def _draw_headline(headline: Headline) -> None:
    heading(headline[0], "score-headline", 1).props("data-ladder=2")


Legend = tuple[tuple[Component, float], ...]


def _legend(view: StageView) -> tuple[Legend, bool]:
    juries = () if view.phase is Phase.APPEAL else COMPONENTS
    weights = tuple((name, view.weights.get(name, 0.0)) for name in juries)
    return weights, is_understudy(view.judge)


def _draw_legend(legend: tuple[Legend, bool]) -> None:
    weights, is_stand_in = legend
    for component, weight in weights:
        with box(f"legend-item {'' if weight else 'struck'}", "span"):
            swatch(component)
            is_understudied = component == "judge" and is_stand_in
            jury = tr("Understudy judge") if is_understudied else jury_name(component)
            words(f"{jury} {figure(100 * weight)}")


Foot = tuple[tuple[str, ...], tuple[str, ...]]


def _foot(view: StageView) -> Foot:
    if view.phase is Phase.APPEAL:
        note = tr("A finalist may appeal once; two experts may together. The experts then vote.")
        return ((_offered(view.offered) or note,), ())
    absent = tuple(tag.short_name for tag in view.absent)
    named = [bar.tag for bar in view.bars if bar.tag is not None] if many(view.bars) else []
    notes = tuple(map(tr_phrase, view.notes))
    is_plain = not (notes or named)
    return ((tr_phrase(view.scale_note),) if is_plain else (*notes, stand_ins(named)), absent)


def _offered(letters: tuple[str, ...]) -> str:
    """An appeal that the host offers at once, "" for none."""
    if not letters:
        return ""
    if len(letters) == 1:
        return tr(
            "The question’s own check calls answer {letter} right: an appeal is offered now.",
            letter=letters[0],
        )
    return tr(
        "The question’s own check calls answers {letters} right: an appeal is offered now.",
        letters=tr_and(letters),
    )


def _draw_foot(foot: Foot) -> None:
    notes, absent = foot
    words(" ".join(notes), "quiet")
    if absent:
        words(tr("No answer, 0 points: {names}", names=tr_list(absent)), "push")
        return
    with box("legend-item push", "span"):
        icon("star")
        words(tr("favourite"))


def _draw_timer(now: ClockView | None, stage: Stage) -> None:
    if now is not None:
        words(tr("Appeals close in"), "quiet")
        clock(stage.face(now), "l")
