"""The scoring desk: every answer with its owner, marks, points and score; reasons; appeals."""

from dataclasses import dataclass
from typing import Final

from nicegui import ui

from finale.pages.host_desk import Desk, DeskView
from finale.pages.host_remedies import RULE_NOW
from finale.pages.parts import box, button, heading, words
from finale.pages.parts_marks import blind_tile, icon, token
from finale.pages.parts_scores import jury_name, points_text
from finale.pages.untrusted import rich
from finale.show.views.host import ScoreRow
from finale.show.views.stage import AppealView
from scoring.blend import COMPONENTS, Component, Part

# Passes of the judge that lie further apart on one criterion (1 to 10) are flagged.
WIDEST_SPREAD: Final = 2


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table, and the answer whose reason is open."""

    rows: tuple[ScoreRow, ...]
    void: tuple[Component, ...]
    is_reduced: bool
    chosen: str


def build_scores(desk: Desk) -> None:
    """Nothing until both gates have closed and the ballots are counted."""
    dialog = ui.dialog().props("no-refocus")
    with box("host-scores"):
        desk.region(_matrix, lambda matrix: _draw_matrix(desk, matrix), "host-matrix-box")
        with box("host-scores-foot"):
            desk.region(_reason, lambda row: _draw_reason(desk, row, dialog), "scrolls grow")
            with box("host-appeals"):
                desk.region(lambda view: _appeals(view), lambda it: _draw_appeals(desk, it))
                desk.line("scores")


def _matrix(view: DeskView) -> Matrix | None:
    if not view.show.scores:
        return None
    void = tuple(component for component in COMPONENTS if component in view.show.void)
    return Matrix(view.show.scores, void, view.show.is_panel_reduced, _chosen(view))


def _chosen(view: DeskView) -> str:
    """The answer the host picked, else the one under appeal, else the widest spread."""
    letters = [row.letter for row in view.show.scores]
    if view.chosen in letters:
        return view.chosen
    for appeal in view.show.appeals:
        if not appeal.ruling:
            return appeal.letter
    return max(view.show.scores, key=lambda row: row.spread).letter


def _reason(view: DeskView) -> ScoreRow | None:
    return next((row for row in view.show.scores if row.letter == _chosen(view)), None)


def _appeals(view: DeskView) -> tuple[AppealView, ...]:
    """Open ones first: only they ask for something."""
    appeals = view.show.appeals if view.show.scores else ()
    return tuple(sorted(appeals, key=lambda appeal: bool(appeal.ruling)))


def _draw_matrix(desk: Desk, matrix: Matrix | None) -> None:
    if matrix is None:
        return
    with box("host-matrix", "table"):
        with box("", "thead"), box("", "tr"):
            for title in ("", "Owner"):
                words(title, "", "th")
            for component in COMPONENTS:
                _draw_title(component, matrix)
            for title in ("Total", "Spread", "Check"):
                words(title, "", "th")
        with box("", "tbody"):
            for row in matrix.rows:
                _draw_row(desk, row, is_chosen=row.letter == matrix.chosen)


def _draw_title(component: Component, matrix: Matrix) -> None:
    """A jury's name with its weight in effect."""
    if component in matrix.void:
        words(f"{jury_name(component)}, void", "alarm", "th")
        return
    weight = f"{jury_name(component)}, {100 * matrix.rows[0].parts[component].weight:.0f}\u202f%"
    if component == "panel" and matrix.is_reduced:
        title = words(f"{weight}, reduced", "alarm", "th")
        title.props["title"] = "Fewer than three cards for an answer: the mean counts."
        return
    words(weight, "", "th")


def _draw_row(desk: Desk, row: ScoreRow, *, is_chosen: bool) -> None:
    line = ui.element("tr").classes("is-chosen" if is_chosen else "")
    line.on("click", lambda: desk.choose(row.letter))
    line.props["title"] = f"Show the judge’s reason for {row.letter}"
    with line:
        with box("", "td"):
            blind_tile(row.letter, "strong" if is_chosen else "idle", "s")
        with box("host-owner", "td"), box("line snug"):
            token(row.tag.lectern, "s")
            words(row.tag.name, "two-lines").props["title"] = row.tag.name
        for component in COMPONENTS:
            _draw_part(row.parts[component])
        words(points_text(row.total), "title", "td")
        _draw_spread(row)
        _draw_check(row.check)


def _draw_part(part: Part) -> None:
    mark = "–" if part.mark is None else points_text(part.mark)
    with box("", "td") as cell:
        words(points_text(part.score) if part.weight else "–", "bold large")
        if part.weight:
            words(f"{mark} → {points_text(part.points)}", "quiet small")
    if part.note:
        cell.props["title"] = part.note
        cell.classes("has-note")


def _draw_spread(row: ScoreRow) -> None:
    has_verdict = row.spread > 0 or row.parts["judge"].mark is not None
    with box("", "td") as cell, box("line tight"):
        if row.flags:
            cell.props["title"] = " ".join(row.flags)
        if row.flags or row.spread > WIDEST_SPREAD:
            icon("alert").classes("alarm")
            words(f"{row.spread}", "alarm bold")
        else:
            words(f"{row.spread}" if has_verdict else "–", "quiet")


def _draw_check(check: bool | None) -> None:
    with box("", "td"), box("line tight"):
        if check is None:
            words("–", "quiet")
        else:
            icon("check" if check else "cross").classes("" if check else "alarm")
            words("right" if check else "wrong", "small" if check else "small alarm bold")


def _draw_reason(desk: Desk, row: ScoreRow | None, dialog: ui.dialog) -> None:
    if row is None:
        return
    with box("line spread"):
        heading(f"The judge on {row.letter}")
        words("Each cell: score, and mark → points", "quiet small one-line host-cell-key")
        if row.reason:
            button("Read all", lambda: _open_reason(row, dialog), "outline").classes("host-small")
    for flag in row.flags:
        words(flag, "small alarm", "p")
    if row.reason:
        rich(row.reason)
    else:
        words("No reason was given.", "quiet")


def _open_reason(row: ScoreRow, dialog: ui.dialog) -> None:
    """The whole reason, which has little room below a table of eight."""
    dialog.clear()
    with dialog, ui.card().classes("host-reason"):
        with box("line spread"):
            heading(f"The judge on {row.letter}", "title")
            button("Close", dialog.close, "secondary", key="Escape").classes("is-small")
        with box("scrolls"):
            rich(row.reason)
    dialog.open()


def _draw_appeals(desk: Desk, appeals: tuple[AppealView, ...]) -> None:
    # They are voted on one after the other.
    voted_on = next((appeal for appeal in appeals if not appeal.ruling), None)
    for appeal in appeals:
        with box("host-appeal line"):
            blind_tile(appeal.letter, "strong", "s")
            with box("stack grow host-appeal-words"):
                words(f"Appeal: {appeal.ground}", "bold")
                words(_standing(appeal), "small quiet")
            if appeal is voted_on:
                _draw_rule_now(desk)


def _standing(appeal: AppealView) -> str:
    if appeal.before is None or appeal.after is None:
        return str(appeal.turnout)
    change = f"{points_text(appeal.before)} → {points_text(appeal.after)} of {appeal.most:g}"
    return f"{appeal.ruling.capitalize()}: judge {change}"


def _draw_rule_now(desk: Desk) -> None:
    """It cuts votes off, so it asks for a reason, as all that is put right does."""
    button("Rule now", lambda: desk.put_right(RULE_NOW), "primary").classes("host-small")
