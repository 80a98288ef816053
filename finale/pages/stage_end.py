"""The table after a round, the break, sudden death, and the champion."""

from collections.abc import Sequence
from typing import Final

from finale.pages.language import tr, tr_and, tr_many, tr_number, tr_phrase
from finale.pages.live import Drawn, Region
from finale.pages.parts import box, heading, words
from finale.pages.parts_marks import icon, seat_class, token
from finale.pages.parts_scores import MINUS, points_text
from finale.pages.stage_common import (
    Stage,
    capital,
    in_words,
    is_understudy,
    many,
    name_box,
    short_names,
    stand_ins,
    unbroken,
    way_in,
)
from finale.pages.stage_staff import Sheet, chart, drawing, label, rules, voices_of
from finale.show.phases import Phase
from finale.show.phrase import phrase
from finale.show.views.bars import Row
from finale.show.views.common import SUDDEN_DEATH, Tag
from finale.show.views.stage import StageView

View = Drawn[StageView]


def is_flooded(view: StageView) -> bool:
    """Whether one champion's colour floods the stage."""
    return view.phase is Phase.CHAMPION and len(view.champions) == 1


# ---- standings


def standings(view: StageView, stage: Stage) -> Sequence[View]:
    """The table with everybody's way to it."""
    return (Region(_table, _draw_table),)


Table = tuple[tuple[Row, ...], int, tuple[str, ...]]
"""The rows, how many rounds there are, and what is said below."""


def _table(view: StageView) -> Table:
    void = (tr("This round had no answers and does not count."),) if view.is_round_void else ()
    return view.standings, view.rounds, (*void, *map(tr_phrase, view.notes))


def _draw_table(slice_: Table) -> None:
    table, rounds, notes = slice_
    columns = len(table[0].places) if table else 0
    # Several notes take a second and a third line below the last row.
    gap = min(220, (600 if len(notes) > 1 else 640 if notes else 672) / max(1, len(table) - 1))
    sheet = Sheet(160, 262, 696 / max(1, columns), gap, min(66, gap * 0.5, 560 / max(1, columns)))
    labels = "".join(
        label(sheet, n, _column(n, rounds, columns), 205)
        for n in range(1, columns + 1)
    )  # fmt: skip
    content = (
        rules(sheet, len(table), columns) + labels + chart(voices_of(table), sheet, goes_on_to=842)
    )
    drawing(content, "standings-chart")
    with box("standings-foot quiet"):
        if notes:
            words(" ".join(notes), "is-long" if len(notes) > 1 else "")
        if many(table):
            words(stand_ins(row.tag for row in table))
    with box("standings-caption quiet"):
        words(tr("Points"))
        words(tr("Behind"))
    names = short_names(row.tag for row in table)
    with box("standings-rows").style(f"--gap: {gap:.0f}px"):
        for row in table:
            _draw_standing(row, names[row.tag.lectern], is_roomy=not many(table))


def _column(number: int, rounds: int, columns: int) -> str:
    """What stands over a round of the chart; the one after the last is the sudden death."""
    if number > rounds:
        return tr_phrase(SUDDEN_DEATH) if columns < 4 else tr("SD")
    return tr("Round {round}", round=number) if columns < 6 else str(number)


def _draw_standing(row: Row, name: str, *, is_roomy: bool) -> None:
    with box(f"standing {'is-withdrawn' if row.is_withdrawn else ''}"):
        words(row.placed, "standing-place")
        token(row.tag.lectern, "xl")
        name_box(name, row.tag.endpoint if is_roomy else "")
        with box("standing-move"):
            if row.is_withdrawn:
                words(tr("withdrawn"))
            _draw_move(row.moved)
        words(points_text(row.total), "standing-total")
        words(_behind(row), "standing-gap")


def _behind(row: Row) -> str:
    if row.is_withdrawn:
        return ""
    if row.place == 1 and not row.is_shared:
        return tr("leads")
    return f"{MINUS}{tr_number(row.gap)}" if row.gap > 0 else tr("level")


def _draw_move(moved: int | None) -> None:
    if moved is None:
        return
    icon("up" if moved > 0 else "down" if moved < 0 else "same")
    if moved:
        words(tr("up {n}", n=moved) if moved > 0 else tr("down {n}", n=-moved))
    else:
        words(tr("same"))


# ---- slates


