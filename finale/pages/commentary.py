"""The commentators' screen: who plays, how far they are, how every round before went."""

from collections.abc import Callable
from typing import Final

from finale.pages.backstage import Backstage
from finale.pages.commentary_round import draw_bars, draw_question
from finale.pages.live import Live, Region
from finale.pages.parts import box, counted, heading, words
from finale.pages.parts_clock import clock, clock_face, phase_name
from finale.pages.parts_marks import icon, name_mark, round_rail, token
from finale.pages.parts_scores import MINUS, points_text
from finale.pages.stage_common import current_round
from finale.pages.theme import frame
from finale.show.views.bars import Bar, Row
from finale.show.views.commentary import CommentaryView, Facts, PlayedRound, commentary_view
from finale.show.views.common import ClockView
from finale.show.views.stage import AppealView, Status

_STATUS: Final[dict[Status, tuple[str, str]]] = {
    "waiting": ("eye", "Reads the question"),
    "tuning": ("tuning", "Tuning"),
    "generating": ("generating", "Generating"),
    "submitted": ("check", "Submitted"),
    "locked": ("lock", "Locked"),
}


def build_commentary(backstage: Backstage, seat: str) -> None:
    """Build the commentators' screen; it follows the show and takes no input."""
    frame("Commentary", "desk", sheets=("commentary",), now=backstage.clock.now())
    live = draw_commentary(lambda: commentary_view(backstage.showrunner.state), backstage.clock.now)
    live.follow(backstage.showrunner)


def draw_commentary(
    view_now: Callable[[], CommentaryView], now: Callable[[], float]
) -> Live[CommentaryView]:
    """Draw the screen of a view; the Live that is returned keeps it up to date."""
    finalists = len(view_now().finalists)
    with box("commentary", "main"):
        with box("commentary-top", "header"):
            name_mark()
            words(view_now().title, "commentary-title quiet grow")
            rail = Region(_rail, _draw_rail, "line keep")
            face = Region(_now, lambda slice_: _draw_now(slice_, now()), "commentary-now keep")
        with box("commentary-cards"):
            cards = [_card(index) for index in range(finalists)]
        with box("commentary-round"):
            bars = Region(_bars, lambda slice_: draw_bars(*slice_), "commentary-bars")
            asked = Region(
                _asked, lambda slice_: draw_question(*slice_), "commentary-asked scrolls"
            )
    return Live(view_now, (rail, face, *cards, bars, asked))


# ---- the top


def _rail(view: CommentaryView) -> tuple[str, int, int | None, int]:
    current = current_round(view.phase, view.begun, view.rounds)
    label = str(view.round_label or "Before round 1")
    return label, view.rounds, current, min(view.begun, view.rounds)


def _draw_rail(face: tuple[str, int, int | None, int]) -> None:
    label, rounds, current, played = face
    words(label, "bold keep")
    round_rail(rounds, current, played=played)


def _now(view: CommentaryView) -> tuple[str, ClockView | None, bool]:
    return phase_name(view.phase), view.clock, view.is_held


def _draw_now(face: tuple[str, ClockView | None, bool], now: float) -> None:
    phase, view, is_held = face
    words(f"{phase}, on hold" if is_held else phase, "title")
    if view is not None:
        clock(clock_face(view, now), "m")


Bars = tuple[tuple[Bar, ...], tuple[str, ...], tuple[AppealView, ...]]


def _bars(view: CommentaryView) -> Bars:
    return view.bars, tuple(map(str, view.notes)), view.appeals


def _asked(view: CommentaryView) -> tuple[str, str, tuple[str, ...]]:
    return view.question, view.reference, view.key_facts


# ---- one finalist


def _card(index: int) -> Region[CommentaryView, Facts]:
    return Region(lambda view: view.finalists[index], _draw_card, "commentary-card panel")


def _draw_card(facts: Facts) -> None:
    is_gone = facts.row is not None and facts.row.is_withdrawn
    token(facts.tag.lectern, "xl", is_absent=is_gone)
    with box("commentary-who"):
        heading(facts.tag.name, "title")
        words(facts.say, "commentary-say quiet")
        about = " · ".join(filter(None, (facts.tag.affiliation, f"Model: {facts.tag.endpoint}")))
        words(about, "small quiet")
    with box("commentary-progress"):
        _draw_progress(facts)
    with box("commentary-standing"):
        if facts.row is not None:
            _draw_standing(facts.row, facts.next_gap)
    with box("commentary-played"):
        for played in facts.played:
            _draw_played(played)


def _draw_progress(facts: Facts) -> None:
    if facts.named is not None:
        words(f"Answer {facts.named.letter}", "heading")
        place = f"place {facts.named.place}, " if facts.named.place else ""
        words(f"{place}{points_text(facts.named.total or 0.0)} points", "quiet")
    elif facts.status is not None:
        sign, said = _STATUS[facts.status]
        with box(f"line snug {'commentary-in on-paper' if facts.status == 'submitted' else ''}"):
            icon(sign)
            words(said, "heading")
        words(counted(facts.drafts, "draft"), "quiet")


def _draw_standing(row: Row, next_gap: float | None) -> None:
    if row.is_withdrawn:
        words("withdrawn", "heading quiet")
        words(f"{points_text(row.total)} points", "quiet")
        return
    with box("line line-base snug"):
        words(row.placed, "figure")
        words(f"{points_text(row.total)} points", "bold")
        _draw_move(row.moved)
    words(_gaps(row, next_gap), "small quiet")


def _draw_move(moved: int | None) -> None:
    if moved is not None:
        way = "up" if moved > 0 else "down" if moved < 0 else "same"
        with box("line snug small quiet"):
            icon(way)
            words(f"{way} {abs(moved)}" if moved else "same")


def _gaps(row: Row, next_gap: float | None) -> str:
    decided = f", ahead by {row.decided_by}" if row.decided_by else ""
    if next_gap is None:
        return ""
    if row.place == 1:
        lead = (
            "level with the next" if row.is_shared or not next_gap else f"leads by {next_gap:.1f}"
        )
        return f"{lead}{decided}"
    above = "level with the place above" if not next_gap else f"{MINUS}{next_gap:.1f} to the next"
    return f"{MINUS}{row.gap:.1f} to the lead, {above}{decided}"


def _draw_played(played: PlayedRound) -> None:
    with box("commentary-chip"):
        words(played.label, "small quiet")
        with box("line line-base snug"):
            words(f"{played.place}." if played.place else "–", "heading")
            words(points_text(played.points), "bold")
        drafts = counted(played.drafts, "draft")
        words("no answer" if played.place is None else drafts, "small quiet")
