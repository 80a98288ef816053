"""The left half of the tablet: one blind answer, the reference with its key facts, the question."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from finale.pages.panel_tablet import Sheet, Tablet, TabletView
from finale.pages.parts import box, button, heading, words
from finale.pages.parts_marks import blind_tile
from finale.pages.untrusted import rich

SHEETS: Final[dict[Sheet, str]] = {
    "answer": "Answer",
    "reference": "Reference",
    "question": "Question",
}


@dataclass(frozen=True, slots=True)
class AnswerSlice:
    """What the left half is drawn from."""

    letter: str
    sheet: Sheet
    text: str
    question: str
    reference: str
    key_facts: tuple[str, ...]


def answer_slice(view: TabletView) -> AnswerSlice:
    """The answer in sight, and what it is to be read against."""
    show, card = view.show, view.card
    text = card.answer.text if card else ""
    return AnswerSlice(view.letter, view.sheet, text, show.question, show.reference, show.key_facts)


def build_answer(tablet: Tablet) -> None:
    """Draw the left half, and again when the answer or the sheet changes."""
    tablet.region(answer_slice, lambda slice_: _draw(tablet, slice_), "panel-answer")


def _draw(tablet: Tablet, slice_: AnswerSlice) -> None:
    with box("panel-answer-head"):
        blind_tile(slice_.letter, "strong", "xl")
        words(slice_.question, "three-lines bold panel-short", "p")
    with box("panel-sheets").props('role=group aria-label="What to read"'):
        for sheet, label in SHEETS.items():
            turn = button(label, partial(tablet.turn_to, sheet), "outline")
            turn.classes("panel-sheet-tab" + (" is-chosen" if sheet == slice_.sheet else ""))
            turn.props["aria-pressed"] = "true" if sheet == slice_.sheet else "false"
    with box("panel-text scrolls"):
        if slice_.sheet == "answer":
            rich(slice_.text)
        elif slice_.sheet == "reference":
            _draw_reference(slice_)
        else:
            words(slice_.question, "panel-full", "p")


def _draw_reference(slice_: AnswerSlice) -> None:
    heading("Key facts", level=3)
    with box("panel-facts", "ul"):
        for fact in slice_.key_facts:
            words(fact, tag="li")
    heading("Reference answer", level=3)
    rich(slice_.reference)