def slate(view: StageView, stage: Stage) -> Sequence[View]:
    """A fermata: the show holds its breath between two rounds."""
    lines = "".join(f"M0 {y}H1920" for y in range(300, 557, 64))
    fermata = (
        '<path class="staff-line is-past" d="' + lines + '"/>'
        '<path class="fermata" d="M660 556A300 300 0 0 1 1260 556H1226A266 240 0 0 0 694 556Z"/>'
        '<circle class="fermata" cx="960" cy="508" r="48"/>'
    )
    drawing(fermata, "slate-drawing")
    heading(tr("Back in a moment"), "slate-headline", 1)
    following = tr("Round {round} is next. Keep the page open on your phone.", round=view.begun + 1)
    words(following, "slate-words")
    with box("slate-way"):
        way_in(tr("Not in yet? Go to"), stage.join())
    return ()


def sudden_death(view: StageView, stage: Stage) -> Sequence[View]:
    """The tied alone play one more question."""
    heading(tr("Sudden death."), "slate-headline is-high", 1)
    tied = len(view.champions)
    level = tr_many(
        "{count} finalist is level. One more question decides.",
        "{count} finalists are level. One more question decides.",
        tied,
        count=in_words(tied),
    )
    words(capital(level), "slate-words is-high")
    with box("duel"):
        for tag in view.champions:
            _draw_rival(tag)
    return ()


def _draw_rival(tag: Tag) -> None:
    with box(f"rival on-hue {seat_class(tag.lectern)}"):
        token(tag.lectern, "xl", ground="own")
        name_box(tag.name, tag.endpoint)


# ---- champion

_AHEAD: Final = {
    "": phrase("ahead by less than {points} points", points=0.1),
    "panel points": phrase("ahead by panel points"),
    "rounds won": phrase("ahead by rounds won"),
    "2nd places": phrase("ahead by 2nd places"),
    "3rd places": phrase("ahead by 3rd places"),
    "judge points": phrase("ahead by judge points"),
    "ballots": phrase("ahead by ballots"),
    "sudden death": phrase("ahead by sudden death"),
}
"""By what separates equals; from the 4th places on it is the places of that number."""


def champion(view: StageView, stage: Stage) -> Sequence[View]:
    """The winner's colour takes the stage, once in the evening; a shared title is two colours."""
    if not is_flooded(view):
        return _shared_title(view)
    winner = view.champions[0]
    row = next(row for row in view.standings if row.tag == winner)
    with box(f"flood on-hue {seat_class(winner.lectern)}"):
        _draw_way(row, len(view.standings))
        with box("champion-name"):
            words(tr("Champion"), "champion-word")
            heading(unbroken(winner.name), "champion-text", 1).props("data-ladder=5")
            if is_understudy(winner.endpoint):
                words(tr("played by an understudy model"), "champion-model")
        with box("champion-table"):
            _draw_lead(view.standings)
        box("final-bar")
    return ()


def _draw_way(row: Row, lines: int) -> None:
    gap = 264 / max(1, lines - 1)
    sheet = Sheet(96, 196, 1650 / max(1, len(row.places)), gap, 78)
    past = "".join(f"M0 {sheet.y(i):.0f}H1746" for i in range(lines))
    bars = "".join(
        f"M{sheet.left + n * sheet.bar:.0f} {sheet.y(0):.0f}V{sheet.y(lines - 1):.0f}"
        for n in range(1, len(row.places))
    )
    voice = voices_of([row])[0]
    content = f'<path class="flood-line" d="{past}{bars}"/>'
    content += chart([voice], sheet)
    drawing(content, "flood-chart")


def _draw_lead(table: Sequence[Row]) -> None:
    words(points_text(table[0].total), "champion-total")
    if len(table) > 1 and not table[1].is_withdrawn:
        words(_ahead(table[1]), "champion-ahead")
    names = short_names(row.tag for row in table)
    for row in table[1:]:
        with box("champion-row"):
            words(row.placed, "champion-place")
            token(row.tag.lectern, "l").classes("is-bare is-own")
            name_box(names[row.tag.lectern])
            words(tr("withdrawn") if row.is_withdrawn else points_text(row.total), "push")


def _ahead(second: Row) -> str:
    if second.gap > 0:
        return tr("{points} points ahead", points=points_text(second.gap))
    if second.decided_by in _AHEAD:
        return tr_phrase(_AHEAD[second.decided_by])
    place = int("".join(filter(str.isdigit, second.decided_by)) or 0)
    return tr("ahead by {place}th places", place=place)


def _shared_title(view: StageView) -> Sequence[View]:
    heading(tr("They share the title."), "slate-headline is-high", 1)
    totals = {row.tag.lectern: row.total for row in view.standings}
    points = {points_text(totals[tag.lectern]) for tag in view.champions if tag.lectern in totals}
    level = tr("Level at {points} points.", points=tr_and(sorted(points)))
    words(level, "slate-words is-high")
    with box("duel"):
        for tag in view.champions:
            _draw_rival(tag)
    return ()
