"""The stage before the answers: lobby, question, tuning, locked."""

from collections.abc import Sequence

from finale.pages.language import tr, tr_many
from finale.pages.live import Drawn, Region
from finale.pages.parts import box, heading, understudy_mark, words
from finale.pages.parts_clock import clock_bar, seconds_clock
from finale.pages.parts_marks import blind_tile, icon, qr, seat_class, token
from finale.pages.stage_common import (
    Stage,
    is_understudy,
    many,
    name_box,
    short_names,
    way_in,
)
from finale.pages.stage_staff import staff, voices_of
from finale.show.views.common import ClockView, Tag
from finale.show.views.stage import StageView, Tile

View = Drawn[StageView]


# ---- lobby


def lobby(view: StageView, stage: Stage) -> Sequence[View]:
    """How to join, who has joined, who plays."""
    join = stage.join()
    qr(join.address)
    with box("lobby-words"):
        heading(tr("Your phone is the audience vote."), "stage-headline", 1)
        words(
            tr("Pick the best of the anonymous answers, every round. No app, no sign-up."), "lede"
        )
    with box("lobby-way"):
        way_in(tr("Scan, or go to"), join)
    rules: View = Region(lambda now: now.rules_hash, _draw_rules, "lobby-rules")
    phones: View = Region(lambda now: now.phones, _draw_phones, "lobby-phones")
    with box(f"stage-tiles {many(view.finalists)}"):
        seats = [_seat(index) for index in range(len(view.finalists))]
    return (rules, phones, *seats)


def _draw_rules(rules: str) -> None:
    if rules:
        words(tr("Rules"), "quiet")
        words(rules, "code")


def _draw_phones(phones: int) -> None:
    if phones:
        words(str(phones), "stage-count")
        words(tr_many("phone joined", "phones joined", phones), "quiet")


def _seat(index: int) -> Region[StageView, tuple[Tag, bool]]:
    return Region(
        lambda view: (view.finalists[index], index < len(view.seated) and view.seated[index]),
        _draw_seat,
        "stage-cell",
    )


def _draw_seat(slice_: tuple[Tag, bool]) -> None:
    tag, is_seated = slice_
    state = f"on-hue {seat_class(tag.lectern)}" if is_seated else "is-empty"
    with box(f"seat-tile {state}"):
        token(tag.lectern, "xl", ground="own" if is_seated else "hue", is_absent=not is_seated)
        with box("seat-words"):
            name_box(tag.name)
            place = tag.affiliation if is_seated else tr("Lectern {lectern}", lectern=tag.lectern)
            stands_in = is_understudy(tag.endpoint)
            words(place, f"seat-place {'is-short' if stands_in else ''}")
            if stands_in:
                words(tr("understudy model"), "seat-place is-short")


# ---- question


def question(view: StageView, stage: Stage) -> Sequence[View]:
    """The round on the stave, and what is asked."""
    total = max(view.rounds, view.begun)
    staff(voices_of(view.standings), len(view.finalists), total, now=view.begun)
    with box("question-words"):
        words(view.domain.capitalize(), "quiet")
        heading(view.question, "question-text", 1).props("data-ladder=4")
    with box("question-side"):
        clock: View = Region(
            lambda now: now.clock, lambda clock: _draw_start(clock, stage), "stage-stat"
        )
        answers = len(view.tiles)
        _stat(str(answers), tr_many("answer, blind", "answers, blind", answers))
        _stat("100", tr("points at most"))
    return (clock,)


def _draw_start(clock: ClockView | None, stage: Stage) -> None:
    if clock is not None:
        seconds_clock(stage.face(clock), "stage-figure is-calm")
        words(tr("seconds to read"), "quiet")


def _stat(figure: str, caption: str) -> None:
    with box("stage-stat"):
        words(figure, "stage-figure")
        words(caption, "quiet")


# ---- tuning


def tuning(view: StageView, stage: Stage) -> Sequence[View]:
    """The ninety seconds: the question, the countdown, what each finalist is doing."""
    with box("tuning-words"):
        words(tr("The question"), "quiet")
        heading(view.short, "tuning-text", 1).props("data-ladder=4")
    clock: View = Region(lambda now: now.clock, lambda clock: _draw_countdown(clock, stage))
    names = short_names(tile.tag for tile in view.tiles)
    with box(f"stage-tiles {many(view.tiles)}"):
        is_many = bool(many(view.tiles))
        tiles = [_tile(index, names, is_many=is_many) for index in range(len(view.tiles))]
    return (clock, *tiles)


def _draw_countdown(clock: ClockView | None, stage: Stage) -> None:
    if clock is None:
        return
    face = stage.face(clock)
    seconds_clock(face, "stage-countdown").props("role=timer")
    bar = clock_bar(face, "drain-ticks")
    seconds_a_tick = max(1, -(-clock.length // 120))
    bar.style(f"--ticks: {clock.length / seconds_a_tick:g}")


def _tile(index: int, names: dict[str, str], *, is_many: bool) -> Region[StageView, Tile]:
    return Region(
        lambda view: view.tiles[index],
        lambda tile: _draw_tile(tile, names[tile.tag.lectern], is_many=is_many),
        "stage-cell",
    )


def _draw_tile(tile: Tile, name: str, *, is_many: bool) -> None:
    is_submitted = tile.status == "submitted"
    with box(f"tuning-tile {'on-paper' if is_submitted else ''}"):
        with box("tuning-name"):
            token(tile.tag.lectern, "xl")
            name_box(name, "" if is_many else tile.tag.endpoint)
        with box("tuning-state").props("data-ladder=2"):
            _draw_progress(tile)
            if is_many and is_understudy(tile.tag.endpoint):
                understudy_mark().classes("push")


def _draw_progress(tile: Tile) -> None:
    if tile.status == "submitted":
        icon("check")
        words(tr("Submitted"))
    elif tile.status == "locked":
        icon("lock")
        words(tr("Locked"))
    elif tile.status == "generating":
        icon("generating")
        words(tr("Generating"))
    else:
        icon("drafts" if tile.drafts else "tuning")
        words(tr_many("{n} draft", "{n} drafts", tile.drafts) if tile.drafts else tr("Tuning"))


# ---- locked


def locked(view: StageView, stage: Stage) -> Sequence[View]:
    """The buzzer has gone and the letters are drawn."""
    if view.is_round_void:
        heading(tr("No answers in this round."), "stage-headline", 1)
        words(tr("It counts for nobody."), "lede")
        return ()
    heading(tr("Answers locked."), "stage-headline", 1)
    with box("locked-tiles"):
        for answer in view.answers:
            blind_tile(answer.letter, "strong", "xl")
    words(tr("Shuffled. From here on nobody knows whose is whose."), "lede")
    words(tr("AI judge: {judge}", judge=view.judge), "quiet locked-judge")
    return ()
