"""All of one expert's marks side by side: the order on one scale, the rows, and the lock."""

from collections.abc import Sequence
from statistics import fmean
from typing import Final

from nicegui import ui

from finale.pages.panel_marks import answers_of
from finale.pages.panel_tablet import Tablet, TabletView, missing_of, text_of
from finale.pages.parts import Rank, banner, box, button, heading, hold_button, words
from finale.pages.parts_marks import blind_tile
from finale.pages.untrusted import plain
from finale.show.views.panel import Card
from scoring.rubric import PANEL_RUBRIC

TILE_SHARE: Final = 5.4
"""How much of the scale, in percent, a tile needs so that no two lie on each other."""

TITLES: Final = {"generalization": "General.", "response_quality": "Quality"}
"""Short titles of narrow columns; the criterion's own label where there is none."""

OverviewSlice = tuple[tuple[Card, ...], bool, bool, str, str]


def overview_slice(view: TabletView) -> OverviewSlice:
    """Cards, whether they are still open, whether locked, the notice, the last refusal."""
    show = view.show
    return show.cards, show.is_open, show.is_locked, show.notice, view.said


def draw_overview(tablet: Tablet, slice_: OverviewSlice) -> None:
    """Draw the marks; with a way back and the lock while they are open."""
    cards, is_open, is_locked, notice, said = slice_
    missing = sum(len(missing_of(card)) for card in cards)
    with box("line line-base wraps overview-head"):
        heading(f"Your {answers_of(len(cards))}", "display", 1)
        words(_standing(missing, is_open), "quiet")
    if not is_open:
        detail = "Thank you. The hall and the other experts may still be marking." * is_locked
        banner(notice, detail, "strong")
    _draw_scale([card for card in cards if card.is_complete])
    with box("overview-rows scrolls"):
        _draw_titles()
        for card in cards:
            _draw_row(card, is_open)
    if is_open:
        _draw_lock(tablet, cards, said)


def positions(means: Sequence[float]) -> list[float]:
    """Where tiles stand over the scale, in percent from the left: each where it should or as near
    as leaves every tile its room, none beyond an end. The stems go to the means themselves.

    `means` must be in rising order, each within the rubric's scale.
    """
    # Less the room of those before it, a tile may stand where its neighbour does: the nearest
    # rising line is that of the means of falling stretches (pool adjacent violators).
    stretches: list[list[float]] = []
    for before, mean in enumerate(means):
        stretches.append([share_of(mean) - before * TILE_SHARE])
        while len(stretches) > 1 and fmean(stretches[-2]) > fmean(stretches[-1]):
            last = stretches.pop()
            stretches[-1] += last
    room = 100 - TILE_SHARE * (len(means) - 1)
    level = [min(max(fmean(stretch), 0), room) for stretch in stretches for _ in stretch]
    return [place + before * TILE_SHARE for before, place in enumerate(level)]


def share_of(mark: float) -> float:
    """Where `mark` lies on the rubric's scale, in percent from the left."""
    return 100 * (mark - PANEL_RUBRIC.low) / (PANEL_RUBRIC.high - PANEL_RUBRIC.low)


def mean_of(card: Card) -> float:
    """The mean of a complete card's marks."""
    return sum(card.marks[key] for key in PANEL_RUBRIC.keys) / len(PANEL_RUBRIC.keys)


def _standing(missing: int, is_open: bool) -> str:
    if not missing:
        return "All scored. Check that the order is what you meant." if is_open else "All scored."
    return f"{missing} mark{'' if missing == 1 else 's'} missing."


def _draw_scale(cards: Sequence[Card]) -> None:
    ranked = sorted(cards, key=mean_of)
    with box("overview-scale").props("aria-hidden=true"):
        means = [mean_of(card) for card in ranked]
        places = positions(means)
        _draw_stems(places, means)
        for card, place in zip(ranked, places, strict=True):
            with box("overview-flag").style(f"--at: {place:.2f}%"):
                blind_tile(card.answer.letter, "strong", "s")
        box("overview-axis")
        for mark in range(int(PANEL_RUBRIC.low), int(PANEL_RUBRIC.high) + 1):
            words(str(mark), "overview-tick bold").style(f"--at: {share_of(mark):.2f}%")


def _draw_stems(places: Sequence[float], means: Sequence[float]) -> None:
    """From every tile to the mean it stands for."""
    stems = "".join(
        f'<line x1="{place:.2f}" y1="0" x2="{share_of(mean):.2f}" y2="100" />'
        for place, mean in zip(places, means, strict=True)
    )
    svg = f'<svg viewBox="0 0 100 100" preserveAspectRatio="none">{stems}</svg>'
    ui.html(svg, sanitize=False).classes("overview-stems")


def _draw_titles() -> None:
    with box("overview-row overview-titles quiet"):
        words("")
        words("")
        for criterion in PANEL_RUBRIC.criteria:
            words(TITLES.get(criterion.key, criterion.label))
        words("Average")
        words("")


def _draw_row(card: Card, is_open: bool) -> None:
    with box("overview-row"):
        blind_tile(card.answer.letter, "strong")
        words(plain(card.answer.text), "two-lines", "p")
        for key in PANEL_RUBRIC.keys:
            words(text_of(card.marks.get(key)), "large")
        words(f"{mean_of(card):.1f}" if card.is_complete else "–", "overview-mean")
        if is_open:
            label = "Change" if card.is_complete else "Score"
            rank: Rank = "outline" if card.is_complete else "primary"
            button(label, None, rank).props["data-opens"] = card.answer.letter
        else:
            words("")


def _draw_lock(tablet: Tablet, cards: Sequence[Card], said: str) -> None:
    open_cards = [card.answer.letter for card in cards if not card.is_complete]
    with box("overview-lock line"):
        with box("grow stack tight"):
            words("After you lock you cannot change your marks of this round.", "quiet", "p")
            words("When the clock ends they count as they stand.", "quiet", "p")
            words(said, "alarm bold", "p").props("role=alert")
            words("", "marks-waiting bold", "p").props("role=status")
            words("Offline: you can lock when the line is back.", "when-offline bold", "p")
        if open_cards:
            text = f"Score {' and '.join(open_cards)} first"
            go = button(text, None, "primary").classes("overview-hold is-tall")
            go.props["data-opens"] = open_cards[0]
        else:
            hold = hold_button("Hold to lock my scores", tablet.lock)
            hold.classes("overview-hold is-tall").props["data-live"] = "saved"
