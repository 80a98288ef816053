"""All of one expert's marks side by side: the order on one scale, the rows, and the lock."""

from collections.abc import Sequence
from functools import partial
from typing import Final

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
            _draw_row(tablet, card, is_open)
    if is_open:
        _draw_lock(tablet, cards, said)


def positions(means: Sequence[float]) -> list[float]:
    """Where tiles stand on the scale, in percent from the left, pushed apart evenly if too close.

    `means` must be in rising order, each within the rubric's scale.
    """
    span = PANEL_RUBRIC.high - PANEL_RUBRIC.low
    wanted = [100 * (mean - PANEL_RUBRIC.low) / span for mean in means]
    rising, falling = list(wanted), list(wanted)
    for i in range(1, len(wanted)):
        rising[i] = max(rising[i], rising[i - 1] + TILE_SHARE)
    for i in range(len(wanted) - 2, -1, -1):
        falling[i] = min(falling[i], falling[i + 1] - TILE_SHARE)
    return [(up + down) / 2 for up, down in zip(rising, falling, strict=True)]


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
        places = positions([mean_of(card) for card in ranked])
        for card, place in zip(ranked, places, strict=True):
            with box("overview-flag").style(f"--at: {place:.2f}%"):
                blind_tile(card.answer.letter, "strong", "s")
        box("overview-axis")
        for mark in range(int(PANEL_RUBRIC.low), int(PANEL_RUBRIC.high) + 1):
            share = 100 * (mark - PANEL_RUBRIC.low) / (PANEL_RUBRIC.high - PANEL_RUBRIC.low)
            words(str(mark), "overview-tick bold").style(f"--at: {share:.2f}%")


def _draw_titles() -> None:
    with box("overview-row overview-titles quiet"):
        words("")
        words("")
        for criterion in PANEL_RUBRIC.criteria:
            words(TITLES.get(criterion.key, criterion.label))
        words("Average")
        words("")


def _draw_row(tablet: Tablet, card: Card, is_open: bool) -> None:
    with box("overview-row"):
        blind_tile(card.answer.letter, "strong")
        words(plain(card.answer.text), "two-lines", "p")
        for key in PANEL_RUBRIC.keys:
            words(text_of(card.marks.get(key)), "large")
        words(f"{mean_of(card):.1f}" if card.is_complete else "–", "overview-mean")
        if is_open:
            label = "Change" if card.is_complete else "Score"
            rank: Rank = "outline" if card.is_complete else "primary"
            button(label, partial(tablet.open, card.answer.letter), rank)
        else:
            words("")


def _draw_lock(tablet: Tablet, cards: Sequence[Card], said: str) -> None:
    open_cards = [card.answer.letter for card in cards if not card.is_complete]
    with box("overview-lock line"):
        with box("grow stack tight"):
            words("After you lock you cannot change your marks of this round.", "quiet", "p")
            words("When the clock ends they count as they stand.", "quiet", "p")
            words(said, "alarm bold", "p").props("role=alert")
        if open_cards:
            text = f"Score {' and '.join(open_cards)} first"
            go = button(text, partial(tablet.open, open_cards[0]), "primary")
            go.classes("overview-hold is-tall")
        else:
            hold = hold_button("Hold to lock my scores", tablet.lock)
            hold.classes("overview-hold is-tall")
